"""Which version of a submission is in force: the one rule of order, read from the register as the models read it.

For a unit, form and period the greatest (received_on, stated_version, stated_date, file_sha256) among what was
accepted. Every path the same bytes came by counts: the first day, the highest version and date stated. A submission
counts by its latest reading.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from orchestration.ingest.register import READABLE

KEY = ("unit_code", "form", "period")
_ORDER = ("received_on", "stated_version", "stated_date", "file_sha256", "submission_id")
_SUMMED = ("rows_seen", "accepted", "quarantined", "duplicate", "non_data")


def versions(register: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """One row a submission known on ``as_of`` (None: all), by unit, form and period in the order of force.

    Columns: those of ``KEY``, version_no from 1, received_on, stated_version, stated_date, status, is_current, the
    rows by class, file_path, file_sha256, submission_id and the batch_id and batch_no of its latest reading.
    """
    known = register.filter(pl.col("submission_id").is_not_null())
    if as_of is not None:
        known = known.filter(pl.col("submission_id").is_in(_known_on(known, as_of).implode()))
    receipts = (
        (known if as_of is None else known.filter(pl.col("received_on") <= as_of))
        .group_by("submission_id")
        .agg(
            pl.col("received_on").min(),
            pl.col("stated_version").max().fill_null(0),
            pl.col("stated_date").max().fill_null(date.min),
        )
    )
    latest = (
        known.filter(pl.col("status") != "duplicate")
        .filter(pl.col("batch_no") == pl.col("batch_no").max().over("submission_id"))
        .group_by("submission_id")
        .agg(
            *(pl.col(name).first() for name in (*KEY, "file_sha256", "batch_id", "batch_no")),
            pl.col("file_path").min(),
            *(pl.col(name).sum() for name in _SUMMED),
            pl.col("status").is_in(READABLE).any().alias("is_readable"),
            (pl.col("status") == "accepted").all().alias("is_whole"),
        )
        .join(receipts, on="submission_id")
        .sort(*KEY, *_ORDER)
    )
    numbered = latest.with_columns(pl.int_range(1, pl.len() + 1).over(KEY).alias("version_no"))
    in_force = pl.when("is_readable").then("version_no").max().over(KEY)
    return numbered.with_columns(
        (pl.col("version_no") == in_force).fill_null(value=False).alias("is_current"),
        pl.when("is_whole")
        .then(pl.lit("accepted"))
        .when("is_readable")
        .then(pl.lit("partial"))
        .otherwise(pl.lit("quarantined"))
        .alias("status"),
    ).drop("is_readable", "is_whole")


def with_current(register: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """The register with ``is_current`` beside every sheet, as known on ``as_of``."""
    current = versions(register, as_of).filter("is_current").select("submission_id", "batch_no", "is_current")
    return register.join(current, on=["submission_id", "batch_no"], how="left", maintain_order="left").with_columns(
        pl.col("is_current").fill_null(value=False) & pl.col("status").is_in(READABLE)
    )


def _known_on(register: pl.DataFrame, as_of: date) -> pl.Series:
    return register.filter(pl.col("received_on") <= as_of)["submission_id"].unique()
