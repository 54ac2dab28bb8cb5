"""How alike two headers are: by words that mean the same to a clerk, then by characters."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import yaml

from orchestration.ingest.text import squash

_WORDS = Path(__file__).with_name("words.yml")
_WORDWISE = 0.75
_UNIT = re.compile(r"\((?:单位:?)?(?:[百千万]?元|人次|人|对|例|户|个|名|倍|%|‰)[^)/]*\)")


class Wording:
    """Weighs the words of headers by how seldom they stand in the catalogue's own."""

    def __init__(self, headers: Iterable[str]) -> None:
        known = {frozenset(tokens(header)) for header in headers}
        counts = Counter(token for each in known for token in each)
        self._weights = {token: math.log(1 + len(known) / count) for token, count in counts.items()}
        self._rare = math.log(1 + len(known))
        self._totals: dict[str, float] = {}

    def likeness(self, one: str, other: str) -> float:
        """Between 0 and 1."""
        total = self._total(one) + self._total(other)
        if not total:
            return 0.0
        shared = sum(map(self._weight, _shared(tokens(one), tokens(other))))
        characters = 2 * len(_shared(one, other)) / (len(one) + len(other))
        return _WORDWISE * 2 * shared / total + (1 - _WORDWISE) * characters

    def _total(self, text: str) -> float:
        if text not in self._totals:
            self._totals[text] = sum(map(self._weight, tokens(text)))
        return self._totals[text]

    def _weight(self, token: str) -> float:
        return self._weights.get(token, self._rare)


def _shared(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """What two sequences have in common, as often as both have it."""
    rest = list(other)
    found = []
    for part in one:
        if part in rest:
            rest.remove(part)
            found.append(part)
    return found


@lru_cache(maxsize=65536)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header by the names of their groups; a character that no group has stands for itself."""
    names, idle, pattern = _lexicon()
    text = _UNIT.sub("", header).replace("_", "/").replace(">", "/")
    found = [names.get(part, part) for part in pattern.findall(text)]
    return tuple(token for token in found if token not in idle)


def is_wording(header: str) -> bool:
    """Whether a text has any word that headers are made of."""
    names, _, pattern = _lexicon()
    return any(part in names for part in pattern.findall(header))


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, str], frozenset[str], re.Pattern[str]]:
    """Word -> the name of its group; the idle words; what cuts a header into words."""
    read = yaml.safe_load(_WORDS.read_text("utf-8"))
    names: dict[str, str] = {}
    for group in read["same"]:
        for word in group:
            names.setdefault(squash(str(word)), squash(str(group[0])))
    idle = frozenset(map(squash, read["idle"]))
    words = sorted({*names, *idle}, key=lambda word: (-len(word), word))
    return names, idle, re.compile("|".join([*map(re.escape, words), r"\d+", "."]))
