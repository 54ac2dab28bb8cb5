"""People who come from outside the county: alone, with a family, or back home."""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import naming
from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import YEAR
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.nuptiality import LEGAL_AGE
from orchestration.synthesis.population.pools import spread
from orchestration.synthesis.population.settle import id_days, month_of
from orchestration.synthesis.population.transfers import elsewhere

_OWN_PREFIX = 0.12  # of those who come from outside: born here, registered here once
# Ages of people who come alone, of husbands who come with a family: mean, spread, youngest, oldest.
_ALONE, _HUSBAND = (28.0, 7.0, 18, 60), (35.0, 6.0, 25, 60)
_WITH_CHILD = 0.7
_OLDEST_CHILD, _GROWN = 15, 18
# When people come back who left for a cause: first and last month of the year (1-12), months away at least and at most,
# chance in each of these months.
_RETURNS = {"study": (6, 9, 34, 60, 0.06), "army": (12, 12, 22, 28, 0.9), "work": (1, 12, 8, 60, 0.006)}


def arrive(world: w.World, rng: np.random.Generator, figures: Figures, sex: w.Array, born: w.Array) -> w.Array:
    """New people with names and identity numbers of other places, not settled yet; returns their rows."""
    number = len(sex)
    surname, given = naming.draw_names(rng, sex)
    prefix = rng.integers(2, len(figures.prefixes), number).astype(np.int16)
    prefix[rng.random(number) < _OWN_PREFIX] = 0
    return world.people.add(
        number,
        sex=sex,
        born=born,
        id_day=id_days(rng, born),
        surname=surname,
        given=given,
        prefix=prefix,
        hukou=rng.random(number) < figures.non_agricultural,
        since=world.month,
        busy=world.month,
    )


def _some_villages(world: w.World, rng: np.random.Generator, number: int) -> w.Array:
    """Villages where people live who are picked by chance: the larger a village, the more come."""
    people = world.people
    village = people["village"][rng.integers(0, len(people), number * 8)]
    village = village[village >= 0][:number]
    if len(village) < number:  # hardly anybody lives here: look at all
        village = rng.choice(people["village"][people["village"] >= 0], number)
    return village


def _years(rng: np.random.Generator, law: tuple[float, float, int, int], number: int) -> w.Array:
    mean, width, youngest, oldest = law
    return np.clip(mean + width * rng.standard_normal(number), youngest, oldest)


def _enter(
    world: w.World, who: w.Array, home: w.Array, village: w.Array, day: w.Array, cause: w.Array | int, place: w.Array
) -> None:
    """Settle people and note their moves in."""
    world.settle(who, home, village, day, "move")
    world.note("move_in", day, who, village, other_place=place, cause=cause)


def strangers(world: w.World, rng: np.random.Generator, figures: Figures, here: int, season: float) -> None:
    """People from outside settle: some alone, some as families.

    Args:
        here: how many people live in the county.
        season: this month's moves against the mean month's.
    """
    if here == 0:
        return
    moves = figures.moves
    number = spread(rng, here * moves["in_alone"] / 12 * season)
    sex = rng.integers(0, 2, number).astype(np.int8)
    born = (world.first_day - _years(rng, _ALONE, number) * YEAR).astype(np.int32)
    village, day = _some_villages(world, rng, number), world.any_days(rng, number)
    causes = np.array([w.CAUSES.index(cause) for cause in ("work", "family", "housing", "other")], np.int8)
    cause = causes[rng.choice(4, number, p=[0.45, 0.3, 0.15, 0.1])]
    who = arrive(world, rng, figures, sex, born)
    _enter(world, who, world.new_households(number), village, day, cause, elsewhere(rng, number))
    _families(world, rng, figures, spread(rng, here * moves["in_families"] / 12 * season))


def _families(world: w.World, rng: np.random.Generator, figures: Figures, number: int) -> None:
    """Couples, most with a child, come to live in the county."""
    if not number:
        return
    people = world.people
    his = _years(rng, _HUSBAND, number)
    hers = np.clip(his - 2.5 + 2 * rng.standard_normal(number), 23, 58)
    births = [(world.first_day - years * YEAR).astype(np.int32) for years in (his, hers)]
    men = arrive(world, rng, figures, np.zeros(number, np.int8), births[0])
    women = arrive(world, rng, figures, np.ones(number, np.int8), births[1])
    # Years since both may wed; a first child comes ten to fifteen months after the wedding.
    of_age = np.minimum(hers - LEGAL_AGE[w.FEMALE], his - LEGAL_AGE[w.MALE]) - 0.1
    child_years = rng.random(number) * np.minimum(of_age - 1.8, _OLDEST_CHILD) + 0.5
    with_child = np.flatnonzero(rng.random(number) < _WITH_CHILD)
    sex = (rng.random(len(with_child)) >= figures.male_by_order[0]).astype(np.int8)
    born = (world.first_day - child_years[with_child] * YEAR).astype(np.int32)
    children = arrive(world, rng, figures, sex, born)
    people["mother"][children], people["father"][children] = women[with_child], men[with_child]
    people["surname"][children] = people["surname"][men[with_child]]
    people["hukou"][women] = people["hukou"][men]
    people["hukou"][children] = people["hukou"][men[with_child]]
    people["parity"][women[with_child]] = 1
    people["last_birth"][women[with_child]] = people["since"][women[with_child]] = month_of(born)
    wedding = world.first_day - (np.minimum(of_age - 0.2, 4.0) * rng.random(number) * YEAR).astype(np.int32) - 30
    wedding[with_child] = born - 300 - (rng.random(len(with_child)) * 150).astype(np.int32)
    rows = world.unions.add(number, wife=women, husband=men, from_day=wedding, to_day=w.NEVER)
    for one, other in ((men, women), (women, men)):
        people["spouse"][one], people["union"][one], people["marital"][one] = other, rows, w.MARRIED
    home, village, day = world.new_households(number), _some_villages(world, rng, number), world.any_days(rng, number)
    place = elsewhere(rng, number)
    causes = np.array([w.CAUSES.index(cause) for cause in ("work", "housing", "family")], np.int8)
    cause = causes[rng.choice(3, number, p=[0.4, 0.35, 0.25])]
    for who, which in ((men, slice(None)), (women, slice(None)), (children, with_child)):
        _enter(world, who, home[which], village[which], day[which], cause[which], place[which])


def returns(world: w.World, rng: np.random.Generator) -> None:
    """People who left to study, to serve or to work come back, to their mother's household if she lives here."""
    people, leavers = world.people, world.leavers
    calendar = world.month % 12 + 1
    for cause, (first, last, least, most, chance) in _RETURNS.items():
        if not first <= calendar <= last:
            continue
        low, high = np.searchsorted(leavers["month"], (world.month - most, world.month - least + 1))
        who = leavers["person"][low:high][leavers["cause"][low:high] == w.CAUSES.index(cause)]
        who = np.unique(who[rng.random(len(who)) < chance]).astype(np.int64)
        who = who[(people["village"][who] < 0) & (people["busy"][who] != world.month)]
        # Grown single people come back alone; who left with a family stays with it.
        grown = world.first_day - people["born"][who] >= _GROWN * YEAR
        who = who[grown & (people["marital"][who] == w.SINGLE)]
        mother = people["mother"][who]
        hosted = (mother >= 0) & (people["village"][mother] >= 0) & (people["busy"][mother] != world.month)
        village = np.where(hosted, people["village"][mother], _some_villages(world, rng, len(who)))
        home = np.where(hosted, people["household"][mother], -1)
        home[~hosted] = world.new_households(int((~hosted).sum()))
        day = world.any_days(rng, len(who))
        _enter(world, who, home, village, day, w.CAUSES.index(cause), elsewhere(rng, len(who)))
        people["busy"][who] = world.month
