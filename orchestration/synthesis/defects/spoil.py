"""The clerk layer: slips in the cells of one unit's pages, and the lawful things on them that look like slips."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from orchestration.synthesis.clerk.pages import Mark, Page
from orchestration.synthesis.defects.cell import CELL_SLIPS
from orchestration.synthesis.defects.desk import Desk, Slip
from orchestration.synthesis.defects.dose import by_weight, clerk_defects, dose_of, expected_slips, generator, once
from orchestration.synthesis.defects.file import file_plan
from orchestration.synthesis.defects.negatives import mark_lawful
from orchestration.synthesis.defects.registry import Defect, registry, rows_of_a_sheet
from orchestration.synthesis.defects.row import ROW_SLIPS
from orchestration.synthesis.defects.sheet import SHEET_SLIPS
from orchestration.synthesis.options import Options

SLIPS: dict[str, Slip] = {**CELL_SLIPS, **ROW_SLIPS, **SHEET_SLIPS}
# Slips of cells and rows can be many on a sheet, those of sheets and flows cannot.
_MANY = "ABF"


def spoil(pages: list[Page], options: Options, month: int, year_to_date: Mapping[str, int] | None = None) -> None:
    """Change cells of one unit's pages of a month and mark every change.

    A workbook that the file layer spoils is left alone, so that every slip can be seen for itself; and a sheet with a
    slip of its own holds no other one.

    Args:
        pages: all pages of one unit and month, in the order of their sheets.
        options: dose and seed.
        month: month number of the pages.
        year_to_date: for a village, key of L16 -> sum of the clean figures of births, births_male, births_female,
            births_order_1..3, births_prev_unreported, deaths, moved_in, moved_out, marriages from January (or the
            run's first month) to the month before; without it no cumulated sheet is planted.
    """
    if options.defects <= 0 or not pages:
        return
    unit_code = pages[0].unit_code
    if file_plan(unit_code, month, options).marks:
        return
    by_form, nothing = {page.form: page for page in pages}, np.random.default_rng(0)
    desks = [Desk(page, by_form, nothing, year_to_date) for page in pages]
    for desk in desks:
        mark_lawful(desk)
    dose = dose_of(unit_code, options)
    for family in dose.families:
        mean = expected_slips(dose, family, "clerk")
        for desk in desks:
            known = clerk_defects(family, desk.page.form, real_names=options.real_names)
            if not known:
                continue
            rng = desk.rng = generator(options, f"clerk {family}", unit_code, month, desk.page.form)
            length = max(1.0, desk.page.height / rows_of_a_sheet())
            for _ in range(int(rng.poisson(mean * length)) if family in _MANY else int(once(mean, rng))):
                if not desk.closed:
                    plant(desk, by_weight(known, rng))
    for desk in desks:
        _tidy(desk)


def plant(desk: Desk, defects: list[Defect]) -> bool:
    """Plant the first of some defects that finds a place; a sheet slips as a whole only while nothing else is wrong."""
    for defect in defects:
        if defect.scope == "sheet" and any(_is_planted(mark) for mark in desk.page.marks):
            continue
        if SLIPS[defect.make](desk, defect):
            return True
    return False


def _tidy(desk: Desk) -> None:
    """Say nothing else of a sheet that is wrong as a whole, nor that all is well on one with slips."""
    marks = desk.page.marks
    planted = [mark for mark in marks if _is_planted(mark)]
    if any(registry()[mark.code].scope == "sheet" for mark in planted):
        marks[:] = planted
    elif planted:
        marks[:] = [mark for mark in marks if _is_planted(mark) or mark.row is not None]


def _is_planted(mark: Mark) -> bool:
    return registry()[mark.code].layer != "truth"
