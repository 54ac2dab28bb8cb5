"""Who meets the rule of a programme on the last day before its first month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from orchestration.synthesis.benefits.children import children_of
from orchestration.synthesis.months import first_day, month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream

_NEVER = date(9999, 12, 31)


@cache
def figures() -> Mapping[str, Any]:
    """The figures of ``benefits.yml``."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("benefits.yml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Round:
    """One programme of one year: who, for which months, and when it is applied for and paid."""

    programme: str
    year: int
    plan: Mapping[str, Any]

    @property
    def from_month(self) -> int:
        """First month that is paid for."""
        return month_number(self.year - bool(self.plan.get("year_back")), self.plan["from"])

    @property
    def to_month(self) -> int:
        """Last month that is paid for, unless something ends it before."""
        return month_number(self.year, self.plan["to"])

    @property
    def applied(self) -> date:
        """First day of applications."""
        month, day = self.plan["applied"]
        return date(self.year, month, day)

    @property
    def applications_end(self) -> date:
        """The day after the last one of applications."""
        return self.applied + timedelta(days=figures()["application_days"])

    @property
    def due(self) -> date:
        """Last day of payment in time."""
        return date(self.year, self.plan["paid"], figures()["due_day"])

    @property
    def standard(self) -> int:
        """Yuan a month and person."""
        series: list[tuple[int, int]] = self.plan["standard"]
        return [yuan for year, yuan in series if year <= self.year][-1]

    @property
    def reference(self) -> date:
        """The day on which the rule must be met."""
        return first_day(self.from_month) - timedelta(days=1)


def rounds(first: date, last: date) -> list[Round]:
    """Programmes and years that are applied for by ``last`` and paid on ``first`` or later."""
    found = [
        Round(programme, year, plan)
        for year in range(first.year, last.year + 1)
        for programme, plan in figures()["programmes"].items()
    ]
    return [one for one in found if one.due >= first and one.applied <= last]


def met(truth: dict[str, pl.DataFrame], options: Options, one: Round) -> pl.DataFrame:
    """The persons who meet a round's rule on its reference day and apply.

    Age, number of children and their deaths come from the register; a child is dead if it died by the first day of
    applications. Whether a child is disabled no table tells: who gets the aid for that (``tf_s``) is drawn among the
    parents of one living child. That somebody has a programme at all is drawn once a person and programme, so that who
    has it keeps it.

    Returns:
        person, township_code, and ``left`` (the day on which the person died or left, 9999-12-31 if not), of persons
        who live in the county when applications end.
    """
    persons = truth["persons"]
    marks = stream(options, f"benefit {one.programme}").random(persons.height)
    drawn = persons.filter(pl.Series(marks[persons["person"].to_numpy()] < one.plan["share"]))
    drawn = drawn.filter(pl.col("born") <= one.reference)
    children = children_of(persons, one.reference, one.applied)
    if one.plan["who"] == "student":
        told = drawn.join(children, left_on="mother", right_on="parent", how="left").join(
            children.select(parent="parent", of_father="children"), left_on="father", right_on="parent", how="left"
        )
    else:
        told = drawn.join(children, left_on="person", right_on="parent", how="left")
    wanted = told.filter(_rule(one)).select("person", "died")
    return wanted.join(_homes(truth, wanted, options, one), on="person").select(
        "person", "township_code", left=pl.min_horizontal("left", pl.col("died").fill_null(_NEVER))
    ).filter(pl.col("left") > one.applications_end)  # fmt: skip


def _rule(one: Round) -> pl.Expr:
    ages, who = figures()["ages"], one.plan["who"]
    ever, living = pl.col("children").fill_null(0), pl.col("living").fill_null(0)
    if who == "mother":
        youngest_may_be = _years_before(one.reference, one.plan["child"])
        is_young = pl.col("last_born") > youngest_may_be
        return (pl.col("sex") == "female") & (ever == 1) & (living == 1) & is_young
    if who == "student":
        low, high = ages["student"]
        return (
            (pl.col("born") <= _years_before(one.reference, low))
            & (pl.col("born") > _years_before(one.reference, high))
            & (ever == 1)
            & (pl.col("of_father").fill_null(1) == 1)
        )
    old = pl.col("born") <= _years_before(one.reference, ages[who])
    rural = pl.col("hukou_type") == "agricultural" if one.plan.get("rural") else pl.lit(value=True)
    return old & rural & (ever <= 1) & _child(one, ever, living)


def _child(one: Round, ever: pl.Expr, living: pl.Expr) -> pl.Expr:
    """What must be true of the only child: ``dead``, dead for no longer than a year (``dead_now``), ``living``."""
    match one.plan.get("only_child"):
        case "dead":
            return (ever == 1) & (living == 0)
        case "dead_now":
            return (ever == 1) & (living == 0) & (pl.col("last_died") > _years_before(one.applied, 1))
        case "living":
            return living == 1
        case _:
            return pl.lit(value=True)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _homes(truth: dict[str, pl.DataFrame], wanted: pl.DataFrame, options: Options, one: Round) -> pl.DataFrame:
    """(person, township_code, left) of who is on the register when applications end, or at the run's start."""
    day = max(one.applications_end, first_day(options.start))
    towns = truth["villages"].select("village", "township_code")
    spans = truth["residences"].join(wanted, on="person", how="semi").filter(pl.col("from_day") <= one.due)
    here = spans.filter((pl.col("from_day") <= day) & (pl.col("to_day") > day)).join(towns, on="village")
    ends = spans.group_by("person").agg(left=pl.col("to_day").max())
    return here.select("person", "township_code").unique("person").join(ends, on="person")
