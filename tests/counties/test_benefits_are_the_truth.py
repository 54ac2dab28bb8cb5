"""Benefits and funding of synthetic counties without defects, held against the truth and against the lake."""

from __future__ import annotations

import polars as pl

from tests.reference.county_benefits import BENEFIT_CODES, COUNTY_ALONE, benefit_indicators, benefits
from tests.reference.county_funding import FUNDING_CODES, funding, funding_indicators
from tests.reference.lake_benefits import PAYMENT, appropriations, paid_by_township
from tests.reference.made_county import KEYS, Made, same


def test_benefits_are_the_truth(made: Made) -> None:
    same(benefits(made.county), made.mart("mart_benefits"), [*KEYS, "programme"])


def test_funding_is_the_truth(made: Made) -> None:
    same(funding(made.county), made.mart("mart_funding"), [*KEYS, "source_code", "subject_code"])


def test_indicators_of_benefits_and_funding_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_indicators")
    keys = [*KEYS, "indicator_code", "pop_concept"]
    for codes, expected in ((BENEFIT_CODES, benefit_indicators), (FUNDING_CODES, funding_indicators)):
        same(expected(made.county), mart.filter(pl.col("indicator_code").is_in(codes)), keys, digits=1e-9)


def _of_townships(made: Made) -> pl.DataFrame:
    mart = made.mart("mart_benefits").filter(pl.col("division_level") == "township")
    return mart.with_columns(year=pl.col("period_start").dt.year())


def test_the_lake_says_the_same_of_benefits(made: Made) -> None:
    found = _of_townships(made)
    told = paid_by_township(made.home).filter(
        pl.col("year").is_in(found["year"].unique().to_list()), ~pl.col("programme").is_in(COUNTY_ALONE)
    )
    same(told, found.select(told.columns), PAYMENT)


def test_of_what_came_in_all_is_paid_given_back_or_left(made: Made) -> None:
    """By office, year and programme; and what an office says that it paid is what its lists of the year add up to."""
    told = appropriations(made.home)
    left = pl.col("came_in") - pl.col("paid_yuan") - pl.col("returned_yuan")
    assert told.height > 0
    assert told.filter(left != pl.col("balance_yuan")).is_empty()
    both = told.join(_of_townships(made), on=PAYMENT, suffix="_by_lists")
    assert both.height > 0
    assert both.filter(pl.col("paid_yuan") != pl.col("paid_yuan_by_lists")).is_empty()


def test_bereaved_families_stand_for_the_county_alone(made: Made) -> None:
    for mart, column in (("mart_benefits", "programme"), ("mart_funding", "subject_code")):
        below = made.mart(mart).filter(pl.col("division_level") != "county")
        assert below.height > 0
        assert set(COUNTY_ALONE) & set(below[column]) == set()
