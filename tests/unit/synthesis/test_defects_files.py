"""The file layer: plans by unit and month alone, damaged bytes, and the first version of what is sent again."""

from __future__ import annotations

import zipfile
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from itertools import product
from math import exp, sqrt
from pathlib import Path

import numpy as np
import pytest

from orchestration.ingest.containers.opening import Refusal, open_sheets
from orchestration.synthesis.clerk.pages import Mark
from orchestration.synthesis.clerk.printing import load_printed
from orchestration.synthesis.defects import FilePlan, before_correction, damage, file_plan, spoil
from orchestration.synthesis.defects.dose import dose_of, expected_slips
from orchestration.synthesis.defects.file import plan_of
from orchestration.synthesis.defects.registry import registry
from orchestration.synthesis.files.sheets import lay_out
from orchestration.synthesis.files.splice import workbook
from tests.unit.synthesis.defect_pages import MONTH, OFFICE, VILLAGE, clean, options, pages_of

UNITS = [f"3310991{town:02d}2{village:02d}" for town, village in product(range(6), range(40))]
UNITS += [f"3310991{town:02d}000-fp" for town in range(40)]
MONTHS = range(MONTH, MONTH + 12)
PLAIN = FilePlan(VILLAGE, MONTH, MONTH, MONTH)


def test_no_dose_no_plan() -> None:
    assert all(file_plan(unit, MONTH, options(0.0)) == FilePlan(unit, MONTH, MONTH, MONTH) for unit in UNITS)


def test_a_workbook_suffers_one_slip_at_most_of_a_family_of_its_unit_as_often_as_its_dose_says() -> None:
    hits: Counter[str] = Counter()
    mean: Counter[str] = Counter()
    for unit, month in product(UNITS, MONTHS):
        dose, plan = dose_of(unit, options()), file_plan(unit, month, options())
        assert len(plan.marks) <= 1
        assert bool(plan.marks) == (plan != FilePlan(unit, month, month, month))
        for _, mark in plan.marks:
            assert registry()[mark.code].family in dose.families
        if len(dose.families) == 1:
            (family,) = dose.families
            hits[family] += len(plan.marks)
            mean[family] += 1 - exp(-expected_slips(dose, family, "file")) if family in "CDF" else 0  # type: ignore[assignment]
    for family in "CDF":
        assert abs(hits[family] - mean[family]) <= 4 * sqrt(mean[family])
    assert hits["A"] == hits["B"] == 0


def test_a_plan_does_not_depend_on_what_else_is_written_and_only_the_first_month_has_none_before_it() -> None:
    wishes = options()
    plans = {(unit, month): file_plan(unit, month, wishes) for unit, month in product(UNITS, MONTHS)}
    other = replace(wishes, months=60, only=MONTH)
    assert all(file_plan(unit, month, other) == plan for (unit, month), plan in reversed(plans.items()))
    first = replace(wishes, start=MONTH)
    assert all(file_plan(unit, MONTH, first).content_month == MONTH for unit in UNITS)
    assert any(plan.content_month < month for (_, month), plan in plans.items())


def test_the_pages_of_a_planned_workbook_are_left_clean() -> None:
    wishes = options()
    planned = [(unit, month) for unit, month in product(UNITS, MONTHS) if file_plan(unit, month, wishes).marks]
    assert len(planned) > 20
    for unit, month in planned[:20]:
        pages = pages_of(unit, month)
        before = deepcopy(pages)
        spoil(pages, wishes, month)
        assert pages == before


@pytest.mark.parametrize("code", ["C-tabs", "C-D23-hidden-copy", "C-D24-web-page", "C-truncated", "F-D01-gb18030"])
def test_what_only_a_workbook_can_suffer_is_not_planned_for_text_and_bundles(code: str) -> None:
    for file_format in ("csv", "parquet"):
        wishes = options(file_format=file_format)
        assert plan_of(registry()[code], PLAIN, wishes, np.random.default_rng(1)) is None


def test_a_slip_of_a_form_that_is_not_written_is_not_planned() -> None:
    wishes = options(forms=("L16",))
    assert plan_of(registry()["C-tabs"], PLAIN, wishes, np.random.default_rng(1)) is None
    assert plan_of(registry()["C-D01-mojibake"], PLAIN, wishes, np.random.default_rng(1)) is None
    plan = plan_of(registry()["C-title-month"], PLAIN, wishes, np.random.default_rng(1))
    assert plan is not None
    assert plan.titles.keys() == {"L16"}


@pytest.mark.parametrize(
    ("kind", "rule"), [("truncated", "file.truncated"), ("web_page", "file.html"), ("empty_book", None)]
)
def test_a_damaged_workbook_is_what_its_plan_says(tmp_path: Path, kind: str, rule: str | None) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook([lay_out(clean("L02"), load_printed()), lay_out(clean("L16"), load_printed())]))
    whole = path.read_bytes()
    damage(PLAIN, path)
    assert path.read_bytes() == whole
    damage(replace(PLAIN, damage=kind), path)
    if rule is None:
        sheets = list(open_sheets(path.read_bytes()))
        assert [sheet.name for sheet in sheets] == ["出生登记表", "村月报表"]
        assert not any(cell for sheet in sheets for row in sheet.rows for cell in row)
        assert b"2014-01-01" in zipfile.ZipFile(path).read("docProps/core.xml"), "no word of the day it was made"
        return
    with pytest.raises(Refusal, match=rule):
        list(open_sheets(path.read_bytes()))


def test_damaged_text_is_mojibake_that_can_be_mended_or_in_no_encoding(tmp_path: Path) -> None:
    path = tmp_path / "出生.csv"
    path.write_bytes("人口,出生日期\r\n".encode("gb18030"))
    damage(replace(PLAIN, damage="mojibake"), path)
    assert path.read_text("utf-8").startswith("ÈË¿Ú")
    (sheet,) = open_sheets(path.read_bytes())
    assert sheet.rows[0][0] == "人口"
    path.write_bytes("人口,出生日期\r\n".encode())
    damage(replace(PLAIN, damage="undecodable"), path)
    with pytest.raises(Refusal, match=r"file\.undecodable"):
        list(open_sheets(path.read_bytes()))


@pytest.mark.parametrize(("unit", "form", "key"), [(VILLAGE, "L16", "closing"), (OFFICE, "L12", "amount")])
def test_the_first_version_differs_in_one_figure_and_the_pages_stay_right(unit: str, form: str, key: str) -> None:
    pages = pages_of(unit)
    pages[0].marks.append(Mark("F-notes", None, None, "", ""))
    first = deepcopy(pages)
    before_correction(first, replace(PLAIN, marks=((None, Mark("D-D21-resubmitted", None, None, "", "")),)))
    marked = [(page.form, mark.row, mark.key) for page in first for mark in page.marks]
    differ = [
        (old.form, row, name)
        for old, new in zip(pages, first, strict=True)
        for name, cells in new.columns.items()
        for row, cell in enumerate(cells)
        if cell != old.columns[name][row]
    ]
    page = next(page for page in pages if page.form == form)
    assert marked == differ == [(form, page.height - 1, key)]
    assert [old.totals for old in pages] == [new.totals for new in first]
