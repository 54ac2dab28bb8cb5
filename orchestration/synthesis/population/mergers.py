"""Villages that end and pass their people on to successors."""

from __future__ import annotations

import numpy as np
import polars as pl

from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.settle import ordinal

Heirs = dict[int, tuple[w.Array, w.Array]]
"""By ending village: its successors, and where the share of each ends when all are laid in a row."""


def heirs_by_day(lineage: pl.DataFrame) -> dict[int, Heirs]:
    """The changes of each day on which there are any, by days since 1970."""
    found: dict[int, Heirs] = {}
    grouped = lineage.group_by("effective_day", "old_village", maintain_order=True).agg("new_village", "share")
    for day, old, new, share in grouped.iter_rows():
        found.setdefault(ordinal(day), {})[old] = (np.array(new), np.cumsum(share))
    return found


def _heir(heirs: Heirs, village: w.Array, draw: w.Array) -> w.Array:
    """The successor of each village for a draw from 0 to 1; shape of ``village``."""
    successor = np.empty(len(village), np.int32)
    for old, (new, ends) in heirs.items():
        mine = village == old
        place = np.searchsorted(ends, draw[mine] * ends[-1], side="right")
        successor[mine] = new[np.minimum(place, len(new) - 1)]
    return successor


def merge(world: w.World, heirs: Heirs, rng: np.random.Generator) -> None:
    """Carry out changes that take effect on the first day of this month.

    Whole households go to one successor, by the shares where there are several. Open stays end in the old village and
    begin anew in the new one.
    """
    world.first_free_day = 1
    people, stays, ending = world.people, world.stays, list(heirs)
    of_household, of_stay = rng.random(world.households + 1), rng.random(len(stays))
    who = np.flatnonzero(np.isin(people["village"], ending))
    household = people["household"][who]
    village = _heir(heirs, people["village"][who], of_household[household])
    world.unsettle(who, world.first_day, "merger")
    world.settle(who, household, village, world.first_day, "merger")
    rows = np.flatnonzero(np.isin(stays["village"], ending) & (stays["to_day"] > world.first_day))
    village, person = _heir(heirs, stays["village"][rows], of_stay[rows]), stays["person"][rows]
    known = person >= 0
    village[known] = people["village"][person[known]]
    kept = {name: stays[name][rows] for name in w.STAYS if name not in {"village", "from_day"}}
    stays["to_day"][rows] = world.first_day
    new = stays.add(len(rows), village=village, from_day=world.first_day, **kept)
    people["stay"][person[known]] = new[known]
