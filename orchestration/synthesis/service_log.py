"""The log of single services: clients who book, what is due to each of them, and when it is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.months import first_day, last_day, period
from orchestration.synthesis.options import Options
from orchestration.synthesis.services import townships
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed


def simulate(
    truth: dict[str, pl.DataFrame], county_code: str, options: Options, last_month: int
) -> dict[str, pl.DataFrame]:
    """Every service booked or due from ``options.start`` to the end of ``last_month``; a longer run only adds.

    Args:
        truth: villages.
        county_code: six digits; services are the same in every county.
        options: seed and first month.
        last_month: number of the last month.

    Returns:
        The table service_log; a service that is due in the run may be given after it.
    """
    del county_code
    until = last_day(last_month)
    rows = [
        row
        for month in range(options.start, last_month + 1)
        for town, people in townships(truth["villages"]).items()
        for row in _bookings(town, people, options, month)
        if (row["due_day"] or row["day"]) <= until
    ]
    return {
        "service_log": typed("service_log", pl.DataFrame(rows, infer_schema_length=None))
        if rows
        else empty("service_log")
    }


def _bookings(town: str, people: int, options: Options, month: int) -> Iterator[dict[str, Any]]:
    drawn = stream(options, "service log", int(town), month)
    figures, dice = _figures(), Dice(drawn)
    for number in range(int(drawn.poisson(people * figures["bookings"] / 12_000))):
        booked = dice.day(first_day(month), last_day(month))
        client = {
            "township_code": town,
            "client": f"{town[6:9]}-{period(month)}-{number + 1:03d}",
            "resident_type": "floating" if dice.chance(figures["floating"]) else "hukou",
        }
        for service, due, day in _services(booked, figures, dice):
            yield client | {"service_code": service, "due_day": due, "day": day}


def _services(booked: date, figures: Mapping[str, Any], dice: Dice) -> Iterator[tuple[str, date | None, date | None]]:
    """(service, due day, day on which it is given) of one client, in any order."""
    first, *others = figures["with_booking"]
    yield first, None, booked
    for service in others:
        if dice.chance(figures["handed_out"]):
            yield service, None, booked
    for service, plan in figures["due"].items():
        for time in range(dice.between(plan["times"])):
            due = booked + timedelta(days=plan["first"] + time * plan["every"])
            moved = -dice.days(figures["early"]) if dice.chance(figures["on_time"]) else dice.days(figures["late"])
            yield service, due, due + moved if dice.chance(figures["done"]) else None


@cache
def _figures() -> Mapping[str, Any]:
    figures: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return figures
