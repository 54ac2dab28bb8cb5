"""What an office's three monthly ledgers are about: decisions (L11), receipts (L12), campaign days (L10)."""

from __future__ import annotations

from datetime import date

import polars as pl

from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import Truth

_EVENTS = (
    "decision_day",
    "service_day",
    "instalment_request_day",
    "instalment_approval_day",
    "court_application_day",
    "annulled_day",
    "waived_day",
    "written_off_day",
    "terminated_day",
)
"""Days of a case that its row in the register shows."""


def decisions(truth: Truth, options: Options, month: int) -> pl.DataFrame:
    """The decided cases in which something changed in a month, as known on its last day.

    The first month shows every decided case, so that the register begins with what is open. Later days are NULL;
    ``status`` and ``status_day`` say how the case stands, ``court_fen`` what the court has brought in.
    """
    first, end = first_day(month), last_day(month)
    cases = truth.fee_cases.filter(pl.col("decision_day") <= end)
    told = [pl.when(pl.col(name) <= end).then(pl.col(name)).alias(name) for name in _EVENTS]
    cases = cases.with_columns(told).with_columns(
        pl.when(pl.col("waived_day").is_not_null()).then(pl.col("waived_fen")).alias("waived_fen"),
        pl.when(pl.col("written_off_day").is_not_null()).then(pl.col("written_off_fen")).alias("written_off_fen"),
        pl.when(pl.col("service_day").is_not_null()).then(pl.col("due_day")).alias("due_day"),
    )
    cases = _with_status(cases.join(_paid(truth.fee_receipts, first, end), on="case", how="left"))
    changed = [pl.col(name) >= first for name in _EVENTS]
    closes = (pl.col("status") == "closed") & (pl.col("status_day") >= first)
    wanted = pl.any_horizontal(*changed, closes, pl.col("court_moved")).fill_null(value=False)
    if month == options.start:
        wanted = pl.lit(value=True)
    return cases.filter(wanted).sort("township_code", "decision_day", "case")


def _paid(receipts: pl.DataFrame, first: date, end: date) -> pl.DataFrame:
    """(case, paid_fen, last_paid, court_fen, court_moved) up to a day."""
    is_court = pl.col("channel") == "court"
    return (
        receipts.filter((pl.col("mark") != "void") & (pl.col("day") <= end))
        .group_by("case")
        .agg(
            paid_fen=pl.col("principal_fen").sum(),
            last_paid=pl.col("day").max(),
            court_fen=(pl.col("principal_fen") + pl.col("surcharge_fen")).filter(is_court).sum(),
            court_moved=(is_court & (pl.col("day") >= first)).any(),
        )
    )


def _with_status(cases: pl.DataFrame) -> pl.DataFrame:
    gone = [pl.col(name).fill_null(0) for name in ("paid_fen", "waived_fen", "written_off_fen")]
    left = pl.col("amount_fen") - pl.sum_horizontal(gone)
    states = (
        ("annulled", pl.col("annulled_day").is_not_null(), pl.col("annulled_day")),
        ("terminated", pl.col("terminated_day").is_not_null(), pl.col("terminated_day")),
        ("written_off", (left <= 0) & pl.col("written_off_day").is_not_null(), pl.col("written_off_day")),
        ("waived", (left <= 0) & pl.col("waived_day").is_not_null(), pl.col("waived_day")),
        ("closed", left <= 0, pl.col("last_paid")),
    )
    status: pl.Expr = pl.lit("collecting")
    since: pl.Expr = pl.col("decision_day")
    for name, holds, day in reversed(states):
        status = pl.when(holds).then(pl.lit(name)).otherwise(status)
        since = pl.when(holds).then(day).otherwise(since)
    return cases.with_columns(status=status, status_day=since)


def receipts(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The receipts keyed in during a month, with the number of their case."""
    keyed = truth.fee_receipts.filter(pl.col("entry_day").is_between(first_day(month), last_day(month)))
    numbers = truth.fee_cases.select("case", "case_no")
    return keyed.join(numbers, on="case", how="left").sort("township_code", "day", "receipt")


def services(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The campaign days of a month."""
    held = truth.services.filter(pl.col("day").is_between(first_day(month), last_day(month)))
    return held.sort("township_code", "day", "service_code", maintain_order=True)
