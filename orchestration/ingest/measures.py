"""Figures as prose tells them: bounds (低于12‰, 85%以上), and a list with the number it claims (…等10部门)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, NamedTuple

from orchestration.ingest.numerals import chinese_number
from orchestration.ingest.outcome import REDACTED, Problem
from orchestration.ingest.text import is_missing, is_redacted, squash

Operator = Literal["=", "<", "<=", ">", ">=", "~"]

_UNREADABLE = Problem("number.unreadable")
_INEXACT = Problem("number.inexact")
# Civil Code, article 1259: 以上, 以下, 以内 include their figure; 不足, 超过 do not.
_WORDS: dict[str, Operator] = {
    "不低于": ">=", "不少于": ">=", "不小于": ">=", "至少": ">=", "最少": ">=", "≥": ">=", ">=": ">=",
    "不高于": "<=", "不超过": "<=", "不大于": "<=", "不多于": "<=", "至多": "<=", "最多": "<=", "≤": "<=", "<=": "<=",
    "低于": "<", "少于": "<", "小于": "<", "不足": "<", "不到": "<", "未满": "<", "不满": "<", "<": "<",
    "高于": ">", "大于": ">", "多于": ">", "超过": ">", "超": ">", ">": ">",
    "大约": "~", "约": "~", "将近": "~", "接近": "~", "近": "~", "~": "~", "≈": "~",
    "=": "=", "": "=",
}  # fmt: skip
_ENDS: dict[str, Operator] = {"以上": ">=", "以下": "<=", "以内": "<=", "左右": "~", "上下": "~", "": "="}
_MORE = "余多"
_MEASURE = re.compile(
    rf"^(?P<word>{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})"
    r"(?P<share>百分之|千分之)?"
    r"(?P<figure>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[零一二三四五六七八九〇两十百千万亿]+)"
    rf"(?P<more>[{_MORE}])?"
    r"(?P<unit>0/00|o/oo|%。|%o|%|‰|百分点|人次|人|名|个|对|例|户|件|次|倍|岁|万元|万|元)?"
    r"(?P<end>以上|以下|以内|左右|上下)?$",
    re.ASCII,
)
_LOOSE = re.compile(
    rf"\d[-~—至到]\d|\d.*(?:[{_MORE}]|{'|'.join(word for word in _ENDS if word)})|"
    rf"(?:{'|'.join(re.escape(word) for word in _WORDS if word)}).*\d"
)
_PER_MILLE = frozenset({"0/00", "o/oo", "%。", "%o", "千分之"})
_LISTED = re.compile(r"^(?P<items>.+?)等(?P<count>\d+|[一二三四五六七八九十两]+)个?(?P<noun>[\u4e00-\u9fff]+)$")


class Measure(NamedTuple):
    """A figure, how it bounds what it speaks of, and its unit as written (``%``, ``‰``, a counting word or None)."""

    value: Decimal
    operator: Operator = "="
    unit: str | None = None


class Listing(NamedTuple):
    """The items of a list, and how many the sentence says there are."""

    items: tuple[str, ...]
    stated: int


def parse_measure(value: object) -> Measure | Problem | None:
    """A figure with its bound and unit; two bounds in one cell, or a span, are refused as ``number.inexact``."""
    if value is None or is_missing(value):
        return None
    if is_redacted(value):
        return REDACTED
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return _UNREADABLE
    if not isinstance(value, str):
        return Measure(Decimal(f"{value:.15g}")) if abs(value) < 1e15 else Problem("number.too_large")
    found = _MEASURE.match(squash(value).replace("%0", "%o"))
    if not found:
        return _INEXACT if _LOOSE.search(squash(value)) else _UNREADABLE
    figure = _figure(found["figure"])
    more: Operator = ">" if found["more"] else "="
    bounds = {_WORDS[found["word"]], _ENDS[found["end"] or ""], more} - {"="}
    if figure is None:
        return _UNREADABLE
    if len(bounds) > 1:
        return _INEXACT
    return Measure(figure, next(iter(bounds), "="), _unit(found["share"] or found["unit"]))


def parse_listing(sentence: str) -> Listing | None:
    """``计生、人社等2部门`` -> two items, two stated; None for a sentence that is no such list."""
    found = _LISTED.match(squash(sentence))
    stated = _figure(found["count"]) if found else None
    if found is None or stated is None:
        return None
    return Listing(tuple(item for item in re.split(r"[、,;和]", found["items"]) if item), int(stated))


def _figure(text: str) -> Decimal | None:
    if text[-1].isdigit() and text.isascii():
        return Decimal(text.replace(",", ""))
    number = chinese_number(text)
    return None if number is None else Decimal(number)


def _unit(written: str | None) -> str | None:
    if written in _PER_MILLE:
        return "‰"
    return "%" if written == "百分之" else written
