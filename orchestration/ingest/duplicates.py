"""Rows of a sheet that repeat an earlier one letter for letter."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.text import DITTO, squash
from orchestration.ingest.values import gap


def fingerprint(raw: RawSheet, binding: Binding, kept: list[int]) -> int | None:
    """One number for all cells of some rows but blocked ones, the same within a run; None without rows."""
    if not kept:
        return None
    take = _taker(raw, kept, binding.blocked)
    return hash(tuple(take(raw.rows[index]) for index in kept))


def without_duplicates(raw: RawSheet, binding: Binding, data: list[int]) -> list[int]:
    """The data rows without exact repetitions of an earlier one.

    Twins whose names are not filled in look alike: on forms that say so, rows count as one only with a name or ID
    beside them, or with the same serial number.
    """
    if len(data) < 2:
        return data
    take = _taker(raw, data, binding.blocked.union(binding.serial))
    needs = [binding.columns[name] for name in binding.layout.duplicate_needs if name in binding.columns]
    compared_cells = [take(raw.rows[index]) for index in data]
    if len(set(compared_cells)) == len(data):
        return data
    seen: dict[Any, list[int]] = {}
    kept = []
    for index, cells in zip(data, compared_cells, strict=True):
        row = raw.rows[index]
        alike = seen.setdefault(cells, [])
        if any(_is_repetition(row, raw.rows[earlier], binding, needs) for earlier in alike):
            continue
        alike.append(index)
        kept.append(index)
    return kept


def _taker(raw: RawSheet, data: list[int], left_out: frozenset[int]) -> Callable[[list[object]], Any]:
    """What gives the cells by which the rows of a table are compared."""
    compared = [at for at in range(len(raw.rows[data[0]])) if at not in left_out]
    if len(compared) > 1:
        return itemgetter(*compared)
    return lambda row: tuple(row[at] for at in compared)


def _is_repetition(row: list[object], first: list[object], binding: Binding, needs: list[int]) -> bool:
    if any(isinstance(cell, str) and squash(cell) in DITTO for cell in row):
        return False
    if not binding.layout.duplicate_needs or any(not gap(row[at]) for at in needs):
        return True
    return bool(binding.serial) and all(row[at] == first[at] and row[at] != "" for at in binding.serial)
