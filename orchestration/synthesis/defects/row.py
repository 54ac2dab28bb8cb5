"""Slips in a row, or between rows of a page that do not go together. 合计 rows keep their clean figures."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.cell_ids import is_number
from orchestration.synthesis.defects.desk import Desk, Slip
from orchestration.synthesis.defects.registry import Defect
from orchestration.synthesis.defects.written import amount_of, day_of, write_like
from orchestration.synthesis.id_numbers import check_character

_SHORTEST_GAP, _LONGEST_GAP = 2, 270
_OF_WHICH = ("其中:上旬", "其中:现金", "其中:本季")


def duplicate(desk: Desk, defect: Defect) -> bool:
    """A row stands a second time below the last one, the same but for its serial number."""
    for row in _free_rows(desk):
        desk.take(row, None)
        desk.append(defect, desk.row(row))
        return True
    return False


def near_duplicate(desk: Desk, defect: Defect) -> bool:
    """A row stands a second time, its day one to three days earlier."""
    (key,) = defect.forms[desk.page.form]
    for row in _free_rows(desk):
        cells = desk.row(row)
        day = day_of(cells.get(key))
        if day is None:
            continue
        other = day - timedelta(days=desk.number(1, 4))
        desk.take(row, None)
        desk.append(defect, cells | {key: write_like(cells[key], other.year, other.month, other.day)})
        return True
    return False


def twice_on_roster(desk: Desk, defect: Defect) -> bool:
    """A person stands in two households."""
    households = desk.page.columns.get("household", [])
    for row in _free_rows(desk):
        cells = desk.row(row)
        others = [other for other in set(map(str, households)) if other != str(cells["household"])]
        if not others or not is_number(cells.get("id_no")):
            continue
        other = households.index(_first_like(households, desk.pick(sorted(others))))
        desk.take(row, None)
        desk.append(defect, cells | {key: desk.cell(other, key) for key in ("household", "head") if key in cells})
        return True
    return False


def split_person(desk: Desk, defect: Defect) -> bool:
    """A person stands twice in the household, with two ID numbers that are both in order."""
    for row in _free_rows(desk):
        cells = desk.row(row)
        if not is_number(cells.get("id_no")):
            continue
        number = str(cells["id_no"])
        # An even step keeps the sex that the sequence tells.
        sequence = (int(number[14:17]) + 2 * desk.number(1, 400)) % 996
        body = f"{number[:14]}{sequence:03d}"
        desk.take(row, None)
        desk.append(defect, cells | {"id_no": body + check_character(body)})
        return True
    return False


def dead_relisted(desk: Desk, defect: Defect) -> bool:
    """Somebody whose death the same workbook reports stands on the roster, in another one's household."""
    deaths = desk.pages.get("L03")
    if deaths is None or not desk.page.height:
        return False
    shared = ("name", "sex", "id_no", "born")
    for row in desk.rng.permutation(deaths.height).tolist():
        dead = {key: deaths.columns[key][row] for key in shared if key in deaths.columns}
        if not is_number(dead.get("id_no")) or any(mark.row in (row, None) for mark in deaths.marks):
            continue
        host = desk.row(desk.number(0, desk.page.height))
        kept = ("group", "household", "head", "hukou_type", "hukou_status")
        desk.append(defect, {key: host[key] for key in kept if key in host} | dead | {"relation": "其他"})
        return True
    return False


def sibling_gap(desk: Desk, defect: Defect) -> bool:
    """Two children of one mother a few days or months apart and no twins: her cells stand below as well."""
    keys = [key for key in defect.forms[desk.page.form] if key in desk.page.columns]
    rows = [(row, day) for row in _free_rows(desk) if (day := day_of(desk.cell(row, "born")))]
    for row, day in rows:
        for other, born in rows:
            apart = _SHORTEST_GAP < abs((day - born).days) < _LONGEST_GAP
            if apart and other < row and is_number(desk.cell(other, "mother_id")) and desk.is_free(other, None):
                desk.take(other, None)
                desk.put_row(defect, row, {key: desk.cell(other, key) for key in keys})
                return True
    return False


def shifted_row(desk: Desk, defect: Defect) -> bool:
    """All cells but the first stand one column too far to the right; what was in the last one is lost."""
    for row in _free_rows(desk):
        cells = desk.row(row)
        keys = list(cells)
        shifted: dict[str, Cell] = {keys[1]: None}
        shifted |= {right: cells[left] for left, right in pairwise(keys[1:])}
        desk.put_row(defect, row, shifted)
        return True
    return False


def bare_total(desk: Desk, defect: Defect) -> bool:
    """Below the last row stand the sums of the rows, without a word that says so."""
    sums = sums_of(desk, desk.page.height)
    if not sums:
        return False
    desk.insert(desk.page.height, sums)
    last = desk.page.height - 1
    desk.mark(defect.code, last, None, "", " | ".join(str(value) for value in sums.values()))
    return True


def of_which(desk: Desk, defect: Defect) -> bool:
    """A lawful row 其中: the sums of some of the rows, below the last one."""
    if desk.page.height < 2:
        return False
    sums = sums_of(desk, desk.number(1, desk.page.height))
    if not sums:
        return False
    word = desk.pick(_OF_WHICH)
    desk.insert(desk.page.height, sums | {next(iter(desk.page.columns)): word})
    desk.mark(defect.code, desk.page.height - 1, None, "", word)
    return True


def sums_of(desk: Desk, rows: int) -> dict[str, Cell]:
    """The sums of the first rows of every column that adds up; empty if a figure among them cannot be read."""
    sums: dict[str, Cell] = {}
    for key in ("couples", "persons", "contacts", "funds", "amount", "surcharge"):
        cells = [cell for cell in desk.page.columns.get(key, [])[:rows] if cell is not None]
        amounts = [amount_of(cell) for cell in cells]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            return {}
        if known:
            total = sum(known)
            sums[key] = int(total) if total == int(total) else total
    return sums


def _free_rows(desk: Desk) -> list[int]:
    return [row for row in desk.rng.permutation(desk.page.height).tolist() if desk.is_free(row, None)]


def _first_like(cells: list[Cell], text: str) -> Cell:
    return next(cell for cell in cells if str(cell) == text)


ROW_SLIPS: dict[str, Slip] = {
    "duplicate": duplicate,
    "near_duplicate": near_duplicate,
    "twice_on_roster": twice_on_roster,
    "split_person": split_person,
    "dead_relisted": dead_relisted,
    "sibling_gap": sibling_gap,
    "shifted_row": shifted_row,
    "bare_total": bare_total,
    "of_which": of_which,
}
