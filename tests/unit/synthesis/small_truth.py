"""Small counties of a few thousand people, made once a session, whose villages merge on New Year's Day 2018."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

from orchestration.synthesis.clerk.printing import DEFAULT_FORMS
from orchestration.synthesis.counties.county import load_county
from orchestration.synthesis.counties.plan import plan
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.population import simulate
from orchestration.synthesis.reporting import report
from orchestration.synthesis.tables import Truth, empty

START = month_number(2017, 10)
MERGED = month_number(2018, 1)
OPTIONS = Options("331099", villages=8, persons=5000, months=6, seed=3, start=START, forms=DEFAULT_FORMS)


@cache
def people(options: Options = OPTIONS, last_month: int | None = None) -> Truth:
    """People, reports and places of a county; nothing of its offices."""
    county = load_county(options.county)
    villages, lineage = plan(county, options)
    last = options.start + options.months - 1 if last_month is None else last_month
    tables = {"villages": villages, "lineage": lineage}
    tables |= simulate(villages, lineage, county.figures, options, last)
    tables["reports"] = report(tables["events"], villages, lineage, options)
    return Truth(**{f.name: tables[f.name] if f.name in tables else empty(f.name) for f in fields(Truth)})


def with_months(months: int) -> Options:
    """The same county for another number of months."""
    return replace(OPTIONS, months=months)
