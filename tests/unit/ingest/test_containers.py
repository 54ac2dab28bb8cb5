"""Files of every kind in one landing: each is read or refused with its reason, and every row is accounted for."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

import polars as pl
import pytest

from orchestration.ingest import register, rules
from orchestration.ingest.ingestion import ingest_landing, replay
from orchestration.settings import Settings
from tests.conftest import Taizhang
from tests.unit.ingest import corpus
from tests.unit.ingest.books import VALID_ID, put

SOUND, HOSTILE = corpus.sound(), corpus.hostile()
ARCHIVE, MEMBERS = corpus.archive()


@dataclass(frozen=True)
class Home:
    settings: Settings
    register: pl.DataFrame
    quarantine: pl.DataFrame

    def of(self, path: str) -> pl.DataFrame:
        return self.register.filter(pl.col("file_path") == path)

    def rules_of(self, path: str) -> list[str]:
        return self.quarantine.filter(pl.col("file_path") == path)["rule_id"].to_list()


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Home:
    place = tmp_path_factory.mktemp("containers")
    settings = Settings(home=place / "home", max_file_mb=8)
    settings.landing.mkdir(parents=True)
    for name, content in {**SOUND, **corpus.long_cells(), "marked.xlsx": corpus.marked()}.items():
        put(settings, f"sound/{name}", content)
    for name, (content, _) in HOSTILE.items():
        put(settings, f"hostile/{name}", content)
    put(settings, "received=2014-07-03/many.zip", ARCHIVE)
    for number, name in enumerate(corpus.NAMES):
        put(settings, f"names/{name}", corpus.text(corpus.one(f"某{number}")).encode())
    gbk = settings.landing / os.fsdecode("names/死亡.csv".encode("gb18030"))
    gbk.write_bytes(corpus.text(corpus.one("某某某")).encode())
    kinds = settings.landing / "kinds"
    kinds.mkdir()
    (kinds / "link.xlsx").symlink_to("/etc/passwd")
    (kinds / "folder").symlink_to("/etc")
    os.mkfifo(kinds / "pipe.xlsx")
    with (kinds / "sparse.xlsx").open("wb") as handle:
        handle.truncate(2**40)
    ingest_landing(settings)
    assert sorted(path.name for path in place.iterdir()) == ["home", "home.key"]
    assert not [path for path in place.rglob("*") if "evil" in path.name]
    return Home(settings, register.read_submissions(settings), register.read_quarantine(settings))


@pytest.mark.parametrize("name", sorted(SOUND))
def test_d24_a_ledger_is_read_in_every_container(name: str, received: Home) -> None:
    (row,) = received.of(f"sound/{name}").iter_rows(named=True)
    assert (row["form"], row["period"], row["status"], row["accepted"]) == ("L03", "2014-06", "accepted", 1)


def test_d01_every_encoding_gives_the_same_row(received: Home) -> None:
    texts = [
        name for name in SOUND if name in ("mark.csv", "plain.csv", "wide.csv", "gbk.csv", "gbk_taken_for_latin.csv")
    ]
    keys = {received.of(f"sound/{name}")["unit_code"].item() for name in texts}
    assert len(texts) == 5
    assert len(keys) == 1


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_file_made_to_do_harm_is_refused_with_its_reason(name: str, received: Home) -> None:
    (row,) = received.of(f"hostile/{name}").iter_rows(named=True)
    assert (row["status"], row["rule_id"], row["rows_seen"]) == ("refused", HOSTILE[name][1], 0)
    assert all(rules.rule(row["rule_id"]))


def test_rows_add_up_in_every_sheet_that_opened(received: Home) -> None:
    parts = pl.sum_horizontal("accepted", "quarantined", "duplicate", "non_data")
    assert received.register.filter(parts != pl.col("rows_seen")).is_empty()
    assert received.register["rows_seen"].sum() > 100


@pytest.mark.parametrize("name", ["long.csv", "long.ods"])
def test_a_cell_of_a_million_characters_is_a_finding_and_the_other_row_counts(name: str, received: Home) -> None:
    (row,) = received.of(f"sound/{name}").iter_rows(named=True)
    assert row["accepted"] >= 1
    assert "cell.too_long" in received.rules_of(f"sound/{name}")


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_each_member_of_an_archive_is_a_file_of_its_own(name: str, received: Home) -> None:
    (row,) = received.of(f"received=2014-07-03/many.zip!/{name}").iter_rows(named=True)
    assert str(row["received_on"]) == "2014-07-03"
    assert row["rule_id"] == MEMBERS[name]
    assert row["accepted"] == (MEMBERS[name] is None)


def test_an_archive_says_nothing_of_itself_and_what_a_system_left_in_it(received: Home) -> None:
    paths = received.register.filter(pl.col("file_path").str.contains("many.zip"))["file_path"].to_list()
    assert sorted(path.rpartition("!/")[2] for path in paths) == sorted(name.rpartition("!/")[2] for name in MEMBERS)


@pytest.mark.parametrize(("name", "shown"), corpus.NAMES.items())
def test_a_name_is_written_down_in_characters_that_show(name: str, shown: str, received: Home) -> None:
    assert received.of(f"names/{shown}")["accepted"].to_list() == [1], name


@pytest.mark.parametrize(
    ("name", "rule_id"),
    [
        ("link.xlsx", "file.link"),
        ("folder", "file.link"),
        ("pipe.xlsx", "file.no_file"),
        ("sparse.xlsx", "file.too_big"),
    ],
)
def test_what_is_no_file_is_refused_without_being_opened(name: str, rule_id: str, received: Home) -> None:
    assert received.of(f"kinds/{name}")["rule_id"].to_list() == [rule_id]


def test_d23_what_a_workbook_shows_beside_its_values_is_told_and_never_silently_used(received: Home) -> None:
    (row,) = received.of("sound/marked.xlsx").iter_rows(named=True)
    found = received.quarantine.filter(pl.col("file_path") == "sound/marked.xlsx")
    told = {(rule_id, number, cell) for rule_id, number, cell in found.select("rule_id", "row_no", "cell").iter_rows()}
    assert told >= {
        ("row.struck_out", 5, None), ("cell.struck_out", 6, "E6"), ("row.hidden", 7, None), ("column.hidden", 3, "E3"),
        ("cell.commented", 8, "B8"), ("cell.error", 9, "E9"), ("formula.no_value", 10, "F10"),
    }  # fmt: skip
    assert (row["accepted"], row["quarantined"]) == (5, 2)
    assert not any("某人" in str(value) for row in found.iter_rows() for value in row)


def test_a_second_run_reads_nothing_and_a_replay_the_same(received: Home) -> None:
    assert ingest_landing(received.settings).files_read == 0
    replay(received.settings, "L03", None, None)
    again = received.settings
    last = register.read_submissions(again).filter(pl.col("reading") == "replay")
    counts = ["file_path", "sheet_no", "status", "accepted", "quarantined"]
    first = received.register.filter((pl.col("form") == "L03") & (pl.col("status") != "duplicate"))
    assert (
        last.filter(pl.col("status") != "duplicate")
        .select(counts)
        .sort(counts)
        .equals(first.select(counts).sort(counts))
    )


def test_a_name_on_the_screen_is_no_markup_and_moves_no_cursor(received: Home, taizhang: Taizhang) -> None:
    for verb in ("submissions", "quarantine"):
        shown = taizhang(verb, home=received.settings.home)
        listed = taizhang("--json", verb, home=received.settings.home)
        assert shown.code == listed.code == 0, shown.err
        assert len(json.loads(listed.out)) > 20
        assert not set("\x1b\u202e\x07").intersection(shown.out + listed.out)
        assert "[/bold].csv" in shown.out or verb == "quarantine"


def test_no_text_of_a_cell_reaches_the_lake_as_a_formula(received: Home) -> None:
    frames = [pl.read_parquet(path) for path in received.settings.lake.rglob("*.parquet") if "schema" not in path.name]
    texts = {
        value for frame in frames for column in frame.get_columns() if column.dtype == pl.String for value in column
    }
    assert frames
    assert not any(text and (corpus.FORMULA in text or corpus.MARKUP in text or VALID_ID in text) for text in texts)
