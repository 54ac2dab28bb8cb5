"""Bytes become sheets of raw cells, or a refusal with its reason. The kind is told by the bytes, never by the name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import python_calamine

Merge = tuple[tuple[int, int], tuple[int, int]]

_MOST_CELLS = 20_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf")
_HTML = re.compile(rb"^\s*(<!doctype html|<html|<table|<\?xml|<head|<meta)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class Refusal(Exception):
    """A file that cannot be read at all; carries the rule, never the library's text."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(rule_id)
        self.rule_id = rule_id


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it lies in the file.

    ``rows`` are padded to the sheet's first cell, so that index + 1 is the row number Excel shows; ``lines`` gives the
    physical line of each row where it differs (text files). Merges are 0-based (first, last) cells.
    """

    number: int
    name: str
    rows: list[list[object]]
    merges: tuple[Merge, ...] = ()
    lines: list[int] = field(default_factory=list)
    hidden: bool = False

    @cached_property
    def filled(self) -> list[int]:
        """How many cells of each row are not empty; none of a row that holds nothing but blanks."""
        return [0 if is_blank(row) else len(row) - row.count("") for row in self.rows]

    @property
    def rows_seen(self) -> int:
        """How many rows hold something; the others are not counted at all."""
        return len(self.filled) - self.filled.count(0)

    def row_no(self, index: int) -> int:
        """The row as Excel shows it, or the physical line of a text file; 1-based."""
        return self.lines[index] if self.lines else index + 1


def is_blank(row: list[object]) -> bool:
    """Whether a row holds nothing but blanks; such rows are not counted at all."""
    for cell in row:  # noqa: SIM110  the first cell decides nearly always, and this runs for every row there is
        if cell != "" and (not isinstance(cell, str) or not cell.isspace()):
            return False
    return True


def open_sheets(content: bytes) -> Iterator[RawSheet]:
    """The sheets of a file, one after the other.

    Raises:
        Refusal: empty, cut off, protected, a web page, an unknown kind, in no known encoding, or too large.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Refusal("file.empty")
    if content.startswith((_ZIP, _OLE)):
        yield from _workbook(content)
        return
    if content.startswith(_NOT_TEXT):
        raise Refusal("file.unknown_kind")
    if _HTML.match(content[:512].removeprefix(b"\xef\xbb\xbf")):
        raise Refusal("file.html")
    yield _table(decode(content))


def decode(content: bytes) -> str:
    """Text of a file in UTF-8 (with or without mark), UTF-16 with mark, or GB18030.

    Raises:
        Refusal: none of them fits.
    """
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise Refusal("file.undecodable")


def _workbook(content: bytes) -> Iterator[RawSheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        tabs = book.sheets_metadata
    except python_calamine.PasswordError:
        raise Refusal("file.password") from None
    except Exception:  # noqa: BLE001  calamine raises bare exceptions for damage, and their text may quote a cell
        raise Refusal(_why_not_a_workbook(content)) from None
    for index, tab in enumerate(tabs):
        try:
            sheet = book.get_sheet_by_index(index)
            if sheet.total_height * sheet.total_width > _MOST_CELLS:
                raise Refusal("file.too_large")
            rows = sheet.to_python(skip_empty_area=False)
            merges = tuple(sheet.merged_cell_ranges or ())
        except Refusal:
            raise
        except python_calamine.WorksheetNotFound:
            continue  # a chart has a tab but no cells
        except Exception:  # noqa: BLE001  as above
            raise Refusal("file.truncated") from None
        hidden = tab.visible != python_calamine.SheetVisibleEnum.Visible
        yield RawSheet(index + 1, tab.name, rows, merges, hidden=hidden)


def _why_not_a_workbook(content: bytes) -> str:
    if content.startswith(_OLE):
        # An encrypted .xlsx is an OLE container with this stream; its names are in UTF-16.
        return "file.password" if "EncryptedPackage".encode("utf-16-le") in content else "file.truncated"
    if b"PK\x05\x06" not in content[-70_000:]:
        return "file.truncated"
    return "file.unknown_kind" if b"workbook" not in content and b"content.xml" not in content else "file.truncated"


def _table(text: str) -> RawSheet:
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    rows: list[list[object]] = []
    lines: list[int] = []
    start = 1
    try:
        for cells in reader:
            rows.append(list(cells))
            lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        raise Refusal("file.truncated") from None
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    if width * len(rows) > _MOST_CELLS:
        raise Refusal("file.too_large")
    return RawSheet(1, "", rows, (), lines)


def _delimiter(text: str) -> str:
    """The separator that the first lines bear most evenly; a comma where nothing separates."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in (",", "\t", ";", "，", "|")}
    return max(counts, key=lambda mark: (counts[mark][len(counts[mark]) // 2] if counts[mark] else 0, mark == ","))
