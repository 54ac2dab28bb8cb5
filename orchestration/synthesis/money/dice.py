"""Draws by name for one case, from a stream of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np


class Dice:
    """Single draws from a generator; made for a few dozen draws a case, not for whole populations."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._random = generator.random

    def between(self, span: Sequence[int]) -> int:
        """A whole number from the first to the last of a pair, both included."""
        low, high = span
        return low + int(self._random() * (high - low + 1))

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random() < probability

    def days(self, span: Sequence[int]) -> timedelta:
        """A number of days from a pair."""
        return timedelta(days=self.between(span))

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included."""
        return first + timedelta(days=self.between((0, (last - first).days)))

    def of(self, shares: Mapping[str, float]) -> str:
        """One of several names, each with its share."""
        names = list(shares)
        mark = self._random() * sum(shares.values())
        for name in names:
            mark -= shares[name]
            if mark < 0:
                return name
        return names[-1]
