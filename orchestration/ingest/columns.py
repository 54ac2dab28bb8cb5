"""Columns at a time: one parser for each column of a sheet, prepared once, with its answers remembered.

Ledgers repeat themselves: sexes, dates, codes, and every roster the people of the last one. A remembered answer costs
a dictionary look-up; ``python -m benchmarks.reading`` tells what reading costs beside bare parsing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.ingest import areas, dates, identity, values
from orchestration.ingest.layout import Catalogue, Column
from orchestration.ingest.memo import Memo, Parsed, only_past, settle
from orchestration.ingest.numerals import chinese_number
from orchestration.ingest.outcome import BLANK, NOTHING, PLAIN, REDACTED, Problem, Read
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.text import is_redacted, squash, told_in
from orchestration.ingest.units import UnitNames

_CODE_AND_WORD = re.compile(r"^\(?(?P<code>\d{1,2})\)?[.、:\-]?(?P<word>[\u4e00-\u9fff].*)$")
_BARE_MONTH = re.compile(r"^(?:0?(?P<figure>\d{1,2})|(?P<word>[一二三四五六七八九]|十[一二]?))月份?$")
_WHICH_TIME = re.compile(r"\(?第?(\d{1,2}|[一二三四五六七八九十]{1,2})次\)?")
_WANTED_MISSING = "cell.wanted_missing"


@dataclass(frozen=True)
class Context:
    """What a cell's reading depends on beside the cell: the sheet's month, unit, place names and day of receipt."""

    period: str
    unit_code: str
    county_code: str
    names: UnitNames
    received_on: date


class ColumnReaders:
    """Makes and keeps the memos of all columns over all sheets of a run."""

    def __init__(self, catalogue: Catalogue, pseudonyms: Pseudonyms) -> None:
        self._catalogue = catalogue
        self._pseudonyms = pseudonyms
        self._memos: dict[tuple[object, ...], Memo] = {}

    def read(
        self, form: str, name: str, column: Column, cells: Sequence[Any], unit: int | None, context: Context
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
        if not cells:
            return Parsed([], [])
        if bool in set(map(type, cells)):
            # True and 1.0 are one key to a dictionary, but not one thing in a ledger.
            cells = [str(cell).upper() if isinstance(cell, bool) else cell for cell in cells]
        memo = self._memo(form, name, column, unit, context)
        answers = list(map(memo.__getitem__, cells))
        distinct = set(cells)
        if memo.troubled.isdisjoint(distinct):
            parsed = Parsed(answers, [])
        else:
            parsed = settle(answers, column.blank if column.type == "code" else None)
        if column.wanted and not memo.blank.isdisjoint(distinct):
            parsed.problems.extend((at, _WANTED_MISSING) for at, cell in enumerate(cells) if cell in memo.blank)
        if not memo.ways.keys().isdisjoint(distinct):
            ways = Counter(map(memo.ways.get, cells))
            parsed.ways.update({way: count for way, count in ways.items() if way is not None})
        if column.type == "date" and not column.future:
            return only_past(parsed, context.received_on)
        if column.type == "month" and column.pii == "Q":
            return only_past(parsed, f"{context.received_on:%Y-%m}")
        return parsed

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
                return (column.type, unit, column.minimum, column.units, *((form, name) if column.codes else ()))
            case "date":
                return ("date", context.period if column.places_row else context.period[:4])
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

    def _parser(self, column: Column, unit: int | None, context: Context) -> Callable[[Any], Read]:
        minimum, year = column.minimum, int(context.period[:4])
        match column.type:
            case "id":
                return self._identifier(column)
            case "key":
                return self._key(column, _scope(column, context))
            case "int":
                return self._whole(column)
            case "decimal":
                return lambda cell: values.read_decimal(cell, minimum)
            case "money":
                return lambda cell: values.read_money(cell, unit, minimum)
            case "fraction":
                return values.read_fraction
            case "date":
                # What places a row of a monthly sheet happened in its month, if its year is not written.
                month = (year, int(context.period[5:7])) if column.places_row else None
                return lambda cell: dates.read_date(cell, year, month)
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
                return lambda cell: values.read_text(cell, pattern=column.pattern)

    def _identifier(self, column: Column) -> Callable[[object], Read]:
        purpose, domain, key = column.purpose or "", column.domain or "", self._pseudonyms.key

        def parse(cell: object) -> Read:
            number, status = identity.read_id(cell)
            if number is not None:
                return Read((key(purpose, domain, number), status), _id_way(cell, number))
            if is_redacted(cell):
                return Read(REDACTED)
            return Read((None, status), BLANK if status == identity.MISSING else PLAIN)

        return parse

    def _key(self, column: Column, scope: str) -> Callable[[object], Read]:
        purpose, domain, key = column.purpose or "", column.domain or "", self._pseudonyms.key

        def parse(cell: object) -> Read:
            if values.gap(cell):
                return NOTHING
            if isinstance(cell, float | int) and not abs(cell) < 10**15:
                return Read(Problem("key.lost_digits"))
            text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else squash(str(cell)).upper()
            if is_redacted(text):
                return Read(REDACTED)
            # A number of 18 digits is unique in the country; any other only within its unit or county.
            return Read(key(purpose, domain, text if len(text) == 18 and text.isdigit() else f"{scope}|{text}"))

        return parse

    def _whole(self, column: Column) -> Callable[[object], Read]:
        minimum, units = column.minimum, column.units
        named = {squash(word): int(number) for number, words in column.codes.items() for word in words}
        if not named:
            return lambda cell: values.read_int(cell, minimum, units)

        def parse(cell: object) -> Read:
            found = named.get(squash(cell)) if isinstance(cell, str) else None
            return values.read_int(cell, minimum, units) if found is None else Read(found, "number.named")

        return parse

    def _code(self, column: Column) -> Callable[[object], Read]:
        lookup: dict[str, Any] = {}
        for code, words in self._catalogue.codes(column).items():
            for word in words:
                lookup[squash(word)] = (code == "true") if column.type == "bool" else code
        blank, unknown = column.blank, Read(Problem("code.unknown"))

        def parse(cell: object) -> Read:
            if isinstance(cell, float | int):
                found = lookup.get(f"{cell:.10g}")
                return unknown if found is None else Read(found)
            if not isinstance(cell, str):
                return unknown
            word = squash(cell)
            found = lookup.get(word)
            if found is not None:
                return Read(found)
            if "累计" in word:
                return unknown  # the figures of such a line run since January
            if "(" in word:
                found = lookup.get(word.partition("(")[0])
            if found is None and "次" in word:
                found = lookup.get(_WHICH_TIME.sub("", word))
            if found is None and (both := _CODE_AND_WORD.match(word)):
                found, coded = lookup.get(both["word"]), lookup.get(both["code"])
                found = found if coded is None or coded == found else None
            if found is None and column.within:
                found = told_in(lookup, word)
            if found is not None:
                return Read(found, "code.by_part")
            if values.gap(cell):
                return Read(blank, BLANK)
            return Read(REDACTED) if is_redacted(cell) else unknown

        return parse


def _scope(column: Column, context: Context) -> str:
    return context.unit_code if column.scope == "unit" else context.county_code


def _id_way(cell: object, number: str) -> str:
    if cell == number:
        return PLAIN
    if not isinstance(cell, str):
        return "id.as_number"
    return "id.tidied" if sum(map(str.isdigit, cell)) >= 17 else "id.upgraded"


def _month(cell: object, year: int, is_birth: bool, blank: str | None) -> Read:
    """A month; where a blank means the sheet's own month, so does that month's name without its year."""
    if blank and isinstance(cell, str) and (found := _BARE_MONTH.match(squash(cell))):
        month = int(found["figure"]) if found["figure"] else chinese_number(found["word"])
        return Read(blank, "date.of_report_month") if month == int(blank[5:7]) else Read(dates.AMBIGUOUS)
    read = dates.read_month(cell, year, is_birth=is_birth)
    return Read(blank, read.rule) if read.value is None else read


def _place(names: UnitNames, is_kept: bool) -> Callable[[object], Read]:
    def parse(cell: object) -> Read:
        if not isinstance(cell, str) or values.gap(cell):
            return NOTHING
        if is_redacted(cell):
            return Read(REDACTED)
        if is_kept:
            return Read(names.office(cell) or Problem("division.unresolved"))
        return Read(names.place(cell))

    return parse
