"""Names of files and sheets enter the register without the numbers of persons that clerks put into them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

Mask = Callable[[str], str]

_RUN = re.compile(r"\d{17}[xXｘＸ]|\d{7,}")
_CODE_LENGTH = 12
_YEARS = range(1900, 2101)


def masker(codes: Iterable[str]) -> Mask:
    """What masks every run of seven digits and more that is neither a day nor (the head of) a code of the list.

    A village code that is not in the list stays one (``331099999999``), so that its sheet is refused as before instead
    of being placed by something else.
    """
    heads, counties = _heads(frozenset(codes))

    def replacement(found: re.Match[str]) -> str:
        digits = unicodedata.normalize("NFKC", found[0])
        if digits in heads or _is_day(digits):
            return found[0]
        if len(digits) == _CODE_LENGTH and digits[:6] in counties:
            return digits[:6].ljust(_CODE_LENGTH, "9")
        return f"9{{{len(digits)}}}"

    return lambda text: _RUN.sub(replacement, text)


@lru_cache(maxsize=8)
def _heads(codes: frozenset[str]) -> tuple[set[str], set[str]]:
    """The first seven and more digits of the codes, and the six of their counties."""
    return {code[:length] for code in codes for length in range(7, _CODE_LENGTH + 1)}, {code[:6] for code in codes}


def _is_day(digits: str) -> bool:
    if len(digits) != 8 or int(digits[:4]) not in _YEARS:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
