"""G-17 to G-20, D03, D11, D28: figures with a unit or a bound, as the golden figures of the domain state them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.ingest.measures import Listing, parse_listing, parse_measure
from orchestration.ingest.outcome import Problem
from orchestration.ingest.values import parse_int, parse_money


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [("17.89万元", "178900"), ("10万元", "100000"), ("1917万元", "19170000"), ("１７．８９万元", "178900"), ("1.2亿元",
     "120000000"),
     ("3.5千元", "3500"), ("壹拾柒万捌仟玖佰元整", "178900")],
)  # fmt: skip
def test_g17_amounts_are_yuan(cell: str, yuan: str) -> None:
    assert parse_money(cell, None) == Decimal(yuan)


@pytest.mark.parametrize("cell", ["17.89万元", "1亿元"])
def test_g17_an_amount_under_a_header_in_yuan_is_refused(cell: str) -> None:
    assert parse_money(cell, 1) == Problem("money.unit_disagrees")


@pytest.mark.parametrize(
    ("cell", "value", "operator"),
    [
        ("低于12‰", 12, "<"), ("85%以上", 85, ">="), ("10余名", 10, ">"), ("不低于95％", 95, ">="), ("不超过3人", 3,
        "<="),
        ("约300", 300, "~"), ("300左右", 300, "~"), ("近百分之五", 5, "~"), ("≥98%", 98, ">="), ("十多人", 10, ">"),
        ("100", 100, "="), ("50人以下", 50, "<="), ("超过1,200户", 1200, ">"),
    ],
)  # fmt: skip
def test_g18_d28_bounds_are_a_value_and_an_operator(cell: str, value: int, operator: str) -> None:
    found = parse_measure(cell)
    assert not isinstance(found, Problem)
    assert found is not None
    assert found[:2] == (Decimal(value), operator)


@pytest.mark.parametrize("cell", ["低于12", "85以上", "10余名", "约300", "10-20人", "1至3", "三百左右"])
def test_d28_a_count_takes_no_bound(cell: str) -> None:
    assert parse_int(cell) == Problem("number.inexact")


@pytest.mark.parametrize(
    ("cell", "rule_id"),
    [("约85%以上", "number.inexact"), ("10-20%", "number.inexact"), ("很多", "number.unreadable"), ("××",
     "cell.redacted"),
     (True, "number.unreadable")],
)  # fmt: skip
def test_d28_two_bounds_or_none_are_no_measure(cell: object, rule_id: str) -> None:
    assert parse_measure(cell) == Problem(rule_id)


def test_g19_a_share_in_full_width_keeps_its_unit() -> None:
    assert parse_measure("９４．７２％") == (Decimal("94.72"), "=", "%")
    assert parse_int("９４％") == Problem("number.unit_disagrees")


@pytest.mark.parametrize("cell", ["12.5‰", "12.50/00", "12.5%。", "12.5%o", "12.5％。", "千分之12.5"])
def test_d03_per_mille_has_many_spellings(cell: str) -> None:
    assert parse_measure(cell) == (Decimal("12.5"), "=", "‰")


def test_d03_per_cent_is_none_of_them() -> None:
    assert parse_measure("12.5%") == (Decimal("12.5"), "=", "%")


TEN = "计生、人社、教育、公安、民政、财政、住建、卫生、工商、统计等10部门"


def test_g20_a_list_has_as_many_items_as_it_says() -> None:
    found = parse_listing(TEN)
    assert found is not None
    assert len(found.items) == found.stated == 10
    assert parse_listing(TEN.replace("、工商", "")) == Listing(tuple(i for i in found.items if i != "工商"), 10)
    assert parse_listing("计生、人社、教育") is None
