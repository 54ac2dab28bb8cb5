"""What the marts must say of funding, computed from the truth alone, in fen.

In December the first office tells the county's funding of two years, and every office its own appropriations.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from tests.reference.county_benefits import COUNTY_ALONE, indicator, place, whole_years
from tests.reference.county_money import county_code, yuan
from tests.reference.county_truth import County, vital_periods

Row = dict[str, Any]
FUNDING_CODES = ("funding_total", "funding_per_capita", "funding_growth_gap")
# Words of the ledger's column of subjects as its code.
_SUBJECTS = {"计划生育事业费": "family_planning"}


def told_years(county: County) -> list[int]:
    """Years whose December is a month of the run: then its sheet tells of it and of the year before."""
    return [number // 12 for number in range(county.start, county.last + 1) if number % 12 == 11]


def first_office(county: County) -> str:
    """The township whose office tells the funding of the county."""
    return str(county["villages"].filter(pl.col("persons_wanted") > 0)["township_code"].min())


def funding(county: County) -> pl.DataFrame:
    """``mart_funding``."""
    years = [year for year in whole_years(county) if year in told_years(county)]
    rows = []
    for line in county["funding"].filter(pl.col("year").is_in(years)).iter_rows(named=True):
        for division in (first_office(county), county_code(county)):
            known = (line["budget_fen"], None, line["spent_fen"], None, None)
            rows.append(_line(division, line["year"], line["source"], _SUBJECTS[line["subject"]], known))
    own = county["appropriations"].filter(pl.col("year").is_in(years), ~pl.col("programme").is_in(COUNTY_ALONE))
    for line in own.iter_rows(named=True):
        known = (line["received_fen"], None, line["paid_fen"], line["returned_fen"], line["balance_fen"])
        rows.append(_line(line["township_code"], line["year"], "higher", line["programme"], known))
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"received_yuan": pl.Decimal(14, 2)})


def _line(division: str, year: int, source: str, subject: str, fens: tuple[int | None, ...]) -> Row:
    names = ("budget_yuan", "received_yuan", "spent_yuan", "returned_yuan", "balance_yuan")
    amounts = {name: None if fen is None else yuan(fen) for name, fen in zip(names, fens, strict=True)}
    return {**place(division, year), "source_code": source, "subject_code": subject, **amounts}


def spending(county: County) -> dict[int, tuple[int, int]]:
    """Year -> fen spent and growth of revenue in hundredths of a per cent."""
    growth = pl.col("revenue_growth_hundredths").max()
    summed = county["funding"].group_by("year").agg(pl.col("spent_fen").sum(), growth)
    return {year: (spent, growth) for year, spent, growth in summed.iter_rows()}


def funding_indicators(county: County) -> pl.DataFrame:
    """``mart_indicators`` of ``FUNDING_CODES``."""
    spent, code = spending(county), county_code(county)
    people = vital_periods(county).filter(pl.col("division_code") == code, pl.col("period_type") == "year")
    average = {
        begin.year: Decimal(opening + closing) / 2
        for begin, opening, closing in people.select("period_start", "opening", "closing").iter_rows()
    }
    rows = []
    for year in (year for year in whole_years(county) if year in told_years(county)):
        of, (fen, growth) = place(code, year), spent[year]
        before = spent[year - 1][0]
        grown = (Decimal(before * growth) / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
        above = yuan(fen - before - int(grown))
        rows += [
            indicator(of, "funding_total", "yuan", yuan(fen)),
            indicator(
                of,
                "funding_per_capita",
                "yuan",
                yuan(fen),
                average[year],
                value=fen / 100 / float(average[year]),
                concept="hukou",
            ),
            indicator(
                of,
                "funding_growth_gap",
                "percentage_points",
                above,
                yuan(before),
                value=float(above) / (before / 100) * 100,
            ),
        ]
    return pl.DataFrame(rows, infer_schema_length=None).cast(
        {
            "numerator": pl.Decimal(18, 2),
            "denominator": pl.Decimal(18, 2),
            **dict.fromkeys(("ci_low", "ci_high", "data_quality"), pl.Float64),
        }
    )
