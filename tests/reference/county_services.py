"""What the marts of a faultless synthetic county must say of its services, computed from the truth alone.

A log of single services is known month by month, since every office sends one: what was given by the end of the run, a
person, service and day once. Clients registered elsewhere are no part of what births and weddings are held against.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from tests.reference.county_money import county_code, offices, service_coverage, spans
from tests.reference.county_truth import County, first_day, vital_periods

Row = dict[str, Any]
Logged = list[Row]
LOGGED = ("antenatal_booking", "antenatal_check", "postnatal_visit", "early_followup", "outcome_followup")
# Eligible are those of this figure; of the log or of the campaign sheet, and only registered clients of the log.
ELIGIBLE = {"premarital_check": "couples_wed", "postnatal_visit": "births_occ",
            "down_screening": "service_antenatal_booking_served"}  # fmt: skip
# Days without an antenatal visit after which the next one is of another pregnancy.
GAP = timedelta(days=240)
_LOG_FIGURES = ("unidentified", "due", "done", "done_in_window")
KEYS = ["division_code", "period_type", "period_start", "service", "measure_unit"]


def coverage(county: County) -> pl.DataFrame:
    """``mart_service_coverage``."""
    months = {(kind, begin): _months(begin, end) for kind, _, begin, end in spans(county)}
    townships = len(offices(county))
    rows = [*_campaigns(county), *_logged(county)]
    vital = vital_figures(county)
    booked = {_place(row): row["served"] for row in rows if _is(row, "antenatal_booking", "persons")}
    for row in rows:
        source = ELIGIBLE.get(row["service"]) if row["measure_unit"] != "contacts" else None
        row["eligible_source"] = source
        row["eligible"] = booked.get(_place(row)) if source and source.startswith("service_") else None
        if source and not source.startswith("service_"):
            row["eligible"] = vital[_place(row)][source]
        row["served_of_eligible"] = row.pop("registered") if source else None
        row.pop("registered", None)
        count = months[row["period_type"], row["period_start"]]
        count *= townships if row["division_level"] == "county" else 1
        row |= {"months_told": count, "months_in_period": count}
    return pl.DataFrame(rows, infer_schema_length=None)


def vital_figures(county: County) -> dict[tuple[str, str, date], Row]:
    """Births and weddings by division, type and start of the period."""
    rows = vital_periods(county).iter_rows(named=True)
    return {_place(row): {"births_occ": row["births_occ"], "couples_wed": row["marriages"]} for row in rows}


def logged_in(county: County, division: str) -> Logged:
    """What the log of a division tells by the end of the run; the hand-outs beside a booking are another form's."""
    horizon = first_day(county.last + 1)
    known = county["service_log"].filter(pl.col("service_code").is_in(LOGGED))
    if not division.endswith("000000"):
        known = known.filter(pl.col("township_code") == division)
    return [row | {"day": row["day"] if row["day"] and row["day"] < horizon else None} for row in known.to_dicts()]


def contacts(log: Logged, begin: date, end: date) -> set[tuple[str, str, str, date]]:
    """(township, client, service, day) of what was given in a period."""
    return {
        (row["township_code"], row["client"], row["service_code"], row["day"])
        for row in log
        if row["day"] and begin <= row["day"] < end
    }


def due(log: Logged, begin: date, end: date) -> Row:
    """How much was due in a period, how much of it was given, and how much by its day."""
    told: dict[tuple[str, str, str, date], list[date]] = {}
    for row in log:
        if row["due_day"] and begin <= row["due_day"] < end:
            key = (row["township_code"], row["client"], row["service_code"], row["due_day"])
            told.setdefault(key, []).extend([row["day"]] if row["day"] else [])
    return {
        "due": len(told),
        "done": sum(bool(days) for days in told.values()),
        "done_in_window": sum(any(day <= key[3] for day in days) for key, days in told.items()),
    }


def reached(log: Logged, begin: date, end: date) -> tuple[int, int]:
    """Registered clients whose first, and whose fifth antenatal visit of a pregnancy falls in a period."""
    days: dict[str, set[date]] = {}
    for row in log:
        if row["service_code"] == "antenatal_check" and row["day"] and row["resident_type"] == "hukou":
            days.setdefault(row["client"], set()).add(row["day"])
    found = {1: 0, 5: 0}
    for visits in days.values():
        number, last = 0, date.min
        for day in sorted(visits):
            number = number + 1 if number and day - last <= GAP else 1
            last = day
            if number in found and begin <= day < end:
                found[number] += 1
    return found[1], found[5]


def _campaigns(county: County) -> Iterator[Row]:
    for row in service_coverage(county).iter_rows(named=True):
        yield row | {"registered": row["served"]} | dict.fromkeys(_LOG_FIGURES)


def _logged(county: County) -> Iterator[Row]:
    offered = {row["service_code"] for row in logged_in(county, county_code(county))}
    for division in (*offices(county), county_code(county)):
        log = logged_in(county, division)
        registered = {row["client"] for row in log if row["resident_type"] == "hukou"}
        for service in sorted(offered):
            own = [row for row in log if row["service_code"] == service]
            for kind, _, begin, end in spans(county):
                given = contacts(own, begin, end)
                people = {client for _, client, _, _ in given}
                common = {
                    "division_code": division,
                    "division_level": "county" if division.endswith("000000") else "township",
                    "period_type": kind,
                    "period_start": begin,
                    "period_end": end,
                    "service": service,
                    "target": None,
                    "unidentified": 0,
                }
                nothing = dict.fromkeys(("due", "done", "done_in_window", "registered"))
                yield common | nothing | {"measure_unit": "contacts", "served": len(given)} | due(own, begin, end)
                here = people & registered
                yield common | nothing | {"measure_unit": "persons", "served": len(people), "registered": len(here)}


def _months(begin: date, end: date) -> int:
    return (end.year - begin.year) * 12 + end.month - begin.month


def _place(row: Row) -> tuple[str, str, date]:
    return row["division_code"], row["period_type"], row["period_start"]


def _is(row: Row, service: str, unit: str) -> bool:
    return bool(row["service"] == service and row["measure_unit"] == unit)
