"""How many rows offices send of targets, rounds of supervision, funding and disclosure, from the truth alone."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from tests.reference.county_truth import County

_DECEMBER = 12


def leading_reports(county: County) -> Iterator[pl.DataFrame]:
    """(unit, month, accepted, form) of L17 to L20, as far as the county has them; without a row none comes."""
    for form, rows in (
        ("L17", _in_months(county["targets"], "signed_day")),
        ("L18", _in_months(county["inspections"], "planned_day", "mended_day")),
        ("L19", _funding(county)),
        ("L20", _in_months(county["disclosures"], "due_day", "published_day")),
    ):
        if form in county.forms:
            counted = rows.group_by(unit=pl.col("township_code") + "-fp", month="month")
            sent = counted.agg(accepted=pl.len().cast(pl.Int64)).with_columns(form=pl.lit(form))
            yield sent.filter(pl.col("month").is_between(county.start, county.last))


def _in_months(rows: pl.DataFrame, *days: str) -> pl.DataFrame:
    """(township_code, month): a row stands once in each month in which one of its days lies."""
    numbered = rows.with_row_index("row")
    told = [numbered.select("row", "township_code", month=_month(day)).drop_nulls() for day in days]
    return pl.concat(told).unique().drop("row")


def _funding(county: County) -> pl.DataFrame:
    """In December each office tells its appropriations, and the first of them the county's funding of two years."""
    month = pl.col("year").cast(pl.Int64) * 12 + _DECEMBER - 1
    own = county["appropriations"].select("township_code", month=month)
    first = pl.lit(county["villages"].filter(pl.col("persons_wanted") > 0)["township_code"].min(), pl.String)
    whole = [county["funding"].select(first.alias("township_code"), month=month + later) for later in (0, 12)]
    return pl.concat([own, *whole])


def _month(day: str) -> pl.Expr:
    return pl.col(day).dt.year().cast(pl.Int64) * 12 + pl.col(day).dt.month().cast(pl.Int64) - 1
