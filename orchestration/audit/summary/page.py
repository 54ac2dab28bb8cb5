"""The summary of a candidate: one HTML file that needs nothing beside it, in Chinese and English, for screen and paper.

It is a function of the marts and the facts of the release alone. Every figure of a mart stands in an element that says
which row and column it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from orchestration.audit.pages import page_environment
from orchestration.audit.summary.fees import Fees, fees
from orchestration.audit.summary.marts import Division, Marts, read_marts
from orchestration.audit.summary.population import Population, population
from orchestration.audit.summary.records import Record
from orchestration.audit.summary.services import Services, services

FLOWS = (
    ("assessed", "应征", "assessed"),
    ("annulled", "撤销", "annulled"),
    ("collected", "实征", "collected"),
    ("waived", "减免", "waived"),
    ("refunded", "退还", "refunded"),
    ("written_off", "核销", "written off"),
    ("terminated_2021", "不再征收", "ended by law in 2021"),
    ("outstanding", "期末欠缴", "outstanding at the end"),
)
COUNTS = ("persons", "births", "deaths", "moves", "couples", "contacts", "households", "cases")


@dataclass(frozen=True)
class Facts:
    """What the head of the page says. ``verdict`` is PASS, FAIL or COULD_NOT_RUN."""

    release_id: str
    as_of: date
    synthetic: bool
    verdict: str


@dataclass(frozen=True)
class County:
    """One county with its three subjects."""

    division: Division
    population: Population
    fees: Fees
    services: Services


def render_summary(candidate: Path, facts: Facts) -> str:
    """The whole page as one HTML text; a mart that ``candidate`` lacks is left out of it."""
    marts = read_marts(candidate / "marts")
    return _template().render(
        facts=facts,
        counties=list(_counties(marts)),
        names=marts.indicator_name,
        services=marts.service_name,
        flows=FLOWS,
    )


@cache
def _template() -> jinja2.Template:
    """Compiled once: that takes longer than to fill it."""
    environment = page_environment()
    environment.filters.update(
        address=address, figure=figure, number=number, share=share, plain=plain, tick=tick, least=least_quality
    )
    return environment.get_template("summary/page.html.j2")


def address(record: Record, column: str) -> Markup:
    """The attributes that say which figure of which mart an element shows; no value for one that is missing."""
    value = record[column]
    return Markup('data-mart="{}" data-where="{}" data-column="{}" data-value="{}"').format(
        record.mart, record.address, column, "" if value is None else value
    )


def number(record: Record, column: str, unit: str = "") -> Markup:
    """A figure of a mart, as an element with its address; an en dash where there is none."""
    return Markup('<span class="figure" {}>{}</span>').format(address(record, column), figure(record[column], unit))


def share(record: Record, column: str) -> Markup:
    """A share of one, shown in percent."""
    value = record[column]
    text = "–" if value is None else f"{figure(round(value * 100, 1))} %"
    return Markup('<span class="figure" data-times="100" {}>{}</span>').format(address(record, column), text)


def plain(record: Record, column: str, unit: str = "") -> str:
    """The same figure as bare text, for what is read aloud."""
    return figure(record[column], unit)


def tick(value: float) -> str:
    """A round value below an axis."""
    return f"{Decimal(str(value)).normalize():,f}".replace("-", "−")


def figure(value: Any, unit: str = "") -> str:
    """A number with thousands separated: money to the fen, counts whole, the rest to two decimals."""
    if value is None:
        return "–"
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    is_whole = exact == exact.to_integral_value() and (isinstance(value, int) or unit in COUNTS or unit == "")
    text = f"{exact:,.0f}" if is_whole else f"{exact:,.2f}"
    return text.replace("-", "−")


def least_quality(rows: Iterable[Record]) -> Record | None:
    """The row of ``mart_indicators`` whose data are the least complete, or None if no row knows."""
    known = [row for row in rows if row["data_quality"] is not None]
    return min(known, key=lambda row: row["data_quality"], default=None)


def _counties(marts: Marts) -> Iterator[County]:
    townships = marts.divisions("township")
    for county in marts.divisions("county"):
        own = [one for one in townships if county.holds(one.code)]
        yield County(county, population(marts, county, own), fees(marts, county, own), services(marts, county, own))
