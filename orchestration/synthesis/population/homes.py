"""Which of the first people live together, and in which village.

A couple, a widowed or divorced parent, each with the unmarried children, or a grown single person is a *unit*. Units
are put together (a son's family under his parents' roof) or single grown children sent off, until households are as
many, and people alone as many, as the census row says.
"""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import FirstPeople
from orchestration.synthesis.population.figures import Census
from orchestration.synthesis.population.kin import Kin

_GROWN = 18
_WITH_WIFES_PARENTS = 0.12  # weight of a wife's parents beside a husband's
_LONE_PARENT = 4.0  # weight of a widowed parent beside a couple
_SONS_STAY = 0.85  # sons' families that live in their parents' village


def roots(parent: w.Array) -> w.Array:
    """The end of every chain in a forest where a root points at itself; shape of ``parent``."""
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further


def _units(people: FirstPeople, kin: Kin, ages: w.Array, rng: np.random.Generator) -> w.Array:
    """The person whose unit everybody belongs to; a couple's is the husband's."""
    unit = np.arange(len(people.sex))
    wives = np.flatnonzero((people.spouse >= 0) & (people.sex == w.FEMALE))
    unit[wives] = people.spouse[wives]
    child = np.flatnonzero((people.marital == w.SINGLE) & (kin.mother >= 0))
    unit[child] = unit[kin.mother[child]]
    # A child without a mother here is left with a couple that could be its grandparents.
    left = np.flatnonzero((ages < _GROWN) & (unit == np.arange(len(unit))))
    keepers = np.flatnonzero((people.spouse >= 0) & (people.sex == w.MALE) & (ages >= 45) & (ages < 72))
    if len(keepers) == 0:
        keepers = np.flatnonzero((ages >= _GROWN) & (unit == np.arange(len(unit))))
    if len(left) and len(keepers):
        unit[left] = keepers[rng.integers(0, len(keepers), len(left))]
    return unit


def _send_off(rng: np.random.Generator, unit: w.Array, people: FirstPeople, ages: w.Array, number: int) -> None:
    """Give ``number`` of the grown single children, the older the sooner, a unit of their own."""
    own = np.arange(len(unit))
    grown = np.flatnonzero((unit != own) & (people.marital == w.SINGLE) & (ages >= _GROWN))
    if number <= 0 or not len(grown):
        return
    waits = rng.exponential(size=len(grown)) / np.minimum(ages[grown] - 15.0, 15.0)
    chosen = grown[np.argsort(waits)[:number]]
    unit[chosen] = chosen


def _hosts(people: FirstPeople, kin: Kin, unit: w.Array, rng: np.random.Generator) -> tuple[w.Array, w.Array, w.Array]:
    """For every unit the unit of parents it could live with (or -1), how readily, and the village it follows."""
    own = np.arange(len(unit))
    heads = np.flatnonzero(unit == own)
    host, weight = np.full(len(unit), -1, np.int64), np.zeros(len(unit))
    follow = own.copy()
    his = np.where(kin.mother[heads] >= 0, unit[kin.mother[heads]], -1)
    wife = people.spouse[heads]
    mother_in_law = np.where(wife >= 0, kin.mother[wife], -1)
    hers = np.where(mother_in_law >= 0, unit[mother_in_law], -1)
    use_hers = (hers >= 0) & ((his < 0) | (rng.random(len(heads)) < _WITH_WIFES_PARENTS / (1 + _WITH_WIFES_PARENTS)))
    chosen = np.where(use_hers, hers, his)
    host[heads] = np.where(chosen == heads, -1, chosen)
    alone = np.bincount(unit, minlength=len(unit)) == 1
    parent_alone = (chosen >= 0) & alone[chosen]
    weight[heads] = np.where(use_hers, _WITH_WIFES_PARENTS, 1.0) * np.where(parent_alone, _LONE_PARENT, 1.0)
    stays = (his >= 0) & (his != heads) & (people.sex[heads] == w.MALE) & (rng.random(len(heads)) < _SONS_STAY)
    follow[heads[stays]] = his[stays]
    return host, weight, follow


def _share_roof(
    rng: np.random.Generator, roof: w.Array, host: w.Array, weight: w.Array, number: int, among: w.Array
) -> None:
    """Move ``number`` of the units ``among`` under their hosts' roofs; a host takes in one unit at most."""
    taken = np.zeros(len(roof), bool)
    taken[host[np.flatnonzero((roof != np.arange(len(roof))) & (host >= 0))]] = True
    can = among[(host[among] >= 0) & (roof[among] == among)]
    can = can[~taken[host[can]]]
    if number <= 0 or not len(can):
        return
    can = can[np.argsort(rng.exponential(size=len(can)) / weight[can])]
    _, first = np.unique(host[can], return_index=True)
    chosen = can[np.sort(first)][:number]
    roof[chosen] = host[chosen]


def households(
    rng: np.random.Generator, people: FirstPeople, kin: Kin, census: Census, day: int
) -> tuple[w.Array, w.Array]:
    """Household of everybody and the clan each household's village is chosen by.

    Returns:
        Two labels a person, shape (persons,): the same household label never has two clan labels.
    """
    ages = people.ages(day - 1)
    persons = len(ages)
    unit = _units(people, kin, ages, rng)
    number = max(round(persons / census.household_size), 1)
    alone_wanted = round(number * census.one_person)
    lone = int((np.bincount(unit, minlength=persons) == 1).sum())
    _send_off(rng, unit, people, ages, alone_wanted - lone)
    host, weight, follow = _hosts(people, kin, unit, rng)
    own = np.arange(persons)
    heads = np.flatnonzero(unit == own)
    size = np.bincount(unit, minlength=persons)
    roof = own.copy()
    lone_heads = heads[size[heads] == 1]
    # Too many alone: old parents first take in a child's family, then single people join whom they can.
    families = heads[(size[heads] > 1) & (host[heads] >= 0)]
    with_lone = families[size[host[families]] == 1]
    surplus = len(lone_heads) - alone_wanted
    _share_roof(rng, roof, host, weight, min(surplus, len(heads) - number), with_lone)
    gone = len(heads) - int((roof[heads] == heads).sum())
    _share_roof(rng, roof, host, weight, min(surplus - gone, len(heads) - number - gone), lone_heads)
    # Then families join families until there are as many households as wanted.
    pairs = families[size[host[families]] > 1]
    gone = len(heads) - int((roof[heads] == heads).sum())
    _share_roof(rng, roof, host, weight, len(heads) - number - gone, pairs)
    follow[roof != own] = roof[roof != own]
    home, clan = roots(roof)[unit], roots(follow)[unit]
    return home, clan


def villages_of(rng: np.random.Generator, clan: w.Array, wanted: w.Array) -> w.Array:
    """Village of everybody: whole clans in an order of chance, each where its middle falls among the wanted numbers.

    Args:
        wanted: persons wanted by village, shape (villages,).
    """
    labels, member = np.unique(clan, return_inverse=True)
    size = np.bincount(member)
    order = rng.permutation(len(labels))
    middle = np.empty(len(labels))
    middle[order] = np.cumsum(size[order]) - size[order] / 2
    return np.searchsorted(np.cumsum(wanted), middle, side="right")[member]
