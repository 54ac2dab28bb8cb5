"""The files of a run dealt into chunks: what one process keeps in memory, writes as one batch and need not read again.

The chunks follow from the files alone, never from how many processes read them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orchestration.ingest.landing import LandingFile

MOST_BYTES = 16 * 2**20
MOST_FILES = 1_000


@dataclass(frozen=True)
class Received:
    """A file to read, and the day of the run that first saw it."""

    file: LandingFile
    first_seen: date


@dataclass(frozen=True)
class Chunk:
    """What becomes one batch; ``mode`` is ``first`` or ``replay``."""

    batch_no: int
    mode: str
    files: tuple[Received, ...]


def deal(files: Iterable[Received], mode: str, after_batch: int) -> list[Chunk]:
    """Deal files in their order; the same bytes at several places come into one chunk, where they are told as one.

    Args:
        files: in the order of their paths.
        mode: ``first`` or ``replay``.
        after_batch: the number of the last batch of the register.
    """
    hands: list[list[Received]] = []
    held_by: dict[str, int] = {}
    weight = 0
    for received in files:
        file = received.file
        at = held_by.get(file.sha256)
        if at is None:
            if not hands or weight + file.size > MOST_BYTES or len(hands[-1]) >= MOST_FILES:
                hands.append([])
                weight = 0
            weight += file.size
            at = held_by[file.sha256] = len(hands) - 1
        hands[at].append(received)
    return [Chunk(after_batch + 1 + number, mode, tuple(hand)) for number, hand in enumerate(hands)]
