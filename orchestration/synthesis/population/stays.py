"""The floating population: people who are away from their hukou village for work, study or family, and strangers here.

They leave after the spring festival and come home before one, this year's or a later one; some come and go in between.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import YEAR
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.pools import Pools, ages, happens, spread
from orchestration.synthesis.population.rates import OLDEST, national

_FIRST_YEAR, _LAST_YEAR = 1990, 2060
_MIDDLE_DATE = (2, 5)  # about which the festival moves, for years the table lacks
# Of the ends: at a festival; otherwise after a time of chance. The festival is the next with this chance, else a later.
_AT_FESTIVAL, _NEXT = 0.7, 0.5
_BEFORE = (5, 25)  # days before the festival
_SHORT = (20, 700)  # days of a stay that ends at no festival
_MEAN_YEARS = 1.45  # of a stay, by these laws
# People who leave in the month of the festival, the two after it and in any other month, against the mean month.
_LEAVING = (0.8, 3.2, 1.9, 0.68)
# How likely people are away, by age, against the highest; shares of causes and of distances.
_AWAY = (np.array([14, 17, 21, 30, 40, 50, 60, 66]), np.array([0.0, 0.45, 1.0, 0.9, 0.6, 0.35, 0.12, 0.0]))
_REASONS = (np.array([w.CAUSES.index(c) for c in ("work", "study", "family", "other")]), (0.78, 0.08, 0.11, 0.03))


def _festivals() -> w.Array:
    """Days of the spring festival from ``_FIRST_YEAR`` on."""
    table = national()["spring_festival"]
    dates = [table.get(year) or date(year, *_MIDDLE_DATE) for year in range(_FIRST_YEAR, _LAST_YEAR + 1)]
    return np.array(dates, "datetime64[D]").astype(np.int64)


class Floating:
    """Who leaves and who comes, month by month."""

    def __init__(self, figures: Figures) -> None:
        self._law = figures.stays
        self._festivals = _festivals()
        curve = np.interp(np.arange(OLDEST + 1) + 0.5, *_AWAY)
        people = figures.census.ages.sum(axis=0)
        middle = np.array([0, 3, *range(7, 90, 5)])
        average = float((curve[middle] * people).sum() / people.sum())
        # Shares away by single age that give the wanted share of the whole population.
        self._away = np.minimum(curve * self._law["out"] / average, 0.8)

    def season(self, month: int) -> float:
        """Departures of a month against the mean month's."""
        year = month // 12
        festival = self._festivals[np.clip(year - _FIRST_YEAR, 0, len(self._festivals) - 1)]
        of_festival = int(np.datetime64(int(festival), "D").astype("datetime64[M]").astype(int)) + 1970 * 12
        return _LEAVING[min(month - of_festival, 3) if month >= of_festival else 3]

    def ends(self, rng: np.random.Generator, day: w.Array) -> w.Array:
        """Planned ends of stays that begin on these days; shape of ``day``."""
        number = len(day)
        after = np.searchsorted(self._festivals, day + 40) + rng.geometric(_NEXT, number) - 1
        home = self._festivals[np.minimum(after, len(self._festivals) - 1)] - rng.integers(*_BEFORE, number)
        short = day + rng.integers(*_SHORT, number)
        return np.where(rng.random(number) < _AT_FESTIVAL, home, short).astype(np.int32)

    def _leave(self, world: w.World, rng: np.random.Generator, who: w.Array, day: w.Array, until: w.Array) -> None:
        people = world.people
        rows = world.stays.add(
            len(who),
            flow=w.FLOWS.index("out"),
            person=who,
            sex=people["sex"][who],
            born=people["born"][who],
            village=people["village"][who],
            place=rng.choice(4, len(who), p=self._law["out_places"]),
            reason=_reasons(rng, len(who)),
            from_day=day,
            to_day=until,
        )
        people["stay"][who], people["away_until"][who] = rows, until

    def _come(self, world: w.World, rng: np.random.Generator, day: w.Array, until: w.Array) -> None:
        number = len(day)
        people = world.people
        village = people["village"][rng.integers(0, len(people), number)]
        here = village >= 0
        born = day - (np.clip(19 + rng.gamma(2.2, 6.5, number), 15.5, 69) * YEAR).astype(np.int32)
        world.stays.add(
            int(here.sum()),
            flow=w.FLOWS.index("in"),
            person=-1,
            sex=(rng.random(number) >= self._law["in_men"])[here],
            born=born[here],
            village=village[here],
            place=rng.choice(4, number, p=self._law["in_places"])[here],
            reason=_reasons(rng, number)[here],
            from_day=day[here],
            to_day=until[here],
        )

    def begin(self, world: w.World, rng: np.random.Generator, first_day: int) -> None:
        """Those who are away, and those who are here, on the first day."""
        people = world.people
        age = np.clip((first_day - people["born"]) / YEAR, 0, OLDEST).astype(np.int64)
        who = np.flatnonzero(rng.random(len(people)) < self._away[age])
        for number, stay in ((len(who), self._leave), (round(len(people) * self._law["in"]), None)):
            day = (first_day - 1 - rng.integers(0, 540, number)).astype(np.int32)
            until = self.ends(rng, day)
            over = until <= first_day
            until[over] = first_day + rng.integers(1, 540, int(over.sum()))
            if stay is not None:
                stay(world, rng, who, day, until)
            else:
                self._come(world, rng, day, until)

    def month(self, world: w.World, pools: Pools, rng: np.random.Generator, here: int) -> None:
        """Departures and arrivals of a month. ``here``: how many people live in the county."""
        people = world.people
        season = self.season(world.month)
        leaving = self._away / (1 - self._away) / _MEAN_YEARS / 12 * season
        who, below = happens(rng, pools.workers, float(leaving.max()))
        who = who[(below < leaving[ages(world, who)]) & (people["village"][who] >= 0)]
        who = who[(people["busy"][who] != world.month) & (people["away_until"][who] < world.first_day)]
        day = world.any_days(rng, len(who))
        self._leave(world, rng, who, day, self.ends(rng, day))
        number = spread(rng, here * self._law["in"] / _MEAN_YEARS / 12 * season)
        day = world.any_days(rng, number)
        self._come(world, rng, day, self.ends(rng, day))


def _reasons(rng: np.random.Generator, number: int) -> w.Array:
    causes, shares = _REASONS
    return causes[rng.choice(len(causes), number, p=shares)]
