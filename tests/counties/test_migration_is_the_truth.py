"""Moves and the floating population of synthetic counties without defects, held against the truth."""

from __future__ import annotations

import polars as pl

from tests.reference.county_migration import floating_population, migration, migration_flows
from tests.reference.made_county import KEYS, Made, same


def test_moves_by_scope_are_the_truth(made: Made) -> None:
    found = made.mart("mart_migration")
    same(migration(made.county), found, [*KEYS, "direction", "scope"])
    assert {"county", "province", "other"} <= set(found.filter(pl.col("moves") > 0)["scope"])


def test_origins_and_destinations_are_the_truth(made: Made) -> None:
    same(migration_flows(made.county), made.mart("mart_migration_flows"), [*KEYS, "direction", "other_area"])


def test_the_floating_population_is_the_truth(made: Made) -> None:
    same(floating_population(made.county), made.mart("mart_floating_population"), [*KEYS, "direction", "float_def"])
