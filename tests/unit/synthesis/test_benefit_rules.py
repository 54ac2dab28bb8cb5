"""Who meets the rule of a programme: children of both parents counted, in a county that lived and in one by hand."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest

from orchestration.synthesis import benefits
from orchestration.synthesis.benefits.children import children_of
from orchestration.synthesis.months import first_day, last_day, month_number, number_of
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import typed
from tests.unit.synthesis.small_counties import lived

COUNTY, VILLAGES, PERSONS, MONTHS = "331099", 10, 20_000, 60
START = month_number(2014, 1)
ONE_CHILD_AT_MOST = ["jf", "yl", "tf_d", "tf_s", "ws"]
OPEN_END = date(9999, 12, 31)


@cache
def register() -> dict[str, pl.DataFrame]:
    """A county that lived five years, so large that some of its parents lost their only child."""
    return lived(COUNTY, VILLAGES, PERSONS, MONTHS, start=START)


@cache
def county(defects: float) -> dict[str, pl.DataFrame]:
    """The county with its benefits."""
    truth = register()
    options = Options(COUNTY, VILLAGES, PERSONS, MONTHS, 1, START, defects=defects)
    return truth | benefits.simulate(truth, COUNTY, options, START + MONTHS - 1)


def children_before(tables: dict[str, pl.DataFrame], side: str, programmes: list[str]) -> pl.DataFrame:
    """(benefit, programme, applied_day, child's born and died) of the children born before a row's first month."""
    rows = tables["benefits"].filter(pl.col("programme").is_in(programmes))
    reference = [first_day(month) for month in rows["from_month"].to_list()]
    children = tables["persons"].filter(pl.col(side) >= 0).select(pl.col(side).alias("parent"), "born", "died")
    return (
        rows.select("benefit", "programme", "applied_day", "person")
        .with_columns(reference=pl.Series(reference, dtype=pl.Date))
        .join(children, left_on="person", right_on="parent")
        .filter(pl.col("born") < pl.col("reference"))
    )


@pytest.mark.parametrize("defects", [0.0, 1.0])
@pytest.mark.parametrize("side", ["mother", "father"])
def test_nobody_has_more_than_one_child_whether_mother_or_father(side: str, defects: float) -> None:
    found = children_before(county(defects), side, ONE_CHILD_AT_MOST)
    assert found["benefit"].is_unique().all()
    assert found.height > 10


def test_every_programme_reaches_men_and_women_who_meet_its_rule() -> None:
    tables = county(0.0)
    assert set(tables["benefits"]["programme"]) == {*ONE_CHILD_AT_MOST, "dz", "ns", "bx"}
    sexes = tables["benefits"].join(tables["persons"], on="person").filter(pl.col("programme") == "jf")["sex"]
    assert set(sexes) == {"male", "female"}


@pytest.mark.parametrize("programme", ["tf_d", "ws"])
def test_the_only_child_of_the_bereaved_has_died(programme: str) -> None:
    tables = county(0.0)
    rows = tables["benefits"].filter(pl.col("programme") == programme)
    children = pl.concat([children_before(tables, side, [programme]) for side in ("mother", "father")])
    assert sorted(children["benefit"]) == sorted(rows["benefit"])
    assert rows.height > 0
    assert (children["died"] <= children["applied_day"]).all()
    assert children["died"].null_count() == 0


def test_the_only_child_of_those_with_the_other_aid_lives() -> None:
    tables = county(0.0)
    rows = tables["benefits"].filter(pl.col("programme") == "tf_s")
    children = pl.concat([children_before(tables, side, ["tf_s"]) for side in ("mother", "father")])
    assert sorted(children["benefit"]) == sorted(rows["benefit"])
    assert rows.height > 0
    first = pl.date(children["applied_day"].dt.year(), 1, 2)
    assert children.filter(pl.col("died") <= first).is_empty()


def test_what_is_paid_once_is_paid_once() -> None:
    rows = county(0.0)["benefits"].filter(pl.col("programme") == "ws")
    assert rows["person"].is_unique().all()


def test_months_end_with_death_and_nothing_is_due_to_who_died_before_the_first() -> None:
    tables = county(0.0)
    paid = tables["benefits"].join(tables["persons"].select("person", "died"), on="person").drop_nulls("paid_day")
    dead = paid.filter(pl.col("died") <= pl.col("paid_day"))
    assert dead.height > 3
    assert dead["to_month"].to_list() == [number_of(day) for day in dead["died"]]
    assert (paid["due_fen"] > 0).all()
    given = tables["appropriations"].group_by("programme", "year").agg(pl.col("paid_fen").sum())
    sums = paid.group_by("programme", "year").agg(pl.col("paid_fen").sum())
    both = given.join(sums, on=["programme", "year"], suffix="_to_persons")
    assert (both["paid_fen"] == both["paid_fen_to_persons"]).all()


def test_children_count_for_mother_and_father() -> None:
    day = date(2014, 12, 31)
    persons = [(-1, -1, None), (-1, -1, None), (0, 1, date(2014, 5, 1)), (0, 1, None), (-1, 1, date(2015, 2, 1))]
    found = children_of(_persons(persons), day, day).sort("parent")
    assert found.select("parent", "children", "living").rows() == [(0, 2, 1), (1, 3, 2)]
    assert found["last_died"].to_list() == [date(2014, 5, 1)] * 2


@pytest.mark.parametrize(
    ("died", "programmes"),
    [
        ([None], {"tf_s"}),
        ([date(2015, 1, 2)], {"tf_d", "ws"}),
        ([date(2015, 1, 3)], {"tf_s", "ws"}),
        ([date(2014, 4, 2)], {"tf_d"}),
        ([date(2014, 4, 3)], {"tf_d", "ws"}),
        ([date(2014, 6, 1), None], set()),
        ([date(2014, 6, 1), date(2014, 7, 1)], set()),
        ([], set()),
    ],
)
@pytest.mark.parametrize("side", ["mother", "father"])
def test_a_bereaved_parent_by_hand(
    side: str, died: list[date | None], programmes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = benefits.people.figures()
    certain = {name: dict(plan) | {"share": 1.0} for name, plan in figures["programmes"].items()}
    monkeypatch.setattr(benefits.people, "figures", lambda: dict(figures) | {"programmes": certain})
    rows = [(-1, -1, None), *((0, -1, day) if side == "mother" else (-1, 0, day) for day in died)]
    persons = _persons(rows).with_columns(
        born=pl.when(pl.col("person") == 0).then(date(1963, 1, 1)).otherwise(date(1990, 1, 1))
    )
    options = Options(COUNTY, 1, 20, 12, 3, month_number(2015, 1))
    places = [("331099100000", 0, 20)]
    truth = {
        "persons": persons,
        "villages": pl.DataFrame(places, schema=["township_code", "village", "persons_wanted"], orient="row"),
        "residences": persons.select(
            "person", village=pl.lit(0), from_day=pl.lit(first_day(options.start) - timedelta(days=1)),
            to_day=pl.col("died").fill_null(OPEN_END), entry=pl.lit("initial"),
        ),
    }  # fmt: skip
    table = benefits.simulate(truth, COUNTY, options, options.start + 11)["benefits"]
    assert table.filter(pl.col("applied_day") > last_day(options.start + 11)).is_empty()
    assert set(table.filter(pl.col("person") == 0)["programme"]) == programmes


def _persons(rows: list[tuple[int, int, date | None]]) -> pl.DataFrame:
    """Persons from (mother, father, died), in their order."""
    return typed(
        "persons",
        pl.DataFrame(
            {
                "person": range(len(rows)),
                "sex": ["female"] * len(rows),
                "born": [date(1990, 1, 1)] * len(rows),
                "name": ["虚构"] * len(rows),
                "id_no": [None] * len(rows),
                "id_day": [None] * len(rows),
                "mother": [row[0] for row in rows],
                "father": [row[1] for row in rows],
                "hukou_type": ["agricultural"] * len(rows),
                "died": pl.Series([row[2] for row in rows], dtype=pl.Date),
            }
        ),
    )
