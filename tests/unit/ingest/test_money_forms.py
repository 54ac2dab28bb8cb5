"""Receipt stock (L13) and the treasury's slips (L14), as the clerks of an office write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest.ingestion import ingest_landing
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

NAME = "临江镇计生办2014年6月台账.xlsx"
ABOVE = ["填报单位(盖章):临江镇计生办   2014年6月30日"]
LINJIANG = "331099100000-fp"


def merged(tmp_path: Path, page: Sequence[Sequence[object]], *merges: tuple[int, int, int, int]) -> Settings:
    settings = books.home(tmp_path)
    books.put(settings, f"received=2014-07-05/{NAME}", books.workbook({"Sheet1": page}, merges))
    ingest_landing(settings)
    return settings


def told(settings: Settings, form: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows(settings, form)]


def test_l13_under_merged_headers_with_its_total(tmp_path: Path) -> None:
    page = [
        ["社会抚养费票据领用核销登记表"], ABOVE,
        ["序号", "领用单位", "票据批次", "票据起止号码", "", "领用日期", "使用情况", "", "", "核销日期", "领用人"],
        ["", "", "", "起号", "止号", "", "使用数", "作废数", "结存数", "", ""],
        [1, "临江镇计生办", "2014-01", "0002001", "0002050", "2014.1.8", 48, 2, 0, "2014-06-20", "金丝雀"],
        [2, "临江镇计生办", "2014-02", "0002051", "0002100", "2014年6月18日", "5份", 0, 45, "", "金丝雀"],
        ["合计", "", "", "", "", "", 53, 2, 45, "", ""],
    ]  # fmt: skip
    settings = merged(tmp_path, page, (0, 0, 0, 10), (2, 3, 2, 4), (2, 6, 2, 8), (2, 0, 3, 0), (2, 1, 3, 1))
    names = ("holder_unit", "batch_no", "first_no", "last_no", "drawn_date", "used_count", "void_count", "left_count")
    assert told(settings, "L13", *names, "cleared_date") == [
        (LINJIANG, "2014-01", "0002001", "0002050", date(2014, 1, 8), 48, 2, 0, date(2014, 6, 20)),
        (LINJIANG, "2014-02", "0002051", "0002100", date(2014, 6, 18), 5, 0, 45, None),
    ]
    seen = sheet(settings)
    assert (seen["unit_code"], seen["period"], seen["status"]) == (LINJIANG, "2014-06", "accepted")
    assert (seen["rows_seen"], seen["accepted"], seen["non_data"]) == (7, 2, 5)
    assert rules(settings) == []


@pytest.mark.parametrize(
    ("cell", "ends"),
    [
        ("0002001-0002050", ("0002001", "0002050")),
        ("0002001 ～ 0002050", ("0002001", "0002050")),
        ("No.0002001至No.0002050", ("NO.0002001", "NO.0002050")),
        ("X-0001-X-0050", ("X-0001", "X-0050")),
        ("0002001", ("0002001", "0002001")),
    ],
)
def test_l13_both_ends_of_a_batch_stand_in_one_cell(tmp_path: Path, cell: str, ends: tuple[str, str]) -> None:
    page = [["票据领用登记"], ABOVE, ["领用单位", "起止号码", "领用日期"], ["临江镇计生办", cell, "2014-06-02"]]
    settings = read(tmp_path, {"票据": page}, NAME)
    if "X-" in cell:  # a stroke inside a number is no number that a receipt bears
        assert told(settings, "L13", "first_no", "last_no") == [(None, None)]
        assert ("cell", "text.not_plain", 4, "first_no") in rules(settings)
    else:
        assert told(settings, "L13", "first_no", "last_no") == [ends]


@pytest.mark.parametrize("cell", ["0002001-50", "0002001-0002050-0002100", "共两本"])
def test_l13_a_span_that_is_not_plain_is_no_number_and_its_row_stays(tmp_path: Path, cell: str) -> None:
    headers = ["领用单位", "起止号码", "领用日期", "使用数"]
    page = [["票据领用登记"], ABOVE, headers, ["临江镇计生办", cell, "2014-06-02", 7]]
    settings = read(tmp_path, {"票据": page}, NAME)
    assert told(settings, "L13", "first_no", "last_no", "used_count") == [(None, None, 7)]
    assert ("cell", "text.not_plain", 4, "last_no") in rules(settings)


def test_l13_without_numbers_is_refused(tmp_path: Path) -> None:
    page = [["票据领用核销登记"], ABOVE, ["领用单位", "领用日期", "使用数"], ["临江镇计生办", "2014-06-02", 7]]
    assert sheet(read(tmp_path, {"票据": page}, NAME))["rule_id"] == "sheet.no_placing_column"


@pytest.mark.parametrize("title", ["票据领用核销台账", "社会抚养费票据结存登记", "票据使用情况明细"])
def test_l13_a_title_that_the_payments_claim_too_is_decided_by_the_header(tmp_path: Path, title: str) -> None:
    headers = ["领用单位", "批次", "起号", "止号", "领用日期", "使用数", "作废数", "结存数"]
    settings = read(tmp_path, {"票据": [[title], ABOVE, headers, ["", "1", "1", "50", "2014-06-02", 7, 0, 43]]}, NAME)
    assert sheet(settings)["form"] == "L13"


def test_l14_both_halves_on_one_sheet_in_ten_thousands(tmp_path: Path) -> None:
    page = [
        ["社会抚养费缴库与拨付登记"], ABOVE,
        ["序号", "缴库", "", "", "", "", "所属月份", "拨付", "", "", "收款单位"],
        ["", "缴款书号", "日期", "收入科目", "金额(万元)", "国库/专户", "", "日期", "事由", "金额(元)", ""],
        [1, "20140001", "2014.6.9", "社会抚养费收入", 3.69096, "国库", "2014年5月", "", "", "", ""],
        [2, "20140002", 20140610, "103044608社会抚养费收入退还", -0.12, "市财政专户", "2014-05", "", "", "", ""],
        [3, "", "", "", "", "", 201405, "2014-06-25", "按征收额比例返还", "12,000.00", "临江镇计划生育办公室"],
        ["合计", "", "", "", 3.57096, "", "", "", "", 12000, ""],
    ]  # fmt: skip
    settings = merged(tmp_path, page, (2, 1, 2, 5), (2, 7, 2, 9), (2, 0, 3, 0), (2, 6, 3, 6), (2, 10, 3, 10))
    sent = ("slip_no", "remitted_date", "subject_code", "remitted_yuan", "account_code", "for_month")
    assert told(settings, "L14", *sent) == [
        ("20140001", date(2014, 6, 9), "fee", Decimal("36909.60"), "treasury", "2014-05"),
        ("20140002", date(2014, 6, 10), "refund", Decimal("-1200.00"), "special_fund", "2014-05"),
        (None, None, None, None, None, "2014-05"),
    ]
    back = ("returned_date", "returned_reason", "returned_yuan", "payee_unit")
    assert told(settings, "L14", *back)[2] == (date(2014, 6, 25), "proportional", Decimal(12000), LINJIANG)
    assert rules(settings) == []
    assert sheet(settings)["accepted"] == 3


SLIPS = [["社会抚养费缴库登记"], ABOVE, ["缴款书号", "缴款日期", "收入科目", "金额(元)", "国库/专户", "所属月份"],
         ["1号", "2014-06-09", "社会抚养费", 500, "国库", "2014-05"]]  # fmt: skip
BACK = [["社会抚养费拨付登记"], ABOVE, ["拨付日期", "拨付事由", "拨付金额(元)", "收款单位", "所属月份"],
        ["2014-06-25", "工作经费", 200, "临江镇计生办", "2014-05"]]  # fmt: skip


def test_l14_two_halves_on_two_sheets_are_one_report(tmp_path: Path) -> None:
    settings = read(tmp_path, {"缴库": SLIPS, "拨付": BACK}, NAME)
    assert sorted(told(settings, "L14", "remitted_yuan", "returned_yuan"), key=str) == [
        (Decimal(500), None), (None, Decimal(200)),
    ]  # fmt: skip


def test_l14_payments_back_alone_would_supersede_the_slips_and_are_refused(tmp_path: Path) -> None:
    alone = read(tmp_path / "back", {"拨付": BACK}, NAME)
    assert (sheet(alone)["status"], sheet(alone)["rule_id"]) == ("quarantined", "sheet.half_of_form")
    assert told(read(tmp_path / "slips", {"缴库": SLIPS}, NAME), "L14", "remitted_yuan") == [(Decimal(500),)]


def test_l14_a_plain_amount_is_remitted_only_beside_its_slip(tmp_path: Path) -> None:
    page = [["社会抚养费拨付登记"], ABOVE, ["日期", "拨付事由", "金额", "收款单位"], ["2014-06-25", "返还", 200, ""]]
    assert sheet(read(tmp_path, {"拨付": page}, NAME))["rule_id"] == "sheet.no_placing_column"


def test_l14_a_row_whose_amount_or_day_cannot_be_read_is_quarantined(tmp_path: Path) -> None:
    headers, sound = list(SLIPS[2]), list(SLIPS[3])
    page = [*SLIPS[:2], headers, sound, ["2号", "2014-06-09", "社会抚养费", "约500", "国库", "2014-05"]]
    page += [["3号", "不详", "社会抚养费", 70, "国库", "2014-05"], ["4号", "2014-06-09", "社会抚养费", "", "国库", ""]]
    settings = read(tmp_path, {"缴库": page}, NAME)
    assert [row["slip_no"] for row in rows(settings, "L14")] == ["1号"]
    found = {(row, rule) for kind, rule, row, _ in rules(settings) if kind == "row"}
    assert found == {
        (5, "row.mandatory_unreadable"), (6, "row.mandatory_missing"), (7, "row.mandatory_missing"),
    }  # fmt: skip
