"""Received bytes, kept once under their hash and never written again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


class Archive:
    """The originals by hash: ``ab/abcdef….xlsx``, owner-only.

    Files are handed to the disk together by ``settle``, before the register may name them: one wait for each batch
    instead of one for each of 34,000 small files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = {path.name[:64]: path for path in folder.glob("??/*") if not path.name.startswith(".")}
        self._folders: set[Path] = set()
        self._unsettled = False

    def read(self, sha256: str) -> bytes | None:
        """The bytes of a hash; None when they were never kept, or no longer are what they were."""
        path = self._kept.get(sha256)
        if path is None:
            return None
        content = path.read_bytes()
        return content if hashlib.sha256(content).hexdigest() == sha256 else None

    def size(self, sha256: str) -> int:
        """Bytes under a hash, 0 when none are kept."""
        path = self._kept.get(sha256)
        return path.stat().st_size if path else 0

    def keep(self, content: bytes, sha256: str, suffix: str) -> bool:
        """Write bytes under their hash; False when they are not those of the hash (the file changed meanwhile)."""
        if hashlib.sha256(content).hexdigest() != sha256:
            return False
        target = self._folder / sha256[:2] / f"{sha256}{suffix.lower()}"
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folders.add(target.parent)
        temporary = target.with_name(f".{sha256}.tmp")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
        temporary.replace(target)
        self._kept[sha256] = target
        self._unsettled = True
        return True

    def settle(self) -> None:
        """Wait until everything kept so far is on the disk."""
        if self._unsettled:
            os.sync()
            self._unsettled = False
