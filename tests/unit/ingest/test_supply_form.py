"""Supplies and technical services (L09): stock and counts, never who received anything."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.layout import load_catalogue
from tests.unit.ingest import books
from tests.unit.ingest.books import VALID_ID
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

NAME = "临江镇计生服务站2014年6月台账.xlsx"
ABOVE = ["填报单位(盖章):临江镇计生服务站   2014年6月30日"]
LINJIANG = "331099100000-fp"


def test_l09_stock_under_merged_headers_with_its_total(tmp_path: Path) -> None:
    page = [
        ["避孕药具进销存月报表"], ABOVE,
        ["序号", "避孕药具名称", "规格", "批号", "有效期", "单位", "上期结存", "入库", "", "出库", "", "结存数量",
         "实盘数量"],
        ["", "", "", "", "", "", "", "日期", "数量", "日期", "数量", "", ""],
        [1, "避孕套", "52mm 10只装", "20130501", "2016年5月", "盒", 100, "2014.6.3", 50, "2014-06-10", "30盒", 120,
         119],
        [2, "复方左炔诺孕酮片", "22片/板", "A1303", "2015.11.30", "板", 40, "", 0, 20140610, 15, 25, ""],
        [3, "某新品", "", "", "", "箱", 1, "", "", "", "", 1, ""],
        ["合计", "", "", "", "", "", 141, "", 50, "", 45, 146, ""],
    ]  # fmt: skip
    settings = books.home(tmp_path)
    merges = [(2, 7, 2, 8), (2, 9, 2, 10), *((2, at, 3, at) for at in (*range(7), 11, 12))]
    books.put(settings, f"received=2014-07-05/{NAME}", books.workbook({"药具": page}, merges))
    ingest_landing(settings)
    first, second, third = rows(settings, "L09")
    assert (first["item_code"], first["batch_no"], first["expiry_month"], first["quantity_unit"]) == (
        "condom", "20130501", "2016-05", "box",
    )  # fmt: skip
    names = ("opening_quantity", "received_quantity", "issued_quantity", "closing_quantity", "counted_quantity")
    assert [first[name] for name in names] == [100, 50, 30, 120, 119]
    assert (first["received_date"], first["issue_date"]) == (date(2014, 6, 3), date(2014, 6, 10))
    assert (second["item_code"], second["quantity_unit"], second["expiry_month"]) == ("oral", "strip", "2015-11")
    assert [second[name] for name in names] == [40, 0, 15, 25, None]
    assert (third["item_code"], third["quantity_unit"], third["closing_quantity"]) == (None, None, 1)
    assert rules(settings) == [("cell", "code.unknown", 7, "item_code"), ("cell", "code.unknown", 7, "quantity_unit")]
    seen = sheet(settings)
    assert (seen["unit_code"], seen["accepted"], seen["non_data"]) == (LINJIANG, 3, 5)


def test_l09_services_and_their_cost(tmp_path: Path) -> None:
    headers = ["服务项目", "服务日期", "例数", "知情同意书", "经费(万元)"]
    page = [["计划生育技术服务登记"], ABOVE, headers, ["术后随访", "2014-06-03", 4, "有", 0.02],
            ["放置宫内节育器", "2014-06-04", "2例", "无", ""], ["皮下埋植取出", "2014-06-05", 1, "", ""]]  # fmt: skip
    found = rows(read(tmp_path, {"服务": page}, NAME), "L09")
    assert [(row["service_code"], row["case_count"], row["has_informed_consent"]) for row in found] == [
        ("follow_up", 4, True), ("operation", 2, False), ("operation", 1, None),
    ]  # fmt: skip
    assert [row["funds_yuan"] for row in found] == [Decimal(200), None, None]


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("药具发放登记", ["药具名称", "规格"]),
        ("避孕药具发放登记", ["避孕方法", "发放日期", "发放数量"]),
        ("技术服务登记", ["服务项目", "服务日期"]),
    ],
)
def test_l09_without_item_and_quantity_is_refused(tmp_path: Path, title: str, headers: list[str]) -> None:
    settings = read(tmp_path, {"药具": [[title], ABOVE, headers, ["避孕套", "2014-06-03", 1]]}, NAME)
    assert sheet(settings)["status"] == "quarantined"
    assert sheet(settings)["rule_id"] in ("sheet.no_placing_column", "sheet.no_header")


BLOCKED = ["姓名", "领取人", "领药人签名", "育龄妇女姓名", "身份证号", "联系电话", "家庭住址", "避孕方法", "避孕药具",
           "档案类别", "红蓝档", "服务对象", "出生年月", "妇检结果", "避孕措施", "现有孩次"]  # fmt: skip


@pytest.mark.parametrize("header", BLOCKED)
def test_l09_recipients_and_personal_files_are_not_read_past_the_header(tmp_path: Path, header: str) -> None:
    headers = ["药具名称", "发放日期", "发放数量", "领取人次", header]
    page = [["药具发放登记"], ABOVE, headers]
    page += [["避孕套", "2014-06-03", 2, 1, f"金丝雀{VALID_ID}"], ["避孕套", "2014-06-03", 2, 1, "CANARYB"]]
    settings = read(tmp_path, {"药具": page}, NAME)
    # Rows that differ in a blocked cell alone are alike: the cell is not even compared.
    assert (sheet(settings)["accepted"], sheet(settings)["duplicate"]) == (1, 1)
    assert [(row["issued_quantity"], row["contacts"]) for row in rows(settings, "L09")] == [(2, 1)]
    written = "".join(
        str(pl.read_parquet(path, hive_partitioning=False).to_dict(as_series=False))
        for path in settings.lake.rglob("*.parquet")
        if "reference" not in path.parts
    )
    assert not [canary for canary in ("金丝雀", VALID_ID, "CANARYB") if canary in written]


@pytest.mark.parametrize("header", ["领取人次", "服务对象数", "避孕药具名称", "领药人数"])
def test_l09_counts_and_names_of_supplies_are_not_blocked(header: str) -> None:
    catalogue = load_catalogue()
    assert not catalogue.is_blocked(catalogue.layouts["L09"], header)


@pytest.mark.parametrize("header", ["避孕药具", "避孕措施", "现用避孕药", "避孕药具使用者"])
def test_a_method_of_a_person_stays_blocked_on_every_form(header: str) -> None:
    catalogue = load_catalogue()
    assert all(catalogue.is_blocked(layout, header) for layout in catalogue.layouts.values())
