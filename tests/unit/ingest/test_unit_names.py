"""A village is found by a name that is not in the list only after a person has confirmed it, and in its township."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest import register, unit_names
from orchestration.ingest.ingestion import ingest_landing, replay
from orchestration.ingest.unit_names import UnitName
from orchestration.settings import Settings
from orchestration.standing import fingerprint
from tests.conftest import run_taizhang
from tests.unit.ingest import books
from tests.unit.ingest.books import L03_HEADERS, death

TOWN, VILLAGE, OTHER = "331099100000", "331099100201", "331099100202"
NAME = UnitName("砚石池村", TOWN, VILLAGE, "Z.W.", date(2014, 8, 1))
PAGE = [["2014年6月死亡登记表"], ["填报单位:临江镇砚石池村"], L03_HEADERS, death(1)]


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    settings = books.home(tmp_path)
    books.put(settings, "received=2014-07-05/台账.xlsx", books.workbook({"死亡": PAGE}))
    ingest_landing(settings)
    return settings


def units(settings: Settings) -> list[str | None]:
    return register.read_submissions(settings)["unit_code"].to_list()


def test_an_unknown_name_is_proposed_and_never_used(home: Settings) -> None:
    found = unit_names.proposals(home)
    assert found.select("name_written", "township_code", "division_code", "name_zh").row(0) == (
        "砚石池村", TOWN, VILLAGE, "砚池村",
    )  # fmt: skip
    assert units(home) == [None]


def test_a_confirmed_name_is_read_and_changes_what_a_run_does(home: Settings) -> None:
    before = fingerprint(home)
    unit_names.confirm(home, NAME)
    assert fingerprint(home) != before
    assert replay(home, None, None, None, "sheet.unknown_unit").files_read == 1
    assert units(home) == [None, VILLAGE]
    assert unit_names.proposals(home).is_empty()


def test_a_name_withdrawn_is_unknown_again_and_no_line_is_lost(home: Settings) -> None:
    unit_names.confirm(home, NAME)
    unit_names.confirm(home, replace(NAME, division_code="", confirmed_on=date(2014, 9, 1)))
    replay(home, None, None, None, "sheet.unknown_unit")
    assert units(home) == [None, None]
    assert [(name.division_code, name.confirmed_on) for name in unit_names.read(home)] == [
        (VILLAGE, date(2014, 8, 1)), ("", date(2014, 9, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"division_code": "331099200201"},
        {"name_written": "听泉村"},
        {"name_written": "a,b"},
        {"confirmed_by": ""},
    ],
)
def test_what_cannot_hold_is_not_confirmed(home: Settings, change: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        unit_names.confirm(home, replace(NAME, **change))
    assert unit_names.read(home) == []


def test_a_name_of_another_village_is_not_overruled_by_the_list(home: Settings) -> None:
    home.reference_dir.mkdir(exist_ok=True)
    lines = [",".join(unit_names.COLUMNS), f"听泉村,{TOWN},{VILLAGE},Z.W.,2014-08-01"]
    (home.reference_dir / unit_names.FILE).write_text("\n".join(lines) + "\n", "utf-8")
    page = [["2014年6月死亡登记表"], ["填报单位:临江镇听泉村"], L03_HEADERS, death(1)]
    books.put(home, "received=2014-07-06/台账.xlsx", books.workbook({"死亡": page}))
    ingest_landing(home)
    assert units(home)[-1] == OTHER


def test_a_damaged_list_stops_the_run(home: Settings) -> None:
    home.reference_dir.mkdir(exist_ok=True)
    (home.reference_dir / unit_names.FILE).write_text(",".join(unit_names.COLUMNS) + "\nx,1,2,3,4\n", "utf-8")
    with pytest.raises(CouldNotRun) as caught:
        ingest_landing(home)
    assert caught.value.address == "unit_names.csv, line 2"


def test_the_command_shows_proposals_and_takes_a_word_on_one(home: Settings) -> None:
    shown = json.loads(run_taizhang("--json", "units", home=home.home).out)
    assert [(line["written"], line["division"]) for line in shown][:1] == [("砚石池村", VILLAGE)]
    assert run_taizhang("units", "--confirm", "砚石池村", home=home.home).code == 64
    word = ("--township", TOWN, "--division", VILLAGE, "--by", "Z.W.")
    assert (
        "replay --rule sheet.unknown_unit" in run_taizhang("units", "--confirm", "砚石池村", *word, home=home.home).err
    )
    assert [name.division_code for name in unit_names.read(home)] == [VILLAGE]
