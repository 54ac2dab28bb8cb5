"""Which month a sheet reports, from its own words, then the file name, then the folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from orchestration.ingest.text import arabic_years, squash

_SPAN = re.compile(
    r"(?<!\d)(?:0?[1-9]|1[0-2])月?份?[-~—–至到](?:(?:19|20)?\d{2}年)?\d{1,2}月(?!\d{0,2}日)"
    r"|(?<!\d)(?P<m>\d{1,2})月\d{1,2}日?[-~—–至到](?:(?:19|20)\d{2}年)?(?!0?(?P=m)月)\d{1,2}月\d{1,2}日"
)
_CUMULATED = re.compile(r"累计|年初至|至本月")
# A note that says of the figures of its table that they run since January; not one that mentions such figures.
_CUMULATED_NOTE = re.compile(
    r"(?:本表|以上|上述|表中|表内|所列|所填|各项|数据|数字|数均|均为|均系|为|系)[^,;。]{0,12}"
    r"(?:(?<![非不])累计(?!.{0,3}[不勿免])|年初至|至本月|(?<!\d)1月?份?[-~—–至到]\d{1,2}月)"
)
_NOT_CUMULATED = re.compile(r"(?:非|不是|不含|不为|不填|不包括)(?:本年|年初)?累计")
_LONGER = re.compile(r"[一二三四1-4]季|季度|季报|半年|年报(?![送出])")
# A line of a year's table that sums other lines: 一季度, 上半年, 1-6月.
_SUBTOTAL = re.compile(r"季|半年|累计|合计|小计|总计|平均|全年|本年|^(?:19|20)?\d{2}年度?$|[-~—–至到]")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[年.\-_/](0?[1-9]|1[0-2])(?:月|(?!\d))(?!\d*日)")
_SHORT_YEAR_MONTH = re.compile(r"(?<!\d)([0-4]\d)年(0?[1-9]|1[0-2])月(?!\d*日)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)")
_FULL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})"
    r"(?:年(?P<m>\d{1,2})月(?P<d>\d{1,2})(?:日|(?!\d))|(?P<s>[.\-/])(?P<n>\d{1,2})(?P=s)(?P<e>\d{1,2})(?!\d))"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?!\d))")
_MONTH = re.compile(r"(?<![\d.])(0?[1-9]|1[0-2])月")
_CHINESE_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九])月")
_CHINESE = {
    name: index
    for index, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
# Ledgers are due on the 5th and the late ones come by the 11th.
_LAST_DAY_OF_REPORTING = 10
_RECEIVED = re.compile(r"received=\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Stated:
    """What one text says about the period: a year, a month, both or nothing."""

    year: int | None = None
    month: int | None = None

    def agrees(self, other: Stated) -> bool:
        """Whether both can be true."""
        return (self.year is None or other.year is None or self.year == other.year) and (
            self.month is None or other.month is None or self.month == other.month
        )

    def filled_by(self, other: Stated) -> Stated:
        """This, and what only the other says."""
        return Stated(self.year or other.year, self.month or other.month)


@lru_cache(maxsize=8192)
def stated(text: str) -> Stated:
    """Year and month in a title, sheet name, file name or folder; full dates and spans of months are left out."""
    plain = _FULL_DATE.sub(" ", _SPAN.sub(" ", arabic_years(squash(_RECEIVED.sub(" ", text)))))
    pairs = {(int(year), int(month)) for year, month in [*_YEAR_MONTH.findall(plain), *_COMPACT.findall(plain)]}
    pairs |= {(2000 + int(year), int(month)) for year, month in _SHORT_YEAR_MONTH.findall(plain)}
    if len(pairs) == 1:
        return Stated(*pairs.pop())
    years = {int(year) for year in _YEAR.findall(plain)}
    months = {int(month) for month in _MONTH.findall(plain)}
    months |= {_CHINESE[month] for month in _CHINESE_MONTH.findall(plain)}
    return Stated(years.pop() if len(years) == 1 else None, months.pop() if len(months) == 1 else None)


@lru_cache(maxsize=8192)
def full_date(text: str) -> date | None:
    """The one full date in a line above or below the table, None without one or with several."""
    days = set()
    for found in _FULL_DATE.finditer(squash(text)):
        try:
            days.add(date(int(found[1]), int(found["m"] or found["n"]), int(found["d"] or found["e"])))
        except ValueError:
            return None
    return days.pop() if len(days) == 1 else None


@dataclass(frozen=True)
class PeriodFound:
    """A period string, or the rule that says why there is none."""

    period: str | None
    rule_id: str | None = None


@dataclass(frozen=True)
class Outside:
    """What is said about the month beside the rows: title, tab, date of the unit row, file name, folder."""

    title: str
    sheet_name: str
    row_date: date | None
    file_name: str
    folder: str


def cumulates(title: str, sheet_name: str, *, by_row: bool) -> bool:
    """Whether title or tab say that the figures run over several months; rows of single months may lie under a span."""
    texts = [arabic_years(squash(text)) for text in (title, sheet_name)]
    return any(_CUMULATED.search(text) or (not by_row and _SPAN.search(text)) for text in texts)


def note_cumulates(line: str) -> bool:
    """Whether a note below a table says that its figures run over several months."""
    plain = squash(line)
    return bool(_CUMULATED_NOTE.search(plain)) and not _NOT_CUMULATED.search(plain)


def is_longer(outside: Outside) -> bool:
    """Whether a quarter, a half-year or some months are spoken of, and no month nearer to the rows."""
    inside = (outside.title, outside.sheet_name)
    has_month = any(stated(text).month for text in inside)
    for text in (*inside, outside.file_name):
        if stated(text).month:
            return False
        plain = arabic_years(squash(text))
        if _LONGER.search(plain) or (_SPAN.search(plain) and not has_month):
            return True
    return False


def is_subtotal(cell: str) -> bool:
    """Whether a cell of a column of months sums several (一季度, 上半年, 全年)."""
    return bool(_SUBTOTAL.search(cell))


def of_cell(cell: str) -> Stated:
    """Year and month in a cell of a column of months; a bare figure is a month."""
    return stated(cell + "月" if cell.isdigit() and len(cell) <= 2 else cell)


def runs_through_year(cells: set[str]) -> bool:
    """Whether a column of months goes from January on without a gap, as the table of a year does."""
    months = {month for cell in cells if not is_subtotal(cell) and (month := of_cell(cell).month)}
    return len(months) > 2 and months == set(range(1, len(months) + 1))


def of_row(cell: str, outside: Outside, *, in_year: bool) -> PeriodFound:
    """The month of one row of a table with a column of months.

    A month in title or tab holds for every row; one in file name, folder or the date above the table does so too, but
    for a table of the year (``in_year``), which is sent in some month of it.
    """
    own = of_cell(cell)
    if own.month is None:
        return PeriodFound(None, "sheet.no_period")
    day = outside.row_date
    beside = [stated(outside.file_name), stated(outside.folder)]
    beside += [Stated(day.year, day.month)] if day else []
    if in_year:
        beside = [Stated(other.year) for other in beside]
    for other in (stated(outside.title), stated(outside.sheet_name), *beside):
        if not own.agrees(other):
            return PeriodFound(None, "sheet.period_disagrees")
        own = own.filled_by(other)
    return PeriodFound(f"{own.year:04d}-{own.month:02d}") if own.year else PeriodFound(None, "sheet.no_period")


def resolve(title: str, sheet_name: str, row_date: date | None, file_name: str, folder: str) -> PeriodFound:
    """The month of a sheet.

    Args:
        title: title lines of the sheet.
        sheet_name: its tab.
        row_date: the unlabelled date of the unit row, normally the last day of the month.
        file_name: without folder.
        folder: relative to landing.
    """
    inside = [stated(title), stated(sheet_name)]
    of_sheet = inside[0].filled_by(inside[1])
    if not inside[0].agrees(inside[1]):
        return PeriodFound(None, "sheet.period_disagrees")
    by_name = stated(file_name)
    if row_date is not None:
        of_date = Stated(row_date.year, row_date.month)
        if not of_sheet.agrees(of_date) or (not of_sheet.month and by_name.month and not by_name.agrees(of_date)):
            # The day on which a sheet was filled in may lie in the month after its own.
            known = of_sheet.filled_by(by_name)
            if not (known.year and known.month and _is_next(known, row_date)):
                return PeriodFound(None, "sheet.period_disagrees")
        elif of_sheet.month or by_name.month or stated(folder).month or row_date.day > _LAST_DAY_OF_REPORTING:
            of_sheet = of_sheet.filled_by(of_date)
        else:
            # Alone, a day that begins a month may be the day on which the month before was reported.
            return PeriodFound(None, "sheet.no_period")
    for outer in (by_name, stated(folder)):
        if not of_sheet.agrees(outer):
            return PeriodFound(None, "sheet.period_disagrees")
        of_sheet = of_sheet.filled_by(outer)
    if of_sheet.year is None or of_sheet.month is None:
        return PeriodFound(None, "sheet.no_period")
    return PeriodFound(f"{of_sheet.year:04d}-{of_sheet.month:02d}")


def of_year(outside: Outside, of_rows: int | None) -> PeriodFound | None:
    """The first month of the year that a sheet speaks of without any month; None where it names a month or no year.

    Args:
        outside: what is said beside the rows; the title goes before the file, which may be sent in the year after.
        of_rows: the one year of all rows, or None.
    """
    inside, beside = [
        [stated(text) for text in texts]
        for texts in ((outside.title, outside.sheet_name), (outside.file_name, outside.folder))
    ]
    if any(told.month for told in inside):
        return None
    row_year = {outside.row_date.year} if outside.row_date else set()
    for years in ({told.year for told in inside}, {of_rows}, {told.year for told in beside}, row_year):
        known = years - {None}
        if known:
            return PeriodFound(f"{known.pop():04d}-01") if len(known) == 1 else None
    return None


def _is_next(known: Stated, day: date) -> bool:
    assert known.year is not None
    assert known.month is not None
    return known.year * 12 + known.month == day.year * 12 + day.month - 1
