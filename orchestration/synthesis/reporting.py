"""Who learns of an event when, and in which village's book it stands: from events to reports."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl
import yaml

from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import typed

MEMBERSHIP = ("birth", "death", "move_in", "move_out")
"""The kinds of events by which a person enters or leaves a book."""

Ints = npt.NDArray[np.int64]


def report(events: pl.DataFrame, villages: pl.DataFrame, lineage: pl.DataFrame, options: Options) -> pl.DataFrame:
    """In which month and by which village each event is reported; lawful delays alone.

    A delay depends on the seed, the county and the event's number and on nothing else. What happened to a person is
    reported in the order in which it happened. An event without a village (-1) is reported by nobody.

    Returns:
        ``SCHEMAS["reports"]``, one row an event, in the order of ``events``.
    """
    told = events.filter(pl.col("village") >= 0).select("event", "kind", "day", "person", "village")
    month = pl.col("day").dt.year().cast(pl.Int32) * 12 + pl.col("day").dt.month().cast(pl.Int32) - 1
    told = told.with_columns(reported_month=month + pl.Series(_delays(told, options)))
    members = pl.col("kind").is_in(MEMBERSHIP)
    # Keys below zero set each of the other events apart, so that it follows nothing but itself.
    after = pl.when(members).then(pl.col("person")).otherwise(-1 - pl.col("event"))
    told = told.with_columns(reported_month=pl.col("reported_month").cum_max().over(after))
    books = Books(villages, lineage)
    record = books.record_villages(told["village"].to_numpy(), told["reported_month"].to_numpy())
    return typed("reports", told.with_columns(record_village=pl.Series(record)))


def received_on(options: Options, unit_code: str, month: int) -> date:
    """Day on which a punctual unit's report of a month comes in: one of the first five of the next month."""
    mark = crc32(f"{options.seed}|{options.county}|{unit_code}|{month}".encode())
    return first_day(month + 1) + timedelta(days=(mark >> 8) % int(_habits()["days_of_receipt"]))


def signed_on(received: date) -> date:
    """Day on which a report is signed (报出日期): the day before it comes in, but never in the month it tells of."""
    return max(received - timedelta(days=1), received.replace(day=1))


class Books:
    """Which village keeps the book of another one's people in a month: itself, or its successor once it has ended.

    A village that is divided is succeeded by the one that takes the greatest share.
    """

    def __init__(self, villages: pl.DataFrame, lineage: pl.DataFrame) -> None:
        ordered = villages.sort("village")
        self._ends: Ints = ordered["valid_to"].cast(pl.Int32).to_numpy().astype(np.int64)
        self._starts: Ints = ordered["valid_from"].cast(pl.Int32).to_numpy().astype(np.int64)
        self._heir: Ints = np.arange(ordered.height, dtype=np.int64)
        chosen = lineage.sort(["old_village", "share", "new_village"], descending=[False, True, False])
        chosen = chosen.unique("old_village", keep="first", maintain_order=True)
        self._heir[chosen["old_village"].to_numpy()] = chosen["new_village"].to_numpy()
        self._by_month: dict[int, Ints] = {}

    def keepers(self, month: int) -> Ints:
        """For each village the one whose book of the month holds its people: the one valid on the month's last day."""
        if month not in self._by_month:
            day = last_day(month).toordinal() - date(1970, 1, 1).toordinal()
            keeper = np.arange(len(self._heir), dtype=np.int64)
            while True:
                ended = (self._ends[keeper] <= day) & (self._heir[keeper] != keeper)
                if not ended.any():
                    break
                keeper[ended] = self._heir[keeper[ended]]
            self._by_month[month] = keeper
        return self._by_month[month]

    def reporting(self, month: int) -> Ints:
        """Villages that report for a month: those valid on its last day."""
        day = last_day(month).toordinal() - date(1970, 1, 1).toordinal()
        return np.flatnonzero((self._starts <= day) & (day < self._ends))

    def record_villages(self, villages: Ints, months: Ints) -> Ints:
        """The keepers of many villages, each in a month of its own."""
        found = np.empty(len(villages), dtype=np.int64)
        for month in np.unique(months):
            here = months == month
            found[here] = self.keepers(int(month))[villages[here]]
        return found


def _delays(told: pl.DataFrame, options: Options) -> npt.NDArray[np.int32]:
    """Months of delay of each event: 0, 1 or 2."""
    drawn = _uniform(told["event"].to_numpy(), crc32(f"reporting|{options.seed}|{options.county}".encode())) * 1000
    delays = np.zeros(told.height, dtype=np.int32)
    kinds = told["kind"].to_numpy()
    for kind, (one, two) in _habits()["per_thousand_late"].items():
        here = kinds == kind
        delays[here & (drawn < one + two)] = 1
        delays[here & (drawn < two)] = 2
    return delays


def _uniform(numbers: Ints, key: int) -> npt.NDArray[np.float64]:
    """A number in [0, 1) from each number and a key, by the finisher of SplitMix64 (Steele, Lea, Flood 2014)."""
    mixed = (numbers.astype(np.uint64) + np.uint64(key)) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


@cache
def _habits() -> dict[str, Any]:
    habits: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("reporting.yml").read_text(encoding="utf-8"))
    return habits
