"""What a new version of a submission changed, row by row and cell by cell.

Rows find each other by what they say: alike in every cell, else by the keys of the layout where a key names one row on
each side, else by their order on the sheet. A value is shown only for a column of class N; of any other column, and of
every pseudonym, it is told that it changed and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import polars as pl

from orchestration.ingest import lake
from orchestration.ingest.layout import COMMON_SCHEMA, Layout

_NAMES_A_ROW = frozenset({"id", "key", "text"})
_PSEUDONYMS = frozenset({"id", "key"})
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A cell that changed, or a row that came or went; rows by their address.

    ``old`` and ``new`` are None where ``is_shown`` is false, whatever the cells hold.
    """

    change: Literal["changed", "added", "removed"]
    row_old: str | None
    row_new: str | None
    column: str | None = None
    is_shown: bool = False
    old: Any = None
    new: Any = None


def differences(old: pl.DataFrame, new: pl.DataFrame, layout: Layout) -> list[Difference]:
    """Every difference from ``old`` to ``new``, in the order of the new sheet; both hold lake rows of one form."""
    columns = [name for name in new.columns if name in old.columns and name not in COMMON_SCHEMA]
    before, after = _in_order(old), _in_order(new)
    shown = shown_columns(layout)
    found: list[Difference] = []
    for left, right in sorted(_pairs(before, after, columns, layout), key=_place):
        if left is None and right is not None:
            found.append(Difference("added", None, after[right]["row_id"]))
        elif left is not None and right is None:
            found.append(Difference("removed", before[left]["row_id"], None))
        if left is None or right is None:
            continue
        one, other = before[left], after[right]
        for name in columns:
            if one[name] == other[name]:
                continue
            is_shown = name in shown
            values = (one[name], other[name]) if is_shown else (None, None)
            found.append(Difference("changed", one["row_id"], other["row_id"], name, is_shown, *values))
    return found


def shown_columns(layout: Layout) -> frozenset[str]:
    """Lake columns whose values may be shown: all that feeds them is of class N and no pseudonym."""
    shown: dict[str, bool] = {}
    for name, column in layout.columns.items():
        is_open = column.pii == "N" and column.type not in _PSEUDONYMS
        for target in (column.into or name, *([column.status] if column.status else [])):
            shown[target] = shown.get(target, True) and is_open
    return frozenset(name for name, is_open in shown.items() if is_open)


def rows_of(home_lake: Path, layout: Layout, version: Row) -> pl.DataFrame:
    """The lake rows of one version, as its latest reading gave them; none if it was refused or empty."""
    file = lake.batch_file(home_lake, layout.form, version["period"], version["batch_id"])
    if not file.is_file():
        return pl.DataFrame(schema=layout.lake_schema)
    return pl.read_parquet(file).filter(pl.col("submission_id") == version["submission_id"])


def _in_order(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return sorted(rows.to_dicts(), key=lambda row: tuple(map(int, row["row_id"].split(":")[1:])))


def _place(pair: tuple[int | None, int | None]) -> tuple[bool, int]:
    """Rows of the new sheet in their order, then those that are gone."""
    left, right = pair
    return (right is None, (left or 0) if right is None else right)


def _pairs(
    old: Sequence[Row], new: Sequence[Row], columns: Sequence[str], layout: Layout
) -> Iterable[tuple[int | None, int | None]]:
    left, right = list(range(len(old))), list(range(len(new)))
    keys = [name for name in columns if name in layout.columns and layout.columns[name].type in _NAMES_A_ROW]
    if layout.kind == "aggregate":
        keys = []
    tries: list[tuple[Sequence[str], bool]] = [(columns, False), *((names, True) for names in [keys] if names)]
    tries += [([key], True) for key in keys]
    for names, is_unique in tries:
        matched = _matches(_by(old, left, names), _by(new, right, names), is_unique)
        yield from matched
        gone, come = {one for one, _ in matched}, {other for _, other in matched}
        left = [index for index in left if index not in gone]
        right = [index for index in right if index not in come]
    shared = min(len(left), len(right))
    yield from zip(left[:shared], right[:shared], strict=True)
    yield from ((one, None) for one in left[shared:])
    yield from ((None, other) for other in right[shared:])


def _by(rows: Sequence[Row], left: Sequence[int], names: Sequence[str]) -> dict[tuple[Any, ...], list[int]]:
    found: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index in left:
        found[tuple(rows[index][name] for name in names)].append(index)
    return found


def _matches(
    old: Mapping[tuple[Any, ...], list[int]], new: Mapping[tuple[Any, ...], list[int]], is_unique: bool
) -> list[tuple[int, int]]:
    """Rows of equal key; a key that names none or several rows of a side says nothing where it must be unique."""
    found: list[tuple[int, int]] = []
    for key, ones in old.items():
        others = new.get(key, [])
        if is_unique and (None in key or len(ones) != 1 or len(others) != 1):
            continue
        found += zip(ones, others, strict=False)
    return found
