"""What becomes of the rows of one file: read into a lake and looked at there."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from orchestration.ingest import lake, register
from orchestration.ingest.ingestion import ingest_landing
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import L16_HEADERS, OTHER_VALID_ID, VALID_ID, death, deaths, ledger

NAME = "临江镇砚池村2014年6月台账.xlsx"


def read(
    tmp_path: Path, sheets: dict[str, Sequence[Sequence[object]]], name: str = NAME, folder: str = "received=2014-07-05"
) -> Settings:
    settings = books.home(tmp_path)
    books.put(settings, f"{folder}/{name}", books.workbook(sheets))
    ingest_landing(settings)
    return settings


def rows(settings: Settings, form: str) -> list[dict[str, Any]]:
    return pl.read_parquet(settings.lake / form / "*" / "*.parquet").sort("row_id").to_dicts()


def sheet(settings: Settings) -> dict[str, Any]:
    (row,) = register.read_submissions(settings).to_dicts()
    return row


def rules(settings: Settings) -> list[tuple[str, str, int | None, str | None]]:
    found = register.read_quarantine(settings)
    return [(row["kind"], row["rule_id"], row["row_no"], row["column_name"]) for row in found.to_dicts()]


def test_a_monthly_report_under_two_merged_header_rows(tmp_path: Path) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("6月")
        page.merge_range(0, 0, 0, 6, "砚池村2014年6月月报表")
        page.write_row(1, 0, ["填报单位(盖章):", "临江镇砚池村"])
        page.merge_range(2, 0, 3, 0, "期末 人口")
        page.merge_range(2, 1, 2, 3, "出生")
        page.write_row(3, 1, ["合计", "男", "女"])
        page.merge_range(2, 4, 3, 4, "死亡")
        page.merge_range(2, 5, 3, 5, "期初人口")
        page.write_row(4, 0, [1003, 5, 3, 2, 2, 1000])
        page.write_row(6, 0, ["填表人:某甲", "", "报出日期:2014年7月3日"])
    settings = books.home(tmp_path)
    books.put(settings, NAME, target.getvalue())
    ingest_landing(settings)
    (row,) = rows(settings, "L16")
    assert (row["opening"], row["closing"], row["births"], row["births_male"], row["births_female"], row["deaths"]) == (
        1000, 1003, 5, 3, 2, 2,
    )  # fmt: skip
    assert row["row_id"].endswith(":1:5")
    assert row["marriages"] is None
    seen = sheet(settings)
    assert (seen["received_on"], seen["stated_date"]) == (date(2014, 7, 3), date(2014, 7, 3))
    assert (seen["rows_seen"], seen["accepted"], seen["non_data"]) == (6, 1, 5)


def test_the_order_of_columns_means_nothing(tmp_path: Path) -> None:
    figures = dict(zip(L16_HEADERS, [1000, 5, 3, 2, 2, 1, 0, 1004], strict=True))
    turned = L16_HEADERS[::-1]
    settings = read(tmp_path, {"6月": ledger("月报表", turned, [figures[header] for header in turned])})
    (row,) = rows(settings, "L16")
    assert (row["opening"], row["births_male"], row["closing"]) == (1000, 3, 1004)


def test_an_empty_register_is_an_accepted_report_of_nothing(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths()})
    assert (sheet(settings)["status"], sheet(settings)["accepted"]) == ("accepted", 0)


def test_a_row_without_its_event_date_is_quarantined_whole(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), death(2, number=OTHER_VALID_ID, day="2014.1"))})
    assert len(rows(settings, "L03")) == 1
    assert sheet(settings)["status"] == "partial"
    assert ("row", "row.mandatory_unreadable", 5, None) in rules(settings)
    assert ("cell", "date.ambiguous", 5, "death_date") in rules(settings)


def test_a_bad_optional_cell_becomes_a_gap_with_a_finding_and_its_row_stays(tmp_path: Path) -> None:
    row = death(1)
    row[7] = "2014-06-31"
    settings = read(tmp_path, {"死亡": deaths(row)})
    assert rows(settings, "L03")[0]["cancel_date"] is None
    assert sheet(settings)["status"] == "accepted"
    assert rules(settings) == [("cell", "date.impossible", 4, "cancel_date")]


def test_a_sex_that_is_not_stated_counts_and_one_that_cannot_be_read_does_not(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1, sex=""), death(2, sex="中", number=OTHER_VALID_ID))})
    assert [row["sex"] for row in rows(settings, "L03")] == ["unknown"]
    assert ("row", "row.mandatory_unreadable", 5, None) in rules(settings)


def test_a_number_with_a_wrong_check_character_gives_no_key_and_its_row_counts(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1, number="110105194912310021"), death(2, number=3.6e17))})
    assert [(row["person_key"], row["id_status"]) for row in rows(settings, "L03")] == [
        (None, "invalid"), (None, "lost_digits"),
    ]  # fmt: skip
    assert (sheet(settings)["ids_present"], sheet(settings)["ids_valid"]) == (2, 0)


def test_one_number_under_two_names_is_a_finding_and_two_rows(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), death(2, name="某乙"))})
    assert len(rows(settings, "L03")) == 2
    assert rules(settings) == [("cell", "id.two_names", 5, "person_key")]


def test_totals_notes_signatures_and_repeated_headers_are_not_data(tmp_path: Path) -> None:
    page = deaths(death(1), ["合计", "1人"], books.L03_HEADERS, death(2, number=OTHER_VALID_ID))
    page += [["注:以上为本月死亡"], ["填表人:某甲", "", "审核人:某乙"], [], ["备注"]]
    settings = read(tmp_path, {"死亡": page})
    seen = sheet(settings)
    assert (seen["rows_seen"], seen["accepted"], seen["quarantined"], seen["non_data"]) == (10, 2, 0, 8)


def test_an_exact_repetition_is_a_duplicate_whatever_its_serial_number(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), death(2))})
    assert (sheet(settings)["accepted"], sheet(settings)["duplicate"]) == (1, 1)


def test_twins_without_names_are_two_births_and_a_row_copied_with_its_number_is_one(tmp_path: Path) -> None:
    headers = ["序号", "婴儿姓名", "性别", "出生日期", "孩次", "母亲姓名", "母亲身份证号"]
    twin = ["", "男", "2014-06-03", 1, "某母", VALID_ID]
    settings = read(tmp_path, {"出生": ledger("出生登记表", headers, [1, *twin], [2, *twin], [2, *twin])})
    assert (sheet(settings)["accepted"], sheet(settings)["duplicate"]) == (2, 1)


def test_the_mothers_number_is_told_from_the_childs_by_its_neighbour(tmp_path: Path) -> None:
    headers = ["婴儿姓名", "身份证号", "性别", "出生日期", "孩次", "母亲姓名", "身份证号", "父亲姓名", "身份证号"]
    row = ["某婴", "", "女", "2014-06-03", 1, "某母", VALID_ID, "某父", OTHER_VALID_ID]
    settings = read(tmp_path, {"出生": ledger("出生登记表", headers, row)})
    (birth,) = rows(settings, "L02")
    direct = read(tmp_path / "x", {"死亡": deaths(death(1))})
    assert birth["id_status"] == "valid"
    assert birth["mother_key"] is not None
    assert rows(direct, "L03")[0]["id_status"] == "valid"


def test_a_placing_column_that_is_missing_refuses_the_sheet_and_another_does_not(tmp_path: Path) -> None:
    without_date = [header for header in books.L03_HEADERS if header != "死亡日期"]
    settings = read(tmp_path, {"死亡": ledger("死亡登记表", without_date, death(1)[:7])})
    assert (sheet(settings)["status"], sheet(settings)["rule_id"]) == ("quarantined", "sheet.no_placing_column")
    without_cancel = books.L03_HEADERS[:-1]
    other = read(tmp_path / "x", {"死亡": ledger("死亡登记表", without_cancel, death(1)[:7])})
    assert sheet(other)["status"] == "accepted"
    assert rules(other) == [("cell", "sheet.column_missing", 3, "cancel_date")]


def test_two_columns_under_one_header_refuse_the_sheet(tmp_path: Path) -> None:
    headers = [*books.L03_HEADERS[:7], "死亡日期"]
    settings = read(tmp_path, {"死亡": ledger("死亡登记表", headers, death(1))})
    assert sheet(settings)["rule_id"] == "sheet.ambiguous_header"


def test_the_money_unit_of_the_header_binds_and_beats_the_line_above(tmp_path: Path) -> None:
    headers = ["案号", "票据号码", "缴款日期", "金额(万元)", "其中滞纳金"]
    page = ledger("社会抚养费缴款台账", headers, ["1号", "A001", "2014-06-03", "1.2", "30"], ["合计", "", "", 1.2, 30])
    page[1] = ["填报单位:临江镇计生办  2014年6月30日  单位:元"]
    settings = read(tmp_path, {"缴款": page}, "临江镇计生办2014年6月.xlsx")
    (payment,) = rows(settings, "L12")
    assert (payment["amount_yuan"], payment["surcharge_yuan"]) == (Decimal("12000.00"), Decimal("30.00"))
    assert payment["unit_code"] == "331099100000-fp"
    totals = lake.read_book(settings.lake, "control_totals")
    assert dict(zip(totals["column_name"], totals["stated"], strict=True)) == {
        "amount_yuan": Decimal("12000.00"), "surcharge_yuan": Decimal("30.00"),
    }  # fmt: skip


def test_a_case_has_one_key_on_the_decision_and_on_the_payment(tmp_path: Path) -> None:
    decisions = ledger(
        "社会抚养费征收决定台账", ["案号", "决定日期", "应征金额(元)"], ["征〔2014〕1号", "2014-06-01", 500]
    )
    payments = ledger("社会抚养费缴款台账", ["案号", "缴款日期", "金额"], ["征［2014］ 1号", "2014-06-03", 100])
    settings = read(tmp_path, {"决定": decisions, "缴款": payments})
    assert rows(settings, "L11")[0]["case_key"] == rows(settings, "L12")[0]["case_key"]


MOVE_HEADERS = ["姓名", "性别", "身份证号", "迁移日期", "迁出地", "迁入地"]
MOVE = ["某甲", "男", VALID_ID, "2014-06-03", "临江镇听泉村", "云岭乡竹溪村"]


def test_a_title_can_give_the_direction_of_every_move(tmp_path: Path) -> None:
    pages = {"迁入": ledger("迁入登记表", MOVE_HEADERS, MOVE), "迁出": ledger("迁出登记表", MOVE_HEADERS, MOVE)}
    found = {move["direction"]: move["other_division"] for move in rows(read(tmp_path, pages), "L05")}
    assert found == {"in": "331099100202", "out": "331099200201"}


def test_the_far_end_of_a_move_is_kept_as_deep_as_it_is_certain(tmp_path: Path) -> None:
    """A province is another one although a township of ours bears its county's name; what says nothing is a gap."""
    places = ["江西省临江镇", "330106", "外省", "县内外乡镇", "省内外县", "临江镇", "虚构县", "不详某地"]
    moves = [[*MOVE[:2], "", f"2014-06-{day:02}", place, ""] for day, place in enumerate(places, 1)]
    pages = {"迁入": ledger("迁入登记表", MOVE_HEADERS, *moves), "迁出": ledger("迁出登记表", MOVE_HEADERS, MOVE)}
    found = rows(read(tmp_path, pages), "L05")
    arrivals = sorted((move for move in found if move["direction"] == "in"), key=lambda move: move["move_date"])
    kept = [move["other_division"] for move in arrivals]
    assert kept == ["36", "330106", "province", "township", "county", "331099100000", "331099", None]


def test_arrivals_alone_are_refused_since_they_would_supersede_the_departures(tmp_path: Path) -> None:
    settings = read(tmp_path, {"迁入": ledger("迁入登记表", MOVE_HEADERS, MOVE)})
    assert (sheet(settings)["rule_id"], sheet(settings)["quarantined"]) == ("sheet.half_of_form", 1)


def test_a_title_for_both_directions_gives_none(tmp_path: Path) -> None:
    headers = ["姓名", "性别", "身份证号", "迁移日期"]
    settings = read(tmp_path, {"迁移": ledger("迁入迁出登记表", headers, ["某甲", "男", VALID_ID, "2014-06-03"])})
    assert sheet(settings)["rule_id"] == "sheet.no_placing_column"


def test_what_stands_above_is_filled_down(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1), death(2, number=OTHER_VALID_ID, day="同上"))})
    assert [row["death_date"] for row in rows(settings, "L03")] == [date(2014, 6, 3)] * 2


def test_a_text_file_has_physical_line_numbers(tmp_path: Path) -> None:
    settings = books.home(tmp_path)
    page = "\n".join(",".join(map(str, row)) for row in [books.L03_HEADERS, death(1)])
    books.put(settings, "临江镇砚池村2014年6月死亡登记.csv", page.encode("gb18030"))
    ingest_landing(settings)
    assert rows(settings, "L03")[0]["row_id"].endswith(":1:2")


def test_a_sheet_of_a_blocked_kind_and_a_form_nobody_knows_are_quarantined(tmp_path: Path) -> None:
    unknown = [["甲", "乙", "丙"], [1, 2, 3], [4, 5, 6]]
    settings = read(tmp_path, {"妇检": deaths(death(1)), "杂": unknown, "封面": [["台账"]], "死亡": deaths(death(1))})
    seen = register.read_submissions(settings)
    assert dict(zip(seen["sheet_name"], seen["rule_id"], strict=True)) == {
        "妇检": "sheet.blocked", "杂": "sheet.unknown_form", "死亡": None,
    }  # fmt: skip
