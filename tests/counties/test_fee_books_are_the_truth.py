"""Years of decision, ages, states and rates of the fee of counties without defects, held against the truth."""

from __future__ import annotations

import polars as pl

from tests.reference.county_fee_books import arrears_age, case_states, fee_cohorts, known_cases, year_spans
from tests.reference.county_fee_rates import FEE_RATE_CODES, fee_rates
from tests.reference.county_money import county_code
from tests.reference.lake_fee_books import ages_on, cohorts_on
from tests.reference.made_county import KEYS, Made, same


def test_decisions_followed_from_year_to_year_are_the_truth(made: Made) -> None:
    truth = fee_cohorts(known_cases(made.county), year_spans(made.county), county_code(made.county))
    same(truth, made.mart("mart_fee_cohorts"), [*KEYS, "cohort_start"])


def test_arrears_by_age_are_the_truth(made: Made) -> None:
    truth = arrears_age(known_cases(made.county), year_spans(made.county), county_code(made.county))
    same(truth, made.mart("mart_fee_arrears_age"), [*KEYS, "age_bucket"])


def test_cases_by_state_are_the_truth(made: Made) -> None:
    truth = case_states(known_cases(made.county), year_spans(made.county), county_code(made.county))
    same(truth, made.mart("mart_fee_case_states"), [*KEYS, "state"])


def test_rates_of_the_fee_are_the_truth(made: Made) -> None:
    found = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(FEE_RATE_CODES))
    same(fee_rates(made.county), found, [*KEYS, "indicator_code", "pop_concept"], digits=1e-9)
    reviews = found.filter(pl.col("indicator_code") == "fee_review_rate")
    assert set(reviews["status_reason"]) <= {"not_received"}


def test_the_lake_says_the_same_of_every_year_end(made: Made) -> None:
    years, compared = pl.col("period_type") == "year", 0
    for end in made.mart("mart_fee_arrears_age").filter(years)["period_end"].unique().to_list():
        at_end = years & (pl.col("period_end") == end)
        ages = made.mart("mart_fee_arrears_age").filter(at_end, pl.col("outstanding_cases") > 0)
        aged = ages_on(made.home, end)
        same(aged, ages.select(aged.columns), ["age_bucket"])
        cohorts = cohorts_on(made.home, end)
        same(cohorts, made.mart("mart_fee_cohorts").filter(at_end).select(cohorts.columns), ["cohort_start"])
        compared += 1
    assert compared > 0
