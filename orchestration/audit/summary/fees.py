"""Fees: money year by year, and how much of what was decided came in. No village has any: the marts stop above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.audit.summary.marts import INDICATOR, Division, Marts
from orchestration.audit.summary.records import Period, Record, latest, records, within
from orchestration.audit.summary.scales import scale_over
from orchestration.audit.summary.strips import WHOLE, Plot, Words, bar, interval_plot

YEARS = 6
RATES = ("fee_amount_collection_rate", "fee_case_collection_rate", "fee_cash_ratio")
# A cash ratio may be a multiple of what was decided; it would press all else against zero.
MOST_PERCENT = 200.0
AMOUNTS = (
    ("assessed", Words("应征(决定)", "assessed")),
    ("collected", Words("实征(入库)", "collected")),
    ("outstanding", Words("期末欠缴", "outstanding at the end")),
)
KEYS = ("division_code", "period_type", "period_start")


@dataclass(frozen=True)
class Fees:
    """What the page says of the fee of one county. Lists are empty where the marts are silent."""

    period: Period | None
    years: list[tuple[Period, Record]]
    money: Plot
    rates: Plot
    townships: list[tuple[Division, Record]]


def fees(marts: Marts, county: Division, townships: Sequence[Division]) -> Fees:
    """Everything of one county; its townships in the order of their codes."""
    frame = marts.of("mart_fee_collection", division_code=county.code)
    period = latest(frame)
    kind = period.period_type if period else ""
    rows = records(frame.filter(period_type=kind), "mart_fee_collection", KEYS)[-YEARS:] if period else []
    scale = scale_over(row[f"{flow}_yuan"] for row in rows for flow, _ in AMOUNTS)
    return Fees(
        period=period,
        years=[(_period(row), row) for row in rows],
        money=Plot(
            [
                (
                    _period(row).label,
                    [bar(name, row, f"{flow}_yuan", scale, unit="yuan", kind=flow) for flow, name in AMOUNTS],
                )
                for row in rows
            ],
            scale if any(row[f"{flow}_yuan"] for row in rows for flow, _ in AMOUNTS) else None,
        ),
        rates=_rates(marts, county, kind),
        townships=[
            (one, row)
            for one in townships
            for row in records(
                within(marts.of("mart_fee_collection", division_code=one.code), period), "mart_fee_collection", KEYS
            )
        ],
    )


def _rates(marts: Marts, county: Division, kind: str) -> Plot:
    found = marts.indicators(county.code, RATES)
    rows = records(found.filter(period_type=kind) if found.height else found, "mart_indicators", INDICATOR)
    by_year: dict[str, list[Record]] = {}
    for row in sorted(rows, key=lambda row: (row["period_start"], RATES.index(row["indicator_code"]))):
        by_year.setdefault(_period(row).label, []).append(row)
    return interval_plot(list(by_year.items())[-YEARS:], marts.indicator_name, marts.target_of, MOST_PERCENT, WHOLE)


def _period(row: Record) -> Period:
    return Period(row["period_type"], row["period_start"], row["period_end"])
