"""A unit's pages on the desk of the clerk who spoils them: every change is marked, and no slip lies on another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from orchestration.synthesis.clerk.pages import Cell, Mark, Page
from orchestration.synthesis.defects.registry import Defect
from orchestration.synthesis.defects.written import row_text, text_of

_T = TypeVar("_T")
# One row a sheet: its figures are slips apart.
_ONE_ROW = "L16"


@dataclass
class Desk:
    """One page, beside the other pages of its unit and month.

    ``rng`` are the random numbers of the family that is being planted. ``year_to_date`` holds the figures of the year
    so far, see ``spoil``. ``closed`` is set once a slip concerns the
    sheet as a whole; nothing more goes wrong on it, so that every slip can be seen for itself.
    """

    page: Page
    pages: Mapping[str, Page]
    rng: np.random.Generator
    year_to_date: Mapping[str, int] | None = None
    closed: bool = False
    _taken: dict[int, set[str | None]] = field(default_factory=dict)

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of some choices, each as likely."""
        return choices[int(self.rng.integers(len(choices)))]

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` up to, not including, ``high``."""
        return int(self.rng.integers(low, high))

    def cell(self, row: int, key: str) -> Cell:
        """A cell of the page; row ``height`` is the 合计 row."""
        if row == self.page.height and self.page.totals is not None:
            return self.page.totals.get(key)
        return self.page.columns[key][row]

    def row(self, row: int) -> dict[str, Cell]:
        """A data row by column key, in the order of the columns."""
        return {key: cells[row] for key, cells in self.page.columns.items()}

    def is_free(self, row: int, key: str | None) -> bool:
        """Whether nothing is marked in this row yet (on the monthly report: at this cell)."""
        taken = self._taken.get(row, set())
        if self.page.form == _ONE_ROW and key is not None:
            return key not in taken and None not in taken
        return not taken

    def take(self, row: int, key: str | None) -> None:
        """Keep later slips away from a place."""
        self._taken.setdefault(row, set()).add(key)

    def mark(self, code: str, row: int | None, key: str | None, clean: str, dirty: str) -> None:
        """Mark a place without changing it."""
        self.page.marks.append(Mark(code, row, key, clean, dirty))
        if row is not None:
            self.take(row, key)

    def put(self, defect: Defect, row: int, key: str, dirty: Cell) -> None:
        """Put the dirty value into a cell and mark it."""
        clean = self.cell(row, key)
        if row == self.page.height:
            assert self.page.totals is not None
            self.page.totals[key] = dirty
        else:
            self.page.columns[key][row] = dirty
        self.mark(defect.code, row, key, text_of(clean), text_of(dirty))

    def put_row(self, defect: Defect, row: int, dirty: Mapping[str, Cell]) -> None:
        """Put dirty values into some cells of a row and mark the row."""
        clean = row_text(list(self.row(row).values()))
        for key, cell in dirty.items():
            self.page.columns[key][row] = cell
        self.mark(defect.code, row, None, clean, row_text(list(self.row(row).values())))

    def insert(self, at: int, cells: Mapping[str, Cell]) -> None:
        """Insert a row before row ``at``, unmarked; absent keys are blank. What is below moves down with its marks."""
        for key, column in self.page.columns.items():
            column.insert(at, cells.get(key))
        self._move(at, 1)

    def append(self, defect: Defect, cells: Mapping[str, Cell]) -> int:
        """Add a row below the last one, with the next serial number, and mark it; the row."""
        at = self.page.height
        serial = self.page.columns.get("serial", [None])[-1]
        given = dict(cells)
        if isinstance(serial, int):
            given["serial"] = serial + 1
        self.insert(at, given)
        self.mark(defect.code, at, None, "", row_text(list(self.row(at).values())))
        return at

    def remove(self, defect: Defect, at: int) -> None:
        """Leave a row out; the mark is the sheet's, since nothing is left to point at."""
        self.mark(defect.code, None, None, row_text(list(self.row(at).values())), "")
        for column in self.page.columns.values():
            del column[at]
        self._taken.pop(at, None)
        self._move(at + 1, -1)

    def set_columns(self, headings: dict[str, tuple[str, str]], columns: dict[str, list[Cell]]) -> None:
        """Give the page other columns; both in the same order."""
        self.page.headings, self.page.columns = headings, columns

    def _move(self, start: int, by: int) -> None:
        self._taken = {row + by if row >= start else row: keys for row, keys in self._taken.items()}
        self.page.marks[:] = [
            replace(mark, row=mark.row + by) if mark.row is not None and mark.row >= start else mark
            for mark in self.page.marks
        ]


@dataclass(frozen=True)
class Spot:
    """One cell on which a slip may lie."""

    desk: Desk
    defect: Defect
    row: int
    key: str

    def pick(self, choices: Sequence[_T]) -> _T:
        """One of some choices, each as likely."""
        return self.desk.pick(choices)

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` up to, not including, ``high``."""
        return self.desk.number(low, high)

    @property
    def cell(self) -> Cell:
        """What stands in it."""
        return self.desk.cell(self.row, self.key)

    def beside(self, key: str) -> Cell:
        """Another cell of its row; None if the page has no such column."""
        return self.desk.cell(self.row, key) if key in self.desk.page.columns else None


Typed = Callable[[Spot], Cell]
"""What is typed into a cell by mistake: the dirty value, or the clean one where the cell cannot bear the slip."""
Slip = Callable[[Desk, Defect], bool]
"""Makes one slip on a page; False, and nothing changed, if the page offers no place for it."""
