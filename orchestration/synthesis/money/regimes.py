"""The rules of the day for one county, from the product's table of policy regimes."""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from orchestration.settings import SEEDS_DIR

NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Regime:
    """One rule and its days ``[valid_from, valid_to)``.

    ``children`` need no approval. ``surcharge_mille`` of the unpaid fee are due for a month overdue, 0 where local
    rules held. A birth under a regime that does not ``levy`` costs nothing, and no money may come in where it does not
    ``collect``.
    """

    name: str
    valid_from: date
    valid_to: date
    children: int
    levy: bool
    collect: bool
    surcharge_mille: int


@dataclass(frozen=True)
class Regimes:
    """The regimes of one county in order of time."""

    rules: tuple[Regime, ...]

    def on(self, day: date) -> Regime:
        """The rule of a day; the first one for any day before it."""
        starts = [rule.valid_from for rule in self.rules]
        return self.rules[max(bisect_right(starts, day) - 1, 0)]

    @property
    def collection_ends(self) -> date:
        """First day on which no fee may come in any more."""
        return next((rule.valid_from for rule in self.rules if not rule.collect), NEVER)


@lru_cache(maxsize=32)
def regimes_of(county_code: str) -> Regimes:
    """The regimes of a county: on each day the one of the longest prefix of its code."""
    with (SEEDS_DIR / "policy_regime.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if _applies(row["area_prefix"], county_code)]
    rows.sort(key=lambda row: 0 if row["area_prefix"] == "00" else len(row["area_prefix"]))
    edges = sorted({row[edge] for row in rows for edge in ("valid_from", "valid_to")})
    found = []
    for begin, end in pairwise(edges):
        in_force = [row for row in rows if row["valid_from"] <= begin < row["valid_to"]]
        if in_force:
            found.append(_rule(in_force[-1], date.fromisoformat(begin), date.fromisoformat(end)))
    return Regimes(tuple(found))


def _applies(prefix: str, county_code: str) -> bool:
    return prefix == "00" or county_code.startswith(prefix)


def _rule(row: dict[str, str], begin: date, end: date) -> Regime:
    return Regime(
        name=row["regime"],
        valid_from=begin,
        valid_to=end,
        children=int(row["children_without_approval"]),
        levy=row["levy_allowed"] in ("yes", "local"),
        collect=row["collection_allowed"] != "no",
        surcharge_mille=round(float(row["surcharge_rate_month"] or 0) * 1000),
    )
