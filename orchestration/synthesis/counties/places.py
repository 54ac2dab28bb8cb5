"""The lists of the fictional counties, made from their YAML: codes, invented names, the merger, the change of style.

``python -m orchestration.synthesis.counties.places --write`` puts them into the shipped division list, same bytes
each time.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.settings import REFERENCE_INPUT_DIR

COUNTIES_DIR = Path(__file__).parent
DIVISIONS_FILE = REFERENCE_INPUT_DIR / "divisions.csv"
OPEN_END = date(9999, 12, 31)
COLUMNS = (
    "division_code", "name_zh", "name_en", "division_level", "parent_code", "valid_from", "valid_to", "county_code",
)  # fmt: skip
# What follows the two characters of a name, before and after a change of style.
_PLAIN = {"village": ("村", "村"), "community": ("社区", "社区")}
_ENGLISH = {"village": "Village", "community": "Community"}
_FIRST_NUMBER = {"village": 201, "community": 1}

Name = tuple[str, str]
"""The characters of a place and their pinyin."""


@dataclass(frozen=True)
class Row:
    """One line of a division list: one division and one span of its name, half-open."""

    division_code: str
    name_zh: str
    name_en: str
    division_level: str
    parent_code: str
    valid_from: date
    valid_to: date
    county_code: str


@cache
def read_county(code: str) -> Mapping[str, Any]:
    """The YAML of a fictional county.

    Raises:
        OSError: there is none of this code.
    """
    text = (COUNTIES_DIR / f"{code}.yml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = yaml.safe_load(text)
    return content


def fictional_counties() -> list[str]:
    """The six-digit codes of all fictional counties."""
    return sorted(path.stem for path in COUNTIES_DIR.glob("[0-9]*.yml"))


def rows(code: str) -> list[Row]:
    """The division list of one fictional county in the order of codes and spans."""
    county = read_county(code)
    whole = f"{code}000000"
    found = [Row(whole, county["name_zh"], county["name_en"], "county", "", county["valid_from"], OPEN_END, whole)]
    pool = _pool()[county["names_from"] :]
    before: list[Name] = []
    for township in county["townships"]:
        name_zh, name_en, above = township["name_zh"], township["name_en"], f"{code}{township['code']}000"
        found.append(Row(above, name_zh, name_en, "township", whole, county["valid_from"], OPEN_END, whole))
        communities = township["communities"]
        count = communities + township["villages"] + township.get("beginning", 0)
        names, pool = _names(township, count, pool, before)
        found += _spelled(county, township, above, names)
        # What follows the names of the sample, which stay as they are, is lent to the next township.
        before = names[communities + len(township.get("given_villages", [])) :]
    return sorted(found, key=lambda row: (row.division_code, row.valid_from))


def _names(
    township: Mapping[str, Any], count: int, pool: list[Name], before: list[Name]
) -> tuple[list[Name], list[Name]]:
    """The names of a township's codes, communities first, and what is left of the pool.

    The last village that is there from the start bears a name of the township before, as happens between neighbours.
    """
    given_communities = [(zh, en) for zh, en in township.get("given_communities", [])]
    given_villages = [(zh, en) for zh, en in township.get("given_villages", [])]
    communities = township["communities"]
    fresh = count - len(given_communities) - len(given_villages)
    drawn, pool = pool[:fresh], pool[fresh:]
    new_communities = communities - len(given_communities)
    names = [*given_communities, *drawn[:new_communities], *given_villages, *drawn[new_communities:]]
    if before:
        names[communities + township["villages"] - 1] = before[0]
    return names, pool


def _spelled(county: Mapping[str, Any], township: Mapping[str, Any], above: str, names: list[Name]) -> Iterator[Row]:
    """One row a village and span: the whole time, or cut at the merger or at the change of style."""
    communities, villages = township["communities"], township["villages"]
    ending = _ending(township)
    merger, renamed = county.get("merger_day", OPEN_END), county.get("rename_day", OPEN_END)
    for place, (zh, en) in enumerate(names):
        kind = "community" if place < communities else "village"
        number = _FIRST_NUMBER[kind] + (place if place < communities else place - communities)
        old, new = county.get("endings", _PLAIN)[kind]
        begins = merger if place >= communities + villages else county["valid_from"]
        ends = merger if place - communities in ending else OPEN_END
        for ending_of_name, first, last in ((old, begins, min(ends, renamed)), (new, max(begins, renamed), ends)):
            if first < last:
                yield Row(
                    f"{above[:9]}{number:03d}",
                    zh + ending_of_name,
                    f"{en} {_ENGLISH[kind]}",
                    "village",
                    above,
                    first,
                    last,
                    f"{above[:6]}000000",
                )


def _ending(township: Mapping[str, Any]) -> set[int]:
    """Which villages of a township end with the merger, by their place from 0.

    Neighbours merge: the places fall into as many groups as codes begin, and the groups stand evenly between the
    villages that stay. Villages whose names are given stay.
    """
    given, villages = len(township.get("given_villages", [])), township["villages"]
    ending, groups = township.get("ending", 0), township.get("beginning", 0)
    staying = villages - given - ending
    units = [((group + 0.5) / groups, even_parts(ending, groups)[group]) for group in range(groups)]
    units += [((stay + 0.5) / staying, 0) for stay in range(staying)]
    found, place = set[int](), given
    for _, parts in sorted(units):
        found |= set(range(place, place + parts))
        place += max(parts, 1)
    return found


def even_parts(count: int, groups: int) -> list[int]:
    """A count dealt to groups as evenly as whole numbers allow."""
    return [count * (group + 1) // groups - count * group // groups for group in range(groups)]


@cache
def _pool() -> list[Name]:
    """All names that can be made, in the order of the walk, without those that a county gives itself."""
    words = yaml.safe_load((Path(__file__).parent / "place_names.yml").read_text(encoding="utf-8"))
    first, second = list(words["first"].items()), list(words["second"].items())
    kept = set(words["never"])
    for code in fictional_counties():
        for township in read_county(code)["townships"]:
            kept |= {zh for key in ("given_communities", "given_villages") for zh, _ in township.get(key, [])}
    names = []
    for number in range(len(first) * len(second)):
        place = number * words["step"] % (len(first) * len(second))
        (zh, pinyin), (zh_after, pinyin_after) = first[place // len(second)], second[place % len(second)]
        apart = "'" if pinyin_after[0] in "aeo" else ""
        if zh + zh_after not in kept:
            names.append((zh + zh_after, (pinyin + apart + pinyin_after).capitalize()))
    return names


def division_list() -> bytes:
    """The shipped division list: every fictional county, UTF-8 CSV with LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code in fictional_counties():
        writer.writerows([getattr(row, name) for name in COLUMNS] for row in rows(code))
    return text.getvalue().encode()


def main() -> None:
    """Write the list to its place, or show it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the shipped list")
    if parser.parse_args().write:
        DIVISIONS_FILE.write_bytes(division_list())
    else:
        sys.stdout.buffer.write(division_list())


if __name__ == "__main__":
    main()
