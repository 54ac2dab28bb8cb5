"""Which villages of a county take part in a run, and how many people each has at its start."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from orchestration.synthesis.counties.places import OPEN_END
from orchestration.synthesis.months import first_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed

if TYPE_CHECKING:
    from orchestration.synthesis.counties.county import County
    from orchestration.synthesis.counties.lineage import Change

VILLAGES_PER_TOWNSHIP = 10
# Spread of village sizes: standard deviation of the logarithm.
SIGMA = 0.55
# Nobody draws a village that could not fill a ledger.
FEWEST_PERSONS = 10
# The statistics office numbers communities below 200.
_FIRST_VILLAGE = 200


def plan(county: County, options: Options) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Choose villages and their sizes.

    The villages of the start come first, in the order of codes, then the codes that follow from them by merger within
    the span of the run, in the order of their days: a longer run only adds rows.

    Returns:
        The tables ``villages`` and ``lineage`` of the truth. ``persons_wanted`` (persons at the start) adds up to
        ``options.persons`` and is 0 for villages that begin later.
    """
    start, end = first_day(options.start), first_day(options.start + options.months)
    chosen = _chosen(county, start, options.villages)
    changes = sorted(_followed(county, chosen, end), key=lambda change: (change.effective, change.new, change.old))
    places = [*chosen, *dict.fromkeys(change.new for change in changes)]
    sizes = _sizes(options, len(chosen))
    villages = pl.DataFrame(
        [
            {
                "village": number,
                "division_code": village.division_code,
                "name_zh": county.name_on(village.division_code, start),
                "township_code": village.township_code,
                "township_name": county.name_on(village.township_code, start),
                "valid_from": village.valid_from,
                "valid_to": village.valid_to,
                "persons_wanted": sizes[number] if number < len(chosen) else 0,
            }
            for number, village in enumerate(county.villages[place] for place in places)
        ]
    )
    numbers = {place: number for number, place in enumerate(places)}
    lineage = [
        {
            "old_village": numbers[change.old],
            "new_village": numbers[change.new],
            "effective_day": change.effective,
            "share": change.share,
        }
        for change in changes
    ]
    return typed("villages", villages), typed("lineage", pl.DataFrame(lineage)) if lineage else empty("lineage")


def available(county: County, start: date) -> list[int]:
    """Places of the villages that a run may begin with on a day.

    Not among them: a village that ends one day without a code that follows it, since its people would be nowhere.
    """
    followed = {change.old for change in county.lineage}
    return [
        place
        for place, village in enumerate(county.villages)
        if village.valid_from <= start < village.valid_to and (village.valid_to == OPEN_END or place in followed)
    ]


def _chosen(county: County, start: date, count: int) -> list[int]:
    """Villages in turn from townships that stand evenly over the list, so that a small run has every kind."""
    by_township = _grouped(county, available(county, start))
    number = min(len(by_township), max(-(-count // VILLAGES_PER_TOWNSHIP), 2 if count >= 4 else 1))
    while sum(map(len, picked := _spread(by_township, number))) < count and number < len(by_township):
        number += 1
    taken: list[int] = []
    for turn in range(max(map(len, picked), default=0)):
        taken += [villages[turn] for villages in picked if turn < len(villages)]
    return sorted(taken[:count])


def _grouped(county: County, places: Sequence[int]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for place in places:
        groups.setdefault(county.villages[place].township_code, []).append(place)
    return [_by_turns(county, inside) for inside in groups.values()]


def _by_turns(county: County, places: Sequence[int]) -> list[int]:
    """The places of one township, communities (numbers below 200) and villages in turn."""
    kinds: tuple[list[int], list[int]] = ([], [])
    for place in places:
        kinds[int(county.villages[place].division_code[9:]) >= _FIRST_VILLAGE].append(place)
    turns = zip_longest(*kinds)
    return [place for turn in turns for place in turn if place is not None]


def _spread(groups: list[list[int]], number: int) -> list[list[int]]:
    return [groups[turn * len(groups) // number] for turn in range(number)]


def _followed(county: County, chosen: Sequence[int], end: date) -> Iterator[Change]:
    """The changes before a day that villages and their successors go through."""
    reached = set(chosen)
    for change in sorted(county.lineage, key=lambda change: change.effective):
        if change.old in reached and change.effective < end:
            reached.add(change.new)
            yield change


def _sizes(options: Options, count: int) -> list[int]:
    """Lognormal sizes that add up to ``options.persons`` exactly: largest remainders take what rounding leaves."""
    weights = stream(options, "village sizes").lognormal(0.0, SIGMA, count)
    spare = options.persons - FEWEST_PERSONS * count
    exact = weights / weights.sum() * spare
    sizes = np.floor(exact).astype(np.int64)
    sizes[np.argsort(sizes - exact, kind="stable")[: spare - int(sizes.sum())]] += 1
    return [int(size) + FEWEST_PERSONS for size in sizes]
