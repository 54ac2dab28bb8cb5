"""At which file each reading process is, as seen by the process that waits for them, and the end of one that hangs."""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess

from orchestration.errors import CouldNotRun
from orchestration.ingest.chunks import Chunk

_SINCE, _FILE, _BATCH, _FILES_READ, _PID = range(5)
_FIELDS = 5


class Desks:
    """One desk for each process: numbers in shared memory that its owner alone writes.

    They have no lock, since a process that dies may leave one held; what is written first keeps a hasty look harmless.
    """

    def __init__(self, context: SpawnContext, processes: int) -> None:
        self._numbers = context.RawArray("d", processes * _FIELDS)
        self._taken = context.Value("i", 0)

    def take(self, pid: int) -> Desk:
        """A desk that nobody has; called once in each process."""
        with self._taken.get_lock():
            desk = Desk(self._numbers, self._taken.value * _FIELDS)
            self._taken.value += 1
        desk.write(_PID, pid)
        return desk

    def files_read(self) -> int:
        """How many files all processes have read so far."""
        return sum(int(desk.read(_FILES_READ)) for desk in self._all())

    def at_work(self, chunks: list[Chunk]) -> Iterator[tuple[int, str, float]]:
        """For each process that is at a file: its id, the path of the file, and for how many seconds it has been."""
        batches = {chunk.batch_no: chunk for chunk in chunks}
        for desk in self._all():
            chunk, number = batches.get(int(desk.read(_BATCH))), int(desk.read(_FILE))
            if chunk is not None and number < len(chunk.files):
                yield int(desk.read(_PID)), chunk.files[number].file.path, time.monotonic() - desk.read(_SINCE)

    def _all(self) -> Iterator[Desk]:
        return (Desk(self._numbers, first) for first in range(0, len(self._numbers), _FIELDS))


class Desk:
    """The numbers of one process."""

    def __init__(self, numbers: ctypes.Array[ctypes.c_double], first: int) -> None:
        self._numbers, self._first = numbers, first

    def read(self, what: int) -> float:
        """One number."""
        return self._numbers[self._first + what]

    def write(self, what: int, number: float) -> None:
        """Put one number down."""
        self._numbers[self._first + what] = number

    def begin(self, chunk: Chunk) -> None:
        """The first file of a chunk is being read."""
        self.write(_SINCE, time.monotonic())
        self.write(_FILE, 0)
        self.write(_BATCH, chunk.batch_no)

    def go_on(self) -> None:
        """A file is read; the next one is begun, or after the last one the batch is written."""
        self.write(_SINCE, time.monotonic())
        self.write(_FILE, self.read(_FILE) + 1)
        self.write(_FILES_READ, self.read(_FILES_READ) + 1)


@dataclass
class Watch:
    """What the waiting process knows of the others.

    Args:
        desks: where they are.
        chunks: what they read.
        most_seconds: how long one file may take.
    """

    desks: Desks
    chunks: list[Chunk]
    most_seconds: int
    _crew: dict[int, BaseProcess] = field(default_factory=dict)
    _ended: dict[int, str] = field(default_factory=dict)

    def look(self) -> None:
        """End every process that is at one file for too long."""
        for child in multiprocessing.active_children():
            self._crew.setdefault(child.pid or 0, child)
        for pid, path, seconds in self.desks.at_work(self.chunks):
            if seconds > self.most_seconds and pid in self._crew and pid not in self._ended:
                self._ended[pid] = path
                self._crew[pid].kill()

    def fault(self) -> CouldNotRun:
        """Why a process is gone, once all have ended."""
        if self._ended:
            return _took_too_long(list(self._ended.values()), self.most_seconds)
        at_work = {pid: path for pid, path, _ in self.desks.at_work(self.chunks)}
        struck = [path for pid, path in at_work.items() if self._was_struck(pid)]
        return _ended_from_outside(struck or list(at_work.values()))

    def _was_struck(self, pid: int) -> bool:
        """Whether a process was not merely sent home since another had ended."""
        return pid not in self._crew or self._crew[pid].exitcode != -signal.SIGTERM


def _took_too_long(paths: list[str], most_seconds: int) -> CouldNotRun:
    return CouldNotRun(
        f"A file took longer than {most_seconds} seconds to read.",
        f"读取一个文件超过 {most_seconds} 秒。",
        address=", ".join(sorted(paths)),
        remedy_en="Set it aside and report it, or allow more time with TAIZHANG_MAX_SECONDS; what was read is kept.",
        remedy_zh="请先移出该文件并反馈,或用 TAIZHANG_MAX_SECONDS 延长时限;已读取的内容不会丢失。",
    )


def _ended_from_outside(paths: list[str]) -> CouldNotRun:
    return CouldNotRun(
        "A process that read ledgers was ended from outside, maybe for want of memory.",
        "读取台账的进程被外部终止,可能是内存不足。",
        address=", ".join(sorted(paths)) or None,
        remedy_en="Run again, what was read is kept; with TAIZHANG_THREADS=1 it needs half the memory. "
        "If it ends at the same file again, set that aside and report it.",
        remedy_zh="请重新运行,已读取的内容不会丢失;设 TAIZHANG_THREADS=1 可减少一半内存。"
        "若再次停在同一文件,请移出该文件并反馈。",
    )
