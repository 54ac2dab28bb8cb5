"""Headers that can be read in two ways: two tables side by side, a date that may be a neighbour's."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache

from orchestration.ingest import dates
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding, bind_layout, unit_of
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.outcome import Problem
from orchestration.ingest.periods import note_cumulates
from orchestration.ingest.sheet import Body
from orchestration.ingest.text import squash
from orchestration.ingest.values import gap

_COLUMNS_OF_A_TABLE = 3
_FEWEST_TITLES = 2
_HUNDREDS = re.compile(r"单位[:为]?[(]?[十百千万]+人")
_COUNTED_IN = re.compile(r"单位[:为]?[(]?(人次|[人对例户个名])[)]?$")
_TITLE = re.compile(r"^.{2,40}(?:表|册|台账|台帐|登记)$")


def of_title(raw: RawSheet, binding: Binding, catalogue: Catalogue, heading: str) -> str | None:
    """The rule by which a title or tab says that the table is no report of its form, or of a part of it only."""
    texts = [squash(heading), squash(raw.name)]
    if _stands_in(catalogue.common.no_reports, texts):
        return "sheet.no_report"
    top = raw.rows[: binding.first_row + binding.height + 1]
    notes = [cell for row in top for cell in row if cell and isinstance(cell, str)]
    if any(map(_is_in_hundreds, notes)) or _counts_others(binding, set(map(_counted_in, notes)) - {None}):
        return "number.unit_disagrees"
    return "sheet.part_of_register" if _stands_in(binding.layout.parts, texts) else None


def _stands_in(words: tuple[str, ...], texts: list[str]) -> bool:
    return bool(words) and any(map(_any_of(words).search, texts))


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))


@lru_cache(maxsize=65536)
def _is_in_hundreds(cell: str) -> bool:
    return bool(_HUNDREDS.search(squash(cell)))


@lru_cache(maxsize=65536)
def _counted_in(cell: str) -> str | None:
    found = _COUNTED_IN.search(squash(cell))
    return found and found[1]


def _counts_others(binding: Binding, told: AbstractSet[str | None]) -> bool:
    """Whether a sheet says of its figures that they count what a column that places rows does not (户 for 人)."""
    columns = [binding.layout.columns[name] for name in binding.columns]
    return any(told.isdisjoint(column.units) for column in columns if told and column.units and column.places_row)


def mixes_units(raw: RawSheet, binding: Binding, data: list[int]) -> bool:
    """Whether figures of one line are counted in several units, by their headers or by header and unit column."""
    columns, headers = binding.layout.columns, binding.headers
    counted = {headers[at] for name, at in binding.columns.items() if columns[name].counted_in}
    named = {unit for header in counted if (unit := unit_of(header))}
    told = {name for held in columns.values() if (name := held.counted_in) and name in binding.columns}
    cells = (raw.rows[row][binding.columns[name]] for name in told for row in data)
    beside = {squash(cell) for cell in cells if isinstance(cell, str) and not gap(cell)}
    return len(named) > 1 or bool(named and beside - named)


def is_side_by_side(raw: RawSheet, binding: Binding, catalogue: Catalogue) -> bool:
    """Whether a line bears two titles, headers come again further right, or an empty column parts two forms."""
    return _has_two_titles(raw, binding, catalogue) or _repeats(binding) or _parts_two_forms(raw, binding, catalogue)


def _has_two_titles(raw: RawSheet, binding: Binding, catalogue: Catalogue) -> bool:
    patterns = [layout.title_pattern for layout in catalogue.layouts.values()]
    for row in raw.rows[: binding.first_row]:
        if len(row) - row.count("") < _FEWEST_TITLES:
            continue
        texts = {squash(cell) for cell in row if isinstance(cell, str) and _TITLE.search(squash(cell))}
        if len(texts) < _FEWEST_TITLES:
            continue
        if sum(any(pattern.search(text) for pattern in patterns) for text in texts) >= _FEWEST_TITLES:
            return True
    return False


def _repeats(binding: Binding) -> bool:
    """Whether headers that cannot be told apart stand in two blocks; those of one block need not be all."""
    if not binding.ambiguous and not binding.missing_places:
        return False
    places: dict[str, list[int]] = {}
    for index, header in binding.headers.items():
        if header:
            places.setdefault(header, []).append(index)
    again = [at for at in places.values() if len(at) > 1]
    return len(again) > 1 and max(at[0] for at in again) < min(at[1] for at in again)


def _parts_two_forms(raw: RawSheet, binding: Binding, catalogue: Catalogue) -> bool:
    headers = [binding.headers[index] for index in range(len(binding.headers))]
    rows = raw.rows[binding.first_row + binding.height :]
    for empty in (index for index, header in enumerate(headers) if not header and binding.unknown):
        if any(row[empty] != "" for row in rows):
            continue
        for block in (headers[:empty], headers[empty + 1 :]):
            if set(filter(None, block)) & {headers[at] for at in binding.columns.values()}:
                continue
            found = (bind_layout(block, layout, catalogue) for layout in catalogue.layouts.values())
            if any(not held.missing_places and len(held.columns) >= _COLUMNS_OF_A_TABLE for held in found):
                return True
    return False


def is_of_neighbour(raw: RawSheet, binding: Binding, data: list[int], period: str) -> bool:
    """Whether a bare date stands right of another person's columns and its days do not show whose they are."""
    for name, column in binding.layout.columns.items():
        beside, at = column.beside, binding.columns.get(name)
        if beside is None or at is None or binding.headers[at] not in beside.headers:
            continue
        if any(other in binding.columns for other in beside.unless):
            continue
        owners = {index: other for other, indexes in binding.several.items() for index in indexes}
        left = next((owners[index] for index in range(at - 1, -1, -1) if owners.get(index, "other") != "other"), None)
        if left in beside.of and not _are_recent([raw.rows[row][at] for row in data], period, beside.years):
            return True
    return False


def _are_recent(cells: list[object], period: str, years: int) -> bool:
    """Whether the days of a column lie so near to the month that they cannot be those of a mother."""
    year, month = int(period[:4]), int(period[5:7])
    filled = [cell for cell in cells if not gap(cell)]
    days = [dates.parse_date(cell, year, (year, month)) for cell in filled]
    known = [day.year for day in days if isinstance(day, date)]
    months = (
        dates.read_month(cell, year).value for cell, day in zip(filled, days, strict=True) if isinstance(day, Problem)
    )
    known += [int(told[:4]) for told in months if isinstance(told, str)]
    return not filled or (bool(known) and min(known) >= year - years)


def is_cumulated(raw: RawSheet, body: Body) -> bool:
    """Whether a note says that the figures run since January, and speaks of no line below them that does."""
    summed = [raw.rows[index] for index in body.totals]
    words = [[cell for cell in row if isinstance(cell, str) and "累计" in cell] for row in summed]
    if any(said and len(row) - row.count("") > len(said) for row, said in zip(summed, words, strict=True)):
        return False
    return body.is_cumulated or any(note_cumulates(cell) for said in words for cell in said)
