"""D04, D06, D27: days and months as clerks write them, each with its neighbour that must come out otherwise."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from orchestration.ingest.dates import parse_date, read_date, read_month
from orchestration.ingest.outcome import Problem

DAY = date(2014, 5, 27)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("2014-05-27", "plain"), (datetime.fromisoformat("2014-05-27T08:00"), "plain"), (DAY, "plain"),
        ("2014.5.27", "date.written"), ("2014/05/27", "date.written"), ("2014年5月27日", "date.written"),
        ("2014。5。27", "date.written"), ("2014，5，27", "date.written"), ("2014\\5\\27", "date.written"),
        ("2014年5月27号", "date.written"), ("２０１４－５－２７", "date.written"),
        ("20140527", "date.compact"), (20140527, "date.compact"), (41786, "date.serial"), (41786.5, "date.serial"),
        ("14.5.27", "date.two_digit_year"), ("14年5月27日", "date.two_digit_year"),
        ("二〇一四年五月二十七日", "date.chinese"), ("2014年五月廿七日", None), ("一四年五月二十七日", "date.chinese"),
        ("2014-5-27 10:30", "date.with_time"), ("2014年5月27日上午10时", "date.with_time"),
    ],
)  # fmt: skip
def test_d04_the_day_and_the_way_in_which_it_was_read(cell: object, rule: str | None) -> None:
    expected = (DAY, rule) if rule else (Problem("date.lunar"), "date.lunar_marked")
    assert read_date(cell, 2014) == expected


@pytest.mark.parametrize(
    ("cell", "rule_id"),
    [("27/5/2014", "date.unreadable"), ("2014.13.1", "date.impossible"), ("5月27日", "date.unreadable"),
     ("2014年5月", "date.month_only"), ("2014年", "date.unreadable"), ("2014.1", "date.ambiguous"),
     ("2013-02-29", "date.impossible"), ("2014-06-31", "date.impossible"), (4178, "date.unreadable")],
)  # fmt: skip
def test_d04_d06_what_is_no_certain_day_is_refused(cell: object, rule_id: str) -> None:
    assert parse_date(cell, 2014) == Problem(rule_id)


@pytest.mark.parametrize(
    ("cell", "month", "rule"),
    [("2014-05", "2014-05", "plain"), ("2014.05", "2014-05", "date.written"), ("2014年5月", "2014-05", "date.written"),
     ("二〇一四年五月", "2014-05", "date.chinese"), ("201405", "2014-05", "date.compact"), (2014.11, "2014-11",
     "date.as_number"),
     ("2014.10", "2014-10", "date.written"), ("2014-1", "2014-01", "date.written")],
)  # fmt: skip
def test_d04_a_month_keeps_its_precision(cell: object, month: str, rule: str) -> None:
    assert read_month(cell, 2014) == (month, rule)


@pytest.mark.parametrize("cell", ["2014.1", 2014.1])
def test_d04_january_or_october_is_refused(cell: object) -> None:
    assert read_month(cell, 2014).value == Problem("date.ambiguous")


def test_d04_a_day_without_its_year_is_of_the_month_of_the_report_or_refused() -> None:
    assert read_date("5月27日", 2014, (2014, 5)) == (DAY, "date.of_report_month")
    assert parse_date("27日", 2014, (2014, 5)) == DAY
    assert parse_date("4月27日", 2014, (2014, 5)) == Problem("date.ambiguous")
    assert parse_date("5月32日", 2014, (2014, 5)) == Problem("date.impossible")


@pytest.mark.parametrize(
    "cell", ["**年", "××", "20××年5月27日", "2014年X月X日", "2014-**-**", "某年某月某日", "XX", "□□□□年□月"]
)
def test_g15_d27_a_date_that_is_blacked_out_is_said_to_be_so(cell: str) -> None:
    assert parse_date(cell, 2014) == read_month(cell, 2014).value == Problem("cell.redacted")


@pytest.mark.parametrize("cell", ["未落户", "尚未送达"])
def test_what_has_not_happened_yet_is_a_gap_that_says_why(cell: str) -> None:
    assert read_date(cell, 2014) == (None, "date.not_yet")
