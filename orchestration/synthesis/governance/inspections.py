"""The monthly rounds of inspection."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from orchestration.synthesis.governance.figures import figures
from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.months import first_day, number_of
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed


def rows(offices: list[str], options: Options, until: date) -> pl.DataFrame:
    """Rows of ``inspections`` planned up to a day, with what is known of them then; rounds count from the start.

    Under names of real places no round finds anything: no fault is invented there.
    """
    found = [
        _row(office, month - options.start + 1, month, options, until)
        for month in range(options.start, number_of(until) + 1)
        for office in offices
    ]
    return typed("inspections", pl.DataFrame(found, infer_schema_length=None)) if found else empty("inspections")


def _row(office: str, number: int, month: int, options: Options, until: date) -> dict[str, Any]:
    plan, dice = figures()["inspections"], Dice(stream(options, "inspection", int(office), month))
    planned = first_day(month).replace(day=dice.between(plan["planned"]))
    held = planned + dice.days(plan["delay"]) if dice.chance(plan["held"]) else None
    found = 0 if options.real_names else dice.between((0, plan["findings"]))
    findings = found if held else None
    mend_by = held + timedelta(days=plan["term"]) if held and findings else None
    mended = held + dice.days(plan["mended"]) if held and findings else None
    if mended and (dice.chance(plan["left"]) or mended > until):
        mended = None
    return {
        "township_code": office,
        "round": number,
        "planned_day": planned,
        "held_day": held,
        "subject": plan["subjects"][month % len(plan["subjects"])],
        "findings": findings,
        "mend_by_day": mend_by,
        "mended_day": mended,
    }
