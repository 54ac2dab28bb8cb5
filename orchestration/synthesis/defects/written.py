"""Cells as clerks write them: read a day, month or amount back, and write another one in the same hand."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from orchestration.synthesis.clerk.pages import Cell

_DAY = re.compile(r"^(\d{4})([.\-/年]?)(\d{1,2})([.\-/月]?)(\d{1,2})(日?)$", re.ASCII)
_MONTH = re.compile(r"^(\d{4})([.\-/年]?)(\d{1,2})(月?)$", re.ASCII)
_LONGEST = 200


def text_of(cell: Cell) -> str:
    """A cell as the log shows it; a blank is the empty text."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def row_text(cells: list[Cell]) -> str:
    """The cells of a row as the log shows them."""
    return " | ".join(text_of(cell) for cell in cells)[:_LONGEST]


def day_of(cell: Cell) -> date | None:
    """The day that a cell says in any of the clerks' styles; None for anything else."""
    if isinstance(cell, date):
        return cell
    found = _DAY.match(_plain(cell))
    if not found or (not found[2] and len(_plain(cell)) != 8):
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[5]))
    except ValueError:
        return None


def month_of(cell: Cell) -> tuple[int, int] | None:
    """Year and month that a cell says, as a month or as a day."""
    day = day_of(cell)
    if day:
        return day.year, day.month
    found = _MONTH.match(_plain(cell))
    if not found or (not found[2] and len(_plain(cell)) != 6) or not 1 <= int(found[3]) <= 12:
        return None
    return int(found[1]), int(found[3])


def write_like(cell: Cell, year: int, month: int, day: int) -> Cell:
    """Another day (or month, if the cell holds one) in the hand of a cell; one the calendar lacks becomes a text."""
    if isinstance(cell, date):
        try:
            return date(year, month, day)
        except ValueError:
            return f"{year}-{month:02d}-{day:02d}"
    plain = _plain(cell)
    found = _DAY.match(plain) if day_of(cell) else None
    if found:
        pad = 2 if found[2] in ("", "-") else 1
        text = f"{year}{found[2]}{month:0{pad}d}{found[4]}{day:0{pad}d}{found[6]}"
    else:
        found = _MONTH.match(plain)
        if not found:
            return cell
        # 2014.1 could be October: clerks who know it write the month in two digits.
        pad = 1 if found[2] == "年" else 2
        text = f"{year}{found[2]}{month:0{pad}d}{found[4]}"
    return int(text) if isinstance(cell, int) else text


def amount_of(cell: Cell) -> Decimal | None:
    """The number that a cell says; thousands separators are read."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, date):
        return None
    try:
        return Decimal(str(cell).replace(",", ""))
    except InvalidOperation:
        return None


def whole_of(cell: Cell) -> int | None:
    """The whole number that a cell holds as a number."""
    return cell if isinstance(cell, int) and not isinstance(cell, bool) else None


def _plain(cell: Cell) -> str:
    return str(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else ""
