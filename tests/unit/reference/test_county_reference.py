"""The reference that proves the marts is itself held to worked examples that are not its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.reference.county_money import Case, cases, fee_collection
from tests.reference.county_truth import County, first_day
from tests.reference.limits import poisson, wilson

OFFICE = "331099001000"
DAYS = (
    "decision_day",
    "due_day",
    "waived_day",
    "written_off_day",
    "annulled_day",
    "court_application_day",
    "no_levy_day",
)
JANUARY = 2014 * 12


def county(
    case: dict[str, Any], receipts: list[tuple[date, int, int, str]], start: int = JANUARY, months: int = 12
) -> County:
    """One fee case with receipts (day, principal, surcharge in fen, mark)."""
    row = {
        **dict.fromkeys(DAYS),
        "waived_fen": None,
        "written_off_fen": None,
        "case": 0,
        "township_code": OFFICE,
        **case,
    }
    paid = [
        {"receipt": n, "case": 0, "day": day, "principal_fen": p, "surcharge_fen": s, "mark": mark, "channel": "bank"}
        for n, (day, p, s, mark) in enumerate(receipts)
    ]
    tables = {
        "villages": pl.DataFrame({"village": [0], "township_code": [OFFICE]}),
        "fee_cases": pl.DataFrame([row], schema_overrides=dict.fromkeys(DAYS, pl.Date)),
        "fee_receipts": pl.DataFrame(
            paid,
            schema={
                "receipt": pl.Int64,
                "case": pl.Int64,
                "day": pl.Date,
                "principal_fen": pl.Int64,
                "surcharge_fen": pl.Int64,
                "mark": pl.String,
                "channel": pl.String,
            },
        ),
    }
    return County(tables, start, start + months - 1, ())


def posted(known: County, flow: str) -> list[int]:
    (case,) = cases(known)
    return [fen for _, name, fen in case.postings if name == flow]


@pytest.mark.parametrize(
    ("receipts", "applied", "surcharge"),
    [
        # 40,000 yuan x 2 per mille x 3 months; 12 months are 960, nothing compounds.
        ([], date(2014, 4, 30), 24_000),
        ([], date(2015, 1, 31), 96_000),
        # 10,000 paid after two months, the rest after six: 160 + 240.
        ([(date(2014, 3, 31), 1_000_000, 0, "normal")], date(2014, 7, 31), 16_000 + 24_000),
    ],
)
def test_surcharge_is_two_per_mille_a_whole_month(
    receipts: list[tuple[date, int, int, str]], applied: date, surcharge: int
) -> None:
    case = {
        "decision_day": date(2013, 12, 20),
        "due_day": date(2014, 1, 31),
        "amount_fen": 4_000_000,
        "court_application_day": applied,
    }
    known = county(case, receipts, months=24)
    paid = sum(principal for _, principal, _, _ in receipts)
    assert posted(known, "court_applied") == [4_000_000 - paid + surcharge]


def test_what_is_open_when_collection_ends_leaves_the_books() -> None:
    case = {"decision_day": date(2021, 1, 5), "amount_fen": 100_000, "due_day": date(2021, 2, 10)}
    late = [(date(2021, 3, 1), 40_000, 0, "normal"), (date(2021, 9, 1), 10_000, 0, "normal")]
    known = county(case, late, start=2021 * 12)
    assert posted(known, "terminated_2021") == [60_000]
    year = (
        fee_collection(known)
        .filter(pl.col("period_type") == "year", pl.col("division_level") == "county")
        .row(0, named=True)
    )
    assert (year["outstanding_yuan"], year["refund_due_yuan"], year["collected_yuan"]) == (0, 100, 500)


def test_a_decision_after_the_end_is_terminated_as_written() -> None:
    case = {"decision_day": date(2021, 9, 5), "amount_fen": 100_000, "due_day": date(2021, 10, 10)}
    known = county(case, [(date(2021, 9, 5), 30_000, 0, "normal")], start=2021 * 12)
    assert posted(known, "terminated_2021") == [100_000]
    (only,) = cases(known)
    assert only.balance(date(2021, 9, 5)) == -30_000


def test_an_annulment_takes_back_what_has_not_left_and_makes_the_rest_due_back() -> None:
    case = {
        "decision_day": date(2014, 1, 5), "due_day": date(2014, 2, 10), "amount_fen": 100_000,
        "waived_day": date(2014, 2, 1), "waived_fen": 30_000, "annulled_day": date(2014, 5, 1),
    }  # fmt: skip
    known = county(case, [(date(2014, 2, 5), 20_000, 0, "normal"), (date(2014, 6, 1), -20_000, 0, "refund")])
    assert posted(known, "annulled") == [70_000]
    (only,) = cases(known)
    assert [only.balance(day) for day in (date(2014, 4, 30), date(2014, 5, 1), date(2014, 6, 1))] == [
        50_000,
        -20_000,
        0,
    ]


def test_a_void_receipt_moves_nothing_and_a_reversal_takes_back() -> None:
    case = {"decision_day": date(2014, 1, 5), "due_day": date(2014, 2, 10), "amount_fen": 100_000}
    day = date(2014, 2, 5)
    known = county(case, [(day, 100_000, 0, "void"), (day, 100_000, 0, "normal"), (day, -100_000, 0, "reversal")])
    (only,) = cases(known)
    assert only.balance(day) == 100_000
    assert isinstance(only, Case)


@pytest.mark.parametrize(
    ("start", "months", "kinds"),
    [
        (JANUARY, 12, {"month": 12, "quarter": 4, "half": 2, "year": 1, "fp_half": 1}),
        (2013 * 12 + 9, 12, {"month": 12, "quarter": 4, "half": 1, "fp_half": 2, "fp_year": 1}),
        (JANUARY + 1, 4, {"month": 4}),
    ],
)
def test_a_period_is_told_only_if_wholly_known(start: int, months: int, kinds: dict[str, int]) -> None:
    periods = County({}, start, start + months - 1, ()).periods
    found = periods.select("period_type", "period_start").unique()["period_type"].value_counts()
    assert dict(found.iter_rows()) == kinds
    assert first_day(start) == periods["period_start"].min()


def test_limits_are_the_published_ones() -> None:
    # 3,268 boys of 6,286 births: a sex ratio between 103.06 and 113.78. Twelve events: 6.2006 to 20.9616 (exact).
    low, high = wilson(3268, 6286)
    assert (round(low / (1 - low) * 100, 2), round(high / (1 - high) * 100, 2)) == (103.06, 113.78)
    assert poisson(12) == pytest.approx((6.2005751087, 20.9615850482), abs=1e-9)
    assert poisson(0) == pytest.approx((0.0, 3.6888794541), abs=1e-9)
