from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from orchestration.ingest import dates, values
from orchestration.ingest.values import Problem


@pytest.mark.parametrize(
    "cell",
    ["2014.5.27", "2014-5-27", "2014/05/27", "2014年5月27日", "20140527", 20140527.0, "14.5.27", 41786.0, "41786",
     "２０１４．５．２７", datetime.fromisoformat("2014-05-27T08:00"), "2014-05-27 10:30:00", "二〇一四年五月二十七日"],
)  # fmt: skip
def test_every_way_to_write_a_day_is_the_same_day(cell: object) -> None:
    assert dates.parse_date(cell, 2014) == date(2014, 5, 27)


@pytest.mark.parametrize(
    ("cell", "rule_id"),
    [
        ("2014.1", "date.ambiguous"),
        (2014.1, "date.ambiguous"),
        ("2013-02-29", "date.impossible"),
        ("2014-06-31", "date.impossible"),
        ("2014.05", "date.month_only"),
        ("农历四月廿九", "date.lunar"),
        ("某年某月", "cell.redacted"),
        ("去年", "date.unreadable"),
        (True, "date.unreadable"),
        ("×××", "cell.redacted"),
        ("1066-10-14", "date.out_of_window"),
    ],
)
def test_a_day_that_is_not_certain_is_refused(cell: object, rule_id: str) -> None:
    assert dates.parse_date(cell, 2014) == Problem(rule_id)


def test_a_month_keeps_its_precision_and_october_as_a_float_does_not_become_january() -> None:
    assert dates.read_month("2014.05", 2014).value == "2014-05"
    assert dates.read_month(2014.11, 2014).value == "2014-11"
    assert dates.read_month(2014.5, 2014).value == "2014-05"
    assert dates.read_month(2014.1, 2014).value == Problem("date.ambiguous")


def test_a_year_of_two_digits_lies_not_after_the_report_and_is_refused_without_one() -> None:
    assert dates.parse_date("98.5.27", 2014) == date(1998, 5, 27)
    assert dates.parse_date("98.5.27", None) == Problem("date.ambiguous")


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        ("壹万贰仟元整", None, "12000.00"),
        ("壹仟贰佰叁拾肆元伍角陆分", 1, "1234.56"),
        ("１，２００．００", None, "1200.00"),
        ("¥1,200", 1, "1200.00"),
        ("1.2", 10_000, "12000.00"),
        ("1.2万元", None, "12000.00"),
        (0.1 + 0.2, None, "0.30"),
        (0.0, None, "0.00"),
    ],
)
def test_amounts_are_yuan_whatever_their_dress(cell: object, unit: int | None, yuan: str) -> None:
    assert values.parse_money(cell, unit) == Decimal(yuan)


@pytest.mark.parametrize(
    ("cell", "unit", "rule_id"),
    [
        ("1.2万元", 1, "money.unit_disagrees"),
        ("壹万元整", 10_000, "money.unit_disagrees"),
        ("约300", None, "number.inexact"),
        ("一万二", None, "number.unreadable"),
        (-5.0, None, "number.too_small"),
        (1.234, None, "money.part_of_cent"),
        (1e15, None, "number.too_large"),
        ("**", None, "cell.redacted"),
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_refused(cell: object, unit: int | None, rule_id: str) -> None:
    assert values.parse_money(cell, unit) == Problem(rule_id)


@pytest.mark.parametrize("cell", ["-", "—", "/", "无", "不详", "", "　"])
def test_a_dash_is_a_gap_and_not_a_zero(cell: str) -> None:
    assert values.parse_int(cell) is None
    assert values.parse_money(cell, None) is None
    assert dates.parse_date(cell, 2014) is None


def test_zero_is_a_figure() -> None:
    assert values.parse_int(0.0) == 0
    assert values.parse_int("０") == 0


@pytest.mark.parametrize(("cell", "count"), [("3人", 3), ("二孩", 2), ("第三孩", 3), ("1,200", 1200), ("十二", 12)])
def test_counts_with_their_measure_word(cell: str, count: int) -> None:
    assert values.parse_int(cell) == count


@pytest.mark.parametrize(
    ("cell", "rule_id"), [(2.5, "number.not_whole"), (-1.0, "number.too_small"), ("三四个", "number.unreadable")]
)
def test_persons_are_whole_and_not_negative(cell: object, rule_id: str) -> None:
    assert values.parse_int(cell) == Problem(rule_id)


def test_a_shape_tells_the_form_and_not_the_text() -> None:
    assert values.shape("11010519491231002X") == "9{17}A (18)"
    assert "甲" not in values.shape("某甲")
