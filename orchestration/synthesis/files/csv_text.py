"""A sheet as comma-separated text, as older programs save it: merged header cells stand once, then blanks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date

from orchestration.synthesis.clerk.pages import Cell, Heading
from orchestration.synthesis.files.sheets import Sheet

GB18030, UTF8 = "gb18030", "utf-8-sig"
_BREAK = re.compile(r"\r\n|\r|\n")


def text_file(sheet: Sheet, encoding: str) -> tuple[bytes, list[int]]:
    """The bytes of the file, and the physical line (1-based) of every data row, the 合计 row last if there is one."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    width = len(sheet.headings)
    lines = list(_lines(sheet))
    texts = [[text_of(cell) for cell in line] for line in lines]
    writer.writerows(line + [""] * (width - len(line)) for line in texts)
    first = sheet.first_row - 1
    after = first + sheet.height + (sheet.totals is not None)
    starts, line_no = [], 1
    for row in texts[:after]:
        starts.append(line_no)
        line_no += 1 + sum(len(_BREAK.findall(text)) for text in row if "\n" in text or "\r" in text)
    return target.getvalue().encode(encoding, errors="replace"), starts[first:]


def _lines(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    yield (sheet.title,)
    yield sheet.unit_line
    shown = spread(sheet.headings)
    if sheet.header_rows == 1:
        yield [lower for _, lower in sheet.headings]
    else:
        yield [upper for upper, _ in shown]
        yield [lower for _, lower in shown]
    yield from zip(*sheet.columns, strict=True)
    if sheet.totals is not None:
        yield sheet.totals
    for note in sheet.notes:
        yield (note,)
    yield sheet.signature


def spread(headings: Sequence[Heading]) -> list[Heading]:
    """The text of a merged header cell once, at the upper left, then blanks."""
    shown: list[Heading] = []
    previous = ""
    for upper, lower in headings:
        shown.append((lower, "") if not upper else ("" if upper == previous else upper, lower))
        previous = upper
    return shown


def text_of(cell: Cell) -> str:
    """A cell as it stands in a text file."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
