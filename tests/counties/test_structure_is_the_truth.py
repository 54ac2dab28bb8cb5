"""Synthetic counties without defects: who the people are, how they live together, and how many they grow by."""

from __future__ import annotations

import polars as pl

from tests.reference.county_structure import population_structure
from tests.reference.county_structure_indicators import STRUCTURE_CODES, structure_indicators
from tests.reference.made_county import KEYS, Made, same

GROUP = ["pop_concept", "sex", "age_group"]


def test_population_structure_is_the_truth(made: Made) -> None:
    same(population_structure(made.county), made.mart("mart_population_structure"), [*KEYS, *GROUP])


def test_indicators_of_structure_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(STRUCTURE_CODES))
    same(structure_indicators(made.county), mart, [*KEYS, "indicator_code", "pop_concept"], digits=1e-9)
    known = mart.filter(pl.col("value").is_not_null())
    assert set(known["indicator_code"]) >= {"share_65plus", "households_end", "growth_rate_total", "child_dep_ratio"}
