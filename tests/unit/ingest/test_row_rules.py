"""Rows of one sheet that cannot be, or cannot both be, as they are written (D06, D14), and their lawful twins."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.ingest.books import death, deaths, id_number, ledger
from tests.unit.ingest.test_persons import BIRTHS, MAN, MOVES, ROSTER, WOMAN, birth, found, move, person, roster
from tests.unit.ingest.test_sheets import read, rules

DECISIONS = ["案号", "立案日期", "决定日期", "应征金额"]
PAYMENTS = ["案号", "票据号码", "缴款日期", "金额", "期次", "标志"]
MOTHER = id_number("19900101", 24)


def births(tmp_path: Path, *data: list[object]) -> list[tuple[str, int | None, str | None]]:
    return found(tmp_path, "出生登记表", BIRTHS, *data)


def child(day: str, **cells: object) -> list[object]:
    return birth(day, mother=MOTHER, **cells)  # type: ignore[arg-type]


def payments(tmp_path: Path, *data: list[object]) -> list[tuple[str, int | None, str | None]]:
    return found(tmp_path, "社会抚养费缴款台账", PAYMENTS, *data)


def test_a_death_before_the_birth_is_a_finding_d06(tmp_path: Path) -> None:
    days = "1949-11-30", "1949-12-01", "1949-12-31"
    told = [death(n, f"某{n}", number=id_number("19491231", 2 * n), day=day) for n, day in enumerate(days)]
    assert rules(read(tmp_path, {"死亡": deaths(*told)})) == [("cell", "row.date_order", 4, "death_date")]


def test_what_follows_a_birth_a_death_or_a_filing_is_not_before_it_d06(tmp_path: Path) -> None:
    cancelled = [*death(1)[:7], "2014-06-02"]
    assert rules(read(tmp_path / "a", {"死亡": deaths(cancelled)})) == [("cell", "row.date_order", 4, "cancel_date")]
    assert births(tmp_path / "b", child("2014-06-05", hukou="2014-06-04")) == [("row.date_order", 4, "hukou_date")]
    assert births(tmp_path / "c", child("2014-06-05", hukou="2014-06-05")) == []
    filed = ["2014-1号", "2014-06-05", "2014-06-04", 1000]
    assert found(tmp_path / "d", "社会抚养费征收决定台账", DECISIONS, filed) == [("row.date_order", 4, "decision_date")]


def test_nobody_on_a_roster_is_born_after_it_came_in_or_moved_in_before_birth_d06(tmp_path: Path) -> None:
    future = person("", "王小一", "男", "2014-08", "1", "户主")
    assert roster(tmp_path / "a", future) == [("date.after_receipt", 4, "birth_month")]
    early = person(MAN, "王甲", "男", "1983-04", "1", "户主", "1982-12-01")
    assert roster(tmp_path / "b", early) == [("row.date_order", 4, "in_date")]
    back = person(MAN, "王甲", "男", "1983-04", "1", "户主", "2013-01-01", "2003-01-01")
    assert roster(tmp_path / "c", back) == [], "who left and came again left before"


def test_a_mother_hardly_old_enough_or_far_too_old_is_a_finding(tmp_path: Path) -> None:
    months = "1999-06", "1959-06", "1999-07", "1959-05"
    told = [birth("2014-06-01", mother="", name=f"王{month}", born=month) for month in months]
    assert births(tmp_path, *told) == [("row.mother_age", row, "mother_birth_month") for row in (6, 7)]


@pytest.mark.parametrize("days", ["2014-06-03", "2014-06-04"])
def test_twins_are_lawful_also_around_midnight_and_before_they_have_names(tmp_path: Path, days: str) -> None:
    assert births(tmp_path / "a", child("2014-06-03", name="王小一"), child(days, name="王小二", order=2)) == []
    unnamed = child("2014-06-03", name="未取名"), child(days, name="未取名", order=2)
    assert births(tmp_path / "b", *unnamed) == []


def test_triplets_and_children_of_two_mothers_are_lawful(tmp_path: Path) -> None:
    three = [child("2014-06-03", name=f"王小{n}", order=n) for n in (1, 2, 3)]
    other = birth("2014-06-20", mother=id_number("19880305", 46), name="李小", born="1988-03")
    unknown = [birth(f"2014-06-{day}", mother="", name=f"赵{day}") for day in (10, 20)]
    assert births(tmp_path, *three, other, *unknown) == []


def test_siblings_too_near_for_siblings_and_too_far_for_twins_are_a_finding(tmp_path: Path) -> None:
    pairs = []
    for number, days in enumerate((0, 1, 210, 365, 2, 30, 209)):
        mother = id_number("19900101", 2 * number + 20)
        first = f"{date(2014, 6, 20) - timedelta(days=days)}"
        pairs += [birth(first, mother, f"王{number}甲"), birth("2014-06-20", mother, f"王{number}乙", order=2)]
    assert births(tmp_path, *pairs) == [("row.sibling_gap", row, "birth_date") for row in (13, 15, 17)]


def test_one_child_told_twice_is_a_repeat_d14(tmp_path: Path) -> None:
    again = child("2014-06-05", name="王小一", hukou="2014-06-20")
    assert births(tmp_path, child("2014-06-03", name="王小一"), again) == [("row.repeated", 5, "birth_date")]


def test_a_row_that_differs_by_some_days_alone_is_a_repeat_whoever_it_is_d14(tmp_path: Path) -> None:
    twice = deaths(death(1, "王甲", number=""), death(2, "王甲", number="", day="2014-06-05"))
    assert rules(read(tmp_path / "a", {"死亡": twice})) == [("cell", "row.repeated", 5, "death_date")]
    nameless = deaths(death(1, "", number=""), death(2, "", number="", day="2014-06-05"))
    assert rules(read(tmp_path / "b", {"死亡": nameless})) == []
    moves = move("", "迁入", "2014-06-02"), move("", "迁入", "2014-06-04")
    assert found(tmp_path / "c", "迁入迁出登记表", MOVES, *moves) == [("row.repeated", 5, "move_date")]


def test_a_receipt_keyed_in_twice_is_a_repeat_and_instalments_are_none_d14(tmp_path: Path) -> None:
    first = ["1号", "0001", "2014-06-03", 500, "", "正常"]
    assert payments(tmp_path / "a", first, ["1号", "0001", "2014-06-05", 500, "", "正常"]) == [
        ("row.repeated", 5, "payment_date")
    ]
    assert payments(tmp_path / "b", ["1号", "", *first[2:]], ["1号", "", "2014-06-05", 500, "", ""]) == [
        ("row.repeated", 5, "payment_date")
    ]
    instalments = first, ["1号", "0002", "2014-06-28", 500, "", "正常"]
    numbered = ["1号", "", "2014-06-03", 500, 1, "正常"], ["1号", "", "2014-06-05", 500, 2, "正常"]
    assert payments(tmp_path / "c", *instalments) == payments(tmp_path / "d", *numbered) == []


def test_a_receipt_voided_or_reversed_and_issued_anew_is_lawful(tmp_path: Path) -> None:
    again = ["1号", "0002", "2014-06-04", 500, "", "正常"]
    voided = ["1号", "0001", "2014-06-03", 500, "", "作废"]
    assert payments(tmp_path / "a", voided, again) == []
    taken = ["1号", "0001", "2014-06-03", 500, "", "正常"]
    reversed_ = ["1号", "0001", "2014-06-04", -500, "", "冲销"]
    assert payments(tmp_path / "b", taken, reversed_, again) == []


def test_a_household_without_head_is_said_at_its_first_row(tmp_path: Path) -> None:
    couple = person(MAN, "王甲", "男", "1983-04"), person(MOTHER, "赵丙", "女", "1990-01", "1", "配偶")
    alone = person(WOMAN, "李乙", "女", "1960-07", "2", "其他")
    assert roster(tmp_path / "a", *couple, alone) == [("row.no_head", 6, "relation_code")]
    assert roster(tmp_path / "b", alone) == [], "a roster without any head is kept in another way"
    unclear = person(WOMAN, "李乙", "女", "1960-07", "2", "同住")
    assert roster(tmp_path / "c", *couple, unclear) == [], "the word that cannot be read may mean the head"


def test_a_row_that_was_refused_may_be_the_head_of_its_neighbours(tmp_path: Path) -> None:
    first, last = person(MAN, "王甲", "男", "1983-04"), person(WOMAN, "李乙", "女", "1960-07", "3")
    shifted = ["", "2", "赵丙", "户主", "男", "", "", ""]
    wife = person(MOTHER, "钱丁", "女", "1990-01", "2", "配偶")
    settings = read(tmp_path, {"表": ledger("人口登记册", ROSTER, first, shifted, wife, last)})
    assert "row.no_head" not in [rule for _, rule, *_ in rules(settings)]


def test_a_second_head_is_a_finding_unless_the_first_has_left(tmp_path: Path) -> None:
    wife = person(MOTHER, "赵丙", "女", "1990-01")
    assert roster(tmp_path / "a", person(MAN, "王甲", "男", "1983-04"), wife) == [("row.two_heads", 5, "relation_code")]
    gone = person(MAN, "王甲", "男", "1983-04", "1", "户主", "", "2014-05-03")
    assert roster(tmp_path / "b", gone, wife) == []
