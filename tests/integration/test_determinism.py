"""Same inputs, same bytes: on one thread and two, beside bad files, in one run or six, with the files in any order."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from orchestration.settings import SAMPLE_DIR
from tests.conftest import Taizhang
from tests.integration.homes import bad_files, mart_hashes

BASE = SAMPLE_DIR / "landing"


def test_two_threads_and_files_that_are_no_ledgers_give_the_bytes_of_one(
    sample_home: Path, tmp_path: Path, taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home of its own, so with another key; one run for three things that must not move a byte."""
    home, landing = tmp_path / "home", tmp_path / "landing"
    shutil.copytree(BASE, landing)
    for name, content in bad_files().items():
        (landing / name).write_bytes(content)
    monkeypatch.setenv("TAIZHANG_THREADS", "2")
    answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 0, answer.err
    refused = json.loads(taizhang("--json", "quarantine", home=home).out)
    assert {row["file"] for row in refused if row["kind"] == "file"} == set(bad_files())
    assert Path(f"{home}.key").read_bytes() != Path(f"{sample_home}.key").read_bytes()
    assert mart_hashes(home) == mart_hashes(sample_home)


def deal(paths: list[Path], hands: int, seed: int) -> list[list[Path]]:
    """Shuffle the received files and deal them out."""
    shuffled = sorted(paths)
    random.Random(seed).shuffle(shuffled)
    return [shuffled[number::hands] for number in range(hands)]


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_files_in_six_runs_give_the_bytes_of_one_run(
    seed: int, sample_home: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    """What the runs on the way say does not matter (a part of a county is rightly refused); the last one decides."""
    home, landing = tmp_path / "home", tmp_path / "landing"
    files = [path for path in BASE.rglob("*") if path.is_file()]
    for hand in deal(files, 6, seed):
        for path in hand:
            target = landing / path.relative_to(BASE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 0, answer.err
    assert mart_hashes(home) == mart_hashes(sample_home)


@pytest.mark.long
def test_the_later_files_first_give_the_same_bytes(sample_home: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    """Two runs, the later files first: the day of receipt decides, not the order of arrival or the path's sorting."""
    home, landing = tmp_path / "home", tmp_path / "landing"
    for folder in sorted(BASE.glob("received=*"), reverse=True)[:-6]:
        shutil.copytree(folder, landing / folder.name)
    taizhang("run", "--landing", landing, home=home)
    shutil.copytree(BASE, landing, dirs_exist_ok=True)
    answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 0, answer.err
    assert mart_hashes(home) == mart_hashes(sample_home)
