"""The plug is pulled at every stage border; the next run ends with the marts that an undisturbed run has."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.settings import PROJECT_ROOT, SAMPLE_DIR
from tests.conftest import Taizhang
from tests.integration.homes import copy_home, mart_hashes

BASE = SAMPLE_DIR / "landing"
INGEST_BORDERS = [
    ("orchestration.ingest.archive", "Archive.settle", "before"),
    ("orchestration.ingest.archive", "Archive.settle", "after"),
    ("orchestration.ingest.lake", "write", "before"),
    ("orchestration.ingest.lake", "write", "after@L02"),
    ("orchestration.ingest.lake", "write", "before@submissions"),
    ("orchestration.ingest.lake", "write", "after@submissions"),
]
LATER_BORDERS = [
    ("orchestration.transform.dbt", "release_connections", "after"),
    ("orchestration.transform.dbt", "remember", "before"),
    ("orchestration.publish.candidate", "content_of", "before"),
    ("orchestration.publish.candidate", "_forget_old", "before"),
    ("orchestration.judge", "run_gate", "after"),
    ("orchestration.judge", "write_receipt", "after"),
    ("orchestration.judge", "publish", "before"),
    ("orchestration.publish.release", "_build_duckdb", "after"),
    ("orchestration.publish.release", "_keep_evidence", "after"),
    ("orchestration.publish.release", "point_to", "before"),
    ("orchestration.publish.release", "point_to", "after"),
]


def cut(home: Path, landing: Path, border: tuple[str, str, str], *more: str) -> int:
    """Run the command in a process of its own and cut it off at ``border``; returns what the system says of its end."""
    command = [sys.executable, "-m", "tests.integration.cut_off", *border, "--home", str(home), "run"]
    ended = subprocess.run(
        [*command, "--landing", str(landing), *more], cwd=PROJECT_ROOT, capture_output=True, check=False
    )
    return ended.returncode


def name_of(border: tuple[str, str, str]) -> str:
    return f"{border[0].split('.', 1)[1]}.{border[1]}-{border[2]}"


@pytest.mark.long
@pytest.mark.parametrize("border", INGEST_BORDERS, ids=name_of)
def test_a_first_run_cut_off_while_reading_is_made_good_by_the_next(
    border: tuple[str, str, str], sample_home: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    home = tmp_path / "home"
    assert cut(home, BASE, border) == -signal.SIGKILL
    assert not (home / "releases" / "current").exists()
    answer = taizhang("run", "--landing", BASE, home=home)
    assert answer.code == 0, answer.err
    assert mart_hashes(home) == mart_hashes(sample_home)
    assert taizhang("verify", home=home).code == 0


@pytest.mark.long
@pytest.mark.parametrize("border", LATER_BORDERS, ids=name_of)
def test_a_cut_off_run_leaves_readers_on_a_whole_release(
    border: tuple[str, str, str], sample_home: Path, two_releases: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    stood = (home / "releases" / "current").readlink().name
    assert cut(home, BASE, border, "--as-of", "2014-06-20") == -signal.SIGKILL
    stands = (home / "releases" / "current").readlink().name
    assert stands == stood or (home / "releases" / stands / "manifest.json").is_file()
    assert mart_hashes(home) in (mart_hashes(sample_home), mart_hashes(two_releases))
    answer = taizhang("run", "--landing", BASE, "--as-of", "2014-06-20", home=home)
    assert answer.code == 0, answer.err
    assert mart_hashes(home) == mart_hashes(two_releases)
    assert taizhang("verify", home=home).code == 0
    assert not list((home / "releases").glob(".[0-9]*"))
