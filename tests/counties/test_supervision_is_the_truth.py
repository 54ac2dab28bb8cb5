"""Targets, rounds of supervision and disclosure of synthetic counties without defects, held against the truth."""

from __future__ import annotations

import polars as pl

from tests.reference.county_supervision import (
    SUPERVISION_CODES,
    chance,
    disclosure,
    inspections,
    lights,
    supervision_values,
    targets,
)
from tests.reference.lake_supervision import items_by_year, rounds_by_year, targets_in_force
from tests.reference.made_county import KEYS, Made, same

TARGET = [*KEYS, "metric_code", "target_no"]
CHANCE = ["chance_base", "chance_low", "chance_high", "reachable_by_chance"]


def test_inspections_are_the_truth(made: Made) -> None:
    found = made.mart("mart_inspections")
    same(inspections(made.county), found, KEYS, digits=1e-9)
    assert found["findings"].sum() > found["findings_closed"].sum() > 0


def test_disclosure_is_the_truth(made: Made) -> None:
    same(disclosure(made.county), made.mart("mart_disclosure"), KEYS)


def test_their_indicators_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(SUPERVISION_CODES))
    expected = supervision_values(made.county)
    same(expected, mart.select(expected.columns), [*KEYS, "indicator_code"], digits=1e-9)
    assert set(mart["status"]) == {"ok"}


def test_targets_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_targets").with_columns(pl.col("target_value").cast(pl.Float64))
    same(targets(made.county), mart, TARGET, digits=1e-9, leave_out=CHANCE)
    assert mart.filter(pl.col("gap").is_not_null()).height > 0
    assert mart.filter(pl.col("actual_reason") == "not_published").height > 0


def test_limits_of_chance_are_those_of_the_truth(made: Made) -> None:
    """Of metrics whose county figure the truth knows; what it leaves open has limits around the published figure."""
    mart = made.mart("mart_targets")
    known = mart.filter(pl.col("metric_code").is_in(["late_birth_share", "srb"]), pl.col("chance_base").is_not_null())
    keys = ["division_code", "period_start", "metric_code"]
    same(chance(made.county), known.select(*keys, *CHANCE[:3]), keys, digits=1e-9)
    low, high = pl.col("chance_low"), pl.col("chance_high").fill_null(float("inf"))
    inside = pl.col("target_value").cast(pl.Float64).is_between(low, high)
    assert mart.filter(pl.col("reachable_by_chance").ne_missing(inside)).is_empty()
    planned = mart.filter(pl.col("metric_code") == "planned_birth_rate", pl.col("chance_base").is_not_null())
    births = made.mart("mart_vital_events").select(*KEYS, "births_occ")
    sized = planned.join(births, on=KEYS)
    assert sized.filter(pl.col("chance_base") != pl.col("births_occ")).is_empty()


def test_the_board_shows_each_target_in_its_light(made: Made) -> None:
    board = made.mart("mart_target_board")
    expected = lights(made.mart("mart_targets")).select(board.columns)
    same(expected, board, TARGET)
    assert {"met", "grey"} <= set(board["light"])


def test_the_lake_says_the_same(made: Made) -> None:
    keys = ["division_code", "period_start"]
    for mart, told in (
        ("mart_inspections", rounds_by_year(made.home)),
        ("mart_disclosure", items_by_year(made.home)),
    ):
        found = made.mart(mart).filter(pl.col("division_level") == "township", pl.col("period_type") == "year")
        kept = told.join(found.select(keys), on=keys, how="semi")
        same(kept, found.select(told.columns), keys)
    stated = targets_in_force(made.home)
    found = made.mart("mart_targets").with_columns(pl.col("target_value").cast(pl.Float64))
    same(stated, found.select(stated.columns), [*keys, "metric_code"])
