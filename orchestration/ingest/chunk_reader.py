"""The files of one chunk go through archive and reader into one batch of the lake."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun
from orchestration.ingest import own_sheet, pseudonyms, register, unit_names
from orchestration.ingest.archive import Archive
from orchestration.ingest.batches import Batch, Source
from orchestration.ingest.chunks import Chunk
from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.opening import Refusal, open_sheets
from orchestration.ingest.landing import LandingFile
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.masking import masker
from orchestration.ingest.proposals.memory import with_confirmed
from orchestration.ingest.quarantine import Finding
from orchestration.ingest.reading import SheetReader, SheetReading
from orchestration.ingest.reference import Division
from orchestration.ingest.siblings import make_duplicate, refuse_halves
from orchestration.ingest.submission import submission_id
from orchestration.ingest.summary import IngestSummary
from orchestration.ingest.units import Units
from orchestration.settings import Settings

# A sheet is tens of thousands of cells that nothing refers to in a circle: looking for circles among them is in vain.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


class ChunkReader:
    """The tools of one process, made once: layouts, units, key, and the register as it stood when reading began.

    It writes into archive and lake alone, so that several can work beside each other.
    """

    def __init__(self, settings: Settings, divisions: list[Division]) -> None:
        self._settings = settings
        self._catalogue = with_confirmed(load_catalogue(), settings)
        self._register = register.load(settings)
        names = pseudonyms.load(settings, lake_is_empty=self._register.is_empty)
        self._mask = masker(division.division_code for division in divisions)
        units = Units(divisions, unit_names.load(settings, divisions))
        self._reader = SheetReader(self._catalogue, units, ColumnReaders(self._catalogue, names))
        self._archive = Archive(settings.archive)
        self._limits = Limits.of(settings)
        self._read_now: set[str] = set()

    def read(self, chunk: Chunk, read_one: Callable[[], None]) -> IngestSummary:
        """Read the files of a chunk in their order and write their batch; ``read_one`` is called after each file.

        Raises:
            CouldNotRun: a file is gone, changed or not readable, the reader is at fault, or the lake cannot be written.
        """
        summary = IngestSummary()
        self._read_now.clear()
        batch = Batch(self._settings, self._catalogue, chunk.batch_no)
        with _seldom_collecting():
            for received in chunk.files:
                file = received.file
                source = Source(file.sha256, file.path, file.received_on, received.first_seen, chunk.mode)
                for reading in self._read_file(file, source):
                    batch.add(source, reading)
                    summary.count(reading)
                summary.files_read += 1
                read_one()
        self._archive.settle()
        summary.batch_ids.append(batch.write())
        return summary

    def _read_file(self, file: LandingFile, source: Source) -> list[SheetReading]:
        if file.refused:
            return [_refused(file.refused)]
        content = self._content(file, source)
        try:
            readings = self._read_sheets(content, source)
        except Refusal as refusal:
            return [_refused(refusal.rule_id)]
        for reading in readings:
            self._set_aside_if_known(reading, source)
        gone = self._withdrawn(readings, source) if source.mode == "replay" else []
        return [*readings, *gone, *([] if readings else [_refused("file.no_form")])]

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
        sent_back = None
        for raw in open_sheets(content, self._limits):
            if own_sheet.is_error_list(raw):
                sent_back = own_sheet.sent_back(raw)
                continue
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
        for reading in readings:
            reading.sent_back = sent_back
        return readings

    def _set_aside_if_known(self, reading: SheetReading, source: Source) -> None:
        """A submission that was accepted from another path before is registered again, but its rows are not."""
        if reading.status not in register.READABLE or not (reading.unit_code and reading.form and reading.period):
            return
        key = submission_id(source.sha256, reading.unit_code, reading.form, reading.period)
        place = f"{key}|{source.path}"
        is_known = key in self._read_now or (source.mode != "replay" and key in self._register.accepted)
        if is_known and place not in self._read_now:
            make_duplicate(reading, "file.repeated")
            return
        self._read_now.update((key, place))

    def _withdrawn(self, readings: list[SheetReading], source: Source) -> list[SheetReading]:
        """A reading that a changed layout no longer gives must not stay the latest one of its submission."""
        now = {(reading.unit_code, reading.form, reading.period) for reading in readings}
        withdrawn = []
        for number, name, form, unit_code, period in self._read_before.get((source.sha256, source.path), ()):
            if (unit_code, form, period) not in now:
                gone = SheetReading(number, name, form, unit_code, period)
                gone.status, gone.rule_id = "quarantined", "sheet.read_differently"
                gone.findings = [Finding("sheet", "sheet.read_differently")]
                withdrawn.append(gone)
        return withdrawn

    @cached_property
    def _read_before(self) -> dict[tuple[str, str], list[tuple[int, str, str, str, str]]]:
        """File and place -> sheet number, sheet name, form, unit and month of every submission ever read from it."""
        files = ["file_sha256", "file_path"]
        rows = self._register.rows.filter(pl.col("submission_id").is_not_null())
        last = rows.unique([*files, "submission_id"], keep="last", maintain_order=True)
        return last.select(*files, "sheet_no", "sheet_name", "form", "unit_code", "period").rows_by_key(files)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    first, *others = gc.get_threshold()
    gc.set_threshold(max(first, _OBJECTS_BETWEEN_COLLECTIONS) if first else 0, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)


def _refused(rule_id: str) -> SheetReading:
    refused = SheetReading(0, "", status="refused", rule_id=rule_id)
    refused.findings = [Finding("file", rule_id)]
    return refused


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
