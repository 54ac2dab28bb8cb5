"""Hard negatives that lie in the truth: lawful things that look like slips, found on clean pages and marked.

Those that a clerk or the door plants are made like slips, by the lines of family F in the registry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import polars as pl

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.desk import Desk
from orchestration.synthesis.defects.log import Entry
from orchestration.synthesis.defects.registry import Defect, most_of_a_kind, planted, registry
from orchestration.synthesis.defects.written import day_of, month_of, text_of, whole_of
from orchestration.synthesis.months import first_day, month_number, number_of
from orchestration.synthesis.options import Options

Place = tuple[int | None, str | None]
_REMARRIED = ("再婚", "22")
_CENTURY = 1200
_ID_LENGTH = 18


def mark_lawful(desk: Desk) -> None:
    """Mark what is lawful on a page and must not be flagged, a few of a kind; later slips keep away from it."""
    for defect in planted("F", "truth"):
        if desk.page.form not in defect.forms or defect.make not in FINDERS:
            continue
        for found, (row, key) in enumerate(FINDERS[defect.make](desk, defect)):
            if found == most_of_a_kind():
                break
            text = "" if row is None or key is None else text_of(desk.cell(row, key))
            desk.mark(defect.code, row, key, text, text)


def of_villages(villages: pl.DataFrame, options: Options) -> list[Entry]:
    """Villages whose code begins by a merger during the run, and villages that share their name within the county."""
    merged, shared = registry()["F-D17-merged"], registry()["F-D17-shared-name"]
    start = first_day(options.start)
    found = [
        Entry(merged.code, code, number_of(day), "L16", name, name)
        for code, name, day in villages.select("division_code", "name_zh", "valid_from").iter_rows()
        if day > start
    ]
    now = villages.filter((pl.col("valid_from") <= start) & (pl.col("valid_to") > start))
    of_name = now.filter(pl.col("township_code").n_unique().over("name_zh") > 1).sort("division_code")
    found += [
        Entry(shared.code, code, options.start, "L16", name, name)
        for code, name in of_name.select("division_code", "name_zh").iter_rows()
    ]
    return found


def _twins(desk: Desk, defect: Defect) -> Iterator[Place]:
    mother, born = (desk.page.columns.get(key, []) for key in defect.forms[desk.page.form])
    seen = Counter[tuple[str, str]]()
    for row, pair in enumerate(zip(map(text_of, mother), map(text_of, born), strict=True)):
        seen[pair] += 1
        if pair[0] and seen[pair] > 1:
            yield row, None


def _namesakes(desk: Desk, defect: Defect) -> Iterator[Place]:
    names, born, numbers = (desk.page.columns.get(key, []) for key in defect.forms[desk.page.form])
    seen: dict[tuple[Cell, str], Cell] = {}
    for row, (name, day, number) in enumerate(zip(names, map(text_of, born), numbers, strict=True)):
        if number is not None and seen.setdefault((name, day), number) != number:
            yield row, None


def _other_prefix(desk: Desk, defect: Defect) -> Iterator[Place]:
    (key,) = defect.forms[desk.page.form]
    own = desk.page.unit_code[:6]
    for row, cell in enumerate(desk.page.columns.get(key, [])):
        if isinstance(cell, str) and len(cell) == _ID_LENGTH and not cell.startswith(own):
            yield row, key


def _centenarians(desk: Desk, defect: Defect) -> Iterator[Place]:
    (key,) = defect.forms[desk.page.form]
    latest = str((desk.page.month - _CENTURY) // 12)
    for row, cell in enumerate(desk.page.columns.get(key, [])):
        # Every style begins with the year, and a roster is long.
        if str(cell)[:4] <= latest:
            born = month_of(cell)
            if born and desk.page.month - month_number(*born) >= _CENTURY:
                yield row, key


def _newborns_without_id(desk: Desk, defect: Defect) -> Iterator[Place]:
    number, born = defect.forms[desk.page.form]
    for row, cell in enumerate(desk.page.columns.get(number, [])):
        month = month_of(desk.cell(row, born)) if cell is None else None
        if month and desk.page.month - month_number(*month) <= 12:
            yield row, number


def _no_births(desk: Desk, defect: Defect) -> Iterator[Place]:
    (key,) = defect.forms[desk.page.form]
    # Most months of a small village are such; one in a quarter will do.
    if desk.page.month % 3 == 0:
        yield from ((row, key) for row, cell in enumerate(desk.page.columns.get(key, [])) if whole_of(cell) == 0)


def _february(desk: Desk, defect: Defect) -> Iterator[Place]:
    (key,) = defect.forms[desk.page.form]
    if desk.page.month % 12 == 1:
        yield from ((row, key) for row, _ in enumerate(desk.page.columns.get(key, [])))


def _notes_below(desk: Desk, _defect: Defect) -> Iterator[Place]:
    # Every sheet has notes and signatures below its table; one sheet a year will do.
    if desk.page.month % 12 == 0:
        yield None, None


def _remarried(desk: Desk, defect: Defect) -> Iterator[Place]:
    (key,) = defect.forms[desk.page.form]
    yield from ((row, key) for row, cell in enumerate(desk.page.columns.get(key, [])) if cell in _REMARRIED)


def _due_later(desk: Desk, defect: Defect) -> Iterator[Place]:
    (key,) = defect.forms[desk.page.form]
    for row, cell in enumerate(desk.page.columns.get(key, [])):
        day = day_of(cell)
        if day and day > desk.page.signed:
            yield row, key


FINDERS: dict[str, Callable[[Desk, Defect], Iterator[Place]]] = {
    "twins": _twins,
    "namesakes": _namesakes,
    "other_prefix": _other_prefix,
    "centenarians": _centenarians,
    "newborns_without_id": _newborns_without_id,
    "no_births": _no_births,
    "february": _february,
    "notes_below": _notes_below,
    "remarried": _remarried,
    "due_later": _due_later,
}
