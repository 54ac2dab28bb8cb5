"""The header block of a sheet: rows of words, merged cells flattened to ``上级_下级``, bound to a layout.

Order of columns does not matter. Two columns under one header are told apart by their left neighbour or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from orchestration.ingest.containers.opening import Merge
from orchestration.ingest.flattening import MEASURES, ORNAMENT, flatten, is_column_numbers, names_units
from orchestration.ingest.layout import TRANSIENT, Catalogue, Column, Layout
from orchestration.ingest.text import MONEY_UNITS, squash

_UNIT = re.compile(
    r"\((?:单位:?)?([百千万]?元|人次|人|对|例|户|个|名|倍|年|周岁|岁|盒|只|支|板|片|瓶|套|份|本|%|‰)(?:/[人户月/·.]+)?\)$"
)
# An amount a year is another column than one a month: its unit is heard but is part of the header.
_YEARLY = re.compile(r"\(([百千万]?元)[/每][人户年/·.每]+\)$")
_NAMES = ("姓名", "户主")
# A unit written without brackets: 金额/万元, 应征金额万元.
_BARE_UNIT = re.compile(r"(?:[/,、:]|(?<=[额金费款]))([百千万]?元)$|[/,、:](人次|人|对|例|户|个|名)$")
_CUMULATED = re.compile(
    r"(?:本年|年度?|全年|截至?本月|截止本月)?累计(?:数|人数|金额)?|年初至(?:今|本月)|自年初起?"
    r"|\d{1,2}月?份?[-~—–至到](?:\d{1,2}月份?|本月)"
)
_LONGEST_HEADER = 40
_TALLEST = 7
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
    cumulated: dict[str, int] = field(default_factory=dict)

    @cached_property
    def told(self) -> dict[str, Column]:
        """The columns of the layout that are read from the sheet: its own, and those found in another's cells."""
        return {
            name: column
            for name, column in self.layout.columns.items()
            if column.type not in TRANSIENT and (name in self.columns or column.chosen or column.source in self.columns)
        }

    @cached_property
    def missing(self) -> list[str]:
        """The lake columns that the form asks for and the header does not have."""
        columns = self.layout.columns
        into = {columns[name].into or name for name in self.columns}
        asked = {name: column.into or name for name, column in columns.items() if column.keep and not column.optional}
        return [into_ for name, into_ in asked.items() if columns[name].type not in TRANSIENT and into_ not in into]

    @cached_property
    def missing_places(self) -> list[str]:
        """Placing columns that neither header nor title gives, and measures of which none is there."""
        columns = self.layout.columns
        told = {columns[name].into or name for name in self.columns}
        missing = [
            name
            for name, column in columns.items()
            if column.places_row and (column.into or name) not in told and not column.from_title
        ]
        if self.layout.needs and not any(self.columns.keys() >= set(needed) for needed in self.layout.needs):
            missing += self.layout.needs[0]
        return missing

    @cached_property
    def lacks_money_unit(self) -> bool:
        """Whether an amount leaves its unit to the lines around the table."""
        return any(
            column.type == "money" and name in self.columns and name not in self.units
            for name, column in self.layout.columns.items()
        )

    @cached_property
    def score(self) -> int:
        """How well the header fits: every column of the layout counts, one that is unknown counts against."""
        return 2 * len(self.columns) - len(self.unknown)


def unit_of(header: str) -> str | None:
    """The unit that a header names in brackets behind its words."""
    found = _UNIT.search(header)
    return found[1] if found else None


def candidate_rows(rows: list[list[object]], catalogue: Catalogue, merges: tuple[Merge, ...] = ()) -> Iterator[int]:
    """Rows near the top that hold at least two words of the vocabulary of headers, and hence may begin a header.

    One word is enough where it spans the columns of a group and the row below holds the others.
    """
    groups = {top for (top, left), (bottom, right) in merges if top == bottom and right > left}
    searched = rows[:_SEARCH_ROWS]
    confirmed = catalogue.confirmed.row_of(searched)
    for index, row in enumerate(searched):
        words = _known(row, catalogue)
        if words == 1 and index in groups and index + 1 < len(searched):
            words = _known(searched[index + 1], catalogue)
        if words > 1 or index == confirmed:
            yield index


def _known(row: list[object], catalogue: Catalogue) -> int:
    """How many words of the vocabulary stand in a row of several texts."""
    if len(row) - row.count("") < 2:
        return 0
    texts = [cell for cell in row if isinstance(cell, str) and cell]
    return len(catalogue.vocabulary.intersection(map(word, texts))) if len(texts) > 1 else 0


def bind(
    rows: list[list[object]], merges: tuple[Merge, ...], catalogue: Catalogue, layouts: list[Layout]
) -> list[Binding]:
    """The best header block of a sheet for each layout, best layout first; empty when no row looks like a header."""
    best: dict[str, Binding] = {}
    for first in candidate_rows(rows, catalogue, merges):
        for height in range(1, min(_TALLEST, len(rows) - first) + 1):
            if height > 1 and not continues(rows[first + height - 1], catalogue):
                break
            headers = _flatten_again(rows, merges, first, height, catalogue)
            for layout in layouts:
                binding = _bind_again(headers, first, height, layout, catalogue)
                held = best.get(layout.form)
                if binding.columns and (held is None or _better(binding, held)):
                    best[layout.form] = binding
        if any(not held.missing_places and not held.unknown for held in best.values()):
            break  # a whole header was found; what follows are its lower row or data
    return sorted(best.values(), key=lambda held: (len(held.missing_places), -held.score, held.layout.form))


def _better(binding: Binding, held: Binding) -> bool:
    """Whether a header block beats the one held: a taller one at the same place need not lose anything, no more."""
    if binding.first_row == held.first_row and binding.columns.keys() >= held.columns.keys():
        return True
    if held.first_row < binding.first_row < held.first_row + held.height:
        # The lower row of a block alone would give 产妇_出生日期 to the child.
        return binding.score > held.score
    return (not binding.missing_places, binding.score) > (not held.missing_places, held.score)


def continues(row: list[object], catalogue: Catalogue) -> bool:
    """Whether a row can be a further row of a header: text alone, most of it words, or the numbers of columns."""
    cells = [cell for cell in row if cell != ""]
    texts = [squash(cell) for cell in cells if isinstance(cell, str)]
    if is_column_numbers(row, lettered=True) or names_units(texts):
        return True
    if len(texts) < len(cells) or not cells:
        return False
    known = sum(word(text) in catalogue.vocabulary or text.strip("()") in MEASURES for text in texts)
    return 2 * known > len(texts)


def _bind_again(headers: list[str], first: int, height: int, layout: Layout, catalogue: Catalogue) -> Binding:
    """A county's sheets share a few headers: what was bound once is not bound again."""
    key = (layout.form, first, height, *headers)
    known: Binding | None = catalogue.bindings.get(key)
    if known is None:
        bound = bind_layout(headers, layout, catalogue)
        known = catalogue.bindings[key] = replace(bound, first_row=first, height=height)
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


@lru_cache(maxsize=65536)
def word(cell: str) -> str:
    """A cell as the vocabulary of headers has it; empty for what is too long to be a header."""
    if len(cell) > _LONGEST_HEADER:
        return ""
    return _UNIT.sub("", ORNAMENT.sub("", squash(cell)))


def bind_layout(
    headers: list[str], layout: Layout, catalogue: Catalogue, told: Mapping[int, str] | None = None
) -> Binding:
    """What every column of a header block is under one layout; ``told`` is what a person said of some, and holds."""
    told = told or {}
    names = layout.header_names
    found: dict[str, list[int]] = {}
    kinds = (
        ("serial", catalogue.serial), ("unit", catalogue.unit), ("fill_date", catalogue.fill_date),
        ("remark", catalogue.remark),
    )  # fmt: skip
    special: dict[str, list[int]] = {kind: [] for kind, _ in kinds}
    blocked, unknown = set(), []
    units: dict[str, int] = {}
    cumulated: dict[str, int] = {}
    for index, header in enumerate(headers):
        if not header:
            continue
        if catalogue.is_blocked(layout, header):
            blocked.add(index)
            continue
        if index in told and told[index] not in layout.columns:
            special.get(told[index].removeprefix("@"), []).append(index)
            continue
        if header not in names:
            header = _BARE_UNIT.sub(lambda unit: f"({unit[1] or unit[2]})", header)
        monthly = "_".join(filter(None, _CUMULATED.sub("", header).replace("()", "").split("_")))
        since_january = monthly != header and header not in names
        forms = _forms(monthly if since_january else header, headers, index, catalogue)
        name = told.get(index) or next((names[form] for form in forms if form in names), None)
        if since_january:
            cumulated.update({name: index} if name else {})  # never read in the place of the month's own figure
            continue
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
        several={name: tuple(indexes) for name, indexes in found.items()}, cumulated=cumulated,
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
