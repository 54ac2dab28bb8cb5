"""Files that were sent together in one ZIP: each is a file of its own, addressed as ``archive.zip!/member``.

Nothing is ever written under the name of a member; a name only says where a ledger lay.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.package import DAMAGE, inflate, is_workbook
from orchestration.ingest.containers.refusal import Refusal

SEPARATOR = "!/"
_LOCAL = b"PK\x03\x04"
# Whatever writes workbooks puts one of these parts first; so their directory need not be read to know them.
_FIRST_PARTS = (
    b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"docProps/app.xml", b"docProps/core.xml", b"xl/workbook.xml",
    b"xl/worksheets/sheet1.xml", b"xl/workbook.bin",
)  # fmt: skip
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True)
class Member:
    """One file of an archive: its place in the directory, its name, and its bytes' hash or why it cannot be had."""

    index: int
    name: str
    sha256: str = ""
    size: int = 0
    refused: str | None = None


def may_be(head: bytes) -> bool:
    """Whether a file that begins so can be an archive of files, and not surely is a workbook."""
    return head.startswith(_LOCAL) and not head[30:].startswith(_FIRST_PARTS)


def members(path: Path, limits: Limits) -> list[Member]:
    """The files of an archive in the order of its directory; none if it is none, is damaged or holds too much.

    Such a file is received as it is, and refused with its reason when it is read.

    Raises:
        OSError: the archive cannot be read.
    """
    with path.open("rb") as handle:
        try:
            archive = zipfile.ZipFile(handle)
            infos = _infos(archive, limits, path.stat().st_size)
        except (Refusal, *DAMAGE):
            return []
        return [_member(archive, index, info, limits) for index, info in infos]


def read_member(path: Path, index: int) -> bytes:
    """The bytes of a member that was listed before.

    Raises:
        OSError: the archive changed meanwhile.
    """
    with path.open("rb") as handle:
        try:
            archive = zipfile.ZipFile(handle)
            return inflate(archive, archive.infolist()[index])
        except (Refusal, *DAMAGE):
            raise OSError("the archive changed") from None


def _infos(archive: zipfile.ZipFile, limits: Limits, size: int) -> list[tuple[int, zipfile.ZipInfo]]:
    infos = archive.infolist()
    if is_workbook([info.filename for info in infos]) or len(infos) > limits.members:
        return []
    if limits.expands_too_far(size, sum(info.file_size for info in infos), limits.archive):
        return []
    return [(index, info) for index, info in enumerate(infos) if not info.is_dir()]


def _member(archive: zipfile.ZipFile, index: int, info: zipfile.ZipInfo, limits: Limits) -> Member:
    name = "/".join(_segments(_decoded(info))) or str(index)
    if info.flag_bits & _ENCRYPTED:
        return Member(index, name, refused="file.member_password")
    if info.file_size > limits.file:
        return Member(index, name, refused="file.too_big")
    try:
        content = inflate(archive, info)
    except Refusal as refusal:
        return Member(index, name, refused=refusal.rule_id)
    return Member(index, name, hashlib.sha256(content).hexdigest(), len(content))


def _decoded(info: zipfile.ZipInfo) -> str:
    """A name as its writer meant it: Windows packs Chinese names in GBK without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def _segments(name: str) -> Iterator[str]:
    for segment in _DRIVE.sub("", name.replace("\\", "/")).split("/"):
        if segment not in ("", ".", ".."):
            yield segment
