"""What one sheet is once it is known who sends which form for which month: its identity, version and day of receipt."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from orchestration.ingest.text import squash

_FINAL = re.compile(r"最终(?:版|稿)?\)?\(?(\d{0,3})")
_SETTLED = re.compile(r"定稿\)?\(?(\d{0,3})")
_SENT_BACK = 3_000_000
_COPY = re.compile(r"\((\d{1,3})\)(?:\.[a-z]+)?$")


def submission_id(file_sha256: str, unit_code: str, form: str, period: str) -> str:
    """32 hex characters for (bytes, unit, form, period): the same submission twice is one submission."""
    return hashlib.sha256("|".join((file_sha256, unit_code, form, period)).encode()).hexdigest()[:32]


def stated_version(file_name: str, times_sent_back: int = 0) -> int:
    """The rank that a file name claims (ruling R-10): 最终版n > 最终版 > 定稿n > 定稿 > (n) > none.

    A copy that we sent back stands above them all, the later the higher: it corrects what it was made from.
    """
    if times_sent_back:
        return _SENT_BACK + times_sent_back
    name = squash(file_name)
    for base, pattern in ((2_000_000, _FINAL), (1_000_000, _SETTLED)):
        found = pattern.search(name)
        if found:
            return base + int(found[1] or 0)
    copy = _COPY.search(name)
    return int(copy[1]) if copy else 0


def received_on(of_path: date | None, stated: date | None, first_seen: date, returned: date | None = None) -> date:
    """The day of receipt: as the path says, else the sheet's 报出日期, which cannot follow the day first seen.

    A workbook that was sent back still states the day of its first version, so it came on the day ``returned`` at the
    earliest.
    """
    stated = max(stated or returned, returned) if returned else stated
    return of_path or min(stated or first_seen, first_seen)
