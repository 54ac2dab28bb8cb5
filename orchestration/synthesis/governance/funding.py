"""What family planning costs the county, year by year and source by source."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from orchestration.synthesis.governance.figures import figures
from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.months import first_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.slots import is_planted
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed

_YUAN = 100
_PLANTED = "BC-09"
_SOURCE = "county"


def rows(persons: int, options: Options, until: date) -> pl.DataFrame:
    """Rows of ``funding`` from the year before the run on; what a year spent is known on its last day.

    Spending grows by more than revenue every year. Planted, the first December of the run finds less of it: the
    county's own part is short of what revenue asks for.
    """
    plan, first = figures()["funding"], first_day(options.start).year - 1
    spent = {source: round(persons * yuan) * _YUAN for source, yuan in plan["sources"].items()}
    found: list[dict[str, Any]] = []
    for year in range(first, until.year + 1):
        dice = Dice(stream(options, "funding", year))
        revenue = dice.between(plan["revenue_growth"])
        is_short = year == first + 1 and is_planted(options)
        before = dict(spent)
        if year > first:
            above = dice.between(plan["above_revenue"])
            spent = {source: fen * (10_000 + revenue + above) // 1_000_000 * _YUAN for source, fen in spent.items()}
        if is_short:
            whole = sum(before.values()) * (10_000 + revenue - dice.between(plan["below_revenue"])) // 1_000_000 * _YUAN
            spent[_SOURCE] += whole - sum(spent.values())
        is_over = date(year, 12, 31) <= until
        for source, fen in spent.items():
            budget = fen * 100 // dice.between(plan["spent_of_budget"]) // _YUAN * _YUAN
            found.append(
                {
                    "year": year,
                    "source": source,
                    "subject": plan["subject"],
                    "budget_fen": budget,
                    "spent_fen": fen if is_over else None,
                    "revenue_growth_hundredths": revenue if is_over else None,
                    "planted": _PLANTED if is_short and source == _SOURCE else None,
                }
            )
    return typed("funding", pl.DataFrame(found, infer_schema_length=None)) if found else empty("funding")
