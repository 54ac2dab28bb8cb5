"""Small counties for tests of the population: villages of equal size, two of which merge and one of which is parted."""

from __future__ import annotations

from datetime import date

import polars as pl

from orchestration.synthesis import population
from orchestration.synthesis.counties.county import load_county
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.schemas import SCHEMAS

OPEN_END = date(9999, 12, 31)
FIRST_LIST = date(1949, 10, 1)


def places(villages: int, persons: int, merger: date | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tables ``villages`` and ``lineage``; at ``merger`` villages 0 and 1 become one and village 2 becomes two."""
    sizes = [persons // villages + (village < persons % villages) for village in range(villages)]
    ends = [OPEN_END] * villages
    begins = [FIRST_LIST] * villages
    changes: list[tuple[int, int, date, float]] = []
    if merger is not None:
        ends[:3] = [merger] * 3
        ends, begins, sizes = [*ends, *[OPEN_END] * 3], [*begins, *[merger] * 3], [*sizes, 0, 0, 0]
        joined, one, other = villages, villages + 1, villages + 2
        changes = [(0, joined, merger, 1.0), (1, joined, merger, 1.0), (2, one, merger, 0.7), (2, other, merger, 0.3)]
    number = range(len(sizes))
    table = {
        "village": number,
        "division_code": [f"331099100{200 + village}" for village in number],
        "name_zh": [f"第{village}村" for village in number],
        "township_code": ["331099100000"] * len(sizes),
        "township_name": ["虚构镇"] * len(sizes),
        "valid_from": begins,
        "valid_to": ends,
        "persons_wanted": sizes,
    }
    lineage = pl.DataFrame(changes, schema=SCHEMAS["lineage"], orient="row")
    return pl.DataFrame(table, schema=SCHEMAS["villages"]), lineage


def lived(
    county: str,
    villages: int,
    persons: int,
    months: int,
    *,
    seed: int = 1,
    start: int = 24168,
    merger: date | None = None,
) -> dict[str, pl.DataFrame]:
    """The tables of a county that lived so many months from ``start`` (January 2014) on, with its places."""
    options = Options(county, villages, persons, months, seed, start)
    village_table, lineage = places(villages, persons, merger)
    figures = load_county(county).figures
    tables = population.simulate(village_table, lineage, figures, options, start + months - 1)
    return {"villages": village_table, "lineage": lineage, **tables}


def month_column(day: str) -> pl.Expr:
    """Month number of a column of dates."""
    return pl.col(day).dt.year().cast(pl.Int32) * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1


__all__ = ["lived", "month_column", "month_number", "places"]
