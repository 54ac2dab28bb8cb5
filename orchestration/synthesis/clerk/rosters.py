"""Who stands in which village's register of residents at the end of a month, and how the clerk describes them."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from orchestration.synthesis.clerk.village_books import Counts
from orchestration.synthesis.months import last_day
from orchestration.synthesis.reporting import MEMBERSHIP
from orchestration.synthesis.tables import Truth

_HOUSEHOLDS_OF_A_GROUP = 30
_ADULT, _OLD = 18, 70
_NOBODY = -1
_SHOWN = (
    "village person household serial group sex born name id_no hukou_type is_absent marital relation head "
    "in_day in_cause"
).split()


def roster(truth: Truth, month: int, keepers: Counts) -> pl.DataFrame:
    """The residents by the books: the first ones and all reported births and arrivals, less all reported departures.

    Returns:
        One row a person: village, person, household, serial and group (of the household in its village), sex, born,
        name, id_no (NULL until given), hukou_type, is_absent, marital (never first again widowed divorced), relation,
        head (name), in_day and in_cause (how the person came after the beginning: birth or the cause of a move; NULL
        for the first residents). Sorted by village, household serial, head first, then by age.
    """
    day = last_day(month)
    standing = _standing(truth, month, keepers)
    homes = _homes(truth.residences, day, keepers)
    people = truth.persons.select("person", "sex", "born", "name", "id_no", "id_day", "hukou_type", "mother", "father")
    away = truth.floats.filter(
        (pl.col("flow") == "out") & (pl.col("from_day") <= day) & (pl.col("to_day") > day)
    ).select("person", is_absent=pl.lit(value=True))
    rows = (
        standing.join(homes, on=["village", "person"], how="left")
        .join(people, on="person", how="left")
        .join(away.unique("person"), on="person", how="left")
        .join(_marital(truth.unions, day), on="person", how="left")
        .with_columns(
            pl.col("is_absent").fill_null(value=False),
            pl.col("marital").fill_null("never"),
            pl.col("spouse").fill_null(_NOBODY),
            id_no=pl.when(pl.col("id_day") <= day).then(pl.col("id_no")),
            group=(pl.col("serial") - 1) // _HOUSEHOLDS_OF_A_GROUP % 99 + 1,
        )
    )
    rows = _related(_with_heads(rows, day), truth.persons)
    return rows.select(_SHOWN).sort("village", "serial", pl.col("relation") != "head", "born", "person")


def summary(truth: Truth, month: int, keepers: Counts) -> dict[str, Counts]:
    """Households, men, women and women of 15 to 49 of each village at the end of a month, by village number."""
    day = last_day(month)
    homes = _homes(truth.residences, day, keepers)
    people = truth.persons.select("person", "sex", "born")
    rows = _standing(truth, month, keepers).join(homes, on=["village", "person"], how="left")
    rows = rows.join(people, on="person", how="left")
    is_woman = pl.col("sex") == "female"
    youngest, eldest = (pl.lit(day).dt.offset_by(f"-{years}y") for years in (15, 50))
    groups = {
        "households": rows.unique(["village", "household"]),
        "population_male": rows.filter(~is_woman),
        "population_female": rows.filter(is_woman),
        "women_15_49": rows.filter(is_woman, pl.col("born") <= youngest, pl.col("born") > eldest),
    }
    return {name: np.bincount(group["village"].to_numpy(), minlength=len(keepers)) for name, group in groups.items()}


def _standing(truth: Truth, month: int, keepers: Counts) -> pl.DataFrame:
    """(village, person, in_day, in_cause): where the last reported event of each person leaves them."""
    events = truth.events.select("event", "kind", "day", "person", "cause").filter(pl.col("kind").is_in(MEMBERSHIP))
    told = truth.reports.filter(pl.col("reported_month") <= month).join(events, on="event", how="inner")
    last = told.sort("day", "event").unique("person", keep="last", maintain_order=True)
    came = last.filter(pl.col("kind").is_in(["birth", "move_in"])).select(
        "person",
        village=pl.col("record_village").cast(pl.Int64),
        in_day="day",
        in_cause=pl.when(pl.col("kind") == "birth").then(pl.lit("birth")).otherwise(pl.col("cause")),
    )
    first = truth.residences.filter(pl.col("entry") == "initial").join(last, on="person", how="anti")
    stayed = first.select(
        "person",
        village=pl.col("village").cast(pl.Int64),
        in_day=pl.lit(None, dtype=pl.Date),
        in_cause=pl.lit(None, dtype=pl.String),
    )
    rows = pl.concat([stayed, came])
    return rows.with_columns(village=pl.Series(keepers).gather(rows["village"]))


def _homes(residences: pl.DataFrame, day: date, keepers: Counts) -> pl.DataFrame:
    """(village, person, household, serial): the last household of each person in each village up to a day.

    Households are numbered in their village in the order in which they appear, so that a number never changes.
    """
    known = residences.filter(pl.col("from_day") <= day)
    known = known.with_columns(village=pl.Series(keepers).gather(known["village"]))
    numbers = (
        known.group_by("village", "household")
        .agg(pl.col("from_day").min())
        .sort("village", "from_day", "household")
        .with_columns(serial=pl.int_range(pl.len()).over("village") + 1)
        .select("village", "household", "serial")
    )
    last = known.sort("from_day").unique(["village", "person"], keep="last", maintain_order=True)
    return last.select("village", "person", "household").join(numbers, on=["village", "household"])


def _marital(unions: pl.DataFrame, day: date) -> pl.DataFrame:
    """(person, spouse, marital) of everybody who ever married up to a day; spouse is -1 without one."""
    known = unions.filter(pl.col("from_day") <= day)
    sides = [
        known.select("from_day", "to_day", "end", person=own, spouse=other, order=f"{own}_order")
        for own, other in (("wife", "husband"), ("husband", "wife"))
    ]
    last = pl.concat(sides).filter(pl.col("person") >= 0).sort("from_day").unique("person", keep="last")
    is_over = pl.col("to_day") <= day
    return last.select(
        "person",
        spouse=pl.when(is_over).then(_NOBODY).otherwise(pl.col("spouse")),
        marital=pl.when(is_over & (pl.col("end") == "divorce"))
        .then(pl.lit("divorced"))
        .when(is_over)
        .then(pl.lit("widowed"))
        .otherwise(pl.col("order")),
    )


def _with_heads(rows: pl.DataFrame, day: date) -> pl.DataFrame:
    """Add the head of each household: its eldest man of working age, else woman, else its eldest person."""
    age = day.year - pl.col("born").dt.year()
    standing = (
        pl.when((age >= _ADULT) & (age < _OLD))
        .then(pl.when(pl.col("sex") == "male").then(0).otherwise(1))
        .otherwise(pl.when(age >= _OLD).then(2).otherwise(3))
    )
    heads = (
        rows.select("village", "household", "person", "name", "spouse", "mother", "father", "born", order=standing)
        .sort("order", "born", "person")
        .unique(["village", "household"], keep="first", maintain_order=True)
        .select("village", "household", head_id="person", head="name", head_spouse="spouse", head_mother="mother",
                head_father="father", head_born="born")
    )  # fmt: skip
    return rows.join(heads, on=["village", "household"], how="left")


def _related(rows: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """Add ``relation`` to the head of the household, from parents and spouses alone."""
    parents = persons.select("person", "mother", "father")

    def add(frame: pl.DataFrame, of: str) -> pl.DataFrame:
        return frame.join(
            parents.rename({"mother": f"{of}_mother", "father": f"{of}_father"}), left_on=of, right_on="person",
            how="left",
        )  # fmt: skip

    for of in ("mother", "father", "spouse", "head_spouse", "head_mother", "head_father"):
        rows = add(rows, of)
    head, partner = pl.col("head_id"), pl.col("head_spouse")

    def child_of(mother: str, father: str) -> pl.Expr:
        couple = (head, partner)
        found = [(pl.col(side) == one) & (pl.col(side) >= 0) for side in (mother, father) for one in couple]
        return pl.any_horizontal(found).fill_null(value=False)

    def is_one_of(*names: str) -> pl.Expr:
        return pl.any_horizontal([pl.col("person") == pl.col(name) for name in names]).fill_null(value=False)

    same_parent = [(pl.col(side) == pl.col(f"head_{side}")) & (pl.col(side) >= 0) for side in ("mother", "father")]
    elder = pl.col("born") < pl.col("head_born")
    relation = (
        pl.when(pl.col("person") == head).then(pl.lit("head"))
        .when(pl.col("person") == partner).then(pl.lit("spouse"))
        .when(child_of("mother", "father")).then(pl.lit("child"))
        .when(is_one_of("head_mother", "head_father")).then(pl.lit("parent"))
        .when(is_one_of("head_spouse_mother", "head_spouse_father")).then(pl.lit("parent_in_law"))
        .when(child_of("spouse_mother", "spouse_father")).then(pl.lit("child_in_law"))
        .when(child_of("father_mother", "father_father")).then(pl.lit("sons_child"))
        .when(child_of("mother_mother", "mother_father")).then(pl.lit("daughters_child"))
        .when(is_one_of("head_mother_mother", "head_mother_father", "head_father_mother", "head_father_father"))
        .then(pl.lit("grandparent"))
        .when(pl.any_horizontal(same_parent).fill_null(value=False))
        .then(pl.when(elder).then(pl.lit("elder_sibling")).otherwise(pl.lit("younger_sibling")))
        .otherwise(pl.lit("other"))
    )  # fmt: skip
    return rows.with_columns(relation=relation)
