"""Where the header of a table stands whose words nobody knows: told by its build alone."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.ingest import sheet
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.flattening import flatten, is_column_numbers, names_units
from orchestration.ingest.text import squash

_SEARCH_ROWS = 40
_LEAST_HEADERS = 3
_LONGEST_HEADER = 40
_TALLEST = 5


@dataclass(frozen=True)
class Block:
    """A header: its first row (0-based), how many rows it has, one flattened header a column ("" for none)."""

    first: int
    height: int
    headers: tuple[str, ...]


def find(raw: RawSheet, known: int | None) -> Block | None:
    """The header of a sheet or table, which begins at ``known`` words or above; None where no row is like one."""
    for first, row in enumerate(raw.rows[:_SEARCH_ROWS]):
        if first == known or _begins(raw, first, row):
            height = _height(raw, first)
            headers = flatten(raw.rows, raw.merges, first, height)
            while headers and not headers[-1]:
                headers.pop()
            return Block(first, height, tuple(headers))
    return None


def _begins(raw: RawSheet, first: int, row: list[object]) -> bool:
    cells = [cell for cell in row if cell != ""]
    texts = [squash(cell) for cell in cells if isinstance(cell, str)]
    if len(texts) < max(len(cells), 2) or not all(_is_word(text) for text in texts) or sheet.names_unit(row):
        return False
    below = raw.rows[first + 1] if first + 1 < len(raw.rows) else []
    width = max((len(line) - line.count("") for line in raw.rows[first : first + 20]), default=0)
    is_group = len(texts) >= 2 and _all_words(below) and len(below) - below.count("") > len(texts)
    return is_group or (len(texts) >= _LEAST_HEADERS and 2 * len(texts) >= width)


def _height(raw: RawSheet, first: int) -> int:
    """A block goes on below as merged cells of its first row say, or where words fill what a group leaves open."""
    height = 1
    for (top, _left), (bottom, _right) in raw.merges:
        if top == first:
            height = max(height, min(bottom - top + 1, _TALLEST))
    rows = raw.rows
    while height < _TALLEST and first + height < len(rows):
        last, below = rows[first + height - 1], rows[first + height]
        # A group spreads to the right over cells that are blank beside it and named below it.
        spread = any(not last[at] and below[at] and at and last[at - 1] for at in range(len(below)))
        wide = any(top == first + height - 1 and right > left for (top, left), (_bottom, right) in raw.merges)
        texts = [squash(cell) for cell in below if isinstance(cell, str) and cell]
        if is_column_numbers(below, lettered=True) or names_units(texts) or ((spread or wide) and _all_words(below)):
            height += 1
        else:
            break
    return height


def _all_words(row: list[object]) -> bool:
    cells = [cell for cell in row if cell != ""]
    return bool(cells) and all(isinstance(cell, str) and _is_word(squash(cell)) for cell in cells)


def _is_word(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return 0 < len(text) <= _LONGEST_HEADER and 2 * digits < len(text) and not text.endswith((":", "。"))
