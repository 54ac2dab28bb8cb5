"""Rates by single year of age, for any year, from the figures of the nation and of the county."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import yaml

from orchestration.synthesis.population.world import Array

OLDEST = 110
_MIDDLE_AGES = np.array([0.0, 2.5, *np.arange(7.5, 98, 5.0), 102.5])
FIRST_BEARING, LAST_BEARING = 15, 49


@cache
def national() -> dict[str, Any]:
    """The rates of the nation as ``national.yml`` quotes them."""
    loaded: dict[str, Any] = yaml.safe_load(
        resources.files(__package__).joinpath("national.yml").read_text(encoding="utf-8")
    )
    return loaded


def between(table: dict[int, Array], year: float) -> Array:
    """A table in a year, on a straight line between the years given; the outermost hold beyond them."""
    years = sorted(table)
    place = float(np.clip(year, years[0], years[-1]))
    after = next(position for position, known in enumerate(years) if known >= place)
    before = max(after - 1, 0)
    if after == before:
        return table[years[after]]
    share = (place - years[before]) / (years[after] - years[before])
    return table[years[before]] * (1 - share) + table[years[after]] * share


def graduate(counts: Array, edges: Array) -> Array:
    """Counts of age groups spread over single years, group totals kept.

    A monotone cubic through the cumulated counts (Fritsch and Carlson 1980, SIAM Journal on Numerical Analysis 17),
    so that no age gets less than nothing.

    Args:
        counts: shape (g,).
        edges: ages where groups begin and the last one ends, shape (g + 1,).

    Returns:
        Counts at ages edges[0] ... edges[-1] - 1.
    """
    total = np.r_[0.0, np.cumsum(counts)]
    width = np.diff(edges).astype(float)
    slope = counts / width
    bend = np.empty(len(total))
    before, after, left, right = slope[:-1], slope[1:], width[:-1], width[1:]
    mean = 3 * (right + left) * before * after / ((2 * right + left) * after + (right + 2 * left) * before + 1e-300)
    bend[1:-1] = np.where(before * after > 0, mean, 0.0)
    bend[0], bend[-1] = slope[0], slope[-1]
    ages = np.arange(edges[0], edges[-1] + 1)
    group = np.clip(np.searchsorted(edges, ages, side="right") - 1, 0, len(counts) - 1)
    step = (ages - edges[group]) / width[group]
    value = (
        total[group] * (1 + 2 * step) * (1 - step) ** 2
        + bend[group] * width[group] * step * (1 - step) ** 2
        + total[group + 1] * step**2 * (3 - 2 * step)
        + bend[group + 1] * width[group] * step**2 * (step - 1)
    )
    return np.diff(value)


@dataclass(frozen=True)
class Vital:
    """Mortality and fertility of a county: the nation's rates times the county's factors (1 = as the nation)."""

    death_factor: float
    birth_factor: float

    def deaths(self, year: float) -> Array:
        """Deaths per person-year by sex and single age, shape (2, 111)."""
        ages = np.arange(OLDEST + 1) + 0.5
        table = {
            known: np.array([sexes["male"], sexes["female"]], float) for known, sexes in national()["mortality"].items()
        }
        groups = between(table, year)
        single = np.exp([np.interp(ages, _MIDDLE_AGES, np.log(row)) for row in groups])
        single[:, 0], single[:, 1:5] = groups[:, 0], groups[:, 1:2] * np.array([1.6, 1.1, 0.75, 0.55])
        single *= self.death_factor
        return single

    def births(self, year: float) -> Array:
        """Children per woman and year at single ages 0 ... 110 (0 outside 15 ... 49), shape (111,)."""
        table = {known: np.array(row, float) for known, row in national()["fertility_by_age"].items()}
        total = {known: np.array(value) for known, value in national()["total_fertility"].items()}
        shares = between(table, year) / 100
        single = np.zeros(OLDEST + 1)
        # Empty groups on both sides let the curve begin and end at nothing.
        spread = graduate(np.r_[0.0, shares, 0.0], np.arange(10, 56, 5))
        single[FIRST_BEARING : LAST_BEARING + 1] = spread[5:-5]
        single *= float(between(total, year)) * self.birth_factor / float(shares.sum())
        return single
