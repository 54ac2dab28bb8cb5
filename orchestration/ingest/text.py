"""Folding of what a clerk types, so that full width, odd brackets and inner blanks mean nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

Meaning = TypeVar("Meaning")

_BRACKETS = dict(zip(map(ord, "〔〕[]【】〈〉《》〖〗﹝﹞"), "()()()()()()()", strict=True))
# Traditional and variant characters of headers, codes, places and numerals; NFKC leaves them as they are.
_VARIANTS = dict(
    zip(
        map(
            ord,
            "戶戸別號碼證齡嬰親關係與婚姻狀況現遷達繳納徵滯總計鎮鄉縣區書業農歷曆臘閏陰舊結離喪處數學歲時間報審單"
            "雙萬億圓點兩餘約團體費額據應實補減銷辦華漢職務員審內無與為發種類項國",
        ),
        "户户别号码证龄婴亲关系与婚姻状况现迁达缴纳征滞总计镇乡县区书业农历历腊闰阴旧结离丧处数学岁时间报审单"
        "双万亿圆点两余约团体费额据应实补减销办华汉职务员审内无与为发种类项国",
        strict=True,
    )
)
_NO_WIDTH: dict[int, None] = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
_FOLDED = _BRACKETS | _VARIANTS | _NO_WIDTH

_CHINESE_YEAR = re.compile(r"([一二]{1}[〇零○o一二三四五六七八九]{3})(?=年)")
# Figures written one by one: 二〇一四.
CHINESE_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
# Yuan per unit of money.
MONEY_UNITS = {"元": 1, "百元": 100, "千元": 1_000, "万元": 10_000}
_MARKS = "×*✕✖╳●█■□▇▓"
_PLACES = "年月日号时人名个村组县市省乡镇区"
# Wholly blacked out (×××, 某某), or with only figures and words of date and measure left (20××年5月, **年).
REDACTED = re.compile(
    rf"^(?:[{_MARKS}x]+|(?:某[{_PLACES}]?)+"
    rf"|(?=.*(?:[{_MARKS}]|xx|x[{_PLACES}]))(?:[\d.,\-/:%‰元万千百第]|[{_MARKS}x{_PLACES}])+)$"
)
MISSING = frozenset((
    "", *"-—–－/\\.", "--", "---", "——", "无", "不详", "未详", "不祥", "未知", "不清", "不清楚", "没有", "暂无",
    "空", "空白", "缺", "缺失", "未填", "未填写", "n/a", "na", "nan", "none", "null",
))  # fmt: skip
DITTO = frozenset({"同上", "〃", "″", "”", '"', "''", "同前"})


def fold(value: str) -> str:
    """NFKC with outer blanks removed; inner blanks are kept."""
    return unicodedata.normalize("NFKC", value).strip()


@lru_cache(maxsize=65536)
def squash(value: str) -> str:
    """NFKC without any blank, one kind of bracket, simplified, lower case: the form in which words are compared."""
    return "".join(unicodedata.normalize("NFKC", value).translate(_FOLDED).split()).lower()


def arabic_years(text: str) -> str:
    """``二〇一四年五月`` with its year in figures."""
    return _CHINESE_YEAR.sub(lambda found: found[1].translate(CHINESE_DIGITS), text)


def is_missing(value: object) -> bool:
    """Whether a cell says that there is nothing: blank, dash, 无, 不详. A zero is a figure, not a gap."""
    return isinstance(value, str) and squash(value) in MISSING


def is_redacted(value: object) -> bool:
    """Whether a cell was blacked out by hand (``×××``, ``**年``, ``某日``), wholly or in part."""
    return isinstance(value, str) and bool(REDACTED.match(squash(value)))


def told_in(words: Mapping[str, Meaning], text: str) -> Meaning | None:
    """What the words that stand in a text mean, if they mean one thing; a word inside a longer one says nothing."""
    found = [word for word in words if word in text]
    meanings = {words[word] for word in found if not any(word != other and word in other for other in found)}
    return meanings.pop() if len(meanings) == 1 else None
