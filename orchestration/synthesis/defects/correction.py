"""The first, flawed version of a workbook that is sent again as 最终版."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.synthesis.clerk.pages import Cell, Mark, Page
from orchestration.synthesis.defects.file import FilePlan
from orchestration.synthesis.defects.written import amount_of, text_of

# The figure that was typed wrong at first: on the first of these forms that has one.
_FIGURES = (("L16", "closing"), ("L12", "amount"), ("L10", "funds"), ("L11", "amount"))


def before_correction(pages: Sequence[Page], plan: FilePlan) -> None:
    """Turn (a deep copy of) a unit's pages into the first version, which 最终版 corrects.

    One figure of the last row is too large; the 合计 row keeps its clean figures. The marks of the copies are replaced
    by the mark of that cell.
    """
    for page in pages:
        page.marks.clear()
    for form, key in _FIGURES:
        for page in pages:
            cells = page.columns.get(key, []) if page.form == form else []
            amount = amount_of(cells[-1]) if cells else None
            if amount is None or not plan.marks:
                continue
            clean: Cell = cells[-1]
            by = 1 if form == "L16" else 100
            cells[-1] = int(amount) + by if isinstance(clean, int) else amount + by
            page.marks.append(Mark(plan.marks[0][1].code, len(cells) - 1, key, text_of(clean), text_of(cells[-1])))
            return
