"""The counties as places: shipped lists, lineage, and which villages take part in a run."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.errors import UsageError
from orchestration.synthesis.counties.county import County, known_counties, load_county, plan
from orchestration.synthesis.counties.lineage import Village, lineage
from orchestration.synthesis.counties.places import DIVISIONS_FILE, OPEN_END, division_list, rows
from orchestration.synthesis.months import first_day, month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.schemas import SCHEMAS

START = month_number(2014, 1)
MERGER = date(2018, 1, 1)
SAMPLE = {
    "331099001000": ["星湾社区", "鹤汀社区", "槐荫社区", "织云社区", "橹声社区"],
    "331099100000": ["砚池村", "听泉村", "竹溪村", "雁落村", "青瓦村"],
    "331099200000": ["竹溪村", "白鹭坪村", "茶烟村", "松影村"],
}


@pytest.fixture(scope="module")
def county() -> County:
    return load_county("331099")


def _options(villages: int, months: int = 6, *, seed: int = 1, persons: int = 0, county: str = "331099") -> Options:
    return Options(county, villages, persons or villages * 100, months, seed, START)


def test_the_shipped_list_is_what_its_sources_give() -> None:
    assert DIVISIONS_FILE.read_bytes() == division_list()
    other_process = subprocess.run(
        [sys.executable, "-m", "orchestration.synthesis.counties.places"], capture_output=True, check=True
    )
    assert other_process.stdout == division_list()


def test_the_county_has_the_structure_of_its_model(county: County) -> None:
    at_first = [village for village in county.villages if village.valid_from < MERGER]
    after = [village for village in county.villages if village.valid_to > MERGER]
    assert (len(county.townships), len(at_first), len(after)) == (19, 569, 350)
    assert Counter(township.name_zh[-1] for township in county.townships) == {"道": 8, "镇": 5, "乡": 6}
    assert sum(village.valid_to == MERGER for village in county.villages) == 352
    assert {village.valid_to for village in county.villages} == {MERGER, OPEN_END}


def test_the_villages_of_the_sample_stay(county: County) -> None:
    for township, names in SAMPLE.items():
        found = {v.name_zh: v for v in county.villages if v.township_code == township}
        assert all(found[name].valid_to == OPEN_END for name in names)
    for township, first in (("331099001000", 1), ("331099100000", 201), ("331099200000", 201)):
        codes = [
            int(v.division_code[9:])
            for v in county.villages
            if v.name_zh in SAMPLE[township] and v.township_code == township
        ]
        assert codes == list(range(first, first + len(SAMPLE[township])))


@pytest.mark.parametrize(
    ("code", "townships", "villages", "renamed"), [("530899", 13, 170, 2022), ("410899", 15, 350, 2019)]
)
def test_a_change_of_style_renames_everybody_and_moves_nobody(
    code: str, townships: int, villages: int, renamed: int
) -> None:
    found = load_county(code)
    assert (len(found.townships), len(found.villages), found.lineage) == (townships, villages, ())
    day = date(renamed, 1, 1)
    for village in found.villages:
        before, after = (
            found.name_on(village.division_code, date(renamed - 1, 12, 31)),
            found.name_on(village.division_code, day),
        )
        assert before == village.name_zh != after
        assert after.endswith("民委员会")


def test_names_are_unique_within_a_township_and_some_are_shared_by_two() -> None:
    for code in ("331099", "530899", "410899"):
        villages = [row for row in rows(code) if row.division_level == "village"]
        assert len({(row.parent_code, row.name_zh, row.valid_from) for row in villages}) == len(villages)
        homes: dict[str, set[str]] = {}
        for row in villages:
            homes.setdefault(row.name_zh, set()).add(row.parent_code)
        shared = [name for name, townships in homes.items() if len(townships) > 1]
        assert 10 < len(shared) < len(homes) / 4


def test_no_township_bears_a_name_of_another_county_and_no_invented_village_that_of_a_real_one() -> None:
    with (DIVISIONS_FILE.parent / "divisions_real.csv").open(encoding="utf-8") as stream:
        real = list(csv.DictReader(stream))
    invented = [row for code in ("331099", "530899", "410899") for row in rows(code)]
    townships = Counter(
        name for _, name in {(row.division_code, row.name_zh) for row in invented if row.division_level == "township"}
    )
    assert max(townships.values()) == 1
    assert not set(townships) & {row["name_zh"] for row in real}
    villages = {row.name_zh for row in invented if row.division_level == "village"}
    assert not villages & {row["name_zh"] for row in real}


def test_every_merged_village_lives_on_in_one_of_its_township(county: County) -> None:
    parts = Counter(change.new for change in county.lineage)
    assert sorted(change.old for change in county.lineage) == [
        place for place, village in enumerate(county.villages) if village.valid_to == MERGER
    ]
    assert len(parts) == 133
    assert set(parts.values()) == {2, 3, 4}
    for change in county.lineage:
        old, new = county.villages[change.old], county.villages[change.new]
        assert (change.effective, change.share) == (MERGER, 1.0)
        assert old.township_code == new.township_code
        assert old.valid_to == new.valid_from == change.effective


def _village(code: str, name: str, first: int, last: int) -> Village:
    return Village(code, name, code[:9], "某镇", date(first, 1, 1), date(last, 1, 1) if last else OPEN_END)


def _became(villages: list[Village]) -> list[tuple[str, str]]:
    return [
        (villages[change.old].division_code[-3:], villages[change.new].division_code[-3:])
        for change in lineage(villages)
    ]


def test_a_kept_name_goes_before_the_order_of_codes() -> None:
    villages = [
        _village("440000100201", "甲村委会", 2000, 2018),
        _village("440000100202", "乙村委会", 2000, 2018),
        _village("440000100203", "丙村委会", 2000, 2018),
        _village("440000100204", "丁村委会", 2000, 2018),
        _village("440000100211", "丁村", 2018, 0),
        _village("440000100212", "戊村", 2018, 0),
    ]
    assert _became(villages) == [("201", "211"), ("202", "212"), ("203", "212"), ("204", "211")]


def test_a_township_coded_anew_keeps_its_villages_apart() -> None:
    villages = [
        _village("440000201201", "甲村村委会", 2000, 2018),
        _village("440000201202", "旧乙村委会", 2000, 2018),
        _village("440000107203", "新乙村民委员会", 2018, 0),
        _village("440000107204", "甲村民委员会", 2018, 0),
    ]
    assert _became(villages) == [("201", "204"), ("202", "203")]


def test_a_code_that_ends_where_none_begins_has_no_successor() -> None:
    villages = [_village("440000100201", "甲村", 2000, 2018), _village("440000100202", "乙村", 2000, 0)]
    assert _became(villages) == []


@pytest.mark.parametrize(
    ("code", "villages", "townships"), [("331003", 660, 19), ("530823", 170, 13), ("410823", 412, 18)]
)
def test_real_lists_need_to_be_asked_for(code: str, villages: int, townships: int) -> None:
    with pytest.raises(UsageError, match="exists"):
        load_county(code)
    found = load_county(code, real_names=True)
    assert (len(found.villages), len(found.townships)) == (villages, townships)
    assert found.figures == load_county(known_counties()[code]).figures


def test_a_fictional_county_has_no_real_names_and_an_unknown_one_nothing() -> None:
    with pytest.raises(UsageError, match="fictional") as caught:
        load_county("331099", real_names=True)
    assert "331003" in caught.value.remedy_zh
    with pytest.raises(UsageError) as caught:
        load_county("110101")
    assert all(code in caught.value.remedy_en for code in known_counties())


def test_the_real_merger_is_that_of_the_lists() -> None:
    county = load_county("331003", real_names=True)
    changes = [change for change in county.lineage if change.effective == MERGER]
    assert len(changes) == 301
    assert len({change.new for change in changes}) == 133


@settings(max_examples=40, deadline=None)
@given(
    villages=st.integers(1, 569), spare=st.integers(0, 50_000), seed=st.integers(0, 2**31), months=st.integers(1, 120)
)
def test_a_plan_keeps_its_promises(villages: int, spare: int, seed: int, months: int) -> None:
    county = load_county("331099")
    persons = villages * 20 + spare
    found, changes = plan(county, _options(villages, months, seed=seed, persons=persons))
    assert dict(found.schema) == SCHEMAS["villages"]
    assert dict(changes.schema) == SCHEMAS["lineage"]
    assert found["village"].to_list() == list(range(found.height))
    assert found["persons_wanted"].sum() == persons
    end = first_day(START + months)
    begins_later = pl.col("valid_from") > first_day(START)
    assert found.filter(~begins_later).height == villages
    assert found.filter(~begins_later)["persons_wanted"].min() >= 10
    assert found.filter(begins_later)["persons_wanted"].sum() == 0
    assert found["valid_from"].max() < end
    followed = found.filter(pl.col("valid_to") < end)["village"].to_list()
    assert sorted(changes["old_village"].to_list()) == followed
    assert set(changes["new_village"].to_list()) == set(found.filter(begins_later)["village"].to_list())
    townships = found.filter(~begins_later).group_by("township_code").len()["len"]
    assert len(townships) >= min(-(-villages // 10), 19)
    assert villages < 4 or len(townships) >= 2


def test_townships_take_equal_parts(county: County) -> None:
    found, _ = plan(county, _options(100))
    sizes = found.group_by("township_code").len()["len"]
    assert (len(sizes), sizes.min(), sizes.max()) == (10, 10, 10)


def test_a_longer_run_only_adds_rows(county: County) -> None:
    short, _ = plan(county, _options(60, 12))
    to_the_merger, none = plan(county, _options(60, 48))
    past_it, changes = plan(county, _options(60, 49))
    assert short.equals(to_the_merger)
    assert none.is_empty()
    assert changes.height > 10
    assert past_it.head(60).equals(short)


def test_sizes_depend_on_the_seed_and_are_spread_like_villages(county: County) -> None:
    first = plan(county, _options(400, seed=1, persons=400_000))[0]["persons_wanted"]
    again = plan(county, _options(400, seed=1, persons=400_000))[0]["persons_wanted"]
    other = plan(county, _options(400, seed=2, persons=400_000))[0]["persons_wanted"]
    assert first.equals(again)
    assert not first.equals(other)
    assert first.log().std() == pytest.approx(0.55, abs=0.06)


def test_a_run_in_a_county_that_renamed_begins_with_the_names_of_its_day() -> None:
    county = load_county("530899")
    late = Options("530899", 10, 1000, 6, 1, month_number(2022, 3))
    assert plan(county, late)[0]["name_zh"].str.ends_with("民委员会").all()
    early = Options("530899", 10, 1000, 120, 1, START)
    assert plan(county, early)[0].height == 10


def test_a_village_that_vanishes_from_the_real_list_takes_no_part() -> None:
    county = load_county("331003", real_names=True)
    options = Options("331003", 516 - 4, 51_200, 6, 1, START, real_names=True)
    found, _ = plan(county, options)
    assert found.height == 512
    assert "西街社区居委会" not in found["name_zh"].to_list()
