"""What offices of a synthetic county owe the treasury, hand over and when, computed from the truth alone, in fen.

For counties without planted slips: both books of every office are whole in every month, so the account runs from the
first month to the last and begins with nothing owed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from tests.reference.county_indicators import cell, quality_of
from tests.reference.county_money import county_code, offices, spans, yuan
from tests.reference.county_truth import County, first_day
from tests.reference.indicator_catalogue import ALL, Indicator

GRACE = timedelta(days=10)
TIED = ("按比例返还", "全部用于计生")
_COUNTY = {"county": ALL}
_TREASURY = (
    Indicator("fee_remitted", lambda row: row["remitted_yuan"], None, 1, "yuan", "amount", "SN0", "fees", _COUNTY),
    Indicator(
        "fee_remit_rate", lambda row: row["remitted_for_period_yuan"], lambda row: row["due_yuan"],
        100, "percent", "ratio", "SN0", "fees", _COUNTY,
    ),
    Indicator(
        "fee_remit_lag", lambda row: row["lag_yuan_days"], lambda row: row["lag_yuan"],
        1, "days", "ratio", "SN0", "fees", _COUNTY,
    ),
    Indicator(
        "fee_returned_share", lambda row: row["returned_yuan"], lambda row: row["remitted_yuan"],
        100, "percent", "ratio", "SN0", "fees", {"county": ("year", "fp_year")},
    ),
)  # fmt: skip
TREASURY_CODES = tuple(indicator.code for indicator in _TREASURY)


@dataclass
class Office:
    """What one office took in and handed over; ``waits`` are (day of receipt, fen, days until the treasury had it)."""

    receipts: list[dict[str, Any]] = field(default_factory=list)
    slips: list[dict[str, Any]] = field(default_factory=list)
    waits: list[tuple[date, int, int]] = field(default_factory=list)

    def due(self, until: date) -> int:
        """Taken in before a day, less refunds, in fen."""
        return sum(fen for day, _, fen in self.moved() if day < until)

    def moved(self) -> Iterator[tuple[date, str, int]]:
        """(day, column, fen) of every receipt that moved money; refunds are below zero."""
        for receipt in self.receipts:
            back = "_refunded" if receipt["mark"] == "refund" else ""
            yield receipt["day"], "refunded" if back else "collected", receipt["principal_fen"]
            yield receipt["day"], f"surcharge{back}", receipt["surcharge_fen"]


def books(county: County) -> dict[str, Office]:
    """Every office with its books as known by the end of the run."""
    horizon = first_day(county.last + 1)
    found = {office: Office() for office in offices(county)}
    for receipt in county["fee_receipts"].sort("day", "receipt").iter_rows(named=True):
        if receipt["day"] < horizon and receipt["mark"] != "void":
            found[receipt["township_code"]].receipts.append(receipt)
    for slip in county["treasury"].sort("day", "slip").iter_rows(named=True):
        if slip["day"] < horizon:
            found[slip["township_code"]].slips.append(slip)
    for office in found.values():
        office.waits = list(_waits(office))
    return found


def _waits(office: Office) -> Iterator[tuple[date, int, int]]:
    """First in first out within a year of receipts, each of which stands net of its reversal."""
    paid: dict[tuple[Any, ...], list[Any]] = {}
    for receipt in office.receipts:
        if receipt["mark"] in ("normal", "reversal"):
            key = (receipt["case"], receipt["receipt_no"] or receipt["receipt"])
            day_and_fen = paid.setdefault(key, [receipt["day"], 0])
            day_and_fen[1] += receipt["principal_fen"] + receipt["surcharge_fen"]
    came: dict[int, list[list[Any]]] = defaultdict(list)
    for day, fen in sorted(pair for pair in paid.values() if pair[1] > 0):
        came[day.year].append([day, fen])
    left: dict[int, deque[list[Any]]] = defaultdict(deque)
    for slip in office.slips:
        if slip["direction"] == "remitted" and slip["amount_fen"] > 0:
            left[slip["for_month"] // 12].append([slip["day"], slip["amount_fen"]])
    for year, queue in came.items():
        for day, fen in queue:
            while fen and left[year]:
                slip = left[year][0]
                part = min(fen, slip[1])
                yield day, part, max((slip[0] - day).days, 0)
                fen, slip[1] = fen - part, slip[1] - part
                if not slip[1]:
                    left[year].popleft()


def treasury_reconciliation(county: County) -> pl.DataFrame:
    """``mart_treasury_reconciliation``."""
    known = books(county)
    rows = [
        _row(county, inside, division, begin, end) | {"period_type": kind}
        for division in (*known, county_code(county))
        for inside in [list(known.values()) if division == county_code(county) else [known[division]]]
        for kind, _, begin, end in spans(county)
    ]
    money = {name: pl.Decimal(14, 2) for name in rows[0] if name.endswith("_yuan")}
    return pl.DataFrame(rows, schema_overrides={**money, "lag_yuan_days": pl.Decimal(18, 2)}, infer_schema_length=None)


def _row(county: County, inside: list[Office], division: str, begin: date, end: date) -> dict[str, Any]:
    fen: dict[str, int | None] = dict.fromkeys(("collected", "surcharge", "refunded", "surcharge_refunded"), 0)
    for office in inside:
        for day, name, amount in office.moved():
            if begin <= day < end:
                fen[name] = (fen[name] or 0) + (-amount if name.endswith("refunded") else amount)
    handed = [slip for office in inside for slip in office.slips if slip["direction"] == "remitted"]
    back = [slip for office in inside for slip in office.slips if slip["direction"] != "remitted"]
    waits = [wait for office in inside for wait in office.waits if begin <= wait[0] < end]
    months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month - 1)
    fen |= {
        "opening_difference": _owed(inside, begin),
        "due": sum(office.due(end) - office.due(begin) for office in inside),
        "remitted": _fen(slip for slip in handed if begin <= slip["day"] < end),
        "closing_difference": _owed(inside, end),
        "overdue": sum(_overdue(office, end) for office in inside) if months[-1] < county.last else None,
        "remitted_for_period": _fen(slip for slip in handed if slip["for_month"] in months),
        "returned": _fen(slip for slip in back if begin <= slip["day"] < end and slip["subject"] in TIED),
        "lag": sum(part for _, part, _ in waits),
    }
    return {
        "division_code": division,
        "division_level": "county" if division == county_code(county) else "township",
        "period_start": begin,
        "period_end": end,
        "status": "whole",
        "office_months": len(months) * len(inside),
        "whole_office_months": len(months) * len(inside),
        **{f"{name}_yuan": None if amount is None else yuan(amount) for name, amount in fen.items()},
        "lag_yuan_days": yuan(sum(part * days for _, part, days in waits)),
    }


def _fen(slips: Iterable[dict[str, Any]]) -> int:
    return sum(slip["amount_fen"] for slip in slips)


def _owed(inside: list[Office], day: date) -> int:
    handed = (s for office in inside for s in office.slips if s["direction"] == "remitted" and s["day"] < day)
    return sum(office.due(day) for office in inside) - _fen(handed)


def _overdue(office: Office, end: date) -> int:
    handed = (s for s in office.slips if s["direction"] == "remitted" and s["day"] < end + GRACE)
    return max(office.due(end) - _fen(handed), 0)


def treasury_indicators(county: County) -> pl.DataFrame:
    """The rows of ``mart_indicators`` about the treasury."""
    quality = quality_of(county)
    rows = [
        row
        for figure in treasury_reconciliation(county).filter(pl.col("division_level") == "county").to_dicts()
        for indicator in _TREASURY
        if figure["period_type"] in indicator.where["county"]
        for row in cell(indicator, figure, "none", quality)
    ]
    pair = dict.fromkeys(("numerator", "denominator"), pl.Decimal(18, 2))
    schema = {**pair, **dict.fromkeys(("value", "ci_low", "ci_high"), pl.Float64)}
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema)
