"""For every rule that is not of the baseline, one way to break it: the least change to the good candidate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from tests.unit.audit.candidate_places import COUNTY, MONTHS, TOWNSHIP, VILLAGES

Change = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass(frozen=True)
class Breakage:
    """A change to one table; ``also`` names rules that cannot hold either once this one is broken."""

    table: str
    change: Change
    also: tuple[str, ...] = ()


def put(where: pl.Expr, **values: object) -> Change:
    """Set columns to constants in the rows that ``where`` selects, types kept."""

    def change(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            pl.when(where)
            .then(pl.lit(value, dtype=frame.schema[name]) if value is not None else None)
            .otherwise(pl.col(name))
            .alias(name)
            for name, value in values.items()
        )

    return change


def add(where: pl.Expr, **amounts: int) -> Change:
    """Add to columns in the rows that ``where`` selects, types kept."""

    def change(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(
            (pl.when(where).then(pl.col(name) + amount).otherwise(pl.col(name))).cast(frame.schema[name]).alias(name)
            for name, amount in amounts.items()
        )

    return change


def at(code: str, start: date = MONTHS[0], kind: str = "month") -> pl.Expr:
    """The rows of one division and period."""
    return (pl.col("division_code") == code) & (pl.col("period_start") == start) & (pl.col("period_type") == kind)


REPORTED, OCCURRED = pl.col("basis") == "reported", pl.col("basis") == "occurred"
V1, EVERYWHERE = VILLAGES[0], pl.lit(True)
BALANCE, VITAL, FEE = "mart_population_balance", "mart_vital_events", "mart_fee_collection"
SERVICE, VALUES, QUALITY = "mart_service_coverage", "mart_indicators", "mart_ledger_quality"
RESIDUALS, STRUCTURE = "mart_population_residuals", "mart_population_structure"
MOVES, FLOWS, FLOATS = "mart_migration", "mart_migration_flows", "mart_floating_population"
AS_IS = "mart_population_as_is"
COHORTS, ARREARS, STATES = "mart_fee_cohorts", "mart_fee_arrears_age", "mart_fee_case_states"
OPEN, DECIDED = "adds_up_to_the_outstanding", "knows_every_decided_case"
BENEFITS, FUNDING = "mart_benefits", "mart_funding"
OF_COUNTY = pl.col("division_level") == "county"
AS_IS, TREASURY = "mart_population_as_is", "mart_treasury_reconciliation"
THREE_WAY = "mart_fee_three_way"
FINDINGS, DIVISION, BOARD = "mart_findings", "dim_division", "mart_submission_board"
QUARTER = pl.col("period_type") == "quarter"
SHOWN, HIDDEN = pl.col("status") == "ok", pl.col("status") == "missing"
SUMS = f"{BALANCE}.adds_up_over_divisions"
FEE_SUMS, FEE_MONTHS = f"{FEE}.adds_up_over_divisions", f"{FEE}.adds_up_over_months"

BREAKAGES: dict[str, Breakage] = {
    f"{BALANCE}.has_known_bases": Breakage(BALANCE, put(OCCURRED, basis="guessed")),
    f"{BALANCE}.closes_with_its_flows": Breakage(BALANCE, add(at(V1) & OCCURRED, adjustment=1)),
    f"{BALANCE}.opens_with_the_previous_closing": Breakage(
        BALANCE, add(OCCURRED & (pl.col("period_start") > MONTHS[0]), opening=1, births=-1), (SUMS,)
    ),
    f"{BALANCE}.states_the_residual_as_reported_less_closing": Breakage(BALANCE, put(at(V1) & REPORTED, residual=5)),
    f"{BALANCE}.adds_up_over_divisions": Breakage(BALANCE, add(at(COUNTY) & REPORTED, births=1, adjustment=-1)),
    f"{BALANCE}.keeps_stocks_at_or_above_zero": Breakage(
        BALANCE,
        lambda frame: frame.with_columns(
            pl.col("opening", "closing", "reported_closing")
            - 1000 * (pl.col("division_level") == "village").cast(pl.Int64)
            - 2000 * (pl.col("division_level") != "village").cast(pl.Int64)
        ),
    ),
    f"{VITAL}.counts_at_or_above_zero": Breakage(
        VITAL, put(at(V1), marriages=-1), (f"{VITAL}.counts_each_couple_once_a_division",)
    ),
    f"{VITAL}.keeps_earlier_births_within_those_reported": Breakage(
        VITAL,
        lambda frame: frame.with_columns((pl.col("births_rep") + 1).alias("births_prev_unreported")),
        (f"{VITAL}.adds_up_over_divisions",),
    ),
    f"{VITAL}.counts_each_couple_once_a_division": Breakage(VITAL, put(at(COUNTY), marriages=1)),
    f"{VITAL}.adds_up_over_divisions": Breakage(VITAL, add(at(COUNTY) | at(COUNTY, kind="quarter"), person_days_x2=1)),
    f"{VITAL}.adds_up_over_months": Breakage(VITAL, add(QUARTER, births_rep=1)),
    f"{VITAL}.agrees_with_the_population_balance": Breakage(
        BALANCE, lambda frame: frame.with_columns(pl.col("births") + 1)
    ),
    f"{MOVES}.has_known_directions": Breakage(
        MOVES, put(pl.col("direction") == "out", direction="away"), (f"{FLOWS}.agrees_with_the_moves_of_the_villages",)
    ),
    f"{MOVES}.has_known_scopes": Breakage(MOVES, put(pl.col("scope") == "other", scope="near")),
    f"{MOVES}.counts_at_or_above_zero": Breakage(
        MOVES,
        lambda frame: frame.with_columns(
            pl.col("moves") + pl.col("scope").replace_strict({"other": 1, "unknown": -1}, default=0)
        ),
        (f"{FLOWS}.agrees_with_the_moves_of_the_villages", f"{MOVES}.adds_up_over_months"),
    ),
    f"{MOVES}.agrees_with_the_population_balance": Breakage(
        BALANCE, lambda frame: frame.with_columns(moved_out=pl.col("moved_out") + 1)
    ),
    f"{MOVES}.adds_up_over_months": Breakage(MOVES, add(QUARTER, moves=1)),
    f"{FLOWS}.has_known_directions": Breakage(
        FLOWS, put(EVERYWHERE, direction="away"), (f"{FLOWS}.agrees_with_the_moves_of_the_villages",)
    ),
    f"{FLOWS}.stays_at_township_and_year": Breakage(FLOWS, put(EVERYWHERE, division_level="village")),
    f"{FLOWS}.agrees_with_the_moves_of_the_villages": Breakage(FLOWS, add(EVERYWHERE, moves=1)),
    f"{FLOATS}.has_known_directions": Breakage(FLOATS, put(EVERYWHERE, direction="away")),
    f"{FLOATS}.counts_only_where_every_village_due_reported": Breakage(FLOATS, put(EVERYWHERE, villages_received=0)),
    f"{FLOATS}.counts_nobody_by_a_narrow_definition_alone": Breakage(
        FLOATS, put(pl.col("float_def") == "m6", persons=4)
    ),
    f"{AS_IS}.closes_with_its_flows": Breakage(AS_IS, add(at(V1), net_moves=1)),
    f"{AS_IS}.agrees_with_the_county_as_it_was": Breakage(AS_IS, add(at(COUNTY), opening=1, closing=1)),
    f"{RESIDUALS}.adds_up_to_the_residual": Breakage(RESIDUALS, add(at(V1), births_part=1)),
    f"{RESIDUALS}.is_the_residual_of_the_balance": Breakage(RESIDUALS, add(at(V1), residual=1, births_part=1)),
    f"{RESIDUALS}.names_a_known_source": Breakage(RESIDUALS, put(at(V1), likely_source="the clerk")),
    f"{STRUCTURE}.stays_at_township_level_and_above": Breakage(STRUCTURE, put(EVERYWHERE, division_level="village")),
    f"{STRUCTURE}.has_known_sexes": Breakage(STRUCTURE, put(pl.col("sex") == "male", sex="both")),
    f"{STRUCTURE}.adds_up_to_the_population_balance": Breakage(STRUCTURE, add(pl.col("sex") == "female", persons=1)),
    f"{STRUCTURE}.keeps_known_groups_at_or_above_zero": Breakage(
        STRUCTURE,
        lambda frame: frame.with_columns(
            persons=pl.col("persons").replace_strict({100: -100, 102: 102, 10: 210}, return_dtype=pl.Int64)
        ),
    ),
    f"{FEE}.has_rows_where_ledgers_came": Breakage(FEE, lambda frame: frame.clear()),
    f"{FEE}.stays_at_township_level_and_above": Breakage(
        FEE,
        put(EVERYWHERE, division_level="village"),
    ),
    f"{FEE}.keeps_stocks_at_or_above_zero": Breakage(
        FEE,
        lambda frame: frame.with_columns(pl.col("outstanding_yuan", "refund_due_yuan") - Decimal("1000.00")).cast(
            frame.schema
        ),
    ),
    f"{FEE}.counts_cases_at_or_above_zero": Breakage(FEE, put(at(COUNTY), waived_cases=-1)),
    f"{FEE}.balances_its_postings": Breakage(
        FEE, lambda frame: frame.with_columns(pl.col("waived_yuan") + Decimal("1.00")).cast(frame.schema), (FEE_MONTHS,)
    ),
    f"{FEE}.terminates_nothing_before_the_fee_was_abolished": Breakage(FEE, put(at(COUNTY), terminated_2021_cases=1)),
    f"{FEE}.adds_up_over_divisions": Breakage(
        FEE, add(at(COUNTY) | at(COUNTY, kind="quarter") | at(COUNTY, kind="year"), court_applied_yuan=1)
    ),
    f"{FEE}.adds_up_over_months": Breakage(FEE, add(QUARTER, surcharge_yuan=1)),
    f"{TREASURY}.has_rows_where_ledgers_came": Breakage(TREASURY, lambda frame: frame.clear()),
    f"{TREASURY}.stays_at_township_level_and_above": Breakage(TREASURY, put(EVERYWHERE, division_level="village")),
    f"{TREASURY}.has_known_statuses": Breakage(
        TREASURY,
        put(EVERYWHERE, status="closed"),
        (f"{TREASURY}.tells_what_was_handed_over_where_books_are_whole_alone",),
    ),
    f"{TREASURY}.tells_what_was_handed_over_where_books_are_whole_alone": Breakage(
        TREASURY, put(EVERYWHERE, status="gap")
    ),
    f"{TREASURY}.owes_what_it_took_in_less_refunds": Breakage(
        TREASURY, add(EVERYWHERE, collected_yuan=1), (f"{TREASURY}.adds_up_over_months",)
    ),
    f"{TREASURY}.rolls_its_difference_forward": Breakage(TREASURY, add(EVERYWHERE, opening_difference_yuan=1)),
    f"{TREASURY}.keeps_what_waits_at_or_above_zero": Breakage(TREASURY, add(EVERYWHERE, overdue_yuan=-1)),
    f"{TREASURY}.adds_up_over_divisions": Breakage(
        TREASURY, add(at(COUNTY) | at(COUNTY, kind="quarter"), returned_yuan=1)
    ),
    f"{TREASURY}.adds_up_over_months": Breakage(TREASURY, add(QUARTER, returned_yuan=1)),
    f"{THREE_WAY}.stays_at_township_level_and_above": Breakage(THREE_WAY, put(EVERYWHERE, division_level="village")),
    f"{THREE_WAY}.matches_nothing_where_a_side_is_missing": Breakage(
        THREE_WAY, put(pl.col("source") == "report", stated_yuan=Decimal(3), difference_yuan=Decimal(-32))
    ),
    f"{THREE_WAY}.explains_each_difference_in_full": Breakage(THREE_WAY, add(EVERYWHERE, timing_yuan=1)),
    f"{SERVICE}.has_rows_where_ledgers_came": Breakage(SERVICE, lambda frame: frame.clear()),
    f"{SERVICE}.stays_at_township_level_and_above": Breakage(SERVICE, put(EVERYWHERE, division_level="village")),
    f"{SERVICE}.has_known_measure_units": Breakage(SERVICE, put(EVERYWHERE, measure_unit="visits")),
    f"{SERVICE}.counts_at_or_above_zero": Breakage(SERVICE, put(at(COUNTY), target=-1)),
    f"{SERVICE}.adds_up_over_divisions": Breakage(SERVICE, add(at(COUNTY) | at(COUNTY, kind="quarter"), served=1)),
    f"{SERVICE}.adds_up_over_months": Breakage(SERVICE, add(QUARTER, served=1)),
    f"{BENEFITS}.stays_at_its_grain": Breakage(BENEFITS, put(EVERYWHERE, programme="tf_d")),
    f"{BENEFITS}.keeps_parts_within_the_whole": Breakage(BENEFITS, put(EVERYWHERE, confirmed=35)),
    f"{BENEFITS}.holds_its_townships": Breakage(BENEFITS, put(OF_COUNTY, due_yuan=Decimal("38399.99"))),
    f"{FUNDING}.stays_at_its_grain": Breakage(FUNDING, put(EVERYWHERE, subject_code="tf_s")),
    f"{FUNDING}.adds_up_to_the_funding_of_the_county": Breakage(FUNDING, put(OF_COUNTY, spent_yuan=Decimal("80.00"))),
    f"{SERVICE}.does_no_more_than_was_due": Breakage(SERVICE, put(at(COUNTY), done_in_window=8)),
    f"{SERVICE}.serves_as_often_as_people": Breakage(
        SERVICE,
        lambda frame: pl.concat([frame, put(EVERYWHERE, measure_unit="contacts", served=9)(frame.filter(at(COUNTY)))]),
    ),
    f"{SERVICE}.counts_only_what_is_told": Breakage(SERVICE, put(at(COUNTY), months_told=0)),
    f"{SERVICE}.serves_within_the_eligible": Breakage(
        SERVICE, put(at(COUNTY, kind="quarter"), period_type="year", eligible=8)
    ),
    f"{VALUES}.describes_every_indicator": Breakage("dim_indicator", put(EVERYWHERE, indicator_code="cdr")),
    f"{VALUES}.knows_every_division": Breakage(VALUES, put(EVERYWHERE, division_code="331099009000")),
    f"{VALUES}.has_known_statuses": Breakage(VALUES, put(SHOWN, status="fine")),
    f"{VALUES}.has_known_status_reasons": Breakage(VALUES, put(HIDDEN, status_reason="lost")),
    f"{VALUES}.shows_a_value_only_where_its_status_allows": Breakage(VALUES, put(SHOWN, value=None)),
    f"{VALUES}.gives_a_reason_where_no_value_is_shown": Breakage(VALUES, put(HIDDEN, status_reason=None)),
    f"{VALUES}.keeps_each_value_within_its_interval": Breakage(VALUES, put(SHOWN, ci_low=10.5)),
    f"{VALUES}.divides_by_something_positive": Breakage(VALUES, put(SHOWN, denominator=Decimal("0.00"))),
    f"{VALUES}.adds_shares_of_births_up_to_a_hundred": Breakage(
        VALUES, put(SHOWN, indicator_code="parity_share_1"), (f"{VALUES}.describes_every_indicator",)
    ),
    f"{VALUES}.shows_a_death_rate_that_people_have": Breakage(
        VALUES,
        put(SHOWN, indicator_code="cdr", period_type="year", value=3.24),
        (f"{VALUES}.describes_every_indicator",),
    ),
    f"{VALUES}.keeps_data_quality_between_none_and_all": Breakage(VALUES, put(SHOWN, data_quality=1.2)),
    f"{QUALITY}.keeps_parts_within_the_whole": Breakage(
        QUALITY, put(EVERYWHERE, ids_valid=1, ids_present=0), (f"{QUALITY}.adds_up_over_divisions",)
    ),
    f"{QUALITY}.adds_up_over_divisions": Breakage(QUALITY, add(at(COUNTY), fields_expected=1)),
    "ledger.rows_accounted_for": Breakage(
        QUALITY, add(EVERYWHERE, rows_seen=1), (f"{QUALITY}.adds_up_over_divisions",)
    ),
    "ledger.rows_rarely_quarantined": Breakage(
        QUALITY, add(at(COUNTY), quarantined=200, accepted=-200), (f"{QUALITY}.adds_up_over_divisions",)
    ),
    "ledger.units_due_reported": Breakage(
        QUALITY,
        add(at(COUNTY), received=-9, on_time=-9),
        (f"{QUALITY}.adds_up_over_divisions", "ledger.units_due_nearly_all_reported"),
    ),
    "ledger.units_due_nearly_all_reported": Breakage(
        QUALITY, add(at(COUNTY), received=-3, on_time=-3), (f"{QUALITY}.adds_up_over_divisions",)
    ),
    f"{FINDINGS}.answers_for_every_check": Breakage(
        FINDINGS, lambda frame: frame.filter(pl.col("check_id") != "SC-01")
    ),
    f"{FINDINGS}.uses_known_words": Breakage(FINDINGS, put(EVERYWHERE, severity="X")),
    f"{FINDINGS}.counts_only_what_ran": Breakage(FINDINGS, put(pl.col("status") == "ran", failed=11)),
    f"{FINDINGS}.has_no_check_that_broke": Breakage(FINDINGS, put(pl.col("status") != "ran", status="error")),
    f"{BOARD}.has_known_states": Breakage(
        BOARD,
        put(pl.col("state") == "missing", state="lost"),
        (f"{BOARD}.tells_of_each_report_what_its_dates_and_versions_say",),
    ),
    f"{BOARD}.tells_of_each_report_what_its_dates_and_versions_say": Breakage(
        BOARD, put(pl.col("state") == "missing", versions_received=1)
    ),
    f"{BOARD}.judges_the_day_of_receipt_against_the_day_due": Breakage(
        BOARD, put(pl.col("is_late"), is_late=False, is_on_time=True)
    ),
    f"{DIVISION}.knows_every_parent": Breakage(
        DIVISION, put(pl.col("division_code") == V1, parent_code="331099009000")
    ),
    f"{DIVISION}.ends_each_validity_after_its_start": Breakage(
        DIVISION, put(pl.col("division_code") == TOWNSHIP, valid_to=date(1980, 1, 1))
    ),
    f"{COHORTS}.stays_at_county_and_year": Breakage(COHORTS, put(EVERYWHERE, division_level="township")),
    f"{COHORTS}.adds_up_to_the_outstanding": Breakage(COHORTS, add(EVERYWHERE, outstanding_cases=1)),
    f"{COHORTS}.counts_at_or_above_zero": Breakage(COHORTS, put(EVERYWHERE, paid_cases=-1)),
    f"{COHORTS}.collects_no_more_than_it_assessed": Breakage(COHORTS, put(EVERYWHERE, paid_cases=4)),
    f"{COHORTS}.balances_its_postings": Breakage(COHORTS, add(EVERYWHERE, waived_yuan=1)),
    f"{COHORTS}.follows_decisions_and_does_not_foresee_them": Breakage(
        COHORTS, put(EVERYWHERE, cohort_start=MONTHS[-1])
    ),
    f"{ARREARS}.stays_at_county_and_year": Breakage(
        ARREARS, put(EVERYWHERE, period_type="month"), (f"{ARREARS}.{OPEN}",)
    ),
    f"{ARREARS}.adds_up_to_the_outstanding": Breakage(
        ARREARS, put(pl.col("age_bucket") == "0-30", outstanding_yuan=99)
    ),
    f"{ARREARS}.counts_at_or_above_zero": Breakage(
        ARREARS, put(pl.col("age_bucket") == "31-90", outstanding_cases=-1), (f"{ARREARS}.{OPEN}",)
    ),
    f"{STATES}.stays_at_county_and_year": Breakage(STATES, put(EVERYWHERE, division_level="village")),
    f"{STATES}.counts_at_or_above_zero": Breakage(
        STATES, put(pl.col("state") == "filed", cases=-1), (f"{STATES}.{DECIDED}",)
    ),
    f"{STATES}.knows_every_decided_case": Breakage(STATES, put(pl.col("state") == "served", cases=0)),
    "fee.principal_within_assessed": Breakage(
        "audit_fee_unit_totals", put(EVERYWHERE, principal_yuan=Decimal("10000.00"))
    ),
    "audit_reconciliation.carries_every_ledger_sum_into_the_marts": Breakage(
        "audit_reconciliation", put(EVERYWHERE, mart_value=Decimal("2.00"))
    ),
}
