"""What lies in the landing folder: every file once, with its hash and the day on which it was received.

Nothing is opened as a workbook here, and nothing outside the folder is followed: a link could lead anywhere.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest.masking import Mask

_RECEIVED = re.compile(r"^received=(\d{4})-(\d{2})-(\d{2})$")
_IGNORED_PREFIXES = (".", "~$", "._")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini"})
_IGNORED_SUFFIXES = (".tmp", ".part", ".crdownload")


@dataclass(frozen=True)
class LandingFile:
    """A file as it came: where (relative to landing, with ``/``), which bytes, received when (if the path says).

    ``path`` is masked and is what may be written down; ``lies_at`` is the true path and serves to find the file alone.
    """

    path: str
    sha256: str
    size: int
    received_on: date | None
    is_link: bool = False
    lies_at: str = field(default="", repr=False)

    def absolute(self, landing: Path) -> Path:
        """The file itself, under a landing folder."""
        return landing / (self.lies_at or self.path)


def received_on(path: str) -> date | None:
    """The day in a segment ``received=YYYY-MM-DD`` of a relative path, None without one or with an impossible day."""
    for part in path.split("/"):
        found = _RECEIVED.match(part)
        if found:
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                return None
    return None


def scan(landing: Path, mask: Mask) -> list[LandingFile]:
    """Every file under ``landing`` in the order of its path; links are listed with an empty hash, never followed.

    The same bytes twice under names that differ by masked figures alone are one file.

    Raises:
        UsageError: the folder does not exist.
        CouldNotRun: a file cannot be read.
    """
    if not landing.is_dir():
        raise UsageError(
            "The landing folder does not exist.",
            "接收目录不存在。",
            address=str(landing),
            remedy_en="Create it, or name another with --landing.",
            remedy_zh="请先建立该目录,或用 --landing 指定。",
        )
    found: dict[tuple[str, str], LandingFile] = {}
    for path in _walk(landing):
        lies_at = path.relative_to(landing).as_posix()
        relative = mask(lies_at)
        day = received_on(relative)
        if path.is_symlink():
            found[relative, ""] = LandingFile(relative, "", 0, day, is_link=True, lies_at=lies_at)
            continue
        try:
            sha256, size = hash_file(path)
        except OSError:
            raise CouldNotRun(
                "A received file cannot be read.",
                "收到的文件无法读取。",
                address=relative,
                remedy_en="Give the user of this command the right to read it.",
                remedy_zh="请赋予本程序用户读取权限。",
            ) from None
        found[relative, sha256] = LandingFile(relative, sha256, size, day, lies_at=lies_at)
    return [found[key] for key in sorted(found)]


def hash_file(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size in bytes of a file."""
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256")
        return digest.hexdigest(), handle.tell()


def _walk(directory: Path) -> list[Path]:
    files: list[Path] = []
    for entry in directory.iterdir():
        name = entry.name.lower()
        if name.startswith(_IGNORED_PREFIXES) or name in _IGNORED_NAMES or name.endswith(_IGNORED_SUFFIXES):
            continue
        if entry.is_symlink():
            files.append(entry)
        elif entry.is_dir():
            files.extend(_walk(entry))
        elif entry.is_file():
            files.append(entry)
    return files
