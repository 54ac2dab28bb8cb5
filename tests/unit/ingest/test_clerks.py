"""What ordinary clerks write, and what they write that has two meanings: read right, or refused with its reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from orchestration.ingest import dates, periods, register, units, values
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.units import UnitNames, Units
from orchestration.settings import SEEDS_DIR, Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import L16_HEADERS, OTHER_VALID_ID, VALID_ID, death, deaths, ledger
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

OFFICE = "临江镇计生办2014年6月台账.xlsx"
FIGURES = [1000, 5, 3, 2, 2, 1, 0, 1004]
PAYMENT_HEADERS = ["案号", "票据号码", "缴款日期", "金额", "其中滞纳金"]
SERVICE_HEADERS = ["项目", "日期"]


def payments(above: Sequence[Sequence[object]], *data: Sequence[object]) -> dict[str, Sequence[Sequence[object]]]:
    return {"缴款": [["社会抚养费缴款台账"], *above, PAYMENT_HEADERS, *data]}


def services(headers: Sequence[str], *data: Sequence[object]) -> dict[str, Sequence[Sequence[object]]]:
    return {"三免": [["免费服务台账"], [*SERVICE_HEADERS, *headers], *data]}


def amounts(settings: Settings) -> list[Decimal]:
    return [row["amount_yuan"] for row in rows(settings, "L12")]


@pytest.mark.parametrize(
    "above",
    [
        [["单位:虚构县临江镇", "", "", "", "金额单位：万元"]],
        [["单位：人、万元"]],
        [["单位 万元"]],
        [["临江镇", "", "", "", "万元"]],
    ],
)
def test_the_unit_of_money_is_heard_wherever_the_lines_above_name_it(tmp_path: Path, above: list[list[str]]) -> None:
    assert amounts(read(tmp_path, payments(above, ["1号", "1", "2014-06-03", 1.2, ""]), OFFICE)) == [Decimal(12000)]


def test_the_unit_of_money_is_heard_below_the_table_and_in_a_row_of_units(tmp_path: Path) -> None:
    below = payments([], ["1号", "1", "2014-06-03", 1.2, ""], ["注:金额单位为万元"])
    assert amounts(read(tmp_path / "a", below, OFFICE)) == [Decimal(12000)]
    row = payments([], ["", "", "", "万元", "(万元)"], ["1号", "1", "2014-06-03", 1.2, 0.01])
    (payment,) = rows(read(tmp_path / "b", row, OFFICE), "L12")
    assert (payment["amount_yuan"], payment["surcharge_yuan"]) == (Decimal(12000), Decimal(100))


def test_thousands_of_yuan_are_no_yuan(tmp_path: Path) -> None:
    page = payments([["单位:千元"]], ["1号", "1", "2014-06-03", 1.2, ""])
    assert amounts(read(tmp_path, page, OFFICE)) == [Decimal(1200)]


def test_two_units_of_money_refuse_the_sheet(tmp_path: Path) -> None:
    page = payments([["单位:元"], ["金额单位:万元"]], ["1号", "1", "2014-06-03", 1.2, ""])
    assert sheet(read(tmp_path, page, OFFICE))["rule_id"] == "sheet.money_unit_disagrees"


@pytest.mark.parametrize(
    ("cell", "yuan"), [("12000元整", 12000), ("人民币500元", 500), ("-¥200.00", -200), ("￥-200", -200)]
)
def test_ornaments_of_amounts_mean_nothing(cell: str, yuan: int) -> None:
    assert values.parse_money(cell, 1, None) == Decimal(yuan)


@pytest.mark.parametrize("label", ["单位:", "单位名称：", "村名:", "填报单位（盖章）：", "单 位:"])
def test_the_unit_line_has_many_labels(tmp_path: Path, label: str) -> None:
    page = [["2014年6月月报表"], [f"{label}临江镇砚池村民委员会"], L16_HEADERS, FIGURES]
    assert sheet(read(tmp_path, {"Sheet1": page}, "台账.xlsx"))["unit_code"] == "331099100201"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> UnitNames:
    return Units(compile_reference(Settings(home=tmp_path_factory.mktemp("names")))).on(date(2014, 6, 30))


def test_the_office_that_issued_a_form_is_not_the_village_that_fills_it_in(names: UnitNames) -> None:
    for title in ("虚构县人口计生月报表", "虚构县计划生育局月报表", "临江镇计生办月报表"):
        assert units.resolve(names, "临江镇砚池村", [title, ""], "台账", "").unit_code == "331099100201"
    other = units.resolve(names, "临江镇砚池村", ["云岭乡计生办月报表", ""], "台账", "")
    assert other.rule_id == "sheet.unit_disagrees"


def test_a_township_alone_is_its_office_only_on_forms_of_townships(names: UnitNames) -> None:
    heard = (names, None, ["社会抚养费征收台账", ""], "云岭乡2014年6月", "")
    assert units.resolve(*heard, by_township=True).unit_code == "331099200000-fp"
    assert units.resolve(*heard).rule_id == "sheet.no_unit"
    assert units.resolve(names, None, ["台账", ""], "2014年6月", "云岭乡", by_township=True).rule_id == "sheet.no_unit"
    assert units.resolve(names, "竹溪村", ["台账", ""], "2014年6月", "", by_township=True).unit_code is None


@pytest.mark.parametrize("words", [["无"], ["本月无死亡"], ["/"], ["", "无", "无", "—"], ["1", "无"]])
def test_a_line_that_says_there_was_nothing_is_not_a_row(tmp_path: Path, words: list[object]) -> None:
    settings = read(tmp_path, {"死亡": deaths(words)})
    assert (sheet(settings)["status"], sheet(settings)["quarantined"]) == ("accepted", 0)


def test_column_numbers_are_no_data_though_a_blank_row_stands_above_them(tmp_path: Path) -> None:
    numbers = ["甲", *map(str, range(1, len(books.L03_HEADERS)))]
    settings = read(tmp_path, {"死亡": deaths([], numbers, death(1))})
    assert (sheet(settings)["accepted"], sheet(settings)["quarantined"]) == (1, 0)


def test_the_heading_of_a_group_is_no_person(tmp_path: Path) -> None:
    headers = ["户号", "姓名", "性别", "身份证号", "出生日期"]
    page = ledger("常住人口登记册", headers, ["第一村民小组"], ["1", "甲", "男", VALID_ID, "1949-12-31"], ["", "乙"])
    settings = read(tmp_path, {"花名册": page})
    assert (sheet(settings)["accepted"], sheet(settings)["quarantined"]) == (1, 1)


def test_few_unreadable_rows_are_bad_rows_and_three_are_a_sheet_not_understood(tmp_path: Path) -> None:
    bad = [death(number, day="不详", number=f"{number}") for number in range(3)]
    two = read(tmp_path / "two", {"死亡": deaths(*bad[:2])})
    assert (sheet(two)["status"], sheet(two)["quarantined"]) == ("partial", 2)
    three = read(tmp_path / "three", {"死亡": deaths(*bad)})
    assert (sheet(three)["status"], sheet(three)["rule_id"]) == ("quarantined", "sheet.no_row_readable")


@pytest.mark.parametrize("tab", ["出生死亡", "Sheet1"])
def test_two_tables_on_one_sheet_are_two_readings(tmp_path: Path, tab: str) -> None:
    births = ["姓名", "性别", "出生日期", "孩次", "母亲姓名", "母亲身份证号"]
    page = ledger("出生、死亡登记表", births, ["某婴", "男", "2014-06-03", 1, "某母", VALID_ID], [])
    page += [["姓名", "性别", "死亡日期", "死因", "身份证号"], ["某甲", "女", "2014-06-09", "病故", OTHER_VALID_ID]]
    settings = read(tmp_path, {tab: page})
    seen = register.read_submissions(settings)
    assert seen.select("form", "rows_seen", "accepted", "quarantined").rows() == [("L02", 4, 1, 0), ("L03", 2, 1, 0)]
    assert [row["birth_date"] for row in rows(settings, "L02")] == [date(2014, 6, 3)]
    assert [row["death_date"] for row in rows(settings, "L03")] == [date(2014, 6, 9)]
    assert rows(settings, "L03")[0]["row_id"].endswith(":1:7")


def test_the_figures_of_the_month_are_told_from_those_of_the_year(tmp_path: Path) -> None:
    top = ["期初人口", "出生", "", "死亡", "", "迁入", "", "迁出", "", "期末人口"]
    below = ["", "本月", "累计", "本月", "累计", "本月", "累计", "本月", "累计", ""]
    page = [["月报表"], ["填报单位:临江镇砚池村"], top, below, [100, 1, 5, 0, 3, 1, 2, 0, 1, 102]]
    settings = read(tmp_path, {"6月": page})
    (row,) = rows(settings, "L16")
    assert (row["births"], row["deaths"], row["moved_in"], row["moved_out"]) == (1, 0, 1, 0)


def test_codes_with_their_words_and_orders_without_an_end(tmp_path: Path) -> None:
    headers = ["婴儿姓名", "性别", "出生日期", "孩次", "母亲姓名", "上报月份"]
    page = ledger(
        "出生登记表",
        headers,
        ["a", "1男", "2014-06-03", "多孩", "m", "6月"],
        ["b", "(2)女", "2014-06-04", "3+", "m", "六月"],
    )
    found = rows(read(tmp_path, {"出生": page}), "L02")
    assert [(row["sex"], row["birth_order"], row["report_month"]) for row in found] == [
        ("male", 3, "2014-06"), ("female", 3, "2014-06"),
    ]  # fmt: skip


def test_a_code_that_contradicts_its_word_is_not_read(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), death(2, sex="1女", number=OTHER_VALID_ID))})
    assert ("cell", "code.unknown", 5, "sex") in rules(settings)


def test_years_of_two_digits_follow_their_context() -> None:
    assert dates.parse_date("15.1.4", 2014) == date(2015, 1, 4)
    assert dates.parse_date("85.1.4", 2014) == date(1985, 1, 4)
    assert dates.read_month("60.5.27", 2014, is_birth=True).value == "1960-05"
    assert dates.read_month("05.5.27", 2014, is_birth=True).value == dates.AMBIGUOUS
    assert periods.stated("14年6月") == periods.Stated(2014, 6)


@pytest.mark.parametrize("cell", ["未落户", "尚未送达", "暂未办理", "未注销"])
def test_what_has_not_happened_yet_has_no_date_and_no_fault(cell: str) -> None:
    assert dates.parse_date(cell, 2014) is None


@pytest.mark.parametrize("headers", [["数量", "计量单位"], ["完成数量", "单位"]])
def test_a_single_quantity_goes_where_its_unit_says(tmp_path: Path, headers: list[str]) -> None:
    data: list[list[Any]] = [["叶酸", "2014-06-03", 30, "人"], ["免费婚检", "2014-06-04", 12, "对"]]
    settings = read(
        tmp_path, services(headers, *data, ["叶酸", "2014-06-05", 90, "人次"], ["叶酸", "2014-06-06", 9, "盒"]), OFFICE
    )
    found = [(row["couples"], row["persons"], row["contacts"]) for row in rows(settings, "L10")]
    assert found == [(None, 30, None), (12, None, None), (None, None, 90)]
    assert ("row", "row.mandatory_unreadable", 6, None) in rules(settings)


def test_a_quantity_may_carry_its_unit_behind_it(tmp_path: Path) -> None:
    settings = read(tmp_path, services(["数量"], ["叶酸", "2014-06-03", "30人"], ["叶酸", "2014-06-04", 12]), OFFICE)
    assert [row["persons"] for row in rows(settings, "L10")] == [30]
    assert ("cell", "row.mandatory_missing", 4, "quantity_unit") in rules(settings)


def test_services_without_any_quantity_are_refused(tmp_path: Path) -> None:
    page = services(["经费"], ["叶酸", "2014-06-03", 30])
    assert sheet(read(tmp_path, page, OFFICE))["rule_id"] == "sheet.no_placing_column"


def test_the_services_of_the_layout_are_those_of_the_reference_list() -> None:
    with (SEEDS_DIR / "services.csv").open(encoding="utf-8") as lines:
        listed = {row["service"] for row in csv.DictReader(lines) if row["source_form"] == "L10"}
    assert set(load_catalogue().layouts["L10"].columns["service_code"].codes) == listed


def test_a_hidden_sheet_is_read_and_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "说明"
    hidden = book.create_sheet("死亡")
    for line in deaths(death(1)):
        hidden.append(line)
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    settings = books.home(tmp_path)
    books.put(settings, "临江镇砚池村2014年6月.xlsx", target.getvalue())
    ingest_landing(settings)
    assert len(rows(settings, "L03")) == 1
    assert ("cell", "sheet.hidden", 3, None) in rules(settings)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_wide_text_file_may_part_its_cells_by_other_marks(tmp_path: Path, mark: str) -> None:
    headers = [*books.L03_HEADERS, *(f"备用{number}" for number in range(12))]
    lines = [mark.join(map(str, row)) for row in (headers, [*death(1), *["1,234"] * 12])]
    settings = books.home(tmp_path)
    books.put(settings, "临江镇砚池村2014年6月死亡登记.csv", "\n".join(lines).encode("gb18030"))
    ingest_landing(settings)
    assert [row["death_date"] for row in rows(settings, "L03")] == [date(2014, 6, 3)]
    assert register.read_submissions(settings)["status"].to_list() == ["accepted"]


def test_a_void_receipt_is_void_though_only_the_remark_says_so(tmp_path: Path) -> None:
    headers = ["案号", "票据号码", "缴款日期", "金额", "备注"]
    data = [
        ["1号", str(number), "2014-06-03", 500, remark] for number, remark in enumerate(["", "作废", "已退费", "补缴"])
    ]
    page = [["社会抚养费缴款台账"], headers, *data, ["1号", "9", "2014-06-04", 500, "原票作废重开"]]
    settings = read(tmp_path, {"缴款": page}, OFFICE)
    assert [row["mark_code"] for row in rows(settings, "L12")] == ["normal", "void", "refund", "normal"]
    assert ("row", "row.remark_unclear", 7, None) in rules(settings)


@pytest.mark.parametrize("word", ["合计:1人", "共计1人", "本月合计", "合计（人）", "小 计"])
def test_totals_have_many_names(tmp_path: Path, word: str) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), ["", word, "1"])})
    assert (sheet(settings)["accepted"], sheet(settings)["quarantined"]) == (1, 0)


def test_a_year_in_chinese_numerals_and_a_part_of_the_day() -> None:
    assert periods.stated("二〇一四年五月月报表") == periods.stated("二○一四年5月") == periods.Stated(2014, 5)
    assert (
        dates.parse_date("2014年5月3日上午", 2014) == dates.parse_date("2014年5月3日上午10时", 2014) == date(2014, 5, 3)
    )
