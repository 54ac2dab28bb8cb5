"""What a replay tells: what a better layout rescued, what still stands, and what is newly refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.ingest import chunk_reader
from orchestration.ingest.ingestion import ingest_landing, replay
from orchestration.ingest.layout import Catalogue, Layout, load_catalogue
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.ingest.rescue import Reading, Rescue, compare
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import OTHER_VALID_ID, death, deaths

PATH = "received=2014-07-05/临江镇砚池村2014年6月台账.xlsx"


def _books(home: Settings) -> Reading:
    return Reading(read_submissions(home), read_quarantine(home))


def _told(home: Settings, rule_id: str | None = None) -> Rescue:
    before = _books(home)
    replay(home, None, None, None, rule_id)
    return compare(before, _books(home))


def _with_words(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    """Today's layouts, with a further word for a sex and a further header for its column."""
    known = load_catalogue()
    sexes = {**known.common.code_lists["sex"]}
    if word := more.get("male"):
        sexes["male"] = (*sexes["male"], word)
    if word := more.get("less"):
        sexes["male"] = tuple(spelled for spelled in sexes["male"] if spelled != word)
    layouts = dict(known.layouts)
    if header := more.get("header"):
        layout = layouts["L03"].model_dump()
        layout["columns"]["sex"]["aliases"] += (header,)
        layouts["L03"] = Layout.model_validate(layout)
    common = known.common.model_copy(update={"code_lists": {**known.common.code_lists, "sex": sexes}})
    monkeypatch.setattr(chunk_reader, "load_catalogue", lambda: Catalogue(layouts, common))


def _home(tmp_path: Path, *rows: list[object], header: str = "性别") -> Settings:
    home = books.home(tmp_path)
    page = deaths(*rows)
    page[2] = [header if name == "性别" else name for name in page[2]]
    books.put(home, PATH, books.workbook({"死亡": page}))
    ingest_landing(home)
    return home


def test_a_new_header_rescues_the_sheet_with_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = _home(tmp_path, death(1), death(2, number=OTHER_VALID_ID), header="男或女")
    assert read_submissions(home)["status"].to_list() == ["quarantined"]
    rule_id = read_quarantine(home)["rule_id"][0]
    _with_words(monkeypatch, header="男或女")
    told = _told(home, rule_id)
    assert (told.files, told.sheets, told.rows, told.sheets_lost, told.rows_lost) == (1, 1, 2, 0, 0)
    assert told.rules == [
        {"rule_id": rule_id, "kind": "sheet", "refused_before": 1, "accepted_now": 1, "still_refused": 0,
         "newly_refused": 0},
    ]  # fmt: skip
    assert "1 sheets, 2 rows" in told.sentence_en
    assert "1 张表、2 行" in told.sentence_zh


def test_a_new_word_rescues_a_row_and_leaves_what_it_does_not_mean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = _home(tmp_path, death(1), death(2, sex="男士", number=OTHER_VALID_ID), death(3, day="某日", number="1"))
    _with_words(monkeypatch, male="男士")
    told = _told(home)
    assert (told.sheets, told.rows, told.cells, told.rows_lost) == (0, 1, 1, 0)
    rescued = [rule["rule_id"] for rule in told.rules if rule["accepted_now"]]
    assert rescued == ["code.unknown", "row.mandatory_unreadable"]
    row = next(rule for rule in told.rules if rule["kind"] == "row")
    assert (row["refused_before"], row["accepted_now"], row["still_refused"], row["newly_refused"]) == (2, 1, 1, 0)


def test_a_word_taken_away_is_told_as_newly_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = _home(tmp_path, death(1), death(2, sex="男", number=OTHER_VALID_ID))
    _with_words(monkeypatch, less="男")
    told = _told(home)
    assert (told.sheets, told.rows, told.cells, told.sheets_lost, told.rows_lost) == (0, 0, 0, 0, 1)
    assert {rule["rule_id"]: rule["newly_refused"] for rule in told.rules if rule["newly_refused"]} == {
        "code.unknown": 1, "row.mandatory_unreadable": 1,
    }  # fmt: skip
    assert "1 rows" in told.sentence_en.rpartition("refused now")[2]


def test_a_replay_under_the_same_rules_rescues_nothing_and_loses_nothing(tmp_path: Path) -> None:
    home = _home(tmp_path, death(1), death(2, sex="男士", number=OTHER_VALID_ID))
    told = _told(home)
    assert (told.files, told.sheets, told.rows, told.cells, told.sheets_lost, told.rows_lost) == (1, 0, 0, 0, 0, 0)
    assert [rule["refused_before"] - rule["still_refused"] for rule in told.rules] == [0, 0]


def test_a_replay_that_matches_nothing_tells_of_no_file(tmp_path: Path) -> None:
    home = _home(tmp_path, death(1))
    told = _told(home, "date.lunar")
    assert told == Rescue(0, 0, 0, 0, 0, 0, [])
