"""The records of an .xls: how far its sheets reach, what is hidden or struck out, and which cells are errors."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.marks import Marks
from orchestration.ingest.containers.refusal import Refusal

_SHEET, _END, _PASSWORD, _STRINGS, _EXTENT = 0x85, 0x0A, 0x2F, 0xFC, 0x200
_FONT, _FORMAT, _ROW, _COLUMNS, _NOTE = 0x31, 0xE0, 0x208, 0x7D, 0x1C
_VALUES = {0x06, 0x203, 0x204, 0x205, 0x27E, 0xFD, 0xD6}
_MANY, _MANY_BLANK, _BLANK, _ERROR, _FORMULA = 0xBD, 0xBE, 0x201, 0x205, 0x06
_FONT_STRUCK, _ROW_HIDDEN, _COLUMN_HIDDEN = 0x8, 0x20, 0x1
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MOST_COLUMNS = 256
# Font number 4 is never used, so that later ones are counted one too far.
_GAP = 4


def survey(stream: bytes, limits: Limits) -> dict[int, Marks]:
    """The marks of each sheet that has any, by its place among the tabs, from 0.

    Raises:
        Refusal: protected, or a sheet spans or announces more than may be read.
        LookupError, struct.error: the records are damaged.
    """
    places: list[int] = []
    fonts: list[bool] = []
    formats: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _SHEET:
            places.append(struct.unpack_from("<I", body)[0])
        elif kind == _PASSWORD:
            raise Refusal("file.password")
        elif kind == _STRINGS and struct.unpack_from("<I", body, 4)[0] > len(stream):
            raise Refusal("file.truncated")
        elif kind == _FONT:
            fonts.append(bool(struct.unpack_from("<HH", body)[1] & _FONT_STRUCK))
        elif kind == _FORMAT:
            formats.append(struct.unpack_from("<H", body)[0])
    if len(places) > limits.sheets:
        raise Refusal("file.too_large")
    struck_fonts = {at + (at >= _GAP) for at, is_struck in enumerate(fonts) if is_struck}
    struck = frozenset(at for at, font in enumerate(formats) if font in struck_fonts)
    marked = {index: _scan(stream, place, struck, limits) for index, place in enumerate(places)}
    return {index: marks for index, marks in marked.items() if marks}


def _scan(stream: bytes, place: int, struck: frozenset[int], limits: Limits) -> Marks:
    marks = Marks()
    for kind, body in _records(stream, place):
        if kind in _VALUES or kind == _MANY:
            _cell(kind, body, struck, marks)
        elif kind == _EXTENT:
            _announced(body, limits)
        elif kind == _ROW:
            row, options = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
            if options & _ROW_HIDDEN:
                marks.hidden_rows.add(row + 1)
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & _COLUMN_HIDDEN:
                marks.hidden_columns.update(range(first + 1, min(last, _MOST_COLUMNS) + 2))
        elif kind == _NOTE:
            row, column = struct.unpack_from("<HH", body)
            marks.comments.add((row + 1, column + 1))
        if not limits.holds(marks.rows, marks.columns):
            raise Refusal("file.too_large")
    return marks


def _cell(kind: int, body: bytes, struck: frozenset[int], marks: Marks) -> None:
    row, column, style = struct.unpack_from("<3H", body)
    at = (row + 1, column + 1)
    if kind == _MANY:
        marks.reach(row + 1, column + (len(body) - 6) // 6)
    marks.reach(*at)
    if column >= _MOST_COLUMNS:
        raise Refusal("file.truncated")
    if style in struck:
        marks.struck.add(at)
    if kind == _ERROR and body[7] == 1:
        marks.errors[at] = _ERRORS.get(body[6], "#")
    elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        marks.errors[at] = _ERRORS.get(body[8], "#")


def _announced(body: bytes, limits: Limits) -> None:
    """Stop at an extent that the reader of cells would make room for, though no cell may lie there."""
    wide = len(body) >= 14
    top, bottom = struct.unpack_from("<II" if wide else "<HH", body)
    left, right = struct.unpack_from("<HH", body, 8 if wide else 4)
    if bottom < top or right < left or (bottom - top + 1) * (right - left + 1) > limits.cells:
        raise Refusal("file.too_large")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of every record up to the end of the part that begins there."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        if kind == _END:
            return
        at += 4 + size
