from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import pytest

from orchestration.errors import CouldNotRun
from orchestration.ingest import pseudonyms
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.settings import Settings
from tests.unit.ingest.books import VALID_ID


def test_a_key_is_made_once_outside_the_home_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    first = pseudonyms.load(settings, lake_is_empty=True)
    again = pseudonyms.load(settings, lake_is_empty=False)
    assert settings.key_file == tmp_path / "home.key"
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert len(settings.key_file.read_bytes()) == 32
    assert first.key("register", "person", VALID_ID) == again.key("register", "person", VALID_ID)


def test_a_missing_key_never_gets_a_successor(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(CouldNotRun):
        pseudonyms.load(settings, lake_is_empty=False)
    assert not settings.key_file.exists()


def test_another_key_is_refused(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    pseudonyms.load(settings, lake_is_empty=True)
    settings.key_file.write_bytes(b"\x00" * 32)
    with pytest.raises(CouldNotRun):
        pseudonyms.load(settings, lake_is_empty=False)


@pytest.mark.parametrize(("content", "mode"), [(b"short", 0o600), (b"\x01" * 32, 0o644)])
def test_a_damaged_or_open_key_is_refused(tmp_path: Path, content: bytes, mode: int) -> None:
    settings = Settings(home=tmp_path / "home")
    settings.key_file.write_bytes(content)
    settings.key_file.chmod(mode)
    with pytest.raises(CouldNotRun):
        pseudonyms.load(settings, lake_is_empty=True)


def test_purposes_and_domains_cannot_be_joined_and_a_bare_hash_is_not_used() -> None:
    names = Pseudonyms(b"k" * 32)
    keys = {
        names.key(purpose, domain, VALID_ID) for purpose in ("register", "fee") for domain in ("person", "household")
    }
    assert len(keys) == 4
    assert hashlib.sha256(VALID_ID.encode()).hexdigest()[:32] not in keys
    assert all(len(key) == 32 for key in keys)


def test_the_construction_is_the_documented_one() -> None:
    purpose_key = hmac.digest(b"k" * 32, b"taizhang purpose\x1fregister", "sha256")
    expected = hmac.digest(purpose_key, b"person\x1f" + VALID_ID.encode(), "sha256").hex()[:32]
    assert Pseudonyms(b"k" * 32).key("register", "person", VALID_ID) == expected
