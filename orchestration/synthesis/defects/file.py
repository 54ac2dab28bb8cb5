"""The file layer: what becomes of the workbook of one unit and month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from orchestration.synthesis.clerk.pages import Mark
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS, OFFICE_FORMS, VILLAGE_FORMS
from orchestration.synthesis.defects.dose import by_weight, dose_of, expected_slips, generator, is_office, once
from orchestration.synthesis.defects.registry import Defect, planted
from orchestration.synthesis.months import period
from orchestration.synthesis.options import Options

_MOST_REMEMBERED = 4096
_LATE_DAYS = (6, 25)
_CORRECTED_AFTER_DAYS = (6, 20)
# Which damage is done to the bytes, by the slip that does it; see ``damage``.
_DAMAGED_TEXT = ("mojibake", "undecodable")
_DAMAGED_BOOK = ("web_page", "truncated", "empty_book")


@dataclass(frozen=True)
class Wrong:
    """What the title of one sheet says wrongly; the lines of unit and date below it are never wrong.

    ``month``: the month that the title names, None for the right one. ``next_unit``: the title bears the name (township
    and village) of the next unit of the same kind that is valid in that month, after the last one the first.
    """

    month: int | None = None
    next_unit: bool = False


@dataclass(frozen=True)
class FilePlan:
    """How the workbook of a unit and month is sent; every default is the ordinary way.

    The writer obeys, in this order:
      ``missing``: nothing is written at all, only the marks are logged (with no file).
      ``content_month``: the pages of this month are written (unspoilt) instead of the month's own: last month's file
        sent again. Titles, sheet names and dates are those of ``content_month``; folder and file name are the month's.
      ``name_month``: the month in the file name (year and month).
      ``days_late``: added to the ordinary day of receipt.
      ``resubmitted_after``: if > 0, ``before_correction`` is called on a deep copy of the pages, that copy is sent on
        the ordinary day, and the pages themselves come this many days later, the file name ending in 最终版.
      ``titles``: form -> what the title line of its sheet says wrongly.
      ``tabs``: form -> form whose sheet name its sheet bears.
      ``hidden_copy``: the form whose sheet stands a second time at the end of the workbook, hidden, "<name> (2)".
      ``text_form``: the form whose sheet is left out of the workbook and sent as a text file in GB18030 beside it,
        with ``text_suffix``.
      ``suffix``: of the workbook's name; the bytes are .xlsx all the same.
      ``damage``: call ``damage(plan, path)`` on the text file if there is a ``text_form``, else on the workbook.
    ``marks`` go to the log: (form or None for the whole file, mark); a form's mark stands on its sheet or text file.
    """

    unit_code: str
    month: int
    content_month: int
    name_month: int
    missing: bool = False
    days_late: int = 0
    resubmitted_after: int = 0
    titles: Mapping[str, Wrong] = field(default_factory=dict)
    tabs: Mapping[str, str] = field(default_factory=dict)
    hidden_copy: str | None = None
    text_form: str | None = None
    text_suffix: str = ".csv"
    suffix: str = ".xlsx"
    damage: str | None = None
    marks: tuple[tuple[str | None, Mark], ...] = ()

    @property
    def tells_its_month(self) -> bool:
        """Whether a reader can still learn from the workbook what happened in its month, on every sheet."""
        whole = not self.missing and self.damage is None and not self.titles
        return whole and self.content_month == self.month == self.name_month


@lru_cache(_MOST_REMEMBERED)
def file_plan(unit_code: str, month: int, options: Options) -> FilePlan:
    """What becomes of the workbook of a unit and month: one slip at most."""
    plain = FilePlan(unit_code, month, month, month)
    dose = dose_of(unit_code, options)
    for family in dose.families:
        rng = generator(options, f"file {family}", unit_code, month)
        known = planted(family, "file", real_names=options.real_names)
        if not known or not once(expected_slips(dose, family, "file"), rng):
            continue
        for defect in by_weight(known, rng):
            plan = plan_of(defect, plain, options, rng)
            if plan is not None:
                return plan
    return plain


def plan_of(defect: Defect, plain: FilePlan, options: Options, rng: np.random.Generator) -> FilePlan | None:
    """The plan of one slip; None where unit, month, forms or format leave it no place."""
    if options.file_format not in defect.formats:
        return None
    form = None
    if defect.forms:
        own = OFFICE_FORMS if is_office(plain.unit_code) else VILLAGE_FORMS
        forms = [form for form in options.forms or DEFAULT_FORMS if form in own and form in defect.forms]
        if not forms:
            return None
        form = forms[int(rng.integers(len(forms)))]
    plan = _changed(defect, plain, form, options, rng)
    if plan is None:
        return None
    clean, dirty = _words(plan)
    # What befalls the workbook is the file's mark, what befalls one sheet (or its text file) is the form's.
    of_form = None if plan.tabs else form
    return replace(plan, marks=((of_form, Mark(defect.code, None, None, clean, dirty)),))


def _changed(
    defect: Defect, plain: FilePlan, form: str | None, options: Options, rng: np.random.Generator
) -> FilePlan | None:
    month = plain.month
    match defect.make:
        # Nobody is due before the first report that ever came.
        case "missing":
            return replace(plain, missing=True) if month > options.start else None
        case "late":
            return replace(plain, days_late=int(rng.integers(*_LATE_DAYS))) if month > options.start else None
        case "resubmitted":
            return replace(plain, resubmitted_after=int(rng.integers(*_CORRECTED_AFTER_DAYS)))
        case "last_month_again":
            return replace(plain, content_month=month - 1) if month > options.start else None
        case "name_month":
            return replace(plain, name_month=month + (1 if rng.integers(2) else -1))
        case "tabs_swapped":
            both = {"L02", "L03"} <= set(options.forms or DEFAULT_FORMS)
            return replace(plain, tabs={"L02": "L03", "L03": "L02"}) if both else None
        case "named_xls":
            return replace(plain, suffix=".xls")
    if form is None:
        return replace(plain, damage=defect.make) if defect.make in _DAMAGED_BOOK else None
    match defect.make:
        case "title_month":
            return replace(plain, titles={form: Wrong(month=month - 1)})
        case "title_unit":
            return replace(plain, titles={form: Wrong(next_unit=True)}) if options.villages > 1 else None
        case "hidden_copy":
            return replace(plain, hidden_copy=form)
        case "text_named_xlsx":
            return replace(plain, text_form=form, text_suffix=".xlsx")
        case "text_file":
            return replace(plain, text_form=form)
    return replace(plain, text_form=form, damage=defect.make) if defect.make in _DAMAGED_TEXT else None


def _words(plan: FilePlan) -> tuple[str, str]:
    """Clean and dirty value of a plan's one slip."""
    right = period(plan.month)
    if plan.missing:
        return right, ""
    if plan.content_month != plan.month:
        return right, period(plan.content_month)
    if plan.name_month != plan.month:
        return right, period(plan.name_month)
    for wrong in plan.titles.values():
        return (right, period(wrong.month)) if wrong.month is not None else (plan.unit_code, "next unit")
    if plan.days_late or plan.resubmitted_after:
        return "", f"{plan.days_late or plan.resubmitted_after} days later"
    if plan.tabs:
        return "", " ".join(f"{form}={tab}" for form, tab in sorted(plan.tabs.items()))
    if plan.damage or plan.hidden_copy:
        return "", plan.damage or f"{plan.hidden_copy} hidden"
    return ".xlsx", f"text in {plan.text_suffix}" if plan.text_form else plan.suffix
