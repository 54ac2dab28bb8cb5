"""A page laid out as a sheet: title, line with unit and date, header rows, data, totals, notes, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.synthesis.clerk.pages import Cell, Heading, Page
from orchestration.synthesis.clerk.printing import Printed
from orchestration.synthesis.months import last_day

TITLE_ROWS = 2
"""The title, and the line with unit, day and unit of measure."""

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on one sheet, by column; ``columns`` have one list a heading, all of one length."""

    name: str
    title: str
    unit_line: Triple
    headings: tuple[Heading, ...]
    keys: tuple[str, ...]
    columns: tuple[Sequence[Cell], ...]
    totals: tuple[Cell, ...] | None
    notes: tuple[str, ...]
    signature: Triple
    hidden: bool = False

    @property
    def header_rows(self) -> int:
        """Two where some columns share an upper header, else one."""
        return 2 if any(upper for upper, _ in self.headings) else 1

    @property
    def first_row(self) -> int:
        """Row of the first data row, 1-based."""
        return TITLE_ROWS + self.header_rows + 1

    @property
    def height(self) -> int:
        """Number of data rows."""
        return len(self.columns[0]) if self.columns else 0

    def header(self, key: str) -> str:
        """The header text of a column, upper and lower joined by ``_``."""
        upper, lower = self.headings[self.keys.index(key)]
        return f"{upper}_{lower}" if upper else lower


def lay_out(page: Page, printed: Printed, *, name: str | None = None, title: str | None = None) -> Sheet:
    """Lay a page out as its township prints it.

    Args:
        page: the cells; columns whose key has no heading are not printed, headings without a column stay blank.
        printed: forms and dialects.
        name: of the sheet, if not the form's own.
        title: the title line, if not the page's own.
    """
    habits, form = printed.habits, page.form
    year, month, end = page.month // 12, page.month % 12 + 1, last_day(page.month)
    keys = tuple(page.headings)
    blank: list[Cell] = [None] * page.height
    totals = None
    if page.totals is not None:
        totals = (habits["total"], *(page.totals.get(key) for key in keys[1:]))
    signed = {"year": page.signed.year, "month": page.signed.month, "day": page.signed.day}
    first, second, third = habits["signature"]
    return Sheet(
        name=name or printed.sheet(form),
        title=title or title_of(page, printed),
        unit_line=(
            habits["unit_line"].format(unit=page.unit_name),
            habits["day_line"].format(year=year, month=month, day=end.day),
            habits["measure_line"].format(measure=printed.measure(form, page.money_unit)),
        ),
        headings=tuple(page.headings.values()),
        keys=keys,
        columns=tuple(page.columns.get(key, blank) for key in keys),
        totals=totals,
        notes=tuple(habits["notes"]),
        signature=(first, second, third.format(**signed)),
    )


def title_of(page: Page, printed: Printed, *, unit_name: str | None = None, month: int | None = None) -> str:
    """The title line, which may name another unit or month than the page's own."""
    told = page.month if month is None else month
    title: str = printed.habits["title_line"].format(
        unit=unit_name or page.unit_name,
        year=told // 12,
        month=told % 12 + 1,
        title=printed.title(page.form),
        label=printed.habits["label"],
    )
    return title
