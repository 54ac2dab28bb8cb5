"""What an office must publish, and when it does."""

from __future__ import annotations

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

_SILENT = "fee_standard"


def rows(offices: list[str], regimes: Regimes, options: Options, until: date) -> pl.DataFrame:
    """Rows of ``disclosures`` published or due up to a day, each published by its due day.

    Planted (AC-37), one office never publishes the first standards of the fee that fall due in the run.
    """
    start = first_day(options.start)
    silent = offices[int(stream(options, "planted AC-37").integers(len(offices)))] if is_planted(options) else None
    found: list[dict[str, Any]] = []
    for due, item in _due(start, until, regimes):
        for office in offices:
            never = office == silent and item == _SILENT
            silent = None if never else silent
            row = _row(office, item, due, options, never=never)
            if due <= until or (row["published_day"] and row["published_day"] <= until):
                found.append(row)
    found.sort(key=lambda row: (row["due_day"], row["item"], row["township_code"]))
    return typed("disclosures", pl.DataFrame(found, infer_schema_length=None)) if found else empty("disclosures")


def _due(start: date, until: date, regimes: Regimes) -> list[tuple[date, str]]:
    """Due days from the start to the month after the last one, in their order."""
    found = []
    for year in range(start.year, until.year + 2):
        for plan in figures()["disclosures"]:
            for month, day in plan["due"]:
                due = date(year, month, day)
                if due >= start and (plan.get("while") != "fee" or due < regimes.collection_ends):
                    found.append((due, plan["item"]))
    return sorted(found)


def _row(office: str, item: str, due: date, options: Options, *, never: bool) -> dict[str, Any]:
    dice = Dice(stream(options, f"disclosure {item}", int(office), due.year, due.month))
    published = due - dice.days(figures()["early"])
    objections = 1 if dice.chance(figures()["objection"]) else 0
    return {
        "township_code": office,
        "item": item,
        "due_day": due,
        "published_day": None if never else published,
        "objections": None if never else objections,
    }
