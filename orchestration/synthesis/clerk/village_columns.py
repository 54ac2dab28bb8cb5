"""The rows of a village's forms: which part of the truth each form shows in a month."""

from __future__ import annotations

from datetime import date

import polars as pl

from orchestration.synthesis.clerk.rosters import roster
from orchestration.synthesis.clerk.village_books import MonthOfBooks
from orchestration.synthesis.money import births as policy
from orchestration.synthesis.money.regimes import regimes_of
from orchestration.synthesis.months import first_day, last_day, number_of
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import Truth, empty

_KINDS = {"L02": ["birth"], "L03": ["death"], "L05": ["move_in", "move_out"], "L04": ["marriage", "divorce"]}


def source(form: str, truth: Truth, books: MonthOfBooks, options: Options) -> pl.DataFrame:
    """The rows of a form for all villages, with ``rank``, in the order in which they are written.

    Beside the columns of the events (or of the roster, or the stays) there are ``own_``, ``partner_`` and ``father_``
    columns of the persons, ``here`` and ``far_place``, ``far_code`` of the villages, and ``entered``: the day on which
    the clerk heard of the event, never after the month.
    """
    if form == "L01":
        rows = roster(truth, books.month, books.keepers)
        codes = truth.villages.sort("village")["division_code"]
        return _ranked(rows.with_columns(division_code=codes.gather(rows["village"])), books)
    if form == "L06":
        return _floating(truth, books)
    rows = books.events.filter(pl.col("kind").is_in(_KINDS[form]))
    people = _people(truth, books.month)
    for key, prefix in (("person", "own"), ("partner", "partner"), ("own_father", "father")):
        named = people.rename({name: f"{prefix}_{name}" for name in people.columns})
        rows = rows.join(named, left_on=key, right_on=f"{prefix}_person", how="left", maintain_order="left")
    rows = _with_places(rows, truth, books)
    if form == "L04":
        rows = _with_unions(rows, truth)
    if form == "L02":
        rows = _with_policy(rows, truth, options)
    return rows.with_columns(entered=_entered(books.month))


def _ranked(rows: pl.DataFrame, books: MonthOfBooks) -> pl.DataFrame:
    """The rows of reporting villages, village by village."""
    ranked = rows.with_columns(rank=pl.Series(books.rank).gather(rows["village"]))
    return ranked.filter(pl.col("rank") >= 0).sort("rank", maintain_order=True)


def _people(truth: Truth, month: int) -> pl.DataFrame:
    """Every person with the number known at the end of the month."""
    known = pl.when(pl.col("id_day") <= last_day(month)).then(pl.col("id_no"))
    dead = (pl.col("died") <= last_day(month)).fill_null(value=False)
    return truth.persons.select(
        "person", "name", "sex", "born", "hukou_type", "father", id_no=known, fate=pl.when(dead).then(pl.lit("dead"))
        .otherwise(pl.lit("living")),
    )  # fmt: skip


def _with_places(rows: pl.DataFrame, truth: Truth, books: MonthOfBooks) -> pl.DataFrame:
    """Add the village that reports and the far end of a move; a merged one goes by its name of today."""
    listed = truth.villages.sort("village")
    full_name = (listed["township_name"] + listed["name_zh"]).alias("name")
    inside = rows["other_village"] >= 0
    far = pl.Series(books.keepers).gather(rows["other_village"].clip(0))
    return rows.with_columns(
        here=full_name.gather(rows["village"]),
        far_place=full_name.gather(far).set(~inside, None),
        far_code=listed["division_code"].gather(far).set(~inside, None),
    )


def _with_unions(rows: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """Add the orders of both parties; a divorce shows those of the union that ended."""
    couples = truth.unions.sort("from_day").unique(["wife", "husband"], keep="last", maintain_order=True)
    orders = couples.select("wife", "husband", "wife_order", "husband_order")
    return rows.join(
        orders, left_on=["person", "partner"], right_on=["wife", "husband"], how="left", maintain_order="left"
    )


def _with_policy(rows: pl.DataFrame, truth: Truth, options: Options) -> pl.DataFrame:
    """Add ``policy``: outside for the births that an office will find so, NULL where no birth is judged any more."""
    regimes = regimes_of(options.county)
    if rows.is_empty():
        return rows.with_columns(policy=pl.lit(None, dtype=pl.String))
    days: list[date] = rows["day"].to_list()
    # Judging a birth takes all births of its month, no others.
    of_these_months = truth.events.filter(pl.col("day") >= min(days).replace(day=1))
    tables = {"events": of_these_months, "persons": truth.persons, "unions": truth.unions}
    found = policy.outside({**tables, "residences": empty("residences")}, regimes, options, number_of(max(days)))
    outside = found.select(partner="mother", day="day", is_outside=pl.lit(value=True)).unique()
    judged = pl.Series([regimes.on(day).levy for day in days], dtype=pl.Boolean)
    rows = rows.join(outside, on=["partner", "day"], how="left", maintain_order="left")
    word = pl.when(pl.col("is_outside").fill_null(value=False)).then(pl.lit("outside")).otherwise(pl.lit("inside"))
    return rows.with_columns(policy=pl.when(judged).then(word))


def _entered(month: int) -> pl.Expr:
    """When the clerk wrote it down: up to three weeks after the event, within the month that reports it."""
    after = pl.duration(days=2 + pl.col("event") % 20)
    heard = pl.max_horizontal(pl.col("day"), pl.lit(first_day(month))) + after
    return pl.min_horizontal(heard, pl.lit(last_day(month)))


def _floating(truth: Truth, books: MonthOfBooks) -> pl.DataFrame:
    """The people away from their hukou village on the last day of the month; of those who come names are not known."""
    day = last_day(books.month)
    rows = truth.floats.filter((pl.col("from_day") <= day) & (pl.col("to_day") > day) & (pl.col("village") >= 0))
    rows = rows.with_columns(village=pl.Series(books.keepers).gather(rows["village"]))
    people = _people(truth, books.month).select("person", own_name="name", own_id_no="id_no")
    rows = rows.join(people, on="person", how="left", maintain_order="left")
    listed = truth.villages.sort("village")
    full_name = listed["township_name"] + listed["name_zh"]
    rows = rows.with_columns(here=full_name.gather(rows["village"]))
    return _ranked(rows.sort("village", "flow", "from_day", "float"), books)
