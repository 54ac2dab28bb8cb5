"""How often the village proposed for a name that a list lacks is the right one: on published lists of divisions.

    python -m benchmarks.village_renames [SPELLS.csv]

Without a file the shipped real lists are asked. A file has the columns code12, name, first_year and last_year, one line
for each spell of a name. Asked are: every old name of a village whose code now bears another (right: that code); every
name whose code is gone (right: a code that is new and differs in the words for the committee alone); and every name of
the last list as if it alone were missing from it (right: none). Townships are halved by their code; the chances were
read off one half, the other is measured.
"""

from __future__ import annotations

import csv
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orchestration.ingest.proposals.confidence import LIKELY
from orchestration.ingest.proposals.villages import CHANCES, nearest, stem
from orchestration.settings import REFERENCE_INPUT_DIR

HALVES = ("tuning", "measuring")


@dataclass(frozen=True)
class Spell:
    """One name of one village for some years, both ends included."""

    code: str
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Answer:
    """What was proposed first for one name: of which kind the question was, how sure, and whether it was right."""

    kind: str
    relation: str
    chance: float
    right: bool


def shipped() -> list[Spell]:
    """The villages of the real lists of the repository."""
    with (REFERENCE_INPUT_DIR / "divisions_real.csv").open(encoding="utf-8") as lines:
        return [
            Spell(row["division_code"], row["name_zh"], int(row["valid_from"][:4]),
                  min(date.fromisoformat(row["valid_to"]).year - 1, 2023))
            for row in csv.DictReader(lines) if row["division_level"] == "village"
        ]  # fmt: skip


def spells(path: Path) -> list[Spell]:
    """The villages of a file of spells."""
    with path.open(encoding="utf-8") as lines:
        return [
            Spell(row["code12"], row["name"], int(row["first_year"]), int(row["last_year"]))
            for row in csv.DictReader(lines)
        ]


def half_of(code: str) -> str:
    """The half to which the township of a village belongs."""
    return HALVES[zlib.crc32(code[:9].encode()) % 2]


def answers(known: Iterable[Spell]) -> Iterator[tuple[str, Answer]]:
    """Every question with its half and its answer."""
    by_code: dict[str, list[Spell]] = defaultdict(list)
    for spell in known:
        by_code[spell.code].append(spell)
    every = [spell for held in by_code.values() for spell in held]
    end = max(spell.last for spell in every)
    lists = {year: _by_township(every, year) for year in range(min(spell.first for spell in every), end + 1)}
    first_seen = {code: min(spell.first for spell in held) for code, held in by_code.items()}
    for code, held in by_code.items():
        held.sort(key=lambda spell: spell.first)
        for spell in held:
            if spell.last == end:
                without = {name: other for name, other in lists[end][code[:9]].items() if other != code}
                yield half_of(code), _ask("missing", spell, without, set())
                continue
            now = lists[spell.last + 1].get(code[:9], {})
            if spell.name in now:
                continue
            is_there = code in now.values()
            again = {
                other for name, other in now.items()
                if stem(name) == stem(spell.name) and first_seen[other] > spell.last
            }  # fmt: skip
            yield half_of(code), _ask("renamed" if is_there else "gone", spell, now, {code} if is_there else again)


def _ask(kind: str, spell: Spell, villages: dict[str, str], right: set[str]) -> Answer:
    found = nearest(spell.name, villages)
    if not found:
        return Answer(kind, "none", 0.0, not right)
    return Answer(kind, found[0].relation, found[0].chance, found[0].division_code in right)


def _by_township(every: list[Spell], year: int) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for spell in every:
        if spell.first <= year <= spell.last:
            found[spell.code[:9]][spell.name] = spell.code
    return found


def main(arguments: list[str]) -> None:
    """Print the tables of both halves."""
    told = list(answers(spells(Path(arguments[0])) if arguments else shipped()))
    for half in HALVES:
        own = [answer for place, answer in told if place == half]
        print(f"\n{half}: {len(own)} names\n\n| relation | chance shown | renamed | gone | missing | right |")
        print("|---|---|---|---|---|---|")
        for relation in [*CHANCES, "none"]:
            held = [answer for answer in own if answer.relation == relation]
            if held:
                counts = [sum(answer.kind == kind for answer in held) for kind in ("renamed", "gone", "missing")]
                right = sum(answer.right for answer in held) / len(held)
                chance = CHANCES.get(relation, 0.0)
                print(f"| {relation} | {chance} | {' | '.join(map(str, counts))} | {right:.3f} |")
        likely = [answer for answer in own if answer.chance >= LIKELY]
        named = [answer for answer in own if answer.kind == "renamed"]
        right = sum(answer.right for answer in likely) / max(len(likely), 1)
        found = sum(answer.right and answer.chance >= LIKELY for answer in named) / max(len(named), 1)
        print(f"\nlikely: {len(likely)}, right {right:.4f}; of {len(named)} renamed villages {found:.3f} found")


if __name__ == "__main__":
    main(sys.argv[1:])
