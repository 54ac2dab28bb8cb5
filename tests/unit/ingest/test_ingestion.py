"""Runs over a landing folder: what is read again, what is not, and what never leaves the reader."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest import chunk_reader, lake, register
from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers.opening import RawSheet, Refusal, open_sheets
from orchestration.ingest.ingestion import ingest_landing, pending, replay
from orchestration.ingest.layout import Catalogue, load_catalogue
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reading import SheetReader
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.rules import catalogue as rule_catalogue
from orchestration.ingest.submission import stated_version
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import death, deaths

PATH = "received=2014-07-05/临江镇砚池村2014年6月台账.xlsx"
CANARY_NAME = "金丝雀"
CANARIES = ["金丝雀甲", "CANARYB", "13912345678", "11010519491231002X", "6228480402564890018", "金丝雀巷九号"]


def _count(settings: Settings, form: str) -> int:
    return pl.read_parquet(settings.lake / form / "*" / "*.parquet").height


def test_a_second_run_reads_nothing_and_changes_nothing(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    books.put(home, PATH, books.workbook({"死亡": deaths(death(1))}))
    assert [file.path for file in pending(home)] == [PATH]
    ingest_landing(home)
    before = {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()}
    assert pending(home) == []
    assert ingest_landing(home).files_read == 0
    assert {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()} == before


def test_the_same_bytes_at_another_place_are_registered_and_not_counted_twice(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    content = books.workbook({"死亡": deaths(death(1))})
    books.put(home, PATH, content)
    ingest_landing(home)
    books.put(home, PATH.replace("07-05", "07-02"), content)
    ingest_landing(home)
    seen = register.read_submissions(home)
    assert seen["status"].to_list() == ["accepted", "duplicate"]
    assert seen["submission_id"].n_unique() == 1
    assert _count(home, "L03") == 1


def test_the_same_bytes_for_another_unit_are_another_submission(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    content = books.workbook({"死亡": [["死亡登记表2014年6月"], books.L03_HEADERS, death(1)]})
    books.put(home, "临江镇砚池村.xlsx", content)
    books.put(home, "临江镇听泉村.xlsx", content)
    ingest_landing(home)
    seen = register.read_submissions(home)
    assert seen["status"].to_list() == ["accepted", "accepted"]
    assert seen["submission_id"].n_unique() == 2


def test_everything_can_be_read_again_from_the_archive_alone(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    file = books.put(home, PATH, books.workbook({"死亡": deaths(death(1))}))
    ingest_landing(home)
    first = register.read_submissions(home)
    file.unlink()
    ingest_landing(home, full=True)
    both = register.read_submissions(home)
    assert both["reading"].to_list() == ["first", "replay"]
    for kept in ("submission_id", "received_on", "first_seen", "accepted"):
        assert both[kept].to_list() == first[kept].to_list() * 2


def test_replay_reads_the_asked_form_month_or_rule(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    books.put(home, PATH, books.workbook({"死亡": deaths(death(1, number="1"))}))
    ingest_landing(home)
    assert replay(home, "L02", None, None).files_read == 0
    assert replay(home, "L03", "2014-07", None).files_read == 0
    assert replay(home, "L03", "2014-06", "2014-06").files_read == 1
    assert replay(home, None, None, None, "id.invalid").files_read == 1
    assert replay(home, None, None, None, "date.lunar").files_read == 0


@pytest.mark.parametrize(
    ("form", "first", "last", "remedy"),
    [
        ("L99", None, None, "L01"),
        ("l03", None, None, "L03"),
        (None, "2014-13", "2014-13", "YYYY-MM..YYYY-MM"),
        (None, "2014", "2014", "YYYY-MM..YYYY-MM"),
        (None, "2014-01", "2014-06..2014-07", "YYYY-MM..YYYY-MM"),
        (None, "2014-06", "2014-01", "YYYY-MM..YYYY-MM"),
    ],
)
def test_a_replay_of_what_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, form: str | None, first: str | None, last: str | None, remedy: str
) -> None:
    home = Settings(home=tmp_path / "home")
    with pytest.raises(UsageError) as caught:
        replay(home, form, first, last)
    assert caught.value.exit_code == 64
    assert remedy in caught.value.remedy_en
    assert remedy in caught.value.remedy_zh
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_run_left_is_swept(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    books.put(home, PATH, books.workbook({"死亡": deaths(death(1))}))
    ingest_landing(home)
    kept = next(path for path in home.lake.glob("L03/*/b*.parquet"))
    stray = kept.with_name("b000009-deadbeef.parquet")
    stray.write_bytes(kept.read_bytes())
    ingest_landing(home)
    assert kept.exists()
    assert not stray.exists()


def test_two_homes_with_one_key_hold_the_same_bytes(tmp_path: Path) -> None:
    content = books.workbook({"死亡": deaths(death(1))})
    found = []
    for name in ("a", "b"):
        home = Settings(home=tmp_path / name, key_file=tmp_path / "key")
        home.landing.mkdir(parents=True)
        books.put(home, PATH, content)
        ingest_landing(home)
        found.append({path.relative_to(home.lake): path.read_bytes() for path in home.lake.rglob("*.parquet")})
    assert found[0] == found[1]


def test_links_and_files_of_office_programs_are_not_read(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    outside = tmp_path / "outside.xlsx"
    outside.write_bytes(books.workbook({"死亡": deaths(death(1))}))
    (home.landing / "link.xlsx").symlink_to(outside)
    books.put(home, "~$台账.xlsx", b"lock")
    books.put(home, ".hidden", b"x")
    books.put(home, "scan.pdf", b"%PDF-1.4")
    ingest_landing(home)
    seen = register.read_submissions(home)
    assert dict(zip(seen["file_path"], seen["rule_id"], strict=True)) == {
        "link.xlsx": "file.link", "scan.pdf": "file.pdf",
    }  # fmt: skip
    assert pending(home) == []


def test_no_landing_folder_is_a_wrong_call_and_a_lost_key_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        ingest_landing(Settings(home=tmp_path / "none"))
    home = books.home(tmp_path)
    books.put(home, PATH, books.workbook({"死亡": deaths(death(1))}))
    ingest_landing(home)
    home.key_file.unlink()
    with pytest.raises(CouldNotRun):
        ingest_landing(home)


def test_every_form_can_be_queried_before_anything_came(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    ingest_landing(home)
    for form, layout in load_catalogue().layouts.items():
        schema = pl.read_parquet_schema(lake.batch_file(home.lake, form, lake.EMPTY_PERIOD, "schema"))
        assert schema == pl.Schema(layout.lake_schema)


@pytest.mark.parametrize("column", range(len(books.L03_HEADERS)))
@pytest.mark.parametrize("canary", CANARIES)
def test_nothing_personal_typed_into_any_column_is_written(tmp_path: Path, column: int, canary: str) -> None:
    home = books.home(tmp_path)
    row = death(1)
    row[column] = canary
    page = deaths(row)
    page[2] = [*page[2], "备注", "妇检结果"]
    page[3] = [*page[3], canary, canary]
    books.put(home, PATH, books.workbook({"死亡": page}))
    ingest_landing(home)
    for path in home.lake.rglob("*.parquet"):
        text = str(pl.read_parquet(path).to_dicts())
        assert canary not in text
    assert CANARY_NAME not in str(register.read_quarantine(home)["raw_text"].to_list())


CELLS = st.one_of(
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.sampled_from(["", "合计", "同上", "×××", "男", "女", "2014.6.3", "注:", "填表人:", "-", *CANARIES]),
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> SheetReader:
    catalogue = load_catalogue()
    divisions = compile_reference(Settings(home=tmp_path_factory.mktemp("reader")))
    return SheetReader(catalogue, Units(divisions), ColumnReaders(catalogue, Pseudonyms(b"k" * 32)))


@profile(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=6))
def test_whatever_the_cells_no_row_is_lost(reader: SheetReader, cells: list[list[object]]) -> None:
    head = [[title, *[""] * 7] for (title, *_) in deaths()[:2]]
    raw = RawSheet(1, "死亡", [*head, list(books.L03_HEADERS), *(list(row) for row in cells)])
    readings = reader.read(raw, PATH, date(2014, 7, 5), date(2014, 7, 5))
    filled = sum(
        any(cell != "" and not (isinstance(cell, str) and not cell.strip()) for cell in row) for row in raw.rows
    )
    assert sum(reading.rows_seen for reading in readings) == filled
    for reading in readings:
        assert reading.rows_seen == reading.accepted + reading.quarantined + reading.duplicate + reading.non_data
        assert all(len(column) == reading.accepted for column in reading.cells.values())
        assert {finding.rule_id for finding in reading.findings} <= set(rule_catalogue())


@profile(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_the_bytes_a_file_is_read_or_refused(content: bytes) -> None:
    with suppress(Refusal):
        list(open_sheets(content))


def test_versions_stated_by_file_names_are_ranked_as_ruled() -> None:
    names = ["台账.xlsx", "台账(2).xlsx", "台账(定稿).xlsx", "台账(定稿)2.xlsx", "台账最终版.xlsx", "台账最终版2.xlsx"]
    ranks = [stated_version(name) for name in names]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(
    "part",
    [("L03", None, None, None), (None, "2014-06", "2014-06", None), (None, None, None, "code.unknown")],
    ids=["form", "period", "rule"],
)
def test_what_is_read_again_under_a_better_layout_takes_the_place_of_the_first_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: tuple[str | None, str | None, str | None, str | None]
) -> None:
    home = books.home(tmp_path)
    books.put(home, PATH, books.workbook({"死亡": deaths(death(1), death(2, sex="男士", number="440524188001010014"))}))
    ingest_landing(home)
    assert register.read_submissions(home)["status"].to_list() == ["partial"]
    better = load_catalogue()
    words = {**better.common.code_lists["sex"], "male": (*better.common.code_lists["sex"]["male"], "男士")}
    common = better.common.model_copy(update={"code_lists": {**better.common.code_lists, "sex": words}})
    monkeypatch.setattr(chunk_reader, "load_catalogue", lambda: Catalogue(better.layouts, common))
    assert replay(home, *part).files_read == 1
    seen = register.read_submissions(home)
    assert seen["submission_id"].n_unique() == 1
    assert list(zip(seen["batch_no"], seen["reading"], seen["status"], seen["accepted"], strict=True)) == [
        (1, "first", "partial", 1), (2, "replay", "accepted", 2),
    ]  # fmt: skip
    latest = seen.sort("batch_no")["batch_id"][-1]
    lake_rows = pl.read_parquet(home.lake / "L03" / "*" / "*.parquet")
    assert lake_rows.filter(pl.col("batch_id") == latest).height == 2
