"""Lake columns that stand in no column of their own: behind a figure, in one half of a cell, in two cells compared."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.ingest.layout import Column
from orchestration.ingest.quarantine import Finding
from orchestration.ingest.text import DITTO, squash
from orchestration.ingest.values import gap

if TYPE_CHECKING:
    from orchestration.ingest.rows import _Table

_FIGURE = re.compile(r"^[\d.,]+")
_TO = re.compile(r"[~—–−至到]+")
_HIDDEN = re.compile(r"[*×✕●█某]")
_TOLERATED = Decimal("0.001")


def behind(column: Column, cells: list[Any]) -> list[Any]:
    """What the cells of another column say for this one: the unit after a figure, or one end of a span."""
    if column.suffix_of:
        return [_FIGURE.sub("", squash(cell)) if isinstance(cell, str) else "" for cell in cells]
    place = 0 if column.first_of else 1
    return [_ends(cell, alike=column.type == "text")[place] if isinstance(cell, str) else cell for cell in cells]


def _ends(cell: str, *, alike: bool) -> tuple[str, str]:
    """Both ends of ``0001-0050`` or ``2014.3.1至2014.3.7``; a cell that is no span is both ends itself.

    Ends of numbers are alike in length: 0001-50 may end with 50 or with 0050.
    """
    plain = squash(cell)
    parts = _TO.split(plain)
    if len(parts) == 1 and plain.count("-") % 2:
        strokes = plain.split("-")
        middle = len(strokes) // 2
        parts = ["-".join(strokes[:middle]), "-".join(strokes[middle:])]
    if len(parts) != 2 or (alike and len(parts[0]) != len(parts[1])):
        return cell, cell
    return parts[0], parts[1]


def same(table: _Table, column: Column) -> list[bool | None] | None:
    """Whether two cells of a row hold the same words. They are compared and forgotten; None if one says nothing."""
    if any(name not in table.binding.columns for name in column.of):
        return None
    own = table.readers.words(column)
    one, other = (table.raw_cells(name) for name in column.of)
    return [_alike(first, second, own) for first, second in zip(one, other, strict=True)]


def _alike(one: object, other: object, own: dict[str, str]) -> bool | None:
    if not isinstance(one, str) or not isinstance(other, str) or gap(one) or gap(other):
        return None
    first, second = squash(one), squash(other)
    if second in own:
        return own[second] == "true"
    if second in DITTO or first in DITTO or _HIDDEN.search(first + second):
        return None
    return first == second


def broken_wholes(table: _Table) -> list[Finding]:
    """One finding for each whole whose parts are all stated and do not add up to one, at its first row."""
    whole = table.binding.layout.whole
    if whole is None or whole.parts not in table.values or any(name not in table.values for name in whole.of):
        return []
    rows: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for position, key in enumerate(zip(*(table.values[name] for name in whole.of), strict=True)):
        rows[key].append(position)
    index = table.index_of(whole.parts)
    findings = []
    for key, positions in rows.items():
        parts = [table.values[whole.parts][position] for position in positions]
        if None not in (*key, *parts) and abs(sum(parts) - 1) > _TOLERATED:
            row = table.raw.row_no(table.kept[positions[0]])
            header = table.binding.headers[index]
            findings.append(Finding("cell", "number.parts_of_whole", row, index + 1, whole.parts, header))
    return findings
