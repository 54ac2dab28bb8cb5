"""The unions that the first people live in: when both wed, who of them not for the first time, who could not have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import YEAR, FirstPeople, first_weddings, of_age
from orchestration.synthesis.population.kin import Kin

# Assumptions. Of the wives, who would have lost a first husband and wed again if there was time; years from the first
# to the second wedding: at least, and on average beyond that.
_WIVES_AGAIN, _LEAST_YEARS, _MORE_YEARS = 0.045, 4.0, 9.0
# Of husbands of women who wed again and for the first time: who was married before, by his age on the day.
_BESIDE_AGAIN = (np.array([26, 30, 45]), np.array([0.0, 0.4, 0.8]))
_BESIDE_FIRST = (np.array([26, 32, 45]), np.array([0.0, 0.05, 0.4]))


@dataclass(frozen=True)
class Unions:
    """Couples of the first day; arrays of shape (couples,). ``wife`` and ``husband`` are rows of the people."""

    wife: w.Array
    husband: w.Array
    wed: w.Array
    wife_again: w.Array
    husband_again: w.Array


def _part(people: FirstPeople, who: w.Array) -> None:
    """Those who cannot have wed yet are single; nobody was born to them, since a birth follows a wedding."""
    people.marital[who], people.spouse[who], people.wed[who] = w.SINGLE, -1, -(10**9)


def first_unions(rng: np.random.Generator, people: FirstPeople, kin: Kin, day: int) -> Unions:
    """Who is married to whom since when, now that every birthday is known.

    Args:
        people: changed in place: ``wed`` of the wives is the day of the union they live in, couples who have come of
            age too late are no couples.
        kin: changed in place: nobody knows the father of whom a wife bore before she wed again.
        day: the first day of the run.
    """
    wives = np.flatnonzero((people.spouse >= 0) & (people.sex == w.FEMALE))
    late = wives[of_age(people, wives) >= day]
    _part(people, np.r_[people.spouse[late], late])
    wives = wives[people.spouse[wives] >= 0]
    husbands = people.spouse[wives]
    wed = first_weddings(people, wives, day)
    draw = rng.random((2, len(wives)))
    second = wed + ((_LEAST_YEARS + rng.exponential(_MORE_YEARS, len(wives))) * YEAR).astype(np.int64)
    # A second union needs the time for a first one.
    again = (draw[0] < _WIVES_AGAIN) & (second < day)
    wed = np.where(again, second, wed)
    years = (wed - people.born[husbands]) / YEAR
    share = np.where(again, np.interp(years, *_BESIDE_AGAIN), np.interp(years, *_BESIDE_FIRST))
    people.wed[wives] = wed
    child = np.flatnonzero(kin.mother >= 0)
    child = child[people.spouse[kin.mother[child]] >= 0]
    wed_again = np.zeros(len(people.sex), bool)
    wed_again[wives[again]] = True
    before = child[wed_again[kin.mother[child]] & (people.born[child] < people.wed[kin.mother[child]])]
    kin.father[before] = -1
    return Unions(wives, husbands, wed, again, draw[1] < share)
