"""The month loop: a county is settled, then lives one month after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl

from orchestration.synthesis import months
from orchestration.synthesis.options import Options
from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.arrivals import returns, strangers
from orchestration.synthesis.population.births import Bearing, bearing_women, births
from orchestration.synthesis.population.deaths import deaths
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.marriages import weddings
from orchestration.synthesis.population.mergers import heirs_by_day, merge
from orchestration.synthesis.population.moves import moves
from orchestration.synthesis.population.naming import Naming
from orchestration.synthesis.population.nuptiality import Nuptiality
from orchestration.synthesis.population.output import frames
from orchestration.synthesis.population.partings import divorces
from orchestration.synthesis.population.pools import Pools
from orchestration.synthesis.population.rates import Vital, national
from orchestration.synthesis.population.settle import ordinal, settle
from orchestration.synthesis.population.stays import Floating
from orchestration.synthesis.streams import stream

_CENSUS_YEAR = 2010.83


class County:
    """A county that lives: every call of ``live`` is one month, in order."""

    def __init__(self, villages: pl.DataFrame, lineage: pl.DataFrame, figures: Figures, options: Options) -> None:
        self._heirs, self._figures, self._options = heirs_by_day(lineage), figures, options
        self._curves = Nuptiality.fitted(figures.census)
        self._vital = Vital(figures.death_factor, figures.birth_factor)
        self._bearing, self._floating = Bearing(figures), Floating(figures)
        seasons = national()["seasons"]
        self._seasons = {name: np.array(shares) * 12 / sum(shares) for name, shares in seasons.items()}
        self.world = settle(villages, figures, self._curves, options)
        first_day = ordinal(months.first_day(options.start))
        self._floating.begin(self.world, stream(options, "first stays"), first_day)
        self._pools: Pools | None = None

    def live(self, month: int) -> None:
        """One month; all that happens in it happens to a person at most once, but for what belongs together."""
        world, figures, options = self.world, self._figures, self._options
        world.month, world.first_day = month, ordinal(months.first_day(month))
        world.days = ordinal(months.last_day(month)) - world.first_day + 1
        world.first_free_day = 0
        if world.first_day in self._heirs:
            merge(world, self._heirs[world.first_day], stream(options, "mergers", month))
        if self._pools is None or month % 12 == 0:
            self._pools = Pools.of(world)
        pools = self._pools
        season = {name: float(shares[month % 12]) for name, shares in self._seasons.items()}
        year = (month + 0.5) / 12
        here = int(np.count_nonzero(world.people["village"] >= 0))
        # The fertility of a calendar year holds for all its months.
        rates, women = self._vital.births(month // 12), bearing_women(world, pools)
        if month % 3 == 0 or month == options.start:
            self._bearing.set_level(world, women, rates)
        rng = stream(options, "births", month)
        births(world, rng, self._bearing.mothers(world, women, rng, rates, season["births"]), figures)
        deaths(world, pools, stream(options, "deaths", month), self._vital.deaths(month // 12), season["deaths"])
        delay = figures.marriage["delay"] * (year - _CENSUS_YEAR)
        first = self._curves.first_marriages(w.FEMALE, delay)
        weddings(world, pools, stream(options, "weddings", month), figures, first, season["weddings"])
        divorces(world, pools, stream(options, "divorces", month), figures)
        rng = stream(options, "moves", month)
        strangers(world, rng, figures, here, season["moves"])
        returns(world, rng)
        moves(world, pools, rng, figures, season["moves"])
        self._floating.month(world, pools, stream(options, "stays", month), here)
        world.close_month()


def simulate(
    villages: pl.DataFrame,
    lineage: pl.DataFrame,
    figures: Mapping[str, Any],
    options: Options,
    last_month: int,
    say: Callable[[str, int, int], None] | None = None,
) -> dict[str, pl.DataFrame]:
    """Everybody who lives in the county from ``options.start`` to the end of ``last_month``.

    A shorter run yields the first rows of a longer one; only what the future fills (died, to_day, exit, end) differs.
    Stocks are those at the end of a day: who dies or moves on a day is not among its people, who is born is. The first
    people's spans begin on the day before the first month.

    Args:
        villages, lineage: tables of ``schemas.SCHEMAS``.
        figures: the ``demography:`` block of the county's file.
        options: who is asked for; months, defects and forms have no influence.
        last_month: number of the last month that is lived.
        say: told (what, done, of how many) after every month.

    Returns:
        The tables persons, residences, unions, events and floats.

    Raises:
        CouldNotRun: more people share a birthday than identity numbers can tell apart.
        KeyError: the figures lack one.
    """
    read = Figures.read(figures)
    county = County(villages, lineage, read, options)
    span = range(options.start, last_month + 1)
    for done, month in enumerate(span, 1):
        county.live(month)
        if say is not None:
            say("population", done, len(span))
    last_day = ordinal(months.last_day(last_month))
    return frames(county.world, Naming(read.prefixes), last_day)
