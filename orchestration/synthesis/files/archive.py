"""Zip archives whose bytes depend on nothing but their parts; parts that never change are compressed once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LEVEL = 1
_RAW_DEFLATE = -15
_VERSION, _DEFLATED = 20, 8
_TIME, _DAY = 0, 0x21  # 1980-01-01, the first day that the format knows
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Part:
    """One file of an archive, compressed."""

    name: bytes
    size: int
    checksum: int
    packed: bytes


def pack(name: str, content: bytes) -> Part:
    """Compress one file."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
    return Part(name.encode("ascii"), len(content), zlib.crc32(content), squeeze.compress(content) + squeeze.flush())


def archive(parts: Iterable[Part]) -> bytes:
    """The bytes of a zip file with these parts in this order (PKWARE appnote 4.3, without extensions)."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in parts:
        about = (_VERSION, 0, _DEFLATED, _TIME, _DAY, part.checksum, len(part.packed), part.size, len(part.name), 0)
        body += (_LOCAL.pack(b"PK\x03\x04", *about), part.name, part.packed)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *about, 0, 0, 0, 0, offset), part.name)
        offset += _LOCAL.size + len(part.name) + len(part.packed)
    listed = b"".join(directory)
    count = len(directory) // 2
    return b"".join((*body, listed, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), offset, 0)))
