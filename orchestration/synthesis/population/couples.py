"""The first people: ages and sexes as counted, marital states as counted, wives and husbands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.figures import EDGES, Census
from orchestration.synthesis.population.nuptiality import LEGAL_AGE, Nuptiality
from orchestration.synthesis.population.rates import OLDEST, Vital, graduate

YEAR = 365.25
_CENSUS_YEAR = 2010
_COHORT = 0.97  # people who reached 85 a year earlier against those who did now
_GAP, _GAP_SPREAD = 2.5, 2.5  # years by which a husband is older
_WAIT = 150.0  # days on average from coming of age to a wedding that waited for it


@dataclass
class FirstPeople:
    """People of the first day in the order of their making; arrays of shape (persons,).

    ``wed``: day on which women who ever married would first have wed if both were of age by then, else -1e9.
    ``wait``: days from coming of age to a wedding that waited for it. ``spouse``: row or -1.
    """

    sex: w.Array
    born: w.Array
    marital: w.Array
    spouse: w.Array
    wed: w.Array
    wait: w.Array

    def ages(self, day: int) -> w.Array:
        """Completed years on a day, at most 110."""
        years: w.Array = np.minimum(np.floor((day - self.born) / YEAR), OLDEST).astype(np.int64)
        return years


def apportion(weights: w.Array, total: int) -> w.Array:
    """Whole numbers in proportion to the weights that sum up to ``total`` by largest remainders; same shape."""
    exact = weights / weights.sum() * total
    whole: w.Array = np.floor(exact).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return whole


def people_by_age(groups: w.Array, persons: int) -> w.Array:
    """Persons by sex and single age 0 ... 100, shape (2, 101), in the proportions of a census row.

    Args:
        groups: persons by sex and the groups of ``EDGES``, shape (2, 19).
    """
    single = np.array([graduate(row, EDGES) for row in groups])
    # The open group dies away as the nation does.
    rates = Vital(1.0, 1.0).deaths(_CENSUS_YEAR)[:, 85:100]
    old = np.exp(-np.cumsum(np.c_[np.zeros(2), rates], axis=1)) * _COHORT ** np.arange(16)
    single[:, 85:] = groups[:, -1:] * old / old.sum(axis=1, keepdims=True)
    return apportion(single.ravel(), persons).reshape(2, 101)


def _states(rng: np.random.Generator, sex: w.Array, age: w.Array, curves: Nuptiality) -> w.Array:
    """Marital state of everybody, drawn from the curves."""
    draw = rng.random(len(sex))
    never = curves.never[sex, age]
    lost = never + (1 - never) * curves.widowed[sex, age]
    parted = lost + (1 - never) * curves.divorced[sex, age]
    state = np.full(len(sex), w.MARRIED, np.int8)
    state[draw < parted] = w.DIVORCED
    state[draw < lost] = w.WIDOWED
    state[draw < never] = w.SINGLE
    return state


def _balance(rng: np.random.Generator, state: w.Array, sex: w.Array, age: w.Array) -> None:
    """As many wives as husbands: half the surplus of one sex becomes single or widowed, the other sex gains as many."""
    couples = int((state == w.MARRIED).sum()) // 2
    for which in (w.MALE, w.FEMALE):
        married = np.flatnonzero((state == w.MARRIED) & (sex == which))
        if len(married) > couples:
            too_many = rng.permutation(married)[couples:]
            state[too_many] = np.where(age[too_many] < 45, w.SINGLE, w.WIDOWED)
        else:
            free = np.flatnonzero((state != w.MARRIED) & (sex == which) & (age >= LEGAL_AGE[which] + 2) & (age < 80))
            state[rng.permutation(free)[: couples - len(married)]] = w.MARRIED


def first_people(
    rng: np.random.Generator, census: Census, curves: Nuptiality, persons: int, day: int, wed_age: w.Array
) -> FirstPeople:
    """People with ages, states, spouses and wedding days as they stand at the begin of ``day``.

    Args:
        wed_age: cumulated share of women that have married by single age, shape (111,).
    """
    counts = people_by_age(census.ages, persons)
    sex = np.repeat(np.array([w.MALE, w.FEMALE], np.int8), counts.sum(axis=1))
    age = np.concatenate([np.repeat(np.arange(101), row) for row in counts])
    born = day - np.ceil(age * YEAR).astype(np.int64) - rng.integers(1, 366, persons)
    state = _states(rng, sex, age, curves)
    _balance(rng, state, sex, age)
    wives = np.flatnonzero((state == w.MARRIED) & (sex == w.FEMALE))
    husbands = np.flatnonzero((state == w.MARRIED) & (sex == w.MALE))
    number = min(len(wives), len(husbands))
    for more in (wives[number:], husbands[number:]):  # a few, where nobody was left to be promoted
        state[more] = w.SINGLE
    wives, husbands = wives[:number], husbands[:number]
    wish = born[wives] - (_GAP + _GAP_SPREAD * rng.standard_normal(number)) * YEAR
    wives = wives[np.argsort(wish, kind="stable")]
    husbands = husbands[np.argsort(born[husbands], kind="stable")]
    spouse = np.full(persons, -1, np.int64)
    spouse[wives], spouse[husbands] = husbands, wives
    wed = np.full(persons, -(10**9), np.int64)
    ever = np.flatnonzero((sex == w.FEMALE) & (state != w.SINGLE))
    # The share at a completed age is that in the middle of the year; at the legal age itself nobody has wed.
    legal = LEGAL_AGE[w.FEMALE]
    years, shares = np.r_[legal, np.arange(legal, OLDEST + 1) + 0.5], np.r_[0.0, wed_age[legal:]]
    reached = np.interp((day - born[ever]) / YEAR, years, shares)
    at = np.interp(rng.random(len(ever)) * reached, shares, years)
    wed[ever] = np.minimum(born[ever] + at * YEAR, day - rng.integers(20, 200, len(ever)))
    wait = rng.exponential(_WAIT, persons).astype(np.int64)
    return FirstPeople(sex, born, state, spouse, wed, wait)


def of_age(people: FirstPeople, women: w.Array) -> w.Array:
    """First day on which a woman and her husband, if she has one, may wed (Marriage Law 1980, Article 5)."""
    his, hers = (int(np.ceil(years * YEAR)) + 1 for years in LEGAL_AGE)
    husband = people.spouse[women]
    own = people.born[women] + hers
    legal: w.Array = np.where(husband >= 0, np.maximum(own, people.born[husband] + his), own)
    return legal


def first_weddings(people: FirstPeople, women: w.Array, day: int) -> w.Array:
    """Days of first weddings by the birthdays known now; before ``day`` if both were of age before it.

    Args:
        women: rows of women who ever married.
    """
    legal = of_age(people, women)
    soonest = np.minimum(legal + people.wait[women], (legal + day) // 2)
    wed: w.Array = np.maximum(people.wed[women], soonest)
    return wed
