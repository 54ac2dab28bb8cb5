"""A page is one form of one unit and month as the clerk fills it in, still apart from any file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Cell = str | int | float | Decimal | date | None
Heading = tuple[str, str]
"""Upper and lower header; the upper one is empty where a column has a single header cell."""


@dataclass(frozen=True)
class Mark:
    """One planted slip on a page, or a hard negative that must not be flagged.

    ``row`` counts the page's data rows from 0, None means the whole page; ``key`` names the column, None the whole row.
    The file layer turns both into an address of the file.
    """

    code: str
    row: int | None
    key: str | None
    clean: str
    dirty: str


@dataclass
class Page:
    """Cells of one form, by column: every list of ``columns`` has the same length.

    ``unit_code`` is a division code, or ``<division code>-fp`` for a township's office. ``signed`` is 报出日期.
    ``totals`` is the 合计 row by column key, None if the form has none. ``money_unit`` is 元 or 万元 and binds every
    money column.
    """

    form: str
    unit_code: str
    unit_name: str
    township_code: str
    month: int
    signed: date
    headings: dict[str, Heading]
    columns: dict[str, list[Cell]]
    totals: dict[str, Cell] | None = None
    money_unit: str = "元"
    marks: list[Mark] = field(default_factory=list)

    @property
    def height(self) -> int:
        """Number of data rows."""
        return len(next(iter(self.columns.values()), []))
