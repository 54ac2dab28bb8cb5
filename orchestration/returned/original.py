"""A received file as a workbook that can be marked: with its formats where they can be kept, else its values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.workbook import Workbook

from orchestration.ingest.containers.opening import RawSheet

How = Literal["formats", "values", "list"]

_LONGEST_CELL = 32_767
_LONGEST_TAB = 31
_NO_TAB = str.maketrans("[]:*?/\\", "       ")
_WIDEST, _NARROWEST = 40, 9
# Office programs take a text that begins so for a formula once somebody edits it.
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Book:
    """A workbook, and its sheets by the number they had in the received file."""

    book: Workbook
    sheets: dict[int, Any]

    def drop(self, number: int) -> None:
        """Take a sheet out."""
        self.book.remove(self.sheets.pop(number))


def suffix_of(content: bytes) -> str | None:
    """``.xlsx`` or ``.xlsm`` for a workbook whose formats can be kept, None for any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "xl/workbook.xml" not in names:
        return None
    return ".xlsm" if "xl/vbaProject.bin" in names else ".xlsx"


def with_formats(content: bytes, raws: Mapping[int, RawSheet], *, as_values: bool, macros: bool) -> Book | None:
    """The workbook as it was received, None where the library cannot read it or sees other sheets than the reader.

    Args:
        content: an .xlsx or .xlsm.
        raws: its sheets as the reader sees them.
        as_values: formulas are replaced by what they last gave.
        macros: keep the project of macros, unseen.
    """
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), data_only=as_values, keep_vba=macros, keep_links=not as_values, rich_text=True
        )
    except Exception:  # noqa: BLE001  the library fails in many ways on odd styles, and its text may quote a cell
        return None
    sheets = dict(enumerate(book.sheetnames, start=1))
    if any(sheets.get(number) != raw.name for number, raw in raws.items()):
        return None
    return Book(book, {number: book[name] for number, name in sheets.items()})


def with_values(raws: Mapping[int, RawSheet]) -> Book:
    """A new workbook with the values, merged cells and tabs of a file; fonts, colours and formulas are not there."""
    book = Workbook()
    book.remove(book.active)
    sheets = {}
    for number, raw in raws.items():
        sheets[number] = book.create_sheet(_tab(raw.name, number))
        _fill(sheets[number], raw)
    return Book(book, sheets)


def put_text(cell: Any, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    clean = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:_LONGEST_CELL]
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(_FORMULA_LIKE):
        cell.quotePrefix = True


def _fill(sheet: Any, raw: RawSheet) -> None:
    if raw.hidden:
        sheet.sheet_state = "hidden"
    widths: dict[int, int] = {}
    for index, row in enumerate(raw.rows):
        for column, value in enumerate(row, start=1):
            if value == "" or value is None:
                continue
            cell = sheet.cell(raw.row_no(index), column)
            if isinstance(value, (bool, int, float, datetime, date, time, timedelta)):
                cell.value = value
            else:
                put_text(cell, str(value))
            if index and sum(other != "" for other in row) > 2:
                widths[column] = max(widths.get(column, 0), breadth(str(value)))
    for (top, left), (bottom, right) in raw.merges:
        sheet.merge_cells(None, raw.row_no(top), left + 1, raw.row_no(bottom), right + 1)
    for column, width in widths.items():
        letter = openpyxl.utils.get_column_letter(column)
        sheet.column_dimensions[letter].width = max(_NARROWEST, min(width + 2, _WIDEST))


def _tab(name: str, number: int) -> str:
    return name.translate(_NO_TAB).strip("' ")[:_LONGEST_TAB] or f"Sheet{number}"


def breadth(text: str) -> int:
    """How many characters wide a text is shown; a Chinese character is two wide."""
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)
