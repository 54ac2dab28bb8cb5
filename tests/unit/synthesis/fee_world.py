"""A small county made by hand for tests of money: villages, mothers, births month by month, old people, weddings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from orchestration.synthesis.months import first_day, last_day, month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import typed

COUNTY = "331099"
_TOWNSHIPS = (("331099001000", "望湖街道"), ("331099100000", "临江镇"), ("331099200000", "云岭乡"))
_NEVER = date(9999, 12, 31)
_MOTHERS, _ELDERLY = 420, 300


def options(months: int = 24, *, start: str = "2014-01", defects: float = 0.0, seed: int = 5, **more: Any) -> Options:
    year, _, month = start.partition("-")
    return Options(COUNTY, 6, 1500, months, seed, month_number(int(year), int(month)), defects=defects, **more)


def villages() -> pl.DataFrame:
    rows = [
        (place, f"{town[:9]}{200 + place}", f"第{place}村", town, name, date(1990, 1, 1), _NEVER, 250)
        for place, (town, name) in enumerate(town for town in _TOWNSHIPS for _ in range(2))
    ]
    names = "village division_code name_zh township_code township_name valid_from valid_to persons_wanted".split()
    return typed("villages", pl.DataFrame(rows, schema=names, orient="row"))


def world(wanted: Options, last_month: int | None = None, births: int = 24) -> dict[str, pl.DataFrame]:
    """Everything that money.simulate reads, up to a month; a longer world begins with the rows of a shorter one."""
    last = wanted.start + wanted.months - 1 if last_month is None else last_month
    start = first_day(wanted.start)
    rng = np.random.default_rng(wanted.seed)
    persons: list[dict[str, Any]] = []
    homes: list[dict[str, Any]] = []
    weddings: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []

    def add(sex: str, born: date, village: int, mother: int = -1, entry: str = "initial", rural: bool = True) -> int:
        number = len(persons)
        hukou = "agricultural" if rural else "non_agricultural"
        person = {"person": number, "sex": sex, "born": born, "name": "虚构", "mother": mother, "father": -1}
        persons.append(person | {"id_no": None, "id_day": None, "hukou_type": hukou, "died": None})
        since = start - timedelta(days=1) if entry == "initial" else born
        homes.append(
            {"person": number, "household": number, "village": village, "from_day": since, "to_day": _NEVER,
             "entry": entry, "exit": "open"}
        )  # fmt: skip
        return number

    children: dict[int, int] = {}
    where: dict[int, int] = {}
    for _ in range(_MOTHERS):
        village = int(rng.integers(6))
        born = date(int(rng.integers(1976, 1991)), 5, 1)
        mother = add("female", born, village, rural=bool(rng.random() < 0.8))
        where[mother], children[mother] = village, 0
        if rng.random() < 0.95:
            wed = start - timedelta(days=365 * 11)
            weddings.append({"wife": mother, "husband": mother, "from_day": wed, "to_day": _NEVER, "end": "open",
                             "wife_order": "first", "husband_order": "first"})  # fmt: skip
        for years in (8, 3):
            if rng.random() < 0.6:
                day = start - timedelta(days=365 * years - int(rng.integers(900)))
                add("male", day, village, mother)
                children[mother] += 1
    for _ in range(_ELDERLY):
        add("female", start - timedelta(days=int(365.25 * rng.uniform(52, 85))), int(rng.integers(6)))
    for month in range(wanted.start, last + 1):
        draw = np.random.default_rng([wanted.seed, month])
        days = sorted(int(day) for day in draw.integers(0, 28, births))
        for offset, mother in zip(days, draw.choice(list(children), births, replace=False), strict=True):
            mother, day = int(mother), first_day(month) + timedelta(days=offset)
            for _ in range(2 if draw.random() < 0.03 else 1):
                child = add("female", day, where[mother], mother, "birth")
                children[mother] += 1
                events.append(_event(len(events), "birth", day, child, mother, where[mother], children[mother]))
        for _ in range(4):
            gone = int(draw.integers(_MOTHERS, len(persons)))
            if persons[gone]["died"] is None and persons[gone]["born"].year < 1965:
                persons[gone]["died"] = last_day(month)
                events.append(_event(len(events), "death", last_day(month), gone, -1, homes[gone]["village"], None))
        for _ in range(6):
            wife = int(draw.choice(list(children)))
            events.append(_event(len(events), "marriage", last_day(month), wife, -1, where[wife], None))
    tables = {"persons": persons, "residences": homes, "unions": weddings, "events": events}
    made = {name: typed(name, pl.DataFrame(rows, infer_schema_length=None)) for name, rows in tables.items()}
    return {"villages": villages(), **made}


def _event(
    number: int, kind: str, day: date, person: int, partner: int, village: int, order: int | None
) -> dict[str, Any]:
    row = {"event": number, "kind": kind, "day": day, "person": person, "partner": partner, "village": village}
    return row | {"other_village": -1, "other_place": None, "cause": None, "birth_order": order, "link": -1}
