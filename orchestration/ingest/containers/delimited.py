"""Tables of text: which encoding, which separator, and the physical line at which each row begins."""

from __future__ import annotations

import csv
import io
import re

from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.refusal import Refusal

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[\u00a1-\u00ff]{2}")
_MARKS_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = (",", "\t", ";", "，", "|")


def read(content: bytes, limits: Limits) -> tuple[list[list[object]], list[int]]:
    """The rows, padded to one width, and the line (from 1) at which each begins.

    Raises:
        Refusal: no known encoding, a quotation mark that is never closed, or too large.
    """
    text = decode(content)
    csv.field_size_limit(limits.file)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=False)
    rows: list[list[object]] = []
    lines: list[int] = []
    start, width = 1, 0
    try:
        for cells in reader:
            rows.append(list(cells))
            lines.append(start)
            start = reader.line_num + 1
            width = max(width, len(cells))
            if not limits.holds(len(rows), width):
                raise Refusal("file.too_large")
    except csv.Error:
        raise Refusal("file.truncated") from None
    if rows and lines[-1] < start - 1 and text.count('"') % 2:
        # The last record took in every line from an opening mark to the end of the file.
        raise Refusal("file.open_quote")
    for row in rows:
        row.extend([""] * (width - len(row)))
    return rows, lines


def decode(content: bytes) -> str:
    """Text of a file in UTF-8 (with or without mark), UTF-16, or GB18030.

    Raises:
        Refusal: none of them fits.
    """
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return _mended(text)
    raise Refusal("file.undecodable")


def _encodings(content: bytes) -> list[str]:
    if content.startswith(_MARKS_UTF16):
        return ["utf-16"]
    head = content[:400]
    if b"\x00" in head:
        # Without a mark, the zero half of ASCII characters (separators, digits, ends of lines) tells the order.
        return ["utf-16-le"] if head[1::2].count(0) > head[::2].count(0) else ["utf-16-be"]
    return ["utf-8-sig", "gb18030"]


def _mended(text: str) -> str:
    """Chinese text whose GBK bytes were taken for Latin letters by the program that saved it, as it was meant."""
    if _CHINESE.search(text) or not _LATIN.search(text):
        return text
    for encoding in ("latin-1", "cp1252"):
        try:
            meant = text.encode(encoding).decode("gb18030")
        except UnicodeError:
            continue
        if _CHINESE.search(meant) and not _LATIN.search(meant):
            return meant
    return text


def _separator(text: str) -> str:
    """The separator that the first lines bear most evenly; a comma where nothing separates."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in _SEPARATORS}
    return max(counts, key=lambda mark: (counts[mark][len(counts[mark]) // 2] if counts[mark] else 0, mark == ","))
