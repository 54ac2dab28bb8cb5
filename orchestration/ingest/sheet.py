"""The anatomy of a ledger sheet: what stands above the table, its header, its data, and everything that is not data.

Every row that is not blank lands in exactly one class; that is what the row accounting adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from orchestration.ingest import periods
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.flattening import is_column_numbers
from orchestration.ingest.headers import Binding
from orchestration.ingest.text import MONEY_UNITS, fold, is_missing, squash

_COUNTED = r"(?:\([^)]{1,6}\))?[:]?\d*(?:人次|人|例|对|户|元|笔)?"
# A line that sums or carries other lines says so in whatever column its words begin: 一组小计, 本年累计, 承前页.
_SUM = re.compile(
    rf"^(?:\S{{0,8}}(?:合计|总计|共计|小计|累计)[数额]?{_COUNTED}|本?[页日月季年]计"
    r"|(?:承前|承上|接前|接上|过次|转次|转下)页|上[年月期](?:结转|余额)|结转下[年月期页]|[年月期]初余额)$"
)
_SUM_HINTS = ("计", "页", "余额", "结转")
_COMPARED = (
    r"(?:上年|去年|上月|上期)(?:同期|同月|数)?数?|同比.{0,6}|[比较](?:上年|去年|上月|上期|同期).{0,8}|增[减长].{0,4}"
)
TOTAL = re.compile(rf"{_SUM.pattern}|^(?:全[镇乡县区]|其中[:：]?.{{0,8}}|{_COMPARED})$")
GRAND_TOTAL = re.compile(rf"^(?:本月|本村|全村|全镇|全乡|本期)?(?:合计|总计|共计){_COUNTED}$")
_NOTE = re.compile(
    r"^(备注|注\d*[::、.]|说明[::]|填表说明|(填表|填报|制表|审核|复核|经办|统计|录入)人|(单位|统计)?负责人[::(]|报出日期|填表日期|签字|盖章|以下空白|续表|续上表)"
)
_STAMP = r"(?:\((?:盖章|签章|公章|章)\))?"
_UNIT_LINE = re.compile(
    rf"(?:(?:填报|上报|报送|填表|编报)单\s*位(?:名称|代码)?{_STAMP}\s*[:]?"
    rf"|(?<![额量币])(?:单\s*位(?:名\s*称)?|村\s*名|村\(居\)(?:名称)?|村\(社区\)(?:名称)?|村居|行政村){_STAMP}\s*[:])"
    r"(?!\s*\(?(?:人次|人|户|对|例|个|[百千万]?元)(?:[、,/\s)]|$))\s*(?P<text>.*?)"
    r"(?=\s*(?:填表日期|报出日期|填报日期|上报日期|制表日期|日期|报表期|报告期|统计时间|统计期|所属时期|所属期|填表人|金额单位|计量单位|单位\s*:|(?:19|20)\d{2}\s*[年.\-/]|$))"
)
_CONTINUED = re.compile(r"续(?:上)?表")
_COUNTS = "人次|人|户|对|例|个|名|笔|件|份|本|张|次|%"
_MONEY_LINE = re.compile(
    rf"(?:单\s*位\s*[:为]?\s*\(?|以|[(\u3000])(?:人民币)?(?:(?:{_COUNTS})\s*[、,/]\s*)*"
    r"(?P<unit>[百千万]?元)(?:(?![\u4e00-\u9fff])|(?=计(?![\u4e00-\u9fff])|为单位))"
)
_NOTHING = re.compile(
    r"^(本|当|全|我)?(月份?|期|季度?|年度?|村|社区|村本月)?(暂|均|尚)?(无|没有)[^\d,;:。]{0,14}[。.]?$|^零报告$|^空表$"
)
_GROUP = re.compile(
    r"^第?[一二三四五六七八九十\d]{1,3}(村民)?(小)?[组队](组长.{0,8}|[:(].{0,10})?$|^(自然村|村民小组)[:].{0,10}$"
)
_STATED = re.compile(
    r"(报出|上报|填报|填表|制表)(日期|时间)\s*[:]?\s*(?P<text>\S{6,14}(?:\s*\d{1,2}\s*月\s*\d{1,2}\s*日)?)"
)
_OFFICIAL = re.compile(r"(表\s*号|制表机关|批准机关|批准文号|备案机关|有效期\S*?|文\s*号)\s*[:]\s*\S*")


@dataclass(frozen=True)
class Preamble:
    """What the lines above the header say."""

    title: str
    unit_line: str | None
    money_units: frozenset[int]
    row_date: date | None
    stated_date: date | None
    lines: tuple[str, ...] = ()
    near: str | None = None

    @property
    def heading(self) -> str:
        """The line that says what the table is; the whole title unless the sheet holds several tables."""
        return self.title if self.near is None else self.near


@dataclass
class Body:
    """The rows below the header, by class; indexes into the raw rows."""

    data: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    non_data: int = 0
    stated_date: date | None = None
    money_units: frozenset[int] = frozenset()
    is_cumulated: bool = False


def preamble(rows: list[list[object]]) -> Preamble:
    """Read the lines above a header (or the first lines of a sheet that has none)."""
    lines = ["\u3000".join(fold(cell) for cell in row if isinstance(cell, str) and cell.strip()) for row in rows]
    dates = [cell for row in rows for cell in row if isinstance(cell, date)]
    unit_line = stated = None
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
    title = " ".join(kept)
    row_date = periods.full_date(title)
    if row_date is None and len(set(dates)) == 1:
        row_date = date(dates[0].year, dates[0].month, dates[0].day)
    money_units = frozenset(unit for line in lines for unit in money_units_of(line))
    return Preamble(title, unit_line or None, money_units, row_date, stated, tuple(kept))


def money_units_of(line: str) -> Iterator[int]:
    """Yuan per unit of money (元 1, 万元 10000) wherever a folded line above or below a table names such a unit."""
    for found in _MONEY_LINE.finditer("\u3000" + line):
        yield MONEY_UNITS[found["unit"]]


def split(sheet: RawSheet, binding: Binding, page_lines: frozenset[int] = frozenset()) -> Body:
    """Put every row below the header into its class; ``page_lines`` are known to begin a further page.

    A row counts as data unless something says otherwise: a total, a note, a signature, a repeated header, a row of
    column numbers, a serial number printed in advance.
    """
    rows = sheet.rows
    start = binding.first_row + binding.height
    body = Body()
    body.non_data = sum(map(bool, sheet.filled[:start]))
    header_rows = {tuple(row) for row in rows[binding.first_row : start]}
    above = {tuple(row) for row in rows[: binding.first_row]}
    serials = set(binding.serial)
    summing = _summing_words(rows[start:])
    for index, (row, filled) in enumerate(zip(rows[start:], sheet.filled[start:], strict=True), start):
        if not filled:
            continue
        if index in page_lines:
            body.non_data += 1
            continue
        first = row[0]
        if summing and _sums(row, summing, binding.remark_column):
            body.totals.append(index)
            body.non_data += 1
            continue
        if filled > 2 and (isinstance(first, float) or (isinstance(first, str) and first.isdigit())):
            if not body.data and _numbers_columns(row, binding):
                body.non_data += 1
            else:
                body.data.append(index)
            continue
        kind = _kind(row, filled, serials)
        if kind == "data" and (tuple(row) in header_rows or tuple(row) in above):
            kind = "non_data"
        if kind == "data" and not body.data and _numbers_columns(row, binding):
            kind = "non_data"
        if kind == "data":
            body.data.append(index)
            continue
        if kind == "total":
            body.totals.append(index)
        else:
            line = "\u3000".join(fold(cell) if cell else "" for cell in row if isinstance(cell, str))
            body.money_units = body.money_units.union(money_units_of(line))
            body.is_cumulated = body.is_cumulated or periods.note_cumulates(line)
            body.stated_date = body.stated_date or _stated_below(row, line)
        body.non_data += 1
    return body


def _kind(row: list[object], filled: int, serials: set[int]) -> str:
    texts = [(column, cell) for column, cell in enumerate(row) if cell != ""]
    first = texts[0][1]
    if filled <= len(serials) and all(column in serials for column, _ in texts):
        return "non_data"
    if all(column in serials or _says_nothing(cell) for column, cell in texts):
        return "non_data"
    if not isinstance(first, str):
        return "data"
    word = squash(first)
    if TOTAL.match(word) or (texts[0][0] in serials and len(texts) > 1 and _is_total(texts[1][1])):
        return "total"
    if _NOTE.match(word) or (filled == 1 and _GROUP.match(word)):
        return "non_data"
    # A line of one cell that names unit or title again is a page break; any other is data that lacks its cells.
    return "non_data" if filled <= 3 and _UNIT_LINE.match(fold(first)) else "data"


def ends_table(row: list[object]) -> bool:
    """Whether a row is a total, a note or a signature, which belong to the table above them."""
    first = next((cell for cell in row if cell != ""), None)
    word = squash(first) if isinstance(first, str) else ""
    return bool(TOTAL.match(word) or _NOTE.match(word)) and not _CONTINUED.match(word)


def names_unit(row: list[object]) -> bool:
    """Whether a row is a line like 填报单位:…, which stands above a table."""
    return any(isinstance(cell, str) and _UNIT_LINE.match(fold(cell)) for cell in row)


def _says_nothing(cell: object) -> bool:
    """Whether a cell tells that there was nothing to report: 无, a dash, 本月无死亡."""
    return isinstance(cell, str) and (is_missing(cell) or bool(_NOTHING.match(squash(cell))))


def _summing_words(rows: list[list[object]]) -> frozenset[object]:
    """The cells of a table that say that they sum others: looked for once, since most tables have none."""
    texts = [cell for cell in set(chain.from_iterable(rows)) if type(cell) is str]
    whole = "\n".join(texts)
    hinted = {text for hint in _SUM_HINTS if hint in whole for text in texts if hint in text}
    return frozenset(text for text in hinted if _SUM.match(squash(text)))


def _sums(row: list[object], summing: frozenset[object], remark_column: int | None) -> bool:
    """Whether a line says in any cell but the remark that it sums others."""
    return not summing.isdisjoint(row) and any(cell in summing for at, cell in enumerate(row) if at != remark_column)


def _is_total(cell: object) -> bool:
    return isinstance(cell, str) and bool(TOTAL.match(squash(cell)))


def is_grand_total(row: list[object]) -> bool:
    """Whether a total row covers the whole sheet (合计), not a part of it (小计, 其中)."""
    words = (squash(cell) for cell in row if isinstance(cell, str) and cell.strip())
    return bool(GRAND_TOTAL.match(next((word for word in words if not word.isdigit()), "")))


def _numbers_columns(row: list[object], binding: Binding) -> bool:
    """A printed row 甲 乙 1 2 3 …, or one of figures alone under every header."""
    if not is_column_numbers(row):
        return False
    headed = sum(map(bool, binding.headers.values()))
    return is_column_numbers(row, lettered=True) or len(row) - row.count("") >= headed


def _stated_below(row: list[object], line: str) -> date | None:
    found = _STATED.search(line)
    if found:
        return periods.full_date(found["text"])
    typed = [cell for cell in row if isinstance(cell, date)]
    return date(typed[0].year, typed[0].month, typed[0].day) if len(typed) == 1 and "日期" in line else None
