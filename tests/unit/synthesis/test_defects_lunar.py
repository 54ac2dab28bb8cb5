"""Lunar dates against published days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from orchestration.synthesis.defects.lunar import LunarDay, lunar

# First days of lunar years, as published for the festival.
NEW_YEARS = """
1949-01-29 1950-02-17 1960-01-28 1968-01-30 1970-02-06 1976-01-31 1985-02-20 1988-02-17 1990-01-27 1995-01-31 1999-02-16
2000-02-05 2001-01-24 2005-02-09 2010-02-14 2011-02-03 2013-02-10 2014-01-31 2015-02-19 2018-02-16 2020-01-25 2021-02-12
2023-01-22 2024-02-10 2033-01-31 2034-02-19
""".split()
LEAP_MONTHS = {
    1990: 5,
    1993: 3,
    1995: 8,
    1998: 5,
    2001: 4,
    2004: 2,
    2006: 7,
    2009: 5,
    2012: 4,
    2014: 9,
    2017: 6,
    2020: 4,
    2023: 2,
}


@pytest.mark.parametrize("text", NEW_YEARS)
def test_the_year_begins_on_its_day(text: str) -> None:
    day = date.fromisoformat(text)
    assert lunar(day) == LunarDay(day.year, 1, 1, is_leap=False)
    before = lunar(day - timedelta(days=1))
    assert (before.year, before.month) == (day.year - 1, 12)


def test_leap_months_stand_where_they_are_published() -> None:
    found = {}
    day = date(1990, 1, 1)
    while day < date(2024, 2, 1):
        read = lunar(day)
        if read.is_leap:
            found[read.year] = read.month
        day += timedelta(days=9)
    assert found == LEAP_MONTHS
    # The winter of 2033, which simple rules get wrong.
    assert lunar(date(2033, 12, 25)) == LunarDay(2033, 11, 4, is_leap=True)


def test_days_follow_each_other_and_are_written_as_clerks_do() -> None:
    assert lunar(date(2014, 5, 27)).text() == "四月廿九"
    assert lunar(date(2014, 10, 24)).text() == "闰九月初一"
    day, previous = date(2009, 1, 1), lunar(date(2008, 12, 31))
    for _ in range(800):
        read = lunar(day)
        if read.day == 1:
            assert previous.day in (29, 30)
        else:
            assert read == LunarDay(previous.year, previous.month, previous.day + 1, previous.is_leap)
        day, previous = day + timedelta(days=1), read
