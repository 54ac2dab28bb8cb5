"""People whose paper is no ID card, whose head lives elsewhere, or who move out and in: lawful, and no finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.ingest.identity import read_id
from tests.unit.ingest.books import VALID_ID, id_number
from tests.unit.ingest.pages import ABOVE, found, read_book, read_page
from tests.unit.ingest.test_persons import MAN, ROSTER, WOMAN, person, roster

OTHER_PAPERS = [
    "E12345678", "G1234567", "EA1234567", "H12345678", "M1234567801", "12345678(B)", "CHN310567890123", "Z123456(7)",
    "Ｅ１２３４５６７８", "军字第1234567号", "O331234567",
]  # fmt: skip


@pytest.mark.parametrize("number", OTHER_PAPERS)
def test_d13_a_number_of_another_paper_is_neither_valid_nor_wrong(number: str) -> None:
    assert read_id(number) == (None, "other_document")


@pytest.mark.parametrize("area", ["810000", "820000", "830000", "911100"])
def test_d13_residence_permits_in_the_shape_of_an_id_card_are_ids(area: str) -> None:
    number = id_number("19800415", 11, area)
    assert read_id(number) == (number, "valid")


@pytest.mark.parametrize("number", ["12345678", "331099", "33109919800415001", "AB", "13912345678", "王某1234567"])
def test_d13_what_is_cut_off_or_in_the_wrong_column_stays_wrong(number: str) -> None:
    assert read_id(number) == (None, "invalid")


def test_d13_the_row_counts_says_so_and_is_no_id_present() -> None:
    lines = [["甲", "女", VALID_ID, "2014-06-03"], ["乙", "男", "E12345678", "2014-06-04"]]
    page = read_page(["死亡登记表"], [ABOVE], ["姓名", "性别", "身份证号", "死亡日期"], *lines)
    assert page.cells["id_status"] == ["valid", "other_document"]
    assert page.cells["person_key"][1] is None
    assert (page.ids_present, page.ids_valid, page.accepted) == (1, 1, 2)
    assert list(found(page)) == [("id.other_document", 5, "person_key")]


COUPLE = person(MAN, "王甲", "男", "1983-04"), person(id_number("19900101", 24), "赵丙", "女", "1990-01", "1", "配偶")
LISTED = ["户编码", "户主姓名", "姓名", "与户主关系", "性别", "人户状态", "身份证号"]


@pytest.mark.parametrize(
    ("head", "status", "is_said"),
    [("王远", "人户一致", False), ("", "人在户不在", False), ("李乙", "人户一致", True), ("同上", "人户一致", True)],
)
def test_a_spouse_alone_whose_row_says_where_the_head_is_lacks_none(head: str, status: str, is_said: bool) -> None:
    family = [["1", "王甲", "王甲", "户主", "男", "人户一致", MAN], ["2", head, "李乙", "配偶", "女", status, WOMAN]]
    page = read_page(["人口登记册"], [ABOVE], LISTED, *family)
    assert [rule for rule, *_ in found(page)] == (["row.no_head"] if is_said else [])


def test_a_spouse_alone_of_whom_nothing_more_is_known_lacks_a_head(tmp_path: Path) -> None:
    assert roster(tmp_path, *COUPLE, person(WOMAN, "李乙", "女", "1960-07", "2", "配偶")) == [
        ("row.no_head", 6, "relation_code")
    ]
    assert ROSTER[0] == "户编码"


def test_d14_on_a_half_of_the_moves_only_one_day_makes_a_repeat() -> None:
    headers = ["姓名", "性别", "身份证号", "迁入日期"]
    came = ["王甲", "男", MAN, "2014-06-03"]
    sheets = {
        "迁入": [["迁入登记表"], [ABOVE], headers, came, ["王甲", "男", MAN, "2014-06-20"], [*came, "补"]],
        "迁出": [["迁出登记表"], [ABOVE], [*headers[:3], "迁出日期"], ["王甲", "男", MAN, "2014-06-12"]],
    }
    arrivals, departures = read_book(sheets)
    assert [entry for entry in found(arrivals) if entry[0] == "id.repeated"] == [("id.repeated", 6, "person_key")]
    assert list(found(departures)) == []
