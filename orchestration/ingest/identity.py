"""Resident ID numbers (GB 11643): normalised and checked by their own digits, never by a list of county codes.

County codes are abolished over time, so an unknown one says nothing about a number.
"""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date
from functools import lru_cache

from orchestration.ingest.text import fold, is_missing, is_redacted

VALID, INVALID, MISSING, LOST, OTHER = "valid", "invalid", "missing", "lost_digits", "other_document"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE_18 = re.compile(r"^\d{17}[\dX]$", re.ASCII)
_SHAPE_15 = re.compile(r"^\d{15}$", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d(\.\d+)?[eE]\+?1[4-8]$", re.ASCII)
_NOISE = re.compile(r"[\s'‘’`\u200b\ufeff-]+")
_NOT_YET = re.compile(
    r"^(尚|还|暂)?(未|待|没有?)(办理?|申领|申报|登记|上户口?|落户口?|入户|录入)证?$|^(正在)?(办理|申领)中?$|^新生儿$"
)
# Passports, permits of Hong Kong, Macao and Taiwan, the old card of foreign residents, cards of soldiers, birth papers.
_OTHER_DOCUMENT = re.compile(
    r"^(?:[A-Z]{1,2}\d{7,10}|[HM]\d{8}(?:\d{2})?|[A-Z]{3}\d{12}|[A-Z]{1,2}\d{6}\(?[\dA]\)?|\d{8,10}\([A-Z0-9]\)"
    r"|[\u4e00-\u9fff]{1,2}字第?\d{6,8}号?)$"
)
_EXACT_FLOAT = 10**15
_LEAP_DAY, _A_LEAP_YEAR = "0229", 2000


def read_id(value: object) -> tuple[str | None, str]:
    """A cell of an ID column: (18 characters or None, how it was written).

    ``valid`` ``invalid`` ``missing`` ``lost_digits``, or ``other_document`` for what has the shape of another paper.

    A number of 18 digits kept as a float has lost its last digits for good; one of 15 digits has not.
    """
    if isinstance(value, str):
        plain = value if len(value) == 18 and value.isascii() else _plain(value)
    elif isinstance(value, float | int) and not isinstance(value, bool):
        if value == 0:
            return None, MISSING
        if not abs(value) < _EXACT_FLOAT:
            return None, LOST
        plain = str(int(value)) if value == int(value) else ""
    else:
        return None, INVALID
    if len(plain) == 18:
        return (plain, VALID) if is_valid(plain) else _second_look(value)
    if plain == "":
        return None, MISSING if isinstance(value, str) else INVALID
    if _SHAPE_15.match(plain):
        upgraded = upgrade(plain)
        return (upgraded, VALID) if is_valid(upgraded) else (None, INVALID)
    if _SCIENTIFIC.match(plain):
        return None, LOST
    return None, OTHER if _OTHER_DOCUMENT.match(plain) else INVALID


def is_valid(number: str) -> bool:
    """Whether 18 characters carry a day of the calendar and the right check character."""
    if not _SHAPE_18.match(number):
        return False
    dated = _birth_part(number[6:14])
    if dated is None:
        return False
    return _CHECK[(_area_part(number[:6]) + dated + _sequence_part(number[14:17])) % 11] == number[17]


def upgrade(number: str) -> str:
    """The 18 characters of a number of 15 digits (issued before 1999, hence born in the 1900s)."""
    body = f"{number[:6]}19{number[6:]}"
    return body + _CHECK[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _plain(value: str) -> str:
    if is_missing(value) or is_redacted(value):
        return ""
    plain = _NOISE.sub("", fold(value)).upper()
    if not plain.isascii() and _NOT_YET.match(plain):
        return ""
    return plain[:-2] if plain.endswith(".0") else plain


def _second_look(value: object) -> tuple[str | None, str]:
    plain = _plain(value) if isinstance(value, str) else ""
    if plain == "":
        return None, MISSING
    return (plain, VALID) if is_valid(plain) else (None, INVALID)


@lru_cache(maxsize=16384)
def _area_part(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[:6], strict=True))


def _birth_part(digits: str) -> int | None:
    year, day = _year_part(digits[:4]), _day_part(digits[4:])
    if year is None or day is None or (digits[4:] == _LEAP_DAY and not isleap(int(digits[:4]))):
        return None
    return year + day


@lru_cache(maxsize=16384)
def _year_part(digits: str) -> int | None:
    if not 1850 <= int(digits) <= 2100:
        return None
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[6:10], strict=True))


@lru_cache(maxsize=16384)
def _day_part(digits: str) -> int | None:
    try:
        date(_A_LEAP_YEAR, int(digits[:2]), int(digits[2:]))
    except ValueError:
        return None
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[10:14], strict=True))


@lru_cache(maxsize=1024)
def _sequence_part(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[14:], strict=True))
