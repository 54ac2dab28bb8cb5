"""Reports are late now and then, never out of order, and stand in the book of a village that exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from orchestration.synthesis.months import first_day, last_day, month_number, number_of
from orchestration.synthesis.reporting import Books, received_on, report, signed_on
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.small_truth import MERGED, OPTIONS

START = month_number(2014, 1)


def _villages(*spans: tuple[str, str]) -> pl.DataFrame:
    rows = [
        (number, f"33109900100{number}", f"甲{number}村", "331099001000", "某镇", date.fromisoformat(begin),
         date.fromisoformat(end), 0)
        for number, (begin, end) in enumerate(spans)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMAS["villages"], orient="row")


def _lineage(*rows: tuple[int, int, str, float]) -> pl.DataFrame:
    told = [(old, new, date.fromisoformat(day), share) for old, new, day, share in rows]
    return pl.DataFrame(told, schema=SCHEMAS["lineage"], orient="row")


def _events(*rows: tuple[str, str, int, int]) -> pl.DataFrame:
    """(kind, day, person, village) a row."""
    blank = (-1, None, None, None, -1)
    told = [
        (number, kind, date.fromisoformat(day), person, -1, village, *blank)
        for number, (kind, day, person, village) in enumerate(rows)
    ]
    return pl.DataFrame(told, schema=SCHEMAS["events"], orient="row")


def _many(count: int, kind: str = "birth") -> pl.DataFrame:
    days = [date(2014, 1, 1) + timedelta(days=number % 300) for number in range(count)]
    rows = sorted(zip(days, range(count), strict=True))
    return _events(*((kind, day.isoformat(), person, 0) for day, person in rows))


OPEN = ("1990-01-01", "9999-12-31")
ONE = _villages(OPEN)
NOBODY = _lineage()


def _delays(events: pl.DataFrame, reports: pl.DataFrame) -> list[int]:
    days = dict(events.select("event", "day").iter_rows())
    return [month - number_of(days[event]) for event, _, month in reports.iter_rows()]


def test_a_few_births_are_reported_one_or_two_months_late_and_no_more() -> None:
    events = _many(6000)
    delays = _delays(events, report(events, ONE, NOBODY, OPTIONS))
    assert set(delays) == {0, 1, 2}
    assert 0.02 < sum(delay > 0 for delay in delays) / len(delays) < 0.08


def test_weddings_and_divorces_are_never_late() -> None:
    for kind in ("marriage", "divorce"):
        events = _many(2000, kind)
        assert set(_delays(events, report(events, ONE, NOBODY, OPTIONS))) == {0}


@given(st.integers(1, 400), st.integers(0, 2**31), st.sampled_from(["331099", "410899"]))
def test_a_shorter_run_has_the_first_reports_of_a_longer_one(count: int, seed: int, county: str) -> None:
    options = replace(OPTIONS, seed=seed, county=county)
    events = _many(400)
    whole = report(events, ONE, NOBODY, options)
    assert report(events.head(count), ONE, NOBODY, options).equals(whole.head(count))


def test_another_seed_delays_other_events() -> None:
    events = _many(3000)
    one, other = (report(events, ONE, NOBODY, replace(OPTIONS, seed=seed)) for seed in (1, 2))
    assert not one.equals(other)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), min_size=2, max_size=60), st.integers(0, 99))
def test_what_happens_to_a_person_is_reported_in_its_order(drawn: list[tuple[int, int]], seed: int) -> None:
    kinds = ["move_in", "move_out", "birth", "death"]
    rows = [
        (kinds[person % 4], (date(2014, 1, 20) + timedelta(days=offset)).isoformat(), person, 0)
        for offset, person in sorted(drawn)
    ]
    events = _events(*rows)
    told = events.join(report(events, ONE, NOBODY, replace(OPTIONS, seed=seed)), on="event")
    for _, own in told.sort("day", "event").group_by("person"):
        assert own["reported_month"].is_sorted()


def test_what_happened_outside_is_reported_by_nobody() -> None:
    events = _events(("death", "2014-01-05", 1, 0), ("marriage", "2014-01-06", 2, -1))
    assert report(events, ONE, NOBODY, OPTIONS)["event"].to_list() == [0]


def test_a_village_that_has_ended_leaves_its_late_reports_to_its_heir() -> None:
    villages = _villages(("1990-01-01", "2014-03-01"), ("1990-01-01", "2014-03-01"), ("2014-03-01", "9999-12-31"))
    lineage = _lineage((0, 2, "2014-03-01", 1.0), (1, 2, "2014-03-01", 1.0))
    rows = [("birth", "2014-02-15", person, person % 2) for person in range(2000)]
    told = report(_events(*rows), villages, lineage, OPTIONS)
    for month, record in told.select("reported_month", "record_village").iter_rows():
        assert (record == 2) == (month >= month_number(2014, 3))
    assert told["record_village"].n_unique() == 3


def test_books_pass_on_more_than_once_and_to_the_greatest_part() -> None:
    villages = _villages(("1990-01-01", "2014-02-01"), ("2014-02-01", "2014-06-15"), OPEN, ("2014-06-15", "9999-12-31"))
    books = Books(villages, _lineage((0, 1, "2014-02-01", 1.0), (1, 3, "2014-06-15", 0.7), (1, 2, "2014-06-15", 0.3)))
    assert books.keepers(START).tolist() == [0, 1, 2, 3]
    assert books.keepers(START + 1).tolist() == [1, 1, 2, 3]
    # The list of the month's last day counts, as it does for the reader.
    assert books.keepers(START + 5).tolist() == [3, 3, 2, 3]
    assert books.reporting(START).tolist() == [0, 2]
    assert books.reporting(START + 5).tolist() == [2, 3]


@given(st.integers(0, 2**31), st.integers(START, START + 200), st.sampled_from(["331099001001", "331099001000-fp"]))
def test_reports_come_in_on_the_first_five_days_of_the_next_month(seed: int, month: int, unit: str) -> None:
    options = replace(OPTIONS, seed=seed)
    received = received_on(options, unit, month)
    assert first_day(month + 1) <= received <= first_day(month + 1) + timedelta(days=4)
    assert last_day(month) < signed_on(received) <= received
    assert received == received_on(replace(options, months=99, defects=0.1), unit, month)


def test_every_day_of_receipt_is_used() -> None:
    days = {received_on(OPTIONS, f"3310990010{number:02d}", MERGED).day for number in range(99)}
    assert days == {1, 2, 3, 4, 5}
