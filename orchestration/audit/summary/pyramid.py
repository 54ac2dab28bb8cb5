"""The pyramid of ages: a tier for each group, men to the left and women to the right of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.audit.summary.records import Record
from orchestration.audit.summary.scales import scale_over

SEXES = ("male", "female")
# Percent of the width: each side, and what is left between them for the words of the ages.
SIDE = 44.0
TIER_PX = 17
TICKS_SHOWN = 4


@dataclass(frozen=True)
class Tier:
    """One group of ages. Widths in percent of the drawing, ``top`` in pixels; a side that is not known has no bar."""

    age_group: str
    male: Record | None
    female: Record | None
    male_width: float | None
    female_width: float | None
    top: int


@dataclass(frozen=True)
class Pyramid:
    """Tiers from the oldest down, the ticks of both sides as (persons, percent of the width), and who has no tier."""

    tiers: list[Tier]
    ticks: list[tuple[int, float]]
    unplaced: list[Record]

    @property
    def height(self) -> int:
        """Of the tiers, in pixels."""
        return len(self.tiers) * TIER_PX


def pyramid(rows: Sequence[Record]) -> Pyramid:
    """Place the rows of one division, day and population: one row for each sex and group of ages."""
    by_group: dict[str, dict[str, Record]] = {}
    placed = [row for row in rows if row["sex"] in SEXES and _youngest(row["age_group"]) is not None]
    for row in placed:
        by_group.setdefault(row["age_group"], {})[row["sex"]] = row
    most = max((row["persons"] or 0 for row in placed), default=0)
    scale = scale_over([most], least_step=1)

    def width(row: Record | None) -> float | None:
        return None if row is None or row["persons"] is None else round(row["persons"] / scale.high * SIDE, 3)

    tiers = []
    for place, group in enumerate(sorted(by_group, key=lambda group: _youngest(group) or 0, reverse=True)):
        male, female = by_group[group].get("male"), by_group[group].get("female")
        tiers.append(Tier(group, male, female, width(male), width(female), place * TIER_PX))
    ticks = [(round(tick), round(tick / scale.high * SIDE, 3)) for tick in scale.ticks]
    return Pyramid(tiers, ticks[:: 1 if len(ticks) <= TICKS_SHOWN else 2], [row for row in rows if row not in placed])


def _youngest(group: str) -> int | None:
    """The age that a group begins with, if it is one of ages."""
    found = re.match(r"\d+", group)
    return int(found.group()) if found else None
