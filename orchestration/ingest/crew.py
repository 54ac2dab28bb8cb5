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
from multiprocessing.sharedctypes import Synchronized
from typing import ClassVar

from orchestration.errors import CouldNotRun
from orchestration.ingest.chunk_reader import ChunkReader
from orchestration.ingest.chunks import Chunk
from orchestration.ingest.reference import Division
from orchestration.ingest.summary import IngestSummary
from orchestration.settings import Settings

_TOLD_EVERY_SECONDS = 0.5


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
        CouldNotRun: what a chunk raised, or a process was ended from outside.
    """
    context = multiprocessing.get_context("spawn")
    files_read = context.Value("q", 0)
    watched, lifeline = context.Pipe(duplex=False)
    tools = (settings, divisions, files_read, watched)
    with lifeline, ProcessPoolExecutor(processes, context, _Member.begin, tools) as pool:
        try:
            futures = [pool.submit(_Member.read, chunk) for chunk in chunks]
            _wait(futures, lambda: tell(files_read.value))
            pool.shutdown(cancel_futures=True)
            return [future.result() for future in futures if not future.cancelled()]
        except BrokenProcessPool:
            raise CouldNotRun(
                "A process that read ledgers was ended from outside, maybe for want of memory.",
                "读取台账的进程被外部终止,可能是内存不足。",
                remedy_en="Run again, what was read is kept; with TAIZHANG_THREADS=1 it needs half the memory.",
                remedy_zh="请重新运行,已读取的内容不会丢失;设 TAIZHANG_THREADS=1 可减少一半内存。",
            ) from None
        finally:
            lifeline.close()


def _wait(futures: list[Future[IngestSummary]], tell: Callable[[], None]) -> None:
    """Wait for all, or for the first that fails."""
    ahead = set(futures)
    while ahead:
        done, ahead = wait(ahead, _TOLD_EVERY_SECONDS, FIRST_EXCEPTION)
        tell()
        if any(future.exception() for future in done):
            return


class _Member:
    """One process of the crew; what it needs is put at the class when it begins, since tasks are plain functions."""

    _settings: ClassVar[Settings]
    _divisions: ClassVar[list[Division]]
    _files_read: ClassVar[Synchronized[int]]
    _reader: ClassVar[ChunkReader | None] = None

    @classmethod
    def begin(
        cls, settings: Settings, divisions: list[Division], files_read: Synchronized[int], watched: Connection
    ) -> None:
        """Called once in the new process."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cls._settings, cls._divisions, cls._files_read = settings, divisions, files_read
        threading.Thread(target=_end_with, args=(watched,), daemon=True).start()

    @classmethod
    def read(cls, chunk: Chunk) -> IngestSummary:
        """Read one chunk; what the reader needs is loaded with the first one."""
        if cls._reader is None:
            cls._reader = ChunkReader(cls._settings, cls._divisions)
        return cls._reader.read(chunk, cls._count)

    @classmethod
    def _count(cls) -> None:
        with cls._files_read.get_lock():
            cls._files_read.value += 1


def _end_with(watched: Connection) -> None:
    """End this process when the other end of the line is gone; what it has not registered is swept by the next run."""
    try:
        watched.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
