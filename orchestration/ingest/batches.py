"""Rows gathered while reading, written to the lake by form and period, the register last."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from orchestration.errors import CouldNotRun
from orchestration.ingest import lake
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.quarantine import Finding, as_row
from orchestration.ingest.reading import SheetReading
from orchestration.ingest.submission import received_on, stated_version, submission_id
from orchestration.settings import Settings

_COMPACT_AT = 100_000


@dataclass(frozen=True)
class Source:
    """The file a sheet comes from and how it was read."""

    sha256: str
    path: str
    received_on: date | None
    first_seen: date
    mode: str


@dataclass
class _Pile:
    """Rows of one form and period: lists while few, frames once many."""

    columns: dict[str, list[Any]]
    frames: list[pl.DataFrame] = field(default_factory=list)


class Batch:
    """What one reading adds to the lake."""

    def __init__(self, settings: Settings, catalogue: Catalogue, batch_no: int) -> None:
        self._lake = settings.lake
        self._catalogue = catalogue
        self.batch_no = batch_no
        self._piles: dict[tuple[str, str], _Pile] = {}
        self._submissions: list[dict[str, object]] = []
        self._quarantine: list[dict[str, object]] = []
        self._totals: list[dict[str, object]] = []
        self._readings: list[dict[str, object]] = []
        self._identity = hashlib.sha256(str(batch_no).encode())
        self.rows = 0

    def __len__(self) -> int:
        return len(self._submissions)

    def add(self, source: Source, reading: SheetReading) -> None:
        """Take over what one sheet gave, or that a file gave nothing."""
        key = None
        if reading.unit_code and reading.form and reading.period:
            key = submission_id(source.sha256, reading.unit_code, reading.form, reading.period)
        self._register(source, reading, key)
        self._note(source, reading, key, reading.findings)
        if not (key and reading.form and reading.period and reading.accepted):
            return
        prefix = f"{source.sha256[:16]}:{reading.number}:"
        row_ids = [f"{prefix}{row_no}" for row_no in reading.row_nos]
        pile = self._pile(reading.form, reading.period)
        pile.columns["row_id"].extend(row_ids)
        pile.columns["submission_id"].extend([key] * reading.accepted)
        pile.columns["unit_code"].extend([reading.unit_code] * reading.accepted)
        for name, cells in reading.cells.items():
            pile.columns[name].extend(cells)
        self.rows += reading.accepted
        if len(pile.columns["row_id"]) >= _COMPACT_AT:
            self._compact(reading.form, pile)
        place = {
            "submission_id": key, "unit_code": reading.unit_code, "form": reading.form, "period": reading.period,
        }  # fmt: skip
        for row_no, column_name, stated in reading.totals:
            figure = {"row_id": f"{prefix}{row_no}", "column_name": column_name, "stated": Decimal(stated)}
            self._totals.append({**place, **figure})
        for (column_name, rule), count in sorted(reading.ways.items()):
            self._readings.append({**place, "column_name": column_name, "rule": rule, "cells": count})

    def write(self) -> str:
        """Put everything on disk: rows, refusals, control totals, and the register last. Returns the batch id."""
        batch_id = f"b{self.batch_no:06d}-{self._identity.hexdigest()[:8]}"
        for (form, period), pile in sorted(self._piles.items()):
            self._compact(form, pile)
            schema = self._catalogue.layouts[form].lake_schema
            frame = pl.concat(pile.frames)
            batch = pl.Series("batch_id", [batch_id]).new_from_index(0, frame.height)
            frame.insert_column(list(schema).index("batch_id"), batch)
            lake.write(frame, lake.batch_file(self._lake, form, period, batch_id))
        for book, rows in (
            ("quarantine", self._quarantine), ("control_totals", self._totals), ("readings", self._readings),
            ("submissions", self._submissions),
        ):  # fmt: skip
            schema = lake.BOOKS[book]
            whole = [{**row, "batch_id": batch_id} for row in rows]
            columns = {name: [row.get(name) for row in whole] for name in schema}
            lake.write(_frame(columns, schema), self._lake / book / f"{batch_id}.parquet")
        return batch_id

    def _pile(self, form: str, period: str) -> _Pile:
        pile = self._piles.get((form, period))
        if pile is None:
            names = [name for name in self._catalogue.layouts[form].lake_schema if name != "batch_id"]
            pile = self._piles[form, period] = _Pile({name: [] for name in names})
        return pile

    def _compact(self, form: str, pile: _Pile) -> None:
        schema = self._catalogue.layouts[form].lake_schema
        pile.frames.append(_frame(pile.columns, {name: schema[name] for name in pile.columns}))
        pile.columns = {name: [] for name in pile.columns}

    def _register(self, source: Source, reading: SheetReading, key: str | None) -> None:
        self._identity.update(f"{source.sha256}|{source.path}|{reading.number}|{key}\n".encode())
        file_name, back = source.path.rpartition("/")[2], reading.sent_back
        self._submissions.append({
            "submission_id": key, "batch_no": self.batch_no, "file_sha256": source.sha256, "file_path": source.path,
            "sheet_no": reading.number, "sheet_name": reading.name, "unit_code": reading.unit_code,
            "form": reading.form, "period": reading.period, "layout": reading.form,
            "received_on": received_on(source.received_on, reading.stated_date, source.first_seen, back and back.day),
            "stated_version": stated_version(file_name, back.times if back else 0), "stated_date": reading.stated_date,
            "first_seen": source.first_seen, "status": reading.status, "rule_id": reading.rule_id,
            "rows_seen": reading.rows_seen, "accepted": reading.accepted, "quarantined": reading.quarantined,
            "duplicate": reading.duplicate, "non_data": reading.non_data,
            "fields_expected": reading.fields_expected, "fields_filled": reading.fields_filled,
            "ids_present": reading.ids_present, "ids_valid": reading.ids_valid, "reading": source.mode,
            "is_invented": reading.is_invented,
        })  # fmt: skip

    def _note(self, source: Source, reading: SheetReading, key: str | None, findings: list[Finding]) -> None:
        address: dict[str, object] = {
            "submission_id": key, "file_sha256": source.sha256, "file_path": source.path, "sheet_no": reading.number,
            "sheet_name": reading.name, "form": reading.form, "unit_code": reading.unit_code, "period": reading.period,
        }  # fmt: skip
        self._quarantine.extend(as_row(finding, address) for finding in findings)


def _frame(columns: dict[str, list[Any]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    try:
        return pl.DataFrame(columns, schema=schema)
    except (pl.exceptions.PolarsError, TypeError, ValueError, OverflowError):
        # The library's text quotes the value that did not fit.
        raise CouldNotRun(
            "Rows that were read do not fit their columns.",
            "读取结果与列类型不符。",
            address=", ".join(columns),
            remedy_en="This is a fault of the reader: report it with the names of these columns.",
            remedy_zh="这是读取程序的缺陷,请反馈。",
        ) from None
