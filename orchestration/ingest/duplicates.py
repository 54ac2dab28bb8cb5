"""Rows of a sheet that repeat an earlier one letter for letter."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.text import DITTO, squash
from orchestration.ingest.values import gap


def without_duplicates(raw: RawSheet, binding: Binding, data: list[int]) -> tuple[list[int], int | None]:
    """The data rows without exact repetitions of an earlier one, and one number for all cells of those kept.

    Twins whose names are not filled in look alike: on forms that say so, rows count as one only with a name or ID
    beside them, or with the same serial number. Cells of blocked columns are not looked at. The number is the same for
    the same rows within a run, None without rows.
    """
    if not data:
        return data, None
    take = _taker(raw, data, binding.blocked.union(binding.serial))
    hashes = [hash(take(raw.rows[index])) for index in data]
    kept = data
    if len(set(hashes)) < len(data):
        kept = _first_ones(raw, binding, data, take)
        of_row = dict(zip(data, hashes, strict=True))
        hashes = [of_row[index] for index in kept]
    serials = [raw.rows[index][at] for at in binding.serial if at not in binding.blocked for index in kept]
    return kept, hash((*hashes, *serials))


def _first_ones(raw: RawSheet, binding: Binding, data: list[int], take: Callable[[list[object]], Any]) -> list[int]:
    needs = [binding.columns[name] for name in binding.layout.duplicate_needs if name in binding.columns]
    seen: dict[Any, list[int]] = {}
    kept = []
    for index in data:
        row = raw.rows[index]
        alike = seen.setdefault(take(row), [])
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
