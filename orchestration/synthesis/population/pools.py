"""Who may meet with what: lists that are made once a year, and the draw of the few to whom it happens.

Drawing a number for everybody in every month would cost more than all the rest. Instead candidates are drawn under the
highest rate of a list, and a candidate is kept with the ratio of his own rate to that (thinning): the same law.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import YEAR
from orchestration.synthesis.population.families import Line
from orchestration.synthesis.population.rates import OLDEST

BANDS = np.array([0, 1, 5, 15, 45, 60, 70, 80, 90, OLDEST + 1])
"""Ages where the lists for deaths begin."""


def hits(rng: np.random.Generator, number: int, chance: float) -> w.Array:
    """Places 0 ... number - 1, each taken with the same chance, apart from the others; rising, int64.

    The gaps between places taken are geometric, so only those taken are drawn.
    """
    if number <= 0 or chance <= 0:
        return np.empty(0, np.int64)
    chance = min(chance, 1.0)
    found, last = [], -1
    while last < number - 1:
        expected = (number - last) * chance
        gaps = rng.geometric(chance, int(expected + 4 * expected**0.5) + 8)
        places = last + np.cumsum(gaps)
        found.append(places)
        last = int(places[-1])
    joined = np.concatenate(found)
    return joined[: np.searchsorted(joined, number)]


def happens(rng: np.random.Generator, pool: w.Array, highest: float) -> tuple[w.Array, w.Array]:
    """Candidates of a pool under the highest chance.

    Returns:
        The people drawn, and for each a number below ``highest``: whose own chance is above it, to him it happens.
    """
    drawn = pool[hits(rng, len(pool), highest)]
    return drawn, rng.random(len(drawn)) * highest


@dataclass(frozen=True)
class Pools:
    """Lists of people as they stood at the begin of the year; who came since has a number from ``newcomers`` on.

    ``bands``: people by age, for deaths. ``women`` of 15-49. ``single_women`` and ``single_men`` (by birthday, oldest
    first) of 19 and over. ``youths``: never married of 16-34. ``husbands`` and ``wives``. ``elders``: unmarried of 60
    and over. ``workers``: of 15-64. ``of_mother``: children by mother; ``of_father``: children of elders by father.
    """

    newcomers: int
    bands: tuple[w.Array, ...]
    women: w.Array
    single_women: w.Array
    single_men: w.Array
    single_men_born: w.Array
    youths: w.Array
    husbands: w.Array
    wives: w.Array
    elders: w.Array
    workers: w.Array
    of_mother: Line
    of_father: Line

    @classmethod
    def of(cls, world: w.World) -> Pools:
        """The lists of this day."""
        people = world.people
        here = np.flatnonzero(people["village"] >= 0).astype(np.int32)
        age = np.clip((world.first_day - people["born"][here]) / YEAR, 0, OLDEST).astype(np.int8)
        order = np.argsort(age, kind="stable")
        here, age = here[order], age[order]
        ends = np.searchsorted(age, BANDS)
        sex, spouse, marital = people["sex"][here], people["spouse"][here], people["marital"][here]
        grown = slice(int(np.searchsorted(age, 15)), None)
        here_g, age_g, sex_g, free_g = here[grown], age[grown], sex[grown], spouse[grown] < 0
        men = here_g[(sex_g == w.MALE) & free_g & (age_g >= 19) & (age_g < 66)]
        men = men[np.argsort(people["born"][men], kind="stable")]
        elders = here_g[free_g & (age_g >= 60)]
        return cls(
            newcomers=len(people),
            bands=tuple(here[first:end] for first, end in pairwise(ends)),
            women=here_g[(sex_g == w.FEMALE) & (age_g < 50)],
            single_women=here_g[(sex_g == w.FEMALE) & free_g & (age_g >= 19) & (age_g < 60)],
            single_men=men,
            single_men_born=people["born"][men],
            youths=here_g[(marital[grown] == w.SINGLE) & (age_g >= 16) & (age_g < 35)],
            husbands=here_g[(sex_g == w.MALE) & ~free_g],
            wives=here_g[(sex_g == w.FEMALE) & ~free_g],
            elders=elders,
            workers=here_g[age_g < 65],
            of_mother=Line.of(people, "mother"),
            of_father=Line.of(people, "father", elders),
        )


def monthly(rate: w.Array | float) -> w.Array:
    """Chance within a month of what has a rate per year."""
    return np.asarray(-np.expm1(-np.asarray(rate) / 12))


def ages(world: w.World, who: w.Array) -> w.Array:
    """Completed years of people in the middle of the month, at most 110; shape of ``who``."""
    return np.clip((world.first_day + 15 - world.people["born"][who]) / YEAR, 0, OLDEST).astype(np.int64)


def at_hand(world: w.World, who: w.Array) -> w.Array:
    """Whether people live here and nothing else happens to them this month; shape of ``who``."""
    free: w.Array = (world.people["village"][who] >= 0) & (world.people["busy"][who] != world.month)
    return free


def spread(rng: np.random.Generator, mean: float) -> int:
    """A number of happenings with this mean."""
    return int(rng.poisson(mean))
