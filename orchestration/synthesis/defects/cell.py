"""Slips in one cell: where they can lie, and the function that makes each. 合计 rows keep their clean figures."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.cell_days import DAY_SLIPS
from orchestration.synthesis.defects.cell_figures import FIGURE_SLIPS
from orchestration.synthesis.defects.cell_ids import ID_SLIPS
from orchestration.synthesis.defects.cell_words import WORD_SLIPS
from orchestration.synthesis.defects.desk import Desk, Slip, Spot, Typed
from orchestration.synthesis.defects.registry import Defect
from orchestration.synthesis.defects.written import amount_of, text_of

# So many cells are looked at before a page counts as one without a place for the slip.
_MOST_LOOKED_AT = 400
_OF_MONEY = ("amount", "funds")

TYPED: dict[str, Typed] = {**ID_SLIPS, **DAY_SLIPS, **FIGURE_SLIPS, **WORD_SLIPS}


def in_one_cell(typed: Typed) -> Slip:
    """The slip that types something else into one cell of the columns that its defect names."""

    def slip(desk: Desk, defect: Defect) -> bool:
        for spot in _spots(desk, defect):
            dirty = typed(spot)
            if _differ(spot.cell, dirty):
                desk.put(defect, spot.row, spot.key, dirty)
                return True
        return False

    return slip


def total_off(desk: Desk, defect: Defect) -> bool:
    """A figure of the 合计 row is not the sum of its column; the rows stay as they are."""
    page, totals = desk.page, desk.page.totals or {}
    sums = {key: sum_ for key in defect.forms[page.form] if (sum_ := amount_of(totals.get(key))) is not None}
    keys = [key for key in sums if desk.is_free(page.height, key)]
    if not keys:
        return False
    key = desk.pick(keys)
    by = desk.number(1, 10) * (100 if key in _OF_MONEY else 1)
    dirty = sums[key] + by
    desk.put(defect, page.height, key, int(dirty) if isinstance(totals[key], int) else dirty)
    return True


def _spots(desk: Desk, defect: Defect) -> Iterator[Spot]:
    """Free cells of the defect's columns in a random order."""
    keys = [key for key in defect.forms[desk.page.form] if key in desk.page.columns]
    cells = desk.page.height * len(keys)
    if not cells:
        return
    order = (
        desk.rng.permutation(cells)[:_MOST_LOOKED_AT]
        if cells < 10_000
        else desk.rng.integers(0, cells, _MOST_LOOKED_AT)
    )
    for at in order.tolist():
        row, key = at // len(keys), keys[at % len(keys)]
        if desk.is_free(row, key):
            yield Spot(desk, defect, row, key)


def _differ(clean: Cell, dirty: Cell) -> bool:
    return type(clean) is not type(dirty) or text_of(clean) != text_of(dirty)


CELL_SLIPS: dict[str, Slip] = {name: in_one_cell(typed) for name, typed in TYPED.items()} | {"total_off": total_off}
