"""Bytes become sheets of raw cells, or a refusal with its reason. The kind is told by the bytes, never by the name."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import python_calamine

from orchestration.ingest.containers import (
    compound,
    delimited,
    ods_xml,
    package,
    workbook_xml,
    xls_records,
    xlsb_records,
)
from orchestration.ingest.containers.limits import DEFAULT, Limits
from orchestration.ingest.containers.marks import Marks, Shown
from orchestration.ingest.containers.refusal import Refusal as Refusal
from orchestration.ingest.containers.settling import settle
from orchestration.ingest.plain_names import plain_name

Merge = tuple[tuple[int, int], tuple[int, int]]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NOT_TEXT = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_HTML = re.compile(rb"^\s*(<!doctype html|<html|<table|<\?xml|<head|<meta|<!--|mime-version:)", re.IGNORECASE)
# A scan of a form and a text document are told from damage: the clerk has to do something else about them.
_PDF = b"%PDF"


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it lies in the file.

    ``rows`` are padded to the sheet's first cell, so that index + 1 is the row number Excel shows; ``lines`` gives the
    physical line of each row where it differs (text files). Merges are 0-based (first, last) cells. ``shown`` tells
    what the sheet shows beside its values; a value that must not be used is a ``BadCell``.
    """

    number: int
    name: str
    rows: list[list[object]]
    merges: tuple[Merge, ...] = ()
    lines: list[int] = field(default_factory=list)
    hidden: bool = False
    shown: Shown | None = None

    @cached_property
    def filled(self) -> list[int]:
        """How many cells of each row are not empty; none of a row that holds nothing but blanks."""
        counts = [len(row) - row.count("") for row in self.rows]
        return [
            0 if count and type(row[0]) is not float and is_blank(row) else count
            for row, count in zip(self.rows, counts, strict=True)
        ]

    @property
    def rows_seen(self) -> int:
        """How many rows hold something; the others are not counted at all."""
        return len(self.filled) - self.filled.count(0)

    def row_no(self, index: int) -> int:
        """The row as Excel shows it, or the physical line of a text file; 1-based."""
        return self.lines[index] if self.lines else index + 1

    def row_nos(self, indexes: Iterable[int]) -> list[int]:
        """As ``row_no``, of several rows."""
        return [self.lines[index] for index in indexes] if self.lines else [index + 1 for index in indexes]


def is_blank(row: list[object]) -> bool:
    """Whether a row holds nothing but blanks; such rows are not counted at all."""
    for cell in row:  # noqa: SIM110  the first cell decides nearly always, and this runs for every row there is
        if cell != "" and (not isinstance(cell, str) or not cell.isspace()):
            return False
    return True


def open_sheets(content: bytes, limits: Limits = DEFAULT) -> Iterator[RawSheet]:
    """The sheets of a file, one after the other.

    Raises:
        Refusal: empty, cut off, protected, a web page, an archive, of an unknown kind or encoding, or too large.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("file.empty")
    if len(content) > limits.file:
        raise Refusal("file.too_big")
    if content.startswith(_ZIP):
        parts = package.unpack(content, limits)
        longest = limits.characters if package.has_long_text(parts, limits.characters) else None
        yield from _workbook(package.pack(parts), _surveyed(_survey, parts, limits), limits, longest)
    elif content.startswith(_OLE):
        stream = compound.workbook_stream(content)
        yield from _workbook(compound.wrap(stream), _surveyed(xls_records.survey, stream, limits), limits)
    else:
        _refuse_by_head(content)
        yield _table(content, limits)


def _refuse_by_head(content: bytes) -> None:
    head = content[:512].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(_PDF):
        raise Refusal("file.pdf")
    if head.startswith(_PACKED):
        raise Refusal("file.other_archive")
    if head.startswith(_NOT_TEXT):
        raise Refusal("file.unknown_kind")
    if _HTML.match(head):
        raise Refusal("file.html")


def _survey(parts: package.Parts, limits: Limits) -> dict[int, Marks]:
    if ods_xml.PART in parts:
        if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
            raise Refusal("file.password")
        return ods_xml.survey(parts[ods_xml.PART], limits)
    if xlsb_records.BOOK in parts:
        return xlsb_records.survey(parts, limits)
    return workbook_xml.survey(parts, limits)


def _surveyed(survey: Callable[[Any, Limits], dict[int, Marks]], source: object, limits: Limits) -> dict[int, Marks]:
    """The marks of each sheet of a workbook.

    Raises:
        Refusal: the workbook is damaged, or a sheet spans too much.
    """
    try:
        return survey(source, limits)
    except (ValueError, LookupError, ArithmeticError, RecursionError, struct.error):
        raise Refusal("file.truncated") from None


def _workbook(
    content: bytes, marks: dict[int, Marks], limits: Limits, longest: int | None = None
) -> Iterator[RawSheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        tabs = book.sheets_metadata
    except python_calamine.PasswordError:
        raise Refusal("file.password") from None
    except BaseException as fault:  # noqa: BLE001  damage comes as bare exceptions or a panic, and may quote a cell
        raise _damage(fault) from None
    if len(tabs) > limits.sheets:
        raise Refusal("file.too_large")
    for index, tab in enumerate(tabs):
        try:
            sheet = book.get_sheet_by_index(index)
            bottom, right = sheet.end or (0, 0)
            if not limits.holds(bottom + 1, right + 1):
                raise Refusal("file.too_large")
            rows = sheet.to_python(skip_empty_area=False)
            merges = _within(sheet.merged_cell_ranges or (), len(rows), right)
        except Refusal:
            raise
        except python_calamine.WorksheetNotFound:
            continue  # a chart has a tab but no cells
        except BaseException as fault:  # noqa: BLE001  as above
            raise _damage(fault) from None
        hidden = tab.visible != python_calamine.SheetVisibleEnum.Visible
        shown = settle(rows, marks.get(index), longest)
        yield RawSheet(index + 1, plain_name(tab.name), rows, merges, hidden=hidden, shown=shown)


def _within(merges: Iterable[Merge], height: int, right: int) -> tuple[Merge, ...]:
    """The merged ranges cut at the end of what is filled: a whole column may be merged, or what is nowhere."""
    return tuple(
        ((top, left), (min(bottom, height - 1), min(last, right)))
        for (top, left), (bottom, last) in merges
        if 0 <= top < height and 0 <= left <= right and top <= bottom and left <= last
    )


def _damage(fault: BaseException) -> BaseException:
    """The refusal for damage; a panic of the reader is damage too, but what a person or the system asks for is not."""
    if isinstance(fault, KeyboardInterrupt | SystemExit):
        return fault
    return Refusal("file.too_large" if isinstance(fault, MemoryError) else "file.truncated")


def _table(content: bytes, limits: Limits) -> RawSheet:
    rows, lines = delimited.read(content, limits)
    return RawSheet(1, "", rows, (), lines, shown=settle(rows, None, limits.characters))
