"""People who leave one household for another, one village for another, or the county."""

from __future__ import annotations

import numpy as np

from orchestration.synthesis.population import world as w

_NEAR = 0.65  # of those who leave for another county of the province; the others go further


def elsewhere(rng: np.random.Generator, number: int) -> w.Array:
    """How far away people outside the county come from or go to, as codes of ``PLACES``; shape (number,)."""
    near, far = w.PLACES.index("county"), w.PLACES.index("province")
    return np.where(rng.random(number) < _NEAR, near, far).astype(np.int8)


def transfer(
    world: w.World,
    who: w.Array,
    day: w.Array,
    village: w.Array,
    home: w.Array,
    cause: w.Array | int,
    place: w.Array,
) -> None:
    """Everybody leaves his household for another one; it is a move where the village changes.

    Args:
        who, day: people, each once, and the days.
        village: where to; -1 leaves the county.
        home: household there; of no meaning outside.
        cause: of the move, a code of ``CAUSES``.
        place: how far away who leaves the county goes (``elsewhere``); of no meaning for the others.
    """
    if not len(who):
        return
    people = world.people
    cause = np.broadcast_to(np.asarray(cause, np.int8), len(who))
    old = people["village"][who]
    out, same = village < 0, village == old
    away = ~out & ~same
    world.unsettle(who[same], day[same], "household")
    world.unsettle(who[~same], day[~same], "move")
    world.settle(who[same], home[same], village[same], day[same], "household")
    world.settle(who[away], home[away], village[away], day[away], "move")
    world.note_move(day[away], who[away], old[away], village[away], cause[away])
    gone = who[out]
    world.note("move_out", day[out], gone, old[out], other_place=place[out], cause=cause[out])
    world.leavers.add(len(gone), person=gone, month=world.month, cause=cause[out])
    close_stays(world, who[~same], day[~same])
    people["busy"][who] = world.month


def close_stays(world: w.World, who: w.Array, day: w.Array) -> None:
    """Stays elsewhere of people who die or move end on that day at the latest."""
    people, stays = world.people, world.stays
    row = people["stay"][who]
    staying = row >= 0
    row, day, who = row[staying], day[staying], who[staying]
    stays["to_day"][row] = np.minimum(stays["to_day"][row], day)
    people["away_until"][who] = np.minimum(people["away_until"][who], day)
    people["stay"][who] = -1
