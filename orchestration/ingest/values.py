"""One cell at a time: what it says as a number, an amount, a code, a text, or why it cannot be read.

A ``read_`` function returns the value with the way it was read; the value is None for a gap (a dash is a gap, a zero is
not) and a ``Problem`` for a cell that cannot be read. Nothing here knows about sheets, columns or files.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from orchestration.ingest.measures import Measure, parse_measure
from orchestration.ingest.numerals import chinese_number as chinese_number
from orchestration.ingest.outcome import NOTHING, PLAIN, Read
from orchestration.ingest.outcome import REDACTED as REDACTED
from orchestration.ingest.outcome import Problem as Problem
from orchestration.ingest.text import fold, is_missing, is_redacted, squash

_UNREADABLE = Problem("number.unreadable")
_UNIT_DISAGREES = Problem("number.unit_disagrees")
_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")
_MOST = Decimal("999999999999.99")
_PLAIN = r"[A-Z0-9()\-/_.#号第字]+"
_INT_MOST = 2**31 - 1
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$|^[+-]?\.\d+$", re.ASCII)
_CURRENCY = re.compile(r"^(?P<sign>[+-]?)(?:rmb|cny|人民币)?[:]?[¥￥]?")
_WHOLE = re.compile(r"(?<=[元圆])[整正]$")
_COUNTED = re.compile(r"(人次|人|对|例|户|个|名|位|次|孩|胎|期|年|倍|村民小组|组|盒|只|支|板|片|瓶|套|份|本)$")
_OWN_UNITS = (
    (re.compile(r"亿元?$"), 10**8), (re.compile(r"万[元圆]?$"), 10**4), (re.compile(r"千元$"), 1_000),
    (re.compile(r"百元$"), 100), (re.compile(r"[元圆]$"), 1),
)  # fmt: skip
_FALLING = ("下降", "减少", "降低")
_GROWTH = re.compile(r"^(?:增长|增加|上升|提高|下降|减少|降低)(?!-)")
_CHINESE_MONEY = re.compile(r"^(?:人民币)?(?P<yuan>[^元圆角分]+)[元圆](?:(?P<jiao>.)角)?(?:零?(?P<fen>.)分)?[整正]?$")


def gap(value: object) -> bool:
    """Whether a cell says that there is nothing."""
    return value is None or (isinstance(value, str) and is_missing(value))


def parse_int(value: object, minimum: int | None = 0) -> int | Problem | None:
    """The value of ``read_int``."""
    number: int | Problem | None = read_int(value, minimum).value
    return number


def read_int(value: object, minimum: int | None = 0, units: Collection[str] = ()) -> Read:
    """Whole persons, couples, cases; ``3人`` and ``二孩`` are whole numbers too.

    Args:
        value: the cell.
        minimum: the least lawful number; None without one.
        units: the counting words that the column may hold; another one contradicts it. Empty: any.
    """
    rule = PLAIN
    if isinstance(value, str):
        if is_missing(value):
            return NOTHING
        if is_redacted(value):
            return Read(REDACTED)
        plain = squash(value)
        told = _own_unit(plain, units)
        counted = None if told else _COUNTED.search(plain)
        if counted and units:
            return Read(_UNIT_DISAGREES)
        bare = plain.removeprefix("第")
        bare = bare.removesuffix(told) if told else _COUNTED.sub("", bare)
        number = _decimal(bare)
        rule = _number_rule(value, plain, bare)
    else:
        number = _decimal(value)
    if isinstance(number, Problem):
        return Read(number)
    if number != number.to_integral_value():
        return Read(Problem("number.not_whole"))
    if minimum is not None and number < minimum:
        return Read(Problem("number.too_small"))
    return Read(int(number), rule) if abs(number) <= _INT_MOST else Read(Problem("number.too_large"))


def read_decimal(value: object, minimum: int | None = 0, units: Collection[str] = ()) -> Read:
    """A plain number with at most two decimals, such as a multiple; ``units`` are further words it may be told in."""
    if gap(value):
        return NOTHING
    if is_redacted(value):
        return Read(REDACTED)
    rule = PLAIN
    if isinstance(value, str):
        plain = squash(value)
        told = _own_unit(plain, units)
        bare = plain.removesuffix(told) if told else _COUNTED.sub("", plain)
        number = _decimal(bare)
        rule = _number_rule(value, plain, bare)
    else:
        number = _decimal(value)
    if isinstance(number, Problem):
        return Read(number)
    if minimum is not None and number < minimum:
        return Read(Problem("number.too_small"))
    if abs(number) > 999_999:
        return Read(Problem("number.too_large"))
    return Read(_to_cent(number), rule)


def _own_unit(plain: str, units: Collection[str]) -> str:
    """The longest of some counting words that ends a cell, else nothing."""
    return max((unit for unit in units if plain.endswith(unit)), key=len, default="")


def parse_money(value: object, unit: int | None, minimum: int | None = 0) -> Decimal | Problem | None:
    """The value of ``read_money``."""
    amount: Decimal | Problem | None = read_money(value, unit, minimum).value
    return amount


def read_money(value: object, unit: int | None, minimum: int | None = 0) -> Read:
    """An amount in yuan.

    Args:
        value: the cell.
        unit: yuan per unit as header or sheet say (1 or 10000); None when neither does.
        minimum: the least lawful amount; None where reversals are negative.
    """
    if gap(value):
        return NOTHING
    if is_redacted(value):
        return Read(REDACTED)
    read = _money_text(value, unit) if isinstance(value, str) else Read(_decimal(value))
    amount, rule = read
    if isinstance(amount, Problem):
        return read
    if rule not in ("money.chinese", "money.in_own_unit") and unit not in (None, 1):
        amount, rule = amount * unit, "money.in_header_unit"
    amount = _to_cent(amount)
    if isinstance(amount, Problem):
        return Read(amount)
    if minimum is not None and amount < minimum:
        return Read(Problem("number.too_small"))
    return Read(amount, rule) if abs(amount) <= _MOST else Read(Problem("number.too_large"))


def _money_text(value: str, unit: int | None) -> Read:
    """The amount as the cell itself writes it, in yuan where the cell names its unit."""
    plain = _CURRENCY.sub(r"\g<sign>", re.sub(r"^负", "-", squash(value)))
    chinese = _chinese_money(plain)
    if chinese is not None:
        # An amount spelled out names its unit itself; a header in 万元 above it would be a second opinion.
        return Read(chinese, "money.chinese") if unit in (None, 1) else Read(Problem("money.unit_disagrees"))
    plain = _WHOLE.sub("", plain)
    pattern, own = next(((pattern, own) for pattern, own in _OWN_UNITS if pattern.search(plain)), (None, None))
    if pattern is None or own is None:
        number = _decimal(plain)
        return Read(number, "money.ornamented" if plain != squash(value) else _number_rule(value, plain, plain))
    if unit is not None and own != unit:
        return Read(Problem("money.unit_disagrees"))
    number = _decimal(pattern.sub("", plain))
    if isinstance(number, Problem):
        return Read(number)
    return Read(number * own, "money.ornamented" if own == 1 else "money.in_own_unit")


def read_fraction(value: object) -> Read:
    """A part of a whole: 0.4, ``40%`` and 40 are two fifths; up to 1 a bare number is no percentage."""
    if gap(value):
        return NOTHING
    if is_redacted(value):
        return Read(REDACTED)
    plain = squash(value) if isinstance(value, str) else value
    number = _decimal(plain.removesuffix("%") if isinstance(plain, str) else plain)
    if isinstance(number, Problem):
        return Read(number)
    is_percentage = number > 1 or (isinstance(plain, str) and plain.endswith("%"))
    if is_percentage:
        number /= 100
    if not 0 <= number <= 1:
        return Read(Problem("number.too_small" if number < 0 else "number.too_large"))
    return Read(number.quantize(_MILLIONTH, ROUND_HALF_EVEN), "number.percentage" if is_percentage else PLAIN)


def read_percent(value: object, minimum: int | None = 0) -> Read:
    """A change or share in per cent; a bare figure up to 1 may be a share that shows as one, and is not read."""
    if gap(value):
        return NOTHING
    if is_redacted(value):
        return Read(REDACTED)
    plain = (
        _GROWTH.sub(lambda word: "-" if word[0] in _FALLING else "", squash(value)) if isinstance(value, str) else value
    )
    bare = plain.removesuffix("%") if isinstance(plain, str) else plain
    number = _decimal(bare)
    if isinstance(number, Problem):
        return Read(number)
    if 0 < abs(number) <= 1 and bare == plain:
        return Read(Problem("number.share_or_percent"))
    if minimum is not None and number < minimum:
        return Read(Problem("number.too_small"))
    if abs(number) > 999_999:
        return Read(Problem("number.too_large"))
    return Read(_to_cent(number), PLAIN if plain == value else "number.percentage")


def read_text(value: object, longest: int = 40, pattern: str | None = None) -> Read:
    """A short plain text such as a receipt number; ``00123`` stays text, 123.0 becomes ``123``."""
    if gap(value):
        return NOTHING
    if is_redacted(value):
        return Read(REDACTED)
    if isinstance(value, float | int) and not isinstance(value, bool):
        if not abs(value) < 10**15 or value != int(value):
            return Read(Problem("key.lost_digits"))
        value = str(int(value))
    if not isinstance(value, str):
        return Read(Problem("text.not_plain"))
    plain = squash(value).upper()
    if len(plain) > longest:
        return Read(Problem("text.too_long"))
    return Read(plain if re.fullmatch(pattern or _PLAIN, plain) else Problem("text.not_plain"))


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
    return Decimal(whole) if whole is not None else _why_no_number(plain)


def _why_no_number(plain: str) -> Problem:
    """A bound is no count, and a share is none either; the rest is no number."""
    measure = parse_measure(plain)
    if isinstance(measure, Measure):
        return Problem("number.inexact") if measure.operator != "=" else _UNIT_DISAGREES
    return measure or _UNREADABLE


def _number_rule(value: str, plain: str, bare: str) -> str:
    """How a number that is told as text is dressed, by what matters most."""
    if not bare.isascii():
        return "number.chinese"
    if bare != plain:
        return "number.counted"
    if "," in plain:
        return "number.separators"
    return PLAIN if plain == value else "number.full_width"


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
    jiao, fen = (chinese_number(found[part] or "零") for part in ("jiao", "fen"))
    if yuan is None or jiao is None or fen is None or max(jiao, fen) > 9:
        return None
    return Decimal(yuan * 100 + jiao * 10 + fen) / 100
