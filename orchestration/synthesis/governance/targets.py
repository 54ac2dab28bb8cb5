"""Targets that an office signs each year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from orchestration.synthesis.governance.figures import figures
from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.money.regimes import Regimes
from orchestration.synthesis.months import first_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.slots import is_planted
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed

_QUOTA = "AC-25"


def rows(offices: list[str], regimes: Regimes, options: Options, until: date) -> pl.DataFrame:
    """Rows of ``targets`` signed from the first month of the run to a day."""
    plan, start = figures(), first_day(options.start)
    found: list[dict[str, Any]] = []
    quota = int(stream(options, f"planted {_QUOTA}").integers(len(offices)))
    given = not is_planted(options)
    for year in range(start.year, until.year + 1):
        signing = {office: _signed(options, office, year) for office in offices}
        if not start <= min(signing.values()):
            continue
        for office, signed in signing.items():
            planned = signed < regimes.collection_ends
            goals = [goal for goal in plan["targets"] if planned or goal.get("while") != "planned"]
            found += [_row(office, year, signed, goal) for goal in goals if signed <= until]
        if not given and signing[offices[quota]] < regimes.collection_ends:
            given, signed = True, signing[offices[quota]]
            if signed <= until:
                found.append(_row(offices[quota], year, signed, plan["quota"]) | {"planted": _QUOTA})
    return typed("targets", pl.DataFrame(found, infer_schema_length=None)) if found else empty("targets")


def _signed(options: Options, office: str, year: int) -> date:
    plan = figures()["signed"]
    dice = Dice(stream(options, "targets", int(office), year))
    return date(year, plan["month"], dice.between(plan["days"]))


def _row(office: str, year: int, signed: date, goal: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "township_code": office,
        "year": year,
        "indicator_code": goal["indicator"],
        "direction": goal["direction"],
        "value": goal["value"],
        "unit": goal["unit"],
        "weight": goal["weight"],
        "signed_day": signed,
        "planted": None,
    }
