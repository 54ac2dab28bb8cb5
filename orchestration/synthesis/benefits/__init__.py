"""Benefits: who has which programme in which year, what was due and paid, and what the offices were given for it."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from orchestration.synthesis.benefits.people import Round, figures, met, rounds
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted import benefits as planted_benefits
from orchestration.synthesis.schemas import SCHEMAS
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed

__all__ = ["simulate"]

_HUNDRED = 10_000  # fen
_AT_PAYMENT = ("to_month", "end_reason", "due_fen", "paid_fen", "paid_day", "planted")


def simulate(
    truth: dict[str, pl.DataFrame], county_code: str, options: Options, last_month: int
) -> dict[str, pl.DataFrame]:
    """Every beneficiary and year applied for by the end of ``last_month``.

    Each is confirmed after a posting of a week and paid in time and in full, up to the month of death or leaving. A
    shorter run yields the first rows of a longer one, with NULL for what has not happened yet.

    Args:
        truth: villages, persons and residences.
        county_code: six digits; the programmes are the same in every county.
        options: seed, first month, dose.
        last_month: number of the last month.

    Returns:
        The tables benefits and appropriations.
    """
    del county_code
    start, until = first_day(options.start), last_day(last_month)
    parts = [_round(truth, options, one) for one in rounds(start, until)]
    parts = [part for part in parts if part.height]
    if not parts:
        return {"benefits": empty("benefits"), "appropriations": empty("appropriations")}
    whole = planted_benefits.disturb(pl.concat(parts), truth, options)
    known = whole.filter(pl.col("applied_day") <= until).sort("applied_day", "programme", "person", "township_code")
    known = known.with_columns(benefit=pl.int_range(pl.len()))
    settled = pl.col("paid_day").max().over("township_code", "programme", "year") <= until
    return {
        "benefits": typed("benefits", _as_known(known, until)),
        "appropriations": planted_benefits.short(_appropriations(known.filter(settled), options), options),
    }


def _round(truth: dict[str, pl.DataFrame], options: Options, one: Round) -> pl.DataFrame:
    """The rows of one programme and year, all that is to happen included."""
    people = met(truth, options, one).sort("township_code", "person")
    if people.is_empty():
        return empty("benefits")
    drawn = stream(options, f"benefit round {one.programme}", one.year)
    towns = people["township_code"].unique().sort()
    spans = {"posted": (3, 7), "confirmed": (2, 9), "paid": (0, 13)}
    days = {name: drawn.integers(low, high, len(towns)) for name, (low, high) in spans.items()}
    batch = pl.DataFrame({"township_code": towns, **days})
    # One number a person from a sequence over all persons: who joins later changes nobody's.
    persons = people["person"].to_numpy()
    mark = drawn.random(int(persons.max()) + 1)[persons]
    plan = figures()
    ended = pl.col("left") <= pl.col("paid_day")
    last_paid = pl.when(ended).then(_month_of("left")).otherwise(one.to_month).clip(upper_bound=one.to_month)
    died = truth["persons"].filter(pl.col("died").is_not_null()).select("person", "died")
    rows = (
        people.with_columns(mark=pl.Series((mark * plan["application_days"]).astype(np.int64)))
        .join(batch, on="township_code", how="left", maintain_order="left")
        .join(died, on="person", how="left", maintain_order="left")
        .with_columns(
            applied_day=pl.lit(one.applied) + pl.duration(days="mark"),
            posted_from=pl.lit(one.applications_end) + pl.duration(days="posted"),
            paid_day=pl.lit(one.due) - pl.duration(days="paid"),
        )
        .with_columns(posted_to=pl.col("posted_from") + pl.duration(days=plan["posted_days"]))
        .with_columns(
            confirmed_day=pl.col("posted_to") + pl.duration(days="confirmed"),
            from_month=pl.lit(one.from_month),
            to_month=last_paid,
            end_reason=pl.when(ended & (pl.col("died") <= pl.col("paid_day")))
            .then(pl.lit("death"))
            .when(ended)
            .then(pl.lit("moved")),
        )
        # Who died or left before the first month is never paid, and nothing is due.
        .with_columns(due_fen=(pl.col("to_month") - one.from_month + 1).clip(lower_bound=0) * one.standard * 100)
        .with_columns(paid_day=pl.when(pl.col("to_month") >= one.from_month).then(pl.col("paid_day")))
    )
    return typed(
        "benefits",
        rows.with_columns(
            benefit=pl.lit(0),
            programme=pl.lit(one.programme),
            year=pl.lit(one.year),
            standard_fen=pl.lit(one.standard * 100),
            paid_fen=pl.col("due_fen"),
            due_day=pl.lit(one.due),
            holder_is_beneficiary=pl.lit(value=True),
            planted=pl.lit(None, dtype=pl.String),
        ),
    )


def _month_of(day: str) -> pl.Expr:
    return pl.col(day).dt.year().cast(pl.Int32) * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1


def _as_known(rows: pl.DataFrame, until: date) -> pl.DataFrame:
    """NULL for every day after ``until``, and for what the payment decides until it is made."""
    paid = pl.col("paid_day") <= until
    changes = [pl.when(paid).then(pl.col(name)).alias(name) for name in _AT_PAYMENT]
    for name in ("posted_from", "posted_to", "confirmed_day"):
        changes.append(pl.when(pl.col(name) <= until).then(pl.col(name)).alias(name))
    return rows.with_columns(changes)


def _appropriations(paid: pl.DataFrame, options: Options) -> pl.DataFrame:
    """What an office was given for a programme and year, in whole hundreds of yuan, in the order of due days."""
    sums = paid.group_by("township_code", "programme", "year").agg(
        pl.col("due_fen").sum(), pl.col("paid_fen").sum(), pl.col("due_day").first()
    )
    sums = sums.sort("due_day", "programme", "township_code")
    back = [
        stream(options, f"appropriation {programme}", int(town), year).random() < figures()["returned"]
        for town, programme, year in sums.select("township_code", "programme", "year").iter_rows()
    ]
    received = (pl.max_horizontal("due_fen", "paid_fen") + _HUNDRED - 1) // _HUNDRED * _HUNDRED
    rows = sums.with_columns(received_fen=received, back=pl.Series(back, dtype=pl.Boolean)).with_columns(
        returned_fen=pl.when(pl.col("back")).then(pl.col("received_fen") - pl.col("paid_fen")).otherwise(0),
        planted=pl.lit(None, dtype=pl.String),
    )
    rows = rows.with_columns(balance_fen=pl.col("received_fen") - pl.col("paid_fen") - pl.col("returned_fen"))
    return rows.select(pl.col(name).cast(kind) for name, kind in SCHEMAS["appropriations"].items())
