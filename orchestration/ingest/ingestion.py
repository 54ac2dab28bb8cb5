"""Everything that is new in the landing folder goes through archive, reader and lake; what was read stays untouched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun
from orchestration.ingest import lake, landing, part, pseudonyms, register, unit_names
from orchestration.ingest.archive import Archive
from orchestration.ingest.batches import Batch, Source
from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.container import Refusal, open_sheets
from orchestration.ingest.landing import LandingFile
from orchestration.ingest.layout import Catalogue, load_catalogue
from orchestration.ingest.limits import Limits
from orchestration.ingest.masking import masker
from orchestration.ingest.quarantine import Finding
from orchestration.ingest.reading import SheetReader, SheetReading
from orchestration.ingest.reference import compile_reference, division_codes
from orchestration.ingest.siblings import make_duplicate, refuse_halves
from orchestration.ingest.submission import submission_id
from orchestration.ingest.units import Units
from orchestration.settings import OFFICE_TIME, Settings

Progress = Callable[[str, int, int], None]

_ROWS_PER_BATCH = 2_000_000


@dataclass
class IngestSummary:
    """What one run did: files read, sheets by status, rows by class, batches written."""

    files_seen: int = 0
    files_read: int = 0
    sheets: dict[str, int] = field(default_factory=dict)
    rows_seen: int = 0
    accepted: int = 0
    quarantined: int = 0
    duplicate: int = 0
    non_data: int = 0
    batch_ids: list[str] = field(default_factory=list)

    def count(self, reading: SheetReading) -> None:
        """Add one sheet, or one refused file."""
        self.sheets[reading.status] = self.sheets.get(reading.status, 0) + 1
        self.rows_seen += reading.rows_seen
        self.accepted += reading.accepted
        self.quarantined += reading.quarantined
        self.duplicate += reading.duplicate
        self.non_data += reading.non_data


def pending(settings: Settings) -> list[LandingFile]:
    """The landing files that a run would read: those whose bytes are not registered at their place.

    Raises:
        UsageError: there is no landing folder.
        CouldNotRun: a file, the division list or the register cannot be read.
    """
    known = register.load(settings)
    files = landing.scan(settings.landing, masker(division_codes(settings)), Limits.of(settings))
    return [file for file in files if not known.knows(file.sha256, file.path)]


def ingest_landing(settings: Settings, *, full: bool = False, progress: Progress | None = None) -> IngestSummary:
    """Read what is new; with ``full`` read everything ever received again, from the archive.

    Raises:
        UsageError: there is no landing folder.
        CouldNotRun: the key, a reference list, a layout or the lake does not allow to go on.
    """
    os.umask(0o077)
    files = landing.scan(settings.landing, masker(division_codes(settings)), Limits.of(settings))
    run = _Run(settings, progress)
    run.summary.files_seen = len(files)
    if full and not run.register.is_empty:
        run.read(_registered(run.register.rows), mode="replay")
    new = [file for file in files if not run.register.knows(file.sha256, file.path)]
    run.read(new, mode="first")
    return run.summary


def replay(
    settings: Settings, form: str | None, period_from: str | None, period_to: str | None, rule_id: str | None = None
) -> IngestSummary:
    """Read archived files again: those with a sheet of a form and span of months, or refused by a rule.

    Raises:
        UsageError: the form is not known, or the months are not months.
        CouldNotRun: as ``ingest_landing``, or an archived file is gone.
    """
    os.umask(0o077)
    part.check(form, period_from, period_to, load_catalogue().layouts)
    run = _Run(settings, None)
    refused = register.read_quarantine(settings)
    rows = part.select(run.register.rows, refused, form, period_from, period_to, rule_id)
    run.summary.files_seen = rows.select("file_sha256", "file_path").n_unique() if rows.height else 0
    run.read(_registered(rows), mode="replay")
    return run.summary


class _Run:
    """The tools of one run, made once: layouts, units, key, register."""

    def __init__(self, settings: Settings, progress: Progress | None) -> None:
        self._settings = settings
        self._progress = progress
        self._catalogue: Catalogue = load_catalogue()
        lake.prepare(settings.lake, self._catalogue)
        self.register = register.load(settings)
        names = pseudonyms.load(settings, lake_is_empty=self.register.is_empty)
        lake.sweep(settings.lake, self.register.batches)
        divisions = compile_reference(settings)
        self._mask = masker(division.division_code for division in divisions)
        units = Units(divisions, unit_names.load(settings, divisions))
        self._reader = SheetReader(self._catalogue, units, ColumnReaders(self._catalogue, names))
        self._archive = Archive(settings.archive)
        self._limits = Limits.of(settings)
        self._today = datetime.now(OFFICE_TIME).date()
        self._batch_no = self.register.last_batch_no
        self._read_now: set[str] = set()
        self.summary = IngestSummary()

    def read(self, files: Iterable[LandingFile], *, mode: str) -> None:
        """Read files in their order and write a batch whenever enough has come together."""
        todo = list(files)
        first_seen = self._first_seen() if mode == "replay" else {}
        batch = self._new_batch()
        for done, file in enumerate(todo):
            seen = first_seen.get((file.sha256, file.path), self._today)
            source = Source(file.sha256, file.path, file.received_on, seen, mode)
            self._read_file(file, source, batch)
            self.summary.files_read += 1
            if self._progress:
                self._progress("ingest", done + 1, len(todo))
            if batch.rows >= _ROWS_PER_BATCH:
                self._write(batch)
                batch = self._new_batch()
        if len(batch):
            self._write(batch)

    def _write(self, batch: Batch) -> None:
        self._archive.settle()
        self.summary.batch_ids.append(batch.write())

    def _new_batch(self) -> Batch:
        self._batch_no += 1
        return Batch(self._settings, self._catalogue, self._batch_no)

    def _read_file(self, file: LandingFile, source: Source, batch: Batch) -> None:
        if file.refused:
            self._refuse(source, file.refused, batch)
            return
        content = self._content(file, source)
        try:
            readings = self._read_sheets(content, source)
        except Refusal as refusal:
            self._refuse(source, refusal.rule_id, batch)
            return
        for reading in readings:
            self._set_aside_if_known(reading, source)
            batch.add(source, reading)
            self.summary.count(reading)
        if source.mode == "replay":
            self._withdraw(readings, source, batch)
        if not readings:
            self._refuse(source, "file.no_form", batch)

    def _refuse(self, source: Source, rule_id: str, batch: Batch) -> None:
        refused = SheetReading(0, "", status="refused", rule_id=rule_id)
        refused.findings = [Finding("file", rule_id)]
        batch.add(source, refused)
        self.summary.count(refused)

    def _content(self, file: LandingFile, source: Source) -> bytes:
        try:
            content = self._archive.read(file.sha256)
            if content is not None:
                return content
            if source.mode == "replay":
                raise _lost(file.path)
            content = file.read(self._settings.landing)
            if self._archive.keep(content, file.sha256, Path(file.path).suffix):
                return content
        except OSError:
            raise _lost(file.path) from None
        raise CouldNotRun(
            "A received file changed while it was read.",
            "文件在读取过程中发生变化。",
            address=file.path,
            remedy_en="Run again once the copy into the landing folder is complete.",
            remedy_zh="请在文件复制完成后重新运行。",
        )

    def _read_sheets(self, content: bytes, source: Source) -> list[SheetReading]:
        readings: list[SheetReading] = []
        seen: set[tuple[object, ...]] = set()
        for raw in open_sheets(content, self._limits):
            try:
                found = self._reader.read(raw, source.path, source.received_on, source.first_seen)
            except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
                raise _fault(source.path, self._mask(raw.name) or str(raw.number), fault) from None
            for reading in found:
                reading.name = self._mask(raw.name)
                key = (reading.form, reading.unit_code, reading.period, reading.half, reading.fingerprint)
                if reading.accepted and key in seen:
                    make_duplicate(reading, "sheet.repeats_another")
                seen.add(key)
                readings.append(reading)
        refuse_halves(readings)
        return readings

    def _set_aside_if_known(self, reading: SheetReading, source: Source) -> None:
        """A submission that was accepted from another path before is registered again, but its rows are not."""
        if reading.status not in register.READABLE or not (reading.unit_code and reading.form and reading.period):
            return
        key = submission_id(source.sha256, reading.unit_code, reading.form, reading.period)
        place = f"{key}|{source.path}"
        earlier = self._read_now if source.mode == "replay" else self._read_now | self.register.accepted
        if key in earlier and place not in self._read_now:
            make_duplicate(reading, "file.repeated")
            return
        self._read_now.update((key, place))

    def _withdraw(self, readings: list[SheetReading], source: Source, batch: Batch) -> None:
        """A reading that a changed layout no longer gives must not stay the latest one of its submission."""
        now = {(reading.unit_code, reading.form, reading.period) for reading in readings}
        rows = self.register.rows.filter(
            (pl.col("file_sha256") == source.sha256)
            & (pl.col("file_path") == source.path)
            & pl.col("submission_id").is_not_null()
        ).unique("submission_id", keep="last", maintain_order=True)
        for row in rows.iter_rows(named=True):
            if (row["unit_code"], row["form"], row["period"]) not in now:
                gone = SheetReading(row["sheet_no"], row["sheet_name"], row["form"], row["unit_code"], row["period"])
                gone.status, gone.rule_id = "quarantined", "sheet.read_differently"
                gone.findings = [Finding("sheet", "sheet.read_differently")]
                batch.add(source, gone)

    def _first_seen(self) -> dict[tuple[str, str], date]:
        rows = self.register.rows
        keys = zip(rows["file_sha256"].to_list(), rows["file_path"].to_list(), strict=True)
        return dict(reversed(list(zip(keys, rows["first_seen"].to_list(), strict=True))))


def _registered(rows: pl.DataFrame) -> list[LandingFile]:
    """Every file of the register once, in the order of its path."""
    files = (
        rows.filter(pl.col("file_sha256") != "").unique(["file_sha256", "file_path"]).sort("file_path", "file_sha256")
    )
    return [
        LandingFile(path, sha256, 0, landing.received_on(path))
        for path, sha256 in zip(files["file_path"].to_list(), files["file_sha256"].to_list(), strict=True)
    ]


def _lost(path: str) -> CouldNotRun:
    return CouldNotRun(
        "A received file is gone or damaged.",
        "收到的文件丢失或损坏。",
        address=path,
        remedy_en="Put it back into the landing folder, or restore the archive from its backup.",
        remedy_zh="请重新放入接收目录,或从备份恢复档案。",
    )


def _fault(path: str, sheet_name: str, fault: Exception) -> CouldNotRun:
    return CouldNotRun(
        f"The reader stopped at a sheet ({type(fault).__name__}).",
        "读取程序在此表中断。",
        address=f"{path}!{sheet_name}",
        remedy_en="This is a fault of the reader: set the file aside and report it.",
        remedy_zh="这是读取程序的缺陷,请先移出该文件并反馈。",
    )
