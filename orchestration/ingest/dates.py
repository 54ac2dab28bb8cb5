"""Dates and months as clerks write them. What can be read in two ways is refused, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from orchestration.ingest.lunar import IMPOSSIBLE, Beside, is_lunar, read_lunar
from orchestration.ingest.numerals import chinese_number
from orchestration.ingest.outcome import BLANK, NOTHING, PLAIN, REDACTED, Problem, Read
from orchestration.ingest.text import CHINESE_DIGITS, is_missing, is_redacted, squash

UNREADABLE = Problem("date.unreadable")
AMBIGUOUS = Problem("date.ambiguous")
MONTH_ONLY = Problem("date.month_only")
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
_MARKS = str.maketrans("。·,－—–−\\", "...----/")
_FULL = re.compile(r"^(\d{4}|\d{2})[.\-/年、](\d{1,2})[.\-/月、](\d{1,2})[日号]?$", re.ASCII)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$", re.ASCII)
_MONTH = re.compile(r"^(\d{4}|\d{2})([.\-/年、])(\d{1,2})(月份|月)?$", re.ASCII)
_COMPACT_MONTH = re.compile(r"^(\d{4})(\d{2})$", re.ASCII)
_OF_REPORT = re.compile(r"^(?:本月)?(?:(\d{1,2})月)?(\d{1,2})[日号]$", re.ASCII)
_SERIAL = re.compile(r"^\d{5}$", re.ASCII)
_IN_BRACKETS = re.compile(r"^(?P<common>[^()]+)\((?P<lunar>[^()]+)\)$")
_CHINESE_YEAR = re.compile(r"^[〇零○o一二三四五六七八九]{2,4}(?=年)")
_CHINESE_PART = re.compile(r"(?<![〇零○一二三四五六七八九十])[一二三四五六七八九十]{1,3}(?=[月日号])")

Month = tuple[int, int]


def parse_date(value: object, report_year: int | None, report_month: Month | None = None) -> date | Problem | None:
    """The value of ``read_date``."""
    day: date | Problem | None = read_date(value, report_year, report_month).value
    return day


def read_date(value: object, report_year: int | None, report_month: Month | None = None) -> Read:
    """A day.

    Args:
        value: the cell: text, a typed date, an Excel serial or a number such as 20140527.
        report_year: the year of the report; ``14.5.27`` is read as the last such year that lies no more than twenty
            years after it (a term to pay may). None refuses years of two digits.
        report_month: the month of the report where the column tells what happened in it; a day written without its
            year is read if it lies in that month.
    """
    read = _read(value, Beside(report_year, report_month))
    return Read(MONTH_ONLY) if isinstance(read.value, tuple) else read


def read_month(value: object, report_year: int | None, *, is_birth: bool = False) -> Read:
    """A month ``YYYY-MM``, from a month or from a full date.

    A birth lies before the report, but maybe a century before: ``60.05`` told in 2014 is 1960, ``05.05`` nobody knows.
    """
    read = _read(value, Beside(report_year, None, is_birth), years_ahead=0)
    if read.value is None or isinstance(read.value, Problem):
        return read
    year, month = read.value if isinstance(read.value, tuple) else (read.value.year, read.value.month)
    return Read(f"{year:04d}-{month:02d}", read.rule)


def _read(value: object, beside: Beside, years_ahead: int = _YEARS_AHEAD) -> Read:
    if isinstance(value, str):
        if len(value) == 10 and value[4] == "-" == value[7] and value.isascii():
            try:
                return Read(_windowed(date.fromisoformat(value)))
            except ValueError:
                pass  # 2014-06-31, or something else of ten characters: read below, with its reason
        if found := _FULL.match(value) or _COMPACT.match(value):
            return _from_full(found, None, beside, years_ahead)
        if is_missing(value):
            return NOTHING
        plain = squash(value)
        if _NOT_YET.match(plain):
            return Read(None, "date.not_yet")
        return Read(REDACTED) if is_redacted(value) else _from_text(plain, beside, years_ahead)
    if isinstance(value, bool):
        return Read(UNREADABLE)
    if isinstance(value, datetime):
        return Read(_windowed(value.date()))
    if isinstance(value, date):
        return Read(_windowed(value))
    if isinstance(value, int | float):
        return _from_number(float(value))
    return Read(None, BLANK) if value is None else Read(UNREADABLE)


def _from_number(number: float) -> Read:
    if not _FIRST_YEAR <= number < 10**8:
        return Read(UNREADABLE)
    if number == int(number):
        digits = str(int(number))
        found = _COMPACT.match(digits)
        return _from_full(found, None, Beside(), 0) if found else _from_text(digits, Beside(), 0)
    # 2014.10 kept as a number is 2014.1: January or October, nobody can tell. 2014.05 and 2014.11 can be told.
    year, _, month = f"{number:.10g}".partition(".")
    if _FIRST_YEAR <= int(year) <= _LAST_YEAR and len(month) <= 2:
        return Read(AMBIGUOUS) if month == "1" else Read(_month(int(year), int(month)), "date.as_number")
    if _SERIALS.start <= number < _SERIALS.stop:  # a day with its time
        return Read(_windowed(_EXCEL_EPOCH + timedelta(days=int(number))), "date.serial")
    return Read(UNREADABLE)


def _from_text(text: str, beside: Beside, years_ahead: int) -> Read:
    if not text.isascii() and is_lunar(text):
        both = _IN_BRACKETS.match(text)
        if both and is_lunar(both["lunar"]):
            return _from_both(both["common"], both["lunar"], beside, years_ahead)
        return Read(read_lunar(text, beside), "date.lunar_marked")
    whole = _PART_OF_DAY.sub("", text)
    timeless = _without_time(whole) if ":" in whole or "时" in whole else whole
    marked = timeless.translate(_MARKS)
    plain = _arabic(marked)
    rule = "date.with_time" if timeless != text else "date.chinese" if plain != marked else None
    found = _FULL.match(plain) or _COMPACT.match(plain)
    if found:
        return _from_full(found, rule, beside, years_ahead)
    found = _MONTH.match(plain)
    if found:
        if found[2] == "." and found[3] == "1" and not found[4]:
            return Read(AMBIGUOUS)
        year = _year(found[1], beside, years_ahead)
        if isinstance(year, Problem):
            return Read(year)
        return Read(_month(year, int(found[3])), PLAIN if len(plain) == 7 and found[2] == "-" else _dress(found, rule))
    found = _COMPACT_MONTH.match(plain)
    if found:
        return Read(_month(int(found[1]), int(found[2])), "date.compact")
    if _SERIAL.match(plain) and int(plain) in _SERIALS:
        return Read(_windowed(_EXCEL_EPOCH + timedelta(days=int(plain))), "date.serial")
    found = _OF_REPORT.match(plain)
    if found and beside.month:
        if found[1] and int(found[1]) != beside.month[1]:
            return Read(AMBIGUOUS)
        return Read(_day(*beside.month, int(found[2])), "date.of_report_month")
    return Read(UNREADABLE)


def _from_full(found: re.Match[str], rule: str | None, beside: Beside, years_ahead: int) -> Read:
    year = _year(found[1], beside, years_ahead)
    if isinstance(year, Problem):
        return Read(year)
    return Read(_day(year, int(found[2]), int(found[3])), _dress(found, rule))


def _from_both(common: str, lunar: str, beside: Beside, years_ahead: int) -> Read:
    """``2014年5月27日(农历四月廿九)``: the common day, if the lunar one beside it is the same."""
    read = _from_text(common, beside, years_ahead)
    if not isinstance(read.value, date):
        return read
    other = read_lunar(lunar, beside._replace(month=(read.value.year, read.value.month)))
    return read if other == read.value else Read(AMBIGUOUS)


def _dress(found: re.Match[str], rule: str | None) -> str:
    if rule is None and len(found[1]) == 2:
        return "date.two_digit_year"
    return rule or ("date.compact" if found[0].isdigit() else "date.written")


def _without_time(text: str) -> str:
    stripped = _TIME.sub("", text)
    # Blanks are gone by now, so 2014-05-2710:30 must give back its day of two digits.
    if stripped != text:
        found = re.match(r"^(\d{4}[.\-/年]\d{1,2}[.\-/月]\d{2})日?[t]?\d{1,2}[:时]", text, re.ASCII)
        return found[1] if found else stripped
    return text


def _arabic(text: str) -> str:
    """A date with its year, month and day in figures: 二〇一四年五月二十七日 is 2014年5月27日."""
    if text.isascii():
        return text
    text = _CHINESE_YEAR.sub(lambda found: found[0].translate(CHINESE_DIGITS), text)
    return _CHINESE_PART.sub(lambda found: str(chinese_number(found[0]) or found[0]), text)


def _year(digits: str, beside: Beside, years_ahead: int) -> int | Problem:
    if len(digits) == 4:
        return int(digits)
    if beside.report is None:
        return AMBIGUOUS
    latest = beside.report + years_ahead
    year = latest - latest % 100 + int(digits)
    if year > latest:
        return year - 100
    return AMBIGUOUS if beside.is_birth else year


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
