"""One workbook as a clerk keeps it through the year: each sheet is read right or refused with its reason.

The figures on the right hand of every assertion are typed from the sheets, not computed from them.
"""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from orchestration.ingest import register
from orchestration.ingest.ingestion import ingest_landing
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import OTHER_VALID_ID, VALID_ID
from tests.unit.ingest.test_sheets import rows

BOOK = "received=2015-01-04/临江镇/砚池村委会2014年度人口计生工作台帐（定稿）.xlsx"

EVENTS = [
    ["砚池村 2014 年 11 月 份 人 口 变 动 登 记"],
    ["填报单位（盖章）：砚池村委会", None, None, None, None, "单位：人"],
    ["一、新生儿出生登记表"],
    ["序号", "孩子姓名", "性 别", "出生时间", "孩次", "女方", None, None, "备注"],
    [None, None, None, None, None, "姓名", "身份证号码", "出生年月"],
    ["甲", "乙", "丙", 1, 2, 3, 4, 5, 6],
    [1, "甲一", "女", "2014.11.8", "一孩", "丙", VALID_ID, "1949.12"],
    [2, "甲二", "男", "2014年11月20日", "二孩", "丁", OTHER_VALID_ID, "1988.1"],
    ["合计", "2人"],
    [],
    ["二、死亡人员登记表（以公历为准）"],
    ["序号", "姓名", "性别", "死亡时间", "死因", "身份证号"],
    [1, "戊", "男", "2014/11/30", "病故", VALID_ID],
    ["注：死亡不以销户为准"],
    [],
    ["三、药具发放情况"],
    ["品名", "规格", "领取网点", "结存", "经手", "去向"],
    ["口服药", "盒", "村室", 12, None, None],
    ["填表人：某某", None, None, "报出日期：2014年12月2日"],
]
EVENTS_MERGED = ["A1:I1", "F4:H4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "I4:I5"]

MONTH_HEAD = [
    ["人口与计划生育情况月报表"],
    ["月初人口数", "本 月 增 加", None, None, None, "本 月 减 少", None, "月末人口数"],
    [None, "出生", None, None, "迁入", "死亡", "迁出", None],
    [None, "小计", "男", "女", None, None, None, None],
    ["人", "人", "人", "人", "人", "人", "人", "人"],
]
MONTH_MERGED = ["B2:E2", "F2:G2", "A2:A4", "H2:H4", "B3:D3", "E3:E4", "F3:F4", "G3:G4"]
NOVEMBER = [812, 2, 1, 1, 0, 1, 3, 810]
DECEMBER = [810, 1, 1, 0, 2, 0, 0, 813]


def build() -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    sheets = {
        "变动": (EVENTS, EVENTS_MERGED),
        "11月": ([*MONTH_HEAD, NOVEMBER], MONTH_MERGED),
        "十二月份": ([*MONTH_HEAD, DECEMBER], MONTH_MERGED),
        "四季度": ([*MONTH_HEAD, [812, 3, 2, 1, 2, 1, 3, 813]], MONTH_MERGED),
        "1-12月": ([*MONTH_HEAD, [790, 30, 15, 15, 9, 8, 8, 813]], MONTH_MERGED),
        "三查记录": ([["姓名", "检查日期", "结果"], ["甲", "2014-11-01", "正常"]], []),
    }
    for tab, (lines, merges) in sheets.items():
        page = book.create_sheet(tab)
        for line in lines:
            page.append(line)
        for span in merges:
            page.merge_cells(span)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = books.home(tmp_path_factory.mktemp("clerk"))
    books.put(settings, BOOK, build())
    ingest_landing(settings)
    return settings


def test_every_sheet_is_read_or_says_why_not(home: Settings) -> None:
    seen = register.read_submissions(home)
    assert seen.select("sheet_name", "form", "period", "status", "rule_id", "accepted").rows() == [
        ("变动", "L02", "2014-11", "accepted", None, 2),
        ("变动", "L03", "2014-11", "accepted", None, 1),
        ("变动", "L09", "2014-11", "accepted", None, 1),
        ("11月", "L16", "2014-11", "accepted", None, 1),
        ("十二月份", "L16", "2014-12", "accepted", None, 1),
        ("四季度", "L16", None, "quarantined", "sheet.longer_than_a_month", 0),
        ("1-12月", "L16", None, "quarantined", "sheet.longer_than_a_month", 0),
        ("三查记录", None, None, "quarantined", "sheet.blocked", 0),
    ]  # fmt: skip
    assert set(seen["unit_code"].drop_nulls()) == {"331099100201"}


def test_every_row_is_counted_once(home: Settings) -> None:
    seen = register.read_submissions(home).filter(pl.col("sheet_name") == "变动")
    assert (seen["rows_seen"].sum(), seen["accepted"].sum(), seen["quarantined"].sum()) == (17, 4, 0)
    assert (seen["duplicate"].sum(), seen["non_data"].sum()) == (0, 13)


def test_the_events_are_those_of_the_sheet(home: Settings) -> None:
    births = [(row["birth_date"], row["sex"], row["birth_order"], row["row_id"][-3:]) for row in rows(home, "L02")]
    assert births == [(date(2014, 11, 8), "female", 1, "1:7"), (date(2014, 11, 20), "male", 2, "1:8")]
    (death,) = rows(home, "L03")
    assert (death["death_date"], death["sex"], death["row_id"][-4:]) == (date(2014, 11, 30), "male", "1:13")
    (stock,) = rows(home, "L09")
    assert (stock["closing_quantity"], stock["row_id"][-4:]) == (12, "1:18")


def test_the_months_are_those_of_their_tabs(home: Settings) -> None:
    names = ["opening", "births", "births_male", "births_female", "moved_in", "deaths", "moved_out", "closing"]
    found = sorted([row[name] for name in names] for row in rows(home, "L16"))
    assert found == [[810, 1, 1, 0, 2, 0, 0, 813], [812, 2, 1, 1, 0, 1, 3, 810]]
