"""The log of defects: one row a planted slip or hard negative, with address, clean and dirty value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from orchestration.synthesis.clerk.pages import Mark
from orchestration.synthesis.defects.registry import registry
from orchestration.synthesis.months import period

SCHEMA: dict[str, pl.DataType] = {
    "defect": pl.Int32(),
    "family": pl.String(),
    "code": pl.String(),
    "layer": pl.String(),
    "scope": pl.String(),
    "unit_code": pl.String(),
    "period": pl.String(),
    "form": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "sheet_no": pl.Int32(),
    "row": pl.Int32(),
    "column": pl.String(),
    "cell": pl.String(),
    "clean": pl.String(),
    "dirty": pl.String(),
    "decidable": pl.Boolean(),
    "must_flag": pl.Boolean(),
    "expected": pl.String(),
}
_ORDER = ["period", "unit_code", "form", "file", "sheet_no", "row", "cell", "code", "clean", "dirty"]


@dataclass(frozen=True)
class Placed:
    """A mark of a page or plan, and where the file layer put it.

    ``row`` is the row as Excel shows it (1-based; the physical line of a text file), ``column`` the header text as
    printed (upper and lower joined by ``_``), ``cell`` the address such as ``H12``. What a mark does not name is None:
    a mark of the whole page has neither row nor cell, one of a file has no sheet.
    """

    mark: Mark
    unit_code: str
    month: int
    form: str | None
    file: str | None = None
    sheet: str | None = None
    sheet_no: int | None = None
    row: int | None = None
    column: str | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Entry:
    """A slip or lawful thing without a place in a file, such as an event that nobody reported.

    ``month``: where it can be seen, if anywhere. ``decidable`` overrides the registry's word for this one.
    """

    code: str
    unit_code: str
    month: int
    form: str | None
    clean: str
    dirty: str
    decidable: bool | None = None


def build(placed: Iterable[Placed], entries: Iterable[Entry], planted: pl.DataFrame | None = None) -> pl.DataFrame:
    """The log, ``SCHEMA``, ordered by period, unit and address and numbered from 0.

    Args:
        placed: the marks of pages and plans.
        entries: what has no place in a file.
        planted: the rows of family M: columns of ``SCHEMA``, those that are missing are NULL.

    Raises:
        KeyError: a code is not in the registry.
    """
    rows = [_row(found) for found in placed] + [_row(found) for found in entries]
    frame = pl.DataFrame(rows, schema={name: kind for name, kind in SCHEMA.items() if name != "defect"})
    if planted is not None:
        known = [name for name in SCHEMA if name in planted.columns and name != "defect"]
        frame = pl.concat([frame, planted.select(pl.col(name).cast(SCHEMA[name]) for name in known)], how="diagonal")
    frame = frame.sort(_ORDER, nulls_last=False, maintain_order=True).with_row_index("defect")
    return frame.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _row(found: Placed | Entry) -> dict[str, object]:
    mark = found.mark if isinstance(found, Placed) else found
    defect = registry()[mark.code]
    row: dict[str, object] = {
        "family": defect.family,
        "code": defect.code,
        "layer": defect.layer,
        "scope": defect.scope,
        "unit_code": found.unit_code,
        "period": period(found.month),
        "form": found.form,
        "clean": mark.clean,
        "dirty": mark.dirty,
        "decidable": defect.decidable,
        "must_flag": defect.must_flag,
        "expected": defect.expected,
    }
    if isinstance(found, Placed):
        names = ("file", "sheet", "sheet_no", "row", "column", "cell")
        return row | {name: getattr(found, name) for name in names}
    if found.decidable is not None:
        row["decidable"] = found.decidable
    return row
