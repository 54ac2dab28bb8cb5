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
from orchestration.ingest.text import MONEY_UNITS, squash

_UNIT = re.compile(
    r"\((?:单位:?)?([百千万]?元|人次|人|对|例|户|个|名|倍|年|周岁|岁|盒|只|支|板|片|瓶|套|份|本|%|‰)(?:/[人户月/·.]+)?\)$"
)
# An amount a year is another column than one a month: its unit is heard but is part of the header.
_YEARLY = re.compile(r"\(([百千万]?元)[/每][人户年/·.每]+\)$")
_MEASURES = frozenset((*MONEY_UNITS, *"人次 人 对 例 户 个 名 倍 年 岁".split()))
_ORNAMENT = re.compile(r"^[*★※]+|[*★※:]+$")
_NAMES = ("姓名", "户主")
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
    remark_column: int | None = None
    blocked: frozenset[int] = frozenset()
    unknown: tuple[int, ...] = ()
    ambiguous: tuple[str, ...] = ()
    several: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def missing_places(self) -> list[str]:
        """Placing columns that neither header nor title gives, and measures of which none is there."""
        missing = [
            name
            for name, column in self.layout.columns.items()
            if column.places_row and name not in self.columns and not column.from_title
        ]
        if self.layout.needs and not any(self.columns.keys() >= set(needed) for needed in self.layout.needs):
            missing += self.layout.needs[0]
        return missing

    @property
    def lacks_money_unit(self) -> bool:
        """Whether an amount leaves its unit to the lines around the table."""
        return any(
            column.type == "money" and name in self.columns and name not in self.units
            for name, column in self.layout.columns.items()
        )

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
            headers = _flatten_again(rows, merges, first, height, catalogue)
            for layout in layouts:
                binding = _bind_again(headers, layout, catalogue)
                held = best.get(layout.form)
                if binding.columns and (held is None or _better(binding, first, held)):
                    best[layout.form] = (binding, first, height)
    placed = [replace(binding, first_row=first, height=height) for binding, first, height in best.values()]
    return sorted(placed, key=lambda binding: (len(binding.missing_places), -binding.score, binding.layout.form))


def _better(binding: Binding, first: int, held: tuple[Binding, int, int]) -> bool:
    """Whether a header block beats the one held: a taller one at the same place need not lose anything, no more."""
    other, other_first, _ = held
    if first == other_first and binding.columns.keys() >= other.columns.keys():
        return True
    return binding.score > other.score


def further_table(rows: list[list[object]], binding: Binding, catalogue: Catalogue) -> bool:
    """Whether the sheet has a second header beside the bound one: another table, whose rows must not be mixed in."""
    start, end = binding.first_row, binding.first_row + binding.height
    own = {word(cell) for row in rows[max(start - 1, 0) : end] for cell in row if isinstance(cell, str)}
    for index, row in enumerate(rows):
        if start - 1 <= index < end or row.count("") > len(row) - 3:
            continue
        first = next(cell for cell in row if cell != "")
        if not isinstance(first, str) or word(first) not in catalogue.vocabulary:
            continue
        words = {word(cell) if isinstance(cell, str) else "" for cell in row if cell != ""}
        if words <= own:
            continue
        for layout in catalogue.layouts.values():
            hits = len(words & layout.header_names.keys())
            if hits >= 3 and 2 * hits > len(words):
                return True
    return False


def _continues(row: list[object], catalogue: Catalogue) -> bool:
    """Whether a row can be a further row of a header: text alone, most of it words of the vocabulary."""
    cells = [cell for cell in row if cell != ""]
    texts = [squash(cell) for cell in cells if isinstance(cell, str)]
    known = sum(word(text) in catalogue.vocabulary or text.strip("()") in _MEASURES for text in texts)
    return len(texts) == len(cells) > 0 and 2 * known > len(texts)


def _bind_again(headers: list[str], layout: Layout, catalogue: Catalogue) -> Binding:
    """A county's sheets share a few headers: what was bound once is not bound again."""
    key = (layout.form, *headers)
    known: Binding | None = catalogue.bindings.get(key)
    if known is None:
        known = catalogue.bindings[key] = bind_layout(headers, layout, catalogue)
    return known


def _flatten_again(
    rows: list[list[object]], merges: tuple[Merge, ...], first: int, height: int, catalogue: Catalogue
) -> list[str]:
    """As ``flatten``, remembered by the cells and merges of the block."""
    last = first + height
    inside = tuple(
        (top - first, left, bottom - first, right)
        for (top, left), (bottom, right) in merges
        if top < last and bottom >= first
    )
    key = (tuple(map(tuple, rows[first:last])), inside)
    known = catalogue.flattened.get(key)
    if known is None:
        known = catalogue.flattened[key] = flatten(rows, merges, first, height)
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
        unit = ""
        for row in block:
            part = _ORNAMENT.sub("", row[column])
            if parts and part.strip("()") in _MEASURES:
                unit = f"({part.strip('()')})"  # a row of units under the words
            elif part and (not parts or parts[-1] != part):
                parts.append(part)
        headers.append("_".join(parts) + unit)
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
    kinds = (
        ("serial", catalogue.serial), ("unit", catalogue.unit), ("fill_date", catalogue.fill_date),
        ("remark", catalogue.remark),
    )  # fmt: skip
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
            unit = _UNIT.search(header) or _YEARLY.search(header) or _UNIT.search(header.partition("_")[0])
            if unit and unit[1] in MONEY_UNITS:
                units[name] = MONEY_UNITS[unit[1]]
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
        remark_column=next(iter(special["remark"]), None),
        blocked=frozenset(blocked), unknown=tuple(unknown), ambiguous=ambiguous,
        several={name: tuple(indexes) for name, indexes in found.items()},
    )  # fmt: skip


def _forms(header: str, headers: list[str], index: int, catalogue: Catalogue) -> list[str]:
    """The ways to look a header up, the most telling first: with its neighbour, as it stands, without unit or group."""
    bare = "_".join(_UNIT.sub("", part) for part in header.split("_"))
    forms = []
    leaf = bare.rpartition("_")[2]
    if "_" not in bare:
        neighbour = _neighbour(headers, index)
        forms += [f"{neighbour}>{leaf}"] if neighbour else []
    forms += [header, bare]
    parts = bare.split("_")
    kept = [part for part in parts if part not in catalogue.neutral]
    if kept and kept != parts:
        forms.append("_".join(kept))
    if len(parts) > 2:
        forms.append(f"{parts[0]}_{parts[-1]}")
    return forms


def _neighbour(headers: list[str], index: int) -> str | None:
    """The name column to the left of a header; of names side by side (男方姓名 女方姓名 身份证号 身份证号) its own."""
    first, last = index, index
    while first and headers[first - 1] == headers[index]:
        first -= 1
    while last + 1 < len(headers) and headers[last + 1] == headers[index]:
        last += 1
    names = [at for at in range(first) if headers[at].endswith(_NAMES)]
    if not names:
        return None
    count = last - first + 1
    is_paired = count > 1 and names[-count:] == list(range(names[-1] - count + 1, names[-1] + 1))
    return headers[names[index - last - 1] if is_paired else names[-1]]
