"""Homes to change: a copy of the sample home costs less than a run; a picture of a folder shows what was rewritten.

And what may land beside sound ledgers.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from orchestration.settings import SAMPLE_DIR


def copy_home(source: Path, target: Path) -> Path:
    """Copy a home with its key, times kept, so that a test may change it."""
    shutil.copytree(source, target, symlinks=True)
    shutil.copy2(f"{source}.key", f"{target}.key")
    return target


def picture(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below ``folder`` with its size and time of writing; the lock and Dagster's own storage left out."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != "lock" and "dagster" not in path.parts
    }


def mart_hashes(home: Path) -> dict[str, str]:
    """SHA-256 of every mart of the current release."""
    marts = (home / "releases" / "current").resolve() / "office" / "marts"
    return {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(marts.glob("*.parquet"))}


def a_workbook() -> Path:
    """One of the sample's workbooks."""
    return next(path for path in sorted((SAMPLE_DIR / "landing").rglob("*.xlsx")))


def bad_files() -> dict[str, bytes]:
    """Files that are no ledgers, by name."""
    whole = a_workbook().read_bytes()
    return {
        "notes.txt": b"this is no ledger\n",
        "truncated.xlsx": whole[: len(whole) // 2],
        "page.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "empty.xlsx": b"",
        "random.xlsx": bytes(range(256)) * 8,
    }
