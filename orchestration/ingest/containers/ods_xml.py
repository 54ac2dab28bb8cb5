"""The content of an .ods: how far its sheets reach, what is hidden, struck out, commented or an error in them."""

from __future__ import annotations

import re

from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.marks import Marks
from orchestration.ingest.containers.package import walk
from orchestration.ingest.containers.refusal import Refusal

PART = "content.xml"
_CELLS = ("table-cell", "covered-table-cell")
_ERROR = re.compile(r"#[A-Z0-9/!?]{2,12}|#N/A|Err:\d{3}")
_HIDDEN = ("collapse", "filter")
_MOST_MARKED = 1_000


def survey(content: bytes, limits: Limits) -> dict[int, Marks]:
    """The marks of each sheet that has any, by its place among the tabs, from 0.

    Raises:
        Refusal: a sheet spans more than may be read, or the XML is damaged.
    """
    scan = _Scan(limits)
    walk(content, scan.start, scan.end, scan.characters)
    return {index: marks for index, marks in enumerate(scan.sheets) if marks}


class _Scan:
    def __init__(self, limits: Limits) -> None:
        self.sheets: list[Marks] = []
        self._limits = limits
        self._struck: set[str] = set()
        self._style = ""
        self._row = self._column = 0
        self._row_repeat = self._repeat = 1
        self._row_hidden = self._row_filled = False
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._is_struck = False
        self._annotation = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "style":
            self._style = attributes.get("style:name", "")
        elif name == "text-properties":
            if attributes.get("style:text-line-through-style", "none") != "none":
                self._struck.add(self._style)
        elif name == "table":
            self.sheets.append(Marks())
            self._row = self._column = 0
        elif self.sheets:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table-column":
            self._column_of(attributes)
        elif name == "table-row":
            self._row_repeat = _count(attributes, "table:number-rows-repeated")
            self._column, self._row_filled = 0, False
            self._row_hidden = attributes.get("table:visibility") in _HIDDEN
        elif name in _CELLS:
            self._repeat = _count(attributes, "table:number-columns-repeated")
            self._cell, self._text = attributes, []
            self._is_struck = attributes.get("table:style-name") in self._struck
        elif name == "annotation":
            self._annotation += 1
            self.sheets[-1].comments.add((self._row + 1, self._column + 1))
        elif name == "span" and not self._annotation and attributes.get("text:style-name") in self._struck:
            self._is_struck = True

    def _column_of(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            first = self._column + 1
            self.sheets[-1].hidden_columns.update(range(first, first + min(count, _MOST_MARKED)))
        self._column += count

    def characters(self, text: str) -> None:
        if self._cell is not None and not self._annotation:
            self._text.append(text)

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "annotation":
            self._annotation -= 1
        elif name in _CELLS and self._cell is not None and self.sheets:
            self._leave_cell(self._cell)
            self._cell = None
        elif name == "table-row" and self.sheets:
            if self._row_filled:
                if self._row_hidden:
                    rows = range(self._row + 1, self._row + 1 + min(self._row_repeat, _MOST_MARKED))
                    self.sheets[-1].hidden_rows.update(rows)
                self.sheets[-1].reach(self._row + self._row_repeat, 0)
            self._row += self._row_repeat
            self._check()

    def _leave_cell(self, cell: dict[str, str]) -> None:
        marks, at, text = self.sheets[-1], (self._row + 1, self._column + 1), "".join(self._text)
        formula = cell.get("table:formula")
        self._column += self._repeat
        if not (text or formula or "office:value" in cell or "office:value-type" in cell):
            return
        self._row_filled = True
        marks.reach(0, self._column)
        self._check()
        if cell.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
            marks.errors[at] = text
        elif formula and "office:value-type" not in cell:
            marks.valueless.add(at)
        if self._is_struck:
            marks.struck.add(at)

    def _check(self) -> None:
        if self.sheets and not self._limits.holds(self.sheets[-1].rows, self.sheets[-1].columns):
            raise Refusal("file.too_large")


def _count(attributes: dict[str, str], name: str) -> int:
    count = int(attributes.get(name, 1))
    if count < 1:
        raise Refusal("file.truncated")
    return count
