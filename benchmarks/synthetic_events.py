"""What the people of a synthetic county cost beside the bare draws of their fates, in one process.

    python -m benchmarks.synthetic_events [PERSONS [MONTHS]]        600000 60
    python -m benchmarks.synthetic_events shards [COUNT]            2 of 17 counties of 588,236 persons, 12 months each

The bare draws: in every month, for each of the hazards below, one uniform number (float64) for every person of a
population of constant size, compared with the rate of the person's age, and the list of those to whom it happens. The
hazards are those that the county applies to people by age. The draws know no sex, no state, no household, no table.

Prints CPU seconds (user + system), the ratio to the bare draws (budget 3) and the peak resident size (budget 2 GB).
"""

from __future__ import annotations

import resource
import sys

import numpy as np

from orchestration.synthesis import population
from orchestration.synthesis.counties.county import load_county, plan
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options

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
    print(
        f"{persons:,} persons x {months} months: bare draws of {len(HAZARDS)} hazards {min(drawn):.2f} s CPU, "
        f"county with {happened:,} events and stays {min(lived):.2f} s CPU | ratio {min(lived) / min(drawn):.2f} "
        f"(budget 3) | peak {peak():.2f} GB (budget 2)"
    )


def shards(count: int) -> None:
    """Counties one after another: what one more costs, and whether the memory grows."""
    seconds = []
    for seed in range(1, count + 1):
        used, happened = county(SHARD_PERSONS, SHARD_MONTHS, seed)
        seconds.append(used)
        print(f"shard {seed}: {used:.2f} s CPU, {happened:,} events and stays, peak {peak():.2f} GB")
    print(
        f"{SHARDS} shards of {SHARD_PERSONS:,} persons x {SHARD_MONTHS} months (10 M persons): "
        f"{SHARDS * sum(seconds) / count:.0f} s CPU, extrapolated from {count}; peak {peak():.2f} GB (budget 2)"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["shards"]:
        shards(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    else:
        one(*(int(text) for text in (*sys.argv[1:3], *("600000", "60")[len(sys.argv) - 1 :])))
