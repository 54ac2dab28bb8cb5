"""Free services: the campaign days of each township and month, in the measure in which each service is counted."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

from orchestration.settings import SEEDS_DIR
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed

_KINDS = {"marriages": "marriage", "births": "birth"}


def simulate(
    truth: dict[str, pl.DataFrame], county_code: str, options: Options, last_month: int
) -> dict[str, pl.DataFrame]:
    """Every campaign day from ``options.start`` to the end of ``last_month``.

    Who is served is drawn from the couples and births of the same month and township, so no month serves more than
    there were. A month depends on its own events alone.

    Args:
        truth: villages and events.
        county_code: six digits; services are the same in every county.
        options: seed and first month.
        last_month: number of the last month.

    Returns:
        The table services.
    """
    del county_code
    residents = townships(truth["villages"])
    counts = _counts(truth, options, last_month)
    rows = [
        row
        for month in range(options.start, last_month + 1)
        for place, (town, people) in enumerate(residents.items())
        for row in _month(town, people, counts[place, month - options.start], options, month)
    ]
    return {"services": typed("services", pl.DataFrame(rows, infer_schema_length=None)) if rows else empty("services")}


def townships(villages: pl.DataFrame) -> dict[str, int]:
    """Residents wanted at the start by township code, in the order of codes; townships without any are left out."""
    sums = villages.group_by("township_code").agg(pl.col("persons_wanted").sum()).sort("township_code")
    return dict(sums.filter(pl.col("persons_wanted") > 0).iter_rows())


def measures() -> dict[str, str]:
    """Service -> couples, persons or contacts, of the services that stand on the campaign sheet (L10)."""
    with (SEEDS_DIR / "services.csv").open(encoding="utf-8", newline="") as lines:
        return {row["service"]: row["measure_unit"] for row in csv.DictReader(lines) if row["source_form"] == "L10"}


def _counts(truth: dict[str, pl.DataFrame], options: Options, last_month: int) -> np.ndarray[Any, Any]:
    """Marriages and births, shape (townships, months, 2), in the order of ``_KINDS``."""
    towns = list(townships(truth["villages"]))
    homes = truth["villages"].select("village", "township_code")
    month = pl.col("day").dt.year().cast(pl.Int64) * 12 + pl.col("day").dt.month().cast(pl.Int64) - 1
    told = (
        truth["events"]
        .filter(pl.col("kind").is_in(list(_KINDS.values())) & (pl.col("day") <= last_day(last_month)))
        .join(homes, on="village")
        .group_by("township_code", month.alias("month"), "kind")
        .len()
    )
    found = np.zeros((len(towns), last_month - options.start + 1, len(_KINDS)), dtype=np.int64)
    kinds = list(_KINDS.values())
    for town, number, kind, count in told.iter_rows():
        if town in towns and number >= options.start:
            found[towns.index(town), number - options.start, kinds.index(kind)] = count
    return found


def _month(
    town: str, people: int, counts: np.ndarray[Any, Any], options: Options, month: int
) -> Iterator[dict[str, Any]]:
    """The campaign days of one township and month, one row a service and day."""
    figures, drawn = _figures(), stream(options, "services", int(town), month)
    bounds = dict(zip(_KINDS, counts.tolist(), strict=True))
    for service, measure in measures().items():
        plan: Mapping[str, Any] = figures["services"][service]
        served = int(drawn.binomial(bounds[plan["of"]], plan["share"]))
        first, second = sorted(drawn.choice(np.arange(figures["first_day"], figures["last_day"]), 2, replace=False))
        split = served // 2 if served > figures["one_day"] else 0
        for day, number in ((first, served - split), (second, split)):
            if day == second and not split:
                continue
            contacts = number + int(drawn.binomial(number, plan["again"])) if "again" in plan else None
            yield {
                "township_code": town,
                "service_code": service,
                "day": first_day(month).replace(day=int(day)),
                "couples": number if measure == "couples" else None,
                "persons": number if measure == "persons" else None,
                "contacts": number if measure == "contacts" else contacts,
                "annual_target": max(round(people * plan["target"] / 1000), figures["least_target"]),
                "funds_fen": number * plan["yuan"] * 100,
            }


@cache
def _figures() -> Mapping[str, Any]:
    figures: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return figures
