"""Cohorts and ages a second time, straight from the rows of the lake: for homes whose every submission is in force.

Nothing is imported from the product. Only decisions and receipts are read, and only what they say themselves: each case
as the sheet of its latest month shows it.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from tests.reference.lake_migration import rows_of

_COLLECTION_ENDS = date(2021, 8, 20)
_AGES = {"not_due": -1, "0-30": 30, "31-90": 90, "91-365": 365, "366-1095": 1095}


def fee_cases_on(home: Path, end: date) -> pl.DataFrame:
    """(case_key, decided, due, assessed, received, open) of levied decisions before a day, money in yuan."""
    decisions = pl.read_parquet(home / "lake" / "L11" / "period=*" / "*.parquet", hive_partitioning=True)
    cases = decisions.sort("period", "row_id").unique("case_key", keep="last")
    levied = pl.col("status_code").fill_null("") != "no_levy"
    cases = cases.filter(pl.col("decision_date") < end, levied)

    def by_then(amount: str, day: str) -> pl.Expr:
        counts = (pl.col(day) < end) & (pl.col(day) < _COLLECTION_ENDS)
        return pl.when(counts).then(pl.col(amount)).otherwise(0).fill_null(0)

    gone = by_then("waived_yuan", "waived_date") + by_then("written_off_yuan", "written_off_date")
    is_annulled = (pl.col("status_code") == "annulled") & (pl.col("status_date") < end)
    left = pl.col("assessed") - pl.col("received") - gone
    ended = is_annulled.fill_null(value=False) | pl.lit(end > _COLLECTION_ENDS)
    known = cases.join(_received(home, end), on="case_key", how="left").with_columns(
        pl.col("received").fill_null(0), assessed=pl.col("amount_yuan"), decided=pl.col("decision_date"), due="due_date"
    )
    return known.select(
        "case_key", "decided", "due", "assessed", "received",
        open=pl.when(ended).then(0).otherwise(pl.max_horizontal(left, pl.lit(0))),
    )  # fmt: skip


def _received(home: Path, end: date) -> pl.DataFrame:
    """(case_key, received): principal of receipts before a day, less what was taken or paid back."""
    receipts = rows_of(home, "L12").filter(pl.col("payment_date") < end)
    mark = pl.col("mark_code").fill_null("normal")
    principal = pl.col("amount_yuan").abs() - pl.col("surcharge_yuan").fill_null(0).abs()
    signed = pl.when(mark == "normal").then(principal).when(mark == "void").then(0).otherwise(-principal)
    return receipts.group_by("case_key").agg(received=signed.sum())


def ages_on(home: Path, end: date) -> pl.DataFrame:
    """(age_bucket, outstanding_cases, outstanding_yuan) of buckets in which something is open before a day."""
    days = (pl.lit(end - timedelta(days=1)) - pl.col("due")).dt.total_days()
    bucket = pl.lit("over_1095")
    for name, greatest in reversed(_AGES.items()):
        bucket = pl.when(days.fill_null(-1) <= greatest).then(pl.lit(name)).otherwise(bucket)
    still = fee_cases_on(home, end).filter(pl.col("open") > 0)
    return still.group_by(age_bucket=bucket).agg(
        outstanding_cases=pl.len().cast(pl.Int64), outstanding_yuan=pl.col("open").sum()
    )


def cohorts_on(home: Path, end: date) -> pl.DataFrame:
    """(cohort_start, decided_cases, assessed_yuan, received_yuan, outstanding_yuan) of civil years of decision."""
    return (
        fee_cases_on(home, end)
        .group_by(cohort_start=pl.col("decided").dt.truncate("1y"))
        .agg(
            decided_cases=pl.len().cast(pl.Int64),
            assessed_yuan=pl.col("assessed").sum(),
            received_yuan=pl.col("received").sum(),
            outstanding_yuan=pl.col("open").sum(),
        )
    )
