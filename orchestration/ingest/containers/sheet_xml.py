"""The XML of one sheet of an .xlsx, looked at before the reader of cells builds its rectangle of it.

A workbook of two cells can ask for a rectangle of ten thousand million; that reader would end the process. A clean
sheet is told by searches over its bytes alone; any other is parsed whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.marks import Marks
from orchestration.ingest.containers.package import walk
from orchestration.ingest.containers.refusal import Refusal

_SHEET = b"sheetData"
_ROW = re.compile(rb'<row(?=[\s/>])(?: r="([1-9]\d{0,6})"([^>]*))?')
_CELL = (b"c ", b"c>", b"c/", b"c\t", b"c\r", b"c\n")
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_TRUE = ("1", "true", "on")
_MOST_LETTERS = 2


def is_sheet(part: bytes) -> bool:
    """Whether a part of the package can be read as a sheet, whatever its name."""
    return _SHEET in part


def is_clean(part: bytes, limits: Limits) -> bool:
    """Whether a sheet surely lies within the limits and has no hidden row or column, formula or error in it."""
    start = part.find(_SHEET)
    if part[start - 1 : start] != b"<" or b"'" in part or b"hidden=" in part[:start]:
        return False
    # One byte is found many times faster than a word: every error has a #, every formula an f, every prefix a colon.
    if part.find(b"#", start) >= 0 or (part.find(b"f", start, part.rfind(_SHEET)) >= 0 and b"</f>" in part):
        return False
    if any(piece.startswith(_CELL) for piece in part.split(b":")):
        return False
    rows = _ROW.findall(part)
    if any(not number or (rest and b"hidden" in rest) for number, rest in rows):
        return False
    digits = len(str(max((int(number) for number, _ in rows), default=0)))
    for letters in range(1, _MOST_LETTERS + 1):
        if not _other_cells(letters, digits).search(part):
            return limits.holds(10**digits, 26**letters + 26)
    return False


@lru_cache(maxsize=64)
def _other_cells(letters: int, digits: int) -> re.Pattern[bytes]:
    """Any cell but those whose address has so many letters and digits at most."""
    return re.compile(rb'<c(?:[\t\r\n/>]| (?!r="[A-Z]{1,%d}[1-9]\d{0,%d}"))' % (letters, digits - 1))


class SheetScan:
    """Every mark of one sheet, by one pass over its XML.

    ``struck_styles`` are the numbers of cell formats whose font is struck out, ``struck_strings`` those of shared
    strings with a struck part.
    """

    def __init__(self, struck_styles: frozenset[int], struck_strings: frozenset[int]) -> None:
        self.marks = Marks()
        self._styles, self._strings = struck_styles, struck_strings
        self._row = self._column = self._last_row = 0
        self._type = ""
        self._at = (0, 0)
        self._held: str | None = None
        self._text: list[str] = []
        self._has_value = self._is_struck = False
        self._formula: str | None = None

    def read(self, part: bytes) -> Marks:
        """The marks of a sheet.

        Raises:
            Refusal: the XML is damaged, or defines entities.
        """
        walk(part, self._start, self._end, self._characters)
        return self.marks

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._last_row = max(self._last_row + 1, _number(attributes.get("r")))
            self._row, self._column = _number(attributes.get("r")) or self._last_row, 0
            if attributes.get("hidden") in _TRUE:
                self.marks.hidden_rows.add(self._row)
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.marks.hidden_columns.update(range(first, min(last, first + 999) + 1))
        elif name in ("f", "v", "is"):
            self._held, self._text = name, []
        elif name == "strike" and self._held == "is" and attributes.get("val", "1") in _TRUE:
            self._is_struck = True

    def _cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        found = _ADDRESS.fullmatch(address or "A1")
        if found is None:
            raise Refusal("file.truncated")
        row, column = (int(found[2]), column_number(found[1])) if address else (self._row, self._column + 1)
        # A reader that overlooks an address counts on from the cell before; the sheet reaches as far as either says.
        self._column = max(self._column + 1, column)
        self._at = (row, column)
        self.marks.reach(max(row, self._last_row), self._column)
        self._type = attributes.get("t", "")
        self._is_struck = bool(self._styles) and int(attributes.get("s") or 0) in self._styles
        self._has_value, self._formula = False, None

    def _characters(self, text: str) -> None:
        if self._held:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._held:
            text, self._held = "".join(self._text), None
            if name == "f":
                self._formula = text
                return
            self._has_value = bool(text)
            if self._type == "e":
                self.marks.errors[self._at] = text
            elif self._type == "s" and self._strings and text.isdigit() and int(text) in self._strings:
                self._is_struck = True
        elif name == "c":
            self._leave()

    def _leave(self) -> None:
        at = self._at
        if self._is_struck and self._has_value:
            self.marks.struck.add(at)
        if self._formula is None:
            return
        if self._formula:
            self.marks.formulas[at] = self._formula
        if not self._has_value and self._type != "str":
            self.marks.valueless.add(at)


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None) -> int:
    """The number of a row, 0 where none is told.

    Raises:
        Refusal: it is no number of a row.
    """
    if text is None:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 7 or not int(text):
        raise Refusal("file.truncated")
    return int(text)
