"""What the product's reader makes of each planted slip: what reads right is left alone, what a rule names is named."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers.opening import open_sheets
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reading import SheetReader, SheetReading
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.rules import catalogue
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from orchestration.synthesis.clerk.pages import Page
from orchestration.synthesis.clerk.printing import load_printed
from orchestration.synthesis.defects.desk import Desk
from orchestration.synthesis.defects.registry import Defect, registry
from orchestration.synthesis.defects.spoil import SLIPS
from orchestration.synthesis.files.sheets import Sheet, lay_out
from orchestration.synthesis.files.splice import workbook
from tests.unit.synthesis.defect_pages import FORMS, YEAR_TO_DATE, clean

CASES = [
    (defect, form)
    for defect in registry().values()
    if defect.layer == "clerk"
    for form in FORMS
    if form in defect.forms
]
RECEIVED = date(2014, 11, 3)
# One or two header rows, four styles of dates, columns in different orders.
DIALECTS = ("331099001000", "331099100000", "331099102000", "331099003000")
# Rules that the reader fires at a sheet; what else is expected is a check behind it, or nothing yet.
OF_READER = catalogue().keys() | {"duplicate"}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> SheetReader:
    divisions = compile_reference(Settings(home=tmp_path_factory.mktemp("reader")))
    return SheetReader(load_catalogue(), Units(divisions), ColumnReaders(load_catalogue(), Pseudonyms(b"k" * 32)))


@cache
def lawful(form: str, dialect: str) -> Page:
    return clean(form, rows=8, dialect=dialect)


def read(reader: SheetReader, page: Page) -> SheetReading:
    sheet: Sheet = lay_out(page, load_printed())
    (raw,) = open_sheets(workbook([sheet]))
    found, *rest = reader.read(raw, "临江镇/台账.xlsx", RECEIVED, RECEIVED)
    # Rows that have no place on the sheet are a reading of their own.
    found.findings += [finding for aside in rest for finding in aside.findings]
    return found


def said(reading: SheetReading) -> Counter[str]:
    rules = Counter(finding.rule_id for finding in reading.findings)
    rules.update([reading.rule_id] if reading.rule_id else [])
    rules["duplicate"] += reading.duplicate
    return +rules


def told(reading: SheetReading) -> dict[str, list[Any]]:
    return {name: cells for name, cells in reading.cells.items() if name != "row_id"}


def spoilt(defect: Defect, form: str, seed: int) -> tuple[Page, Page] | None:
    """(clean, dirty) page in one of the dialects, the turn of which it is by form and seed; None without a place."""
    dialect = DIALECTS[(int(form[1:]) + seed) % len(DIALECTS)]
    before = lawful(form, dialect)
    page = deepcopy(before)
    desk = Desk(page, {"L03": deepcopy(lawful("L03", dialect)), form: page}, np.random.default_rng(seed), YEAR_TO_DATE)
    return (before, page) if SLIPS[defect.make](desk, defect) else None


@pytest.mark.parametrize(("form", "dialect"), product(FORMS, DIALECTS))
def test_clean_pages_are_read_without_a_word(reader: SheetReader, form: str, dialect: str) -> None:
    reading = read(reader, lawful(form, dialect))
    assert reading.status == "accepted"
    assert reading.accepted == lawful(form, dialect).height
    assert not said(reading)


@pytest.mark.parametrize(
    ("defect", "form"),
    [case for case in CASES if not case[0].must_flag],
    ids=lambda value: getattr(value, "code", value),
)
def test_what_reads_right_comes_out_clean_and_unflagged(reader: SheetReader, defect: Defect, form: str) -> None:
    pairs = [found for seed in (0, 1) if (found := spoilt(defect, form, seed))]
    assert pairs or form == "L02" or defect.make in ("full_width", "short_year")
    for before, after in pairs:
        reading = read(reader, after)
        assert not said(reading)
        assert told(reading) == told(read(reader, before))


@pytest.mark.parametrize(
    ("defect", "form"),
    [(d, form) for d, form in CASES if d.must_flag and OF_READER & set((d.expected or "").split())],
    ids=lambda value: getattr(value, "code", value),
)
def test_what_a_rule_of_the_reader_names_is_named_at_its_row(reader: SheetReader, defect: Defect, form: str) -> None:
    expected = set((defect.expected or "").split())
    for seed in (0, 1, 2):
        pair = spoilt(defect, form, seed)
        if pair is None:
            continue
        reading = read(reader, pair[1])
        (mark,) = [mark for mark in pair[1].marks if mark.code == defect.code]
        assert expected & said(reading).keys()
        if mark.row is not None and "duplicate" not in expected:
            sheet = lay_out(pair[1], load_printed())
            rows = {finding.row for finding in reading.findings if finding.rule_id in expected}
            assert rows == {sheet.first_row + mark.row}
