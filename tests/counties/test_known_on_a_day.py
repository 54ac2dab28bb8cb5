"""What is asked as of a day is what a county says to which the later files never came."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from orchestration.ingest.ingestion import ingest_landing
from orchestration.settings import Settings
from orchestration.transform.dbt import build
from orchestration.warehouse import connect
from tests.conftest import Taizhang

ASKED = ("--county", "331099", "--villages", 8, "--persons", 900, "--months", 14, "--start", "2013-10", "--seed", 41)
DAYS = 50
MARTS = "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> Path:
    """Ledgers with late, missing and corrected reports, sorted by day of receipt."""
    place = tmp_path_factory.mktemp("known")
    folders = ("--out", place / "landing", "--truth", place / "truth")
    answer = taizhang("synth", *ASKED, "--defects", 0.02, *folders, home=place / "home")
    assert answer.code == 0, answer.err
    return place / "landing"


def received(landing: Path) -> list[date]:
    """The days on which files came."""
    return sorted(date.fromisoformat(folder.name.partition("=")[2]) for folder in landing.glob("received=*"))


def marts(settings: Settings, day: date) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Every mart of a warehouse that is built as of the day, its rows in one order."""
    build(settings, day)
    with connect(settings.warehouse_file, read_only=True, settings=settings) as warehouse:
        for (name,) in warehouse.execute(MARTS).fetchall():
            yield name, warehouse.execute(f'select * from marts."{name}" order by all').fetchall()


def hold_days_against_each_other(landing: Path, days: list[date], place: Path) -> int:
    """Build both counties on every day; the number of marts that were compared."""
    whole = Settings(home=place / "whole", landing=landing)
    ingest_landing(whole)
    grown = Settings(home=place / "grown", landing=place / "landing", key_file=whole.key_file)
    compared = 0
    for day in sorted(days):
        for folder in landing.glob("received=*"):
            if date.fromisoformat(folder.name.partition("=")[2]) <= day:
                shutil.copytree(folder, grown.landing / folder.name, dirs_exist_ok=True)
        ingest_landing(grown)
        known = dict(marts(whole, day))
        for name, mart in marts(grown, day):
            assert mart == known[name], f"{name} as of {day}"
            compared += bool(mart)
    return compared


@pytest.mark.long
def test_fifty_random_days_are_as_if_later_files_never_came(landing: Path, tmp_path: Path) -> None:
    days = received(landing)
    span = (days[-1] - days[0]).days + 30
    chosen = random.Random(20261122).sample(range(1, span), DAYS)
    assert hold_days_against_each_other(landing, [days[0] + timedelta(days=day) for day in chosen], tmp_path) > 8 * DAYS
