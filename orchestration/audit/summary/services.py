"""Services: how many were served against the target, each service in its own unit, and the rates of coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.audit.summary.marts import INDICATOR, Division, Marts
from orchestration.audit.summary.records import CIVIL, Period, Record, latest, records, within
from orchestration.audit.summary.scales import scale_over
from orchestration.audit.summary.strips import WHOLE, Plot, Strip, Target, bar, interval_plot

MEASURES = "service_"
MOST_PERCENT = 200.0
KEYS = ("division_code", "period_type", "period_start", "service", "measure_unit")


@dataclass(frozen=True)
class Services:
    """What the page says of the services of one county. Lists are empty where the marts are silent."""

    period: Period | None
    served: Plot
    rated: Period | None
    rates: Plot
    townships: list[tuple[Division, list[Record]]]


def services(marts: Marts, county: Division, townships: Sequence[Division]) -> Services:
    """Everything of one county; its townships in the order of their codes."""
    frame = marts.of("mart_service_coverage", division_code=county.code)
    period = latest(frame, CIVIL)  # a target is that of a civil year
    codes = tuple(
        row["indicator_code"]
        for row in marts.of("dim_indicator").sort("indicator_code").iter_rows(named=True)
        if (row["numerator_measure"] or "").startswith(MEASURES)
    )
    figures = marts.indicators(county.code, codes)
    rated = latest(figures, CIVIL)
    rows = [row for row in records(within(figures, rated), "mart_indicators", INDICATOR) if row["unit"] == "percent"]
    return Services(
        period=period,
        served=Plot([("", [_strip(marts, row) for row in _rows(marts, county, period)])]),
        rated=rated,
        rates=interval_plot([("", rows)], marts.indicator_name, marts.target_of, MOST_PERCENT, WHOLE),
        townships=[(one, found) for one in townships if (found := _rows(marts, one, period))],
    )


def _rows(marts: Marts, division: Division, period: Period | None) -> list[Record]:
    frame = within(marts.of("mart_service_coverage", division_code=division.code), period)
    return records(frame, "mart_service_coverage", KEYS)


def _strip(marts: Marts, row: Record) -> Strip:
    """Couples, persons and contacts share no scale, so each service has its own."""
    scale = scale_over([row["served"], row["target"], row["eligible"]])
    return bar(
        marts.service_name(row["service"]),
        row,
        "served",
        scale,
        unit=row["measure_unit"],
        kind="served",
        target=Target(row, "target"),
    )
