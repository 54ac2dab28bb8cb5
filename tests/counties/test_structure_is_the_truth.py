"""Synthetic counties without defects: who the people are, how they live together, and how many they grow by."""

from __future__ import annotations

import polars as pl

from tests.reference.county_structure import population_structure
from tests.reference.county_structure_indicators import STRUCTURE_CODES, structure_indicators
from tests.reference.frames import differences
from tests.reference.lake_structure import structure
from tests.reference.made_county import KEYS, Made, same

GROUP = ["pop_concept", "sex", "age_group"]


def test_population_structure_is_the_truth(made: Made) -> None:
    same(population_structure(made.county), made.mart("mart_population_structure"), [*KEYS, *GROUP])


def test_indicators_of_structure_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(STRUCTURE_CODES))
    same(structure_indicators(made.county), mart, [*KEYS, "indicator_code", "pop_concept"], digits=1e-9)
    known = mart.filter(pl.col("value").is_not_null())
    assert set(known["indicator_code"]) >= {"share_65plus", "households_end", "growth_rate_total", "child_dep_ratio"}


def test_population_structure_is_what_the_lake_holds(made: Made) -> None:
    """A second reckoning from the rows of the lake, which shares no SQL with the first."""
    counted = structure(made.home / "lake", made.mart("dim_division"))
    day = pl.date(pl.col("last") // 12 + pl.col("last") % 12 // 11, (pl.col("last") + 1) % 12 + 1, 1)
    expected = counted.with_columns(period_end=day).drop("last")
    mart = made.mart("mart_population_structure").select(expected.columns)
    same(expected, mart, ["division_code", "period_type", "period_end", "sex", "age_group"])


def test_the_second_reckoning_sees_one_person_of_another_age(made: Made) -> None:
    mart = made.mart("mart_population_structure")
    other = mart.with_columns(persons=pl.col("persons") + (pl.int_range(pl.len()) == 3))
    keys = [*KEYS, *GROUP]
    assert differences(population_structure(made.county), mart, keys) == []
    assert differences(population_structure(made.county), other, keys)
