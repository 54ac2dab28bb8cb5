"""Versions of one submission: which is in force, and what each changed in the one before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.register import read_submissions
from orchestration.ingest.revisions import Difference, differences, rows_of, shown_columns
from orchestration.ingest.versions import versions, with_current
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import L16_HEADERS, OTHER_VALID_ID, VALID_ID, death, deaths, ledger

FIRST = "received=2014-07-05/临江镇砚池村2014年6月台账.xlsx"
SECOND = FIRST.replace("07-05", "07-20")
CANARY = "金丝雀"
Page = list[list[object]]


def _sent_twice(tmp_path: Path, name: str, one: Page, other: Page) -> Settings:
    home = books.home(tmp_path)
    books.put(home, FIRST, books.workbook({name: one}))
    books.put(home, SECOND, books.workbook({name: other}))
    ingest_landing(home)
    return home


def _changes(home: Settings, form: str) -> list[Difference]:
    layout = load_catalogue().layouts[form]
    known = versions(read_submissions(home).filter(pl.col("form") == form), None)
    old, new = (rows_of(home.lake, layout, version) for version in known.iter_rows(named=True))
    return differences(old, new, layout)


def test_a_monthly_report_shows_the_figures_that_changed(tmp_path: Path) -> None:
    pages = [ledger("村月报表", L16_HEADERS, [100, births, 1, births - 1, 0, 0, 0, 100 + births]) for births in (2, 3)]
    home = _sent_twice(tmp_path, "月报", *pages)
    known = versions(read_submissions(home), None)
    assert known.select("version_no", "received_on", "status", "is_current").rows() == [
        (1, date(2014, 7, 5), "accepted", False),
        (2, date(2014, 7, 20), "accepted", True),
    ]
    told = {change.column: (change.old, change.new) for change in _changes(home, "L16")}
    assert told == {"births": (2, 3), "births_female": (1, 2), "closing": (102, 103)}


def test_a_person_who_moved_down_the_sheet_is_found_again_and_nothing_of_him_is_shown(tmp_path: Path) -> None:
    home = _sent_twice(
        tmp_path,
        "死亡",
        deaths(death(1, CANARY + "甲", number=VALID_ID), death(2, CANARY + "乙", number=OTHER_VALID_ID)),
        deaths(
            death(1, CANARY + "丙", number="1", day="2014-06-09"),
            death(2, CANARY + "乙", number=OTHER_VALID_ID, day="2014-06-04"),
            death(3, CANARY + "丁", number=VALID_ID),
        ),
    )
    changes = _changes(home, "L03")
    assert [(change.change, change.row_new and change.row_new[-1]) for change in changes] == [
        ("added", "4"), ("changed", "5"),
    ]  # fmt: skip
    moved = changes[1]
    assert (moved.row_old or "")[-1] == "5"
    assert moved.column == "death_date"
    assert moved.is_shown == ("death_date" in shown_columns(load_catalogue().layouts["L03"]))
    text = str(changes)
    keys = pl.read_parquet(home.lake / "L03" / "*" / "*.parquet")["person_key"].drop_nulls().to_list()
    assert not [word for word in (CANARY, VALID_ID, OTHER_VALID_ID, *keys) if word in text]


def _row(number: int, **cells: object) -> dict[str, object]:
    return {"row_id": f"0123456789abcdef:1:{number}", "submission_id": "s", "batch_id": "b", "unit_code": "u", **cells}


@pytest.mark.parametrize("form", sorted(load_catalogue().layouts))
def test_no_cell_of_a_class_that_speaks_of_persons_is_ever_shown(form: str) -> None:
    layout = load_catalogue().layouts[form]
    text = [name for name, kind in layout.lake_schema.items() if kind == pl.String() and name not in _COMMON]
    old, new = (pl.DataFrame([_row(4, **dict.fromkeys(text, canary))]) for canary in (CANARY, "CANARYB"))
    found = differences(old, new, layout)
    assert {change.column for change in found} == set(text)
    private = {
        target
        for name, column in layout.columns.items()
        if column.pii != "N" or column.type in ("id", "key")
        for target in (column.into or name, column.status)
    }
    for change in found:
        assert change.column not in private or (change.old, change.new, change.is_shown) == (None, None, False)


_COMMON = ("row_id", "submission_id", "batch_id", "unit_code")
RECEIPTS = st.lists(st.tuples(st.sampled_from(["A1", "A2", "A3", None]), st.integers(0, 3)), max_size=6)


@given(RECEIPTS, RECEIPTS)
def test_every_row_is_told_once_and_like_versions_differ_in_nothing(
    one: list[tuple[str | None, int]], other: list[tuple[str | None, int]]
) -> None:
    layout = load_catalogue().layouts["L12"]

    def frame(rows: list[tuple[str | None, int]]) -> pl.DataFrame:
        cells = [_row(at, receipt_no=number, instalment_no=part) for at, (number, part) in enumerate(rows)]
        schema = {name: layout.lake_schema[name] for name in (*_COMMON, "receipt_no", "instalment_no")}
        return pl.DataFrame(cells, schema=schema)

    assert differences(frame(one), frame(one), layout) == []
    assert differences(frame(one), frame(one[::-1]), layout) == []
    found = differences(frame(one), frame(other), layout)
    added, removed = (sum(change.change == kind for change in found) for kind in ("added", "removed"))
    assert added - removed == len(other) - len(one)
    assert min(added, removed) == 0
    addresses = [(change.row_old, change.row_new, change.column) for change in found]
    assert len(addresses) == len(set(addresses))


def _sheet(submission: str, batch_no: int, status: str, received: date, **more: object) -> dict[str, object]:
    return {
        "submission_id": submission, "batch_id": f"b{batch_no}", "batch_no": batch_no, "file_sha256": submission,
        "file_path": submission, "unit_code": "u", "form": "L16", "period": "2014-06", "received_on": received,
        "stated_version": 0, "stated_date": None, "status": status, "rows_seen": 1, "accepted": 1, "quarantined": 0,
        "duplicate": 0, "non_data": 0, **more,
    }  # fmt: skip


def test_the_latest_reading_decides_and_a_later_refusal_does_not_supersede() -> None:
    register = pl.DataFrame(
        [
            _sheet("a", 1, "accepted", date(2014, 7, 9)),
            _sheet("a", 2, "duplicate", date(2014, 7, 2)),
            _sheet("b", 1, "accepted", date(2014, 7, 5)),
            _sheet("b", 3, "quarantined", date(2014, 7, 5)),
            _sheet("c", 1, "quarantined", date(2014, 7, 20)),
            _sheet("d", 1, "partial", date(2014, 7, 1), stated_version=1),
        ],
        schema_overrides={"stated_date": pl.Date()},
    )
    known = versions(register, None)
    assert known.select("submission_id", "version_no", "status", "is_current").rows() == [
        ("d", 1, "partial", False), ("a", 2, "accepted", True), ("b", 3, "quarantined", False),
        ("c", 4, "quarantined", False),
    ]  # fmt: skip
    in_june = versions(register, date(2014, 7, 1))
    assert in_june.select("submission_id", "is_current").rows() == [("d", True)]
    sheets = with_current(register, None)
    assert sheets.filter("is_current").select("submission_id", "batch_no").rows() == [("a", 1)]
    assert sheets.height == register.height
