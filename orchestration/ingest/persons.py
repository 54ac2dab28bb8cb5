"""Persons on one sheet: what an ID number says against what is typed beside it, and who stands there twice.

Birth and sex are taken from a number to be compared and are forgotten at once. Names are compared only between rows
that one ID number, or one household with one birth and sex, brings together; nobody is looked for by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from orchestration.ingest import dates
from orchestration.ingest.identity import VALID, read_id
from orchestration.ingest.lunar import common_day
from orchestration.ingest.row_checks import IdAgrees, OneIdEach, OneRowEach
from orchestration.ingest.row_view import RowView
from orchestration.ingest.text import squash

_ANY = "0123456789"
_SEX_DIGITS = {"male": "13579", "female": "02468"}
_BIRTH, _SEX = 6, 16
_WRITTEN = re.compile(r"(\d{4})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?$", re.ASCII)
# From so many rows on, more than half of them wrong are no slips of a clerk but a column that holds something else.
_ROWS_OF_A_COLUMN = 5


def two_names(view: RowView) -> None:
    """One ID under two names is a finding; both rows count (ruling R-07)."""
    key = next((name for name, column in view.binding.layout.columns.items() if column.type == "id"), None)
    if key is None or key not in view.values or not view.has("name"):
        return
    keys = view.values[key]
    if not _repeats(keys):
        return
    names: dict[str, str] = {}
    for position, (person, name) in enumerate(zip(keys, view.cells("name"), strict=True)):
        if person is not None and names.setdefault(person, (folded := squash(str(name)))) != folded:
            view.blamed.add(position)
            view.flag("id.two_names", position, key)


def id_agrees(view: RowView, check: IdAgrees) -> None:
    """Compare birth and sex of each number with its row; a row in which both differ has somebody else's number."""
    if not view.has(check.id):
        return
    numbers = _numbers(view, check.id)
    births, parities = _births(view, check.birth), _parities(view, check)
    wrong = [
        at
        for at, (number, birth, parity) in enumerate(zip(numbers, births, parities, strict=True))
        if number and (number[_SEX] not in parity or not number.startswith(birth, _BIRTH))
    ]
    wrong = [at for at in wrong if at not in view.refused and at not in view.blamed]
    if len(wrong) >= _ROWS_OF_A_COLUMN and 2 * len(wrong) > len(numbers) - numbers.count(None):
        view.flag_column("id.column_disagrees", check.id)
        return
    for at in wrong:
        number, birth = numbers[at], births[at]
        assert number
        sex_agrees, birth_agrees = number[_SEX] in parities[at], number.startswith(birth, _BIRTH)
        if not birth_agrees and _is_lunar(birth, number):
            view.flag("id.birth_lunar", at, check.birth or check.id)
            birth_agrees = True
        if not sex_agrees and not birth_agrees:
            view.blamed.add(at)
            view.flag("id.of_another", at, check.id)
        elif not sex_agrees:
            view.flag("id.sex_disagrees", at, check.sex or check.id)
        elif not birth_agrees:
            view.flag("id.birth_disagrees", at, check.birth or check.id)


def one_row_each(view: RowView, check: OneRowEach) -> None:
    """Find the further rows of a person; of moves those that no move the other way explains."""
    keys = view.read(check.id)
    if not _repeats(keys):
        return
    rows: dict[str, list[int]] = defaultdict(list)
    gone = view.gone(check.left)
    for at, person in enumerate(keys):
        if person is not None and not gone[at] and at not in view.refused and at not in view.blamed:
            rows[person].append(at)
    directions = view.read(check.direction) if check.direction else [None] * len(keys)
    days = view.read(check.date) if check.date else [None] * len(keys)
    is_half = check.direction is not None and not view.has(check.direction)
    for alike in rows.values():
        # The move the other way stands on the sheet of the other half.
        further = _on_one_day(alike, days) if is_half else _further(alike, directions, days)
        for at in further:
            view.repeated.add(at)
            view.flag("id.repeated", at, check.id)


def one_id_each(view: RowView, check: OneIdEach) -> None:
    """Find rows that agree in everything but the number; namesakes of another birth or household do not."""
    if not view.has(check.id, check.name, *check.agree):
        return
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    told = list(zip(*(view.read(name) for name in check.agree), strict=True))
    if len(set(told)) == len(told):
        return
    for at, row in enumerate(told):
        alike[row].append(at)
    keys, names = view.read(check.id), view.cells(check.name)
    for row, positions in alike.items():
        if len(positions) < 2 or None in row:
            continue
        first: dict[str, str] = {}
        for at in positions:
            name = squash(str(names[at]))
            if keys[at] is None or not name or at in view.refused or at in view.blamed:
                continue
            if first.setdefault(name, keys[at]) != keys[at]:
                view.flag("id.two_ids", at, check.id)


def births_of_women(view: RowView, name: str) -> list[str | None]:
    """The months ``YYYY-MM`` in which the women of a column were born, by their own numbers."""
    numbers = enumerate(_numbers(view, name))
    return [
        f"{number[6:10]}-{number[10:12]}"
        if number and number[_SEX] in _SEX_DIGITS["female"] and at not in view.blamed
        else None
        for at, number in numbers
    ]


def _repeats(keys: Sequence[str | None]) -> bool:
    known = [key for key in keys if key is not None]
    return len(set(known)) < len(known)


def _further(alike: list[int], directions: list[Any], days: list[Any]) -> list[int]:
    found = []
    for number, at in enumerate(alike):
        earlier = [other for other in alike[:number] if directions[other] == directions[at]]
        if earlier and not any(_between(alike, other, at, directions, days) for other in earlier):
            found.append(at)
    return found


def _on_one_day(alike: list[int], days: list[Any]) -> list[int]:
    return [at for number, at in enumerate(alike) if days[at] in {days[other] for other in alike[:number]}]


def _between(alike: list[int], one: int, other: int, directions: list[Any], days: list[Any]) -> bool:
    """Whether the person moved the other way between two moves; the same day counts."""
    if days[one] is None or days[other] is None:
        return False
    first, last = sorted((days[one], days[other]))
    back = [at for at in alike if directions[at] != directions[one] and days[at] is not None]
    return any(first <= days[at] <= last for at in back)


def _numbers(view: RowView, name: str) -> list[str | None]:
    """The valid numbers of a column, in their 18 characters."""
    cells = view.cells(name)
    statuses = view.statuses.get(view.binding.layout.columns[name].status or f"{name}_status") or [VALID] * len(cells)
    is_read = name in view.values
    return [
        None
        if status != VALID
        else cell
        if is_read and type(cell) is str and len(cell) == 18 and cell.isascii()
        else read_id(cell)[0]
        for cell, status in zip(cells, statuses, strict=True)
    ]


def _births(view: RowView, name: str | None) -> list[str]:
    """The digits YYYYMMDD or YYYYMM of each birth typed, an empty text where there is none to compare."""
    if name is None or not view.has(name):
        return [""] * len(view.kept)
    year = int(view.context.period[:4])
    return [_digits(read, cell, year) for read, cell in zip(view.read(name), view.cells(name), strict=True)]


@lru_cache(maxsize=262_144)
def _digits(read: date | str | None, cell: object, year: int) -> str:
    if read is None:
        return ""
    if isinstance(read, date):
        return read.isoformat().replace("-", "")
    month = read[:4] + read[5:]
    if type(cell) is str and len(cell) == 10 and cell.startswith(read) and cell[7] == "-":
        return month + cell[8:]
    day = _day(cell, year)
    return day if day.startswith(month) else month


def _day(cell: object, year: int) -> str:
    if isinstance(cell, str) and (found := _WRITTEN.match(cell)):
        return f"{found[1]}{found[2]:0>2}{found[3]:0>2}"  # a day of the calendar, or its month had not been read
    day = dates.parse_date(cell, year)
    return day.isoformat().replace("-", "") if isinstance(day, date) else ""


def _parities(view: RowView, check: IdAgrees) -> list[str]:
    if check.is_sex:
        return [_SEX_DIGITS[check.is_sex]] * len(view.kept)
    if check.sex is None:
        return [_ANY] * len(view.kept)
    return [_SEX_DIGITS.get(sex, _ANY) for sex in view.read(check.sex)]


def _is_lunar(birth: str, number: str) -> bool:
    """Whether a day typed is the birth of the number by the lunar calendar."""
    if len(birth) != 8:
        return False
    year, month, day = int(birth[:4]), int(birth[4:6]), int(birth[6:])
    meant = number[_BIRTH : _BIRTH + 8]
    days = (common_day(year, counted, day) for counted in (month, -month))
    return any(found is not None and f"{found:%Y%m%d}" == meant for found in days)
