"""Dates and months as clerks write them. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from orchestration.ingest.text import is_missing, is_redacted, squash
from orchestration.ingest.values import REDACTED, Problem

UNREADABLE = Problem("date.unreadable")
IMPOSSIBLE = Problem("date.impossible")
AMBIGUOUS = Problem("date.ambiguous")
MONTH_ONLY = Problem("date.month_only")
LUNAR = Problem("date.lunar")
OUT_OF_WINDOW = Problem("date.out_of_window")

_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1880, 2100
_YEARS_AHEAD = 20
_NOT_YET = re.compile(
    r"^(尚|还|暂)?(未|待|没)(落户|上户|入户|申报|注销|销户|送达|决定|立案|申请|批准|缴|办|报|定|到期)?[办理户销毁纳清]{0,2}$"
)
_SERIALS = range(7_306, 80_000)  # 1920 to 2119
_TIME = re.compile(r"[t ]?\d{1,2}(时|[:时]\d{1,2}(分|:\d{1,2}(\.\d+)?)?)$")
_PART_OF_DAY = re.compile(r"(?<=[日号\d])(凌晨|早上?|上午|中午|下午|傍晚|晚上?|夜间?)(?=\d|$)")
_FULL = re.compile(r"^(\d{4}|\d{2})[.\-/年、](\d{1,2})[.\-/月、](\d{1,2})[日号]?$", re.ASCII)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$", re.ASCII)
_MONTH = re.compile(r"^(\d{4}|\d{2})([.\-/年、])(\d{1,2})(月份|月)?$", re.ASCII)
_COMPACT_MONTH = re.compile(r"^(\d{4})(\d{2})$", re.ASCII)
_SERIAL = re.compile(r"^\d{5}$", re.ASCII)
_LUNAR = re.compile(
    r"农历|阴历|旧历|闰|腊月|正月|冬月|初[一二三四五六七八九十]|廿|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]"
)
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

Month = tuple[int, int]


class _Pivot(NamedTuple):
    """How a year of two digits is read: as the last such year not after ``latest``; a birth only if no other fits."""

    latest: int
    is_birth: bool = False


def parse_date(value: object, pivot_year: int | None) -> date | Problem | None:
    """A day.

    Args:
        value: the cell: text, a typed date, an Excel serial or a number such as 20140527.
        pivot_year: the year of the report; ``14.5.27`` is read as the last such year that lies no more than twenty
            years after it (a term to pay may). None refuses years of two digits.
    """
    read = _read(value, None if pivot_year is None else _Pivot(pivot_year + _YEARS_AHEAD))
    if isinstance(read, tuple):
        return MONTH_ONLY
    return read


def parse_month(value: object, pivot_year: int | None, *, is_birth: bool = False) -> str | Problem | None:
    """A month ``YYYY-MM``, from a month or from a full date.

    A birth lies before the report, but maybe a century before: ``60.05`` told in 2014 is 1960, ``05.05`` nobody knows.
    """
    read = _read(value, None if pivot_year is None else _Pivot(pivot_year, is_birth))
    if read is None or isinstance(read, Problem):
        return read
    year, month = read if isinstance(read, tuple) else (read.year, read.month)
    return f"{year:04d}-{month:02d}"


def _read(value: object, pivot: _Pivot | None) -> date | Month | Problem | None:
    if isinstance(value, str):
        if len(value) == 10 and value[4] == "-" == value[7] and value.isascii():
            try:
                return _windowed(date.fromisoformat(value))
            except ValueError:
                pass  # 2014-06-31, or something else of ten characters: read below, with its reason
        if is_missing(value):
            return None
        plain = squash(value)
        if _NOT_YET.match(plain):
            return None
        return REDACTED if is_redacted(value) else _from_text(plain, pivot)
    if isinstance(value, bool):
        return UNREADABLE
    if isinstance(value, datetime):
        return _windowed(value.date())
    if isinstance(value, date):
        return _windowed(value)
    if isinstance(value, int | float):
        return _from_number(float(value))
    return None if value is None else UNREADABLE


def _from_number(number: float) -> date | Month | Problem:
    if not _FIRST_YEAR <= number < 10**8:
        return UNREADABLE
    if number != int(number):
        # 2014.10 kept as a number is 2014.1: January or October, nobody can tell. 2014.05 and 2014.11 can be told.
        text = f"{number:.10g}"
        year, _, month = text.partition(".")
        if _FIRST_YEAR <= int(year) <= _LAST_YEAR and len(month) <= 2:
            return AMBIGUOUS if month == "1" else _month(int(year), int(month))
        if number < _SERIALS.stop:  # a day with its time
            return _windowed(_EXCEL_EPOCH + timedelta(days=int(number))) if number >= _SERIALS.start else UNREADABLE
        return UNREADABLE
    return _from_text(str(int(number)), None)


def _from_text(text: str, pivot: _Pivot | None) -> date | Month | Problem:
    text = _PART_OF_DAY.sub("", text)
    plain = _without_time(text) if ":" in text or "时" in text else text
    found = _FULL.match(plain) or _COMPACT.match(plain)
    if found:
        year = _year(found[1], pivot)
        return year if isinstance(year, Problem) else _day(year, int(found[2]), int(found[3]))
    if _LUNAR.search(text):
        return LUNAR
    found = _MONTH.match(plain)
    if found:
        if found[2] == "." and found[3] == "1" and not found[4]:
            return AMBIGUOUS
        year = _year(found[1], pivot)
        return year if isinstance(year, Problem) else _month(year, int(found[3]))
    found = _COMPACT_MONTH.match(plain)
    if found:
        return _month(int(found[1]), int(found[2]))
    if _SERIAL.match(plain) and int(plain) in _SERIALS:
        return _windowed(_EXCEL_EPOCH + timedelta(days=int(plain)))
    return _from_chinese(plain)


def _without_time(text: str) -> str:
    stripped = _TIME.sub("", text)
    # Blanks are gone by now, so 2014-05-2710:30 must give back its day of two digits.
    if stripped != text:
        found = re.match(r"^(\d{4}[.\-/年]\d{1,2}[.\-/月]\d{2})日?[t]?\d{1,2}[:时]", text, re.ASCII)
        return found[1] if found else stripped
    return text


def _from_chinese(text: str) -> date | Problem:
    found = re.match(
        r"^([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]+)月([一二三四五六七八九十]+)[日号]$", text
    )
    if not found:
        return UNREADABLE
    month, day = _small(found[2]), _small(found[3])
    return _day(int(found[1].translate(_CHINESE_DIGITS)), month, day)


def _small(text: str) -> int:
    """Chinese numerals up to 99."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(text.translate(_CHINESE_DIGITS))
    return (int(tens.translate(_CHINESE_DIGITS)) if tens else 1) * 10 + (
        int(ones.translate(_CHINESE_DIGITS)) if ones else 0
    )


def _year(digits: str, pivot: _Pivot | None) -> int | Problem:
    if len(digits) == 4:
        return int(digits)
    if pivot is None:
        return AMBIGUOUS
    year = pivot.latest - pivot.latest % 100 + int(digits)
    if year > pivot.latest:
        return year - 100
    return AMBIGUOUS if pivot.is_birth else year


def _day(year: int, month: int, day: int) -> date | Problem:
    try:
        return _windowed(date(year, month, day))
    except ValueError:
        return IMPOSSIBLE


def _month(year: int, month: int) -> Month | Problem:
    if not 1 <= month <= 12:
        return IMPOSSIBLE
    return (year, month) if _FIRST_YEAR <= year <= _LAST_YEAR else OUT_OF_WINDOW


def _windowed(day: date) -> date | Problem:
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else OUT_OF_WINDOW
