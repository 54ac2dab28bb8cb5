"""Rows of one sheet that cannot both, or cannot at all, be as they are written: dates, ages, repeats, siblings.

Which checks a form asks for, with which limits, stands in its layout under ``row_checks``. What is found is said of a
cell and changes nothing: the rows stay accepted, as typed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from orchestration.ingest import households, persons
from orchestration.ingest.row_checks import (
    RECEIVED,
    IdAgrees,
    InOrder,
    MotherAge,
    NearRepeat,
    NotLeft,
    OneHead,
    OneIdEach,
    OneRowEach,
    RowCheck,
    SiblingGap,
    Undone,
)
from orchestration.ingest.row_view import RowView
from orchestration.ingest.text import DITTO, is_redacted, squash
from orchestration.ingest.values import gap

# 王某之子, 未取名, 双胞胎大: words for a child that has no name yet, which twins may share.
_NO_NAME_YET = re.compile(r"[未待暂无某婴孩胎孪]|之[子女儿]|^.?[大小长次]?[男女子儿]$")
_MIDNIGHT = 1


def check_rows(view: RowView) -> None:
    """Run every check that the layout asks for, and the one of two names under one ID number for every form."""
    if not view.kept:
        return
    persons.two_names(view)
    for check in view.binding.layout.row_checks:
        _run(view, check)


def _run(view: RowView, check: RowCheck) -> None:
    match check:
        case IdAgrees():
            persons.id_agrees(view, check)
        case OneRowEach():
            persons.one_row_each(view, check)
        case OneIdEach():
            persons.one_id_each(view, check)
        case OneHead():
            households.one_head(view, check)
        case NotLeft():
            households.not_left(view, check)
        case InOrder():
            in_order(view, check)
        case MotherAge():
            mother_age(view, check)
        case NearRepeat():
            near_repeat(view, check)
        case SiblingGap():
            sibling_gap(view, check)


def in_order(view: RowView, check: InOrder) -> None:
    """Find dates before what they follow, to the month where one of the two says no more."""
    if not view.has(check.earlier):
        return
    firsts = view.read(check.earlier)
    if check.later == RECEIVED:
        month = f"{view.context.received_on:%Y-%m}"
        late = [at for at, first in enumerate(firsts) if isinstance(first, str) and first > month]
        rule_id, name = "date.after_receipt", check.earlier
    elif view.has(check.later):
        pairs = enumerate(zip(firsts, view.read(check.later), strict=True))
        late = [at for at, (first, then) in pairs if then is not None and first is not None and _is_before(then, first)]
        rule_id, name = "row.date_order", check.later
    else:
        return
    for at in late:
        if at not in view.refused:
            view.flag(rule_id, at, name)


def mother_age(view: RowView, check: MotherAge) -> None:
    """Find ages beyond the limits, in whole months: the day is not looked at."""
    if not view.has(check.at):
        return
    typed, events = view.read(check.born), view.read(check.at)
    told = persons.births_of_women(view, check.id) if check.id and view.has(check.id) else [None] * len(typed)
    for at in view.only(check.only):
        born = typed[at] or told[at]
        if born is None or events[at] is None:
            continue
        months = _months(events[at]) - _months(born)
        if not 12 * check.least <= months <= 12 * check.most:
            view.flag("row.mother_age", at, check.born if typed[at] else check.id or check.born)


def near_repeat(view: RowView, check: NearRepeat) -> None:
    """Find rows that are alike but for a date a few days off."""
    if not view.has(check.date) or len(view.kept) < 2:
        return
    days = view.read(check.date)
    filled = [view.cells(name) for name in check.filled if view.has(name)]
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at, row in zip(positions := view.only(check.only), _told(view, check, positions), strict=True):
        if days[at] is not None and any(_tells(cells[at]) for cells in filled):
            alike[row].append(at)
    undone = _undone(view, check.undone)
    for rows in alike.values():
        for number, at in enumerate(rows):
            near = any(abs((days[at] - days[other]).days) <= check.days for other in rows[:number])
            if near and at not in view.repeated:
                if check.undone and undone[event := _event(view, check.undone, at)]:
                    undone[event] -= 1
                    continue
                view.repeated.add(at)
                view.flag("row.repeated", at, check.date)


def sibling_gap(view: RowView, check: SiblingGap) -> None:
    """Find children of one mother born too soon one after the other, and one child of hers that stands there twice.

    Children of one day, or of two days around a midnight, are twins unless they bear one name or ID number.
    """
    mothers, births = view.read(check.mother), view.read(check.birth)
    of_mother: dict[str, list[int]] = defaultdict(list)
    for at in view.only(check.only):
        if mothers[at] is not None and births[at] is not None:
            of_mother[mothers[at]].append(at)
    named = [view.cells(name) for name in check.child if view.has(name)]
    for rows in of_mother.values():
        for number, at in enumerate(rows):
            apart = [(abs((births[at] - births[other]).days), other) for other in rows[:number]]
            near = [(days, other) for days, other in apart if days < check.days]
            if at in view.repeated:
                continue
            if any(_is_one_child(cells[at], cells[other]) for _, other in near for cells in named):
                view.flag("row.repeated", at, check.birth)
            elif any(days > _MIDNIGHT for days, _ in near):
                view.flag("row.sibling_gap", at, check.birth)


def _told(view: RowView, check: NearRepeat, positions: list[int]) -> Iterator[tuple[Any, ...]]:
    """What rows are compared by: some columns as they are read, or all cells but the date and the serial number."""
    if check.same:
        columns = [view.read(name) for name in check.same]
        yield from (tuple(column[at] for column in columns) for at in positions)
        return
    left_out = {view.binding.columns[check.date], *view.binding.serial, *view.binding.blocked}
    for at in positions:
        row = view.raw.rows[view.kept[at]]
        yield tuple(cell for index, cell in enumerate(row) if index not in left_out)


def _undone(view: RowView, check: Undone | None) -> Counter[tuple[Any, ...]]:
    """How many rows take back one of each event and amount."""
    if check is None:
        return Counter()
    amounts = view.read(check.amount)
    marked = set(view.only(check.by)) if view.has(*check.by) else set()
    back = [at for at, amount in enumerate(amounts) if amount is not None and (amount < 0 or at in marked)]
    return Counter(_event(view, check, at) for at in back)


def _event(view: RowView, check: Undone, at: int) -> tuple[Any, ...]:
    return view.read(check.of)[at], abs(view.read(check.amount)[at] or 0)


def _is_one_child(one: object, other: object) -> bool:
    return squash(str(one)) == squash(str(other)) and _tells(one)


def _tells(cell: object) -> bool:
    """Whether a name or number tells its bearer from others: none does that is blacked out or not given yet."""
    if gap(cell) or is_redacted(cell) or _is_ditto(cell):
        return False
    plain = squash(str(cell))
    return any(map(str.isdigit, plain)) or not _NO_NAME_YET.search(plain)


def _is_ditto(cell: object) -> bool:
    return isinstance(cell, str) and squash(cell) in DITTO


def _is_before(one: date | str, other: date | str) -> bool:
    if isinstance(one, date) and isinstance(other, date):
        return one < other
    return _months(one) < _months(other)


def _months(when: date | str) -> int:
    if isinstance(when, str):
        return 12 * int(when[:4]) + int(when[5:7])
    return 12 * when.year + when.month
