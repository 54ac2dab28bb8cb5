"""What the tests over whole synthetic counties share: the county that was made, and how a mart is held against it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tests.reference.county_truth import County
from tests.reference.frames import differences

KEYS = ["division_code", "period_type", "period_start"]


@dataclass(frozen=True)
class Wish:
    """A county to be made: its size, and what its months go through."""

    name: str
    villages: int
    persons: int
    months: int
    seed: int
    start: str
    file_format: str


@dataclass(frozen=True)
class Made:
    """A county that was made and run: its truth, its home, the marts of its release."""

    county: County
    home: Path
    marts: Path

    def mart(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self.marts / f"{name}.parquet")


def same(expected: pl.DataFrame, found: pl.DataFrame, keys: list[str], **more: Any) -> None:
    """Fail with every difference between what the truth says and what a mart says."""
    told = differences(expected, found, keys, **more)
    assert not told, "\n".join(told)
