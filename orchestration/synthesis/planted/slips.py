"""Planted violations in what goes to the treasury and comes back from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import polars as pl

from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.money.treasury import slip, with_slips
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.slots import is_planted, registry
from orchestration.synthesis.streams import stream

RETURN_SUBJECT = "社会抚养费按比例返还"
_DECEMBER = 11
_LEAST = 1_000_000  # fen


def disturb(slips: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Break AC-21, AC-22 and AC-23 once each.

    Each takes the first month and office, in an order drawn once, that has enough to break; so what is planted never
    depends on what comes later. No month of an office is taken twice.
    """
    if not is_planted(options) or slips.is_empty():
        return slips
    drawn = stream(options, "planted slips")
    taken: set[tuple[str, int]] = set()
    months = {check: _first_month(check, options) for check in ("AC-21", "AC-22", "AC-23")}
    rank = {office: place for place, office in enumerate(_shuffled(slips, drawn.random()))}
    more: list[dict[str, Any]] = []
    ordinary = slips.filter(pl.col("amount_fen") >= _LEAST).to_dicts()
    ordinary.sort(key=lambda row: (row["for_month"], rank[row["township_code"]]))
    changed: dict[tuple[str, int], dict[str, Any]] = {}
    for check, first in months.items():
        for row in ordinary:
            place = (row["township_code"], row["for_month"])
            is_december = row["for_month"] % 12 == _DECEMBER
            if row["for_month"] < first or place in taken or is_december != (check == "AC-23"):
                continue
            taken.add(place)
            changed[place] = row | dict(_changed(check, row, more))
            break
    rows = [changed.get((row["township_code"], row["for_month"]), row) if row["amount_fen"] > 0 else row
            for row in slips.to_dicts()]  # fmt: skip
    return with_slips(slips.clear(), rows + more)


def _first_month(check: str, options: Options) -> int:
    return options.start + Dice(stream(options, f"planted {check}")).between(registry()[check].get("months", (0, 0)))


def _shuffled(slips: pl.DataFrame, mark: float) -> list[str]:
    """Offices, turned by a share of their number; which offices have slips later does not change who comes first."""
    offices = slips["township_code"].unique().sort().to_list()
    return sorted(offices, key=lambda office: (int(office) * 2_654_435_761 + int(mark * 2**32)) % 2**32)


def _changed(check: str, row: dict[str, Any], more: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The changes of a slip; a slip that comes besides is put into ``more``."""
    office, month, amount = row["township_code"], row["for_month"], row["amount_fen"]
    if check == "AC-21":
        day = first_day(month + 1) + timedelta(days=19)
        share = amount * 6 // 10
        more.append(slip(office, day, month, RETURN_SUBJECT, share, direction="returned", planted=check))
    elif check == "AC-22":
        late = amount * 4 // 10 // 100 * 100
        more.append(slip(office, first_day(month + 1) + timedelta(days=19), month, row["subject"], late))
        yield "amount_fen", amount - late
        yield "planted", check
    else:
        yield "day", last_day(month) + timedelta(days=7)
        yield "planted", check
