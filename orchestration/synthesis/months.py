"""Months as whole numbers, so that a span of months is a range: ``year * 12 + month - 1``."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def month_number(year: int, month: int) -> int:
    """Number of a month; ``month_number(2014, 1) == 24168``."""
    return year * 12 + month - 1


def number_of(day: date) -> int:
    """Number of the month that holds a day."""
    return month_number(day.year, day.month)


def first_day(number: int) -> date:
    """First day of a month."""
    return date(number // 12, number % 12 + 1, 1)


def last_day(number: int) -> date:
    """Last day of a month."""
    first = first_day(number)
    return first.replace(day=monthrange(first.year, first.month)[1])


def period(number: int) -> str:
    """A month as the product writes it: ``2014-01``."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
