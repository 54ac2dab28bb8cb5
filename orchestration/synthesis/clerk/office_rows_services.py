"""What an office's books of single services (L08) and of its station's stock (L09) are about."""

from __future__ import annotations

import polars as pl

from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import Truth


def log(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The services due or given in a month as known on its last day, so that a late one stands in two logs."""
    span = (first_day(month), last_day(month))
    rows = truth.service_log.filter(pl.col("due_day").is_between(*span) | pl.col("day").is_between(*span))
    known = pl.when(pl.col("day") <= span[1]).then(pl.col("day"))
    return rows.with_columns(day=known).sort("township_code", "client", "service_code", "due_day", "day")


def supplies(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The stock of a month, one row a supply, and below it the technical services."""
    span = (first_day(month), last_day(month))
    parts = (
        truth.supplies.filter(pl.col("day").is_between(*span)).sort("item_code"),
        truth.technical_services.filter(pl.col("day").is_between(*span)).sort("service_code", "has_consent"),
    )
    return pl.concat(parts, how="diagonal").sort("township_code", maintain_order=True)
