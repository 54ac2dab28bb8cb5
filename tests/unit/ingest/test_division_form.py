"""Changes of divisions (L21), as the county's office registers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.ingest import values
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.values import Problem
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

NAME = "虚构县民政局2018年1月.xlsx"
ABOVE = ["填报单位(盖章):虚构县民政局   2018年1月31日"]
HEADERS = ["旧代码", "新代码", "变更类型", "生效日期", "批准文号", "人口划分比例"]
OLD, NEW, OTHER = "331099100201", "331099100401", "331099100402"
DOCUMENT = "虚政〔2017〕12号"


def changes(tmp_path: Path, *cells: Sequence[object], headers: Sequence[str] = HEADERS) -> Settings:
    page = [["行政区划变更登记表"], ABOVE, list(headers), *map(list, cells)]
    return read(tmp_path, {"区划": page}, NAME, folder="received=2018-02-03")


def test_l21_under_merged_headers(tmp_path: Path) -> None:
    page = [
        ["2018年1月虚构县村级区划变更登记表"], ABOVE,
        ["序号", "变更前", "", "变更后", "", "变更类型", "生效日期", "批准文号", "人口划分比例"],
        ["", "区划代码", "名称", "区划代码", "名称", "", "", "", ""],
        [1, OLD, "砚池村", NEW, "砚江村", "拆分", "2018年1月1日", DOCUMENT, "60%"],
        [2, float(OLD), "砚池村", float(OTHER), "砚山村", "拆分", "2018-01-01", DOCUMENT, 0.4],
        [3, "331099100202", "听泉村", NEW, "砚江村", "合并", 20180101, DOCUMENT, 1],
        [4, "331099100203", "竹溪村", "331099100203", "竹溪社区", "更名", "2018.1.1", "", ""],
    ]  # fmt: skip
    settings = books.home(tmp_path)
    merges = [(2, 1, 2, 2), (2, 3, 2, 4), *((2, at, 3, at) for at in (0, 5, 6, 7, 8))]
    books.put(settings, f"received=2018-02-03/{NAME}", books.workbook({"区划": page}, merges))
    ingest_landing(settings)
    found = [
        (row["old_code"], row["new_code"], row["change_code"], row["document_no"], row["population_share"])
        for row in rows(settings, "L21")
    ]
    assert found == [
        (OLD, NEW, "split", "虚政(2017)12号", Decimal("0.6")),
        (OLD, OTHER, "split", "虚政(2017)12号", Decimal("0.4")),
        ("331099100202", NEW, "merge", "虚政(2017)12号", Decimal(1)),
        ("331099100203", "331099100203", "rename", None, None),
    ]
    assert {row["effective_date"] for row in rows(settings, "L21")} == {date(2018, 1, 1)}
    assert (sheet(settings)["unit_code"], sheet(settings)["period"]) == ("331099000000-fp", "2018-01")
    assert rules(settings) == []


def test_l21_shares_of_one_predecessor_that_do_not_add_up_are_one_finding(tmp_path: Path) -> None:
    split = [(OLD, NEW, "拆分", "2018-01-01", DOCUMENT, 0.6), (OLD, OTHER, "拆分", "2018-01-01", DOCUMENT, 0.3)]
    settings = changes(tmp_path / "short", *split)
    assert rules(settings) == [("cell", "number.parts_of_whole", 4, "population_share")]
    assert len(rows(settings, "L21")) == 2
    thirds = [(OLD, code, "拆分", "2018-01-01", DOCUMENT, "33.33%") for code in (NEW, OTHER)]
    whole = [*thirds, (OLD, "331099100403", "拆分", "2018-01-01", DOCUMENT, "33.34%")]
    assert rules(changes(tmp_path / "whole", *whole)) == []
    half_told = [split[0], (OLD, OTHER, "拆分", "2018-01-01", DOCUMENT, "")]
    assert rules(changes(tmp_path / "unsaid", *half_told)) == []


def test_l21_a_change_without_its_day_or_with_a_code_that_is_none_is_quarantined(tmp_path: Path) -> None:
    sound = (OLD, NEW, "合并", "2018-01-01", DOCUMENT, 1)
    cells = [("3310991002", NEW, "合并", "2018-01-01", "", 1), (OLD, NEW, "合并", "", "", 1),
             (OLD, NEW, "搬家", "2018-01-01", "", 1), ("", NEW, "新设", "2019-01-01", "县长批示", "")]  # fmt: skip
    settings = changes(tmp_path, sound, *cells)
    assert [(row["old_code"], row["change_code"]) for row in rows(settings, "L21")] == [
        (OLD, "merge"),
        (None, "founded"),
    ]
    assert {row for kind, _, row, _ in rules(settings) if kind == "row"} == {5, 6, 7}
    assert ("cell", "text.not_plain", 8, "document_no") in rules(settings)


def test_l21_without_the_new_codes_is_refused(tmp_path: Path) -> None:
    headers = [header for header in HEADERS if header != "新代码"]
    settings = changes(tmp_path, (OLD, "合并", "2018-01-01", DOCUMENT, 1), headers=headers)
    assert sheet(settings)["rule_id"] == "sheet.no_placing_column"


@pytest.mark.parametrize(
    ("cell", "share"),
    [("40%", "0.4"), ("０．４", "0.4"), (0.4, "0.4"), (40, "0.4"), ("100", "1"), (1, "1"), ("0", "0"),
     ("0.5%", "0.005"), (1 / 3, "0.333333")],
)  # fmt: skip
def test_a_share_is_read_as_a_fraction_or_a_percentage(cell: object, share: str) -> None:
    assert values.read_fraction(cell).value == Decimal(share)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("约40%", "number.inexact"),
        (-0.4, "number.too_small"),
        (140, "number.too_large"),
        ("四六开", "number.unreadable"),
    ],
)
def test_a_share_that_is_none_is_refused(cell: object, rule: str) -> None:
    assert values.read_fraction(cell).value == Problem(rule)
