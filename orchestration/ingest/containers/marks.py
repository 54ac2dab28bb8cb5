"""What a workbook shows beside the values of its cells: rows struck out or hidden, comments, cells not to trust."""

from __future__ import annotations

from dataclasses import dataclass, field

REFERENCE_LOST = "#REF!"


@dataclass(frozen=True)
class BadCell:
    """Stands in the place of a value that must not be used, and says by which rule; its text is never kept."""

    rule_id: str

    def __str__(self) -> str:
        return "#"


@dataclass
class Marks:
    """The marks of one sheet; rows and columns as Excel numbers them, from 1.

    ``errors`` holds the error that a cell shows, ``formulas`` the text of a formula and ``valueless`` formulas whose
    value was never computed. ``struck`` are cells whose text, or a part of it, is struck out.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: set[tuple[int, int]] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    valueless: set[tuple[int, int]] = field(default_factory=set)
    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        """Take note that a cell lies there."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)

    def __bool__(self) -> bool:
        return bool(
            self.hidden_rows or self.hidden_columns or self.comments or self.struck or self.errors or self.formulas
            or self.valueless
        )  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What is left to tell of a sheet once its cells are set right: hidden and struck rows, comments, bad cells."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: frozenset[tuple[int, int]] = frozenset()
    struck_rows: frozenset[int] = frozenset()
    bad_cells: tuple[tuple[int, int, str], ...] = ()
