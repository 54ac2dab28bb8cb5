"""Whose children the first people are: the births of sixty years, walked through again from the oldest on.

The census tells how many people there are of an age, not who bore them. Each year's children find mothers among the
women who were married and of bearing age then, the readier the fewer children they had. So every mother knows how many
children she has and when the last one came.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import YEAR, FirstPeople, first_weddings
from orchestration.synthesis.population.rates import Vital

OLDEST_CHILD = 60
FIRST_CHILD_URGENCY = 0.35
"""How much readier, by year of age after 24, a woman without a child is than her age alone says."""

_SPACE = 300  # days between two births
_AFTER_WEDDING = 200  # days
# Share of people of an age whose mother lives in the county: mothers survive, some people have come without theirs.
_MOTHER_HERE = (np.array([0, 15, 25, 35, 45, 61]), np.array([0.98, 0.95, 0.90, 0.80, 0.62, 0.30]))
# Readiness for the first, second, third, later child before 1973, until 1980, and since the one-child policy.
_BEFORE_1973, _UNTIL_1980 = np.array([1.0, 1.0, 1.0, 0.85]), np.array([1.0, 0.8, 0.5, 0.3])
_DAY_1973, _DAY_1981 = 1096, 4018


@dataclass
class Kin:
    """Mothers and fathers of everybody (-1 unknown), children ever borne and the day of the last birth (-1e9 none)."""

    mother: w.Array
    father: w.Array
    parity: w.Array
    last_birth: w.Array


def _readiness(day: int, progression: w.Array) -> w.Array:
    if day < _DAY_1973:
        return _BEFORE_1973
    return _UNTIL_1980 if day < _DAY_1981 else np.array([*progression, progression[-1] * 0.5])


def _too_near(people: FirstPeople, kin: Kin, children: w.Array, mothers: w.Array) -> w.Array:
    """Who would be married to a brother or sister, or to the own child; the mother of such a one stays unknown."""
    spouse = people.spouse[children]
    near: w.Array = (spouse >= 0) & ((kin.mother[spouse] == mothers) | (spouse == mothers))
    return near


def find_mothers(rng: np.random.Generator, people: FirstPeople, vital: Vital, progression: w.Array, day: int) -> Kin:
    """Link people below 61 to mothers among the first people; their birthdays move within their year of age.

    Args:
        people: changed in place (``born``).
        progression: readiness for the first, second, later child under the one-child policy, shape (3,).
        day: the first day of the run.
    """
    persons = len(people.sex)
    kin = Kin(*(np.full(persons, fill, np.int64) for fill in (-1, -1, 0, -(10**9))))
    ages = people.ages(day - 1)
    by_age = [np.flatnonzero(ages == age) for age in range(OLDEST_CHILD + 1)]
    women = np.flatnonzero((people.sex == w.FEMALE) & (people.wed > -(10**9)))
    born = people.born[women].astype(float)
    parity, last = np.zeros(len(women), np.int64), np.full(len(women), -(10**9), np.int64)
    shape = vital.births(0)
    mothers_here = np.interp(np.arange(OLDEST_CHILD + 1), *_MOTHER_HERE)
    for age in range(OLDEST_CHILD, -1, -1):
        first, end = day - int((age + 1) * YEAR) + 1, day - int(age * YEAR)
        year_old = np.clip(((first + end) / 2 - born) / YEAR, 0, 110).astype(np.int64)
        can = np.flatnonzero((shape[year_old] > 0) & (year_old >= 17) & (year_old < 49))
        # Parents are older than their children, so their own birthdays stand by now, and with them the wedding.
        wed = first_weddings(people, women[can], day)
        can, wed = (rows[wed + _AFTER_WEDDING + 30 < end] for rows in (can, wed))
        ready = _readiness(first, progression)[np.minimum(parity[can], 3)]
        since = first - last[can]
        spaced = np.where(since < 0.4 * YEAR, 0.15, np.where(since < 5 * YEAR, 1.0, 0.6))
        urgent = 1 + FIRST_CHILD_URGENCY * np.maximum(year_old[can] - 24, 0)
        weight = shape[year_old[can]] * ready * np.where(parity[can] > 0, spaced, urgent)
        wanted = min(round(len(by_age[age]) * float(mothers_here[age])), len(can))
        if not wanted:
            continue
        # The smallest of exponential waits are a draw without replacement in proportion to the weights.
        waits = rng.exponential(size=len(can)) / weight
        drawn = np.argpartition(waits, wanted - 1)[:wanted]
        # Who has not married yet is rather a native with a mother here than one who came.
        stayed = rng.random(len(by_age[age])) - 0.7 * (people.marital[by_age[age]] == w.SINGLE)
        children = by_age[age][np.argsort(stayed)[:wanted]]
        fine = ~_too_near(people, kin, children, women[can[drawn]])
        children, drawn = children[fine], drawn[fine]
        chosen = can[drawn]
        low = np.maximum(first, np.maximum(last[chosen] + _SPACE, wed[drawn] + _AFTER_WEDDING))
        low = np.minimum(low, end - 1)
        when = low + (rng.random(len(low)) * (end - low)).astype(np.int64)
        people.born[children] = when
        mothers = women[chosen]
        kin.mother[children] = mothers
        kin.father[children] = people.spouse[mothers]
        parity[chosen] += 1
        last[chosen] = when
    kin.parity[women], kin.last_birth[women] = parity, last
    return kin
