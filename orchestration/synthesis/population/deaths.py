"""Deaths of a month, and what they leave behind: widows and closed stays."""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.pools import BANDS, Pools, ages, at_hand, happens, monthly
from orchestration.synthesis.population.transfers import close_stays

# Of the deaths before the first birthday: shares in the month of birth, in the next, in each of the eleven after.
_INFANT = np.r_[0.30, 0.20, np.full(11, 0.5 / 11)]


def _chances(world: w.World, who: w.Array, rates: w.Array, season: float) -> w.Array:
    """Chance of dying this month; shape of ``who``. ``rates``: per year, by sex and single age."""
    people = world.people
    sex, old = people["sex"][who].astype(np.int64), ages(world, who)
    chance = monthly(rates[sex, old] * season)
    infant = np.flatnonzero(old == 0)
    if len(infant):
        day = people["born"][who[infant]].astype("datetime64[D]").astype("datetime64[M]")
        months = world.month - (day.astype(np.int64) + 1970 * 12)
        chance[infant] = rates[sex[infant], 0] * _INFANT[np.clip(months, 0, 12)]
    return chance


def deaths(world: w.World, pools: Pools, rng: np.random.Generator, rates: w.Array, season: float) -> None:
    """Let people die.

    Args:
        rates: deaths per person-year by sex and single age, shape (2, 111).
        season: this month's deaths against the mean month's.
    """
    people = world.people
    found = []
    for band, pool in enumerate(pools.bands):
        oldest = min(int(BANDS[band + 1]), rates.shape[1] - 1)
        top = (
            float(monthly(rates[:, BANDS[band] : oldest + 1].max() * season))
            if band
            else float(rates[:, 0].max()) * 0.2
        )
        drawn, below = happens(rng, pool, top)
        found.append(drawn[below < _chances(world, drawn, rates, season)])
    new = np.arange(pools.newcomers, len(people))
    found.append(new[rng.random(len(new)) < _chances(world, new, rates, season)])
    dead = np.concatenate(found)
    # A child may die in the month of its birth, on a later day; whoever else is busy lives on.
    fresh = (people["born"][dead] >= world.first_day) & (people["born"][dead] < world.last_day)
    dead = dead[(people["village"][dead] >= 0) & (at_hand(world, dead) | fresh)]
    day = world.any_days(rng, len(dead))
    young = np.flatnonzero(people["born"][dead] >= world.first_day)
    if len(young):
        first = people["born"][dead[young]] + 1
        day[young] = first + (rng.random(len(young)) * (world.last_day - first + 1)).astype(np.int32)
    order = np.argsort(day, kind="stable")
    dead, day = dead[order], day[order]
    people["died"][dead], people["busy"][dead] = day, world.month
    world.note("death", day, dead, people["village"][dead])
    world.unsettle(dead, day, "death")
    close_stays(world, dead, day)
    _end_unions(world, dead, day)


def _end_unions(world: w.World, dead: w.Array, day: w.Array) -> None:
    """A union ends with the first death of the two; ``dead`` are in the order of their days."""
    people, unions = world.people, world.unions
    gone = people["spouse"][dead] >= 0
    dead, day = dead[gone], day[gone]
    union = people["union"][dead]
    ended, first = np.unique(union, return_index=True)
    unions["to_day"][ended], unions["end"][ended] = day[first], w.ENDS.index("death")
    left = people["spouse"][dead]
    people["marital"][left], people["busy"][left] = w.WIDOWED, world.month
    people["spouse"][left] = people["spouse"][dead] = -1
    people["union"][left] = people["union"][dead] = -1
