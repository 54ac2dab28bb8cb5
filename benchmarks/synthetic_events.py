"""What the people of a synthetic county cost beside bare draws of their fates, in one process.

    python -m benchmarks.synthetic_events [PERSONS [MONTHS]]        600000 60
    python -m benchmarks.synthetic_events shards [COUNT]            17 counties of 588,236 persons, 12 months each

Two yardsticks, neither of which knows a sex, a state, a household or a table:

- *every person, every month*: for each of the hazards below one uniform number (float64) for every person of a
  population of constant size, compared with the rate of the person's age, and the list of those to whom it happens. It
  is generous to the county, which draws only the few who might be concerned.
- *as many numbers*: as many uniform numbers as the county itself asked its generators for, its first day included, in
  as many months, compared with a rate, and the list of the hits. It is what the draws alone cost; all that a county
  does besides (who is whose child, homes, unions, names, tables) has no counterpart in it.

Prints CPU seconds (user + system), the ratio to both (the budget of 3 is for the first) and the peak resident size
(budget 2 GB).
"""

from __future__ import annotations

import resource
import sys
from typing import Any
from unittest import mock

import numpy as np

from orchestration.synthesis import population
from orchestration.synthesis.counties.county import load_county, plan
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.population import settle, simulation
from orchestration.synthesis.streams import stream

HAZARDS = ("death", "birth", "wedding", "divorce", "departure alone", "household's move", "stay elsewhere")
COUNTY, VILLAGES, START = "331099", 500, month_number(2014, 1)
SHARDS, SHARD_PERSONS, SHARD_MONTHS = 17, 588_236, 12


def cpu() -> float:
    """CPU seconds of this process up to now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """Peak resident size of this process in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def bare(persons: int, months: int) -> tuple[float, int]:
    """CPU seconds of the bare draws and how many happenings they yield."""
    rng = np.random.default_rng(1)
    ages = rng.integers(0, 90, persons, dtype=np.int8)
    rates = rng.uniform(0.0002, 0.0012, (len(HAZARDS), 90))
    began, happened = cpu(), 0
    for _ in range(months):
        for rate in rates:
            happened += len(np.flatnonzero(rng.random(persons) < rate[ages]))
    return cpu() - began, happened


def thinned(numbers: int, months: int) -> float:
    """CPU seconds of so many uniform numbers in so many months, compared with one rate and listed."""
    rng, each = np.random.default_rng(1), -(-numbers // months)
    began = cpu()
    for _ in range(months):
        np.flatnonzero(rng.random(each) < 0.3)
    return cpu() - began


class Counted:
    """A generator that counts the numbers it is asked for."""

    numbers = 0

    def __init__(self, *address: Any) -> None:
        self._rng = stream(*address)

    def __getattr__(self, law: str) -> Any:
        draw = getattr(self._rng, law)

        def counted(*values: Any, **more: Any) -> Any:
            drawn = draw(*values, **more)
            Counted.numbers += np.size(drawn)
            return drawn

        return counted


def asked_for(persons: int, months: int) -> tuple[int, int]:
    """How many random numbers the first day of a county takes, and how many its months take."""
    Counted.numbers = 0
    with mock.patch.object(simulation, "stream", Counted), mock.patch.object(settle, "stream", Counted):
        county(persons, 0, 1)
        first_day, Counted.numbers = Counted.numbers, 0
        county(persons, months, 1)
    return first_day, Counted.numbers - first_day


def county(persons: int, months: int, seed: int) -> tuple[float, int]:
    """CPU seconds of one whole county, its tables included, and the number of its events and stays."""
    options = Options(COUNTY, VILLAGES, persons, months, seed, START)
    place = load_county(COUNTY)
    villages, lineage = plan(place, options)
    began = cpu()
    tables = population.simulate(villages, lineage, place.figures, options, START + months - 1)
    return cpu() - began, tables["events"].height + tables["floats"].height


def one(persons: int, months: int) -> None:
    """A county beside the draws, in turns, and the best of each."""
    drawn, lived = [], []
    for round_ in range(2):
        drawn.append(bare(persons, months)[0])
        seconds, happened = county(persons, months, round_ + 1)
        lived.append(seconds)
    begun, asked = asked_for(persons, months)
    few = min(thinned(begun + asked, months) for _ in range(2))
    best = min(lived)
    print(
        f"{persons:,} persons x {months} months: county with {happened:,} events and stays {best:.2f} s CPU, "
        f"peak {peak():.2f} GB (budget 2)\n"
        f"every person, every month, {len(HAZARDS)} hazards: {min(drawn):.2f} s | ratio {best / min(drawn):.2f} "
        f"(budget 3)\n"
        f"as many numbers ({begun / 1e6:.1f} M on the first day, {asked / 1e6:.1f} M in the months): {few:.2f} s | "
        f"ratio {best / few:.1f} (no budget)"
    )


def shards(count: int) -> None:
    """Counties one after another: what one more costs, and whether the memory grows."""
    seconds = []
    for seed in range(1, count + 1):
        used, happened = county(SHARD_PERSONS, SHARD_MONTHS, seed)
        seconds.append(used)
        print(f"shard {seed}: {used:.2f} s CPU, {happened:,} events and stays, peak {peak():.2f} GB")
    print(
        f"{count} shards of {SHARD_PERSONS:,} persons x {SHARD_MONTHS} months ({count * SHARD_PERSONS:,} persons): "
        f"{sum(seconds):.0f} s CPU; peak {peak():.2f} GB (budget 2)"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["shards"]:
        shards(int(sys.argv[2]) if len(sys.argv) > 2 else SHARDS)
    else:
        one(*(int(text) for text in (*sys.argv[1:3], *("600000", "60")[len(sys.argv) - 1 :])))
