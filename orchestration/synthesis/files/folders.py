"""Where a synthetic county is written: ledgers in one folder, the truth in another, neither over something else.

A refused command leaves nothing behind, not even an empty folder. What is broken off later (a full disk, Ctrl-C)
leaves the folders with the files that were whole by then; the truth folder then lacks ``options.json``.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from orchestration.errors import CouldNotRun, UsageError

WISHES = "options.json"
"""The file of a truth folder that is written last: where it is, the county is whole."""
_OF_WISHES = {"county", "villages", "persons", "seed"}
# Beside each other in a truth folder from its first moment, whether it was ever finished or not.
_TABLES = ("villages.parquet", "residences.parquet")


def prepare_folders(out: Path, truth: Path | None) -> None:
    """Make both folders after looking at each, so that a refused command leaves nothing behind.

    Raises:
        UsageError: a folder is not empty or no folder, one lies in the other, or one lies in an older truth folder.
        CouldNotRun: a folder cannot be written.
    """
    folders = [("out", out)] if truth is None else [("out", out), ("truth", truth)]
    if truth is not None:
        _look_apart(out, truth)
    for name, folder in folders:
        _look(name, folder)
    made: list[Path] = []
    try:
        for _, folder in folders:
            _make(folder, made)
    except CouldNotRun:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def _look_apart(out: Path, truth: Path) -> None:
    if truth.resolve().is_relative_to(out.resolve()):
        raise UsageError(
            "The truth may not lie among the ledgers: whoever reads them would find it.",
            "真值不得放在台账目录内,否则读取台账者会见到真值。",
            address=f"--truth {truth}",
            remedy_en="Name a folder beside --out.",
            remedy_zh="请指定 --out 之外的目录。",
        )
    if out.resolve().is_relative_to(truth.resolve()):
        raise UsageError(
            "The ledgers may not lie in the folder of the truth: whoever reads them would find it.",
            "台账不得放在真值目录内,否则读取台账者会见到真值。",
            address=f"--out {out}",
            remedy_en="Name a folder beside --truth.",
            remedy_zh="请指定 --truth 之外的目录。",
        )


def _look(name: str, folder: Path) -> None:
    try:
        whole = folder.resolve()
        older = next((above for above in (whole, *whole.parents) if _holds_truth(above)), None)
        is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        raise _unwritable(folder) from None
    if older is not None:
        raise UsageError(
            f"The folder lies in a truth folder: {older}.",
            f"该目录位于真值目录内:{older}。",
            address=f"--{name} {folder}",
            remedy_en="Name a folder outside of it.",
            remedy_zh="请指定该目录之外的目录。",
        )
    if not is_free:
        raise UsageError(
            "The folder is not empty, and nothing is written over what is there.",
            "目录不为空,不会覆盖已有内容。",
            address=f"--{name} {folder}",
            remedy_en="Empty it, or name a new one.",
            remedy_zh="请清空该目录,或指定新目录。",
        )


def _holds_truth(folder: Path) -> bool:
    """Whether a folder is that of the truth of a county, whole or broken off; files called alike are not enough."""
    if all((folder / name).is_file() for name in _TABLES):
        return True
    try:
        told = json.loads((folder / WISHES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.keys() >= _OF_WISHES


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it, and note in ``made`` what was not there."""
    probe = folder / ".written"
    try:
        for step in (*reversed(folder.parents), folder):
            if not step.exists():
                step.mkdir(exist_ok=True)
                made.append(step)
        probe.touch()
        probe.unlink()
    except OSError:
        raise _unwritable(folder) from None


def _unwritable(folder: Path) -> CouldNotRun:
    return CouldNotRun(
        "The folder cannot be written.",
        "目录不可写。",
        address=str(folder),
        remedy_en="Give this account the right to write there, or name another folder.",
        remedy_zh="请授予写权限,或指定其他目录。",
    )
