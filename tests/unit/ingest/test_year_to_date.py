"""Figures that run since January (D19), wherever the page says so: never those of a month."""

from __future__ import annotations

import pytest

from tests.unit.ingest.pages import ABOVE, OFFICE, found, read_page, records

HEADERS = ["期初人口", "出生人数", "死亡人数", "迁入人数", "迁出人数", "期末人口"]
FIGURES = [1000, 25, 12, 1, 10, 1004]
TITLE = "人口月报表"


@pytest.mark.parametrize("tab", ["累计", "6月(累计)", "年初至本月", "6月累计数"])
def test_d19_the_tab_says_so(tab: str) -> None:
    assert read_page([TITLE], [ABOVE], HEADERS, FIGURES, tab=tab).rule_id == "sheet.cumulated"


@pytest.mark.parametrize("line", ["(1-6月累计)", "统计期间:2014年1-6月", "年初至本月", "2014年1月1日至2014年6月30日"])
def test_d19_a_line_above_says_so(line: str) -> None:
    page = read_page([TITLE], ["填报单位:临江镇砚池村", "", line], HEADERS, FIGURES, tab="6月")
    assert (page.rule_id, page.accepted) == ("sheet.cumulated", 0)


@pytest.mark.parametrize(
    "note",
    ["注:本表为1-6月累计数", "备注:以上数据均为本年累计", "说明:出生、死亡为年初至本月数", "注:表中数字系1月至6月合计"],
)
def test_d19_a_note_below_says_so(note: str) -> None:
    page = read_page([TITLE], [ABOVE], HEADERS, FIGURES, [note], tab="6月")
    assert (page.rule_id, page.quarantined, page.non_data) == ("sheet.cumulated", 1, 4)
    checks = ["项目", "日期", "对数"], ["免费婚检", "2014-06-30", 55], [note]
    assert read_page(["三免服务台账"], *checks, name=OFFICE).rule_id == "sheet.cumulated"


@pytest.mark.parametrize("note", ["注:本表为当月数,非累计数", "注:1-6月累计出生25人", "说明:本表不填累计"])
def test_d19_a_note_that_only_speaks_of_such_figures_does_no_harm(note: str) -> None:
    assert records(read_page([TITLE], [ABOVE], HEADERS, FIGURES, [note], tab="6月"), "births") == [(25,)]


def test_d19_a_note_on_the_line_of_the_year_is_not_one_on_the_month() -> None:
    year = ["本年累计", 990, 25, 12, 1, 10, 1004]
    page = read_page([TITLE], [ABOVE], ["项目", *HEADERS], ["本月", *FIGURES], year, ["注:末行为本年累计"], tab="6月")
    assert records(page, "births") == [(25,)]


@pytest.mark.parametrize("group", ["本年累计", "1-6月", "年初至本月", "1-6月累计数"])
def test_d19_a_group_of_headers_says_so(group: str) -> None:
    head = ["期初人口", group, "", "", "", "期末人口"], ["", "出生", "死亡", "迁入", "迁出", ""]
    page = read_page([TITLE], [ABOVE], *head, FIGURES, tab="6月", merges=[(2, 1, 2, 4)])
    assert records(page, "opening", "births", "deaths", "moved_in", "moved_out") == [(1000, None, None, None, None)]
    assert [name for rule, _, name in found(page) if rule == "sheet.cumulated_column"] == [
        "births", "deaths", "moved_in", "moved_out",
    ]  # fmt: skip


@pytest.mark.parametrize("group", ["本年度", "截至6月", "上半年"])
def test_d19_a_group_that_does_not_say_the_month_is_not_taken_for_it(group: str) -> None:
    head = ["期初人口", group, "", "", "", "期末人口"], ["", "出生", "死亡", "迁入", "迁出", ""]
    assert read_page([TITLE], [ABOVE], *head, FIGURES, tab="6月", merges=[(2, 1, 2, 4)]).accepted == 0


def test_d19_a_line_of_a_campaign_that_says_so_is_not_read() -> None:
    lines = ["免费婚检(累计)", "2014-06-30", 55], ["免费婚检", "2014-06-30", 9]
    page = read_page(["三免服务台账"], ["项目", "日期", "对数"], *lines, name=OFFICE)
    assert (records(page, "couples"), page.quarantined) == ([(9,)], 1)


@pytest.mark.parametrize("title", ["2014年上半年人口月报表", "2014年第二季度人口情况报表", "2014年人口变动年报"])
def test_d19_a_title_of_a_longer_span_holds_against_a_tab_of_one_month(title: str) -> None:
    page = read_page([title], ["填报单位:临江镇砚池村"], HEADERS, FIGURES, tab="6月")
    assert page.rule_id == "sheet.longer_than_a_month"
    read = read_page([f"{title}(6月)"], ["填报单位:临江镇砚池村"], HEADERS, FIGURES, tab="二季度")
    assert read.period == "2014-06"
