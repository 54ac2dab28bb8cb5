"""Rows of marts with their address, and which period of a mart a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

ANNUAL = (("year", "fp_year"), ("half", "fp_half"), ("quarter",), ("month",))
CIVIL = (("year",), ("half",), ("quarter",), ("month",))


@dataclass(frozen=True)
class Record:
    """One row of ``mart``, or the sum of several: ``where`` picks them out of it, a span of days as ``first..last``."""

    mart: str
    where: Mapping[str, str]
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    @property
    def address(self) -> str:
        """``where`` as ``column=value`` joined by semicolons."""
        return ";".join(f"{column}={value}" for column, value in self.where.items())


@dataclass(frozen=True)
class Period:
    """A period of a mart; ``end`` is the first day after it."""

    period_type: str
    start: date
    end: date

    @property
    def last_day(self) -> date:
        """The last day within."""
        return self.end - timedelta(days=1)

    @property
    def label(self) -> str:
        """Its days, as a range that reads alike in both languages."""
        return f"{self.start} – {self.last_day}"


def records(frame: pl.DataFrame, mart: str, keys: Sequence[str]) -> list[Record]:
    """The rows of ``frame`` in the order of their keys, each with the address that ``keys`` give it."""
    return [Record(mart, {key: str(row[key]) for key in keys}, row) for row in frame.sort(keys).iter_rows(named=True)]


def total(rows: Sequence[Record], columns: Iterable[str]) -> Record:
    """The sum of rows that differ by their first day alone. A column that one of them does not know has no sum."""
    first, last = rows[0], rows[-1]
    span = f"{first.where['period_start']}..{last.where['period_start']}"
    sums = {
        column: None if any(row[column] is None for row in rows) else sum(row[column] for row in rows)
        for column in columns
    }
    return Record(first.mart, {**first.where, "period_start": span}, {**first.values, **sums})


def latest(frame: pl.DataFrame, kinds: Sequence[Sequence[str]] = ANNUAL) -> Period | None:
    """The period that ends last among the longest kind there is; of two that end together the one named first."""
    for group in kinds:
        found = frame.filter(pl.col("period_type").is_in(group)).select("period_type", "period_start", "period_end")
        periods = [Period(*row) for row in found.unique().iter_rows()]
        if periods:
            return max(periods, key=lambda period: (period.end, -group.index(period.period_type)))
    return None


def within(frame: pl.DataFrame, period: Period | None) -> pl.DataFrame:
    """The rows of exactly this period."""
    if period is None:
        return frame.clear()
    return frame.filter(period_type=period.period_type, period_start=period.start)
