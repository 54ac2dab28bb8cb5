"""Days of the lunar calendar (农历) as days of the common one."""

from __future__ import annotations

from datetime import date

_YEARS = range(1900, 2100)
_JULIAN_DAY_OF_ORDINAL_0 = 1_721_425


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The day of the common calendar; None if the lunar year has no such day.

    Args:
        year: common year in which the lunar year begins, 1900 to 2099.
        month: 1 to 12.
        day: 1 to 30.
        leap: whether the leap month of that number is meant (闰月).
    """
    # Loading it takes as long as reading a small file, and few files need it.
    from lunar_python import LunarMonth  # type: ignore[import-untyped]

    if year not in _YEARS or not 1 <= month <= 12:
        return None
    found = LunarMonth.fromYm(year, -month if leap else month)
    if found is None or not 1 <= day <= found.getDayCount():
        return None
    return date.fromordinal(int(found.getFirstJulianDay()) + day - 1 - _JULIAN_DAY_OF_ORDINAL_0)
