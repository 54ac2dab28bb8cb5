"""One real run of the sample county, shared by the whole session, and a way to run the command in this process."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.cli import main
from orchestration.settings import SAMPLE_DIR, Settings
from orchestration.synthesis.sample.ledgers import overlay
from tests.integration.homes import copy_home


@dataclass(frozen=True)
class Answer:
    """What a command said and the code it left with."""

    code: int
    out: str
    err: str


Taizhang = Callable[..., Answer]


def run_taizhang(*arguments: object, home: Path) -> Answer:
    """Run the ``taizhang`` command over ``home`` in this process."""
    return run_bare("--home", home, *arguments)


def run_bare(*arguments: object) -> Answer:
    """Run the ``taizhang`` command with exactly these arguments in this process."""
    out, err = io.StringIO(), io.StringIO()
    kept = dict(os.environ)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([*map(str, arguments)])
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        finally:
            os.environ.clear()
            os.environ.update(kept)
    return Answer(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def taizhang() -> Taizhang:
    """The command, as a function of its arguments and a home."""
    return run_taizhang


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder after one run over the sample ledgers. Read it; a test that changes a home makes its own."""
    home = tmp_path_factory.mktemp("sample") / "home"
    answer = run_taizhang("run", "--landing", SAMPLE_DIR / "landing", home=home)
    assert answer.code == 0, answer.err + answer.out
    return home


@pytest.fixture(scope="session")
def sample_settings(sample_home: Path) -> Settings:
    """The settings of the sample home."""
    return Settings(home=sample_home, landing=SAMPLE_DIR / "landing")


@pytest.fixture(scope="session")
def sample_release(sample_home: Path) -> Path:
    """The office folder of the sample's release, with ``current`` resolved once."""
    return (sample_home / "releases" / "current").resolve() / "office"


@pytest.fixture(scope="session")
def two_releases(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two releases of different content: everything, then what was known in June."""
    home = copy_home(sample_home, tmp_path_factory.mktemp("two") / "home")
    answer = run_taizhang("run", "--landing", SAMPLE_DIR / "landing", "--as-of", "2014-06-20", home=home)
    assert answer.code == 0, answer.err
    return home


@pytest.fixture(scope="session")
def refused_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home with a release, after a workbook with yuan under a header of ten thousand yuan; and its landing."""
    place = tmp_path_factory.mktemp("refused")
    landing = overlay(SAMPLE_DIR / "landing", SAMPLE_DIR / "fault-amounts", place / "landing")
    home = copy_home(sample_home, place / "home")
    answer = run_taizhang("run", "--landing", landing, home=home)
    assert answer.code == 2, answer.err
    return home, landing


@pytest.fixture(autouse=True)
def _clean_environment() -> Iterator[None]:
    kept = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(kept)
