"""Synthetic counties without defects: nothing is refused, no check fires, and every mart says what the truth says."""

from __future__ import annotations

import json
from collections.abc import Callable

import polars as pl
import pytest

from tests.conftest import Taizhang
from tests.reference.county_benefits import BENEFIT_CODES
from tests.reference.county_board import BOARD_DAYS, submission_board
from tests.reference.county_fee_checks import OF_EVERY_DECISION, decisions_levied
from tests.reference.county_fee_rates import FEE_RATE_CODES
from tests.reference.county_funding import FUNDING_CODES
from tests.reference.county_indicators import indicators, unplanned_at_least, without_open
from tests.reference.county_money import fee_collection
from tests.reference.county_quality import LAYOUT_COLUMNS, PAGES_DECIDE, findings, ledger_quality
from tests.reference.county_service_indicators import SERVICE_CODES
from tests.reference.county_structure_indicators import STRUCTURE_CODES
from tests.reference.county_supervision import SUPERVISION_CODES
from tests.reference.county_treasury import TREASURY_CODES
from tests.reference.county_truth import County, population_balance, vital_events
from tests.reference.county_vital import VITAL_CODES
from tests.reference.frames import differences
from tests.reference.made_county import KEYS, Made, same

# Indicators that other modules hold against the truth.
HELD_ELSEWHERE = [
    *STRUCTURE_CODES,
    *VITAL_CODES,
    *FEE_RATE_CODES,
    *BENEFIT_CODES,
    *FUNDING_CODES,
    *SUPERVISION_CODES,
    *TREASURY_CODES,
    *SERVICE_CODES,
]


def test_nothing_is_refused(made: Made, taizhang: Taizhang) -> None:
    assert json.loads(taizhang("--json", "quarantine", home=made.home).out) == []
    submissions = json.loads(taizhang("--json", "submissions", home=made.home).out)
    assert {(row["status"], row["is_current"]) for row in submissions} == {("accepted", True)}


def test_population_balance_is_the_truth(made: Made) -> None:
    same(population_balance(made.county), made.mart("mart_population_balance"), [*KEYS, "basis"])


def test_vital_events_are_the_truth(made: Made) -> None:
    same(vital_events(made.county), made.mart("mart_vital_events"), KEYS)


def test_fee_collection_is_the_truth(made: Made) -> None:
    same(fee_collection(made.county), made.mart("mart_fee_collection"), KEYS)


def test_reports_and_rows_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_ledger_quality")
    # A register lists a case in every month in which anything moved, which is the clerk's to say.
    known = mart.with_columns(accepted=pl.when(pl.col("form") != "L11").then("accepted"))
    same(ledger_quality(made.county), known, [*KEYS, "form"], leave_out=LAYOUT_COLUMNS)
    assert mart.filter(pl.col("rows_seen") != pl.col("accepted") + pl.col("non_data")).is_empty()
    assert mart.filter(pl.col("ids_valid") != pl.col("ids_present")).is_empty()


def test_the_board_is_the_truth(made: Made) -> None:
    mart = made.mart("mart_submission_board")
    known = mart.with_columns(
        pl.when(pl.col("form") != "L11").then(pl.col(name)).alias(name) for name in ("accepted", "is_zero")
    )
    left_out = (*BOARD_DAYS, "rows_seen", "non_data")
    same(submission_board(made.county), known, [*KEYS, "unit_code", "form"], leave_out=left_out)
    came = mart.filter(pl.col("state") == "accepted")
    assert came.filter(pl.any_horizontal(pl.col(day) != pl.col("received_on") for day in BOARD_DAYS)).is_empty()
    assert (
        mart.filter(pl.col("state") == "not_due").select(pl.all_horizontal(pl.col(BOARD_DAYS).is_null()).all()).item()
    )


def funded_months(county: County) -> set[tuple[str, str]]:
    """(office, month) in which a service cost something, so that its sheet holds an amount."""
    months = county.months.select(pl.col("start").dt.strftime("%Y-%m"))["start"]
    paid = county["services"].filter(pl.col("funds_fen") > 0)
    rows = paid.select(pl.col("township_code") + "-fp", pl.col("day").dt.strftime("%Y-%m"))
    return set(rows.filter(pl.col("day").is_in(months.to_list())).iter_rows())


def test_no_check_fires_and_each_looks_at_what_there_is(made: Made) -> None:
    mart = made.mart("mart_findings")
    assert mart.filter(pl.col("failed") > 0).is_empty()
    # Pages decide, too, when a check on a decision is dated.
    # How many figures SC-02 and SC-09 compare depends on what clerks print, and SC-13 reads far ends that they write.
    columns = ["status", "tested", "failed", "yuan"]
    is_known = ~pl.col("check_id").is_in(PAGES_DECIDE)
    known = mart.with_columns(pl.when(is_known).then(pl.col(column)) for column in columns)
    same(findings(made.county), known, [*KEYS, "check_id", "unit_code"])
    villages = mart.filter(pl.col("check_id") == "SC-02", pl.col("division_level") == "village")
    reporting = made.county.village_months.height
    # Report, summary and registers of a month give seven figures and more; moves within the county have two ends.
    assert villages.filter(pl.col("tested") >= 7).height == reporting
    assert mart.filter(pl.col("check_id") == "SC-13", pl.col("tested") > 0).height > 0
    for check in OF_EVERY_DECISION:
        tested = mart.filter(pl.col("check_id") == check)["tested"].sum()
        assert (check, tested >= decisions_levied(made.county)) == (check, True)
    handed_over = mart.filter(pl.col("check_id").is_in(["AC-22", "AC-23"]), pl.col("tested") > 0)
    assert set(handed_over["check_id"]) == {"AC-22", "AC-23"}
    offices = mart.filter(pl.col("check_id") == "SC-09", pl.col("tested") > 0).select("unit_code", "period")
    assert funded_months(made.county) <= set(offices.iter_rows())


def test_indicators_are_the_truth(made: Made) -> None:
    keys = [*KEYS, "indicator_code", "pop_concept"]
    mart = made.mart("mart_indicators")
    mart = mart.filter(~pl.col("indicator_code").is_in(HELD_ELSEWHERE))
    same(indicators(made.county), without_open(mart), keys, digits=1e-9)
    judged = mart.filter(pl.col("indicator_code") == "planned_birth_rate", pl.col("numerator").is_not_null())
    outside = judged.join(unplanned_at_least(made.county), on=["period_type", "period_start"])
    assert outside.filter(pl.col("denominator") - pl.col("numerator") < pl.col("least")).is_empty()
    numbers = mart.filter(pl.col("indicator_code") == "id_valid_rate", pl.col("denominator") > 0)
    assert set(numbers["value"]) == {100.0}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda mart: mart.with_columns(births=pl.col("births") + (pl.int_range(pl.len()) == 7)),
        lambda mart: mart.tail(-1),
        lambda mart: pl.concat([mart, mart.head(1)]),
        lambda mart: mart.drop("closing"),
        lambda mart: mart.with_columns(more=pl.lit(1)),
    ],
    ids=["a cell", "a row less", "a row twice", "a column less", "a column more"],
)
def test_the_comparison_sees_every_difference(spoil: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    rows = [(f"33109900100{n}", n, 10 * n) for n in range(9)]
    mart = pl.DataFrame(rows, schema=["division_code", "births", "closing"], orient="row")
    assert differences(mart, mart, ["division_code"]) == []
    assert differences(mart, spoil(mart), ["division_code"])
