"""Benefits and appropriations a second time, straight from the rows of the lake.

For homes in which every submission is in force. Nothing is imported from the product.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tests.reference.lake_migration import rows_of

PAYMENT = ["division_code", "programme", "year"]


def paid_by_township(home: Path) -> pl.DataFrame:
    """(division_code, programme, year, paid_persons, due_yuan, paid_yuan, on_time_payments) of townships."""
    rows = rows_of(home, "L15").with_columns(division_code=pl.col("unit_code").str.head(9) + "000")
    on_time = pl.col("paid_date") <= pl.col("due_date")
    return rows.group_by("division_code", programme="programme_code", year="benefit_year").agg(
        pl.col("person_key").n_unique().cast(pl.Int64).alias("paid_persons"),
        pl.col("due_yuan", "paid_yuan").sum(),
        on_time.sum().cast(pl.Int64).alias("on_time_payments"),
    )


def appropriations(home: Path) -> pl.DataFrame:
    """(division_code, programme, year, came_in, paid_yuan, returned_yuan, balance_yuan) that offices state."""
    rows = rows_of(home, "L19").filter(pl.col("source_code") == "higher")
    return rows.select(
        pl.col("unit_code").str.head(9) + "000",
        pl.col("subject_code").alias("programme"),
        pl.col("fund_year").alias("year"),
        pl.coalesce("received_yuan", "budget_yuan").alias("came_in"),
        pl.col("spent_yuan").alias("paid_yuan"),
        "returned_yuan",
        "balance_yuan",
    ).rename({"unit_code": "division_code"})
