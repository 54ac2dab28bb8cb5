"""Who the people are at the end of each year, counted in the rows of the lake: neither our SQL nor the truth.

For ledgers of which every submission is in force, with a roster in the month of a village's first report.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

YEAR_ENDS = {12: "year", 9: "fp_year"}
_EVENT = ["unit_code", "told", "happened", "sex", "born", "change"]


def structure(lake: Path, divisions: pl.DataFrame) -> pl.DataFrame:
    """(division_code, period_type, last month, sex, age_group, persons) of townships and counties.

    Args:
        lake: the lake of a home.
        divisions: ``dim_division``, for the months in which a village's code stands.
    """
    reports = _rows(lake, "L16").select("unit_code", "opening", first="period")
    first = reports.sort("first").unique("unit_code", keep="first", maintain_order=True)
    stocks = pl.concat([_openings(lake, first), _since(_events(lake), first)])
    villages = divisions.filter(pl.col("division_level") == "village").select(
        "division_code", starts=_month("valid_from"), ends=_month("valid_to")
    )
    months = pl.Series("last", sorted(set(_rows(lake, "L16")["period"].to_list())), pl.Int64)
    rows = (
        stocks.join(villages, left_on="unit_code", right_on="division_code")
        .join(_year_ends(months), how="cross")
        .filter(pl.col("since") <= pl.col("last"), pl.col("starts") <= pl.col("last"), pl.col("last") < pl.col("ends"))
    )
    age = (pl.col("last") - pl.col("born")) // 12
    low = age // 5 * 5
    group = pl.when(age >= 85).then(pl.lit("85+")).otherwise(pl.format("{}-{}", low, low + 4))
    above = pl.concat(
        rows.with_columns(division_code=pl.col("unit_code").str.slice(0, digits).str.pad_end(12, "0"))
        for digits in (6, 9)
    )
    keys = ["division_code", "period_type", "last", "sex"]
    counted = above.group_by(*keys, age_group=group.fill_null("unknown")).agg(persons=pl.col("change").sum())
    return counted.filter(pl.col("persons") != 0)


def _openings(lake: Path, first: pl.DataFrame) -> pl.DataFrame:
    """The people a village starts with: its first roster less what was reported in that month."""
    roster = _rows(lake, "L01").join(first, left_on=["unit_code", "period"], right_on=["unit_code", "first"])
    listed = roster.select("unit_code", "sex", born=_month("birth_month"), change=pl.lit(1, pl.Int64))
    told = _events(lake).join(first, left_on=["unit_code", "told"], right_on=["unit_code", "first"])
    undone = told.select("unit_code", "sex", "born", change=-pl.col("change"))
    return (
        pl.concat([listed, undone]).join(first, on="unit_code").select("unit_code", "first", "sex", "born", "change")
    ).rename({"first": "since"})


def _since(events: pl.DataFrame, first: pl.DataFrame) -> pl.DataFrame:
    kept = events.join(first, on="unit_code").filter(pl.col("happened") >= pl.col("first"))
    return kept.select("unit_code", "sex", "born", "change", since="happened").select(
        "unit_code", "since", "sex", "born", "change"
    )


def _events(lake: Path) -> pl.DataFrame:
    """Births, adoptions, deaths and moves, one row a person."""
    births, deaths, moves = (_rows(lake, form) for form in ("L02", "L03", "L05"))
    is_adopted = pl.col("birth_event_type").eq_missing("adoption")
    came = pl.lit(1, pl.Int64)
    parts = [
        births.with_columns(
            born=_month("birth_date"),
            happened=pl.when(is_adopted).then("period").otherwise(_month("birth_date")),
            change=came,
        ),
        deaths.with_columns(born=_month("birth_month"), happened=_month("death_date"), change=-came),
        moves.with_columns(
            born=_month("birth_month"),
            happened=_month("move_date"),
            change=pl.when(pl.col("direction") == "in").then(came).otherwise(-came),
        ),
    ]
    return pl.concat(part.with_columns(told="period").select(_EVENT) for part in parts)


def _rows(lake: Path, form: str) -> pl.DataFrame:
    """The rows of a form; ``period`` as a month number, year * 12 + month - 1."""
    paths = sorted((lake / form).glob("period=*-*/*.parquet"))
    frames = [
        pl.read_parquet(path, hive_partitioning=False).with_columns(period=pl.lit(path.parent.name[7:]))
        for path in paths
        if path.parent.name != "period=0000-00"
    ]
    return pl.concat(frames).with_columns(_month("period"))


def _year_ends(months: pl.Series) -> pl.DataFrame:
    """(period_type, last): the last months of years all of whose months are there."""
    known = set(months.to_list())
    rows = [
        (YEAR_ENDS[month % 12 + 1], month)
        for month in sorted(known)
        if month % 12 + 1 in YEAR_ENDS and known.issuperset(range(month - 11, month))
    ]
    return pl.DataFrame(rows, schema={"period_type": pl.String, "last": pl.Int64}, orient="row")


def _month(column: str) -> pl.Expr:
    """Month number of a day or of a text YYYY-MM."""
    text = pl.col(column).cast(pl.String)
    return text.str.slice(0, 4).cast(pl.Int64) * 12 + text.str.slice(5, 2).cast(pl.Int64) - 1
