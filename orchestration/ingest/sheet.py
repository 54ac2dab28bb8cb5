"""The anatomy of a ledger sheet: what stands above the table, its header, its data, and everything that is not data.

Every row that is not blank lands in exactly one class; that is what the row accounting adds up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from orchestration.ingest import periods
from orchestration.ingest.container import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.text import fold, squash

TOTAL = re.compile(r"^(合计|总计|共计|累计合计|小计|本页(小|合)?计|累计|其中[:：]?.{0,8})$")
GRAND_TOTAL = re.compile(r"^(合计|总计|共计)$")
_NOTE = re.compile(
    r"^(备注|注\d*[::、.]|说明[::]|填表说明|(填表|填报|制表|审核|复核|经办|统计|录入)人|(单位|统计)?负责人[::(]|报出日期|填表日期|签字|盖章|以下空白|续表|续上表)"
)
_UNIT_LINE = re.compile(
    r"(?:填报|上报|报送|填表)单位(?:名称|代码)?(?:\((?:盖章|签章|公章|章)\))?\s*[:]?\s*(?P<text>.*?)"
    r"(?=\s*(?:填表日期|报出日期|填报日期|上报日期|制表日期|日期|报表期|报告期|填表人|金额单位|计量单位|单位\s*:|(?:19|20)\d{2}\s*[年.\-/]|$))"
)
_MONEY_LINE = re.compile(r"(?<![报表送章])(?:金额|计量|货币)?单位\s*[:]\s*(?P<text>\S+(?:\s*[、,]\s*\S+)*)")
_STATED = re.compile(
    r"(报出|上报|填报|填表|制表)(日期|时间)\s*[:]?\s*(?P<text>\S{6,14}(?:\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?)"
)
_OFFICIAL = re.compile(r"(表\s*号|制表机关|批准机关|批准文号|备案机关|有效期\S*?|文\s*号)\s*[:]\s*\S*")


@dataclass(frozen=True)
class Preamble:
    """What the lines above the header say."""

    title: str
    unit_line: str | None
    money_unit: int | None
    row_date: date | None
    stated_date: date | None


@dataclass
class Body:
    """The rows below the header, by class; indexes into the raw rows."""

    data: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    non_data: int = 0
    stated_date: date | None = None


def is_blank(row: list[object]) -> bool:
    """Whether a row holds nothing but blanks; such rows are not counted at all."""
    empty = row.count("")
    if empty == len(row):
        return True
    # Cells of blanks are rare; a row of figures or words shows itself by its first filled cell.
    first = next(cell for cell in row if cell != "")
    if not isinstance(first, str) or first.strip():
        return False
    return all(isinstance(cell, str) and not cell.strip() for cell in row)


def preamble(rows: list[list[object]]) -> Preamble:
    """Read the lines above a header (or the first lines of a sheet that has none)."""
    lines = ["\u3000".join(fold(cell) for cell in row if isinstance(cell, str) and cell.strip()) for row in rows]
    dates = [cell for row in rows for cell in row if isinstance(cell, date)]
    unit_line = money_unit = stated = None
    kept = []
    for line in lines:
        line = _OFFICIAL.sub(" ", line)
        found = _STATED.search(line)
        if found:
            stated = stated or periods.full_date(found["text"])
            line = _STATED.sub(" ", line)
        found = _UNIT_LINE.search(line)
        if found and unit_line is None:
            unit_line = found["text"].strip(" \u3000_")
            kept.append(line[: found.start()] + " " + line[found.end() :])
        else:
            kept.append(line)
        found = _MONEY_LINE.search(line)
        if found and money_unit is None and "元" in found["text"]:
            money_unit = 10_000 if "万元" in found["text"] else 1
    title = " ".join(kept)
    row_date = periods.full_date(title)
    if row_date is None and len(set(dates)) == 1:
        row_date = date(dates[0].year, dates[0].month, dates[0].day)
    return Preamble(title, unit_line or None, money_unit, row_date, stated)


def split(sheet: RawSheet, binding: Binding) -> Body:
    """Put every row below the header into its class.

    A row counts as data unless something says otherwise: a total, a note, a signature, a repeated header, a row of
    column numbers, a serial number printed in advance.
    """
    rows = sheet.rows
    start = binding.first_row + binding.height
    body = Body()
    body.non_data = sum(not is_blank(row) for row in rows[:start])
    header_rows = {tuple(row) for row in rows[binding.first_row : start]}
    above = {tuple(row) for row in rows[: binding.first_row]}
    serials = set(binding.serial)
    for index in range(start, len(rows)):
        row = rows[index]
        filled = len(row) - row.count("")
        if filled == 0 or is_blank(row):
            continue
        first = row[0]
        if filled > 2 and (isinstance(first, float) or (isinstance(first, str) and first.isdigit())):
            if index == start and _is_column_numbers(row):
                body.non_data += 1
            else:
                body.data.append(index)
            continue
        kind = _kind(row, filled, serials)
        if kind == "data" and (tuple(row) in header_rows or tuple(row) in above):
            kind = "non_data"
        if kind == "data" and index == start and _is_column_numbers(row):
            kind = "non_data"
        if kind == "data":
            body.data.append(index)
            continue
        if kind == "total":
            body.totals.append(index)
        elif body.stated_date is None:
            body.stated_date = _stated_below(row)
        body.non_data += 1
    return body


def _kind(row: list[object], filled: int, serials: set[int]) -> str:
    texts = [(column, cell) for column, cell in enumerate(row) if cell != ""]
    first = texts[0][1]
    if filled <= len(serials) and all(column in serials for column, _ in texts):
        return "non_data"
    if not isinstance(first, str):
        return "data"
    word = squash(first)
    if TOTAL.match(word) or (texts[0][0] in serials and len(texts) > 1 and _is_total(texts[1][1])):
        return "total"
    if _NOTE.match(word):
        return "non_data"
    # A line of one cell that names unit or title again is a page break; any other is data that lacks its cells.
    return "non_data" if filled <= 3 and _UNIT_LINE.match(fold(first)) else "data"


def _is_total(cell: object) -> bool:
    return isinstance(cell, str) and bool(TOTAL.match(squash(cell)))


def is_grand_total(row: list[object]) -> bool:
    """Whether a total row covers the whole sheet (合计), not a part of it (小计, 其中)."""
    return any(isinstance(cell, str) and GRAND_TOTAL.match(squash(cell)) for cell in row[:4])


def _is_column_numbers(row: list[object]) -> bool:
    """A printed row 甲 乙 1 2 3 … or 1 2 3 … under the header."""
    cells = [cell for cell in row if cell != ""]
    letters = [cell for cell in cells if isinstance(cell, str) and squash(cell) in {"甲", "乙", "丙", "丁"}]
    numbers = [squash(str(cell)).strip("()").removesuffix(".0") for cell in cells if cell not in letters]
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        return False
    return bool(letters) or (len(numbers) >= 5 and len(numbers) == len(row))


def _stated_below(row: list[object]) -> date | None:
    line = "\u3000".join(fold(cell) for cell in row if isinstance(cell, str))
    found = _STATED.search(line)
    if found:
        return periods.full_date(found["text"])
    typed = [cell for cell in row if isinstance(cell, date)]
    return date(typed[0].year, typed[0].month, typed[0].day) if len(typed) == 1 and "日期" in line else None
