"""Moves and stays a second time, straight from the rows of the lake: for homes in which every submission is in force.

Nothing is imported from the product. Only what a village's own register says is used: no division list, no report.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

_AWAY = ("township", "county", "province", "country")


def rows_of(home: Path, form: str, period: str = "2*") -> pl.DataFrame:
    """The rows of a form in a home's lake, of one period or of all."""
    return pl.read_parquet(home / "lake" / form / f"period={period}" / "*.parquet", hive_partitioning=False)


def moves_by_township(home: Path) -> pl.DataFrame:
    """(division_code, direction, year, moves) of townships that the registers tell, by year of the move, gross."""
    moves = rows_of(home, "L05").with_columns(division_code=pl.col("unit_code").str.head(9) + "000")
    return moves.group_by("division_code", "direction", year=pl.col("move_date").dt.year()).agg(
        moves=pl.len().cast(pl.Int64)
    )


def stays_at(home: Path, last: date) -> pl.DataFrame:
    """(division_code, direction, d30, m6, reg2009) of townships on the last day of a month; all places are words."""
    stays = rows_of(home, "L06", f"{last:%Y-%m}").filter(
        pl.col("other_area").is_in(_AWAY),
        pl.col("moved_date") <= last,
        pl.col("left_date").is_null() | (pl.col("left_date") > last),
    )
    born = pl.col("birth_month").str.split("-").list.eval(pl.element().cast(pl.Int32))
    age = (last.year * 12 + last.month - born.list.first() * 12 - born.list.last()) // 12
    grown = age.is_between(18, 49) & (pl.col("other_area") != "township")
    settled = ~pl.col("reason_code").is_in(["study", "medical", "trip"]).fill_null(value=False)
    return (
        stays.with_columns(division_code=pl.col("unit_code").str.head(9) + "000")
        .group_by("division_code", "direction")
        .agg(
            d30=(pl.col("moved_date") <= last - timedelta(days=30)).sum().cast(pl.Int64),
            m6=(pl.col("moved_date").dt.offset_by("6mo") <= last).sum().cast(pl.Int64),
            reg2009=(grown & settled).sum().cast(pl.Int64),
        )
    )
