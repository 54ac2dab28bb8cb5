"""Villages under another name: what is shown as likely is right, and a neighbour is never likely."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.village_renames import answers, shipped
from orchestration.ingest.proposals.confidence import LIKELY
from orchestration.ingest.proposals.villages import nearest, renamed
from orchestration.ingest.reference import OPEN_END, Division
from orchestration.settings import REFERENCE_INPUT_DIR
from tests.conftest import run_taizhang

COUNTY, TOWN = "410823000000", "410823100000"


def village(number: int, name: str) -> Division:
    return Division(f"410823100{number}", name, "", "village", TOWN, date(2016, 1, 1), OPEN_END, COUNTY)


def test_likely_is_right_on_the_shipped_lists() -> None:
    told = [answer for _, answer in answers(shipped())]
    likely = [answer.right for answer in told if answer.chance >= LIKELY]
    assert len(likely) > 500
    assert sum(likely) / len(likely) >= 0.99
    assert not [answer for answer in told if answer.kind == "missing" and answer.chance >= LIKELY]


@pytest.mark.parametrize(
    ("one", "other"),
    [("南贺庄村", "北贺庄村"), ("东阳照村", "西阳照村"), ("上坪村", "下坪村"), ("一街村", "二街村"),
     ("前堤村", "后堤村"),
     ("王庄村", "李庄村"), ("大刘庄村", "小刘庄村"), ("西曲村", "西曲社区居委会")],
)  # fmt: skip
def test_a_neighbour_is_never_likely(one: str, other: str) -> None:
    assert all(found.chance < 0.6 for found in nearest(one, {other: "410823100201"}))


@pytest.mark.parametrize(
    ("old", "new"),
    [("王肇村委会", "王肇村民委员会"), ("祁庄村村民委员会", "祁庄村民委员会"), ("丰收社区居委会", "丰收社区居民委员会"),
     ("十街街民委员会村委会", "十街村民委员会")],
)  # fmt: skip
def test_another_word_for_the_committee_is_likely(old: str, new: str) -> None:
    (found,) = nearest(old, {new: "410823100201"})
    assert found.chance >= LIKELY


def test_two_villages_of_one_stem_are_not_told_apart() -> None:
    found = nearest("西曲村委会", {"西曲村": "410823100201", "西曲村村民委员会": "410823100202"})
    assert [one.chance for one in found] == [0.5, 0.5]


def test_a_list_of_a_later_year_tells_renamed_and_recoded_villages_and_no_merger() -> None:
    older = [village(201, "王肇村委会"), village(202, "东张计村委会"), village(203, "李湾村"), village(204, "南坡村")]
    newer = [
        village(201, "王肇村民委员会"),
        village(202, "魁张镇村委会"),
        village(213, "李湾村民委员会"),
        village(205, "北坡村"),
    ]
    told = {one.name: (one.now_code[-3:], one.basis, one.chance >= LIKELY) for one in renamed(older, newer)}
    assert told == {
        "王肇村委会": ("201", "code", True),
        "东张计村委会": ("202", "code", False),
        "李湾村": ("213", "committee", True),
        "南坡村": ("205", "telling", False),
    }


def test_the_verb_compares_a_list_with_the_one_in_use(tmp_path: Path) -> None:
    text = (REFERENCE_INPUT_DIR / "divisions_real.csv").read_text("utf-8")
    newer = tmp_path / "divisions.csv"
    newer.write_text(text.replace("百花社区居委会", "百花社区居民委员会"), "utf-8")
    told = json.loads(run_taizhang("units", "--newer", newer, "--json", home=tmp_path / "home").out)
    assert [(row["name"], row["now_name"], row["grade"]) for row in told] == [
        ("百花社区居委会", "百花社区居民委员会", "likely")
    ]
