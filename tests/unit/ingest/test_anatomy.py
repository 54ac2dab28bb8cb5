"""The anatomy of sheets that clerks build: tall headers, several tables on one sheet, several months in one table."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from orchestration.ingest import lake, register
from orchestration.ingest.ingestion import ingest_landing
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import L03_HEADERS, OTHER_VALID_ID, VALID_ID, death, ledger
from tests.unit.ingest.test_clerks import OFFICE, amounts
from tests.unit.ingest.test_sheets import MOVE, MOVE_HEADERS, read, rows, rules, sheet

Rows = list[Sequence[object]]
YEAR_BOOK = "临江镇砚池村2014年台账.xlsx"
TALL = [
    ["项目", "人口变动情况", "", "", "", "", "", "", ""],
    ["月份", "期初人口", "", "出生", "", "", "死亡", "", "期末人口"],
    ["", "", "", "合计", "其中", "", "合计", "", ""],
    ["", "", "", "", "男", "女", "", "", ""],
    ["单位", "人", "", "人", "人", "人", "人", "", "人"],
    ["甲", "1", "", "2", "3", "4", "5", "", "6"],
]
TALL_MERGES = ["B1:I1", "B2:B4", "D2:F2", "D3:D4", "E3:F3", "G2:G2", "I2:I4", "A2:A4"]


def places(settings: Settings) -> list[tuple[str | None, ...]]:
    seen = register.read_submissions(settings)
    return sorted(seen.select("form", "unit_code", "period", "status", "rule_id").rows(), key=str)


def read_styled(tmp_path: Path, pages: dict[str, tuple[Rows, list[str]]], name: str) -> Settings:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for tab, (lines, merges) in pages.items():
        page = book.create_sheet(tab)
        for line in lines:
            page.append([cell if cell != "" else None for cell in line])
        for span in merges:
            if span.split(":")[0] != span.split(":")[1]:
                page.merge_cells(span)
    target = io.BytesIO()
    book.save(target)
    settings = books.home(tmp_path)
    books.put(settings, f"received=2015-01-20/{name}", target.getvalue())
    ingest_landing(settings)
    return settings


def adds_up(settings: Settings) -> bool:
    seen = register.read_submissions(settings)
    parts = seen.select(pl.sum_horizontal("accepted", "quarantined", "duplicate", "non_data"))
    return parts.to_series().to_list() == seen["rows_seen"].to_list()


def test_a_header_of_six_rows_with_units_numbers_and_a_spacer_column(tmp_path: Path) -> None:
    page: Rows = [*TALL, ["6月", 1000, "", 5, 3, 2, 2, "", 1003]]
    settings = read_styled(tmp_path, {"表一": (page, TALL_MERGES)}, YEAR_BOOK)
    (row,) = rows(settings, "L16")
    assert (row["opening"], row["births"], row["births_male"], row["births_female"], row["deaths"], row["closing"]) == (
        1000, 5, 3, 2, 2, 1003,
    )  # fmt: skip
    assert (sheet(settings)["rows_seen"], sheet(settings)["accepted"], sheet(settings)["period"]) == (7, 1, "2014-06")
    assert row["row_id"].endswith(":1:7")


@pytest.mark.parametrize("header", ["金额/万元", "金额,万元", "缴款金额万元", "金额\n(单位:万元)"])
def test_the_unit_of_money_in_a_header_is_heard_without_brackets(tmp_path: Path, header: str) -> None:
    page = [["社会抚养费缴款台账"], ["案号", "票据号码", "缴款日期", header], ["1号", "1", "2014-06-03", 1.2]]
    assert amounts(read(tmp_path, {"缴款": page}, OFFICE)) == [Decimal(12000)]


def test_a_table_runs_on_over_pages_under_its_repeated_title_and_header(tmp_path: Path) -> None:
    page = ledger("死亡登记表", L03_HEADERS, death(1))
    again = [["死亡登记表（续）", "", "第2页"], ["填报单位(盖章):临江镇砚池村   2014年6月30日"], L03_HEADERS]
    settings = read(tmp_path, {"死亡": [*page, *again, death(2, number=OTHER_VALID_ID)]})
    assert (sheet(settings)["accepted"], sheet(settings)["quarantined"], sheet(settings)["non_data"]) == (2, 0, 6)


def test_departures_below_arrivals_under_the_same_header_are_departures(tmp_path: Path) -> None:
    out = ["某乙", "女", OTHER_VALID_ID, "2014-06-09", "临江镇听泉村", "云岭乡竹溪村"]
    below: Rows = [["二、迁出登记表"], MOVE_HEADERS, out, ["合计", "1人"]]
    settings = read(tmp_path, {"迁移": [*ledger("迁入登记表", MOVE_HEADERS, MOVE), [], *below]})
    assert [(row["direction"], row["move_date"]) for row in rows(settings, "L05")] == [
        ("in", date(2014, 6, 3)), ("out", date(2014, 6, 9)),
    ]  # fmt: skip
    assert adds_up(settings)
    assert register.read_submissions(settings)["rows_seen"].sum() == 8


def test_two_directions_under_one_title_are_told_by_the_nearest_line(tmp_path: Path) -> None:
    page: Rows = [["迁入迁出登记表"], ["填报单位:临江镇砚池村"], ["一、迁入人员"], MOVE_HEADERS, MOVE]
    page += [["二、迁出人员"], MOVE_HEADERS, MOVE]
    settings = read(tmp_path, {"迁入迁出": page})
    assert [row["direction"] for row in rows(settings, "L05")] == ["in", "out"]


def test_tables_of_two_villages_below_each_other_are_two_submissions(tmp_path: Path) -> None:
    one = [["砚池村2014年6月死亡登记表"], L03_HEADERS, death(1), ["填表人:某甲"]]
    other = [["听泉村2014年6月死亡登记表"], L03_HEADERS, death(1, number=OTHER_VALID_ID)]
    settings = read(tmp_path, {"死亡": [*one, [], *other]}, "死亡.xlsx", "received=2014-07-05/临江镇")
    assert places(settings) == [
        ("L03", "331099100201", "2014-06", "accepted", None), ("L03", "331099100202", "2014-06", "accepted", None),
    ]  # fmt: skip


def test_an_unknown_table_below_a_known_one_is_refused_and_the_known_one_is_read(tmp_path: Path) -> None:
    page = ledger("死亡登记表", L03_HEADERS, death(1))
    below: Rows = [
        [],
        ["名称", "规格", "批号", "数量", "领用者", "网点", "经手", "去向"],
        ["口服药", "盒", "A", 3, "", "", "", ""],
    ]
    settings = read(tmp_path, {"死亡": [*page, *below]})
    assert places(settings) == [
        ("L03", "331099100201", "2014-06", "accepted", None), (None, None, None, "quarantined", "sheet.unknown_form"),
    ]  # fmt: skip
    assert len(rows(settings, "L03")) == 1


MONTHS = ["月份", "期初人口", "出生人数", "死亡人数", "迁入人数", "迁出人数", "期末人口"]


def year_table(*lines: Sequence[object]) -> Rows:
    return [["2014年月报表"], ["填报单位:临江镇砚池村"], MONTHS, *lines]


def test_a_table_of_months_is_a_submission_for_each_month(tmp_path: Path) -> None:
    page = year_table(
        ["1月", 1000, 2, 1, 0, 0, 1001],
        ["2月", 1001, 0, 0, 3, 1, 1003],
        ["3月", 1003, 1, 1, 0, 0, 1003],
        ["一季度", 1000, 3, 2, 3, 1, 1003],
        ["合计", "", 3, 2, 3, 1, ""],
        ["4月", "", "", "", "", "", ""],
        ["某月", 1003, 1, 1, 0, 0, 1003],
    )
    settings = read(tmp_path, {"2014": page}, YEAR_BOOK, "received=2014-04-05")
    assert [(row["births"], row["closing"]) for row in rows(settings, "L16")] == [(2, 1001), (0, 1003), (1, 1003)]
    assert [place[2:4] for place in places(settings)] == [
        ("2014-01", "accepted"), ("2014-02", "accepted"), ("2014-03", "accepted"), (None, "quarantined"),
    ]  # fmt: skip
    seen = register.read_submissions(settings)
    assert (seen["rows_seen"].sum(), seen["quarantined"].sum(), seen["non_data"].sum()) == (10, 1, 6)
    assert ("row", "sheet.no_period", 10, None) in rules(settings)
    assert lake.read_book(settings.lake, "control_totals").is_empty()


def test_a_later_file_takes_the_place_of_its_own_month_alone(tmp_path: Path) -> None:
    page = year_table(["1月", 1000, 2, 1, 0, 0, 1001], ["2月", 1001, 0, 0, 3, 1, 1003])
    settings = read(tmp_path, {"2014": page}, YEAR_BOOK, "received=2014-03-05")
    mended = year_table(["2月", 1001, 7, 0, 3, 1, 1010])
    books.put(settings, f"received=2014-03-09/{YEAR_BOOK}", books.workbook({"2月": mended}))
    ingest_landing(settings)
    seen = register.read_submissions(settings).select("period", "received_on", "submission_id")
    assert seen.select("period", "received_on").rows() == [
        ("2014-01", date(2014, 3, 5)), ("2014-02", date(2014, 3, 5)), ("2014-02", date(2014, 3, 9)),
    ]  # fmt: skip
    assert seen["submission_id"].n_unique() == 3


def test_a_list_of_villages_is_a_submission_for_each_village(tmp_path: Path) -> None:
    headers = ["村名", *MONTHS[1:]]
    page: Rows = [["2014年6月月报表"], ["填报单位:临江镇计生办"], headers]
    page += [["砚池村", 1000, 2, 1, 0, 0, 1001], ["竹溪村", 500, 0, 1, 0, 0, 499], ["无此村", 9, 0, 0, 0, 0, 9]]
    page += [["临江镇", 1500, 2, 2, 0, 0, 1500], ["全镇合计", 1509, 2, 2, 0, 0, 1509]]
    settings = read(tmp_path, {"6月": page}, "台账.xlsx")
    assert [(row["unit_code"], row["closing"]) for row in rows(settings, "L16")] == [
        ("331099100201", 1001), ("331099100203", 499),
    ]  # fmt: skip
    assert ("row", "sheet.unknown_unit", 6, None) in rules(settings)
    assert ("row", "row.not_a_village", 7, None) in rules(settings)
    assert adds_up(settings)


def test_the_order_of_villages_and_months_means_nothing(tmp_path: Path) -> None:
    headers = ["行政村", *MONTHS]
    lines = [[village, month, 100, 1, 0, 0, 0, 101] for village in ("砚池村", "听泉村") for month in ("5月", "6月")]
    found = []
    for place, data in (("a", lines), ("b", lines[::-1])):
        page: Rows = [["2014年月报表"], ["单位:临江镇"], headers, *data]
        found.append(places(read(tmp_path / place, {"1": page}, "台账.xlsx")))
    assert found[0] == found[1]
    assert [place[1:3] for place in found[0]] == [
        ("331099100201", "2014-05"), ("331099100201", "2014-06"), ("331099100202", "2014-05"),
        ("331099100202", "2014-06"),
    ]  # fmt: skip


def test_two_rows_of_one_month_are_refused(tmp_path: Path) -> None:
    page = year_table(["6月", 1000, 2, 1, 0, 0, 1001], ["6月", 80, 0, 1, 0, 0, 79])
    assert sheet(read(tmp_path, {"2014": page}, YEAR_BOOK))["rule_id"] == "sheet.several_rows"


def test_a_month_in_the_title_is_not_overruled_by_rows(tmp_path: Path) -> None:
    page = year_table(["5月", 1000, 2, 1, 0, 0, 1001], ["6月", 1001, 0, 0, 0, 0, 1001])
    page[0] = ["2014年6月月报表"]
    settings = read(tmp_path, {"表": page}, YEAR_BOOK)
    assert [row["opening"] for row in rows(settings, "L16")] == [1001]
    assert ("row", "sheet.period_disagrees", 4, None) in rules(settings)


@pytest.mark.parametrize(
    ("name", "months", "periods"),
    [
        ("临江镇砚池村2014年6月台账.xlsx", ["5月", "6月"], ["2014-06"]),
        ("临江镇砚池村2014年3月台账.xlsx", ["1月", "2月", "3月"], ["2014-01", "2014-02", "2014-03"]),
        ("临江镇砚池村台账.xlsx", ["2014.4", "2014年5月"], ["2014-04", "2014-05"]),
        ("临江镇砚池村2013年台账.xlsx", ["2014年4月", "2013年5月"], ["2013-05"]),
        ("临江镇砚池村台账.xlsx", ["4月", "5月"], []),
    ],
)
def test_a_month_beside_the_table_binds_its_rows_but_those_of_a_whole_year(
    tmp_path: Path, name: str, months: list[str], periods: list[str]
) -> None:
    page: Rows = [["月报表"], MONTHS, *([month, 10 + at, 0, 0, 0, 0, 10] for at, month in enumerate(months))]
    settings = read(tmp_path, {"表": page}, name)
    assert [place[2] for place in places(settings) if place[3] == "accepted"] == periods
    assert adds_up(settings)


@pytest.mark.parametrize(
    ("title", "rule_id"),
    [
        ("2014年1-6月月报表", "sheet.longer_than_a_month"),
        ("2014年第二季度月报表", "sheet.longer_than_a_month"),
        ("2014年上半年月报表", "sheet.longer_than_a_month"),
        ("2013年10月至2014年6月月报表", "sheet.longer_than_a_month"),
        ("2014年6月月报表(1-6月)", "sheet.cumulated"),
        ("2014年6月月报表(累计)", "sheet.cumulated"),
    ],
)
def test_what_runs_over_several_months_is_never_read_as_one(tmp_path: Path, title: str, rule_id: str) -> None:
    page: Rows = [[title], ["填报单位:临江镇砚池村", "2014年6月30日"], MONTHS[1:], [1000, 2, 1, 0, 0, 1001]]
    assert sheet(read(tmp_path, {"表": page}, YEAR_BOOK))["rule_id"] == rule_id


def test_cumulated_columns_are_never_read_as_those_of_the_month(tmp_path: Path) -> None:
    headers = ["期初人口", "出生人数(1-6月累计)", "死亡人数", "本年累计死亡人数", "年初至今迁入", "期末人口"]
    page: Rows = [["2014年6月月报表"], ["填报单位:临江镇砚池村"], headers, [1000, 9, 1, 5, 7, 1001]]
    settings = read(tmp_path, {"表": page})
    (row,) = rows(settings, "L16")
    assert (row["births"], row["deaths"], row["moved_in"]) == (None, 1, None)
    assert [found for found in rules(settings) if found[1] == "sheet.cumulated_column"] == [
        ("cell", "sheet.cumulated_column", 3, "births"), ("cell", "sheet.cumulated_column", 3, "moved_in"),
    ]  # fmt: skip


def test_the_sum_under_a_cumulated_group_is_not_the_month(tmp_path: Path) -> None:
    top = ["期初人口", "出生", "", "", "", "期末人口"]
    middle = ["", "本月", "", "累计", "", ""]
    page: Rows = [
        ["月报表"],
        ["填报单位:临江镇砚池村"],
        top,
        middle,
        ["", "合计", "男", "合计", "男", ""],
        [100, 1, 1, 9, 6, 101],
    ]
    settings = read_styled(tmp_path, {"6月": (page, ["B3:E3", "B4:C4", "D4:E4"])}, YEAR_BOOK)
    assert [(row["births"], row["births_male"]) for row in rows(settings, "L16")] == [(1, 1)]


def test_the_lower_row_of_a_header_is_no_header_of_its_own(tmp_path: Path) -> None:
    """Where the child's day of birth is missing, the mother's does not take its place."""
    head = [["序号", "婴儿", "", "", "产妇", "", ""], ["", "姓名", "性别", "孩次", "姓名", "身份证号码", "出生日期"]]
    page = [["砚池村2014年6月出生登记表"], *head, [1, "某婴", "男", 1, "某甲", VALID_ID, "1949-12-31"]]
    settings = read(tmp_path, {"出生": page})
    assert [place[3:] for place in places(settings)] == [("quarantined", "sheet.no_placing_column")]
