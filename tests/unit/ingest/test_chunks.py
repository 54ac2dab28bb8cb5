"""Reading in chunks: dealt by the files alone, read by one process or two, resumed where it was cut off."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from orchestration.errors import CouldNotRun
from orchestration.ingest import chunks, crew, lake, register
from orchestration.ingest.batches import Source
from orchestration.ingest.chunk_reader import ChunkReader
from orchestration.ingest.chunks import MOST_BYTES, MOST_FILES, Chunk, Received, deal
from orchestration.ingest.ingestion import ingest_landing, pending, replay
from orchestration.ingest.landing import LandingFile
from orchestration.ingest.reading import SheetReading
from orchestration.ingest.reference import Division
from orchestration.ingest.summary import IngestSummary
from orchestration.settings import PROJECT_ROOT, Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import death, ledger

VILLAGES = ("砚池村", "听泉村")
MONTHS = (3, 4, 5, 6)
DAY = date(2014, 7, 5)


def _file(path: str, sha256: str, size: int) -> Received:
    return Received(LandingFile(path, sha256, size, None), DAY)


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([0, 1, MOST_BYTES // 3, MOST_BYTES, 3 * MOST_BYTES])),
        max_size=30,
    )
)
def test_every_file_is_dealt_once_in_order_and_the_same_bytes_come_together(bodies: list[tuple[str, int]]) -> None:
    size = dict(bodies)
    files = [_file(f"{number:03d}", sha256, size[sha256]) for number, (sha256, _) in enumerate(bodies)]
    dealt = deal(files, "first", 7)
    assert sorted((received for chunk in dealt for received in chunk.files), key=lambda r: r.file.path) == files
    assert [chunk.batch_no for chunk in dealt] == list(range(8, 8 + len(dealt)))
    holders = {
        sha256: {chunk.batch_no for chunk in dealt for r in chunk.files if r.file.sha256 == sha256} for sha256 in size
    }
    assert all(len(numbers) == 1 for numbers in holders.values())
    for chunk in dealt:
        assert [r.file.path for r in chunk.files] == sorted(r.file.path for r in chunk.files)
        bodies_held = {r.file.sha256: r.file.size for r in chunk.files}
        assert sum(bodies_held.values()) <= MOST_BYTES or len(bodies_held) == 1


def test_a_chunk_holds_no_more_files_than_one_process_should() -> None:
    dealt = deal([_file(f"{number:05d}", str(number), 1) for number in range(MOST_FILES + 1)], "first", 0)
    assert [len(chunk.files) for chunk in dealt] == [MOST_FILES, 1]


def _landing(folder: Path) -> Path:
    """Eight books of two villages, one of them twice, one with a day that cannot be read, and one file that is none."""
    for number, (village, month) in enumerate((village, month) for village in VILLAGES for month in MONTHS):
        days = (f"2014-0{month}-03", "昨天" if number == 2 else f"2014年{month}月9日")
        rows = ledger("死亡登记表", books.L03_HEADERS, *(death(serial, day=day) for serial, day in enumerate(days)))
        path = folder / f"received=2014-0{month + 1}-05" / f"临江镇{village}2014年{month}月台账.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(books.workbook({"死亡": [rows[0], [f"填报单位:临江镇{village}"], *rows[2:]]}))
    again = folder / "received=2014-07-09" / path.name
    again.parent.mkdir()
    again.write_bytes(path.read_bytes())
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that was read in one piece."""
    folder = tmp_path_factory.mktemp("whole")
    settings = Settings(home=folder / "home", landing=_landing(folder / "landing"), key_file=folder / "key")
    ingest_landing(settings)
    return settings


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "MOST_FILES", 2)


def _beside(whole: Settings, home: Path, threads: int) -> Settings:
    return Settings(home=home, landing=whole.landing, key_file=whole.key_file, threads=threads)


def _contents(settings: Settings) -> Iterator[tuple[str, pl.DataFrame]]:
    """Everything in the lake but the numbers of its batches."""
    for form in ("L03",):
        rows = pl.read_parquet(settings.lake / form / "*" / "*.parquet").drop("batch_id")
        yield form, rows.sort("row_id")
    for book in lake.BOOKS:
        rows = lake.read_book(settings.lake, book).drop("batch_id", "batch_no", strict=False)
        yield book, rows.sort(rows.columns)


def _assert_same(one: Settings, other: Settings) -> None:
    for (name, left), (_, right) in zip(_contents(one), _contents(other), strict=True):
        assert left.height or name == "control_totals"
        assert_frame_equal(left, right)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.usefixtures("small_chunks")
def test_chunks_read_by_one_process_or_two_give_the_lake_of_one_piece(
    threads: int, whole: Settings, tmp_path: Path
) -> None:
    home = _beside(whole, tmp_path / "home", threads)
    told: list[tuple[int, int]] = []
    summary = ingest_landing(home, progress=lambda _, done, total: told.append((done, total)))
    assert (summary.files_read, len(summary.batch_ids)) == (10, 5)
    assert told[-1] == (10, 10)
    assert register.load(home).batches == set(summary.batch_ids)
    _assert_same(home, whole)
    assert replay(home, "L03", None, None).files_read == 9


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_files_in_any_order_over_several_runs_give_the_rows_of_one(seed: int, whole: Settings, tmp_path: Path) -> None:
    """Which of two places of the same bytes is the copy depends on what came first; what counts of them does not."""
    home = Settings(home=tmp_path / "home", key_file=whole.key_file)
    files = sorted(path for path in whole.landing.rglob("*") if path.is_file())
    random.Random(seed).shuffle(files)
    for hand in (files[::3], files[1::3], files[2::3]):
        for path in hand:
            target = home.landing / path.relative_to(whole.landing)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        ingest_landing(home)
    for (name, left), (_, right) in zip(_contents(home), _contents(whole), strict=True):
        if name == "submissions":
            left, right = (
                rows.group_by("submission_id", "file_sha256")
                .agg(pl.col("accepted", "quarantined", "non_data").sum(), pl.col("file_path", "status").sort())
                .sort("submission_id", "file_sha256")
                for rows in (left, right)
            )
        assert_frame_equal(left, right)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.usefixtures("small_chunks")
def test_a_run_that_fails_keeps_what_it_read_and_the_next_reads_the_rest(
    threads: int, whole: Settings, tmp_path: Path
) -> None:
    """The archive cannot take the book of June; what came before it is not read again."""
    home = _beside(whole, tmp_path / "home", threads)
    files = pending(home)
    blocked = home.archive / next(file.sha256 for file in files if "听泉村2014年6月" in file.path)[:2]
    blocked.parent.mkdir(parents=True)
    blocked.write_text("in the way")
    with pytest.raises(CouldNotRun, match="gone or damaged"):
        ingest_landing(home)
    left = len(pending(home))
    assert 0 < left < len(files)
    blocked.unlink()
    assert ingest_landing(home).files_read == left
    _assert_same(home, whole)


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize(("member", "said"), [("_Killed", "ended from outside"), ("_Hung", "longer than 6 seconds")])
def test_a_process_that_dies_or_hangs_at_a_file_is_named_and_made_good(
    member: str, said: str, whole: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = _beside(whole, tmp_path / "home", 2).model_copy(update={"max_seconds": 6})
    with monkeypatch.context() as patch:
        patch.setattr(crew, "_Member", globals()[member])
        with pytest.raises(CouldNotRun, match=said) as fault:
            ingest_landing(home)
    assert fault.value.exit_code == 3
    assert str(fault.value.address).endswith("听泉村2014年4月台账.xlsx")
    assert "," not in str(fault.value.address)
    ingest_landing(home)
    _assert_same(home, whole)


class _Hung(crew._Member):
    """A process that comes to harm at one file."""

    @classmethod
    def read(cls, chunk: Chunk) -> IngestSummary:
        cls._reader = cls._reader or _HarmedReader(cls._settings, cls._divisions, cls.harm)
        return super().read(chunk)

    @classmethod
    def harm(cls) -> None:
        time.sleep(600)


class _Killed(_Hung):
    @classmethod
    def harm(cls) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class _HarmedReader(ChunkReader):
    def __init__(self, settings: Settings, divisions: list[Division], harm: Callable[[], None]) -> None:
        super().__init__(settings, divisions)
        self._harm = harm

    def _read_file(self, file: LandingFile, source: Source) -> list[SheetReading]:
        if "听泉村2014年4月" in file.path:
            self._harm()
        return super()._read_file(file, source)


_SLOW = """
import time
from orchestration.ingest import chunk_reader, chunks, crew, ingestion
from orchestration.settings import Settings

class Slow(crew._Member):
    @classmethod
    def read(cls, chunk):
        summary = super().read(chunk)
        time.sleep(600 if chunk.batch_no > 2 else 0)
        return summary

if __name__ == "__main__":
    chunks.MOST_FILES = 2
    crew._Member = Slow
    ingestion.ingest_landing(Settings())
"""


def test_when_the_run_is_killed_its_processes_end_and_the_next_run_goes_on(whole: Settings, tmp_path: Path) -> None:
    home = _beside(whole, tmp_path / "home", 2)
    script = tmp_path / "slow.py"
    script.write_text(_SLOW)
    names = {"TAIZHANG_HOME": home.home, "TAIZHANG_LANDING": home.landing, "TAIZHANG_KEY_FILE": home.key_file}
    places = {name: str(path) for name, path in names.items()}
    surroundings = {**os.environ, **places, "TAIZHANG_THREADS": "2", "PYTHONPATH": str(PROJECT_ROOT)}
    with subprocess.Popen([sys.executable, str(script)], env=surroundings, cwd=PROJECT_ROOT) as run:
        _await(lambda: len(register.load(home).batches) == 4)
        crew_of_run = _children(run.pid)
        assert len(crew_of_run) >= 2
        run.kill()
    _await(lambda: not any(map(_lives, crew_of_run)))
    assert ingest_landing(home).files_read == 1
    _assert_same(home, whole)


def _await(comes_true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    assert callable(comes_true)
    while not comes_true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def _children(pid: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
