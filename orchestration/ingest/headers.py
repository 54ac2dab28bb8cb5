"""The header block of a sheet: one to three rows, merged cells flattened to ``上级_下级``, bound to a layout.

Order of columns does not matter. Two columns under one header are told apart by their left neighbour or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from orchestration.ingest.container import Merge
from orchestration.ingest.layout import Catalogue, Layout
from orchestration.ingest.text import squash

_UNIT = re.compile(r"\((?:单位:?)?(万元|元|人次|人|对|例|户|个|名|倍|年|周岁|岁|%|‰)\)$")
_ORNAMENT = re.compile(r"^[*★※]+|[*★※:]+$")
_LONGEST_HEADER = 40
_TALLEST = 3
_SEARCH_ROWS = 40


@dataclass(frozen=True)
class Binding:
    """Which sheet columns are which; indexes are 0-based."""

    layout: Layout
    columns: dict[str, int]
    headers: dict[int, str]
    units: dict[str, int]
    first_row: int = 0
    height: int = 1
    serial: tuple[int, ...] = ()
    unit_column: int | None = None
    fill_date_column: int | None = None
    blocked: frozenset[int] = frozenset()
    unknown: tuple[int, ...] = ()
    ambiguous: tuple[str, ...] = ()
    several: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def missing_places(self) -> list[str]:
        """Placing columns that neither the header has nor a title could replace."""
        return [
            name
            for name, column in self.layout.columns.items()
            if column.places_row and name not in self.columns and not column.from_title
        ]

    @property
    def score(self) -> int:
        """How well the header fits: every column of the layout counts, one that is unknown counts against."""
        return 2 * len(self.columns) - len(self.unknown)


def candidate_rows(rows: list[list[object]], catalogue: Catalogue) -> Iterator[int]:
    """Rows near the top that hold at least two words of the vocabulary of headers, and hence may begin a header."""
    for index, row in enumerate(rows[:_SEARCH_ROWS]):
        texts = [cell for cell in row if isinstance(cell, str) and cell]
        if len(texts) > 1 and len({word(text) for text in texts} & catalogue.vocabulary) > 1:
            yield index


def bind(
    rows: list[list[object]], merges: tuple[Merge, ...], catalogue: Catalogue, layouts: list[Layout]
) -> list[Binding]:
    """The best header block of a sheet for each layout, best layout first; empty when no row looks like a header."""
    best: dict[str, tuple[Binding, int, int]] = {}
    for first in candidate_rows(rows, catalogue):
        if any(not held.missing_places and not held.unknown for held, _, _ in best.values()):
            break  # a whole header was found further up; what follows are its lower row or data
        for height in range(1, min(_TALLEST, len(rows) - first) + 1):
            if height > 1 and not _continues(rows[first + height - 1], catalogue):
                break
            headers = flatten(rows, merges, first, height)
            for layout in layouts:
                binding = _bind_again(headers, layout, catalogue)
                held = best.get(layout.form)
                if binding.columns and (held is None or binding.score > held[0].score):
                    best[layout.form] = (binding, first, height)
    placed = [replace(binding, first_row=first, height=height) for binding, first, height in best.values()]
    return sorted(placed, key=lambda binding: (len(binding.missing_places), -binding.score, binding.layout.form))


def _continues(row: list[object], catalogue: Catalogue) -> bool:
    """Whether a row can be a further row of a header: text alone, most of it words of the vocabulary."""
    cells = [cell for cell in row if cell != ""]
    texts = [word(cell) for cell in cells if isinstance(cell, str)]
    return len(texts) == len(cells) > 0 and 2 * sum(text in catalogue.vocabulary for text in texts) > len(texts)


def _bind_again(headers: list[str], layout: Layout, catalogue: Catalogue) -> Binding:
    """A county's sheets share a few headers: what was bound once is not bound again."""
    key = (layout.form, *headers)
    known: Binding | None = catalogue.bindings.get(key)
    if known is None:
        known = catalogue.bindings[key] = bind_layout(headers, layout, catalogue)
    return known


def flatten(rows: list[list[object]], merges: tuple[Merge, ...], first: int, height: int) -> list[str]:
    """One header a column; parts of merged cells joined with ``_``, each part once."""
    block = [[squash(cell) if isinstance(cell, str) else "" for cell in row] for row in rows[first : first + height]]
    merged = [merge for merge in merges if merge[0][0] < first + height and merge[1][0] >= first]
    for (top, left), (bottom, right) in merged:
        if top < first or left >= len(block[0]):
            continue
        text = block[top - first][left]
        for line in range(top - first, min(bottom - first + 1, height)):
            for column in range(left, min(right + 1, len(block[0]))):
                block[line][column] = text
    if not merged:
        _spread(block)
    headers = []
    for column in range(len(block[0])):
        parts: list[str] = []
        for row in block:
            part = _ORNAMENT.sub("", row[column])
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        headers.append("_".join(parts))
    return headers


def _spread(block: list[list[str]]) -> None:
    """Without merge ranges (text files) a blank right of a group and above a sub-header belongs to that group."""
    for index, row in enumerate(block[:-1]):
        below = block[index + 1]
        for column in range(1, len(row)):
            if not row[column] and below[column] and row[column - 1] and below[column - 1]:
                row[column] = row[column - 1]


@lru_cache(maxsize=65536)
def word(cell: str) -> str:
    """A cell as the vocabulary of headers has it; empty for what is too long to be a header."""
    if len(cell) > _LONGEST_HEADER:
        return ""
    return _UNIT.sub("", _ORNAMENT.sub("", squash(cell)))


def bind_layout(headers: list[str], layout: Layout, catalogue: Catalogue) -> Binding:
    """What every column of a header block is under one layout."""
    names = layout.header_names
    found: dict[str, list[int]] = {}
    kinds = (("serial", catalogue.serial), ("unit", catalogue.unit), ("fill_date", catalogue.fill_date))
    special: dict[str, list[int]] = {kind: [] for kind, _ in kinds}
    blocked, unknown = set(), []
    units: dict[str, int] = {}
    for index, header in enumerate(headers):
        if not header:
            continue
        if catalogue.is_blocked(layout, header):
            blocked.add(index)
            continue
        name = next((names[form] for form in _forms(header, headers, index, catalogue) if form in names), None)
        if name is not None:
            found.setdefault(name, []).append(index)
            unit = _UNIT.search(header) or _UNIT.search(header.partition("_")[0])
            if unit and unit[1] in ("万元", "元"):
                units[name] = 10_000 if unit[1] == "万元" else 1
            continue
        leaf = _UNIT.sub("", header.rpartition("_")[2])
        kind = next((kind for kind, words in kinds if leaf in words or header in words), None)
        if kind is not None:
            special[kind].append(index)
        elif leaf not in catalogue.ignored:
            unknown.append(index)
    single = {name: indexes[0] for name, indexes in found.items()}
    ambiguous = tuple(
        name for name, indexes in found.items() if len(indexes) > 1 and layout.columns[name].type != "drop"
    )
    return Binding(
        layout, single, dict(enumerate(headers)), units,
        serial=tuple(special["serial"]),
        unit_column=next(iter(special["unit"]), None),
        fill_date_column=next(iter(special["fill_date"]), None),
        blocked=frozenset(blocked), unknown=tuple(unknown), ambiguous=ambiguous,
        several={name: tuple(indexes) for name, indexes in found.items()},
    )  # fmt: skip


def _forms(header: str, headers: list[str], index: int, catalogue: Catalogue) -> list[str]:
    """The ways to look a header up, the most telling first: with its neighbour, as it stands, without unit or group."""
    bare = "_".join(_UNIT.sub("", part) for part in header.split("_"))
    forms = []
    leaf = bare.rpartition("_")[2]
    if "_" not in bare:
        neighbour = next((left for left in reversed(headers[:index]) if left.endswith(("姓名", "户主"))), None)
        forms += [f"{neighbour}>{leaf}"] if neighbour else []
    forms += [header, bare]
    parts = bare.split("_")
    kept = [part for part in parts if part not in catalogue.neutral]
    if kept and kept != parts:
        forms.append("_".join(kept))
    if len(parts) > 2:
        forms.append(f"{parts[0]}_{parts[-1]}")
    return forms
