"""Divorces, and wives who go back to their parents or leave."""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.pools import Pools, ages, at_hand, happens, monthly
from orchestration.synthesis.population.transfers import elsewhere, transfer

# Divorces per marriage by age of the wife, against the highest.
_BY_AGE = (np.array([20, 25, 40, 60, 75]), np.array([0.8, 1.0, 0.8, 0.2, 0.0]))
_TO_PARENTS, _OUT = 0.5, 0.2  # shares of wives who go back to parents in the county, who leave it; the others stay on
_OTHER = w.CAUSES.index("other")


def divorces(world: w.World, pools: Pools, rng: np.random.Generator, figures: Figures) -> None:
    """End some unions; both are free again from that day on."""
    people, unions = world.people, world.unions
    highest = float(figures.marriage["divorces"])
    drawn, below = happens(rng, pools.wives, float(monthly(highest)))
    rate = highest * np.interp(ages(world, drawn), *_BY_AGE)
    wives = drawn[(below < monthly(rate)) & (people["spouse"][drawn] >= 0) & at_hand(world, drawn)]
    wives = wives[at_hand(world, people["spouse"][wives])].astype(np.int64)
    husbands = people["spouse"][wives].astype(np.int64)
    day = world.any_days(rng, len(wives))
    union = people["union"][wives]
    unions["to_day"][union], unions["end"][union] = day, w.ENDS.index("divorce")
    world.note("divorce", day, wives, people["village"][wives], partner=husbands)
    for one in (wives, husbands):
        people["marital"][one], people["spouse"][one], people["union"][one] = w.DIVORCED, -1, -1
        people["busy"][one] = world.month
    _leave(world, rng, wives, day)


def _leave(world: w.World, rng: np.random.Generator, wives: w.Array, day: w.Array) -> None:
    """Some of the divorced leave on the day of the divorce, after it."""
    people = world.people
    draw = rng.random(len(wives))
    village, home = np.full(len(wives), w.OUTSIDE), np.full(len(wives), -1, np.int64)
    back = np.zeros(len(wives), bool)
    for parent in (people["father"][wives], people["mother"][wives]):
        host = (parent >= 0) & at_hand(world, parent) & (people["household"][parent] != people["household"][wives])
        village[host], home[host] = people["village"][parent[host]], people["household"][parent[host]]
        back |= host
    # A child never stays behind alone: the father lives in the household.
    go = (back & (draw < _TO_PARENTS)) | (draw >= 1 - _OUT)
    out = go & (draw >= 1 - _OUT)
    village[out] = w.OUTSIDE
    transfer(world, wives[go], day[go], village[go], home[go], _OTHER, elsewhere(rng, int(go.sum())))
