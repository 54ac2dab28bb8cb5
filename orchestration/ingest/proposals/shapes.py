"""What the cells of a column look like, as shares of kinds. No value outlives the counting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from orchestration.ingest.text import is_missing, squash

_MOST_CELLS = 400
_PATTERNS = (
    ("id", re.compile(r"[1-9][\d*×]{13}[\d*×]|[1-9][\d*×]{16}[\d*x×]")),
    ("phone", re.compile(r"1[3-9]\d{9}|(?:0\d{2,3}-?)?[2-8]\d{6,7}")),
    ("date", re.compile(
        r"(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d{1,2}:\d{2}.*)?|(?:19|20)\d{2}[01]\d[0-3]\d"
        r"|\d{1,2}月\d{1,2}日|\d{2}[./]\d{1,2}[./]\d{1,2}"
    )),
    ("month", re.compile(r"(?:19|20)\d{2}(?:[-./年]\d{1,2}月?|[01]\d)|\d{1,2}月份?")),
    ("year", re.compile(r"(?:19|20)\d{2}年?度?")),
    ("small", re.compile(r"\d{1,3}(?:人|例|对|户|次|人次|个|名|份|张|盒|只)?")),
    ("whole", re.compile(r"\d{4,9}|\d{1,3}(?:,\d{3})+")),
    ("decimal", re.compile(r"[-(]?[¥￥]?\d[\d,]*\.\d{1,4}\)?[元%]?|-\d+|\d+(?:\.\d+)?[元%]|[¥￥]\d+")),
    ("number", re.compile(r"(?=.*\d)[a-z0-9\u4e00-\u9fff()第号字#._/-]{4,40}")),
    ("place", re.compile(r".*[村镇乡县市省区组道路号]$|.*(?:社区|居委会|街道).*")),
    ("name", re.compile(r"[\u4e00-\u9fff·]{2,4}")),
    ("mark", re.compile(r".")),
)  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """Shares of the filled cells by kind, and by set of words; ``filled`` is the share of cells that say anything."""

    filled: float = 0.0
    kinds: dict[str, float] = field(default_factory=dict)
    words: dict[str, float] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The commonest kind and its share, for a person."""
        if not self.kinds:
            return "blank"
        kind = max(self.kinds, key=lambda name: (self.kinds[name], name))
        return f"{kind} {self.kinds[kind]:.0%}"


def shape_of(cells: Iterable[object], lists: dict[str, frozenset[str]]) -> Shape:
    """The shape of a column.

    Args:
        cells: the column below its header.
        lists: sets of words by name; the share of filled cells that stand in each is told.
    """
    texts = [_text(cell) for cell in cells][:_MOST_CELLS]
    filled = [text for text in texts if text and not is_missing(text)]
    if not filled:
        return Shape()
    kinds = Counter("serial" if _counts(filled) else _kind(text) for text in filled)
    words = {name: sum(text in known for text in filled) / len(filled) for name, known in lists.items()}
    return Shape(
        len(filled) / len(texts),
        {kind: count / len(filled) for kind, count in kinds.items()},
        {name: share for name, share in words.items() if share > 0},
    )


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return squash(str(cell))


def _counts(filled: list[str]) -> bool:
    """Whether the cells number the rows: 1, 2, 3 …"""
    figures = [int(text) for text in filled if text.isdecimal() and len(text) < 5]
    return len(figures) == len(filled) > 2 and all(later == earlier + 1 for earlier, later in pairwise(figures))


def _kind(text: str) -> str:
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(text)), "text")
