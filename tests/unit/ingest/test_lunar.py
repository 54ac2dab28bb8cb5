"""D05: lunar dates that are marked are converted; what may be another day is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from orchestration.ingest.dates import parse_date, read_date, read_month
from orchestration.ingest.lunar import Beside, common_day, is_lunar, read_lunar
from orchestration.ingest.outcome import Problem
from orchestration.synthesis.defects.lunar import lunar

UNCERTAIN, IMPOSSIBLE = Problem("date.lunar"), Problem("date.impossible")
GOLDEN = date(2014, 5, 27)


@pytest.mark.parametrize(
    "cell",
    ["甲午年四月廿九", "农历2014年四月廿九", "2014年农历四月廿九", "阴历14年四月廿九", "旧历2014年4月29日",
     "農曆二〇一四年四月廿九",
     "2014(甲午)年四月廿九", "2014年5月27日(农历四月廿九)", "农历2014.4.29", "农历甲午年四月二十九日"],
)  # fmt: skip
def test_d05_the_golden_day_is_read_however_it_is_marked(cell: str) -> None:
    assert parse_date(cell, 2014) == GOLDEN


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("农历四月廿九", UNCERTAIN),  # of which year
        ("四月廿九", UNCERTAIN),
        ("2014年腊月廿三", UNCERTAIN),  # not marked, and 2014 may be either year
        ("2014年农历腊月廿三", UNCERTAIN),  # January 2014 or February 2015
        ("2013(甲午)年四月廿九", UNCERTAIN),
        ("甲午年四月十五", UNCERTAIN),  # no word of the lunar calendar
        ("农历2014年四月", UNCERTAIN),
        ("农历2013年二月三十", IMPOSSIBLE),  # a month of 29 days
        ("农历2014年闰四月初一", IMPOSSIBLE),
        ("农历2014年十三月初一", IMPOSSIBLE),
        ("2014年5月28日(农历四月廿九)", Problem("date.ambiguous")),
    ],
)
def test_d05_a_lunar_date_that_may_be_another_day_is_refused(cell: str, problem: Problem) -> None:
    assert parse_date(cell, 2014) == problem


def test_d05_a_leap_month_is_another_month_than_its_namesake() -> None:
    assert parse_date("农历2014年九月初一", 2014) == date(2014, 9, 24)
    assert parse_date("农历2014年闰九月初一", 2014) == date(2014, 10, 24)


def test_d05_behind_the_mark_the_year_is_the_lunar_one() -> None:
    assert parse_date("农历2014年腊月廿三", 2015) == date(2015, 2, 11)
    assert read_month("农历1949年腊月初八", 2014, is_birth=True).value == "1950-01"


def test_d05_a_day_without_its_year_is_of_the_report_only_in_its_month() -> None:
    assert parse_date("农历四月廿九", 2014, (2014, 5)) == GOLDEN
    assert parse_date("农历四月廿九", 2014, (2014, 6)) == UNCERTAIN
    assert parse_date("农历腊月初八", 2015, (2015, 1)) == date(2015, 1, 27)


def test_d05_a_birth_in_a_year_of_the_cycle_is_read_only_if_there_is_one_such_year() -> None:
    assert read_lunar("乙未年四月廿九", Beside(2014, None, is_birth=True)) == date(1955, 6, 19)
    assert read_lunar("甲午年四月廿九", Beside(2014, None, is_birth=True)) == UNCERTAIN
    assert read_lunar("甲午年四月廿九", Beside()) == UNCERTAIN


def test_d05_what_was_converted_says_so_and_what_was_not_lunar_does_not() -> None:
    assert read_date("甲午年四月廿九", 2014).rule == "date.lunar_marked"
    assert read_date("2014年4月29日", 2014) == (date(2014, 4, 29), "date.written")
    assert not is_lunar("二〇一四年四月二十九日")


# Calendars before 1929 were printed for the meridian of Beijing; a new moon of 2097 falls on the stroke of midnight.
@profile(deadline=None)
@given(st.dates(date(1929, 2, 10), date(2096, 12, 31)))
def test_d05_the_library_agrees_with_the_sun_and_the_moon(day: date) -> None:
    told = lunar(day)
    assert common_day(told.year, -told.month if told.is_leap else told.month, told.day) == day
    assert parse_date(f"农历{told.year}年{told.text()}", 2014) == day


def test_d05_old_people_have_the_days_that_were_printed_in_their_time() -> None:
    # The year of the dragon began on 3 February 1916 in the almanacs, a day before modern rules have it.
    assert common_day(1916, 1, 1) == date(1916, 2, 3)
    assert common_day(1915, 12, 30) is None


def test_d05_years_without_a_leap_month_have_no_days_in_one() -> None:
    leaps = {(year, month) for year in range(1990, 2024) for month in range(1, 13) if common_day(year, -month, 1)}
    assert len(leaps) == 13
    assert (2014, 9) in leaps
    assert common_day(2014, 4, 31) is None
