"""The records of an .xlsb: how far its sheets reach, what is hidden in them, and which cells are errors."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.marks import Marks
from orchestration.ingest.containers.package import Parts
from orchestration.ingest.containers.refusal import Refusal
from orchestration.ingest.containers.workbook_xml import relations

BOOK = "xl/workbook.bin"
_STYLES = "xl/styles.bin"
_ROW, _BLANK, _ERROR, _LAST_CELL, _FORMULA_ERROR = 0, 1, 3, 11, 11
_SHEET, _COLUMNS, _COMMENT = 156, 60, 635
_FONT, _FORMAT, _FORMATS_BEGIN, _FORMATS_END = 43, 47, 617, 618
_STRUCK, _ROW_HIDDEN, _COLUMN_HIDDEN = 0x8, 0x10, 0x1
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MOST_MARKED = 1_000


def survey(parts: Parts, limits: Limits) -> dict[int, Marks]:
    """The marks of each sheet that has any, by its place among the tabs, from 0.

    Raises:
        Refusal: a sheet spans more than may be read.
        ValueError, LookupError, struct.error: the records are damaged.
    """
    targets = relations(parts, BOOK)
    struck = _struck_formats(parts.get(_STYLES, b""))
    found = {}
    index = -1
    for kind, body in _records(parts[BOOK]):
        if kind != _SHEET:
            continue
        index += 1
        name = targets.get(_wide(body, 8), ("", ""))[1]
        marks = _scan(parts.get(name, b""), struck, limits)
        for relation, target in relations(parts, name).values():
            if relation == "comments":
                marks.comments.update(_comments(parts.get(target, b"")))
        if marks:
            found[index] = marks
    return found


def _scan(part: bytes, struck: frozenset[int], limits: Limits) -> Marks:
    marks, row = Marks(), 0
    for kind, body in _records(part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
            row += 1
            if len(body) > 11 and body[11] & _ROW_HIDDEN:
                marks.hidden_rows.add(row)
        elif kind <= _LAST_CELL:
            column, style = struct.unpack_from("<II", body)
            at = (row, column + 1)
            marks.reach(*at)
            if not limits.holds(marks.rows, marks.columns):
                raise Refusal("file.too_large")
            if kind in (_ERROR, _FORMULA_ERROR):
                marks.errors[at] = _ERRORS.get(body[8], "#")
            if kind != _BLANK and style & 0xFFFFFF in struck:
                marks.struck.add(at)
        elif kind == _COLUMNS:
            first, last = struct.unpack_from("<II", body)
            if body[16] & _COLUMN_HIDDEN:
                marks.hidden_columns.update(range(first + 1, min(last, first + _MOST_MARKED) + 2))
    return marks


def _struck_formats(part: bytes) -> frozenset[int]:
    fonts: list[bool] = []
    formats: list[int] = []
    inside = False
    for kind, body in _records(part):
        if kind == _FONT:
            fonts.append(bool(struct.unpack_from("<HH", body)[1] & _STRUCK))
        elif kind in (_FORMATS_BEGIN, _FORMATS_END):
            inside = kind == _FORMATS_BEGIN
        elif kind == _FORMAT and inside:
            formats.append(struct.unpack_from("<HHH", body)[2])
    return frozenset(at for at, font in enumerate(formats) if font < len(fonts) and fonts[font])


def _comments(part: bytes) -> Iterator[tuple[int, int]]:
    for kind, body in _records(part):
        if kind == _COMMENT:
            _, row, _, column, _ = struct.unpack_from("<5I", body)
            yield row + 1, column + 1


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of every record; kind and length are numbers of seven bits a byte."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        size, at = _number(part, at, 4)
        yield kind, part[at : at + size]
        at += size


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of records: for the kind, the continuation bit of the first byte is part of neither."""
    value = 0
    for step in range(most):
        byte = part[at + step]
        value |= (byte & 0x7F) << 7 * step
        if not byte & 0x80:
            return value, at + step + 1
    return value, at + most


def _wide(body: bytes, at: int) -> str:
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + 2 * length].decode("utf-16-le")
