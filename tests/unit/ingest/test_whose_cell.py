"""Cells that may be another person's, another event's, another unit's or another span's: never taken for the row's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.ingest.books import VALID_ID, id_number
from tests.unit.ingest.pages import ABOVE, OFFICE, found, read_book, read_page, records

MOTHER = id_number("19900101", 24)
ROSTER = ["项目", "身份证号", "发放标准", "应发金额", "实发金额", "发放日期", "起始月", "终止月"]


@pytest.mark.parametrize("header", ["出生日期", "出生时间"])
@pytest.mark.parametrize("day", ["1990-01-01", "1990年6月", "某日"])
def test_l02_a_birth_right_of_the_mother_that_may_be_hers_is_refused(header: str, day: str) -> None:
    page = read_page(["出生登记表"], [ABOVE], ["性别", "孩次", "母亲姓名", header], ["男", 1, "某乙", day])
    assert (page.rule_id, page.quarantined) == ("sheet.whose_column", 1)


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        (["性别", "母亲姓名", "母亲身份证号", "出生日期"], ["男", "某乙", MOTHER, "2014-06-05"]),
        (["母亲姓名", "性别", "孩次", "出生日期"], ["某乙", "男", 1, "2014-06-05"]),
        (["性别", "母亲姓名", "出生日期", "母亲出生年月"], ["男", "某乙", "2014-06-05", "1990-01"]),
        (["性别", "母亲姓名", "婴儿出生日期"], ["男", "某乙", "2014-06-05"]),
    ],
)
def test_l02_a_birth_that_can_only_be_the_childs_is_read(headers: list[str], cells: list[object]) -> None:
    page = read_page(["出生登记表"], [ABOVE], headers, cells)
    assert records(page, "birth_date") == [(date(2014, 6, 5),)]


def test_l04_a_wedding_day_is_not_the_day_of_a_divorce() -> None:
    headers = ["事项", "男方姓名", "女方姓名", "结婚日期"]
    couples = [["离婚", "甲", "乙", "2004-05-01"], ["结婚", "丙", "丁", "2014-06-01"], ["丧偶", "戊", "己", ""]]
    page = read_page(["婚姻变动登记表"], [ABOVE], headers, *couples)
    assert records(page, "event", "event_date") == [("marriage", date(2014, 6, 1))]
    assert (page.quarantined, page.status) == (2, "partial")
    assert ("date.of_another_event", 4, "event_date") in list(found(page))
    assert ("row.mandatory_unreadable", 4, None) in list(found(page))
    assert ("row.mandatory_missing", 6, None) in list(found(page))


def test_l04_each_kind_of_event_has_the_day_of_its_own_column() -> None:
    headers = ["类别", "男方姓名", "女方姓名", "结婚日期", "离婚日期"]
    couples = [["离婚", "甲", "乙", "2004-05-01", "2014-06-03"], ["结婚", "丙", "丁", "2014-06-01", "2010-01-01"]]
    page = read_page(["婚姻变动登记表"], [ABOVE], headers, *couples)
    assert records(page, "event", "event_date") == [("divorce", date(2014, 6, 3)), ("marriage", date(2014, 6, 1))]
    sheets = {
        "离婚": [["离婚登记表"], [ABOVE], ["男方姓名", "女方姓名", "结婚日期"], ["甲", "乙", "2004-05-01"]],
        "结婚": [["结婚登记表"], [ABOVE], ["男方姓名", "女方姓名", "结婚日期"], ["丙", "丁", "6月1日"]],
    }
    divorces, weddings = read_book(sheets)
    assert (divorces.accepted, divorces.quarantined) == (0, 1)
    assert records(weddings, "event_date") == [(date(2014, 6, 1),)]


CHECKS = [["临江镇三免服务登记"], ["村名", "项目", "日期", "对数"]]
SUPPLIES = [["临江镇药具登记"], ["所在村", "药具名称", "入库数量", "出库数量"]]


def test_l09_l10_the_villages_of_a_township_report_through_its_office() -> None:
    lines = [[village, "免费婚检", "2014-06-03", 5] for village in ("砚池村", "竹溪村", "镇直")]
    page = read_page(*CHECKS, *lines, name=OFFICE)
    assert (page.unit_code, page.accepted, list(found(page))) == ("331099100000-fp", 3, [])
    page = read_page(*SUPPLIES, ["砚池村", "避孕套", 10, 5], ["竹溪村", "避孕套", 8, 2], name=OFFICE)
    assert (page.unit_code, page.accepted, list(found(page))) == ("331099100000-fp", 2, [])


def test_l09_l10_a_village_outside_the_unit_that_reports_is_set_aside() -> None:
    of_village = [["三免服务登记"], [ABOVE], CHECKS[1], ["砚池村", "免费婚检", "2014-06-03", 5]]
    own, strange = read_book({"表": [*of_village, ["竹溪村", "免费婚检", "2014-06-03", 7]]})
    assert (own.unit_code, records(own, "couples")) == ("331099100201", [(5,)])
    assert (strange.rule_id, strange.quarantined) == ("row.of_another_unit", 1)
    assert own.rows_seen + strange.rows_seen == 5


@pytest.mark.parametrize(
    ("above", "header", "row", "rate"),
    [
        ("", "发放标准", ["奖扶", VALID_ID, 80, 960, 960, "2014-06-12", "2014-01", "2014-12"], 80),
        ("", "发放标准", ["特扶", VALID_ID, 340, 340, 340, "2014-06-12", "2014-06", "2014-06"], 340),
        ("", "发放标准(元/月)", ["特扶", VALID_ID, 340, 340, 340, "2014-06-12", "", ""], 340),
        ("单位:元/月", "发放标准", ["特扶", VALID_ID, 340, 340, 340, "2014-06-12", "", ""], 340),
        ("", "发放标准", ["奖扶", VALID_ID, 960, "", "", "", "", ""], None),
        ("", "发放标准", ["特扶", VALID_ID, 4080, 4080, 4080, "2014-06-12", "2014-01", "2014-12"], None),
        ("", "发放标准", ["特扶", VALID_ID, 4080, 2040, 2040, "2014-06-12", "", ""], None),
        ("单位:元/年", "发放标准", ["特扶", VALID_ID, 340, "", "", "", "", ""], None),
        ("发放标准:每人每年960元", "发放标准", ["独生子女父母奖励费", VALID_ID, 120, "", "", "", "", ""], None),
    ],
)
def test_r28_a_rate_that_may_be_that_of_a_year_is_left_out(
    above: str, header: str, row: list[object], rate: int | None
) -> None:
    headers = [header if name == "发放标准" else name for name in ROSTER]
    page = read_page(["扶助发放登记"], [above], headers, row, name=OFFICE)
    assert records(page, "standard_yuan", "standard_year_yuan") == [(None if rate is None else Decimal(rate), None)]
    said = [rule for rule, *_ in found(page)]
    assert said == ([] if rate else ["money.month_or_year"])


def test_l15_a_birth_beside_a_child_or_spouse_is_not_that_of_the_person_paid() -> None:
    headers = ["项目", "姓名", "身份证号", "子女姓名", "出生日期", "实发金额", "发放日期"]
    page = read_page(
        ["奖励扶助发放登记"], headers, ["奖扶", "甲", VALID_ID, "乙", "1980-01", 960, "2014-06-12"], name=OFFICE
    )
    assert records(page, "birth_month", "paid_yuan") == [(None, Decimal(960))]


@pytest.mark.parametrize(
    ("headers", "cells", "is_read"),
    [
        (["药具名称", "单位", "结存数量(盒)", "发放数量(盒)"], ["避孕套", "盒", 100, 50], True),
        (["药具名称", "结存数量(盒)", "领取人次(人次)"], ["避孕套", 100, 7], True),
        (["药具名称", "单位", "结存数量(盒)", "发放数量(只)"], ["避孕套", "盒", 100, 50], False),
        (["药具名称", "单位", "结存数量(盒)"], ["避孕套", "只", 100], False),
    ],
)
def test_d12_l09_figures_of_one_line_in_two_units_are_refused(
    headers: list[str], cells: list[object], *, is_read: bool
) -> None:
    page = read_page(["药具登记"], headers, cells, name=OFFICE)
    assert page.rule_id == (None if is_read else "number.unit_disagrees")
    assert page.accepted == is_read
