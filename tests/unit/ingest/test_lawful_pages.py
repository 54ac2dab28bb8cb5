"""Pages of clerks that look wrong and are lawful, each beside a twin that is wrong (D06, D13, D14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.ingest.identity import read_id
from tests.unit.ingest.books import L03_HEADERS, id_number, ledger
from tests.unit.ingest.test_persons import BIRTHS, MAN, ROSTER, WOMAN, birth, found, person, roster
from tests.unit.ingest.test_row_rules import births, child, payments
from tests.unit.ingest.test_sheets import read, rules

REPEATED = [("row.repeated", 5, "death_date")]


def died(tmp_path: Path, *told: tuple[str, str]) -> list[tuple[str, int | None, str | None]]:
    data = [[n, name, "男", number, "", f"2014-06-0{n}", "2014-06", ""] for n, (name, number) in enumerate(told, 3)]
    return found(tmp_path, "死亡登记表", L03_HEADERS, *data)


@pytest.mark.parametrize("name", ["未取名", "无名氏", "×××", "王某某"])
def test_the_dead_whom_no_name_or_number_tells_apart_are_no_repeat(tmp_path: Path, name: str) -> None:
    assert died(tmp_path / "a", (name, ""), (name, "未办理")) == []
    assert died(tmp_path / "b", ("王甲", ""), ("王甲", "")) == REPEATED


def test_twins_whose_names_are_blacked_out_are_two_children(tmp_path: Path) -> None:
    assert births(tmp_path, child("2014-06-03", name="×××"), child("2014-06-03", name="×××", order=2)) == []


def test_a_payment_reversed_may_be_entered_again_under_its_receipt_once(tmp_path: Path) -> None:
    wrong, right = (["1号", "0001", f"2014-06-0{day}", 500, "", "正常"] for day in (3, 5))
    for place, red in enumerate(
        (["1号", "0001", "2014-06-04", -500, "", "冲销"], ["1号", "9", "2014-06-04", -500, "", ""])
    ):
        assert payments(tmp_path / f"a{place}", wrong, red, right) == []
    of_another = ["2号", "0009", "2014-06-04", -500, "", "冲销"]
    assert payments(tmp_path / "b", wrong, of_another, right) == [("row.repeated", 6, "payment_date")]
    third = ["1号", "0001", "2014-06-06", 500, "", "正常"]
    red = ["1号", "0001", "2014-06-04", -500, "", "冲销"]
    assert payments(tmp_path / "c", wrong, red, right, third) == [("row.repeated", 7, "payment_date")]


def test_who_left_and_came_back_stands_twice_on_a_roster(tmp_path: Path) -> None:
    left = person(MAN, "王甲", "男", "1983-04", "1", "户主", "", "2010-01-01")
    back = person(MAN, "王甲", "男", "1983-04", "2", "户主", "2013-01-01")
    assert roster(tmp_path / "a", left, back) == []
    unreadable = [*left[:7], "2010年春"]
    assert roster(tmp_path / "b", unreadable, back) == [("date.unreadable", 4, "out_date")]


def test_a_head_who_died_without_a_day_given_is_no_second_head(tmp_path: Path) -> None:
    headers = [*ROSTER[:6], "去向"]
    head, widow = person(MAN, "王甲", "男", "1983-04"), person(WOMAN, "李乙", "女", "1960-07")
    assert found(tmp_path / "a", "人口登记册", headers, [*head, "死亡"], [*widow, ""]) == []
    two = found(tmp_path / "b", "人口登记册", headers, [*head, ""], [*widow, ""])
    assert two == [("row.two_heads", 5, "relation_code")]


def test_household_numbers_that_start_again_in_each_group_are_one_finding(tmp_path: Path) -> None:
    heads = [
        person(id_number(f"19700{group}0{number}", 13), f"王{group}{number}", "男", f"1970-0{group}", str(number))
        for group in (1, 2, 3)
        for number in range(1, 7)
    ]
    assert roster(tmp_path, *heads) == [("row.household_shared", 3, "household_key")]


def test_the_age_of_a_mother_shows_in_her_number_where_nothing_else_tells_it(tmp_path: Path) -> None:
    title, headers = "出生登记表", [header for header in BIRTHS if header != "母亲出生年月"]
    told = [birth("2014-06-01", id_number(day, 24), f"王{day}") for day in ("19900101", "20060101", "19480101")]
    told.append(birth("2014-06-01", id_number("19480101", 13), "王四"))  # a man's: said of the sex alone
    data = [row[:7] + row[8:] for row in told]
    assert found(tmp_path, title, headers, *data) == [
        ("row.mother_age", 5, "mother_key"),
        ("row.mother_age", 6, "mother_key"),
        ("id.sex_disagrees", 7, "mother_key"),
    ]


@pytest.mark.parametrize(
    "word", ["97", "58", "29", "三女", "四子", "长媳", "继母", "曾孙女", "嫂", "侄儿", "外甥", "保姆"]
)
def test_relations_of_the_national_list_are_known(tmp_path: Path, word: str) -> None:
    other = person("", "李乙", "女", "1960-07", "1", word)
    assert "code.unknown" not in _rules(tmp_path, person(MAN, "王甲", "男", "1983-04"), other)


def _rules(tmp_path: Path, *data: list[object]) -> list[str]:
    return [rule for _, rule, *_ in rules(read(tmp_path, {"表": ledger("人口登记册", ROSTER, *data)}))]


@pytest.mark.parametrize("word", ["未办", "未办理", "尚未办理", "待办", "办理中", "正在办理", "未上户", "新生儿"])
def test_a_number_not_yet_issued_is_missing_and_not_wrong(word: str) -> None:
    assert read_id(word) == (None, "missing")
    assert read_id(f"{word}3") == (None, "invalid")
