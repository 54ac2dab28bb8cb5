"""Weddings, divorces, and who moves for them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.arrivals import arrive
from orchestration.synthesis.population.couples import YEAR
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.nuptiality import LEGAL_AGE
from orchestration.synthesis.population.pools import Pools, ages, at_hand, happens, monthly, spread
from orchestration.synthesis.population.transfers import elsewhere, transfer

_MARRIAGE, _FAMILY = w.CAUSES.index("marriage"), w.CAUSES.index("family")
_GAP, _GAP_SPREAD, _WIDEST = 2.5, 2.5, 12.0
_ROUNDS = 6
_CHILD = 18  # years; younger children go with a mother who weds again
# Weddings per year among the widowed and divorced, by age of the woman.
_AGAIN = (np.array([20, 35, 45, 55, 60]), np.array([0.10, 0.07, 0.03, 0.008, 0.0]))


def brides(world: w.World, pools: Pools, rng: np.random.Generator, first: w.Array, season: float) -> w.Array:
    """Unmarried women who wed this month. ``first``: first marriages per year by single age, shape (111,)."""
    people = world.people
    again = np.interp(np.arange(len(first)), *_AGAIN)
    top = float(monthly(max(first[LEGAL_AGE[1] : 50].max(), again.max()) * season))
    drawn, below = happens(rng, pools.single_women, top)
    age = ages(world, drawn)
    rate = np.where(people["marital"][drawn] == w.SINGLE, first[age], again[age])
    of_age = world.first_day - people["born"][drawn] >= LEGAL_AGE[1] * YEAR + 1
    free = at_hand(world, drawn) & (people["spouse"][drawn] < 0) & of_age
    return drawn[free & (below < monthly(rate * season))]


def _kin(people: w.Columns, one: w.Array, other: w.Array) -> w.Array:
    """Whether people are brother and sister or parent and child, as far as it is known."""
    siblings = np.zeros(len(one), bool)
    for parent in ("mother", "father"):
        siblings |= (people[parent][one] >= 0) & (people[parent][one] == people[parent][other])
        siblings |= (people[parent][one] == other) | (people[parent][other] == one)
    return siblings


def grooms_for(world: w.World, pools: Pools, rng: np.random.Generator, born: w.Array, wives: w.Array | None) -> w.Array:
    """A bachelor for each bride, -1 where none is found: about 2.5 years older, of age, no kin, none twice.

    Args:
        born: birthdays of the brides.
        wives: the brides themselves, None if they come from outside.
    """
    people, pool = world.people, pools.single_men
    chosen = np.full(len(born), -1, np.int64)
    if not len(pool):
        return chosen
    taken = np.empty(0, np.int64)
    width = max(3, len(pool) // 150)
    for _ in range(_ROUNDS):
        left = np.flatnonzero(chosen < 0)
        if not len(left):
            break
        wish = born[left] - (_GAP + _GAP_SPREAD * rng.standard_normal(len(left))) * YEAR
        place = np.searchsorted(pools.single_men_born, wish) + rng.integers(-width, width + 1, len(left))
        man = pool[np.clip(place, 0, len(pool) - 1)].astype(np.int64)
        fits = at_hand(world, man) & (people["spouse"][man] < 0)
        fits &= world.first_day - people["born"][man] >= LEGAL_AGE[0] * YEAR + 1
        fits &= np.abs(born[left] - people["born"][man] - _GAP * YEAR) <= _WIDEST * YEAR
        if wives is not None:
            fits &= ~_kin(people, wives[left], man) & (people["household"][man] != people["household"][wives[left]])
        fits &= ~np.isin(man, taken)
        _, once = np.unique(man[fits], return_index=True)
        now = np.flatnonzero(fits)[once]
        chosen[left[now]] = man[now]
        taken = np.concatenate([taken, man[now]])
    return chosen


def _go_along(
    world: w.World,
    pools: Pools,
    mothers: w.Array,
    day: w.Array,
    village: w.Array,
    home: w.Array,
    place: w.Array,
) -> None:
    """Children below 18 whose father does not live with them move with their mothers, before these move.

    Args:
        mothers, day, village, home, place: who moves when and where to, as ``transfer`` takes them.
    """
    people = world.people
    child, row = pools.of_mother.children(people, mothers)
    father, roof = people["father"][child], people["household"][child]
    young = world.first_day - people["born"][child] < _CHILD * YEAR
    with_mother = roof == people["household"][mothers[row]]
    with_father = (father >= 0) & (people["household"][father] == roof) & (people["village"][father] >= 0)
    goes = young & at_hand(world, child) & with_mother & ~with_father
    child, row = child[goes], row[goes]
    transfer(world, child, day[row], village[row], home[row], _FAMILY, place[row])


def _wed(world: w.World, wives: w.Array, husbands: w.Array, day: w.Array) -> None:
    """Enter the unions; both live together already."""
    people = world.people
    rows = world.unions.add(
        len(wives),
        wife=wives,
        husband=husbands,
        from_day=day,
        to_day=w.NEVER,
        wife_order=people["marital"][wives] != w.SINGLE,
        husband_order=people["marital"][husbands] != w.SINGLE,
    )
    for one, other in ((wives, husbands), (husbands, wives)):
        people["spouse"][one], people["union"][one] = other, rows
        people["marital"][one], people["busy"][one] = w.MARRIED, world.month
    people["since"][wives] = np.maximum(people["since"][wives], world.month)
    world.note("marriage", day, wives, people["village"][wives], partner=husbands)


def weddings(
    world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures, first: w.Array, season: float
) -> None:
    """Let women wed: men of the county, men elsewhere, and let men bring wives from elsewhere."""
    people, habits = world.people, figures.marriage
    women = brides(world, pools, rng, first, season)
    leave = rng.random(len(women)) < habits["wives_leaving"]
    local = np.flatnonzero(~leave)
    men = grooms_for(world, pools, rng, people["born"][women[local]], women[local])
    local, men = local[men >= 0], men[men >= 0]
    _marry_here(world, pools, rng, women[local], men, habits)
    outward = women[leave]
    outward = outward[at_hand(world, outward)]
    if len(outward):
        day, nowhere = world.any_days(rng, len(outward)), np.full(len(outward), w.OUTSIDE)
        place = elsewhere(rng, len(outward))
        _go_along(world, pools, outward, day, nowhere, nowhere, place)
        transfer(world, outward, day, nowhere, nowhere, _MARRIAGE, place)
    _wives_from_outside(world, pools, rng, figures, spread(rng, len(women) * habits["outside_wives"]), first)


def _marry_here(
    world: w.World,
    pools: Pools,
    rng: np.random.Generator,
    wives: w.Array,
    men: w.Array,
    habits: Mapping[str, float],
) -> None:
    """Couples of the county: she moves to him, or he to her, or both to a household of their own in his village."""
    people = world.people
    number = len(wives)
    day = world.any_days(rng, number)
    # A man who was married before may have children at home: he stays with them.
    draw, first = rng.random((2, number)), people["marital"][men] == w.SINGLE
    he_moves = (draw[0] < habits["husbands_moving"]) & first
    own = (draw[1] < habits["own_household"]) & first & ~he_moves
    village = np.where(he_moves, people["village"][wives], people["village"][men])
    home = np.where(he_moves, people["household"][wives], people["household"][men])
    home[own] = world.new_households(int(own.sum()))
    she, inside = ~he_moves, np.full(number, -1)
    _go_along(world, pools, wives[she], day[she], village[she], home[she], inside[she])
    transfer(world, np.where(he_moves, men, wives), day, village, home, _MARRIAGE, inside)
    transfer(world, men[own], day[own], village[own], home[own], _MARRIAGE, inside[own])
    _wed(world, wives, men, day)


def _wives_from_outside(
    world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures, number: int, first: w.Array
) -> None:
    """Brides who come into the county to wed a man here."""
    age = np.arange(len(first))
    weight = np.where((age >= LEGAL_AGE[1] + 1) & (age < 45), first * np.exp(-np.cumsum(first)), 0)
    years = rng.choice(len(first), number, p=weight / weight.sum()) if number else np.empty(0, np.int64)
    born = (world.first_day - (years + rng.random(number)) * YEAR).astype(np.int32)
    men = grooms_for(world, pools, rng, born, None)
    born, men = born[men >= 0], men[men >= 0]
    number = len(men)
    if not number:
        return
    day = world.any_days(rng, number)
    wives = arrive(world, rng, figures, np.full(number, w.FEMALE, np.int8), born)
    village, home = world.people["village"][men], world.people["household"][men]
    own = (rng.random(number) < figures.marriage["own_household"]) & (world.people["marital"][men] == w.SINGLE)
    home[own] = world.new_households(int(own.sum()))
    transfer(world, men[own], day[own], village[own], home[own], _MARRIAGE, np.full(int(own.sum()), -1))
    world.settle(wives, home, village, day, "move")
    world.note("move_in", day, wives, village, other_place=elsewhere(rng, number), cause=_MARRIAGE)
    _wed(world, wives, men, day)
