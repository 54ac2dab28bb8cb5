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

WORDS = Path(__file__).with_name("words.yml")
_WORDWISE = 0.75
# Of another person; of another kind (a day where the alias is a name), or of a kind where the alias tells none; nothing
# in common but the kind.
_ANOTHERS, _OTHER_KIND, _UNTOLD_KIND, _KIND_ALONE = 0.6, 0.7, 0.85, 0.8
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
        alike = _WORDWISE * 2 * shared / total + (1 - _WORDWISE) * characters
        return alike * _discord(tokens(one), tokens(other))

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


def _discord(header: Sequence[str], alias: Sequence[str]) -> float:
    """What speaks against two headers that share words, as a factor."""
    kinds, owners = _grammar()
    own, others = set(header), set(alias)
    factor = _ANOTHERS if own & owners - others else 1.0
    told = [next((kinds[token] for token in reversed(each) if token in kinds), None) for each in (header, alias)]
    if told[0] and told[0] != told[1]:
        factor *= _OTHER_KIND if told[1] else _UNTOLD_KIND
    if own - kinds.keys() and own & others <= kinds.keys():
        factor *= _KIND_ALONE
    return factor


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
def _grammar() -> tuple[dict[str, str], frozenset[str]]:
    """Word -> what kind of cells stand below it; the words that say whose they are."""
    read = yaml.safe_load(WORDS.read_text("utf-8"))
    kinds = {squash(word): kind for kind, words in read["kinds"].items() for word in words}
    return kinds, frozenset(map(squash, read["owners"]))


@lru_cache(maxsize=1)
def _lexicon() -> tuple[dict[str, str], frozenset[str], re.Pattern[str]]:
    """Word -> the name of its group; the idle words; what cuts a header into words."""
    read = yaml.safe_load(WORDS.read_text("utf-8"))
    names: dict[str, str] = {}
    for group in read["same"]:
        for word in group:
            names.setdefault(squash(str(word)), squash(str(group[0])))
    idle = frozenset(map(squash, read["idle"]))
    words = sorted({*names, *idle}, key=lambda word: (-len(word), word))
    return names, idle, re.compile("|".join([*map(re.escape, words), r"\d+", "."]))
