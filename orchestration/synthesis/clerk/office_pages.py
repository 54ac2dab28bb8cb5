"""The clerk of a township office: from cases, receipts and services of a month to the pages of its ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import polars as pl

from orchestration.synthesis.clerk import office_cells, office_rows, office_rows_more, office_rows_services
from orchestration.synthesis.clerk.clerk import Clerk
from orchestration.synthesis.clerk.office_words import words
from orchestration.synthesis.clerk.pages import Cell, Page
from orchestration.synthesis.clerk.parties import Parties, parties_of
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS, OFFICE_FORMS, Printed
from orchestration.synthesis.months import last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.reporting import received_on, signed_on
from orchestration.synthesis.tables import Truth

Source = Callable[[Truth, Options, int], pl.DataFrame]
SOURCES: dict[str, Source] = {
    "L08": office_rows_services.log,
    "L09": office_rows_services.supplies,
    "L10": office_rows.services,
    "L11": office_rows.decisions,
    "L12": office_rows.receipts,
    "L13": office_rows_more.stock,
    "L14": office_rows_more.treasury,
    "L15": office_rows_more.benefits,
    "L17": office_rows_more.targets,
    "L18": office_rows_more.inspections,
    "L19": office_rows_more.funding,
    "L20": office_rows_more.disclosures,
    "L21": office_rows_more.changes,
}
# Due every month, so a month without anything sends an empty sheet; the others are sent when there is something.
MONTHLY = ("L08", "L09", "L10", "L11", "L12", "L13", "L14")
TOTALS = {
    "L10": ("couples", "persons", "contacts", "funds"),
    "L11": ("amount",),
    "L12": ("amount", "surcharge"),
    "L15": ("due", "paid"),
}
_OFFICE = "-fp"


def pages(truth: Truth, printed: Printed, options: Options, month: int) -> Iterator[list[Page]]:
    """The pages of every township office, in the order of codes.

    An office reports as long as one of its villages does. A form shows what happened in the month and was known on its
    last day; L11 shows the cases in which something changed, in the first month of a run all that are decided.

    Args:
        truth: the tables of the county.
        printed: forms and dialects.
        options: seed, county, start and forms.
        month: month number.
    """
    forms = [form for form in options.forms or DEFAULT_FORMS if form in OFFICE_FORMS]
    if not forms:
        return
    day = last_day(month)
    frames = {form: _source(form, truth, options, month).partition_by("township_code", as_dict=True) for form in forms}
    valid = truth.villages.filter((pl.col("valid_from") <= day) & (pl.col("valid_to") > day)).sort("division_code")
    for code, name in valid.select("township_code", "township_name").unique("township_code", keep="first").sort(
        "township_code"
    ).iter_rows():  # fmt: skip
        clerk = Clerk(printed, code)
        made = []
        for form in forms:
            rows = frames[form].get((code,))
            if rows is not None or form in MONTHLY:
                made.append(_page(form, rows, clerk, code, name, printed, options, month))
        yield made


def _source(form: str, truth: Truth, options: Options, month: int) -> pl.DataFrame:
    rows = SOURCES[form](truth, options, month)
    return _with_parties(rows, options) if form == "L11" else rows


def _with_parties(rows: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Add names and numbers of the parties; two decisions on one child bear the same."""
    named = []
    for child, case_no, born, decided, count in rows.select(
        "child", "case_no", "birth_day", "decision_day", "party_count"
    ).iter_rows():
        key = str(child) if child >= 0 else case_no
        named.append(parties_of(key, born or decided, count, options, words()))
    schema = dict.fromkeys(Parties._fields, pl.String)
    return pl.concat([rows, pl.DataFrame(named, schema=schema, orient="row")], how="horizontal")


def _page(
    form: str, rows: pl.DataFrame | None, clerk: Clerk, code: str, name: str, printed: Printed, options: Options,
    month: int,
) -> Page:  # fmt: skip
    unit_code, unit_name = code + _OFFICE, name + printed.habits["office"]
    headings = printed.columns(form, code)
    height = 0 if rows is None else rows.height
    cells: dict[str, list[Cell]] = {}
    if rows is not None:
        told = rows.select(**office_cells.written(form, clerk, unit_name, name)).to_dict(as_series=False)
        cells = {key: [_plain(cell) for cell in values] for key, values in told.items()}
    cells["serial"] = list(range(1, height + 1))
    blank: list[Cell] = [None] * height
    columns = {key: cells.get(key, list(blank)) for key in headings}
    totals = _totals(form, rows, cells) if printed.has_totals(form, code) else None
    signed: date = signed_on(received_on(options, unit_code, month))
    return Page(form, unit_code, unit_name, code, month, signed, headings, columns, totals)


def _plain(cell: Cell) -> Cell:
    """An amount without fen as a whole number."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _totals(form: str, rows: pl.DataFrame | None, cells: dict[str, list[Cell]]) -> dict[str, Cell] | None:
    """The 合计 row: sums of what is on the page, without void receipts."""
    if rows is None or form not in TOTALS:
        return None
    counted = [True] * rows.height if "mark" not in rows.columns else (rows["mark"] != "void").to_list()
    found: dict[str, Cell] = {}
    for key in TOTALS[form]:
        figures = [cell for cell, counts in zip(cells[key], counted, strict=True) if counts and cell is not None]
        if figures:
            found[key] = _plain(round(float(sum(figures)), 2))  # type: ignore[arg-type]
    return found or None
