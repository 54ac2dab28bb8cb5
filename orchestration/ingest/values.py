"""One cell at a time: what it says as a number, an amount, a code, a text, or why it cannot be read.

A parser returns a value, None for a gap (a dash is a gap, a zero is not), or a ``Problem`` with its rule.
Nothing here knows about sheets, columns or files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from orchestration.ingest.text import fold, is_missing, is_redacted, squash


@dataclass(frozen=True)
class Problem:
    """A cell that could not be read as its column asks, and the rule that says so."""

    rule_id: str


REDACTED = Problem("cell.redacted")
_UNREADABLE = Problem("number.unreadable")
_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")
_MOST = Decimal("999999999999.99")
_PLAIN = r"[A-Z0-9()\-/_.#号第字]+"
_INT_MOST = 2**31 - 1
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$|^[+-]?\.\d+$", re.ASCII)
_CURRENCY = re.compile(r"^(?P<sign>[+-]?)(?:rmb|cny|人民币)?[:]?[¥￥]?")
_WHOLE = re.compile(r"(?<=[元圆])[整正]$")
_COUNTED = re.compile(r"(人次|人|对|例|户|个|名|次|孩|胎|期|年|倍|盒|只|支|板|片|瓶|套|份|本|%)$")
_INEXACT = re.compile(r"以上|以下|左右|[余近约多]|不低于|低于|超过|不足|[<>≤≥~]")
_ORDINAL = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}

_DIGITS = {
    "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "〇": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    "两": 2, "貳": 2, "參": 3, "陸": 6,
}  # fmt: skip
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_CHINESE = re.compile(r"^[零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖两貳參陸十拾百佰千仟万萬亿億]+$")
_CHINESE_MONEY = re.compile(r"^(?:人民币)?(?P<yuan>[^元圆角分]+)[元圆](?:(?P<jiao>.)角)?(?:零?(?P<fen>.)分)?[整正]?$")


def gap(value: object) -> bool:
    """Whether a cell says that there is nothing."""
    return value is None or (isinstance(value, str) and is_missing(value))


def parse_int(value: object, minimum: int | None = 0) -> int | Problem | None:
    """Whole persons, couples, cases; ``3人`` and ``二孩`` are whole numbers too."""
    if isinstance(value, str):
        if is_missing(value):
            return None
        if is_redacted(value):
            return REDACTED
        plain = squash(value)
        counted = _COUNTED.sub("", plain.removeprefix("第"))
        if counted in _ORDINAL:
            number: Decimal | Problem = Decimal(_ORDINAL[counted])
        else:
            number = _decimal(counted)
    else:
        number = _decimal(value)
    if isinstance(number, Problem):
        return number
    if number != number.to_integral_value():
        return Problem("number.not_whole")
    if minimum is not None and number < minimum:
        return Problem("number.too_small")
    return int(number) if abs(number) <= _INT_MOST else Problem("number.too_large")


def parse_decimal(value: object, minimum: int | None = 0) -> Decimal | Problem | None:
    """A plain number with at most two decimals, such as a multiple."""
    if gap(value):
        return None
    if is_redacted(value):
        return REDACTED
    number = _decimal(_COUNTED.sub("", squash(value)) if isinstance(value, str) else value)
    if isinstance(number, Problem):
        return number
    if minimum is not None and number < minimum:
        return Problem("number.too_small")
    if abs(number) > 999_999:
        return Problem("number.too_large")
    return _to_cent(number)


def parse_money(value: object, unit: int | None, minimum: int | None = 0) -> Decimal | Problem | None:
    """An amount in yuan.

    Args:
        value: the cell.
        unit: yuan per unit as header or sheet say (1 or 10000); None when neither does.
        minimum: the least lawful amount; None where reversals are negative.
    """
    if gap(value):
        return None
    if is_redacted(value):
        return REDACTED
    factor = unit or 1
    if isinstance(value, str):
        plain = _CURRENCY.sub(r"\g<sign>", squash(value))
        chinese = _chinese_money(plain)
        if chinese is not None:
            # An amount spelled out names its unit itself; a header in 万元 above it would be a second opinion.
            if unit not in (None, 1):
                return Problem("money.unit_disagrees")
            return chinese
        plain = _WHOLE.sub("", plain)
        own = 10_000 if plain.endswith(("万元", "万")) else 1 if plain.endswith(("元", "圆")) else None
        if own is not None:
            if unit is not None and own != unit:
                return Problem("money.unit_disagrees")
            factor = own
            plain = re.sub(r"(万元|万|元|圆)$", "", plain)
        number = _decimal(plain)
    else:
        number = _decimal(value)
    if isinstance(number, Problem):
        return number
    amount = _to_cent(number * factor)
    if isinstance(amount, Problem):
        return amount
    if minimum is not None and amount < minimum:
        return Problem("number.too_small")
    return amount if abs(amount) <= _MOST else Problem("number.too_large")


def chinese_number(text: str) -> int | None:
    """``壹万贰仟`` -> 12000; None when the numerals do not make up one number."""
    if not _CHINESE.match(text):
        return None
    total = section = digit = 0
    largest = 10**9
    for char in text:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _SCALES:
            section += (digit or 1) * _SCALES[char]
            digit = 0
        else:
            scale = 10_000 if char in "万萬" else 10**8
            if scale >= largest or section + digit == 0:
                return None
            largest = scale
            total += (section + digit) * scale
            section = digit = 0
    # 一万二 means 12,000 to some and a slip to others: a bare last digit counts as ones only after 零 or a ten.
    if digit and len(text) > 1 and text[-2] not in "零〇十拾":
        return None
    return total + section + digit


def parse_fraction(value: object) -> Decimal | Problem | None:
    """A part of a whole: 0.4, ``40%`` and 40 are two fifths; up to 1 a bare number is no percentage."""
    if gap(value):
        return None
    if is_redacted(value):
        return REDACTED
    plain = squash(value) if isinstance(value, str) else value
    number = _decimal(plain.removesuffix("%") if isinstance(plain, str) else plain)
    if isinstance(number, Problem):
        return number
    if number > 1 or (isinstance(plain, str) and plain.endswith("%")):
        number /= 100
    if number < 0:
        return Problem("number.too_small")
    return number.quantize(_MILLIONTH, ROUND_HALF_EVEN) if number <= 1 else Problem("number.too_large")


def parse_text(value: object, longest: int = 40, pattern: str | None = None) -> str | Problem | None:
    """A short plain text such as a receipt number; ``00123`` stays text, 123.0 becomes ``123``."""
    if gap(value):
        return None
    if is_redacted(value):
        return REDACTED
    if isinstance(value, float | int) and not isinstance(value, bool):
        if value != int(value) or value >= 10**15:
            return Problem("key.lost_digits")
        value = str(int(value))
    if not isinstance(value, str):
        return Problem("text.not_plain")
    plain = squash(value).upper()
    if len(plain) > longest:
        return Problem("text.too_long")
    return plain if re.fullmatch(pattern or _PLAIN, plain) else Problem("text.not_plain")


def shape(value: object) -> str:
    """The outline of a cell that may be kept where its text may not: ``9{17}A``, then its length."""
    text = str(value)
    outline = "".join(_kind(char) for char in fold(text)[:64])
    runs = re.sub(r"(.)\1+", lambda run: f"{run[1]}{{{len(run[0])}}}", outline)
    return f"{runs} ({len(text)})"


def _kind(char: str) -> str:
    if char.isdigit():
        return "9"
    if "a" <= char.lower() <= "z":
        return "A"
    if char.isalpha():
        return "中"
    return char if char in " .,-/:;()+%" else "?"


def _decimal(value: object) -> Decimal | Problem:
    if isinstance(value, bool):
        return _UNREADABLE
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        # Excel keeps 15 digits; what lies beyond is the noise of a formula (0.1 + 0.2).
        return Decimal(f"{value:.15g}") if abs(value) < 1e15 else Problem("number.too_large")
    if not isinstance(value, str):
        return _UNREADABLE
    plain = squash(value)
    if _NUMBER.match(plain):
        try:
            return Decimal(plain.replace(",", ""))
        except InvalidOperation:
            return _UNREADABLE
    whole = chinese_number(plain)
    if whole is not None:
        return Decimal(whole)
    return Problem("number.inexact") if _INEXACT.search(plain) and re.search(r"\d", plain) else _UNREADABLE


def _to_cent(number: Decimal) -> Decimal | Problem:
    if abs(number) > _MOST:
        return Problem("number.too_large")
    cents = number.quantize(_CENT, ROUND_HALF_EVEN)
    return cents if abs(cents - number) < Decimal("0.000001") else Problem("money.part_of_cent")


def _chinese_money(plain: str) -> Decimal | None:
    found = _CHINESE_MONEY.match(plain)
    if found is None:
        return None
    yuan = chinese_number(found["yuan"])
    jiao, fen = (_DIGITS.get(found[part] or "零") for part in ("jiao", "fen"))
    if yuan is None or jiao is None or fen is None:
        return None
    return Decimal(yuan * 100 + jiao * 10 + fen) / 100
