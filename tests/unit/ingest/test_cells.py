"""D10, D12, D16, D27, G-15: what single cells do to their row and their sheet, and how each reading is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from orchestration.ingest.ingestion import ingest_landing, replay
from orchestration.ingest.readings import read_readings
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import L16_HEADERS, OTHER_VALID_ID, VALID_ID, death, deaths, ledger
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

BIRTH_HEADERS = ["婴儿姓名", "性别", "出生日期", "孩次", "母亲姓名", "母亲身份证号"]


def births(*data: Sequence[object]) -> dict[str, Sequence[Sequence[object]]]:
    return {"出生": ledger("出生登记表", BIRTH_HEADERS, *data)}


def ways(settings: Settings) -> dict[tuple[str, str], int]:
    return {(row["column_name"], row["rule"]): row["cells"] for row in read_readings(settings).to_dicts()}


@pytest.mark.parametrize("cell", ["×××", "XX", "1101051949******2X", "************", "□□□", "某", "＊＊＊"])
def test_g15_d27_a_number_that_is_blacked_out_is_said_to_be_so_and_its_row_counts(tmp_path: Path, cell: str) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1, number=cell))})
    assert [(row["person_key"], row["id_status"]) for row in rows(settings, "L03")] == [(None, "missing")]
    assert ("cell", "cell.redacted", 4, "person_key") in rules(settings)


@pytest.mark.parametrize("cell", ["", "无", "11010519491231002x"])
def test_d27_a_number_that_is_missing_or_whole_is_not(tmp_path: Path, cell: str) -> None:
    assert "cell.redacted" not in {
        rule for _, rule, *_ in rules(read(tmp_path, {"死亡": deaths(death(1, number=cell))}))
    }


@pytest.mark.parametrize(
    ("sex", "order", "columns"), [("", 1, ["sex"]), ("女", "", ["birth_order"]), ("/", "不详", ["sex", "birth_order"])]
)
def test_d16_a_birth_without_sex_or_order_counts_and_is_a_finding(
    tmp_path: Path, sex: str, order: object, columns: list[str]
) -> None:
    settings = read(tmp_path, births(["a", sex, "2014-06-03", order, "m", VALID_ID]))
    assert sheet(settings)["accepted"] == 1
    found = [(kind, column) for kind, rule, _, column in rules(settings) if rule == "cell.wanted_missing"]
    assert sorted(found) == sorted(("cell", column) for column in columns)


def test_d16_a_whole_birth_and_one_that_is_quarantined_anyway_have_no_such_finding(tmp_path: Path) -> None:
    whole, lost = ["a", "女", "2014-06-03", 1, "m", VALID_ID], ["b", "", "2014-06-31", "", "m", OTHER_VALID_ID]
    settings = read(tmp_path, births(whole, lost))
    assert "cell.wanted_missing" not in {rule for _, rule, *_ in rules(settings)}
    assert ("row", "row.mandatory_unreadable", 5, None) in rules(settings)


@pytest.mark.parametrize(("cell", "found"), [("同上", ["cell.nothing_above"]), ("2014-07-01", [])])
def test_d10_as_above_needs_something_above(tmp_path: Path, cell: str, found: list[str]) -> None:
    first = death(1)
    first[7] = cell
    settings = read(tmp_path, {"死亡": deaths(first)})
    assert [rule for _, rule, *_ in rules(settings)] == found


def test_d10_as_above_repeats_what_cannot_be_read_with_its_reason(tmp_path: Path) -> None:
    bad, ditto = death(1), death(2, number=OTHER_VALID_ID)
    bad[7], ditto[7] = "2014-06-31", "〃"
    ditto[2], ditto[4] = "男", "1880-01"
    settings = read(tmp_path, {"死亡": deaths(bad, ditto)})
    assert [(rule, row) for _, rule, row, _ in rules(settings)] == [("date.impossible", 4), ("date.impossible", 5)]


@pytest.mark.parametrize(
    ("cell", "births_read", "found"), [("5人", 5, False), ("5对", None, True), ("５", 5, False), ("5%", None, True)]
)
def test_d12_a_unit_that_contradicts_the_column_is_not_read(
    tmp_path: Path, cell: str, births_read: int | None, found: bool
) -> None:
    page = ledger("月报表", L16_HEADERS, [1000, cell, 3, 2, 2, 1, 0, 1004])
    settings = read(tmp_path, {"6月": page})
    assert [row["births"] for row in rows(settings, "L16")] == [births_read]
    assert (("cell", "number.unit_disagrees", 4, "births") in rules(settings)) is found


def test_d12_couples_in_a_column_of_persons_are_not_persons(tmp_path: Path) -> None:
    page = [
        ["免费服务台账"],
        ["项目", "日期", "人数", "对数"],
        ["叶酸", "2014-06-03", "12对", ""],
        ["叶酸", "2014-06-04", "12人", "12对"],
    ]
    settings = read(tmp_path, {"三免": page}, "临江镇计生办2014年6月台账.xlsx")
    assert ("cell", "number.unit_disagrees", 3, "persons") in rules(settings)
    assert [(row["persons"], row["couples"]) for row in rows(settings, "L10")][-1:] == [(12, 12)]


def test_d05_a_death_told_by_the_lunar_calendar_is_read_and_told(tmp_path: Path) -> None:
    first, second = death(1, day="农历五月初六"), death(2, sex="男", number=OTHER_VALID_ID, day="甲午年五月初六")
    second[4] = "1880-01"
    settings = read(tmp_path, {"死亡": deaths(first, second)})
    assert [row["death_date"] for row in rows(settings, "L03")] == [date(2014, 6, 3)] * 2
    assert rules(settings) == []
    assert ways(settings)["death_date", "date.lunar_marked"] == 2


def test_d06_a_birth_after_the_receipt_is_not_read_and_its_row_counts(tmp_path: Path) -> None:
    late = death(1)
    late[4] = "2014-08"
    settings = read(tmp_path, {"死亡": deaths(late)})
    assert rows(settings, "L03")[0]["birth_month"] is None
    assert rules(settings) == [("cell", "date.after_receipt", 4, "birth_month")]


def test_each_value_that_is_not_plain_is_counted_with_the_rule_that_read_it(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(
        death(1, day="2014.6.3", number="110105491231002"), death(2, day="2014.6.4", number="440524 18800101 0014"),
        death(3, sex="同上", day="14.6.5", number=""),
    )})  # fmt: skip
    assert ways(settings) == {
        ("death_date", "date.written"): 2, ("death_date", "date.two_digit_year"): 1, ("person_key", "id.upgraded"): 1,
        ("person_key", "id.tidied"): 1, ("sex", "cell.ditto"): 1,
    }  # fmt: skip


def test_a_plain_sheet_leaves_nothing_in_the_book_of_readings(tmp_path: Path) -> None:
    assert ways(read(tmp_path, {"死亡": deaths(death(1))})) == {}


def test_the_book_of_readings_is_that_of_the_last_reading_and_knows_no_order(tmp_path: Path) -> None:
    pages = [("临江镇砚池村2014年6月台账.xlsx", "2014.6.3"), ("临江镇听泉村2014年6月台账.xlsx", "20140604")]
    books_of = {}
    for name, day in pages:
        page = deaths(death(1, day=day))
        page[1] = [f"填报单位:{name[:6]}  2014年6月30日"]
        books_of[name] = books.workbook({"死亡": page})
    found = []
    for turn, names in enumerate((pages, pages[::-1])):
        settings = books.home(tmp_path / str(turn))
        for name, _ in names:
            books.put(settings, f"received=2014-07-05/{name}", books_of[name])
            ingest_landing(settings)
        replay(settings, "L03", None, None)
        found.append(read_readings(settings).drop("batch_id").to_dicts())
    assert found[0] == found[1]
    assert len(found[0]) == 2
