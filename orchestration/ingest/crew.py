"""Chunks read by several processes at once, each with a reader of its own; none outlives the run that began it.

A process is started afresh, not forked: polars has threads, and a fork of a process with threads may hang.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import ClassVar

from orchestration.ingest.chunk_reader import ChunkReader
from orchestration.ingest.chunks import Chunk
from orchestration.ingest.desks import Desk, Desks, Watch
from orchestration.ingest.reference import Division
from orchestration.ingest.summary import IngestSummary
from orchestration.settings import Settings

_LOOKED_EVERY_SECONDS = 0.5


def read_together(
    settings: Settings, divisions: list[Division], chunks: list[Chunk], processes: int, tell: Callable[[int], None]
) -> list[IngestSummary]:
    """Read chunks in ``processes`` processes; summaries in the order of the chunks.

    When a chunk fails, those being read are finished first, so that they need not be read again. When this process
    ends for whatever reason, the others end with it.

    Args:
        settings: the home.
        divisions: its list of divisions.
        chunks: what to read.
        processes: how many at once.
        tell: called now and then with the number of files read so far.

    Raises:
        CouldNotRun: what a chunk raised, a process was ended from outside, or was at one file for too long.
    """
    context = multiprocessing.get_context("spawn")
    desks = Desks(context, processes)
    watch = Watch(desks, chunks, settings.max_seconds)
    watched, lifeline = context.Pipe(duplex=False)
    tools = (settings, divisions, desks, watched)
    try:
        with ProcessPoolExecutor(processes, context, _Member.begin, tools) as pool:
            try:
                futures = [pool.submit(_Member.read, chunk) for chunk in chunks]
                _wait(futures, watch, lambda: tell(desks.files_read()))
                pool.shutdown()
                return [future.result() for future in futures if not future.cancelled()]
            finally:
                lifeline.close()
    except BrokenProcessPool:
        raise watch.fault() from None


def _wait(futures: list[Future[IngestSummary]], watch: Watch, tell: Callable[[], None]) -> None:
    """Wait for all, or, when one fails, for those that were begun."""
    ahead = set(futures)
    while ahead:
        done, ahead = wait(ahead, _LOOKED_EVERY_SECONDS, FIRST_EXCEPTION)
        tell()
        watch.look()
        if any(future.exception() for future in done):
            ahead = {future for future in ahead if not future.cancel()}


class _Member:
    """One process of the crew; what it needs is put at the class when it begins, since tasks are plain functions."""

    _settings: ClassVar[Settings]
    _divisions: ClassVar[list[Division]]
    _desk: ClassVar[Desk]
    _reader: ClassVar[ChunkReader | None] = None

    @classmethod
    def begin(cls, settings: Settings, divisions: list[Division], desks: Desks, watched: Connection) -> None:
        """Called once in the new process."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cls._settings, cls._divisions, cls._desk = settings, divisions, desks.take(os.getpid())
        threading.Thread(target=_end_with, args=(watched,), daemon=True).start()

    @classmethod
    def read(cls, chunk: Chunk) -> IngestSummary:
        """Read one chunk; what the reader needs is loaded with the first one."""
        if cls._reader is None:
            cls._reader = ChunkReader(cls._settings, cls._divisions)
        cls._desk.begin(chunk)
        return cls._reader.read(chunk, cls._desk.go_on)


def _end_with(watched: Connection) -> None:
    """End this process when the other end of the line is gone; what it has not registered is swept by the next run."""
    try:
        watched.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
