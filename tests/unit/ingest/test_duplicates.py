"""Rows that repeat an earlier one, and the number by which the tables of one file are known to be the same."""

from __future__ import annotations

from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.duplicates import without_duplicates
from orchestration.ingest.headers import Binding
from orchestration.ingest.layout import load_catalogue

SERIAL, DATE, PLACE, PHONE = range(4)


def compare(*rows: list[object]) -> tuple[list[int], int | None]:
    headers = dict(enumerate(["序号", "死亡日期", "死亡地点", "联系电话"]))
    layout = load_catalogue().layouts["L03"]
    binding = Binding(layout, {"death_date": DATE}, headers, {}, serial=(SERIAL,), blocked=frozenset({PHONE}))
    return without_duplicates(RawSheet(1, "死亡", list(rows)), binding, list(range(len(rows))))


def test_a_row_that_differs_by_its_serial_number_or_a_blocked_cell_alone_is_a_repetition() -> None:
    first, again, other = [1.0, "2014-05-01", "家中", "1"], [2.0, "2014-05-01", "家中", "2"], [3.0, "", "家中", ""]
    kept, number = compare(first, again, other)
    assert kept == [0, 2]
    assert number == compare(first, other)[1]


def test_tables_are_the_same_when_every_cell_but_the_blocked_ones_is() -> None:
    table = [1.0, "2014-05-01", "家中", "1"], [2.0, "2014-05-02", "家中", "1"]
    numbers = {compare(*rows)[1] for rows in (
        table,
        ([1.0, "2014-05-01", "家中", "9"], [2.0, "2014-05-02", "家中", "9"]),
        ([3.0, "2014-05-01", "家中", "1"], [2.0, "2014-05-02", "家中", "1"]),
        ([1.0, "2014-05-02", "家中", "1"], [2.0, "2014-05-01", "家中", "1"]),
        table[:1],
    )}  # fmt: skip
    assert len(numbers) == 4


def test_a_table_without_rows_has_no_number() -> None:
    assert compare() == ([], None)
