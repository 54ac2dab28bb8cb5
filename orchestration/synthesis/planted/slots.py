"""Where and when each check is broken: the registry of ``planted.yml`` and the places drawn for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.months import first_day, month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream


@lru_cache(maxsize=1)
def registry() -> Mapping[str, Mapping[str, Any]]:
    """All checks AC-01 to BC-09: what is planted for each, or why nothing is."""
    checks: Mapping[str, Mapping[str, Any]] = _file()["checks"]
    return checks


@lru_cache(maxsize=1)
def negatives() -> Mapping[str, str]:
    """Lawful things that look like violations, by name."""
    found: Mapping[str, str] = _file()["negatives"]
    return found


def _file() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("planted.yml").read_text(encoding="utf-8"))
    return loaded


def is_planted(options: Options) -> bool:
    """Whether a run holds violations at all: never under names of real places."""
    return options.defects > 0 and not options.real_names


@dataclass(frozen=True)
class Slot:
    """A check, the office and village that break it, and the month into which the violation falls."""

    check: str
    office: str
    village: int
    village_name: str
    month: int
    dice: Dice

    def day(self, first: int, last: int) -> date:
        """A day of the month between two days of the month."""
        return first_day(self.month) + timedelta(days=self.dice.between((first, last)) - 1)


def slots(villages: pl.DataFrame, options: Options) -> Iterator[Slot]:
    """A slot for each check that is planted, spread over the offices; none where nothing is to be planted.

    Args:
        villages: table of the truth; villages that begin later take no part.
        options: seed, first month, dose.
    """
    if not is_planted(options):
        return
    homes = villages.filter(pl.col("persons_wanted") > 0).sort("village")
    offices = homes["township_code"].unique().sort().to_list()
    order = stream(options, "planted offices").permutation(len(offices))
    wanted = [check for check, entry in registry().items() if "why_not" not in entry]
    for place, check in enumerate(wanted):
        dice = Dice(stream(options, f"planted {check}"))
        office = offices[order[place % len(offices)]]
        inside = homes.filter(pl.col("township_code") == office)
        chosen = inside.row(dice.between((0, inside.height - 1)), named=True)
        month = _month(registry()[check], options, dice)
        yield Slot(check, office, chosen["village"], chosen["name_zh"], month, dice)


def _month(entry: Mapping[str, Any], options: Options, dice: Dice) -> int:
    if "at" in entry:
        year, _, month = str(entry["at"]).partition("-")
        return month_number(int(year), int(month))
    return options.start + dice.between(entry.get("months", (0, 0)))
