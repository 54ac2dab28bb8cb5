"""Pages that were once read as something they do not say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.ingest import books
from tests.unit.ingest.books import L16_HEADERS, ledger
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

SLIPS = ["日期", "缴款书号", "金额"]
SLIP = ["2014-06-03", "001", 1.5]
FIGURES = [1000, 5, 3, 2, 2, 1, 0, 1004]


@pytest.mark.parametrize(
    ("title", "headers", "line", "summed"),
    [
        (
            "奖励扶助金发放登记表",
            ["序号", "姓名", "身份证号", "实发金额"],
            [1, "某甲", books.VALID_ID, 960],
            [2, "合计", "", 960],
        ),
        (
            "缴款票据台账",
            ["序号", "案号", "缴款日期", "金额"],
            [1, "2013-1", "2014-06-03", 9],
            [2, "合计", "2014-06-30", 9],
        ),
        ("缴款票据台账", ["案号", "缴款日期", "金额"], ["2013-1", "2014-06-03", 9], ["本年累计", "2014-06-30", 50]),
        ("缴款票据台账", ["案号", "缴款日期", "金额"], ["2013-1", "2014-06-03", 9], ["承前页", "2014-06-30", 41]),
        ("社会抚养费缴库登记", SLIPS, SLIP, ["2014-06-30", "本月合计", 1.5]),
        ("药具登记台账", ["村名", "药具名称", "入库数量"], ["砚池村", "避孕套", 10], ["砚池村", "小计", 10]),
    ],
)
def test_a_line_that_sums_others_is_no_record_wherever_it_says_so(
    tmp_path: Path, title: str, headers: list[str], line: list[object], summed: list[object]
) -> None:
    seen = sheet(read(tmp_path, {"Sheet1": ledger(title, headers, line, summed)}))
    assert (seen["rows_seen"], seen["accepted"], seen["quarantined"], seen["non_data"]) == (5, 1, 0, 4)


def test_the_month_beside_its_year_to_date_is_the_one_row_of_the_report(tmp_path: Path) -> None:
    page = ledger("月报表", ["项目", *L16_HEADERS], ["本月", *FIGURES], ["本年累计", 990, 25, 13, 12, 9, 4, 2, 1004])
    (row,) = rows(read(tmp_path, {"6月": page}), "L16")
    assert (row["opening"], row["births"]) == (1000, 5)


def test_a_remark_about_a_sum_leaves_its_row_a_record(tmp_path: Path) -> None:
    page = ledger("社会抚养费缴库登记", [*SLIPS, "备注"], [*SLIP, "合计"])
    assert sheet(read(tmp_path, {"Sheet1": page}))["accepted"] == 1


@pytest.mark.parametrize("note", ["说明:本表金额以万元计", "注:以万元为单位", "计量单位:笔、万元"])
def test_a_unit_of_money_is_heard_however_a_line_tells_it(tmp_path: Path, note: str) -> None:
    page = ledger("社会抚养费缴库登记", SLIPS, SLIP)
    page.insert(2, [note])
    (row,) = rows(read(tmp_path, {"Sheet1": page}), "L14")
    assert row["remitted_yuan"] == Decimal("15000.00")


def test_a_day_that_begins_a_month_does_not_alone_tell_the_month(tmp_path: Path) -> None:
    page = [["人口与计划生育月报表"], ["填报单位:临江镇砚池村", "", "2014年7月3日"], L16_HEADERS, FIGURES]
    settings = read(tmp_path, {"Sheet1": page}, "临江镇砚池村.xlsx")
    assert [rule for _, rule, *_ in rules(settings)] == ["sheet.no_period"]


def test_the_report_of_a_year_is_not_that_of_the_month_it_is_sent_in(tmp_path: Path) -> None:
    page = [["2014年人口变动情况年报表"], ["填报单位:临江镇砚池村"], L16_HEADERS, FIGURES]
    assert [rule for _, rule, *_ in rules(read(tmp_path, {"Sheet1": page}))] == ["sheet.longer_than_a_month"]
