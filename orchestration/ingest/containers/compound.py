"""The file system inside an .xls: its one stream of cells taken out, and laid down anew in a container without traps.

The reader of cells believes what the container says of its own size and follows chains of sectors that may be rings.
"""

from __future__ import annotations

import struct
from array import array

from orchestration.ingest.containers.refusal import Refusal

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _MINI, _ENTRY = 512, 64, 128
_SMALLEST = 4096
_IDS = _SECTOR // 4
_BOOKS = ("workbook", "book")


def workbook_stream(content: bytes) -> bytes:
    """The stream of cells of an OLE file.

    Raises:
        Refusal: protected, no workbook, or damaged.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        # An encrypted .xlsx lies in a container of this kind under this name.
        raise Refusal("file.password")
    try:
        return _stream(content)
    except (struct.error, LookupError, ValueError):
        raise Refusal("file.truncated") from None


def _stream(content: bytes) -> bytes:
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:
        raise Refusal("file.truncated")
    size = 1 << shift
    fat = _fat(content, size)
    first_entry, _, cutoff, mini_start, _ = struct.unpack_from("<5I", content, 48)
    entries = _entries(_chain(content, fat, first_entry, size, size))
    names = {name.lower(): (start, length) for name, start, length in entries}
    found = next((names[name] for name in _BOOKS if name in names), None)
    if found is None:
        raise Refusal("file.unknown_kind")
    start, length = found
    if length > len(content):
        raise Refusal("file.truncated")
    if length >= cutoff:
        return _chain(content, fat, start, size, size)[:length]
    mini_fat = array("I", _chain(content, fat, mini_start, size, size))
    minis = _chain(content, fat, entries[0][1], size, size)
    return _chain(minis, mini_fat, start, _MINI, 0)[:length]


def _fat(content: bytes, size: int) -> array[int]:
    """Which sector follows each sector."""
    ids = list(struct.unpack_from("<109I", content, 76))
    (further,) = struct.unpack_from("<I", content, 68)
    left = len(content) // size
    while further < _FAT and left > 0:
        more = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        ids += more[:-1]
        further, left = more[-1], left - 1
    fat = array("I")
    for sector in ids:
        if sector < _FAT and len(fat) * 4 < len(content):
            part = content[(sector + 1) * size : (sector + 2) * size]
            fat.frombytes(part.ljust(size, b"\xff"))
    return fat


def _chain(content: bytes, fat: array[int], sector: int, size: int, offset: int) -> bytes:
    """The sectors that follow one another; a ring is damage."""
    parts = []
    left = len(content) // size + 1
    while sector < _FAT:
        if left <= 0:
            raise Refusal("file.truncated")
        left -= 1
        parts.append(content[offset + sector * size : offset + (sector + 1) * size])
        sector = fat[sector]
    return b"".join(parts)


def _entries(directory: bytes) -> list[tuple[str, int, int]]:
    """Name, first sector and length of every stream; the first is the container of small ones."""
    found = []
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (name_length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(min(name_length, 64) - 2, 0)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", directory, at + 116)
        found.append((name, start, length))
    return found


def wrap(stream: bytes) -> bytes:
    """A container that holds this stream of cells and nothing else."""
    stream = stream.ljust(_SMALLEST, b"\0")
    data = -(-len(stream) // _SECTOR)
    fats = 1
    while fats * _IDS < data + fats + 1 + _difats(fats):
        fats += 1
    difats = _difats(fats)
    # Sectors in order: the table of sectors, what the head cannot hold of its places, the directory, the stream.
    entry = fats + difats
    ids = [_FAT] * fats + [_FREE - 3] * difats + [_END]
    ids += [*range(entry + 2, entry + 1 + data), _END]
    ids += [_FREE] * (fats * _IDS - len(ids))
    head = struct.pack(
        "<8s16x5H6x9I", _MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, fats, entry, 0, _SMALLEST, _END, 0,
        fats if difats else _END, difats,
    )  # fmt: skip
    places = list(range(fats)) + [_FREE] * max(109 - fats, 0)
    table = struct.pack(f"<{len(ids)}I", *ids)
    further = _further(places[109:], fats, difats)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, entry + 1, len(stream))
    body = stream.ljust(data * _SECTOR, b"\0")
    return head + struct.pack("<109I", *places[:109]) + table + further + directory.ljust(_SECTOR, b"\0") + body


def _difats(fats: int) -> int:
    return -(-max(fats - 109, 0) // (_IDS - 1))


def _further(places: list[int], fats: int, difats: int) -> bytes:
    parts = []
    for at in range(difats):
        ids = places[at * (_IDS - 1) : (at + 1) * (_IDS - 1)]
        ids += [_FREE] * (_IDS - 1 - len(ids))
        parts.append(struct.pack(f"<{_IDS}I", *ids, fats + at + 1 if at + 1 < difats else _END))
    return b"".join(parts)


def _entry(name: str, kind: int, child: int, start: int, length: int) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16x4x16xII4x", text, len(text) + 2, kind, 1, _FREE, _FREE, child, start, length
    )  # fmt: skip
