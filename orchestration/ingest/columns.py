"""Columns at a time: one parser for each column of a sheet, prepared once, with its answers remembered.

Ledgers repeat themselves: sexes, dates, codes, and every roster the people of the last one. A remembered answer costs
a dictionary look-up, which is what keeps reading within twice the bare parsing of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.ingest import areas, dates, identity, values
from orchestration.ingest.layout import Catalogue, Column
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.text import DITTO, is_redacted, squash, told_in
from orchestration.ingest.units import UnitNames
from orchestration.ingest.values import Problem

_MOST_REMEMBERED = 1_500_000
_LONGEST_DITTO = 8
_CODE_AND_WORD = re.compile(r"^\(?(?P<code>\d{1,2})\)?[.、:\-]?(?P<word>[\u4e00-\u9fff].*)$")
_BARE_MONTH = re.compile(r"^(?:0?(?P<figure>\d{1,2})|(?P<word>[一二三四五六七八九]|十[一二]?))月份?$")
_WHICH_TIME = re.compile(r"\(?第?(\d{1,2}|[一二三四五六七八九十]{1,2})次\)?")
_DITTO = Problem("cell.ditto")
_AFTER_RECEIPT = "date.after_receipt"


class Memo(dict[Any, Any]):
    """Cell -> what it says. Cells that could not be read are listed, so that a clean column is never looked over."""

    def __init__(self, parse: Callable[[Any], Any]) -> None:
        super().__init__()
        self._parse = parse
        self.troubled: set[Any] = set()

    def __missing__(self, cell: Any) -> Any:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
            self.troubled.clear()
        is_ditto = isinstance(cell, str) and len(cell) < _LONGEST_DITTO and squash(cell) in DITTO
        answer = _DITTO if is_ditto else self._parse(cell)
        self[cell] = answer
        if isinstance(answer, Problem):
            self.troubled.add(cell)
        return answer


@dataclass(frozen=True)
class Context:
    """What a cell's reading depends on beside the cell: the sheet's month, unit, place names and day of receipt."""

    period: str
    unit_code: str
    county_code: str
    names: UnitNames
    received_on: date


@dataclass(frozen=True)
class Parsed:
    """One column read: a value a row, and (row, rule) for the cells that could not be read."""

    cells: list[Any]
    problems: list[tuple[int, str]]


class ColumnReaders:
    """Makes and keeps the memos of all columns over all sheets of a run."""

    def __init__(self, catalogue: Catalogue, pseudonyms: Pseudonyms) -> None:
        self._catalogue = catalogue
        self._pseudonyms = pseudonyms
        self._memos: dict[tuple[object, ...], Memo] = {}

    def read(
        self, form: str, name: str, column: Column, cells: list[Any], unit: int | None, context: Context
    ) -> Parsed:
        """Read the cells of one column in order.

        Args:
            form: form code.
            name: the column in the layout.
            column: its layout.
            cells: raw cells, one a data row.
            unit: yuan per unit of money (1, 10000) or None.
            context: see ``Context``.
        """
        if bool in set(map(type, cells)):
            # True and 1.0 are one key to a dictionary, but not one thing in a ledger.
            cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
        memo = self._memo(form, name, column, unit, context)
        answers = [memo[cell] for cell in cells]
        if not memo.troubled or memo.troubled.isdisjoint(cells):
            parsed = Parsed(answers, [])
        else:
            parsed = _settle(answers, column.blank if column.type == "code" else None)
        return _only_past(parsed, context.received_on) if column.type == "date" and not column.future else parsed

    def words(self, column: Column) -> dict[str, str]:
        """Word -> code of a column of codes."""
        return {squash(word): code for code, words in self._catalogue.codes(column).items() for word in words}

    def _memo(self, form: str, name: str, column: Column, unit: int | None, context: Context) -> Memo:
        key = self._memo_key(form, name, column, unit, context)
        memo = self._memos.get(key)
        if memo is None:
            memo = self._memos[key] = Memo(self._parser(column, unit, context))
        return memo

    @staticmethod
    def _memo_key(form: str, name: str, column: Column, unit: int | None, context: Context) -> tuple[object, ...]:
        """Columns with the same key read every cell alike, on whatever form they stand."""
        match column.type:
            case "id":
                return ("id", column.purpose, column.domain)
            case "key":
                return ("key", column.purpose, column.domain, _scope(column, context))
            case "int" | "decimal" | "money" | "fraction":
                return (column.type, unit, column.minimum, *((form, name) if column.codes else ()))
            case "date":
                return ("date", context.period[:4])
            case "month":
                return ("month", column.pii == "Q", context.period if column.blank else context.period[:4])
            case "code" | "bool":
                return ("code", form, name)
            case "division":
                return ("division", id(context.names), column.keep)
            case "area":
                return ("area", id(context.names), context.county_code, column.code_list)
            case _:
                return ("text", column.pattern)

    def _parser(self, column: Column, unit: int | None, context: Context) -> Callable[[Any], object]:
        minimum, year = column.minimum, int(context.period[:4])
        match column.type:
            case "id":
                return self._identifier(column)
            case "key":
                return self._key(column, _scope(column, context))
            case "int":
                return self._whole(column)
            case "decimal":
                return lambda cell: values.parse_decimal(cell, minimum)
            case "money":
                return lambda cell: values.parse_money(cell, unit, minimum)
            case "fraction":
                return values.parse_fraction
            case "date":
                return lambda cell: dates.parse_date(cell, year)
            case "month":
                is_birth = column.pii == "Q"
                blank = context.period if column.blank else None
                return lambda cell: _month(cell, year, is_birth, blank)
            case "code" | "bool":
                return self._code(column)
            case "division":
                return _place(context.names, column.keep)
            case "area":
                return areas.reader(context.names, context.county_code, self._catalogue, column)
            case _:
                return lambda cell: values.parse_text(cell, pattern=column.pattern)

    def _identifier(self, column: Column) -> Callable[[object], object]:
        purpose, domain, key = column.purpose or "", column.domain or "", self._pseudonyms.key

        def parse(cell: object) -> tuple[str | None, str]:
            number, status = identity.read_id(cell)
            return (key(purpose, domain, number) if number else None), status

        return parse

    def _key(self, column: Column, scope: str) -> Callable[[object], object]:
        purpose, domain, key = column.purpose or "", column.domain or "", self._pseudonyms.key

        def parse(cell: object) -> object:
            if values.gap(cell):
                return None
            if isinstance(cell, float | int) and cell >= 10**15:
                return Problem("key.lost_digits")
            text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else squash(str(cell)).upper()
            if is_redacted(text):
                return values.REDACTED
            # A number of 18 digits is unique in the country; any other only within its unit or county.
            return key(purpose, domain, text if len(text) == 18 and text.isdigit() else f"{scope}|{text}")

        return parse

    def _whole(self, column: Column) -> Callable[[object], object]:
        minimum = column.minimum
        named = {squash(word): int(number) for number, words in column.codes.items() for word in words}
        if not named:
            return lambda cell: values.parse_int(cell, minimum)

        def parse(cell: object) -> object:
            found = named.get(squash(cell)) if isinstance(cell, str) else None
            return values.parse_int(cell, minimum) if found is None else found

        return parse

    def _code(self, column: Column) -> Callable[[object], object]:
        lookup: dict[str, Any] = {}
        for code, words in self._catalogue.codes(column).items():
            for word in words:
                lookup[squash(word)] = (code == "true") if column.type == "bool" else code
        blank, unknown = column.blank, Problem("code.unknown")

        def parse(cell: object) -> object:
            if isinstance(cell, float | int):
                return lookup.get(str(int(cell)), unknown) if cell == int(cell) else unknown
            if not isinstance(cell, str):
                return unknown
            word = squash(cell)
            found = lookup.get(word)
            if found is None and "(" in word:
                found = lookup.get(word.partition("(")[0])
            if found is None and "次" in word:
                found = lookup.get(_WHICH_TIME.sub("", word))
            if found is None and (both := _CODE_AND_WORD.match(word)):
                found, coded = lookup.get(both["word"]), lookup.get(both["code"])
                found = found if coded is None or coded == found else None
            if found is None and column.within:
                found = told_in(lookup, word)
            if found is not None:
                return found
            if values.gap(cell):
                return blank
            return values.REDACTED if is_redacted(cell) else unknown

        return parse


def _scope(column: Column, context: Context) -> str:
    return context.unit_code if column.scope == "unit" else context.county_code


def _month(cell: object, year: int, is_birth: bool, blank: str | None) -> object:
    """A month; where a blank means the sheet's own month, so does that month's name without its year."""
    if blank and isinstance(cell, str) and (found := _BARE_MONTH.match(squash(cell))):
        month = int(found["figure"]) if found["figure"] else values.chinese_number(found["word"])
        return blank if month == int(blank[5:7]) else dates.AMBIGUOUS
    read = dates.parse_month(cell, year, is_birth=is_birth)
    return blank if read is None else read


def _place(names: UnitNames, is_kept: bool) -> Callable[[object], object]:
    def parse(cell: object) -> object:
        if not isinstance(cell, str) or values.gap(cell) or is_redacted(cell):
            return None
        if is_kept:
            return names.office(cell) or Problem("division.unresolved")
        return names.place(cell)

    return parse


def _settle(answers: Sequence[Any], when_redacted: str | None) -> Parsed:
    """Turn problems into gaps with their rule, and 同上 into what stands above."""
    cells: list[Any] = []
    problems: list[tuple[int, str]] = []
    for index, answer in enumerate(answers):
        if answer is _DITTO:
            cells.append(cells[-1] if cells else None)
        elif isinstance(answer, Problem):
            problems.append((index, answer.rule_id))
            cells.append(when_redacted if answer is values.REDACTED else None)
        else:
            cells.append(answer)
    return Parsed(cells, problems)


def _only_past(parsed: Parsed, received_on: date) -> Parsed:
    """Nothing can be reported before it happens: a day after the receipt is not read."""
    late = [at for at, day in enumerate(parsed.cells) if day is not None and day > received_on]
    if not late:
        return parsed
    cells = list(parsed.cells)
    for at in late:
        cells[at] = None
    return Parsed(cells, [*parsed.problems, *((at, _AFTER_RECEIPT) for at in late)])
