"""The clerk layer over whole workbooks: doses, determinism, and a mark for every change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product
from math import exp, sqrt

import pytest

from orchestration.synthesis.clerk.pages import Mark, Page
from orchestration.synthesis.defects import file_plan, spoil
from orchestration.synthesis.defects.dose import clerk_defects, dose_of, expected_slips
from orchestration.synthesis.defects.registry import registry
from orchestration.synthesis.options import Options
from tests.unit.synthesis.defect_pages import MONTH, YEAR_TO_DATE, clean, options, pages_of

VILLAGES = [f"3310991{town:02d}2{village:02d}" for town, village in product(range(6), range(40))]
OFFICES = [f"3310991{town:02d}000-fp" for town in range(40)]
MONTHS = range(MONTH, MONTH + 12)


@cache
def of_kind(unit: str, month: int) -> list[Page]:
    return pages_of(unit, month)


def lawful(unit: str, month: int) -> list[Page]:
    """Pages of a unit like those of every other one of its kind."""
    pages = of_kind((OFFICES if unit in OFFICES else VILLAGES)[0], month)
    return [replace(page, unit_code=unit) for page in pages]


def spoilt(unit: str, month: int, wishes: Options) -> list[Page]:
    pages = [copied(page) for page in lawful(unit, month)]
    spoil(pages, wishes, month, YEAR_TO_DATE if unit in VILLAGES else None)
    return pages


def copied(page: Page) -> Page:
    columns = {key: list(cells) for key, cells in page.columns.items()}
    return replace(
        page, columns=columns, headings=dict(page.headings), totals=page.totals and dict(page.totals), marks=[]
    )


def suffering(families: tuple[str, ...], units: list[str], wishes: Options) -> list[str]:
    return [unit for unit in units if dose_of(unit, wishes).families == families]


def is_planted(mark: Mark) -> bool:
    return registry()[mark.code].layer != "truth"


def test_under_real_names_no_clerk_does_what_reads_as_misconduct() -> None:
    misconduct = {code for code, defect in registry().items() if defect.misconduct}
    found = {}
    for real_names in (False, True):
        wishes = options(real_names=real_names)
        made = [page for unit in VILLAGES for month in MONTHS for page in spoilt(unit, month, wishes)]
        found[real_names] = {mark.code for page in made for mark in page.marks}
    clerks = {code for code in misconduct if registry()[code].layer == "clerk"}
    assert len(found[False] & clerks) >= len(clerks) - 1
    assert not found[True] & misconduct
    assert found[True] >= found[False] - misconduct


def test_without_a_dose_nothing_changes_and_nothing_is_marked() -> None:
    for unit in (VILLAGES[3], OFFICES[0]):
        assert spoilt(unit, MONTH, options(0.0)) == lawful(unit, MONTH)


@pytest.mark.parametrize("units", [VILLAGES[:80], OFFICES], ids=["villages", "offices"])
def test_a_unit_without_a_dose_is_left_clean(units: list[str]) -> None:
    untouched = suffering((), units, options())
    assert len(untouched) >= 0.4 * len(units)
    for unit in untouched:
        pages = spoilt(unit, MONTH, options())
        assert not any(is_planted(mark) for page in pages for mark in page.marks)
        assert [page.columns for page in pages] == [page.columns for page in lawful(unit, MONTH)]


@pytest.mark.parametrize("units", [VILLAGES[:120], OFFICES], ids=["villages", "offices"])
def test_every_change_is_marked_and_every_mark_is_a_change_or_lawful(units: list[str]) -> None:
    seen = Counter[str]()
    for unit, month in product(units, MONTHS[:3]):
        if not dose_of(unit, options()).families:
            continue
        for before, after in zip(lawful(unit, month), spoilt(unit, month, options()), strict=True):
            seen.update(registry()[mark.code].family for mark in after.marks)
            assert_marks_tell_all(before, after)
    assert seen.keys() == set("ABCDF")


def assert_marks_tell_all(before: Page, after: Page) -> None:
    planted = [mark for mark in after.marks if is_planted(mark)]
    if any(mark.row is None for mark in planted):
        assert len(after.marks) == 1
        assert (before.columns, before.headings, before.money_unit) != (after.columns, after.headings, after.money_unit)
        return
    assert before.headings == after.headings
    added = [mark.row for mark in planted if mark.key is None and mark.clean == ""]
    kept = [row for row in range(after.height) if row not in added]
    assert len(kept) == before.height
    differ = set()
    for key, cells in after.columns.items():
        differ |= {(row, key) for at, row in enumerate(kept) if repr(cells[row]) != repr(before.columns[key][at])}
    totals = after.totals or {}
    differ |= {(after.height, key) for key in totals if totals[key] != (before.totals or {})[key]}
    marked = {(mark.row, mark.key) for mark in planted}
    assert all((row, key) in marked or (row, None) in marked for row, key in differ)
    assert all(row in added or any(row == at and key in (None, name) for at, name in differ) for row, key in marked)
    lawful_marks = [mark for mark in after.marks if not is_planted(mark)]
    assert all(mark.clean == mark.dirty for mark in lawful_marks)
    assert not {(mark.row, mark.key) for mark in lawful_marks} & marked


@pytest.mark.parametrize("family", "ABCDF")
def test_slips_are_as_many_as_the_dose_says(family: str) -> None:
    counted: Counter[float] = Counter()
    expected: Counter[float] = Counter()
    for seed in range(2):
        wishes = options(seed=seed)
        for unit in suffering((family,), VILLAGES, wishes):
            dose = dose_of(unit, wishes)
            mean = expected_slips(dose, family, "clerk")
            for month in MONTHS:
                if file_plan(unit, month, wishes).marks:
                    continue
                for page in spoilt(unit, month, wishes):
                    if clerk_defects(family, page.form):
                        counted[dose.rate] += sum(map(is_planted, page.marks))
                        expected[dose.rate] += mean if family in "ABF" else 1 - exp(-mean)
    assert counted
    for rate, mean in expected.items():
        # A monthly report, one row, and a sheet that is wrong as a whole hold fewer than are drawn.
        slack = 0.2 * mean if family in "ABF" else 0.1 * mean
        assert mean - 4 * sqrt(mean) - slack <= counted[rate] <= mean + 4 * sqrt(mean)


def test_a_long_sheet_holds_more_slips_in_proportion() -> None:
    (unit,) = suffering(("A",), VILLAGES, options())[:1]
    found = Counter[int]()
    for rows, month in product((40, 400), range(MONTH, MONTH + 40)):
        page = clean("L01", rows, month, unit)
        spoil([page], options(), month)
        found[rows] += sum(map(is_planted, page.marks))
    mean = 40 * dose_of(unit, options()).rate
    assert abs(found[40] - mean) <= 4 * sqrt(mean)
    assert abs(found[400] - 8 * mean) <= 4 * sqrt(8 * mean)


def test_a_workbook_depends_on_its_unit_and_month_alone() -> None:
    units = [unit for unit in VILLAGES[:80] + OFFICES if dose_of(unit, options()).families]
    first = {(unit, month): spoilt(unit, month, options()) for unit, month in product(units, MONTHS[:2])}
    other = options(months=60, only=MONTH, file_format="csv")
    again = {key: spoilt(*key, other) for key in reversed(first)}
    same_file = [key for key in first if not file_plan(*key, options()).marks and not file_plan(*key, other).marks]
    assert len(same_file) > 0.6 * len(first)
    assert all(first[key] == again[key] for key in same_file)
    assert any(first[key] != spoilt(*key, options(seed=2)) for key in first)


def test_of_the_lawful_things_a_few_are_logged_and_no_slip_lies_on_them() -> None:
    pages = spoilt(suffering((), VILLAGES, options())[0], MONTH, options())
    kinds = Counter(mark.code for page in pages for mark in page.marks)
    assert kinds["F-D13-newborn"] == 0
    roster = next(page for page in lawful(VILLAGES[0], MONTH) if page.form == "L01")
    page = copied(roster)
    page.unit_code = suffering((), VILLAGES, options())[0]
    page.columns["id_no"][3] = None
    page.columns["born"][5] = "1911年3月4日"
    page.columns["id_no"][7] = "330000" + str(page.columns["id_no"][7])[6:]
    page.columns["marital"][1] = "再婚"
    for key in ("name", "born"):
        page.columns[key][9] = page.columns[key][8]
    spoil([page], options(), MONTH)
    found = {(mark.code, mark.row) for mark in page.marks}
    assert found == {
        ("F-D13-newborn", 3), ("F-centenarian", 5), ("F-D13-old-prefix", 7), ("F-remarriage", 1), ("F-namesakes", 9)
    }  # fmt: skip
