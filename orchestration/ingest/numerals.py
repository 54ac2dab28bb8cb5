"""Numbers in Chinese numerals: the room of cn2an, which is believed only where it writes back what it read.

The library guesses where two readings exist (一万二) and loses figures of some rare forms (一亿十万); both come back
from it as other numerals than those of the cell.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NUMERALS = re.compile(r"^[零一二三四五六七八九十百千万亿]*[一二三四五六七八九十百千万亿]$")
_SINGLE = ("零", *"一二三四五六七八九十")
_PLAIN = str.maketrans("〇壹贰叁肆伍陆柒捌玖两貳參陸拾佰仟萬億", "零一二三四五六七八九二二三六十百千万亿")


@lru_cache(maxsize=8192)
def chinese_number(text: str) -> int | None:
    """``壹万贰仟`` -> 12000; None when the numerals do not make up one number for certain."""
    plain = text.translate(_PLAIN)
    if plain in _SINGLE:
        return _SINGLE.index(plain)
    if not _NUMERALS.match(plain) or plain[0] == "零":
        return None
    # Its dictionaries take a tenth of a second to load, and most runs never need them.
    from cn2an import an2cn, cn2an

    try:
        number = int(cn2an(plain, "normal"))
        written = an2cn(number, "low")
    except (ValueError, LookupError):
        return None
    return number if _bare(written) == _bare(plain) else None


def _bare(numerals: str) -> str:
    """Numerals without what may be left out: zeros between places, and the one of 一十."""
    return numerals.replace("零", "").replace("一十", "十")
