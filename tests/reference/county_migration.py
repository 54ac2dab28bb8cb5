"""What the marts of moves and of the floating population must say, computed from the truth alone.

A move lies within the township, the county, the province or beyond; moves inside a township or county are netted there
by the smaller side, month by month. A stay counts on the last day of a period: what a township counts has crossed its
border, what a county counts the county's.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from tests.reference.county_truth import County

SCOPES = {
    "village": ("township", "county", "province", "other", "unknown"),
    "township": ("township", "county", "province", "other", "unknown"),
    "county": ("county", "province", "other", "unknown"),
}
PERIOD = ["period_type", "period_start", "period_end"]
PLACE = ["division_code", "division_level"]
FLOAT_DUTIES_END = date(2021, 8, 20)
REGULATION_BEGINS = date(2009, 10, 1)


def told_moves(county: County) -> pl.DataFrame:
    """(village, month, direction, scope, other_area) of every move told, by its own month, while its village stands."""
    township = dict(county["villages"].select("village", "township_code").iter_rows())
    moves = county.told.filter(pl.col("kind").is_in(["move_in", "move_out"])).with_columns(
        month=pl.col("happened").cast(pl.Int64),
        direction=pl.col("kind").str.strip_prefix("move_"),
        own=pl.col("village").replace_strict(township),
        far=pl.col("other_village").replace_strict(township, default=None),
    )
    beyond = pl.col("other_place").replace_strict(
        {"county": "province", "province": "other", "country": "other"}, default=None
    )
    scope = pl.when(pl.col("far").is_null()).then(beyond).when(pl.col("far") == pl.col("own"))
    return moves.select(
        "village",
        "month",
        "direction",
        scope=scope.then(pl.lit("township")).otherwise(pl.lit("county")),
        other_area=pl.coalesce("far", "other_place"),
    ).join(county.village_months.select("village", "month"), on=["village", "month"], how="semi")


def migration_months(county: County) -> pl.DataFrame:
    """(division_code, division_level, month, direction, scope, moves) of every division, month and scope, netted."""
    counted = told_moves(county).group_by("village", "month", "direction", "scope").agg(moves=pl.len().cast(pl.Int64))
    summed = county.upward(counted, ["month", "direction", "scope"], ["moves"])
    is_county = pl.col("division_level") == "county"
    scope = pl.when(is_county & (pl.col("scope") == "township")).then(pl.lit("county")).otherwise("scope")
    keys = [*PLACE, "month", "direction", "scope"]
    dense = _everywhere(county).join(
        summed.with_columns(scope=scope).group_by(keys).agg(pl.col("moves").sum()), on=keys, how="left"
    )
    inside = (pl.col("division_level") == pl.col("scope")) & (pl.col("division_level") != "village")
    smaller = pl.col("moves").min().over(*PLACE, "month", "scope")
    return dense.with_columns(pl.col("moves").fill_null(0)).with_columns(
        moves=pl.col("moves") - pl.when(inside).then(smaller).otherwise(0)
    )


def _everywhere(county: County) -> pl.DataFrame:
    """Every division and month in which a village of it stands, by direction and scope."""
    standing = county.upward(county.village_months.select("village", "month", n=pl.lit(1)), ["month"], ["n"]).drop("n")
    ways = pl.DataFrame({"direction": ["in", "out"]})
    scopes = pl.DataFrame(
        [(level, scope) for level, known in SCOPES.items() for scope in known],
        schema=["division_level", "scope"],
        orient="row",
    )
    return standing.join(ways, how="cross").join(scopes, on="division_level")


def migration(county: County) -> pl.DataFrame:
    """``mart_migration``."""
    keys = [*PLACE, *PERIOD, "direction", "scope"]
    months = migration_months(county).join(county.periods, on="month")
    return months.group_by(keys).agg(pl.col("moves").sum()).with_columns(pop_concept=pl.lit("hukou"))


def migration_flows(county: County) -> pl.DataFrame:
    """``mart_migration_flows``: where the registers of a township's villages say that people came from or went to."""
    townships = county.divisions.filter(pl.col("division_level") == "township").select("village", *PLACE)
    years = county.periods.filter(pl.col("period_type").is_in(["year", "fp_year"]))
    moves = told_moves(county).join(townships, on="village").join(years, on="month")
    flows = moves.group_by(*PLACE, *PERIOD, "direction", "other_area").agg(moves=pl.len().cast(pl.Int64))
    return flows.with_columns(pop_concept=pl.lit("hukou"))


def _definitions(last: date) -> dict[str, pl.Expr]:
    """Which stays of people in another township each definition counts on a day."""
    since = pl.col("from_day")
    age = (last.year * 12 + last.month - pl.col("born").dt.year() * 12 - pl.col("born").dt.month()) // 12
    grown = age.is_between(18, 49) & (pl.col("reason") != "study") & (pl.col("place") != "township")
    definitions = {
        "d30": since <= last - timedelta(days=30),
        "m3": since.dt.offset_by("3mo") <= last,
        "hk3": since.dt.offset_by("3mo") < last,
        "m6": since.dt.offset_by("6mo") <= last,
        "sep6": since.dt.offset_by("6mo") <= last,
    }
    return definitions | ({"reg2009": grown} if last >= REGULATION_BEGINS else {})


def float_stocks(county: County) -> pl.DataFrame:
    """(division_code, division_level, month, villages, direction, float_def, persons) at the end of every quarter."""
    above = county.divisions.filter(pl.col("division_level") != "village").select("village", *PLACE)
    parts = []
    for month, end in county.months.filter(pl.col("end").dt.month().is_in([1, 4, 7, 10])).select("month", "end").rows():
        last = end - timedelta(days=1)
        known = _definitions(last)
        standing = county.village_months.filter(pl.col("month") == month).join(above, on="village")
        spine = standing.group_by(PLACE).agg(villages=pl.len().cast(pl.Int64)).join(
            pl.DataFrame({"direction": ["in", "out"]}), how="cross"
        )  # fmt: skip
        stays = _present(county, last).join(above, on="village")
        crossed = (pl.col("division_level") == "township") | (pl.col("place") != "township")
        counts = stays.group_by(*PLACE, direction="flow").agg(
            (crossed & rule).sum().cast(pl.Int64).alias(name) for name, rule in known.items()
        )
        wide = spine.join(counts, on=[*PLACE, "direction"], how="left").with_columns(pl.col(list(known)).fill_null(0))
        long = wide.unpivot(
            list(known), index=[*PLACE, "villages", "direction"], variable_name="float_def", value_name="persons"
        )
        parts.append(long.with_columns(month=pl.lit(month, pl.Int64)))
    return pl.concat(parts)


def _present(county: County, last: date) -> pl.DataFrame:
    """The stays of a day, each at the village that keeps the book by then."""
    heirs = {village: village for village in county["villages"]["village"]}
    for day, old, new in sorted(county["lineage"].select("effective_day", "old_village", "new_village").iter_rows()):
        if day <= last:
            heirs = {village: new if heir == old else heir for village, heir in heirs.items()}
    stays = county["floats"].filter(pl.col("from_day") <= last, pl.col("to_day") > last, pl.col("village") >= 0)
    return stays.with_columns(pl.col("village").replace(heirs))


def _at_ends(county: County, stocks: pl.DataFrame) -> pl.DataFrame:
    """Stocks of the last month of every period longer than a month."""
    months = county.periods.join(county.months.select("month", "end"), on="month")
    ends = months.filter(pl.col("end") == pl.col("period_end"), pl.col("period_type") != "month")
    return stocks.join(ends.drop("end", "calendar", "year_days"), on="month").drop("month")


def floating_population(county: County) -> pl.DataFrame:
    """``mart_floating_population``: every village reports, and every stay can be judged."""
    return _at_ends(county, float_stocks(county)).with_columns(
        undetermined=pl.lit(0, pl.Int64), villages_received="villages"
    )


def move_figures(county: County, vital: pl.DataFrame) -> pl.DataFrame:
    """Vital figures by division and period with moved_in and moved_out."""
    moves = migration(county).group_by("division_code", "period_type", "period_start").agg(
        pl.col("moves").filter(pl.col("direction") == way).sum().alias(f"moved_{way}") for way in ("in", "out")
    )  # fmt: skip
    return vital.join(moves, on=["division_code", "period_type", "period_start"])


def float_figures(county: County, vital: pl.DataFrame) -> pl.DataFrame:
    """Stocks by definition as columns, with the residents: the registered less those away, with those who came."""
    stocks = _at_ends(county, float_stocks(county)).with_columns(
        name=pl.format("float_{}_{}", "direction", "float_def")
    )
    wide = stocks.pivot("name", index=[*PLACE, *PERIOD], values="persons")
    closing = vital.select("division_code", "period_type", "period_start", "closing")
    residents = pl.col("closing") + pl.col("float_in_sep6") - pl.col("float_out_sep6")
    return wide.join(closing, on=["division_code", "period_type", "period_start"]).with_columns(
        residents=residents, nothing=pl.lit(None)
    )
