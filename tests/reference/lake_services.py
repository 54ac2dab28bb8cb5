"""What logs of services say, counted in polars straight from the rows of the lake.

For lakes in which every sheet is in force and every day of grace is none. Nothing of the product's SQL is used.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

_COUNTED = ["antenatal_booking", "antenatal_check", "postnatal_visit", "early_followup", "outcome_followup"]


def logs_in(home: Path, spans: pl.DataFrame) -> pl.DataFrame:
    """(division_code, period_type, period_start, service, contacts, persons, due, done_in_window) of places with any.

    Args:
        home: a home after a run over ledgers without defects.
        spans: period_type, period_start, period_end.
    """
    rows = pl.read_parquet(home / "lake" / "L08" / "**" / "*.parquet", hive_partitioning=False)
    rows = rows.filter(pl.col("service_code").is_in(_COUNTED)).with_columns(town=pl.col("unit_code").str.slice(0, 12))
    county = pl.col("town").str.slice(0, 6) + "000000"
    placed = pl.concat([rows.with_columns(division_code=place) for place in (pl.col("town"), county)])
    who = ["town", "service_key"]
    given = _within(placed.filter("is_done"), "service_date", spans).agg(
        contacts=pl.struct(*who, "service_date").n_unique().cast(pl.Int64),
        persons=pl.col("service_key").n_unique().cast(pl.Int64),
    )
    in_time = pl.col("is_done") & (pl.col("service_date") <= pl.col("due_date"))
    owed = _within(placed.filter(pl.col("due_date").is_not_null()), "due_date", spans).agg(
        due=pl.struct(*who, "due_date").n_unique().cast(pl.Int64),
        done_in_window=pl.struct(*who, "due_date").filter(in_time).n_unique().cast(pl.Int64),
    )
    keys = ["division_code", "period_type", "period_start", "service"]
    return given.join(owed, on=keys, how="full", coalesce=True).with_columns(pl.exclude(keys).fill_null(0))


def _within(rows: pl.DataFrame, day: str, spans: pl.DataFrame) -> pl.dataframe.group_by.GroupBy:
    inside = rows.join_where(spans, pl.col(day) >= pl.col("period_start"), pl.col(day) < pl.col("period_end"))
    return inside.group_by("division_code", "period_type", "period_start", service="service_code")
