"""Bad cells coloured and commented, so that a clerk sees them where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from orchestration.ingest.own_sheet import words
from orchestration.ingest.rules import rule
from orchestration.returned.parcels import Row

# Colours that nobody picks by chance: a mark of an earlier round is known by them and taken off.
CELL, ROW = "FFFFC7C5", "FFFFF0C1"
_AUTHOR = "台账"
_MOST_COLUMNS = 60
_COMMENT_WIDTH, _LINE_HEIGHT = 300, 22


def mark(sheet: Any, findings: Iterable[Row]) -> None:
    """Colour what findings name on a sheet and say beside it what is wrong and what to do."""
    _unmark(sheet)
    said: dict[tuple[int, int], list[str]] = defaultdict(list)
    cells: set[tuple[int, int]] = set()
    last = min(sheet.max_column, _MOST_COLUMNS)
    for finding in findings:
        row = finding["row_no"]
        if row is None:
            continue
        if finding["cell"]:
            place = _address(sheet, finding["cell"])
            cells.add(place)
        else:
            place = _first(sheet, row, last)
            if is_of_row(finding):
                _fill(sheet, ((row, column) for column in range(1, last + 1)), ROW)
        texts = rule(finding["rule_id"])
        said[place].append(f"{texts.reason_zh}{texts.hint_zh}")
    _fill(sheet, cells, CELL)
    for (row, column), lines in said.items():
        _comment(sheet.cell(row, column), list(dict.fromkeys(lines)))


def is_of_row(finding: Row) -> bool:
    """Whether a finding without a cell speaks of its whole row, not of the header or the sheet."""
    return bool(finding["kind"] == "row" or finding["rule_id"].startswith("row."))


def _fill(sheet: Any, places: Iterable[tuple[int, int]], colour: str) -> None:
    for row, column in places:
        sheet.cell(row, column).fill = PatternFill("solid", fgColor=colour, bgColor=colour)


def _comment(cell: Any, lines: list[str]) -> None:
    before = f"\n————\n{cell.comment.text}" if cell.comment else ""
    author = cell.comment.author if cell.comment else _AUTHOR
    text = words().comment + "\n".join(lines) + before
    height = _LINE_HEIGHT * (2 + sum(1 + len(line) // 20 for line in text.split("\n")))
    cell.comment = Comment(text, author, height=height, width=_COMMENT_WIDTH)


def _unmark(sheet: Any) -> None:
    """Take off the marks of an earlier round."""
    for cell in list(sheet._cells.values()):
        if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in (CELL, ROW):
            cell.fill = PatternFill()
        comment = None if isinstance(cell, MergedCell) else cell.comment
        if comment is not None and comment.text.startswith(words().comment):
            _, _, before = comment.text.partition("\n————\n")
            cell.comment = Comment(before, comment.author) if before else None


def _address(sheet: Any, cell: str) -> tuple[int, int]:
    """Row and column of a cell, or of the merged cell that covers it."""
    found = sheet[cell]
    if isinstance(found, MergedCell):
        for span in sheet.merged_cells.ranges:
            if cell in span:
                return span.min_row, span.min_col
    return found.row, found.column


def _first(sheet: Any, row: int, last: int) -> tuple[int, int]:
    """The first cell of a row that holds anything, else its first cell that can bear a comment."""
    free = [column for column in range(1, last + 1) if not isinstance(sheet.cell(row, column), MergedCell)]
    filled = [column for column in free if sheet.cell(row, column).value not in (None, "")]
    return row, next(iter(filled or free), 1)
