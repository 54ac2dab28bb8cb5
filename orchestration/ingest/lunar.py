"""Lunar dates (农历) in the common calendar: the room of lunar_python. Only what is marked as lunar is converted."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from orchestration.ingest.numerals import chinese_number
from orchestration.ingest.outcome import Problem
from orchestration.ingest.text import CHINESE_DIGITS

# Lunar, but not for certain one day: the year or the day is missing, or the year may be that of either calendar.
UNCERTAIN = Problem("date.lunar")
IMPOSSIBLE = Problem("date.impossible")

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_FIRST_CYCLE = 4  # the year 4 was a 甲子
_YEARS = range(1880, 2101)
_OLDEST = 110
_JULIAN = 1_721_425  # days between the Julian day number and that of `date`
_MARK = re.compile(r"\(?(?:农历|阴历|旧历|夏历|古历|[农阴](?=\d|[正一二三四五六七八九十冬腊闰]))\)?")
_CYCLIC = re.compile(rf"[{_STEMS}][{_BRANCHES}]")
_WORDS = re.compile(r"闰|[正冬腊]月|初[一二三四五六七八九十\d]|廿|卅")
_DATE = re.compile(
    rf"^(?:(?P<year>\d{{4}}|\d{{2}}|[〇零一二三四五六七八九]{{4}})[年.\-/]?)?"
    rf"(?:\(?(?P<cyclic>[{_STEMS}][{_BRANCHES}])年?\)?年?)?"
    r"(?P<leap>闰)?(?P<month>\d{1,2}|[正冬腊]|[一二三四五六七八九十]{1,2})(?:月份?|[.\-/])"
    r"(?P<day>\d{1,2}|初[一二三四五六七八九十\d]|廿[一二三四五六七八九]?|卅|[一二三四五六七八九十]{1,3})[日号]?$",
    re.ASCII,
)
_MONTHS = {"正": 1, "冬": 11, "腊": 12}


class Beside(NamedTuple):
    """What is known beside the cell.

    ``report`` is the year of the report; ``month`` its (year, month) where the column tells what happened in it;
    ``is_birth`` says that the day may lie a century back.
    """

    report: int | None = None
    month: tuple[int, int] | None = None
    is_birth: bool = False


def is_lunar(text: str) -> bool:
    """Whether a date speaks of the lunar calendar, by its mark or by words that only that calendar has."""
    return bool(_MARK.search(text) or _WORDS.search(text) or _CYCLIC.search(text))


def read_lunar(text: str, beside: Beside) -> date | Problem:
    """The day of a date that is marked as lunar.

    Marked is 农历, 阴历 or 旧历, or a year of the cycle of sixty with a word of that calendar (甲午年四月廿九). A year
    is surely a lunar one only behind the mark: 2014年农历腊月廿三 may be told by either year and is refused.
    """
    mark = _MARK.search(text)
    plain = _MARK.sub("", text, count=1)
    found = _DATE.match(plain)
    if found is None or not (mark or (found["cyclic"] and _WORDS.search(plain))):
        return UNCERTAIN
    month = -_month(found["month"]) if found["leap"] else _month(found["month"])
    day = _day(found["day"])
    if found["year"]:
        years = _stated(found["year"], found["cyclic"], beside)
        is_common = mark is not None and mark.start() > 0 and not found["cyclic"]
        days = _of_either_year(years, month, day) if is_common else _in_years(years, month, day)
    elif found["cyclic"]:
        years = _of_cycle(found["cyclic"], beside)
        days = _in_years(years, month, day)
    else:
        years = [beside.month[0], beside.month[0] - 1] if beside.month else []
        days = {found for found in _in_years(years, month, day) if (found.year, found.month) == beside.month}
        return days.pop() if len(days) == 1 else UNCERTAIN
    if not years or len(days) > 1:
        return UNCERTAIN
    return days.pop() if days else IMPOSSIBLE


@lru_cache(maxsize=8192)
def common_day(year: int, month: int, day: int) -> date | None:
    """The common day of a lunar one (a leap month is negative), None if that year has no such day."""
    # The library takes a tenth of a second to load, and most ledgers never need it.
    from lunar_python import LunarMonth

    found = LunarMonth.fromYm(year, month)
    if found is None or not 1 <= day <= found.getDayCount():
        return None
    return date.fromordinal(int(found.getFirstJulianDay()) - _JULIAN + day - 1)


def _in_years(years: list[int], month: int, day: int) -> set[date]:
    return {found for year in years if (found := common_day(year, month, day))}


def _of_either_year(years: list[int], month: int, day: int) -> set[date]:
    """Every day that bears this lunar date in a lunar year, or else in a common year, of this number."""
    of_lunar = _in_years(years, month, day)
    return of_lunar | {
        found for year in years for found in _in_years([year - 1, year], month, day) if found.year == year
    }


def _stated(digits: str, cyclic: str | None, beside: Beside) -> list[int]:
    if len(digits) == 4:
        year = int(digits.translate(CHINESE_DIGITS))
        return [year] if year in _YEARS and cyclic in (None, _name(year)) else []
    if beside.report is None:
        return []
    year = beside.report - beside.report % 100 + int(digits)
    fitting = [year for year in (year, year - 100) if year <= beside.report and cyclic in (None, _name(year))]
    return [] if beside.is_birth and len(fitting) > 1 else fitting[:1]


def _of_cycle(cyclic: str, beside: Beside) -> list[int]:
    """The last year of this name up to the report; of a birth only if it can be no other."""
    if beside.report is None:
        return []
    oldest = beside.report - (_OLDEST if beside.is_birth else 59)
    named = [year for year in range(oldest, beside.report + 1) if _name(year) == cyclic]
    return named if len(named) == 1 else []


def _name(year: int) -> str:
    return _STEMS[(year - _FIRST_CYCLE) % 10] + _BRANCHES[(year - _FIRST_CYCLE) % 12]


def _month(text: str) -> int:
    number = _MONTHS.get(text) or (int(text) if text.isdigit() else chinese_number(text))
    # No month has the number 13: what cannot be read has no day either.
    return number or 13


def _day(text: str) -> int:
    plain = text.replace("初", "").replace("廿", "二十").replace("卅", "三十")
    return int(plain) if plain.isdigit() else chinese_number(plain) or 0
