"""Two tables left and right on one sheet, or one printed in two blocks of columns: refused, never half read."""

from __future__ import annotations

import pytest

from tests.unit.ingest.books import VALID_ID
from tests.unit.ingest.pages import ABOVE, found, read_page

DEATHS = ["序号", "姓名", "性别", "死亡日期"]
FIRST, SECOND = [1, "甲", "男", "2014-06-03"], [2, "乙", "女", "2014-06-04"]
MOVES = ["姓名", "性别", "迁入日期"], ["姓名", "性别", "迁出日期"]


@pytest.mark.parametrize("gap", [[], [""]])
@pytest.mark.parametrize("second", [SECOND, [""] * 4])
def test_one_form_printed_in_two_blocks(gap: list[str], second: list[object]) -> None:
    page = read_page(["死亡登记表"], [ABOVE], [*DEATHS, *gap, *DEATHS], [*FIRST, *gap, *second])
    assert (page.rule_id, page.quarantined, page.non_data) == ("sheet.side_by_side", 1, 3)


def test_one_form_printed_in_two_blocks_under_merged_headers() -> None:
    head = ["姓名", "性别", "死亡", "", "姓名", "性别", "死亡", ""], ["", "", "日期", "原因", "", "", "日期", "原因"]
    page = read_page(["死亡登记表"], [ABOVE], *head, ["甲", "男", "2014-06-03", "", "乙", "女", "2014-06-04", ""])
    assert page.accepted == 0


def test_two_directions_of_one_form() -> None:
    titles = ["迁入登记表", "", "", "", "迁出登记表"]
    cells = ["甲", "男", "2014-06-03", "", "乙", "女", "2014-06-04"]
    page = read_page(titles, [ABOVE], [*MOVES[0], "", *MOVES[1]], cells)
    assert (page.rule_id, page.quarantined) == ("sheet.side_by_side", 1)


@pytest.mark.parametrize("width", [0, 1, 2])
def test_two_forms(width: int) -> None:
    gap = [""] * width
    births, supplies = ["婴儿姓名", "性别", "出生日期", "孩次"], ["药具名称", "规格", "入库数量", "结存数量"]
    cells = [["甲", "男", "2014-06-03", 1, *gap, "避孕套", "大", 10, 5], ["", "", "", "", *gap, "口服药", "", 8, 2]]
    page = read_page(["出生登记表", "", "", "", *gap, "药具登记"], [ABOVE], [*births, *gap, *supplies], *cells)
    assert (page.rule_id, page.accepted) == ("sheet.side_by_side", 0)
    untitled = read_page(["出生登记表"], [ABOVE], [*births, *gap, *supplies], *cells)
    assert untitled.accepted == 0 or "sheet.unknown_column" in [rule for rule, *_ in found(untitled)]
    assert width == 0 or untitled.rule_id == "sheet.side_by_side"


def test_a_column_without_header_between_two_parts_of_one_form_is_no_second_table() -> None:
    headers = ["姓名", "性别", "", "死亡日期", "网格", "身份证号"]
    page = read_page(["死亡登记表"], [ABOVE], headers, ["甲", "男", "", "2014-06-03", "东片", VALID_ID])
    assert page.accepted == 1
