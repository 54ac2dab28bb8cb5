"""One real run of the sample county, shared by the whole session, and the homes that are made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.settings import SAMPLE_DIR, Settings
from orchestration.synthesis.sample.ledgers import overlay
from tests.conftest import run_taizhang
from tests.integration.homes import copy_home


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
