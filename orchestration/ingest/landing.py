"""What lies in the landing folder: every file once, with its hash and the day on which it was received.

Nothing is opened as a workbook here, and nothing outside the folder is followed: a link could lead anywhere. The files
of a ZIP are listed in its place.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest.containers import bundle
from orchestration.ingest.containers.limits import DEFAULT, Limits
from orchestration.ingest.masking import Mask
from orchestration.ingest.plain_names import plain_name

_RECEIVED = re.compile(r"^received=(\d{4})-(\d{2})-(\d{2})$")
_IGNORED_PREFIXES = (".", "~$", "._")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_IGNORED_SUFFIXES = (".tmp", ".part", ".crdownload")


@dataclass(frozen=True)
class LandingFile:
    """A file as it came: where (relative to landing, with ``/``), which bytes, received when (if the path says).

    ``path`` is masked and is what may be written down; ``lies_at`` is the true path and serves to find the file alone.
    ``member`` is the place of a file in the ZIP that lies there. ``refused`` is the rule by which the bytes are not
    looked at; such a file has no hash.
    """

    path: str
    sha256: str
    size: int
    received_on: date | None
    refused: str | None = None
    lies_at: str = field(default="", repr=False)
    member: int | None = None

    def absolute(self, landing: Path) -> Path:
        """The file itself, or the ZIP it lies in, under a landing folder."""
        return landing / (self.lies_at or self.path)

    def read(self, landing: Path) -> bytes:
        """The bytes as they lie there now.

        Raises:
            OSError: they cannot be read.
        """
        if self.member is not None:
            return bundle.read_member(self.absolute(landing), self.member)
        with self.absolute(landing).open("rb") as handle:
            return handle.read(self.size + 1)


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


def scan(landing: Path, mask: Mask, limits: Limits = DEFAULT) -> list[LandingFile]:
    """Every file under ``landing`` in the order of its path; what is no file or too large has an empty hash.

    The same bytes twice under names that differ by masked figures alone are one file.

    Raises:
        UsageError: the folder does not exist.
        CouldNotRun: a file or folder cannot be read.
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
    for path in _walk(landing, mask, landing):
        lies_at = path.relative_to(landing).as_posix()
        name = mask(plain_name(lies_at))
        try:
            for file in _files(path, lies_at, name, mask, limits):
                found[file.path, file.sha256] = file
        except OSError:
            raise _unreadable(name) from None
    return [found[key] for key in sorted(found)]


def _files(path: Path, lies_at: str, name: str, mask: Mask, limits: Limits) -> Iterator[LandingFile]:
    """One received file, or those of an archive.

    Raises:
        OSError: it cannot be read.
    """
    day = received_on(name)
    refused, size = _why_not(path, limits)
    if refused:
        yield LandingFile(name, "", size, day, refused, lies_at)
        return
    sha256, size, head = hash_file(path)
    members = bundle.members(path, limits) if bundle.may_be(head) else []
    kept = [member for member in members if not _is_ignored(member.name)]
    if not kept:
        yield LandingFile(name, sha256, size, day, None, lies_at)
    for member in kept:
        inner = f"{name}{bundle.SEPARATOR}{mask(plain_name(member.name))}"
        yield LandingFile(
            inner, member.sha256, member.size, day or received_on(inner), member.refused, lies_at, member.index
        )


def _why_not(path: Path, limits: Limits) -> tuple[str | None, int]:
    """Why something is not read at all, and its size in bytes."""
    about = path.lstat()
    if stat.S_ISLNK(about.st_mode):
        return "file.link", 0
    if not stat.S_ISREG(about.st_mode):
        return "file.no_file", 0
    return ("file.too_big" if about.st_size > limits.file else None), about.st_size


def hash_file(path: Path) -> tuple[str, int, bytes]:
    """SHA-256 (hex), size in bytes and the first bytes of a file."""
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256")
        size = handle.tell()
        handle.seek(0)
        return digest.hexdigest(), size, handle.read(64)


def _walk(directory: Path, mask: Mask, landing: Path) -> Iterator[Path]:
    try:
        entries = list(os.scandir(directory))
    except OSError:
        raise _unreadable(mask(plain_name(directory.relative_to(landing).as_posix()))) from None
    for entry in entries:
        if _is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(directory / entry.name, mask, landing)
        else:
            yield directory / entry.name


def _is_ignored(name: str) -> bool:
    """Whether a system left a file there, or a program has not finished writing it."""
    return any(
        part.startswith(_IGNORED_PREFIXES) or part in _IGNORED_NAMES or part.endswith(_IGNORED_SUFFIXES)
        for part in name.lower().split("/")
    )


def _unreadable(address: str) -> CouldNotRun:
    return CouldNotRun(
        "A received file cannot be read.",
        "收到的文件无法读取。",
        address=address,
        remedy_en="Give the user of this command the right to read it.",
        remedy_zh="请赋予本程序用户读取权限。",
    )
