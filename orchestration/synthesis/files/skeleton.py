"""The part of a workbook that is the same every month: made once by xlsxwriter, taken apart for splicing."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

import xlsxwriter

from orchestration.synthesis.clerk.pages import Heading
from orchestration.synthesis.files.archive import Part, pack
from orchestration.synthesis.files.sheets import TITLE_ROWS

# The creation time inside a workbook: fixed, so that the same county is the same bytes on every day.
_CREATED = datetime(2014, 1, 1, 8, 0, 0)  # noqa: DTZ001 - Excel knows no time zone
_WIDE = re.compile("身份证|公民身份|证件|户编码|户号|户口")
_SLOT = "\ue000{sheet}:{part}"
_STRING = re.compile(r"<si><t[^>]*>([^<]*)</t></si>")
_STRINGS_NAME = "xl/sharedStrings.xml"

Design = tuple[str, tuple[Heading, ...], bool]
"""What a sheet looks like whatever stands on it: name, headings, whether it is hidden."""


@dataclass(frozen=True)
class Frame:
    """The XML of one sheet around its size and rows: ``head`` size ``top`` rows ``tail``."""

    part_name: str
    head: str
    top: str
    tail: str


@dataclass(frozen=True)
class Skeleton:
    """A workbook without rows.

    ``parts`` are the files of the archive in order, None where a workbook has its own. ``strings`` are the shared texts
    of all sheets; ``slots`` tells which of them a workbook sets: (place, sheet, which of title and unit line).
    ``cell`` and ``day`` are the numbers of the styles of data cells.
    """

    parts: tuple[tuple[str, Part | None], ...]
    frames: tuple[Frame, ...]
    strings: tuple[str, ...]
    slots: tuple[tuple[int, int, int], ...]
    strings_name: str
    cell: int
    day: int


@lru_cache(maxsize=1024)
def make_skeleton(designs: tuple[Design, ...]) -> Skeleton:
    """The skeleton of a workbook with these sheets."""
    files = _unzip(_write(designs))
    frames, styles = [], (0, 0)
    for number in range(len(designs)):
        name = f"xl/worksheets/sheet{number + 1}.xml"
        frame, styles = _take_apart(name, files[name].decode())
        frames.append(frame)
    strings = tuple(html.unescape(text) for text in _STRING.findall(files[_STRINGS_NAME].decode()))
    places = {text: place for place, text in enumerate(strings)}
    slots = tuple(
        (places[_SLOT.format(sheet=sheet, part=part)], sheet, part)
        for sheet in range(len(designs))
        for part in range(4)
    )
    own = {_STRINGS_NAME, *(frame.part_name for frame in frames)}
    parts = tuple((name, None if name in own else pack(name, content)) for name, content in files.items())
    return Skeleton(parts, tuple(frames), strings, slots, _STRINGS_NAME, *styles)


@lru_cache(maxsize=512)
def column_letters(index: int) -> str:
    """The letters of a column by its 0-based index: A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _write(designs: Sequence[Design]) -> bytes:
    """The workbook, with a slot for each text that changes and one row that shows the styles of data cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "", "author": "", "created": _CREATED})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    header = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    cell, day = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "yyyy-mm-dd"})
    for number, (name, headings, hidden) in enumerate(designs):
        page = book.add_worksheet(name)
        if hidden:
            page.hide()
        last = len(headings) - 1
        for column, (upper, lower) in enumerate(headings):
            page.set_column(column, column, 21 if _WIDE.search(upper + lower) else 12)
        page.set_row(0, 26)
        page.merge_range(0, 0, 0, last, _SLOT.format(sheet=number, part=0), title)
        for part, column in enumerate((0, last // 2, last - 1), start=1):
            page.write_string(1, column, _SLOT.format(sheet=number, part=part))
        row = TITLE_ROWS + _write_header(page, headings, header)
        page.write_blank(row, 0, None, cell)
        page.write_blank(row, 1, None, day)
    book.close()
    return target.getvalue()


def _write_header(page: Any, headings: Sequence[Heading], style: Any) -> int:
    """Write one header row, or two where some columns share an upper header; give the number of rows."""
    if not any(upper for upper, _ in headings):
        for column, (_, text) in enumerate(headings):
            page.write_string(TITLE_ROWS, column, text, style)
        return 1
    column = 0
    for upper, run in groupby(headings, key=lambda heading: heading[0]):
        lower = [heading[1] for heading in run]
        if upper and len(lower) > 1:
            page.merge_range(TITLE_ROWS, column, TITLE_ROWS, column + len(lower) - 1, upper, style)
        elif upper:
            page.write_string(TITLE_ROWS, column, upper, style)
        for offset, text in enumerate(lower, start=column):
            if upper:
                page.write_string(TITLE_ROWS + 1, offset, text, style)
            else:
                page.merge_range(TITLE_ROWS, offset, TITLE_ROWS + 1, offset, text, style)
        column += len(lower)
    return 2


def _unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _take_apart(name: str, xml: str) -> tuple[Frame, tuple[int, int]]:
    """Cut the XML of a sheet where its size and its rows belong; the last row shows the styles (cell, day)."""
    head, rest = re.split(r"<dimension [^>]*/>", xml, maxsplit=1)
    rows, tail = rest.split("</sheetData>", maxsplit=1)
    top, _, shown = rows.rpartition("<row ")
    cell, day = (int(style) for style in re.findall(r'<c r="[A-Z]+\d+" s="(\d+)"', shown))
    return Frame(name, head, top, f"</sheetData>{tail}"), (cell, day)
