"""What must hold of the people of every county, whatever the rates."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.small_counties import lived, month_column

START, MONTHS, MERGER = 24168, 30, date(2015, 3, 1)
FUTURE = {
    "persons": ["died"],
    "residences": ["to_day", "exit"],
    "unions": ["to_day", "end"],
    "events": [],
    "floats": ["to_day"],
}
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module", params=["331099", "410899"])
def county(request: pytest.FixtureRequest) -> Tables:
    return lived(request.param, 7, 6000, MONTHS, merger=MERGER)


def events_with_homes(county: Tables) -> pl.DataFrame:
    """Every event beside every span of its person."""
    return county["events"].join(county["residences"], on="person", suffix="_home")


def test_tables_are_as_the_contract_says(county: Tables) -> None:
    for name, columns in FUTURE.items():
        assert dict(county[name].schema) == SCHEMAS[name], name
        assert columns or name == "events"
    for name, key in (("persons", "person"), ("events", "event"), ("floats", "float")):
        assert county[name][key].to_list() == list(range(county[name].height))
    may_be_null = {"died", "other_place", "cause", "birth_order"}
    for name in FUTURE:
        empty = {column for column, count in county[name].null_count().to_dicts()[0].items() if count}
        assert empty <= may_be_null, name


def test_events_stand_in_the_order_of_days(county: Tables) -> None:
    assert county["events"]["day"].is_sorted()
    assert county["events"]["day"].min() >= first_day(START)
    assert county["events"]["day"].max() <= last_day(START + MONTHS - 1)


def test_a_village_closes_with_what_came_and_went(county: Tables) -> None:
    homes, events, villages = county["residences"], county["events"], county["villages"]
    signs = {"birth": 1, "move_in": 1, "death": -1, "move_out": -1}
    net = (
        events.with_columns(
            month_column("day").alias("month"), pl.col("kind").replace_strict(signs, default=0).alias("sign")
        )
        .group_by("village", "month")
        .agg(pl.col("sign").sum())
    )
    flows = {(village, month): sign for village, month, sign in net.iter_rows()}

    def stock(village: int, day: date) -> int:
        return homes.filter(pl.col("village") == village, pl.col("from_day") <= day, pl.col("to_day") > day).height

    checked = 0
    for village, begins, ends in villages.select("village", "valid_from", "valid_to").iter_rows():
        for month in range(START, START + MONTHS):
            if begins <= first_day(month) < ends:
                merged = homes.filter(pl.col("village") == village, pl.col("entry") == "merger")
                began = merged.filter(pl.col("from_day") == first_day(month)).height
                opening = stock(village, last_day(month - 1)) + began
                assert stock(village, last_day(month)) == opening + flows.get((village, month), 0)
                checked += 1
            else:
                assert stock(village, last_day(month)) == 0
                assert (village, month) not in flows
    assert checked == 7 * 14 + 7 * 16


def test_first_people_are_as_many_as_wanted(county: Tables) -> None:
    first = county["residences"].filter(pl.col("entry") == "initial")
    assert first.height == 6000
    assert first["from_day"].unique().to_list() == [last_day(START - 1)]
    wanted = dict(county["villages"].select("village", "persons_wanted").iter_rows())
    for village, persons in first.group_by("village").len().iter_rows():
        assert abs(persons - wanted[village]) <= 15


def test_nobody_is_in_two_places(county: Tables) -> None:
    spans = county["residences"].sort("person", "from_day", "to_day")
    after = spans.with_columns(pl.col("from_day").shift(-1).over("person").alias("next"))
    assert after.filter(pl.col("next") < pl.col("to_day")).is_empty()
    assert spans.filter(pl.col("to_day") < pl.col("from_day")).is_empty()
    gap = after.filter(pl.col("exit").is_in(["merger", "household"]), pl.col("next") != pl.col("to_day"))
    assert gap.is_empty()
    assert after.filter(pl.col("exit").is_in(["merger", "household"]) & pl.col("next").is_null()).is_empty()


def test_a_household_has_one_village_on_a_day(county: Tables) -> None:
    for month in range(START - 1, START + MONTHS, 5):
        day = last_day(month)
        here = county["residences"].filter(pl.col("from_day") <= day, pl.col("to_day") > day)
        assert here.group_by("household").agg(pl.col("village").n_unique())["village"].max() == 1


def test_whoever_an_event_befalls_lives_there(county: Tables) -> None:
    beside = events_with_homes(county)
    same = beside.filter(pl.col("village") == pl.col("village_home"))
    comes = same.filter(pl.col("kind").is_in(["birth", "move_in"]), pl.col("day") == pl.col("from_day"))
    goes = same.filter(pl.col("kind").is_in(["death", "move_out"]), pl.col("day") == pl.col("to_day"))
    stays = same.filter(
        pl.col("kind").is_in(["marriage", "divorce"]),
        pl.col("from_day") <= pl.col("day"),
        pl.col("day") <= pl.col("to_day"),
    )
    found = set(comes["event"]) | set(goes["event"]) | set(stays["event"])
    assert found == set(county["events"]["event"])


def test_spans_begin_and_end_for_a_reason_that_is_an_event(county: Tables) -> None:
    homes, events = county["residences"], county["events"]
    for column, day, words in (
        ("entry", "from_day", {"birth": "birth", "move": "move_in"}),
        ("exit", "to_day", {"death": "death", "move": "move_out"}),
    ):
        for word, kind in words.items():
            spans = homes.filter(pl.col(column) == word).select("person", "village", day=day).sort(pl.all())
            told = events.filter(pl.col("kind") == kind).select("person", "village", "day").sort(pl.all())
            assert spans.equals(told), (column, word)
    assert homes.filter((pl.col("exit") == "open") != (pl.col("to_day") == date(9999, 12, 31))).is_empty()


def test_nobody_dies_twice_and_nothing_follows_death(county: Tables) -> None:
    deaths = county["events"].filter(pl.col("kind") == "death")
    assert deaths["person"].is_unique().all()
    persons = county["persons"].filter(pl.col("died").is_not_null()).select("person", "died")
    assert persons.equals(deaths.select("person", died="day").sort("person"))
    after = events_with_homes(county).join(persons, on="person").filter(pl.col("day") > pl.col("died"))
    assert after.is_empty()
    bore = county["events"].filter(pl.col("kind") == "birth").join(persons, left_on="partner", right_on="person")
    assert bore.filter(pl.col("day") > pl.col("died")).is_empty()
    assert county["residences"].join(persons, on="person").filter(pl.col("to_day") > pl.col("died")).is_empty()


def test_moves_within_the_county_pair_up(county: Tables) -> None:
    moves = county["events"].filter(pl.col("kind").str.starts_with("move"))
    inside = moves.filter(pl.col("other_village") >= 0)
    assert inside.filter(pl.col("link") < 0).is_empty()
    pairs = inside.join(moves, left_on="link", right_on="event", suffix="_2")
    assert pairs.height == inside.height > 20
    fits = (
        (pl.col("kind") != pl.col("kind_2"))
        & (pl.col("day") == pl.col("day_2"))
        & (pl.col("person") == pl.col("person_2"))
        & (pl.col("cause") == pl.col("cause_2"))
        & (pl.col("village") == pl.col("other_village_2"))
        & (pl.col("village") != pl.col("other_village"))
        & (pl.col("link_2") == pl.col("event"))
    )
    assert pairs.filter(~fits).is_empty()
    outside = moves.filter(pl.col("other_village") < 0)
    assert outside.filter((pl.col("link") >= 0) | pl.col("other_place").is_null()).is_empty()
    rest = county["events"].filter(~pl.col("kind").str.starts_with("move"))
    assert rest.filter(
        (pl.col("link") >= 0) | pl.col("cause").is_not_null() | (pl.col("other_village") >= 0)
    ).is_empty()


def test_stays_belong_to_people_who_live_in_that_village(county: Tables) -> None:
    away = county["floats"].filter(pl.col("flow") == "out")
    assert away.height > 100
    homes = county["residences"].rename({"from_day": "home_from", "to_day": "home_to", "village": "home"})
    fits = away.join(homes, on="person").filter(
        pl.col("home") == pl.col("village"),
        pl.col("home_from") <= pl.max_horizontal("from_day", pl.lit(last_day(START - 1))),
    )
    assert fits["float"].n_unique() == away.height
    spans = away.sort("person", "from_day").with_columns(pl.col("from_day").shift(-1).over("person").alias("next"))
    assert spans.filter(pl.col("next") < pl.col("to_day")).is_empty()
    assert county["floats"].filter(pl.col("to_day") < pl.col("from_day")).is_empty()
    assert county["floats"].filter(pl.col("flow") == "in")["person"].unique().to_list() == [-1]
    valid = county["floats"].join(county["villages"], on="village")
    assert valid.filter(pl.col("from_day") >= pl.col("valid_to")).is_empty()
    assert valid.filter((pl.col("to_day") > pl.col("valid_to")) & (pl.col("valid_to").dt.year() < 9999)).is_empty()


@pytest.mark.parametrize("shorter", [1, 6])
def test_a_longer_run_only_adds(shorter: int) -> None:
    merger = date(2014, 4, 1)
    long = lived("530899", 5, 1500, 12, merger=merger)
    short = lived("530899", 5, 1500, shorter, merger=merger)
    for name, future in FUTURE.items():
        head = long[name].head(short[name].height)
        assert short[name].drop(future).equals(head.drop(future)), name
        assert short[name].height <= long[name].height
    last = last_day(START + shorter - 1)
    for name in ("residences", "unions", "floats"):
        head = long[name].head(short[name].height)
        known = head.filter(pl.col("to_day") <= last)
        assert known.equals(short[name].filter(pl.col("to_day") < date(9999, 12, 31))), name


def test_the_same_seed_makes_the_same_county_and_another_does_not() -> None:
    one, again, other = (lived("331099", 4, 800, 3, seed=seed) for seed in (5, 5, 6))
    assert all(one[name].equals(again[name]) for name in one)
    assert not one["persons"].equals(other["persons"])


def test_who_leaves_a_household_together_goes_to_one_place(county: Tables) -> None:
    out = (
        county["events"]
        .filter(pl.col("kind") == "move_out")
        .join(
            county["residences"].filter(pl.col("exit") == "move"),
            left_on=["person", "day"],
            right_on=["person", "to_day"],
        )
    )
    together = out.group_by("household", "day").agg(
        pl.len(), pl.col("other_place").n_unique().alias("places"), pl.col("other_village").n_unique().alias("villages")
    )
    families = together.filter(pl.col("len") > 2)
    assert families.height > 3
    assert (families["places"] == 1).all()
    assert (families["villages"] == 1).all()
