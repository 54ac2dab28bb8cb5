"""From a value to a place on paper, in percent of the width of a plot: it fits screens and sheets alike."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)
TICKS = 4
# Room at both ends, in percent, for a mark that stands on the border and for the words of a tick.
MARGIN = 3


@dataclass(frozen=True)
class Scale:
    """A linear scale. ``low`` and ``high`` are whole multiples of ``step`` and zero lies between them."""

    low: float
    high: float
    step: float

    def at(self, value: float) -> float:
        """The place of ``value`` in percent; what lies beyond the scale stands on its border."""
        held = min(max(float(value), self.low), self.high)
        return round(MARGIN + (held - self.low) / (self.high - self.low) * (100 - 2 * MARGIN), 3)

    def span(self, one: float, other: float) -> tuple[float, float]:
        """Left place and width of what reaches from one value to the other, in percent."""
        left, right = sorted((self.at(one), self.at(other)))
        return left, round(right - left, 3)

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies on the scale."""
        return self.low <= float(value) <= self.high

    @property
    def ticks(self) -> list[float]:
        """The values that are written below, the borders among them."""
        return [
            round(self.low + place * self.step, 9) for place in range(round((self.high - self.low) / self.step) + 1)
        ]


def scale_over(values: Iterable[float | None], most: float = math.inf, least_step: float = 0.0) -> Scale:
    """A scale with round borders that holds zero and every known value up to ``most``; counts step by 1 at least."""
    known = [0.0, *(min(float(value), most) for value in values if value is not None)]
    reach = max(known) - min(known)
    if not reach:
        return Scale(0.0, 1.0, 1.0)
    size = 10.0 ** math.floor(math.log10(reach / TICKS))
    step = max(least_step, next(size * one for one in STEPS if size * one * TICKS >= reach * (1 - 1e-9)))
    low, high = math.floor(min(known) / step + 1e-9) * step, math.ceil(max(known) / step - 1e-9) * step
    return Scale(low, high if high > low else step, step)
