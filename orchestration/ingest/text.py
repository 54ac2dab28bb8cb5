"""Folding of what a clerk types, so that full width, odd brackets and inner blanks mean nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Meaning = TypeVar("Meaning")

_BRACKETS = str.maketrans("〔〕[]【】〈〉《》〖〗﹝﹞", "()()()()()()()")
_BLANKS = re.compile(r"[\s\u200b\ufeff\u00ad]+")

_CHINESE_YEAR = re.compile(r"([一二]{1}[〇零○o一二三四五六七八九]{3})(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
# Yuan per unit of money.
MONEY_UNITS = {"元": 1, "百元": 100, "千元": 1_000, "万元": 10_000}
REDACTED = re.compile(r"^[×xX*＊✕╳●█]{1,}$")
MISSING = frozenset(("", *"-—–－/\\.", "--", "---", "——", "无", "不详", "未知", "空", "缺", "n/a", "null"))
DITTO = frozenset({"同上", "〃", "″", "”", '"', "''", "同前"})


def fold(value: str) -> str:
    """NFKC with outer blanks removed; inner blanks are kept."""
    return unicodedata.normalize("NFKC", value).strip()


@lru_cache(maxsize=65536)
def squash(value: str) -> str:
    """NFKC without any blank, one kind of bracket, lower case: the form in which headers and titles are compared."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", value).translate(_BRACKETS)).lower()


def arabic_years(text: str) -> str:
    """``二〇一四年五月`` with its year in figures."""
    return _CHINESE_YEAR.sub(lambda found: found[1].translate(_CHINESE_DIGITS), text)


def is_missing(value: object) -> bool:
    """Whether a cell says that there is nothing: blank, dash, 无, 不详. A zero is a figure, not a gap."""
    return isinstance(value, str) and squash(value) in MISSING


def is_redacted(value: object) -> bool:
    """Whether a cell was blacked out by hand (``×××``, ``**``)."""
    return isinstance(value, str) and bool(REDACTED.match(squash(value)))


def told_in(words: Mapping[str, Meaning], text: str) -> Meaning | None:
    """What the words that stand in a text mean, if they mean one thing; a word inside a longer one says nothing."""
    found = [word for word in words if word in text]
    meanings = {words[word] for word in found if not any(word != other and word in other for other in found)}
    return meanings.pop() if len(meanings) == 1 else None
