"""Lunar dates (农历) of days between 1900 and 2100, by the rules of GB/T 33661-2017.

A month begins on the day of a new moon, Beijing time (UTC+8); the month with the winter solstice is the eleventh; of
thirteen months between two of these the first one without a major solar term is a leap month. New moons and the sun's
longitude by Meeus, *Astronomical Algorithms* (2nd ed. 1998), chapters 49 and 25: good to minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import floor, radians, sin

_J2000 = 2451545.0
_UNIX = 2440587.5
_BEIJING = 8 / 24
_DELTA_T = 45 / 86_400
_MONTHS = "正 二 三 四 五 六 七 八 九 十 冬 腊".split()
_UNITS = "一二三四五六七八九十"


@dataclass(frozen=True)
class LunarDay:
    """A day of the lunar calendar; ``year`` is the common year in which the lunar year begins."""

    year: int
    month: int
    day: int
    is_leap: bool

    def text(self) -> str:
        """Month and day as a clerk writes them: 四月廿九."""
        tens, units = divmod(self.day, 10)
        day = ("初", "十", "廿")[tens] + _UNITS[units - 1] if units else ("初十", "二十", "三十")[tens - 1]
        return f"{'闰' if self.is_leap else ''}{_MONTHS[self.month - 1]}月{day}"


def lunar(day: date) -> LunarDay:
    """The lunar date of a day."""
    # A span of months runs from one eleventh month to the next: the day lies in that of its own year or the next one's.
    months = _months(day.year) if day < _months(day.year + 1)[0][0] else _months(day.year + 1)
    start, month, is_leap, year = next(found for found in reversed(months) if found[0] <= day)
    return LunarDay(year, month, (day - start).days + 1, is_leap)


@cache
def _months(year: int) -> list[tuple[date, int, bool, int]]:
    """(first day, month, leap, lunar year) of the months from the one with last December's solstice on, in order."""
    first, end = _eleventh(year - 1), _eleventh(year)
    starts = [_new_moon_day(number) for number in range(first, end + 1)]
    has_leap = end - first == 13
    months: list[tuple[date, int, bool, int]] = []
    month, lunar_year = 11, year - 1
    for at in range(end - first):
        is_leap = has_leap and at > 0 and _term(starts[at]) == _term(starts[at + 1])
        if is_leap:
            has_leap = False
        elif at > 0:
            month = month % 12 + 1
            lunar_year += month == 1
        months.append((starts[at], month, is_leap, lunar_year))
    return months


@cache
def _eleventh(year: int) -> int:
    """Number of the new moon that begins the month with the winter solstice of a year."""
    number = floor((year + 1 - 2000) * 12.3685)
    while _passed_solstice(_new_moon_day(number), year):
        number -= 1
    while not _passed_solstice(_new_moon_day(number + 1), year):
        number += 1
    return number


def _passed_solstice(day: date, year: int) -> bool:
    """Whether the solstice of a year lies before a day: the sun has passed 270 degrees, or a new year has begun."""
    return day.year > year or (day.year == year and day.month == 12 and _longitude(_midnight(day)) >= 270)


def _term(day: date) -> int:
    """How many thirds of a season (major terms, every 30 degrees) the sun has passed when a day begins."""
    return floor(_longitude(_midnight(day)) / 30)


def _midnight(day: date) -> float:
    """Julian day (TT) of the beginning of a day in Beijing."""
    return _UNIX + (day - date(1970, 1, 1)).days - _BEIJING + _DELTA_T


@cache
def _new_moon_day(number: int) -> date:
    moment = _new_moon(number) - _DELTA_T + _BEIJING
    return date(1970, 1, 1) + timedelta(days=floor(moment - _UNIX))


def _new_moon(k: int) -> float:
    """Julian day (TT) of the k-th new moon after that of 6 January 2000; Meeus, formulas 49.1 to 49.7."""
    t = k / 1236.85
    e = 1 - 0.002516 * t - 0.0000074 * t * t
    sun = radians(2.5534 + 29.10535670 * k - 0.0000014 * t * t)
    moon = radians(201.5643 + 385.81693528 * k + 0.0107582 * t * t)
    node = radians(160.7108 + 390.67050284 * k - 0.0016118 * t * t)
    ascending = radians(124.7746 - 1.56375588 * k + 0.0020672 * t * t)
    return (
        2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
        - 0.40720 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
        + 0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun)
        - 0.00111 * sin(moon - 2 * node) - 0.00057 * sin(moon + 2 * node) + 0.00056 * e * sin(2 * moon + sun)
        - 0.00042 * sin(3 * moon) + 0.00042 * e * sin(sun + 2 * node) + 0.00038 * e * sin(sun - 2 * node)
        - 0.00024 * e * sin(2 * moon - sun) - 0.00017 * sin(ascending)
    )  # fmt: skip


def _longitude(julian: float) -> float:
    """Apparent longitude of the sun in degrees; Meeus, chapter 25 (low accuracy, 0.01 degrees)."""
    t = (julian - _J2000) / 36_525
    anomaly = radians(357.52911 + 35999.05029 * t - 0.0001537 * t * t)
    centre = (
        (1.914602 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
        + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
        + 0.000289 * sin(3 * anomaly)
    )
    true = 280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre
    return (true - 0.00569 - 0.00478 * sin(radians(125.04 - 1934.136 * t))) % 360
