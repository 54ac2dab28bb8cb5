"""Benefits (L15): award, special aid and the one-child bonus, paid to persons of whom only pseudonyms are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orchestration.ingest import register
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import OTHER_VALID_ID, VALID_ID
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

NAME = "临江镇计生办2014年6月台账.xlsx"
ABOVE = ["填报单位(盖章):临江镇计生办   2014年6月30日   单位:元"]
ROSTER = ["项目", "年度", "姓名", "身份证号", "应发标准", "应发金额", "实发金额", "发放日期"]
CANARIES = ["金丝雀甲", "金丝雀乙", "6228480402564890018", "CANARYCARD", "13912345678", "金丝雀巷九号", VALID_ID]


def paid(*cells: object, headers: Sequence[str] = ROSTER, title: str = "奖励扶助发放登记") -> dict[str, Any]:
    return {"名册": [[title], ABOVE, list(headers), list(cells)]}


def one(settings: Settings) -> dict[str, Any]:
    (row,) = rows(settings, "L15")
    return row


def test_l15_under_merged_headers_with_its_total(tmp_path: Path) -> None:
    page = [
        ["2014年农村部分计划生育家庭奖励扶助金发放花名册"], ABOVE,
        ["序号", "扶助项目", "年度", "奖扶对象姓名", "公民身份证号", "资格条件编码", "申请日期", "公示", "", "",
         "县级审批日期", "享受起始月", "享受终止月", "终止原因", "补助标准(元/人·年)", "应发金额", "实发金额",
         "应发日期", "发放日期", "发放方式", "开户名", "银行账号"],
        ["", "", "", "", "", "", "", "起", "止", "结果"],
        [1, "奖扶", "2014年", "金丝雀甲", VALID_ID, "A-1", "2014.1.6", "2014.1.20", "2014.1.27", "无异议", "2014-02-10",
         "2014.01", "2014年12月", "", 960, 960, 960, "2014-12-20", "2014-06-12", "打卡发放", "金丝雀 甲", CANARIES[2]],
        [2, "特别扶助（死亡家庭）", 2014, "金丝雀乙", OTHER_VALID_ID, "", "", "", "", "", "", "2014-01", "2014-03",
         "因病去世", "", "4,080.00", 1020, "", "2014年6月12日", "现金", "金丝雀丙", ""],
        ["合计", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 5040, 1980],
    ]  # fmt: skip
    merges = [(2, 7, 2, 9), *((2, column, 3, column) for column in (*range(7), *range(10, 22)))]
    settings = books.home(tmp_path)
    books.put(settings, f"received=2014-07-05/{NAME}", books.workbook({"名册": page}, merges))
    ingest_landing(settings)
    first, second = rows(settings, "L15")
    key = Pseudonyms(settings.key_file.read_bytes()).key
    assert first["person_key"] == key("register", "person", VALID_ID)
    assert (first["programme_code"], first["benefit_year"], first["ground_code"]) == ("jf", 2014, "A-1")
    assert (first["application_date"], first["posted_from"], first["posted_to"], first["confirmed_date"]) == (
        date(2014, 1, 6), date(2014, 1, 20), date(2014, 1, 27), date(2014, 2, 10),
    )  # fmt: skip
    assert (first["from_month"], first["to_month"], first["posting_result"]) == ("2014-01", "2014-12", "no_objection")
    assert (first["standard_yuan"], first["standard_year_yuan"]) == (None, Decimal(960))
    assert (first["due_date"], first["paid_date"], first["channel_code"]) == (
        date(2014, 12, 20), date(2014, 6, 12), "card",
    )  # fmt: skip
    assert (second["programme_code"], second["end_reason_code"], second["channel_code"]) == ("tf_d", "death", "cash")
    assert (second["due_yuan"], second["paid_yuan"]) == (Decimal(4080), Decimal(1020))
    assert [first["account_is_own"], second["account_is_own"]] == [True, False]
    assert rules(settings) == []
    totals = pl.read_parquet(settings.lake / "control_totals" / "b*.parquet")
    assert dict(totals.select("column_name", "stated").iter_rows()) == {
        "due_yuan": Decimal(5040), "paid_yuan": Decimal(1980),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "month", "year"),
    [
        ("应发标准", 80, None), ("发放标准(元)", 80, None), ("扶助标准(元/月)", 80, None), ("月补助标准", 80, None),
        ("应发标准(元/人/年)", None, 80), ("奖励标准(年)", None, 80), ("年发放标准(元)", None, 80),
    ],
)  # fmt: skip
def test_r28_a_standard_is_of_a_month_unless_its_header_says_year(
    tmp_path: Path, header: str, month: int | None, year: int | None
) -> None:
    headers = [header if name == "应发标准" else name for name in ROSTER]
    settings = read(tmp_path, paid("奖扶", 2014, "甲", VALID_ID, 80, 480, 480, "2014-06-12", headers=headers), NAME)
    assert (one(settings)["standard_yuan"], one(settings)["standard_year_yuan"]) == (month, year)


def test_l15_a_yearly_standard_speaks_its_own_unit_of_money(tmp_path: Path) -> None:
    headers = [name.replace("应发标准", "应发标准(元/人/年)") for name in ROSTER]
    page = paid("奖扶", 2014, "甲", VALID_ID, 960, 0.096, 0.096, "2014-06-12", headers=headers)
    page["名册"][1] = ["填报单位:临江镇计生办  单位:万元"]
    row = one(read(tmp_path, page, NAME))
    assert (row["standard_year_yuan"], row["due_yuan"], row["paid_yuan"]) == (960, 960, 960)


@pytest.mark.parametrize(
    ("title", "programme"),
    [
        ("农村部分计划生育家庭奖励扶助金发放名册", "jf"),
        ("计划生育特别扶助(伤残)发放名册", "tf_s"),
        ("独生子女死亡家庭特别扶助金花名册", "tf_d"),
        ("计划生育特别扶助金发放名册", "tf"),
        ("独生子女父母奖励费发放登记", "dz"),
        ("奖励扶助、特别扶助发放名册", None),
    ],
)
def test_l15_the_title_names_the_programme_of_a_roster_without_that_column(
    tmp_path: Path, title: str, programme: str | None
) -> None:
    cells = (2014, "甲", VALID_ID, 80, 480, 480, "2014-06-12")
    settings = read(tmp_path, paid(*cells, headers=ROSTER[1:], title=title), NAME)
    if programme is None:
        assert sheet(settings)["rule_id"] == "sheet.no_placing_column"
    else:
        assert one(settings)["programme_code"] == programme


@pytest.mark.parametrize(
    ("holder", "own"),
    [
        ("金丝雀", True),
        ("金 丝雀", True),
        ("本人", True),
        ("金丝雀乙", False),
        ("", None),
        ("金**", None),
        ("同上", None),
    ],
)
def test_r20_of_the_holder_of_an_account_only_the_equality_is_kept(
    tmp_path: Path, holder: str, own: bool | None
) -> None:
    headers = [*ROSTER, "开户名"]
    cells = ("奖扶", 2014, "金丝雀", VALID_ID, 80, 480, 480, "2014-06-12", holder)
    settings = read(tmp_path, paid(*cells, headers=headers), NAME)
    assert one(settings)["account_is_own"] is own
    assert rules(settings) == [("cell", "sheet.column_missing", 3, name) for name in _missing(settings)]


def _missing(settings: Settings) -> list[str]:
    return [row["column_name"] for row in register.read_quarantine(settings).to_dicts()]


def test_l15_what_is_not_written_is_not_paid_and_what_is_taken_back_is_negative(tmp_path: Path) -> None:
    page = paid("奖扶", 2014, "甲", VALID_ID, 80, 480, "", "")
    page["名册"] += [["奖扶", 2014, "乙", OTHER_VALID_ID, 80, 0, -480, "2014-06-12"],
                    ["奖扶", 2014, "丙", "", 80, 480, 0, "2014-06"],
                    ["奖扶", 2014, "丁", "", 80, 480, "约400", "2014-06-12"],
                    ["军属优抚", 2014, "戊", "", 80, 480, 480, "2014-06-12"]]  # fmt: skip
    settings = read(tmp_path, page, NAME)
    assert [(row["paid_yuan"], row["paid_date"]) for row in rows(settings, "L15")] == [
        (None, None), (Decimal(-480), date(2014, 6, 12)), (Decimal(0), None),
    ]  # fmt: skip
    assert ("cell", "date.month_only", 6, "paid_date") in rules(settings)
    assert {row for kind, _, row, _ in rules(settings) if kind == "row"} == {7, 8}


def test_l15_sums_by_township_are_no_roster(tmp_path: Path) -> None:
    headers, cells = ["项目", "人数", "应发金额", "实发金额"], ("奖扶", 12, 11520, 11520)
    settings = read(tmp_path, paid(*cells, headers=headers, title="奖励扶助发放汇总表"), NAME)
    assert sheet(settings)["rule_id"] == "sheet.no_placing_column"


def test_l15_the_ledger_of_the_population_office_is_known_by_its_headers(tmp_path: Path) -> None:
    headers = ["姓名", "性别", "出生年月", "户口性质", "婚姻状况", "行政区划代码", "行政区划名称", "现存子女数",
               "曾生子女", "现存男孩", "现存女孩", "公民身份证号", "家庭详细地址", "联系电话", "应发金额",
               "开始奖扶年度", "奖扶状态"]  # fmt: skip
    cells = (
        "甲",
        "女",
        "1949-12",
        "农业",
        "有配偶",
        "331099100201",
        "砚池村",
        1,
        1,
        0,
        1,
        VALID_ID,
        "巷",
        "",
        960,
        2013,
        "正常",
    )
    settings = read(tmp_path, paid(*cells, headers=headers, title="农村独女户家庭奖扶信息"), NAME)
    assert (one(settings)["programme_code"], one(settings)["birth_month"]) == ("jf", "1949-12")
    assert not [rule for rule in rules(settings) if rule[1] != "sheet.column_missing"]


def test_l15_no_account_no_name_and_no_number_goes_past_the_reader(tmp_path: Path) -> None:
    headers = [*ROSTER, "开户名", "银行账号", "一卡通卡号", "联系电话", "家庭住址", "存折号", "备注"]
    cells = ["奖扶", 2014, CANARIES[0], VALID_ID, 80, 480, CANARIES[5], "2014-06-12", CANARIES[1], CANARIES[2],
             CANARIES[3], CANARIES[4], CANARIES[5], CANARIES[3], CANARIES[1]]  # fmt: skip
    sound = [*cells[:6], 480, *cells[7:]]
    page = paid(*cells, headers=headers)
    page["名册"].append(sound)
    settings = read(tmp_path, page, NAME)
    assert len(rows(settings, "L15")) == 1
    assert sheet(settings)["quarantined"] == 1
    written = "".join(
        str(pl.read_parquet(path, hive_partitioning=False).to_dict(as_series=False))
        for path in settings.lake.rglob("*.parquet")
        if "reference" not in path.parts
    )
    assert not [canary for canary in CANARIES if canary in written]
