"""Pages and rows that look like a report and are none: lists of some people, plans, samples, lines taken back."""

from __future__ import annotations

import pytest

from tests.unit.ingest.books import id_number
from tests.unit.ingest.pages import ABOVE, VILLAGE, Page, found, read_book, read_page, records

LISTED = ["户号", "姓名", "性别", "身份证号", "出生日期", "备注"]
WOMAN = ["1", "甲", "女", id_number("19900101", 24), "1990-01-01"]
MAN = ["2", "乙", "男", id_number("19800101", 25), "1980-01-01"]
MONTH = ["期初人口", "出生人数", "死亡人数", "期末人口"]
FIGURES = [1000, 5, 2, 1003]
DEATHS = ["序号", "姓名", "性别", "身份证号", "死亡日期", "备注"]
BIRTHS = [["男", "2014-06-05", 1]]


def register(title: str, *people: list[str]) -> Page:
    return [[title], [ABOVE], LISTED, *(people or [WOMAN])]


@pytest.mark.parametrize(
    "title",
    ["育龄妇女花名册", "80岁以上老年人口花名册", "党员花名册", "户籍人口台账(独生子女户)", "低保人口登记册"],
)
def test_l01_a_list_of_some_people_does_not_take_the_place_of_the_register(title: str) -> None:
    assert read_page(*register(title)).rule_id == "sheet.part_of_register"
    assert read_page(*register("人口花名册"), tab=title).rule_id == "sheet.part_of_register"


@pytest.mark.parametrize("title", ["常住人口登记册", "2014年人口台账(含育龄妇女)", "全员人口花名册(1-8组)"])
def test_l01_the_whole_register_is_read(title: str) -> None:
    assert read_page(*register(title)).accepted == 1


def test_l01_the_register_of_one_group_waits_for_those_of_the_others() -> None:
    assert read_page(*register("常住人口登记册"), tab="一组").rule_id == "sheet.half_of_form"
    by_file = read_page(*register("常住人口登记册"), name="临江镇砚池村第3村民小组2014年6月.xlsx")
    assert by_file.rule_id == "sheet.half_of_form"
    both = {"一组": register("常住人口登记册"), "二组": register("常住人口登记册", MAN)}
    assert [reading.accepted for reading in read_book(both)] == [1, 1]


def test_l02_l03_a_list_of_some_births_or_deaths_is_not_the_whole() -> None:
    births = [ABOVE], ["性别", "出生日期", "孩次"], *BIRTHS
    assert read_page(["计划外出生登记表"], *births).rule_id == "sheet.part_of_register"
    assert read_page(["往年漏报出生登记表"], *births).rule_id == "sheet.half_of_form"
    deaths = [ABOVE], DEATHS, [1, *MAN[1:4], "2014-06-03"]
    assert read_page(["5岁以下儿童死亡登记表"], *deaths).rule_id == "sheet.part_of_register"
    assert read_page(["死亡登记表"], *deaths).accepted == 1


def test_l02_children_taken_in_are_no_births() -> None:
    head = [ABOVE], ["性别", "出生日期", "孩次"]
    sheets = {"出生": [["出生登记表"], *head, *BIRTHS], "收养": [["收养子女登记表"], *head, ["女", "2010-08-05", 2]]}
    kinds = [kind for reading in read_book(sheets) for kind in reading.cells["birth_event_type"]]
    assert kinds == ["birth", "adoption"]


@pytest.mark.parametrize("word", ["样表", "(计划数)", "(作废)", "填报示例"])
def test_what_is_a_sample_a_plan_or_taken_back_is_not_read(word: str) -> None:
    assert read_page([f"人口月报{word}"], [ABOVE], MONTH, FIGURES).rule_id == "sheet.no_report"
    assert read_page(["人口月报"], [ABOVE], MONTH, FIGURES, tab=word).rule_id == "sheet.no_report"


def test_l16_the_same_month_of_last_year_is_no_figure_of_this_one() -> None:
    last, own = ["上年同期", 900, 9, 2, 907], ["本月", *FIGURES]
    page = read_page(["人口月报"], [ABOVE], ["项目", *MONTH], last, own, ["比上年增减", 100, -4, 0, 96], tab="6月")
    assert records(page, "opening", "births") == [(1000, 5)]
    assert read_page(["人口月报"], [ABOVE], ["项目", *MONTH], last, tab="6月").rule_id == "sheet.no_row_readable"
    group = ["期初人口", "出生", "", "期末人口"], ["", "上年同期", "本期", ""]
    merged = read_page(["人口月报"], [ABOVE], *group, [1000, 9, 5, 1003], merges=[(2, 1, 2, 2)])
    assert merged.accepted == 0 or records(merged, "births") == [(5,)]


@pytest.mark.parametrize("line", ["单位:百人", "(单位:万人)", "计量单位:千人", "单位:户", "(单位:人次)"])
def test_l16_people_counted_in_hundreds_or_in_households_are_not_read_as_people(line: str) -> None:
    page = read_page(["人口月报"], [ABOVE], [line], MONTH, FIGURES, tab="6月", name=VILLAGE)
    assert page.rule_id == "number.unit_disagrees"


@pytest.mark.parametrize("line", ["单位:人", "(单位:名)", "单位:户、人", "单位:人、对"])
def test_l16_people_counted_as_people_are_read(line: str) -> None:
    page = read_page(["人口月报"], [ABOVE], [line], MONTH, FIGURES, tab="6月", name=VILLAGE)
    assert records(page, "opening", "births") == [(1000, 5)]


def test_a_row_that_a_word_beside_it_takes_back_does_not_count() -> None:
    rows = [
        [1, "甲", "男", "", "2014-06-03", "作废"],
        ["作废", "乙", "女", "", "2014-06-04", ""],
        [3, "丙", "男", "", "2014-06-05", "身份证作废"],
        [4, "丁", "男", "", "2014-06-06", "", "重报"],
    ]
    page = read_page(["死亡登记表"], [ABOVE], DEATHS, *rows)
    assert (page.accepted, page.quarantined, page.row_nos) == (1, 3, [6])
    assert [row for rule, row, _ in found(page) if rule == "row.struck_out"] == [4, 5, 7]


@pytest.mark.parametrize(
    ("remark", "is_said"),
    [
        ("2014年5月死亡", True),
        ("已迁出", True),
        ("本人已故", False),
        ("夫死亡", False),
        ("户口未迁出", False),
        ("", False),
    ],
)
def test_l01_whoever_has_gone_by_the_remark_alone_is_a_finding(remark: str, is_said: bool) -> None:
    page = read_page(*register("常住人口登记册", WOMAN, [*MAN, remark]))
    assert page.accepted == 2
    assert list(found(page)) == ([("row.gone_by_remark", 5, "person_key")] if is_said else [])
