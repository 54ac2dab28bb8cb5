"""The ways in which the name of a division is written, and how they are found in a text."""

from __future__ import annotations

import re
from collections import defaultdict

from orchestration.ingest.reference import Division
from orchestration.ingest.text import squash


def spellings(division: Division) -> set[str]:
    """A name as written, and with the other words for its committee."""
    name = squash(division.name_zh)
    spelled = {name}
    if division.division_level == "village":
        stem = re.sub(r"(村民委员会|居民委员会|村委会|居委会|社区|村)$", "", name)
        if name.endswith("社区") and len(stem) >= 2:
            spelled |= {f"{stem}居委会", f"{stem}居民委员会"}
        if name.endswith("村") and len(stem) >= 2:
            spelled |= {f"{stem}村委会", f"{stem}村民委员会"}
    return spelled


def any_of(names: dict[str, set[str]]) -> re.Pattern[str] | None:
    """The longest name that begins at a place; by first character, since lists have thousands of names."""
    if not names:
        return None
    rests: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        rests[name[0]].append(re.escape(name[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rests[first])})" for first in sorted(rests)))
