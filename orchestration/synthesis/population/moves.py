"""Moves of a month that no wedding causes, and households that part without a move."""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import YEAR
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.pools import Pools, ages, at_hand, happens, monthly
from orchestration.synthesis.population.transfers import elsewhere, transfer

_STUDY, _ARMY, _WORK, _FAMILY, _HOUSING = (w.CAUSES.index(c) for c in ("study", "army", "work", "family", "housing"))
# Of a year's moves in each calendar month: study begins in September, service in September and December.
_STUDY_SEASON = np.array([0, 0, 0, 0, 0, 0, 0, 0.15, 0.8, 0.05, 0, 0]) * 12
_ARMY_SEASON = np.array([0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0, 0.5]) * 12
_DEPENDENT = 18  # years; younger children go with their parents when these set up house


def _young_leave(world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures, season: float) -> None:
    """Unmarried people leave the county to study, to serve, to work; some move to another village."""
    people, moves, month = world.people, figures.moves, world.month % 12
    study, army = moves["study"] * _STUDY_SEASON[month], moves["army"] * _ARMY_SEASON[month]
    work, within = moves["out_alone"] * season, moves["within_alone"] * season
    top = (study + army + work + within) / 12
    drawn, below = happens(rng, pools.youths, top)
    age = ages(world, drawn)
    by_cause = np.array(
        [
            np.where((age >= 17) & (age < 20), study, 0.0),
            np.where((age >= 18) & (age < 22) & (people["sex"][drawn] == w.MALE), army, 0.0),
            np.where((age >= 18) & (age < 35), work, 0.0),
            np.where((age >= 20) & (age < 35), within, 0.0),
        ]
    )
    free = at_hand(world, drawn) & (people["marital"][drawn] == w.SINGLE) & (people["parity"][drawn] == 0)
    steps = np.cumsum(by_cause / 12, axis=0)
    which = (below >= steps).sum(axis=0)
    free &= which < len(by_cause)
    who, which = drawn[free], which[free]
    day = world.any_days(rng, len(who))
    village, home = np.full(len(who), w.OUTSIDE), np.full(len(who), -1)
    inside = which == 3
    village[inside] = _other_villages(world, rng, people["village"][who[inside]])
    home[inside] = world.new_households(int(inside.sum()))
    cause = np.array([_STUDY, _ARMY, _WORK, _WORK], np.int8)[which]
    transfer(world, who, day, village, home, cause, elsewhere(rng, len(who)))


def _other_villages(world: w.World, rng: np.random.Generator, village: w.Array) -> w.Array:
    """A village for each, by the number of people there; it may be the own one; shape of ``village``."""
    there = world.people["village"][rng.integers(0, len(world.people), (len(village), 6))]
    better = (there >= 0) & (there != village[:, None])
    first = np.argmax(better, axis=1)
    return np.where(better.any(axis=1), there[np.arange(len(village)), first], village)


def _household_members(world: w.World, heads: w.Array) -> tuple[w.Array, w.Array]:
    """Everybody of the heads' households in which nobody is busy this month, and his place in ``heads``."""
    people = world.people
    flag = np.full(world.households + 1, -1, np.int32)
    flag[people["household"][heads]] = np.arange(len(heads))
    place = flag[people["household"]]
    who = np.flatnonzero((place >= 0) & (people["village"] >= 0))
    place = place[who]
    disturbed = np.zeros(len(heads), bool)
    disturbed[place[people["busy"][who] == world.month]] = True
    quiet = ~disturbed[place]
    return who[quiet], place[quiet]


def _households_move(world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures, season: float) -> None:
    """Whole households leave the county or move to another village of it."""
    people, moves = world.people, figures.moves
    out, within = moves["out_households"] * season, moves["within_households"] * season
    heads, _ = happens(rng, pools.husbands, float(monthly(out + within)))
    heads = heads[(people["village"][heads] >= 0) & (people["spouse"][heads] >= 0)]
    if not len(heads):
        return
    _, once = np.unique(people["household"][heads], return_index=True)
    heads = heads[np.sort(once)]
    leaves = rng.random(len(heads)) < out / max(out + within, 1e-12)
    village = np.where(leaves, w.OUTSIDE, _other_villages(world, rng, people["village"][heads]))
    stays = village == people["village"][heads]
    cause = np.array([_WORK, _HOUSING, _FAMILY], np.int8)[rng.choice(3, len(heads), p=[0.35, 0.45, 0.2])]
    day, home = world.any_days(rng, len(heads)), world.new_households(len(heads))
    goal = elsewhere(rng, len(heads))
    who, head = _household_members(world, heads)
    go = ~stays[head]
    who, head = who[go], head[go]
    transfer(world, who, day[head], village[head], home[head], cause[head], goal[head])


def _set_up_house(world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures) -> None:
    """Couples who live with parents take their children and set up a household of their own in the village."""
    people = world.people
    rate = float(figures.homes["set_up_house"])
    men, _ = happens(rng, pools.husbands, float(monthly(rate)))
    men = men[at_hand(world, men) & (people["spouse"][men] >= 0)].astype(np.int64)
    wives = people["spouse"][men]
    with_parents = np.zeros(len(men), bool)
    for child in (men, wives):
        for parent in (people["mother"][child], people["father"][child]):
            there = (parent >= 0) & (people["village"][parent] >= 0)
            with_parents |= there & (people["household"][parent] == people["household"][men])
    fine = with_parents & at_hand(world, wives) & (people["household"][wives] == people["household"][men])
    men, wives = men[fine], wives[fine]
    if not len(men):
        return
    child, place = pools.of_mother.children(people, wives)
    young = world.first_day - people["born"][child] < _DEPENDENT * YEAR
    here = people["household"][child] == people["household"][wives[place]]
    ready = (people["village"][child] >= 0) & young & here
    tied = np.zeros(len(wives), bool)  # a child to whom something happened this month keeps the family
    tied[place[ready & ~at_hand(world, child)]] = True
    goes = ready & ~tied[place]
    child, own = child[goes], place[goes]
    men, wives = men[~tied], wives[~tied]
    home, day = np.full(len(tied), -1, np.int64), world.any_days(rng, len(tied))
    home[~tied] = world.new_households(len(men))
    row = np.concatenate([np.flatnonzero(~tied), np.flatnonzero(~tied), own])
    who = np.concatenate([men, wives, child])
    transfer(world, who, day[row], people["village"][who], home[row], _HOUSING, np.full(len(who), -1))


def _elders_join(world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures) -> None:
    """Unmarried old people who live apart from their children move in with one."""
    people = world.people
    drawn, _ = happens(rng, pools.elders, float(monthly(float(figures.homes["elders_join"]))))
    elders = drawn[at_hand(world, drawn)].astype(np.int64)
    if not len(elders):
        return
    both = [line.children(people, elders) for line in (pools.of_mother, pools.of_father)]
    children, parents = (np.concatenate(arrays) for arrays in zip(*both, strict=True))
    apart = people["household"][children] != people["household"][elders[parents]]
    able = at_hand(world, children) & apart & (people["spouse"][children] >= 0)
    children, parents = children[able], parents[able]
    # Rather with a son: sons come first, then the child who was born first.
    order = np.lexsort((people["born"][children], people["sex"][children], parents))
    parents, first = np.unique(parents[order], return_index=True)
    host = children[order][first]
    who = elders[parents]
    # Nobody leaves a child alone behind: only who lives alone goes.
    flag = np.zeros(world.households + 1, bool)
    flag[people["household"][who]] = True
    left = np.flatnonzero(flag[people["household"]])
    number = np.bincount(people["household"][left[people["village"][left] >= 0]], minlength=world.households)
    alone = number[people["household"][who]] == 1
    who, host = who[alone], host[alone]
    day, village, home = world.any_days(rng, len(who)), people["village"][host], people["household"][host]
    transfer(world, who, day, village, home, _FAMILY, np.full(len(who), -1))


def moves(world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures, season: float) -> None:
    """All moves of a month. ``season``: this month's moves against the mean month's."""
    _young_leave(world, pools, rng, figures, season)
    _households_move(world, pools, rng, figures, season)
    _set_up_house(world, pools, rng, figures)
    _elders_join(world, pools, rng, figures)
