"""Targets, rounds and notices a second time, straight from the rows of the lake: for homes in which each office writes
its own sheets and every submission is in force. Nothing is imported from the product.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

_PLACE = (pl.col("unit_code").str.head(9) + "000").alias("division_code")


def _last_told(home: Path, form: str, keys: list[str]) -> pl.DataFrame:
    """Of the rows of a form that name the same thing the one of the latest month."""
    files = home / "lake" / form / "period=2*" / "*.parquet"
    rows = pl.read_parquet(files, hive_partitioning=True, try_parse_hive_dates=False)
    return rows.with_columns(_PLACE).sort("period", maintain_order=True).unique(["division_code", *keys], keep="last")


def _year(day: str) -> pl.Expr:
    return pl.date(pl.col(day).dt.year(), 1, 1).alias("period_start")


def rounds_by_year(home: Path) -> pl.DataFrame:
    """(division_code, period_start, planned, held, findings, median_closure_days) of townships by year planned."""
    told = _last_told(home, "L18", ["planned_date"]).with_columns(_year("planned_date"))
    is_mended = pl.col("mended_date").is_not_null() & (pl.col("findings_count") > 0)
    days = (pl.col("mended_date") - pl.col("held_date")).dt.total_days()
    return told.group_by("division_code", "period_start").agg(
        planned=pl.len().cast(pl.Int64),
        held=pl.col("held_date").count().cast(pl.Int64),
        findings=pl.col("findings_count").sum().cast(pl.Int64),
        median_closure_days=days.filter(is_mended).median(),
    )


def items_by_year(home: Path) -> pl.DataFrame:
    """(division_code, period_start, due, on_time, objections) of townships by year due."""
    told = _last_told(home, "L20", ["item_code", "due_date"]).with_columns(_year("due_date"))
    return told.group_by("division_code", "period_start").agg(
        due=pl.len().cast(pl.Int64),
        on_time=(pl.col("published_date") <= pl.col("due_date")).sum().cast(pl.Int64),
        objections=pl.col("objections_count").sum().cast(pl.Int64),
    )


def targets_in_force(home: Path) -> pl.DataFrame:
    """(division_code, period_start, metric_code, direction_code, target_value, unit) of townships."""
    told = _last_told(home, "L17", ["target_year", "metric_code"])
    return told.select(
        "division_code",
        "metric_code",
        "direction_code",
        pl.col("target_value").cast(pl.Float64),
        period_start=pl.date(pl.col("target_year"), 1, 1),
        unit="measure_code",
    )
