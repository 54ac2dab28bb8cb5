"""Births by class, infant deaths and couples, counted in polars straight from the rows of the lake.

For lakes in which every sheet is in force. Nothing of the product's SQL is used.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

Rows = pl.DataFrame


def numerators(home: Path, spans: pl.DataFrame) -> pl.DataFrame:
    """(division_code, period_type, period_start, indicator_code, counted) of townships and the county.

    Args:
        home: a home after a run over ledgers without defects.
        spans: period_type, period_start, period_end.
    """
    counted = pl.concat([_births(home), _infants(home), _couples(home)])
    above = _placed(home, counted)
    keys = ["division_code", "period_type", "period_start", "indicator_code"]
    inside = above.join(spans, how="cross").filter(
        pl.col("day") >= pl.col("period_start"), pl.col("day") < pl.col("period_end")
    )
    # A couple counts once wherever several books tell of it; every other row is one of its own.
    return inside.group_by(keys).agg(counted=pl.col("row").n_unique().cast(pl.Int64))


def _ledger(home: Path, form: str) -> Rows:
    return pl.read_parquet(home / "lake" / form / "**" / "*.parquet", hive_partitioning=False)


def _births(home: Path) -> Rows:
    births = _ledger(home, "L02").filter(pl.col("birth_event_type").fill_null("birth") != "adoption")
    age = (_months(pl.col("birth_date").dt.strftime("%Y-%m")) - _months(pl.col("mother_birth_month"))) // 12
    low = age.clip(15, 49) // 5 * 5
    order = pl.when(pl.col("birth_order") >= 3).then(pl.lit("3p")).otherwise(pl.col("birth_order").cast(pl.String))
    boys = pl.when(pl.col("sex") == "male")
    codes = (
        pl.format("parity_share_{}", order),
        boys.then(pl.format("srb_order_{}", order)),
        pl.when(age.is_between(10, 59)).then(pl.format("asfr_{}_{}", low, low + 4)),
    )
    return pl.concat(_rows(births, "birth_date", code) for code in codes)


def _infants(home: Path) -> Rows:
    deaths = _ledger(home, "L03")
    lived = _months(pl.col("death_date").dt.strftime("%Y-%m")) - _months(pl.col("birth_month"))
    return _rows(deaths.filter(lived.is_between(0, 11)), "death_date", pl.lit("imr"))


def _couples(home: Path) -> Rows:
    weddings = _ledger(home, "L04").filter(pl.col("event") == "marriage")
    weddings = weddings.with_columns(row_id=pl.format("{} {} {}", "husband_key", "wife_key", "event_date"))
    return pl.concat(
        [
            _rows(weddings, "event_date", pl.lit("marriages")),
            _rows(weddings.filter(pl.col("wife_order") == "first"), "event_date", pl.lit("first_marriages_f")),
            _rows(weddings.filter(pl.col("husband_order") == "first"), "event_date", pl.lit("first_marriages_m")),
        ]
    )


def _rows(ledger: Rows, day: str, code: pl.Expr) -> Rows:
    return ledger.select("unit_code", day=day, row="row_id", indicator_code=code).drop_nulls("indicator_code")


def _placed(home: Path, rows: Rows) -> Rows:
    """The rows under the township and the county of the village that tells them, in the month of the event."""
    known = pl.read_parquet(home / "lake" / "reference" / "divisions.parquet")
    first = pl.col("valid_from").min().over("county_code")
    known = known.filter(pl.col("division_level") == "village").with_columns(
        begins=pl.when(pl.col("valid_from") == first).then(pl.date(1949, 10, 1)).otherwise("valid_from")
    )
    month = pl.col("day").dt.truncate("1mo")
    villages = rows.join(known, left_on="unit_code", right_on="division_code").filter(
        pl.col("begins") <= month, month < pl.col("valid_to")
    )
    return pl.concat(
        villages.select("day", "row", "indicator_code", division_code=above) for above in ("parent_code", "county_code")
    )


def _months(text: pl.Expr) -> pl.Expr:
    return text.str.slice(0, 4).cast(pl.Int64) * 12 + text.str.slice(5, 2).cast(pl.Int64)
