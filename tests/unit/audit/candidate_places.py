"""Where and when the candidate made by hand lies: two villages of one township of one county, three months."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

COUNTY, TOWNSHIP, VILLAGES = "331099000000", "331099001000", ("331099001001", "331099001002")
MONTHS = (date(2014, 1, 1), date(2014, 2, 1), date(2014, 3, 1), date(2014, 4, 1))
Row = dict[str, object]


def common(code: str, level: str, start: date, end: date) -> Row:
    """The key columns that every mart has."""
    return {
        "division_code": code,
        "division_level": level,
        "period_type": "month" if (end - start).days < 40 else "quarter",
        "period_start": start,
        "period_end": end,
    }


def places() -> list[tuple[str, str, int]]:
    """Division, level, and how many villages it is made of."""
    return [*((village, "village", 1) for village in VILLAGES), (TOWNSHIP, "township", 2), (COUNTY, "county", 2)]


def spans() -> list[tuple[date, date, int]]:
    """Start, end and number of months of every period."""
    months = [(start, end, 1) for start, end in pairwise(MONTHS)]
    return [*months, (MONTHS[0], MONTHS[-1], 3)]
