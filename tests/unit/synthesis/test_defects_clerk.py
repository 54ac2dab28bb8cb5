"""Each slip of a clerk does what its line of the registry says: what is marked differs from the clean page, no more."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from orchestration.synthesis.clerk.pages import Cell, Page
from orchestration.synthesis.defects.desk import Desk
from orchestration.synthesis.defects.registry import Defect, registry
from orchestration.synthesis.defects.spoil import SLIPS
from orchestration.synthesis.defects.written import text_of
from tests.unit.synthesis.defect_pages import FORMS, YEAR_TO_DATE, clean

CLERK = [defect for defect in registry().values() if defect.layer == "clerk"]
CASES = [(defect, form) for defect in CLERK for form in FORMS if form in defect.forms]
# A dialect of every date style and both heights of headers.
TOWNSHIPS = ("331099001000", "331099100000", "331099102000", "331099003000")
Rows = list[tuple[str, ...]]


def planted(defect: Defect, form: str, seed: int, township: str = TOWNSHIPS[1]) -> tuple[Page, Page]:
    """(clean, dirty) page after one slip; both the same if the page offers no place for it."""
    before = lawful(form, township)
    pages = {"L03": deepcopy(lawful("L03", township)), form: deepcopy(before)}
    desk = Desk(pages[form], pages, np.random.default_rng(seed), YEAR_TO_DATE)
    found = SLIPS[defect.make](desk, defect)
    assert found == bool(desk.page.marks), "a slip and its mark come together"
    return before, desk.page


@cache
def lawful(form: str, township: str) -> Page:
    return clean(form, dialect=township)


def rows_of(page: Page, keys: list[str]) -> Rows:
    return [tuple(text_of(page.columns[key][row]) for key in keys) for row in range(page.height)]


def changed(before: Page, after: Page) -> set[tuple[int, str]]:
    """Cells that differ between two pages of one shape; the 合计 row is row ``height``."""
    cells = {(row, key) for row, key in product(range(after.height), after.columns)}
    differ = {(r, k) for r, k in cells if not same(before.columns[k][r], after.columns[k][r])}
    totals = {
        key for key in (before.totals or {}) if not same((before.totals or {})[key], (after.totals or {}).get(key))
    }
    return differ | {(after.height, key) for key in totals}


def same(one: Cell, other: Cell) -> bool:
    return type(one) is type(other) and one == other


@pytest.mark.parametrize(("defect", "form"), CASES, ids=lambda value: getattr(value, "code", value))
def test_exactly_what_is_marked_differs_from_the_clean_page(defect: Defect, form: str) -> None:
    reached = 0
    for seed, township in product(range(2), TOWNSHIPS):
        before, after = planted(defect, form, seed, township)
        if not after.marks:
            assert changed(before, after) == set()
            continue
        reached += 1
        (mark,) = after.marks
        assert (mark.code, defect.scope) == (defect.code, scope_of(mark))
        assert mark.clean != mark.dirty or "mark" in defect.make
        if mark.row is None:
            assert (rows_of(before, list(before.columns)), before.headings) != (
                rows_of(after, list(after.columns)),
                after.headings,
            )
        elif mark.key is not None:
            assert changed(before, after) == {(mark.row, mark.key)}
            assert text_of(cell_at(before, mark.row, mark.key)) == mark.clean
            assert text_of(cell_at(after, mark.row, mark.key)) == mark.dirty
        else:
            assert_only_row_differs(before, after, mark.row)
    assert reached, "no page offered a place"


def scope_of(mark: object) -> str:
    row, key = mark.row, mark.key  # type: ignore[attr-defined]
    return "sheet" if row is None else "row" if key is None else "cell"


def cell_at(page: Page, row: int, key: str) -> Cell:
    return page.columns[key][row] if row < page.height else (page.totals or {})[key]


def assert_only_row_differs(before: Page, after: Page, row: int) -> None:
    keys = [key for key in before.columns if key in after.columns]
    old, new = rows_of(before, keys), rows_of(after, keys)
    assert before.totals == after.totals
    rest = new[:row] + new[row + 1 :]
    assert rest == (old if after.height > before.height else old[:row] + old[row + 1 :])
    assert after.height - before.height in (0, 1)


@pytest.mark.parametrize(
    "make", ["row_left_out", "subtotal_inside", "header_inside", "blank_rows", "two_months", "nominal_age"]
)
def test_slips_of_a_sheet_keep_all_rows_that_they_do_not_speak_of(make: str) -> None:
    for defect, form in CASES:
        if defect.make != make:
            continue
        before, after = planted(defect, form, seed=2)
        keys = [key for key in before.columns if key in after.columns]
        assert keys == list(before.columns)
        old, new = rows_of(before, keys), rows_of(after, keys)
        less, more = (new, old) if make == "row_left_out" else (old, new)
        assert is_within(less, more)
        assert make in ("nominal_age",) or len(more) > len(less)


def is_within(some: Rows, all_rows: Rows) -> bool:
    """Whether the rows stand among others in their order."""
    rest: Iterator[tuple[str, ...]] = iter(all_rows)
    return all(row in rest for row in some)


def test_what_is_cumulated_is_the_year_so_far_and_opening_and_closing_stay() -> None:
    before, after = planted(registry()["D-D19-cumulated"], "L16", 1)
    for key in before.columns:
        grown = int(YEAR_TO_DATE.get(key, 0))
        if isinstance(before.columns[key][0], int):
            assert after.columns[key][0] == before.columns[key][0] + grown
    assert not YEAR_TO_DATE.keys() & {"opening", "closing"}


def test_ten_thousands_are_the_same_money_and_the_wrong_header_is_ten_thousand_times_as_much() -> None:
    for form, key in (("L12", "amount"), ("L11", "amount"), ("L10", "funds")):
        before, right = planted(registry()["A-D11-wan"], form, 1)
        _, wrong = planted(registry()["A-D11-wan-header"], form, 1)
        assert right.money_unit == wrong.money_unit == "万元"
        assert "万元" in "".join(right.headings[key])
        assert right.headings == wrong.headings
        assert [cell * 10_000 for cell in right.columns[key]] == before.columns[key]  # type: ignore[operator]
        assert wrong.columns[key] == before.columns[key]
        if before.totals:
            assert right.totals is not None
            assert right.totals[key] * 10_000 == before.totals[key]  # type: ignore[operator]


def test_rows_do_not_slip_twice() -> None:
    page = clean("L01", rows=30)
    desk = Desk(page, {"L01": page}, np.random.default_rng(1))
    for defect in [d for d in CLERK if d.family in "AB" and d.scope != "sheet" and "L01" in d.forms] * 2:
        SLIPS[defect.make](desk, defect)
    rows = [mark.row for mark in page.marks]
    assert len(rows) > 12
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize(("defect", "form"), CASES, ids=lambda value: getattr(value, "code", value))
def test_a_sheet_without_rows_and_totals_holds_no_slip(defect: Defect, form: str) -> None:
    page = clean(form)
    page.columns = {key: [] for key in page.columns}
    page.totals = None
    desk = Desk(page, {form: page}, np.random.default_rng(1), YEAR_TO_DATE)
    assert not SLIPS[defect.make](desk, defect)
    assert page == replace(clean(form), columns={key: [] for key in page.columns}, totals=None)
