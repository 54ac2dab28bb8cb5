"""The error list in front of a workbook that the product itself sent back: no ledger, and never read as one."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from orchestration.ingest.text import squash

if TYPE_CHECKING:
    from orchestration.ingest.containers.opening import RawSheet

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FILE = re.compile(r"\b[0-9a-f]{16}\b")
_TIMES = re.compile(r"\d{1,3}")
_HEAD_ROWS = 5


class Words(NamedTuple):
    """Tab and title of an error list, its words for day and received file, and the first words of our comments."""

    tab: str
    title: str
    day: str
    times: str
    file: str
    comment: str


class SentBack(NamedTuple):
    """When a workbook was sent back, None if that was lost, and for which time."""

    day: date | None
    times: int


@lru_cache(maxsize=1)
def words() -> Words:
    """The words by which a workbook that was sent back is known (``own_sheet.yml``)."""
    return Words(**yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8")))


def is_error_list(raw: RawSheet) -> bool:
    """Whether a sheet is our error list: tab and first cell both say so; a ledger under that tab is read as ever."""
    first = next((cell for row in raw.rows[:1] for cell in row if cell != ""), None)
    return squash(raw.name).startswith(words().tab) and isinstance(first, str) and squash(first) == words().title


def sent_back(raw: RawSheet) -> SentBack:
    """What an error list says of the return of its workbook."""
    day, times = _said(raw, words().day, _DAY), _said(raw, words().times, _TIMES)
    try:
        known = date(*map(int, day.groups())) if day else None
    except ValueError:
        known = None
    return SentBack(known, int(times[0]) if times else 1)


def answers(raw: RawSheet) -> str | None:
    """The first 16 characters of the hash of the received file that an error list is about, None if it was lost."""
    found = _said(raw, words().file, _FILE)
    return found[0] if found else None


def _said(raw: RawSheet, word: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    for row in raw.rows[:_HEAD_ROWS]:
        for cell in row:
            if isinstance(cell, str) and word in cell and (found := pattern.search(cell.partition(word)[2])):
                return found
    return None
