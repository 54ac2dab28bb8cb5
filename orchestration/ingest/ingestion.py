"""Everything that is new in the landing folder goes through archive, reader and lake; what was read stays untouched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import count

import polars as pl

from orchestration.ingest import crew, lake, landing, part, pseudonyms, register, unit_names
from orchestration.ingest.archive import Archive
from orchestration.ingest.chunk_reader import ChunkReader
from orchestration.ingest.chunks import Chunk, Received, deal
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.landing import LandingFile
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.masking import masker
from orchestration.ingest.reference import compile_reference, division_codes
from orchestration.ingest.summary import IngestSummary
from orchestration.settings import OFFICE_TIME, Settings

Progress = Callable[[str, int, int], None]


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
    known = _begin(settings)
    summary = IngestSummary(files_seen=len(files))
    after_batch = known.last_batch_no
    if full and not known.is_empty:
        again = deal(_registered(settings, known.rows), "replay", after_batch)
        _read(settings, again, summary, progress)
        after_batch += len(again)
    today = datetime.now(OFFICE_TIME).date()
    new = [Received(file, today) for file in files if not known.knows(file.sha256, file.path)]
    _read(settings, deal(new, "first", after_batch), summary, progress)
    return summary


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
    known = _begin(settings)
    refused = register.read_quarantine(settings)
    files = list(_registered(settings, part.select(known.rows, refused, form, period_from, period_to, rule_id)))
    summary = IngestSummary(files_seen=len(files))
    _read(settings, deal(files, "replay", known.last_batch_no), summary, None)
    return summary


def _begin(settings: Settings) -> register.Register:
    """Make the lake ready, see that the key is its own, and clear away what an interrupted run left."""
    lake.prepare(settings.lake, load_catalogue())
    known = register.load(settings)
    pseudonyms.load(settings, lake_is_empty=known.is_empty)
    lake.sweep(settings.lake, known.batches)
    return known


def _read(settings: Settings, chunks: list[Chunk], summary: IngestSummary, progress: Progress | None) -> None:
    """Read chunks in as many processes as the settings allow and there are chunks; in this one where that is one alone.

    The lists are looked through also when there is nothing to read: a damaged one stops the run that follows.
    """
    total = sum(len(chunk.files) for chunk in chunks)

    def tell(files_read: int) -> None:
        if progress:
            progress("ingest", files_read, total)

    divisions = compile_reference(settings)
    unit_names.load(settings, divisions)
    processes = min(settings.threads, len(chunks))
    if processes > 1:
        for done in crew.read_together(settings, divisions, chunks, processes, tell):
            summary.add(done)
    elif chunks:
        reader, number = ChunkReader(settings, divisions), count(1)
        for chunk in chunks:
            summary.add(reader.read(chunk, lambda: tell(next(number))))


def _registered(settings: Settings, rows: pl.DataFrame) -> Iterable[Received]:
    """Every file of the register once, in the order of its path, with the day that first saw it."""
    archive = Archive(settings.archive)
    files = (
        rows.filter(pl.col("file_sha256") != "")
        .group_by("file_path", "file_sha256", maintain_order=True)
        .agg(pl.col("first_seen").first())
        .sort("file_path", "file_sha256")
    )
    for path, sha256, first_seen in files.iter_rows():
        yield Received(LandingFile(path, sha256, archive.size(sha256), landing.received_on(path)), first_seen)
