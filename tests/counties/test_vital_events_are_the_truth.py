"""Synthetic counties without defects: marriages, classes of births, infant deaths and fertility are the truth's."""

from __future__ import annotations

import polars as pl
import pytest

from tests.reference.county_vital import VITAL_CODES, vital_indicators, without_judgement
from tests.reference.frames import differences
from tests.reference.lake_vital import numerators
from tests.reference.made_county import KEYS, Made, same

INDICATOR_KEYS = [*KEYS, "indicator_code", "pop_concept"]


@pytest.fixture(scope="session")
def vital(made: Made) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the truth says, and what the mart does."""
    mart = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(VITAL_CODES))
    return vital_indicators(made.county), without_judgement(mart)


def test_vital_indicators_are_the_truth(vital: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    expected, mart = vital
    same(expected, mart, INDICATOR_KEYS, digits=1e-9)
    shown = mart.filter(pl.col("value").is_not_null())
    assert {"tfr", "mac", "gfr", "parity_share_2", "marriages"} <= set(shown["indicator_code"])


def test_a_birth_more_in_a_group_of_age_is_seen(vital: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    expected, mart = vital
    is_one = (pl.col("indicator_code") == "asfr_25_29") & (pl.int_range(pl.len()).over("indicator_code") == 0)
    spoilt = mart.with_columns(numerator=pl.col("numerator") + is_one.cast(pl.Int32))
    assert len(differences(expected, spoilt, INDICATOR_KEYS, digits=1e-9)) == 1


def test_vital_indicators_are_counted_from_the_lake(made: Made) -> None:
    mart = made.mart("mart_indicators")
    spans = mart.select("period_type", "period_start", "period_end").unique()
    counted = numerators(made.home, spans)
    known = mart.filter(pl.col("indicator_code").is_in(counted["indicator_code"].unique().to_list()))
    both = known.join(counted, on=["division_code", "period_type", "period_start", "indicator_code"], how="left")
    assert both.height > 0
    assert both.filter(pl.col("numerator") != pl.col("counted").fill_null(0)).is_empty()


def test_every_judged_second_birth_is_one(made: Made) -> None:
    shares = made.mart("mart_indicators").filter(pl.col("indicator_code") == "policy_2nd_share")
    assert shares.filter(pl.col("numerator") > pl.col("denominator")).is_empty()
    ended = shares.filter(pl.col("period_end") > pl.date(2016, 1, 1))
    assert set(ended["status_reason"]) <= {"regime"}
    assert ended["value"].null_count() == ended.height
