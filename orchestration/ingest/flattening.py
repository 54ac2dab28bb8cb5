"""Rows of a header with their merged cells, one header a column: ``上级_下级``, the unit in brackets behind it."""

from __future__ import annotations

import re
from itertools import pairwise

from orchestration.ingest.containers.opening import Merge
from orchestration.ingest.text import MONEY_UNITS, squash

ORNAMENT = re.compile(r"^[*★※]+|[*★※:]+$")
MEASURES = frozenset((*MONEY_UNITS, *"人次 人 对 例 户 个 名 倍 年 岁".split()))
_UNIT_LABELS = frozenset({"单位", "计量单位"})
_LETTERS = frozenset("甲乙丙丁戊")


def flatten(rows: list[list[object]], merges: tuple[Merge, ...], first: int, height: int) -> list[str]:
    """One header a column; parts of merged cells joined with ``_``, each part once."""
    block = [[squash(cell) if isinstance(cell, str) else "" for cell in row] for row in rows[first : first + height]]
    for line in range(1, height):
        if is_column_numbers(rows[first + line], lettered=True):
            block[line] = [""] * len(block[line])
        elif names_units([text for text in block[line] if text]):
            block[line] = ["" if text in _UNIT_LABELS else text for text in block[line]]
    merged = [merge for merge in merges if merge[0][0] < first + height and merge[1][0] >= first]
    for (top, left), (bottom, right) in merged:
        if top < first or left >= len(block[0]):
            continue
        text = block[top - first][left]
        for line in range(top - first, min(bottom - first + 1, height)):
            for column in range(left, min(right + 1, len(block[0]))):
                block[line][column] = text
    held = {
        (line - first, column)
        for (top, left), (bottom, right) in merged
        for line in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    _spread(block, held)
    headers = []
    for column in range(len(block[0])):
        parts: list[str] = []
        unit = ""
        for row in block:
            part = ORNAMENT.sub("", row[column])
            if parts and part.strip("()") in MEASURES:
                unit = f"({part.strip('()')})"  # a row of units under the words
            elif part and (not parts or parts[-1] != part):
                parts.append(part)
        headers.append("_".join(parts) + unit)
    return headers


def names_units(texts: list[str]) -> bool:
    """A row that gives the unit of each column (人 人 元), with or without a word for it."""
    units = [text for text in texts if text not in _UNIT_LABELS]
    return len(units) > 1 and all(text.strip("()") in MEASURES for text in units)


def _spread(block: list[list[str]], held: set[tuple[int, int]]) -> None:
    """A blank right of a group that no merge bounds, above a sub-header, belongs to that group."""
    for index, (row, below) in enumerate(pairwise(block)):
        for column in range(1, len(row)):
            sub_headers = below[column] and below[column - 1] and below[column].strip("()") not in MEASURES
            if not row[column] and sub_headers and held.isdisjoint({(index, column), (index, column - 1)}):
                row[column] = row[column - 1]


def is_column_numbers(row: list[object], *, lettered: bool = False) -> bool:
    """A printed row 甲 乙 1 2 3 … or 1 2 3 … under the header; ``lettered`` asks for one that can be no data."""
    letters = numbers = 0
    for cell in row:
        if cell == "":
            continue
        plain = squash(str(cell)).strip("()").removesuffix(".0")
        if plain in _LETTERS:
            letters += 1
        elif plain == str(numbers + 1):
            numbers += 1
        else:
            return False
    return (letters > 0 and letters + numbers > 1) or (not lettered and numbers >= 5)
