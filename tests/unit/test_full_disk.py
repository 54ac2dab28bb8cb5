"""A disk that is full is told as such, wherever the library that met it stands; nothing else is."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from orchestration import cli


def full_store() -> Exception:
    store = sqlite3.connect(":memory:")
    store.execute("pragma max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as full:
        store.executescript("create table t (x); " + "insert into t values (zeroblob(3000));" * 9)
    return full.value


def wrapped(inner: Exception) -> Exception:
    outer = RuntimeError("a library's own words")
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (wrapped(OSError(errno.ENOSPC, "full")), True),
        (wrapped(full_store()), True),
        (wrapped(OSError(errno.EACCES, "no right")), False),
    ],
    ids=["the system", "the store", "another refusal"],
)
def test_a_full_disk_is_no_fault_of_the_product(
    error: Exception, told: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli.cli, "main", fail)
    with pytest.raises(SystemExit) as leaving:
        cli.main(["status"])
    said = capsys.readouterr()
    assert leaving.value.code == 3
    assert ("disk is full" in said.out + said.err) == told
    assert ("fault of the product" in said.err) != told
