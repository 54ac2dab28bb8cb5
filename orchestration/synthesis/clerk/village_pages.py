"""The clerk of a village: from the books of a month to the pages of its ledgers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from orchestration.synthesis.clerk import rosters, village_cells, village_columns
from orchestration.synthesis.clerk.clerk import Clerk
from orchestration.synthesis.clerk.pages import Cell, Page
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS, VILLAGE_FORMS, Printed
from orchestration.synthesis.clerk.village_books import FLOWS, Counts, MonthOfBooks, month_of_books
from orchestration.synthesis.options import Options
from orchestration.synthesis.reporting import received_on, signed_on
from orchestration.synthesis.tables import Truth

ROSTER_MONTHS = (1, 10)
# Forms of one row, and the figures on it.
_FIGURES = {
    "L16": ("opening", *FLOWS, "closing", "float_in", "float_out"),
    "L07": ("households", "population", "population_male", "population_female", "women_15_49", "births", "deaths"),
}


@dataclass(frozen=True)
class _Unit:
    """A village as a page names it; ``rank`` is its place among the reporting villages."""

    rank: int
    village: int
    code: str
    name: str
    township_code: str
    township_name: str


def forms_of(options: Options, month: int) -> list[str]:
    """The village forms due for a month, in the order of their sheets; rosters in January, October and at first."""
    wanted = [form for form in options.forms or DEFAULT_FORMS if form in VILLAGE_FORMS]
    has_roster = month % 12 + 1 in ROSTER_MONTHS or month == options.start
    return [form for form in wanted if form != "L01" or has_roster]


def pages(
    truth: Truth, printed: Printed, options: Options, month: int, units: Collection[str] | None = None
) -> Iterator[list[Page]]:
    """The pages of every village valid on the last day of a month, by township and code.

    Args:
        truth: the tables of the county; reports decide what the books know.
        printed: forms and dialects.
        options: seed, county, start and forms.
        month: month number.
        units: codes of the villages to write; None for all.
    """
    forms = forms_of(options, month)
    books = month_of_books(truth, month)
    frames = {form: village_columns.source(form, truth, books, options) for form in forms if form not in _FIGURES}
    figures = {form: _figures(form, truth, books) for form in forms if form in _FIGURES}
    starts = {form: np.searchsorted(frame["rank"], np.arange(len(books.order) + 1)) for form, frame in frames.items()}
    for township in _townships(truth, books):
        first, last = township[0].rank, township[-1].rank + 1
        clerk = Clerk(printed, township[0].township_code)
        written = {}
        for form, frame in frames.items():
            low, high = starts[form][first], starts[form][last]
            columns = village_cells.written(form, clerk, month)
            written[form] = frame[low:high].select(**columns).to_dict(as_series=False)
        for unit in township:
            if units is None or unit.code in units:
                yield [
                    _figures_page(unit, form, figures[form], printed, options, month)
                    if form in figures
                    else _rows_page(
                        unit, form, written[form], starts[form] - starts[form][first], printed, options, month
                    )
                    for form in forms
                ]


def _townships(truth: Truth, books: MonthOfBooks) -> Iterator[list[_Unit]]:
    """The reporting villages, one list a township."""
    listed = truth.villages.sort("village")
    found: list[_Unit] = []
    for rank, village in enumerate(books.order.tolist()):
        row = listed.row(village, named=True)
        unit = _Unit(
            rank, village, row["division_code"], row["name_zh"], row["township_code"], row["township_name"]
        )  # fmt: skip
        if found and found[-1].township_code != unit.township_code:
            yield found
            found = []
        found.append(unit)
    if found:
        yield found


def _figures(form: str, truth: Truth, books: MonthOfBooks) -> dict[str, Counts]:
    """The figures of a form of one row, each by village number."""
    found = books.figures
    if form == "L07":
        found = found | {"population": found["closing"]} | rosters.summary(truth, books.month, books.keepers)
    return {name: found[name] for name in _FIGURES[form]}


def _figures_page(
    unit: _Unit, form: str, by_village: dict[str, Counts], printed: Printed, options: Options, month: int
) -> Page:
    figures = {name: int(counts[unit.village]) for name, counts in by_village.items()}
    cells: dict[str, list[Cell]] = {"serial": [1], "village": [unit.name]}
    cells |= {name: [figure] for name, figure in figures.items()}
    totals: dict[str, Cell] | None = None
    if printed.has_totals(form, unit.township_code):
        totals = dict(figures)
    return _page(unit, form, cells, 1, totals, printed, options, month)


def _rows_page(
    unit: _Unit, form: str, written: dict[str, list[Any]], starts: Any, printed: Printed, options: Options, month: int
) -> Page:
    low, high = int(starts[unit.rank]), int(starts[unit.rank + 1])
    cells: dict[str, list[Cell]] = {name: values[low:high] for name, values in written.items()}
    cells["serial"] = list(range(1, high - low + 1))
    counted = printed.habits["head_count"].get(form)
    totals: dict[str, Cell] | None = None
    if counted and printed.has_totals(form, unit.township_code):
        totals = {counted: printed.habits["head_count_text"].format(count=high - low)}
    return _page(unit, form, cells, high - low, totals, printed, options, month)


def _page(
    unit: _Unit, form: str, cells: dict[str, list[Cell]], height: int, totals: dict[str, Cell] | None,
    printed: Printed, options: Options, month: int,
) -> Page:  # fmt: skip
    headings = printed.columns(form, unit.township_code)
    blank: list[Cell] = [None] * height
    columns = {name: cells[name] if name in cells else list(blank) for name in headings}
    signed: date = signed_on(received_on(options, unit.code, month))
    name = unit.township_name + unit.name
    return Page(form, unit.code, name, unit.township_code, month, signed, headings, columns, totals)
