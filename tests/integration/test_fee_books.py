"""Cases by dice and by hand through the product's own SQL of the fee: identities, cuts, its end, worked sums."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.reference import fee_lives
from tests.reference.compiled_models import CompiledModels
from tests.reference.county_fee_books import Span, arrears_age, case_states, fee_cohorts
from tests.reference.county_money import COLLECTION_ENDS, Case
from tests.reference.fee_lives import COUNTY, FIRST, LAST, known_on, lives, registers
from tests.reference.made_county import KEYS, same
from tests.unit.dbt.test_reference_seeds import read_seed

Tables = dict[str, pl.DataFrame]
FLOWS = ("assessed", "annulled", "collected", "waived", "refunded", "written_off", "terminated_2021")
MARTS = {
    "mart_fee_cohorts": (fee_cohorts, "cohort_start"),
    "mart_fee_arrears_age": (arrears_age, "age_bucket"),
    "mart_fee_case_states": (case_states, "state"),
}
# From registers of decisions and receipts to the published books, each after those that it reads.
FEE_MODELS = (
    "int_fee_cases", "int_fee_receipts", "int_fee_entries_recorded", "int_fee_annulments", "int_fee_open_moments",
    "int_fee_terminations", "int_fee_entries", "int_fee_postings", "int_fee_case_balances", "int_fee_case_days",
    "int_fee_surcharge_segments", "int_fee_surcharge_lawful", "int_fee_court_applications", "int_fee_period_flows",
    "int_fee_month_stocks", "int_fee_periods", "int_fee_cohort_changes", "int_fee_arrears", "int_fee_case_moments",
    "int_fee_case_states", "mart_fee_collection", "mart_fee_cohorts", "mart_fee_arrears_age", "mart_fee_case_states",
)  # fmt: skip
WANTED = (*MARTS, "mart_fee_collection", "int_fee_postings")


def calendar() -> tuple[Tables, list[Span]]:
    """The months and periods of a release from FIRST to LAST, and its years of both calendars."""
    months = pl.DataFrame(read_seed("calendar_months")).with_columns(
        pl.col("month_start", "month_end", "year_start", "fp_year_start").str.to_date(), pl.col("days").cast(pl.Int64)
    )
    known = months.filter(pl.col("month_start") >= FIRST, pl.col("month_end") <= LAST + timedelta(days=1))
    labelled = [
        known.with_columns(period_type=pl.lit(kind), calendar=pl.lit(name), period=pl.col(kind))
        for kind, name in (("month", "civil"), ("year", "civil"), ("fp_year", "fp_year"))
    ]
    over = ["period_type", "period"]
    whole = pl.col("month").count().over(over) == pl.when(pl.col("period_type") == "month").then(1).otherwise(12)
    spread = pl.concat(labelled).filter(whole)
    spread = spread.with_columns(
        period_start=pl.col("month_start").min().over(over), period_end=pl.col("month_end").max().over(over)
    )
    columns = ["period_type", "period", "calendar", "period_start", "period_end"]
    periods = spread.select(columns).unique(maintain_order=True)
    years = periods.filter(pl.col("period_type") != "month").select("period_type", "period_start", "period_end").rows()
    return {
        "int_months_known": known.select("month", "month_start", "month_end"),
        "int_period_months": spread.select(*columns, "month", "month_start", "month_end"),
        "int_periods": periods,
    }, years


@pytest.fixture(scope="module")
def books(sample_home: Path) -> CompiledModels:
    return CompiledModels(sample_home, FEE_MODELS, kind="table")


def kept(books: CompiledModels, told: list[Case]) -> Tables:
    return books.tables({**calendar()[0], **registers(told)}, WANTED)


@pytest.fixture(scope="module")
def diced(books: CompiledModels) -> tuple[list[Case], Tables]:
    told = lives(seed=7, count=600)
    return told, kept(books, told)


def test_dice_throw_every_state_and_every_age(diced: tuple[list[Case], Tables]) -> None:
    _, found = diced
    shown = found["mart_fee_case_states"].filter(pl.col("cases") > 0)
    assert set(shown["state"]) == {row["state"] for row in read_seed("fee_case_states")} - {"found"}
    aged = found["mart_fee_arrears_age"].filter(pl.col("outstanding_cases") > 0)
    assert set(aged["age_bucket"]) == {row["age_bucket"] for row in read_seed("fee_age_buckets")} - {"unknown"}


@pytest.mark.parametrize("mart", MARTS)
def test_any_lives_give_the_books_that_each_case_gives(mart: str, diced: tuple[list[Case], Tables]) -> None:
    told, found = diced
    reference, key = MARTS[mart]
    same(reference(told, calendar()[1], COUNTY), found[mart], [*KEYS, key])


def test_any_lives_keep_every_identity(diced: tuple[list[Case], Tables]) -> None:
    _, found = diced
    unbalanced = found["int_fee_postings"].group_by("entry_id").agg(pl.col("signed_yuan").sum(), sides=pl.len())
    assert unbalanced.filter((pl.col("signed_yuan") != 0) | (pl.col("sides") != 2)).is_empty()
    fees, cohorts = found["mart_fee_collection"], found["mart_fee_cohorts"]
    moved = pl.col("assessed_yuan") + pl.col("refunded_yuan") - sum(
        pl.col(f"{flow}_yuan") for flow in FLOWS if flow not in ("assessed", "refunded")
    )  # fmt: skip
    stock = pl.col("outstanding_yuan") - pl.col("refund_due_yuan")
    months = fees.filter(pl.col("period_type") == "month").sort("period_start")
    carried = months.with_columns(opening=stock.shift(1).over("division_code"))
    assert carried.filter(stock != pl.col("opening") + moved).is_empty()
    forgone = pl.sum_horizontal("annulled_yuan", "waived_yuan", "written_off_yuan", "terminated_2021_yuan")
    assert cohorts.filter(stock != pl.col("assessed_yuan") - pl.col("received_yuan") - forgone).is_empty()
    assert cohorts.filter(pl.col("collected_yuan") > pl.col("assessed_yuan")).is_empty()
    assert cohorts.filter(pl.col("paid_cases") > pl.col("decided_cases")).is_empty()
    totals = fees.filter(pl.col("division_level") == "county", pl.col("period_type") != "month")
    for part in ("mart_fee_cohorts", "mart_fee_arrears_age"):
        sums = found[part].group_by(KEYS).agg(pl.col("outstanding_yuan", "outstanding_cases").sum())
        same(totals.select(*KEYS, "outstanding_yuan", "outstanding_cases"), sums, KEYS)


@pytest.mark.parametrize("last", [date(2015, 12, 31), date(2018, 9, 30), date(2021, 12, 31)])
def test_any_cut_shows_what_was_known_on_that_day(
    last: date, books: CompiledModels, diced: tuple[list[Case], Tables]
) -> None:
    told, later = diced
    cut = kept(books, known_on(told, last))
    by_then = pl.col("period_end") <= last + timedelta(days=1)
    for mart, (_, key) in {**MARTS, "mart_fee_collection": (None, "division_level")}.items():
        known = later[mart].filter(by_then)
        assert known.height > 0
        same(known, cut[mart].filter(by_then), [*KEYS, key])


def test_the_end_of_the_fee_leaves_nothing_open_and_refunds_nothing(diced: tuple[list[Case], Tables]) -> None:
    told, found = diced
    after = found["mart_fee_collection"].filter(pl.col("period_end") > COLLECTION_ENDS)
    assert after.filter(pl.col("outstanding_yuan") != 0).is_empty()
    ended = after.filter(pl.col("division_level") == "county", pl.col("period_type") == "month")
    assert ended["terminated_2021_yuan"].sum() > 0
    written = sum(-receipt["principal_fen"] for case in told for receipt in case.receipts
                  if receipt["mark"] == "refund" and receipt["day"] >= date(2021, 8, 1))  # fmt: skip
    assert ended["refunded_yuan"].sum() == Decimal(written).scaleb(-2)
    states = found["mart_fee_case_states"].filter(pl.col("period_end") > COLLECTION_ENDS, pl.col("cases") > 0)
    assert set(states["state"]) <= {"waived", "written_off", "paid", "closed_no_levy", "terminated_2021", "annulled"}


def by_hand(decided: date, yuan: int, *paid: tuple[date, int], due: date | None = None, **days: date) -> Case:
    """A case of the first township, served on the day of its decision; receipts as (day, yuan)."""
    row = dict.fromkeys(("waived_fen", "written_off_fen"), 0) | dict.fromkeys(fee_lives.DAYS)
    row |= {"file_day": decided, "decision_day": decided, "service_day": decided, "amount_fen": 100 * yuan}
    row |= {"due_day": due or decided + timedelta(days=30), **days}
    receipts = [
        {"day": day, "principal_fen": 100 * part, "surcharge_fen": 0, "mark": "normal", "channel": "bank"}
        for day, part in paid
    ]
    return Case(fee_lives.TOWNSHIPS[0], row, receipts)


def of_year(books: CompiledModels, told: list[Case]) -> tuple[dict[str, object], dict[str, object]]:
    """The county's collection of 2014, and its decisions of 2014 at the end of that year."""
    found = kept(books, [Case(c.township, c.row | {"case": place}, c.receipts) for place, c in enumerate(told)])
    of_2014 = (pl.col("period_type") == "year") & (pl.col("period_start") == date(2014, 1, 1))
    (fees,) = found["mart_fee_collection"].filter(of_2014, pl.col("division_level") == "county").to_dicts()
    (cohort,) = found["mart_fee_cohorts"].filter(of_2014, pl.col("cohort_start") == date(2014, 1, 1)).to_dicts()
    return fees, cohort


def test_m6_a_cash_ratio_of_130_and_a_rate_of_50(books: CompiledModels) -> None:
    old = by_hand(date(2013, 5, 6), 200, (date(2014, 3, 3), 80))
    fees, cohort = of_year(books, [old, by_hand(date(2014, 2, 3), 100, (date(2014, 6, 2), 50), (date(2015, 6, 2), 50))])
    assert (fees["collected_yuan"], fees["assessed_yuan"]) == (130, 100)
    assert (cohort["collected_yuan"], cohort["assessed_yuan"]) == (50, 100)


def test_m7_80_percent_by_case_and_20_by_amount(books: CompiledModels) -> None:
    small = [by_hand(date(2014, 2, 3), 15_000, (date(2014, 5, 5), 15_000)) for _ in range(8)]
    _, cohort = of_year(books, [*small, *(by_hand(date(2014, 2, 3), 240_000) for _ in range(2))])
    assert (cohort["paid_cases"], cohort["decided_cases"]) == (8, 10)
    assert (cohort["collected_yuan"], cohort["assessed_yuan"]) == (120_000, 600_000)


def test_1_060_000_is_left_of_1_200_000(books: CompiledModels) -> None:
    """Opening 1,200,000 and 350,000 assessed, less 20,000 waived, 410,000 collected and 60,000 written off."""
    opening = by_hand(date(2013, 5, 6), 1_200_000, (date(2014, 3, 3), 410_000))
    new = by_hand(date(2014, 5, 6), 350_000, waived_day=date(2014, 7, 7), written_off_day=date(2014, 8, 8))
    new.row.update(waived_fen=20_000_00, written_off_fen=60_000_00)
    fees, cohort = of_year(books, [opening, new])
    assert (fees["outstanding_yuan"], cohort["outstanding_yuan"]) == (1_060_000, 270_000)


@pytest.mark.parametrize(
    ("applied", "paid", "asked"),
    [
        (date(2014, 4, 30), (), 40_000 + 240),
        (date(2014, 7, 31), ((date(2014, 3, 31), 10_000),), 30_000 + 400),
        (date(2015, 1, 31), (), 40_000 + 960),
    ],
    ids=["240", "400", "960"],
)
def test_surcharge_of_two_per_mille_is_simple(
    applied: date, paid: tuple[tuple[date, int], ...], asked: int, books: CompiledModels
) -> None:
    """40,000 yuan due on 31 January: three months, six with 10,000 paid after two, twelve."""
    case = by_hand(date(2014, 1, 1), 40_000, *paid, due=date(2014, 1, 31), court_application_day=applied)
    found = kept(books, [Case(case.township, case.row | {"case": 0}, case.receipts)])["mart_fee_collection"]
    year = found.filter(pl.col("period_type") == "year", pl.col("division_level") == "county")
    assert year["court_applied_yuan"].sum() == asked
