"""Synthetic counties without defects: what follows from the balance of people."""

from __future__ import annotations

import polars as pl

from expectations.residuals import PARTS
from tests.reference.county_truth import population_balance
from tests.reference.made_county import KEYS, Made


def test_no_residual_has_a_part(made: Made) -> None:
    """Every report agrees with its registers; an adopted child stands in the closing alone."""
    mart = made.mart("mart_population_residuals")
    balance = population_balance(made.county).filter(pl.col("basis") == "reported")
    told = balance.filter(pl.col("reported_closing").is_not_null()).select(*KEYS, "adjustment")
    assert mart.height == told.height
    both = mart.join(told, on=KEYS)
    assert both.height == mart.height
    assert both.filter(pl.col("residual") != 0).is_empty()
    assert both.filter(pl.col("adjustment_part") != -pl.col("adjustment")).is_empty()
    assert both.filter(pl.col("arithmetic_part") != pl.col("adjustment")).is_empty()
    others = [part for part in PARTS if part not in ("adjustment_part", "arithmetic_part")]
    assert both.filter(pl.any_horizontal(pl.col(part) != 0 for part in others)).is_empty()
    assert mart.filter((pl.col("villages_off") > 0) & (pl.col("division_level") == "village")).is_empty()
