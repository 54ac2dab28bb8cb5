"""Synthetic counties without defects: the account with the treasury is the truth's, to the fen and in every month."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from tests.reference.county_treasury import TREASURY_CODES, treasury_indicators, treasury_reconciliation
from tests.reference.frames import differences
from tests.reference.lake_treasury import accounts
from tests.reference.made_county import KEYS, Made, same

MART = "mart_treasury_reconciliation"


@pytest.fixture(scope="session")
def reconciled(made: Made) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What the truth says, and what the mart does."""
    return treasury_reconciliation(made.county), made.mart(MART)


def test_the_reconciliation_is_the_truth(reconciled: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    expected, mart = reconciled
    same(expected, mart, KEYS)
    # A county in which nothing ever waits for the next month would show nothing.
    assert mart.filter(pl.col("closing_difference_yuan") > 0, pl.col("lag_yuan_days") > 0).height > 0


def test_a_fen_handed_over_elsewhere_is_seen(reconciled: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    expected, mart = reconciled
    is_one = pl.int_range(pl.len()) == 5
    spoilt = mart.with_columns(
        pl.when(is_one)
        .then(pl.col("remitted_yuan") + Decimal("0.01"))
        .otherwise("remitted_yuan")
        .alias("remitted_yuan")
    )
    assert len(differences(expected, spoilt, KEYS)) == 1


def test_indicators_of_the_treasury_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(TREASURY_CODES))
    same(treasury_indicators(made.county), mart, [*KEYS, "indicator_code", "pop_concept"], digits=1e-9)
    whole_years = mart.filter(pl.col("indicator_code") == "fee_remit_rate", pl.col("period_type") == "year")
    assert set(whole_years["value"].drop_nulls()) <= {100.0}


def test_the_account_is_that_of_the_lake(made: Made) -> None:
    mart = made.mart(MART).filter(pl.col("division_level") == "township", pl.col("period_type") == "month")
    columns = ["due_yuan", "remitted_yuan", "closing_difference_yuan"]
    both = accounts(made.home).join(mart, on=["division_code", "period_start"], how="left", suffix="_mart")
    assert both.height > 0
    assert both.filter(
        pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_mart")) for name in columns)
    ).is_empty()
    told = mart.join(both, on=["division_code", "period_start"], how="anti")
    assert told.filter((pl.col("due_yuan") != 0) | (pl.col("remitted_yuan") != 0)).is_empty()


def test_nothing_is_matched_where_the_others_said_nothing(
    made: Made, reconciled: tuple[pl.DataFrame, pl.DataFrame]
) -> None:
    mart, months = made.mart("mart_fee_three_way"), reconciled[0].filter(pl.col("period_type") == "month")
    assert set(mart["source"]) == {"finance", "report"}
    assert set(mart["status"]) == {"no_data"}
    assert mart["difference_yuan"].null_count() == mart.height == 2 * months.height
    both = mart.join(months, on=KEYS)
    assert both.filter(pl.col("subledger_yuan").eq_missing(pl.col("due_yuan"))).height == mart.height
