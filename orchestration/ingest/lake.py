"""The lake: immutable Parquet batches by form and period, each on disk in full before anybody may read it.

A file belongs to the lake once the register names its batch; what an interrupted run left behind is swept away.
"""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun
from orchestration.ingest.layout import Catalogue

EMPTY_PERIOD = "0000-00"
_TEXT, _WHOLE = pl.String(), pl.Int32()

SUBMISSIONS: dict[str, pl.DataType] = {
    "submission_id": _TEXT, "batch_id": _TEXT, "batch_no": pl.Int64(), "file_sha256": _TEXT, "file_path": _TEXT,
    "sheet_no": _WHOLE, "sheet_name": _TEXT, "unit_code": _TEXT, "form": _TEXT, "period": _TEXT, "layout": _TEXT,
    "received_on": pl.Date(), "stated_version": _WHOLE, "stated_date": pl.Date(), "first_seen": pl.Date(),
    "status": _TEXT, "rule_id": _TEXT, "rows_seen": _WHOLE, "accepted": _WHOLE, "quarantined": _WHOLE,
    "duplicate": _WHOLE, "non_data": _WHOLE, "fields_expected": _WHOLE, "fields_filled": _WHOLE,
    "ids_present": _WHOLE, "ids_valid": _WHOLE, "reading": _TEXT, "is_invented": pl.Boolean(),
}  # fmt: skip
QUARANTINE: dict[str, pl.DataType] = {
    "batch_id": _TEXT, "submission_id": _TEXT, "file_sha256": _TEXT, "file_path": _TEXT, "sheet_no": _WHOLE,
    "sheet_name": _TEXT, "row_no": _WHOLE, "column_name": _TEXT, "header": _TEXT, "cell": _TEXT, "form": _TEXT,
    "unit_code": _TEXT, "period": _TEXT, "kind": _TEXT, "rule_id": _TEXT, "raw_text": _TEXT, "shape": _TEXT,
    "reason_en": _TEXT, "reason_zh": _TEXT, "hint_en": _TEXT, "hint_zh": _TEXT,
}  # fmt: skip
CONTROL_TOTALS: dict[str, pl.DataType] = {
    "batch_id": _TEXT, "submission_id": _TEXT, "unit_code": _TEXT, "form": _TEXT, "period": _TEXT, "row_id": _TEXT,
    "column_name": _TEXT, "stated": pl.Decimal(18, 2),
}  # fmt: skip
READINGS: dict[str, pl.DataType] = {
    "batch_id": _TEXT, "submission_id": _TEXT, "unit_code": _TEXT, "form": _TEXT, "period": _TEXT,
    "column_name": _TEXT, "rule": _TEXT, "cells": _WHOLE,
}  # fmt: skip
BOOKS = {
    "submissions": SUBMISSIONS, "quarantine": QUARANTINE, "control_totals": CONTROL_TOTALS, "readings": READINGS,
}  # fmt: skip


def batch_file(lake: Path, form: str, period: str, batch_id: str) -> Path:
    """Where the rows of one form, period and batch lie."""
    return lake / form / f"period={period}" / f"{batch_id}.parquet"


def write(frame: pl.DataFrame, target: Path) -> None:
    """Write a frame so that a reader sees either nothing or all of it, and a power cut loses nothing.

    Raises:
        CouldNotRun: the lake cannot be written.
    """
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            frame.write_parquet(handle, compression="zstd", statistics=True)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except (OSError, pl.exceptions.PolarsError) as problem:
        raise CouldNotRun(
            f"The lake cannot be written ({type(problem).__name__}).",
            "数据湖无法写入。",
            address=str(target),
            remedy_en="Free some space or mend the rights of the home folder.",
            remedy_zh="请清理磁盘空间或检查目录权限。",
        ) from None


def prepare(lake: Path, catalogue: Catalogue) -> None:
    """Put a typed file without rows at the place of every form and book, so that an empty lake can be queried."""
    for form, layout in catalogue.layouts.items():
        _write_schema(batch_file(lake, form, EMPTY_PERIOD, "schema"), layout.lake_schema)
    for book, schema in BOOKS.items():
        _write_schema(lake / book / "schema.parquet", schema)


def read_book(lake: Path, book: str) -> pl.DataFrame:
    """All rows of one of the ``BOOKS``; empty if none."""
    schema = BOOKS[book]
    files = sorted((lake / book).glob("*.parquet")) if (lake / book).is_dir() else []
    frames = [pl.read_parquet(path) for path in files if path.stem != "schema"]
    empty = pl.DataFrame(schema=schema)
    # A column that an older batch lacks is NULL there.
    whole = pl.concat([empty, *frames], how="diagonal_relaxed")
    return whole.select(list(schema)).cast(schema)  # type: ignore[arg-type]


def sweep(lake: Path, known_batches: set[str]) -> int:
    """Delete lake files that no batch of the register names; returns how many.

    The register is written last, so such a file can only be the leaving of a run that did not finish.
    """
    swept = 0
    for path in [*lake.glob("*/period=*/*"), *(path for book in BOOKS for path in lake.glob(f"{book}/*"))]:
        if path.name.endswith(".tmp") or (path.suffix == ".parquet" and path.stem not in {"schema", *known_batches}):
            path.unlink()
            swept += 1
    return swept


def _write_schema(target: Path, schema: dict[str, pl.DataType]) -> None:
    if target.exists() and pl.read_parquet_schema(target) == pl.Schema(schema):
        return
    write(pl.DataFrame(schema=schema), target)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
