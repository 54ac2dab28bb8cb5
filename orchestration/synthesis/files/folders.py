"""Where a synthetic county is written: ledgers in one folder, the truth in another, neither over something else."""

from __future__ import annotations

from pathlib import Path

from orchestration.errors import CouldNotRun, UsageError


def prepare_folders(out: Path, truth: Path | None) -> None:
    """Make both folders after looking at each, so that a refused command leaves nothing behind.

    Raises:
        UsageError: a folder is not empty or no folder, or the truth would lie among the ledgers.
        CouldNotRun: a folder cannot be written.
    """
    if truth is not None and truth.resolve().is_relative_to(out.resolve()):
        raise UsageError(
            "The truth may not lie among the ledgers: whoever reads them would find it.",
            "真值不得放在台账目录内,否则读取台账者会见到真值。",
            address=f"--truth {truth}",
            remedy_en="Name a folder beside --out.",
            remedy_zh="请指定 --out 之外的目录。",
        )
    folders = [("out", out)] if truth is None else [("out", out), ("truth", truth)]
    for name, folder in folders:
        _look(name, folder)
    for _, folder in folders:
        _make(folder)


def _look(name: str, folder: Path) -> None:
    try:
        is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        raise _unwritable(folder) from None
    if not is_free:
        raise UsageError(
            "The folder is not empty, and nothing is written over what is there.",
            "目录不为空,不会覆盖已有内容。",
            address=f"--{name} {folder}",
            remedy_en="Empty it, or name a new one.",
            remedy_zh="请清空该目录,或指定新目录。",
        )


def _make(folder: Path) -> None:
    probe = folder / ".written"
    try:
        folder.mkdir(parents=True, exist_ok=True)
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
