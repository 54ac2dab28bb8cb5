"""How many rows the books of services of a faultless synthetic county have, from its truth alone."""

from __future__ import annotations

import polars as pl

from tests.reference.county_truth import County

_SCHEMA = {"unit": pl.String, "month": pl.Int64, "accepted": pl.Int64, "form": pl.String}


def service_log_rows(county: County) -> pl.DataFrame:
    """(unit, month, accepted, form) of L08: services due or given in a month, as the office knows them then."""
    rows = county["service_log"]
    days = [_month(pl.col(name)) for name in ("due_day", "day")]
    told = pl.concat(rows.select("township_code", day, row=pl.int_range(pl.len())) for day in days)
    return _counted(county, told.unique(["row", "month"]), "L08")


def supply_rows(county: County) -> pl.DataFrame:
    """(unit, month, accepted, form) of L09: supplies and technical services."""
    tables = (county["supplies"], county["technical_services"])
    return _counted(county, pl.concat(table.select("township_code", _month(pl.col("day"))) for table in tables), "L09")


def _month(day: pl.Expr) -> pl.Expr:
    return (day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1).alias("month")


def _counted(county: County, told: pl.DataFrame, form: str) -> pl.DataFrame:
    known = told.filter(pl.col("month").is_between(county.start, county.last))
    counted = known.group_by(unit=pl.col("township_code") + "-fp", month="month").agg(accepted=pl.len().cast(pl.Int64))
    return counted.with_columns(form=pl.lit(form)).select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())
