"""What the marts must say of changes of divisions and of the boundaries of today, computed from the truth alone."""

from __future__ import annotations

import polars as pl

from tests.reference.county_truth import County, village_stocks

FIGURES = ("opening", "births", "deaths", "net_moves", "adjustment", "closing")


def told_changes(county: County) -> pl.DataFrame:
    """(predecessor_code, successor_code, effective_date) of every change of the villages that take part."""
    codes = county["villages"].select("village", "division_code")
    changes = county["lineage"].join(codes, left_on="old_village", right_on="village").join(
        codes, left_on="new_village", right_on="village", suffix="_new"
    )  # fmt: skip
    within = changes.filter(pl.col("effective_day") < county.months["end"].max())
    return within.select(
        predecessor_code="division_code", successor_code="division_code_new", effective_date="effective_day"
    )


def population_as_is(county: County) -> pl.DataFrame:
    """``mart_population_as_is``: every village's balance under the code that its people have in the last month."""
    today = county.months["start"].max()
    heirs = {village: village for village in county["villages"]["village"]}
    for day, old, new in sorted(county["lineage"].select("effective_day", "old_village", "new_village").iter_rows()):
        if day <= today:
            heirs = {village: new if heir == old else heir for village, heir in heirs.items()}
    stocks = village_stocks(county).with_columns(
        pl.col("village").replace(heirs),
        net_moves=pl.col("moved_in") - pl.col("moved_out"),
        adjustment=pl.lit(0, pl.Int64),
    )
    summed = county.upward(stocks, ["basis", "start", "end"], list(FIGURES))
    return summed.select(
        "division_code",
        "division_level",
        period_type=pl.lit("month"),
        period_start="start",
        period_end="end",
        pop_concept=pl.lit("hukou"),
        basis="basis",
        **{name: pl.col(name).cast(pl.Decimal(38, 2)) for name in FIGURES},
    )
