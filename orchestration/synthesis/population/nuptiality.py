"""Who is married at which age: curves fitted to the marital totals of a census row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np

from orchestration.synthesis.population.figures import EDGES, Census
from orchestration.synthesis.population.rates import OLDEST, graduate
from orchestration.synthesis.population.world import Array

LEGAL_AGE = (22, 20)  # Marriage Law 1980, Article 5: men, women
_AGES = np.arange(OLDEST + 1) + 0.5
# Mean age, spread and lifelong share of first marriage before fitting, men and women: Chinese level about 2010, where
# women married most at 23-25 and men at 25-27. Fitting moves mean and lifelong share together.
_MEAN, _SPREAD, _LIFELONG = (25.5, 23.6), (4.4, 3.6), (0.02, 0.004)
_WIDOWED_SPREAD = (9.0, 7.5)
_DIVORCE_PEAK, _DIVORCE_SPREAD = 42.0, 14.0


def _bisect(excess: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses 0, or the nearer end of the span."""
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if excess(middle) > 0 else (middle, high)
    return (low + high) / 2


def _never(sex: int, shift: float, delay: float = 0.0) -> Array:
    mean, lifelong = _MEAN[sex] + 2 * shift + delay, min(_LIFELONG[sex] * float(np.exp(1.5 * shift)), 0.5)
    married = np.array([0.5 * (1 + erf((age - mean) / _SPREAD[sex] / sqrt(2))) for age in _AGES])
    married[: LEGAL_AGE[sex]] = 0.0
    return 1 - married * (1 - lifelong)


@dataclass(frozen=True)
class Nuptiality:
    """Shares by sex and single age 0 ... 110, each of shape (2, 111).

    ``never``: never married. ``widowed`` and ``divorced``: of those ever married. ``shift``: how far the fit moved the
    curve of first marriages, by sex.
    """

    never: Array
    widowed: Array
    divorced: Array
    shift: tuple[float, float]

    @classmethod
    def fitted(cls, census: Census) -> Nuptiality:
        """The curves whose totals over 15 and more years are those of the census row."""
        never, widowed, divorced, shifts = [], [], [], []
        for sex in (0, 1):
            people = np.r_[graduate(census.ages[sex], EDGES), np.zeros(OLDEST - 100)]
            adults = np.where(_AGES > 15, people, 0)
            adults = adults / adults.sum()
            want_never, _, want_widowed, want_divorced = census.marital[sex]

            def too_many_single(at: float, sex: int = sex, adults: Array = adults, want: float = want_never) -> float:
                return float(adults @ _never(sex, at) - want)

            shift = _bisect(too_many_single, -2.0, 3.0)
            single = _never(sex, shift)
            ever = adults * (1 - single)

            def too_few_widowed(at: float, sex: int = sex, ever: Array = ever, want: float = want_widowed) -> float:
                return float(want - ever @ (1 / (1 + np.exp(-(_AGES - at) / _WIDOWED_SPREAD[sex]))))

            middle = _bisect(too_few_widowed, 40.0, 140.0)
            lost = 1 / (1 + np.exp(-(_AGES - middle) / _WIDOWED_SPREAD[sex]))
            hump = np.exp(-(((_AGES - _DIVORCE_PEAK) / _DIVORCE_SPREAD) ** 2) / 2) * (1 - lost)
            parted = hump * want_divorced / float(ever @ hump)
            never.append(single)
            widowed.append(lost)
            divorced.append(parted)
            shifts.append(shift)
        return cls(np.array(never), np.array(widowed), np.array(divorced), (shifts[0], shifts[1]))

    def first_marriages(self, sex: int, delay: float) -> Array:
        """First marriages per year among the never married, by single age, shape (111,).

        Args:
            delay: years by which marriage comes later than at the census.
        """
        single = _never(sex, self.shift[sex], delay)
        rate: Array = -np.log(np.r_[single[1:] / single[:-1], 1.0])
        return rate
