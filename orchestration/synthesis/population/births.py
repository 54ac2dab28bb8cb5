"""Births of a month."""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import naming
from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.kin import FIRST_CHILD_URGENCY
from orchestration.synthesis.population.pools import Pools, ages, happens
from orchestration.synthesis.population.settle import id_days

_UNMARRIED = 0.01  # readiness of women without a husband
# Readiness by months since the wedding of women without a child, since the last birth of the others.
_AFTER_WEDDING = (np.array([0, 5, 9, 31, 61]), np.array([0.15, 0.6, 2.2, 1.2, 0.6]))
_AFTER_BIRTH = (np.array([0, 10, 18, 24, 60, 120]), np.array([0.0, 0.12, 0.6, 1.0, 0.7, 0.3]))
_GROUPS = 7  # of five years from 15 to 49
_HIGHEST = 0.3  # chance of a birth in a month that no woman exceeds, however few share their group's births


def _step(table: tuple[w.Array, w.Array], months: w.Array) -> w.Array:
    return table[1][np.searchsorted(table[0], np.maximum(months, 0), side="right") - 1]


def readiness(world: w.World, women: w.Array, age: w.Array, ready: w.Array) -> w.Array:
    """How ready women are for a child beside each other at one age; 0 for who cannot bear; shape of ``women``.

    Args:
        ready: for the first, second, later child, shape (3,).
    """
    people = world.people
    parity, since = people["parity"][women], world.month - people["since"][women]
    first = _step(_AFTER_WEDDING, since) * (1 + FIRST_CHILD_URGENCY * np.maximum(age - 24, 0))
    more = _step(_AFTER_BIRTH, world.month - people["last_birth"][women])
    # A second wedding may have made a longer pause.
    weight = ready[np.minimum(parity, 2)] * np.where(parity == 0, first, more)
    weight = np.where(people["spouse"][women] >= 0, weight, np.where(parity == 0, _UNMARRIED, _UNMARRIED * more))
    return np.where((people["village"][women] >= 0) & (age >= 16) & (age < 49), weight, 0.0)


class Bearing:
    """The chance of a birth: the level by age of the year's rates, shared out by readiness.

    The level is set anew every quarter: within five years of age all women together bear as many children as the rates
    give them, whoever among them is married, childless or a mother already.
    """

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._level = np.ones(_GROUPS)
        self._highest = 0.0

    def _ready(self, month: int) -> w.Array:
        return np.asarray(self._figures.progression[int(month >= self._figures.two_children_month)])

    def set_level(self, world: w.World, women: w.Array, rates: w.Array) -> None:
        """Look at all women. ``rates``: children per woman and year by single age, shape (111,)."""
        age = ages(world, women)
        here = world.people["village"][women] >= 0
        weight = rates[age] * readiness(world, women, age, self._ready(world.month))
        group = np.clip(age // 5 - 3, 0, _GROUPS - 1)
        due = np.bincount(group, np.where(here, rates[age], 0.0), _GROUPS)
        able = np.bincount(group, weight, _GROUPS)
        self._level = np.minimum(due / np.maximum(able, 1e-9), 40.0)
        # No woman of the group is readier than one without a child some months after the wedding.
        oldest = np.arange(_GROUPS) * 5 + 19
        keenest = _AFTER_WEDDING[1].max() * (1 + FIRST_CHILD_URGENCY * np.maximum(oldest - 24, 0))
        top = np.array([rates[old - 4 : old + 1].max() for old in oldest]) * keenest
        self._highest = min(float((top * self._level)[able > 0].max(initial=0.0)) / 12 * 1.3, _HIGHEST)

    def mothers(
        self, world: w.World, women: w.Array, rng: np.random.Generator, rates: w.Array, season: float
    ) -> w.Array:
        """Who bears this month, each once."""
        drawn, below = happens(rng, women, self._highest)
        age = ages(world, drawn)
        group = np.clip(age // 5 - 3, 0, _GROUPS - 1)
        chance = rates[age] * readiness(world, drawn, age, self._ready(world.month)) * self._level[group] / 12 * season
        bear: w.Array = drawn[(below < chance) & (world.people["busy"][drawn] != world.month)]
        return bear


def bearing_women(world: w.World, pools: Pools) -> w.Array:
    """Everybody who might bear: the women of the year's list and whoever came since."""
    new = np.arange(pools.newcomers, len(world.people))
    return np.concatenate([pools.women, new[world.people["sex"][new] == w.FEMALE]])


def births(world: w.World, rng: np.random.Generator, mothers: w.Array, figures: Figures) -> None:
    """Let the mothers bear a child, or twins, each on a day of the month."""
    people = world.people
    day = world.any_days(rng, len(mothers))
    twins = rng.random(len(mothers)) < figures.twins
    order = people["parity"][mothers].astype(np.int32) + 1
    people["parity"][mothers] = order + twins
    people["last_birth"][mothers] = people["since"][mothers] = people["busy"][mothers] = world.month
    again = np.flatnonzero(twins)
    line = np.argsort(np.r_[np.arange(len(mothers)), again], kind="stable")  # a twin comes right after the other
    mothers, day = np.r_[mothers, mothers[again]][line], np.r_[day, day[again]][line]
    order = np.r_[order, order[again] + 1][line]
    sex = (rng.random(len(order)) >= figures.male_by_order[np.minimum(order, 3) - 1]).astype(np.int8)
    father = people["spouse"][mothers]
    village, household = people["village"][mothers], people["household"][mothers]
    children = people.add(
        len(mothers),
        sex=sex,
        born=day,
        id_day=id_days(rng, day),
        mother=mothers,
        father=father,
        surname=people["surname"][np.where(father >= 0, father, mothers)],
        given=naming.draw_given(rng, sex),
        hukou=people["hukou"][mothers],
        busy=world.month,
    )
    world.settle(children, household, village, day, "birth")
    world.note("birth", day, children, village, partner=mothers, birth_order=order)
