"""What the finance department booked (L22) and the statistical report on the fee (L23), as their clerks write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.unit.ingest.test_money_forms import ABOVE, LINJIANG, NAME, told
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

BOOKED = [
    ["财政非税收入入账明细表"], ["填报单位:临江镇计生办   2014年6月30日   单位:万元"],
    ["序号", "执收单位", "日期", "科目", "金额", "摘要"],
    [1, "临江镇计生办", "2014.6.9", "社会抚养费收入", 3.69096, "金丝雀"],
    [2, "临江镇计生办", "2014-06-10", "社会抚养费滞纳金", "0.12", ""],
    [3, "临江镇计生办", 20140620, "社会抚养费收入退还", "-0.5", ""],
    [4, "临江镇计生办", "2014-06-20", "土地出让收入", 7, ""],
    ["", "合计", "", "", 10.31096, ""],
]  # fmt: skip


def test_l22_amounts_in_ten_thousands_are_yuan_to_the_fen(tmp_path: Path) -> None:
    settings = read(tmp_path, {"非税": BOOKED}, NAME)
    assert told(settings, "L22", "unit_code", "booked_date", "subject_code", "amount_yuan") == [
        (LINJIANG, date(2014, 6, 9), "fee", Decimal("36909.60")),
        (LINJIANG, date(2014, 6, 10), "surcharge", Decimal("1200.00")),
        (LINJIANG, date(2014, 6, 20), "refund", Decimal("-5000.00")),
        (LINJIANG, date(2014, 6, 20), "other", Decimal("70000.00")),
    ]
    seen = sheet(settings)
    assert (seen["form"], seen["period"], seen["rows_seen"], seen["accepted"]) == ("L22", "2014-06", 8, 4)
    assert seen["rows_seen"] == seen["accepted"] + seen["non_data"]
    assert rules(settings) == []


def test_l22_a_day_that_cannot_be_read_sets_its_row_aside(tmp_path: Path) -> None:
    page = [*BOOKED[:3], [1, "", "2014-06-31", "社会抚养费", 5, ""], [2, "", "2014-06-30", "社会抚养费", 5, ""]]
    settings = read(tmp_path, {"非税": page}, NAME)
    assert told(settings, "L22", "booked_date") == [(date(2014, 6, 30),)]
    assert sheet(settings)["quarantined"] == 1


def test_l22_is_no_slip_and_a_slip_is_no_l22(tmp_path: Path) -> None:
    headers = ["缴款书号", "缴款日期", "收入科目", "金额(元)", "国库/专户", "所属月份"]
    page = [["非税收入缴库登记"], ABOVE, headers, ["1号", "2014-06-09", "社会抚养费", 500, "国库", "2014-05"]]
    assert sheet(read(tmp_path, {"缴库": page}, NAME))["form"] == "L14"


def test_l22_without_its_title_is_not_guessed(tmp_path: Path) -> None:
    page = [["收入表"], ABOVE, ["日期", "科目", "金额"], ["2014-06-09", "社会抚养费", 500]]
    assert sheet(read(tmp_path, {"Sheet1": page}, NAME))["form"] != "L22"


REPORT = [
    ["社会抚养费征收情况统计报表"], ["填报单位:临江镇计生办   2014年6月   单位:元"],
    ["应立案件数", "立案件数", "立案率", "期初欠缴", "本期应征", "本期实征", "滞纳金", "退费", "减免", "期末欠缴",
     "上缴国库"],
    [12, 9, "75%", 100000, "50,000.00", 40000, 320.5, 2000, "", 112000, 38320.5],
]  # fmt: skip


def test_l23_figures_of_the_report_and_what_it_leaves_out(tmp_path: Path) -> None:
    settings = read(tmp_path, {"统计": REPORT}, NAME)
    (row,) = rows(settings, "L23")
    assert (row["unit_code"], row["cases_due"], row["cases_filed"], row["filing_percent"]) == (LINJIANG, 12, 9, 75)
    stated = ("opening_yuan", "assessed_yuan", "collected_yuan", "surcharge_yuan", "refunded_yuan", "closing_yuan")
    assert [row[name] for name in stated] == [100000, 50000, 40000, Decimal("320.50"), 2000, 112000]
    assert (row["waived_yuan"], row["terminated_yuan"], row["remitted_yuan"]) == (None, None, Decimal("38320.50"))
    assert (sheet(settings)["status"], sheet(settings)["form"], rules(settings)) == ("accepted", "L23", [])


def test_l23_sums_since_january_are_never_a_month(tmp_path: Path) -> None:
    page = [["社会抚养费征收情况统计报表"], REPORT[1], ["本年累计应征", "本年累计实征"], [50000, 40000]]
    assert sheet(read(tmp_path, {"统计": page}, NAME))["accepted"] == 0
