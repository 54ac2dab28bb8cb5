"""Slips in a day or month: what is typed instead of the clean one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.cell_ids import is_number
from orchestration.synthesis.defects.desk import Spot, Typed
from orchestration.synthesis.defects.lunar import lunar
from orchestration.synthesis.defects.written import day_of, month_of, write_like

_EXCEL_EPOCH = date(1899, 12, 30)
# A report comes in within a month and a half of its signature even where it is late.
_SURELY_LATER = timedelta(days=60)
# Years of two digits are told apart only near the report.
_MOST_YEARS_BACK = 20
# Before 1929 calendars were printed for the meridian of Beijing, whose midnight is a quarter of an hour later.
_LUNAR_YEARS = range(1930, 2097)


def impossible_day(spot: Spot) -> Cell:
    """A day that the calendar lacks: the 31st of a month of 30 days, 29 or 30 February."""
    day = day_of(spot.cell)
    if day is None:
        return spot.cell
    days = monthrange(day.year, day.month)[1]
    return spot.cell if days == 31 else write_like(spot.cell, day.year, day.month, days + 1)


def ambiguous_month(spot: Spot) -> Cell:
    """Year and month as a decimal number: October 2014 becomes 2014.1, and so does January."""
    month = month_of(spot.cell)
    return float(f"{month[0]}.1") if month and month[1] in (1, 10) else spot.cell


def day_serial(spot: Spot) -> Cell:
    """The serial number of a day, as a workbook shows a date in a column of numbers."""
    day = day_of(spot.cell)
    return spot.cell if day is None else (day - _EXCEL_EPOCH).days


def short_year(spot: Spot) -> Cell:
    """The year in two digits: 14.5.27."""
    day = day_of(spot.cell)
    if day is None or not 0 <= spot.desk.page.signed.year - day.year < _MOST_YEARS_BACK:
        return spot.cell
    return f"{day.year % 100:02d}.{day.month}.{day.day}"


def after_receipt(spot: Spot) -> Cell:
    """Next year's number: the day lies after the report that tells of it."""
    day = day_of(spot.cell)
    if day is None or day.replace(year=day.year + 1, day=min(day.day, 28)) <= spot.desk.page.signed + _SURELY_LATER:
        return spot.cell
    return write_like(spot.cell, day.year + 1, day.month, min(day.day, 28))


def lunar_day(spot: Spot) -> Cell:
    """The lunar date of the day, marked as such; the mark before the year says that the year is lunar too."""
    day = day_of(spot.cell)
    if day is None or day.year not in _LUNAR_YEARS:
        return spot.cell
    found = lunar(day)
    return f"{'农历' if spot.number(0, 2) else '阴历'}{found.year}年{found.text()}"


def lunar_unmarked(spot: Spot) -> Cell:
    """The figures of the lunar date as if they were the common calendar's; the ID number beside tells the day."""
    number = spot.beside("id_no")
    day = day_of(spot.cell)
    if day is None or not is_number(number) or str(number)[6:14] != f"{day:%Y%m%d}" or day.year not in _LUNAR_YEARS:
        return spot.cell
    found = lunar(day)
    try:
        date(found.year, found.month, found.day)
    except ValueError:
        return spot.cell
    return spot.cell if found.is_leap else write_like(spot.cell, found.year, found.month, found.day)


def birth_against_id(spot: Spot) -> Cell:
    """A birth some years or months off the one in the ID number beside it."""
    month, number = month_of(spot.cell), spot.beside("id_no")
    if month is None or not is_number(number) or str(number)[6:12] != f"{month[0]:04d}{month[1]:02d}":
        return spot.cell
    years, months = spot.number(1, 10), spot.number(1, 12)
    day = day_of(spot.cell)
    other = (month[0] - years, (month[1] - 1 + months) % 12 + 1)
    return write_like(spot.cell, other[0], other[1], min(day.day if day else 1, 28))


def young_mother(spot: Spot) -> Cell:
    """A mother born 9 to 13 years before her child."""
    mother, child = month_of(spot.cell), month_of(spot.beside("born"))
    if mother is None or child is None:
        return spot.cell
    day = day_of(spot.cell)
    return write_like(spot.cell, child[0] - spot.number(9, 14), mother[1], min(day.day if day else 1, 28))


def death_before_birth(spot: Spot) -> Cell:
    """A death some years before the birth in the same row."""
    died, born = day_of(spot.cell), day_of(spot.beside("born"))
    if died is None or born is None:
        return spot.cell
    return write_like(spot.cell, born.year - spot.number(1, 10), died.month, min(died.day, 28))


DAY_SLIPS: dict[str, Typed] = {
    "impossible_day": impossible_day,
    "ambiguous_month": ambiguous_month,
    "day_serial": day_serial,
    "short_year": short_year,
    "after_receipt": after_receipt,
    "lunar_day": lunar_day,
    "lunar_unmarked": lunar_unmarked,
    "birth_against_id": birth_against_id,
    "young_mother": young_mother,
    "death_before_birth": death_before_birth,
}
