"""The cells of a sheet set right by its marks: what must not be used is taken out, and what is left to tell is told."""

from __future__ import annotations

from orchestration.ingest.containers.marks import REFERENCE_LOST, BadCell, Marks, Shown
from orchestration.ingest.containers.recomputing import is_stale

Rows = list[list[object]]
Bad = dict[tuple[int, int], str]


def settle(rows: Rows, marks: Marks | None, longest: int | None) -> Shown | None:
    """Put a ``BadCell`` in the place of every value that must not be used; None where there is nothing to tell.

    A row of which every cell is struck out keeps its cells, so that repetitions and totals do not count with it; it is
    named in ``struck_rows``. ``longest`` is how many characters a cell may hold; None where none can hold too many.
    """
    bad = {} if longest is None else dict.fromkeys(_too_long(rows, longest), "cell.too_long")
    if marks is None:
        return _replace(rows, bad, Shown()) if bad else None
    struck_rows = _struck_rows(rows, marks)
    bad |= {at: "cell.struck_out" for at in marks.struck if at[0] not in struck_rows}
    bad |= {
        (row, column): "formula.stale"
        for (row, column), formula in marks.formulas.items()
        if is_stale(rows, row, column, formula)
    }
    bad |= {at: "formula.no_value" for at in marks.valueless if at not in marks.errors}
    bad |= dict.fromkeys(marks.errors, "cell.error")
    lost = {row for (row, _), text in marks.errors.items() if text == REFERENCE_LOST}
    bad = {at: rule_id for at, rule_id in bad.items() if at[0] in lost or _says_something(rows, at, bad)}
    shown = Shown(
        frozenset(marks.hidden_rows), frozenset(marks.hidden_columns), frozenset(marks.comments), frozenset(struck_rows)
    )
    return _replace(rows, bad, shown)


def _replace(rows: Rows, bad: Bad, shown: Shown) -> Shown:
    for (row, column), rule_id in bad.items():
        if row <= len(rows) and column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = BadCell(rule_id)
    cells = tuple(sorted((row, column, rule_id) for (row, column), rule_id in bad.items()))
    return Shown(shown.hidden_rows, shown.hidden_columns, shown.comments, shown.struck_rows, cells)


def _struck_rows(rows: Rows, marks: Marks) -> set[int]:
    """Rows with a value of which every value is struck out."""
    found = set()
    for row in {row for row, _ in marks.struck}:
        if row <= len(rows):
            filled = {(row, at + 1) for at, cell in enumerate(rows[row - 1]) if cell != ""}
            if filled <= marks.struck:
                found.add(row)
    return found


def _says_something(rows: Rows, at: tuple[int, int], bad: Bad) -> bool:
    """Whether a row holds more than formulas without a result, which forms bring along on lines not filled in."""
    row = at[0]
    if row > len(rows):
        return False
    return any(cell != "" and bad.get((row, column + 1)) != "cell.error" for column, cell in enumerate(rows[row - 1]))


def _too_long(rows: Rows, longest: int) -> list[tuple[int, int]]:
    return [
        (index + 1, column + 1)
        for index, row in enumerate(rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str) and len(cell) > longest
    ]
