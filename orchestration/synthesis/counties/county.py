"""A county as a place: its villages over time, what became of merged ones, and the figures of its people."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.errors import UsageError
from orchestration.settings import REFERENCE_INPUT_DIR
from orchestration.synthesis.counties.lineage import Change, Village, lineage
from orchestration.synthesis.counties.places import DIVISIONS_FILE, fictional_counties, read_county
from orchestration.synthesis.counties.plan import plan

__all__ = ["Change", "County", "Township", "Village", "known_counties", "load_county", "plan"]

REAL_DIVISIONS_FILE = REFERENCE_INPUT_DIR / "divisions_real.csv"
# The first list of a county also describes the time before it; the models of the product date that time likewise.
BEFORE_ALL_LISTS = date(1949, 10, 1)


@dataclass(frozen=True)
class Township:
    """One township code under the first of its names; ``villages`` are places in ``County.villages``."""

    code: str
    name_zh: str
    villages: tuple[int, ...]


@dataclass(frozen=True)
class County:
    """The places of one county and the figures of the county whose people it resembles.

    ``names`` holds for each code, township or village, the first day and the words of every name, oldest first.
    """

    code: str
    name_zh: str
    name_en: str
    villages: tuple[Village, ...]
    townships: tuple[Township, ...]
    lineage: tuple[Change, ...]
    names: Mapping[str, tuple[tuple[date, str], ...]]
    figures: Mapping[str, Any]

    def name_on(self, code: str, day: date) -> str:
        """What a township or village is called on a day; its first name before that."""
        spells = self.names[code]
        return next((name for begins, name in reversed(spells) if begins <= day), spells[0][1])


def known_counties() -> dict[str, str]:
    """Six-digit codes of all counties that can be made, each with the fictional county whose figures it has."""
    return {
        code: fictional
        for fictional in fictional_counties()
        for code in (fictional, str(read_county(fictional)["like"]))
    }


@cache
def load_county(code: str, *, real_names: bool = False) -> County:
    """Read a county from the shipped division lists.

    Args:
        code: six digits.
        real_names: whether a really existing county may be used.

    Raises:
        UsageError: there is no such county, or it exists and ``real_names`` is not set, or the other way round.
    """
    fictional = known_counties().get(code)
    if fictional is None:
        raise _no_county(code)
    is_real = code != fictional
    if is_real != real_names:
        raise _wrong_kind(code, fictional, is_real)
    spells = _spells(REAL_DIVISIONS_FILE if is_real else DIVISIONS_FILE, f"{code}000000")
    villages = tuple(_villages(spells))
    inside = defaultdict(list)
    for place, village in enumerate(villages):
        inside[village.township_code].append(place)
    whole = spells[f"{code}000000"][0]
    return County(
        code=code,
        name_zh=whole["name_zh"],
        name_en=whole["name_en"],
        villages=villages,
        townships=tuple(Township(above, spells[above][0]["name_zh"], tuple(inside[above])) for above in inside),
        lineage=tuple(lineage(villages)),
        names={
            division: tuple((date.fromisoformat(row["valid_from"]), row["name_zh"]) for row in rows)
            for division, rows in spells.items()
        },
        figures=read_county(fictional).get("demography", {}),
    )


def _spells(path: Path, county_code: str) -> dict[str, list[dict[str, str]]]:
    """The lines of one county by division code, in the order of codes and of time."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["county_code"] == county_code]
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["division_code"], row["valid_from"])):
        found[row["division_code"]].append(row)
    return found


def _villages(spells: Mapping[str, list[dict[str, str]]]) -> Iterator[Village]:
    """One village a code, its spells of names joined, in the order of codes."""
    first_list = min(rows[0]["valid_from"] for rows in spells.values())
    for code, rows in spells.items():
        first, last = rows[0], rows[-1]
        if first["division_level"] == "village":
            is_first = first["valid_from"] == first_list
            yield Village(
                division_code=code,
                name_zh=first["name_zh"],
                township_code=first["parent_code"],
                township_name=spells[first["parent_code"]][0]["name_zh"],
                valid_from=BEFORE_ALL_LISTS if is_first else date.fromisoformat(first["valid_from"]),
                valid_to=date.fromisoformat(last["valid_to"]),
            )


def _no_county(code: str) -> UsageError:
    known = ", ".join(known_counties())
    return UsageError(
        "No county of this code can be made.",
        "没有该代码的县。",
        address=f"--county {code}",
        remedy_en=f"Known are: {known}.",
        remedy_zh=f"可用的有:{known}。",
    )


def _wrong_kind(code: str, fictional: str, is_real: bool) -> UsageError:
    if is_real:
        return UsageError(
            "This county exists: invented people under its names must be asked for.",
            "该县真实存在,须明示才可在其名下虚构人员。",
            address=f"--county {code}",
            remedy_en=f"Add --real-names, or take the fictional county {fictional}.",
            remedy_zh=f"请加 --real-names,或改用虚构县 {fictional}。",
        )
    real = read_county(fictional)["like"]
    return UsageError(
        "This county is fictional and has no real names.",
        "该县为虚构,没有真实地名。",
        address=f"--county {code} --real-names",
        remedy_en=f"Leave out --real-names, or take the county it resembles: {real}.",
        remedy_zh=f"请去掉 --real-names,或改用它所仿照的 {real}。",
    )
