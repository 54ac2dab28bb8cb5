"""Sums and differences computed again beside the value that a workbook kept of them: an old one is not to be used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.ingest.containers.sheet_xml import column_number

Rows = list[list[object]]

_CELL = r"\$?([A-Z]{1,3})\$?(\d{1,7})"
_RANGE = re.compile(rf"{_CELL}(?::{_CELL})?")
_TERM = re.compile(rf"([+-])(?:{_CELL}|SUM\(([A-Z$0-9:,]+)\))")
_MOST_CELLS = 10_000
_NOISE = 0.005


def is_stale(rows: Rows, row: int, column: int, formula: str) -> bool:
    """Whether the value kept at a place (from 1) surely differs from what its formula gives.

    Only sums and differences of cells of the same sheet are computed; of anything else nothing is said.
    """
    kept = _at(rows, row, column)
    if not _is_number(kept):
        return False
    computed = _value(rows, formula.replace(" ", "").upper())
    return computed is not None and abs(computed - float(kept)) > _NOISE + abs(computed) * 1e-9  # type: ignore[arg-type]


def _value(rows: Rows, formula: str) -> float | None:
    text = formula if formula.startswith(("+", "-")) else f"+{formula}"
    terms = list(_TERM.finditer(text))
    if "".join(term[0] for term in terms) != text:
        return None
    total = 0.0
    for term in terms:
        part = _sum(rows, term[4]) if term[4] else _single(_at(rows, int(term[3]), column_number(term[2])))
        if part is None:
            return None
        total += part if term[1] == "+" else -part
    return total


def _sum(rows: Rows, arguments: str) -> float | None:
    total, seen = 0.0, 0
    for argument in arguments.split(","):
        found = _RANGE.fullmatch(argument)
        if found is None:
            return None
        for cell in _cells(rows, found):
            seen += 1
            if seen > _MOST_CELLS or not (isinstance(cell, str) or _is_number(cell)):
                return None
            if not isinstance(cell, str):
                total += float(cell)  # type: ignore[arg-type]
    return total


def _cells(rows: Rows, found: re.Match[str]) -> Iterator[object]:
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    for row in range(top, min(bottom, len(rows)) + 1):
        for column in range(left, min(right, len(rows[0])) + 1):
            yield _at(rows, row, column)


def _at(rows: Rows, row: int, column: int) -> object:
    if not (0 < row <= len(rows) and 0 < column <= len(rows[row - 1])):
        return ""
    return rows[row - 1][column - 1]


def _single(cell: object) -> float | None:
    if cell == "":
        return 0.0
    return float(cell) if _is_number(cell) else None  # type: ignore[arg-type]


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
