"""Dashboards read while releases flip: who resolves ``current`` once never sees two releases in one picture."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path

import pytest

from orchestration.publish.release import point_to
from orchestration.settings import Settings
from tests.integration.homes import copy_home

ROUNDS = 150


@pytest.fixture
def flipping(two_releases: Path, tmp_path: Path) -> tuple[Settings, list[str]]:
    """A home with two releases to flip between."""
    settings = Settings(home=copy_home(two_releases, tmp_path / "home"))
    ids = sorted(path.name for path in settings.releases.glob("[0-9]*"))
    assert len(ids) == 2
    return settings, ids


def is_whole(manifest_folder: Path, file_folder: Path) -> bool:
    """Whether every mart read through ``file_folder`` is the one that the manifest names."""
    manifest = json.loads((manifest_folder / "manifest.json").read_text(encoding="utf-8"))
    return all(
        hashlib.sha256((file_folder / name).read_bytes()).hexdigest() == entry["sha256"]
        for name, entry in manifest["files"].items()
        if name.endswith(".parquet")
    )


def mixes(settings: Settings, ids: list[str], *, resolve_once: bool) -> int:
    """Read ``ROUNDS`` times while another thread flips; count the pictures that hold two releases."""
    stop = threading.Event()

    def flip() -> None:
        turn = 0
        while not stop.is_set():
            point_to(ids[turn % 2], settings)
            turn += 1

    flipper = threading.Thread(target=flip)
    flipper.start()
    try:
        current = settings.releases / "current"
        mixed = 0
        for _ in range(ROUNDS):
            folder = current.resolve() if resolve_once else current
            mixed += not is_whole(folder, folder)
        return mixed
    finally:
        stop.set()
        flipper.join()


def test_a_reader_that_resolves_once_sees_no_mix(flipping: tuple[Settings, list[str]]) -> None:
    assert mixes(*flipping, resolve_once=True) == 0


def test_a_reader_that_resolves_for_every_file_does_see_mixes(flipping: tuple[Settings, list[str]]) -> None:
    assert mixes(*flipping, resolve_once=False) > 0
