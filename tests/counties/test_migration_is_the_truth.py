"""Moves and the floating population of synthetic counties without defects, held against the truth."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from tests.reference.county_migration import floating_population, migration, migration_flows
from tests.reference.lake_migration import moves_by_township, stays_at
from tests.reference.made_county import KEYS, Made, same


def test_moves_by_scope_are_the_truth(made: Made) -> None:
    found = made.mart("mart_migration")
    same(migration(made.county), found, [*KEYS, "direction", "scope"])
    assert {"county", "province", "other"} <= set(found.filter(pl.col("moves") > 0)["scope"])


def test_origins_and_destinations_are_the_truth(made: Made) -> None:
    same(migration_flows(made.county), made.mart("mart_migration_flows"), [*KEYS, "direction", "other_area"])


def test_the_floating_population_is_the_truth(made: Made) -> None:
    same(floating_population(made.county), made.mart("mart_floating_population"), [*KEYS, "direction", "float_def"])


def test_the_lake_says_the_same_of_the_floating_population(made: Made) -> None:
    mart = made.mart("mart_floating_population")
    last = mart.filter(pl.col("period_type") == "quarter")["period_end"].max() - timedelta(days=1)
    found = mart.filter(
        pl.col("period_type") == "quarter",
        pl.col("period_end") == last + timedelta(days=1),
        pl.col("division_level") == "township",
        pl.col("float_def").is_in(["d30", "m6", "reg2009"]),
        pl.col("persons") > 0,
    )
    long = stays_at(made.home, last).unpivot(
        ["d30", "m6", "reg2009"], index=["division_code", "direction"], variable_name="float_def", value_name="persons"
    )
    keys = ["division_code", "direction", "float_def"]
    same(long.filter(pl.col("persons") > 0), found.select(*keys, "persons"), keys)


def test_the_lake_says_the_same_of_moves(made: Made) -> None:
    """In the last whole year of the county, whose villages all stood before it."""
    years = made.mart("mart_migration_flows").filter(pl.col("period_type") == "year")
    last = years.filter(pl.col("period_start") == pl.col("period_start").max())
    told = moves_by_township(made.home).filter(pl.col("year") == last["period_start"].dt.year().max()).drop("year")
    keys = ["division_code", "direction"]
    same(told, last.group_by(keys).agg(pl.col("moves").sum()), keys)
