"""Population: the pyramid, where the people of twelve months came from and went, and the rates of the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.audit.summary.marts import BALANCE, INDICATOR, Division, Marts
from orchestration.audit.summary.pyramid import Pyramid, pyramid
from orchestration.audit.summary.records import Period, Record, latest, records, total, within
from orchestration.audit.summary.scales import scale_over
from orchestration.audit.summary.strips import Plot, Words, bar, interval_plot

MONTHS = 12
CONCEPT = "hukou"
# All per 1000 people, so they share a scale.
RATES = ("cbr", "cdr", "ngr", "crude_marriage_rate", "in_rate", "out_rate", "net_rate")
FURTHER = (
    *("pop_total_end", "sex_ratio_total", "srb", "gfr", "tfr", "late_birth_share"),
    *("median_age", "share_60plus", "share_65plus", "child_dep_ratio", "old_dep_ratio"),
)
FLOWS = (
    ("births", Words("出生", "births"), "+", "plus"),
    ("deaths", Words("死亡", "deaths"), "−", "minus"),
    ("moved_in", Words("迁入", "moves in"), "+", "plus"),
    ("moved_out", Words("迁出", "moves out"), "−", "minus"),
    ("adjustment", Words("调整", "adjustment"), "", "plus"),
)


@dataclass(frozen=True)
class Balance:
    """Opening, flows and closing of up to twelve months, by day of the event and by month of report."""

    label: str
    occurred: Record
    reported: Record | None
    months: list[Record]
    plot: Plot


@dataclass(frozen=True)
class Population:
    """What the page says of the people of one county. Lists are empty where the marts are silent."""

    structure: Period | None
    pyramid: Pyramid
    balance: Balance | None
    townships: list[tuple[Division, Record]]
    rated: Period | None
    rates: Plot
    further: list[Record]


def population(marts: Marts, county: Division, townships: Sequence[Division]) -> Population:
    """Everything of one county; its townships in the order of their codes."""
    ages = marts.of("mart_population_structure", division_code=county.code, pop_concept=CONCEPT)
    day = latest(ages)
    tiers = records(
        within(ages, day),
        "mart_population_structure",
        ("division_code", "period_type", "period_start", "pop_concept", "sex", "age_group"),
    )
    figures = marts.indicators(county.code, (*RATES, *FURTHER))
    rated = latest(figures)
    rows = {row["indicator_code"]: row for row in records(within(figures, rated), "mart_indicators", INDICATOR)}
    return Population(
        structure=day,
        pyramid=pyramid(tiers),
        balance=_balance(marts, county),
        townships=[(one, row) for one in townships if (row := _flows(marts, one, "occurred")) is not None],
        rated=rated,
        rates=interval_plot(
            [("", [rows[code] for code in RATES if code in rows])], marts.indicator_name, marts.target_of
        ),
        further=[rows[code] for code in FURTHER if code in rows],
    )


def _balance(marts: Marts, county: Division) -> Balance | None:
    occurred = _flows(marts, county, "occurred")
    if occurred is None:
        return None
    months = _months(marts, county, "occurred")
    reach = [occurred[column] for column, *_ in FLOWS if occurred[column] is not None]
    scale = scale_over([*reach, *(-value for value in reach)], least_step=1)
    strips = [
        bar(name, occurred, column, scale, unit="persons", kind=kind, sign=sign) for column, name, sign, kind in FLOWS
    ]
    label = f"{months[0]['period_start']:%Y-%m} – {months[-1]['period_start']:%Y-%m}"
    reported = _flows(marts, county, "reported")
    return Balance(label, occurred, reported, months, Plot([("", strips)], scale))


def _months(marts: Marts, division: Division, basis: str) -> list[Record]:
    frame = marts.of(
        "mart_population_balance",
        division_code=division.code,
        period_type="month",
        pop_concept=CONCEPT,
        basis=basis,
    )
    keys = ("division_code", "period_type", "period_start", "pop_concept", "basis")
    return records(frame.sort("period_start").tail(MONTHS), "mart_population_balance", keys)


def _flows(marts: Marts, division: Division, basis: str) -> Record | None:
    """Flows summed over the months; the opening is that of the first month, all stocks those of the last."""
    months = _months(marts, division, basis)
    if not months:
        return None
    summed = total(months, [column for column in BALANCE if column not in ("opening", "closing")])
    stocks = {column: months[-1][column] for column in ("closing", "reported_closing", "residual")}
    return Record(summed.mart, summed.where, {**summed.values, "opening": months[0]["opening"], **stocks})
