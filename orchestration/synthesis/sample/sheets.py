"""One sheet as a clerk sees it, and its two ways to a file: an Excel workbook or a GB18030 text file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import xlsxwriter

from orchestration.synthesis.clerk.pages import Cell, Heading
from orchestration.synthesis.files.csv_text import spread

# The creation time inside a workbook: fixed, so that the same county is the same bytes on every day.
_CREATED = datetime(2014, 7, 1, 8, 0, 0)  # noqa: DTZ001 - Excel knows no time zone


@dataclass(frozen=True)
class Sheet:
    """Cells of one form: title, line with unit and date, two header rows, data, totals, notes, signatures."""

    name: str
    title: str
    unit_line: tuple[str, str, str]
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None
    notes: tuple[str, ...]
    signature: tuple[str, str, str]


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets as one ``.xlsx`` file whose bytes depend on nothing but the cells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": sheets[0].title, "created": _CREATED, "author": ""})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    header = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    plain, cell = book.add_format(), book.add_format({"border": 1})
    day = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        last = len(sheet.headings) - 1
        page.set_column(0, last, 12)
        page.set_row(0, 26)
        page.merge_range(0, 0, 0, last, sheet.title, title)
        for column, text in zip((0, last // 2, last - 1), sheet.unit_line, strict=True):
            page.write_string(1, column, text, plain)
        body_at = 2 + _write_header(page, sheet.headings, header)
        body = [*sheet.rows, *([sheet.totals] if sheet.totals else [])]
        for number, values in enumerate(body, start=body_at):
            for column, value in enumerate(values):
                _write_cell(page, number, column, value, cell, day)
        notes_at = body_at + len(body)
        for number, note in enumerate(sheet.notes, start=notes_at):
            page.write_string(number, 0, note, plain)
        for column, text in zip((0, last // 2, last - 1), sheet.signature, strict=True):
            page.write_string(notes_at + len(sheet.notes), column, text, plain)
    book.close()


def _write_header(page: xlsxwriter.worksheet.Worksheet, headings: Sequence[Heading], style: object) -> int:
    """Write one header row, or two where some columns share an upper header; give the number of rows."""
    if not any(upper for upper, _ in headings):
        for column, (_, text) in enumerate(headings):
            page.write_string(2, column, text, style)
        return 1
    column = 0
    for upper, run in groupby(headings, key=lambda heading: heading[0]):
        lower = [heading[1] for heading in run]
        if upper and len(lower) > 1:
            page.merge_range(2, column, 2, column + len(lower) - 1, upper, style)
        elif upper:
            page.write_string(2, column, upper, style)
        for offset, text in enumerate(lower, start=column):
            if upper:
                page.write_string(3, offset, text, style)
            else:
                page.merge_range(2, offset, 3, offset, text, style)
        column += len(lower)
    return 2


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Cell, style: object, day: object
) -> None:
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    else:
        page.write_number(row, column, float(value) if isinstance(value, Decimal) else value, style)


def write_gb18030(path: Path, sheet: Sheet) -> None:
    """Write one sheet as comma-separated text in the old national encoding, as older programs save it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width = len(sheet.headings)
    lines: list[Iterable[Cell]] = [
        (sheet.title,),
        sheet.unit_line,
        [upper for upper, _ in spread(sheet.headings)],
        [lower for _, lower in spread(sheet.headings)],
        *sheet.rows,
        *([sheet.totals] if sheet.totals else []),
        *((note,) for note in sheet.notes),
        sheet.signature,
    ]
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        for line in lines:
            texts = ["" if value is None else str(value) for value in line]
            writer.writerow(texts + [""] * (width - len(texts)))
