"""A spliced workbook says what the page says, to calamine and to openpyxl, whatever stands in its cells."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ingest.containers.opening import open_sheets
from orchestration.synthesis.clerk.pages import Cell, Page
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS, load_printed
from orchestration.synthesis.clerk.village_pages import pages
from orchestration.synthesis.files.csv_text import GB18030, UTF8, text_file
from orchestration.synthesis.files.sheets import Sheet, lay_out
from orchestration.synthesis.files.skeleton import column_letters
from orchestration.synthesis.files.splice import workbook
from orchestration.synthesis.months import month_number
from tests.unit.synthesis.small_truth import OPTIONS, START, people

PRINTED = load_printed()
BY_DIALECT = {PRINTED.dialect(f"331099{n:03d}000"): f"331099{n:03d}000" for n in range(1, 300)}
ODD = [
    "a & b < c > d", "  two before, one after ", "tab\there", "two\nlines", "bell\x07", "_x0041_ is no A", "'quoted'",
    '"double"', "　全角空格　", "１９４９", "鿏𠮷", "", "\x1f", "]]>", "=1+1", "0012", "line\r\nbreak", "\ufffe",
    "x" * 40,
]  # fmt: skip
NUMBERS: list[Cell] = [0, -3, 18, 2.5, 3.31002198701013e17, 0.1 + 0.2, Decimal("1234.50"), Decimal("1E+3"), -0.04]


def page_of(columns: dict[str, list[Cell]], **more: object) -> Page:
    headings = {key: ("", f"栏{number}") for number, key in enumerate(columns)}
    about = Page(
        "L03", "331099001001", "甲镇乙村", "331099001000", month_number(2014, 5), date(2014, 6, 2), headings, columns
    )
    return replace(about, **more)  # type: ignore[arg-type]


def read(content: bytes, number: int = 0) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(number).to_python(skip_empty_area=False)


def as_read(cell: Cell) -> object:
    """What calamine gives for a cell."""
    if cell is None:
        return ""
    return float(cell) if isinstance(cell, int | float | Decimal) else cell


def body(sheet: Sheet, rows: list[list[object]]) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows[sheet.first_row - 1 : sheet.first_row - 1 + sheet.height]]


@pytest.mark.parametrize("dialect", BY_DIALECT)
@pytest.mark.parametrize("style", PRINTED.habits["date_styles"])
def test_every_cell_of_every_dialect_is_read_back(dialect: str, style: str) -> None:
    township, day = BY_DIALECT[dialect], date(1987, 10, 3)
    made = []
    for form in DEFAULT_FORMS:
        headings = PRINTED.columns(form, township)
        cells = ["张三", 5, None, PRINTED.write_date(day, style), PRINTED.write_month(day, style), Decimal("12.30")]
        columns = {key: [cells[(at + row) % 6] for row in range(7)] for at, key in enumerate(headings)}
        totals: dict[str, Cell] | None = dict.fromkeys(headings, 7) if form in ("L16", "L12") else None
        made.append(page_of(columns, form=form, headings=headings, township_code=township, totals=totals))
    sheets = [lay_out(page, PRINTED) for page in made]
    content = workbook(sheets)
    names = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == [PRINTED.sheet(page.form) for page in made]
    for number, (page, sheet) in enumerate(zip(made, sheets, strict=True)):
        rows = read(content, number)
        assert rows[0][0] == sheet.title
        assert "虚构数据" in sheet.title
        assert [cell for cell in rows[1] if cell] == list(sheet.unit_line)
        lower = rows[sheet.first_row - 2]
        for at, (upper, text) in enumerate(page.headings.values()):
            assert text in (lower[at], rows[2][at])
            assert not upper or lower[at] == text
        assert body(sheet, rows) == [tuple(map(as_read, row)) for row in zip(*page.columns.values(), strict=True)]
        below = rows[sheet.first_row - 1 + sheet.height :]
        if page.totals is not None:
            assert below.pop(0)[:3] == ["合计", 7.0, 7.0]
        assert [row[0] for row in below[:-1]] == list(sheet.notes)
        assert [cell for cell in below[-1] if cell] == list(sheet.signature)


def test_merged_header_cells_cover_their_columns() -> None:
    headings = PRINTED.columns("L02", BY_DIALECT["plain"])
    sheet = lay_out(page_of({key: ["甲"] for key in headings}, form="L02", headings=headings), PRINTED)
    book = openpyxl.load_workbook(io.BytesIO(workbook([sheet])))
    merged = {str(area) for area in book.worksheets[0].merged_cells.ranges}
    assert {f"A1:{column_letters(len(headings) - 1)}1", "F3:H3", "A3:A4"} <= merged
    assert book.worksheets[0].dimensions == f"A1:{column_letters(len(headings) - 1)}7"


@pytest.mark.parametrize("number", range(6))
def test_odd_texts_and_numbers_survive(number: int) -> None:
    page = page_of({"one": [*ODD], "two": [*ODD[number:], *ODD[:number]], "three": [*NUMBERS, *NUMBERS, None]})
    sheet = lay_out(page, PRINTED)
    rows = body(sheet, read(workbook([sheet])))
    for (one, two, three), first, second, third in zip(rows, *page.columns.values(), strict=True):
        for found, cell in ((one, first), (two, second)):
            # A carriage return and the other controls are told as Excel tells them; what is no text is replaced.
            plain = str(found).replace("_x000D_", "\r").replace("_x0007_", "\x07").replace("_x001F_", "\x1f")
            assert plain.replace("_x005F_x0041_", "_x0041_") == str(cell).replace("\ufffe", "\ufffd")
        assert three == (as_read(third) if third is not None else "")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=6))
def test_any_text_survives_in_both_readers(texts: list[str]) -> None:
    texts = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    sheet = lay_out(page_of({"one": [*texts], "two": [1] * len(texts)}), PRINTED)
    content = workbook([sheet])
    found = [row[0] for row in body(sheet, read(content))]
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    also = [page.cell(sheet.first_row + at, 1).value or "" for at in range(sheet.height)]
    assert found == also == texts


def test_dates_are_dates_unless_a_workbook_cannot_know_them() -> None:
    days: list[Cell] = [date(1900, 3, 1), date(1949, 12, 31), date(2014, 5, 27), date(1899, 1, 1)]
    sheet = lay_out(page_of({"one": days, "two": [*days[::-1]]}), PRINTED)
    rows = body(sheet, read(workbook([sheet])))
    assert rows[:3] == [(date(1900, 3, 1), "1899-01-01"), (days[1], days[2]), (days[2], days[1])]
    assert rows[3][0] == "1899-01-01"


def test_the_same_cells_give_the_same_bytes_and_no_clock_is_asked() -> None:
    unit = next(pages(people(), PRINTED, OPTIONS, START))
    content = workbook([lay_out(page, PRINTED) for page in unit])
    assert content == workbook([lay_out(page, PRINTED) for page in unit])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    unit[0].columns["closing"][0] = -1
    assert content != workbook([lay_out(page, PRINTED) for page in unit])


def test_an_empty_form_and_a_hidden_sheet() -> None:
    empty = lay_out(page_of({"one": [], "two": []}), PRINTED)
    content = workbook([empty, replace(empty, name="第二张", hidden=True)])
    assert [sheet.hidden for sheet in open_sheets(content)] == [False, True]
    assert len(read(content)) == empty.first_row - 1 + len(empty.notes) + 1


def test_columns_have_the_letters_that_excel_gives_them() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize("encoding", [GB18030, UTF8])
@pytest.mark.parametrize("dialect", BY_DIALECT)
def test_a_text_file_holds_the_same_rows_at_the_lines_it_names(encoding: str, dialect: str) -> None:
    headings = PRINTED.columns("L02", BY_DIALECT[dialect])
    columns: dict[str, list[Cell]] = {key: [f"{key}1", "two\nlines", None, '逗号,「引号"」'] for key in headings}
    page = page_of(columns, form="L02", headings=headings, totals={"name": "4人"})
    sheet = lay_out(page, PRINTED)
    content, lines = text_file(sheet, encoding)
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == UTF8)
    (raw,) = open_sheets(content)
    assert raw.lines[sheet.first_row - 1 :][: len(lines)] == lines
    assert len(lines) == page.height + 1
    found = dict(zip(raw.lines, raw.rows, strict=True))
    for number, line in enumerate(lines[:-1]):
        assert found[line] == [str(cells[number] or "") for cells in columns.values()]
    assert found[lines[-1]][0] == "合计"
    assert next(csv.reader(io.StringIO(content.decode(encoding))))[0] == sheet.title
