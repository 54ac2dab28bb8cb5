"""Whether two names are those of one village: after a rename, under another word for its committee, misspelt.

Names alone prove little: 东村 and 西村 lie side by side. What is shown as likely differs in the words for a committee
alone; the chances are as measured on the published lists of 2016 to 2023 (``benchmarks.village_renames``).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from orchestration.ingest.reference import Division
from orchestration.ingest.text import squash

_COMMITTEE = re.compile(r"(?:街民|村民|居民|社区)?委员会$|[村居]委会$|社区$|虚拟生活区$|虚拟社区$")
_COMMUNITY = re.compile(r"社区|居委会|居民委员会")
# One village of a pair differs from the other by one of these.
_TELLING = frozenset("东西南北中上下前后左右里外内大小老新旧头尾高低一二三四五六七八九十甲乙丙丁")
_HOUSES = str.maketrans("", "", "家庄街屯")
_LEAST_LIKENESS = 0.5
# Chance that a name so related means that village, where the list lacks the name.
CHANCES = {
    "committee": 0.99, "committee_several": 0.5, "houses": 0.6, "kind": 0.2, "one_character": 0.1, "alike": 0.1,
    "telling": 0.05,
}  # fmt: skip
# A village that keeps its code: under the same stem, under a name that is alike, under quite another, since codes have
# been given twice. Not measured, for a code is all that there is to judge by.
_SAME_CODE, _ALIKE, _OTHERWISE = 0.99, 0.7, 0.5


@dataclass(frozen=True)
class Likeness:
    """A village that a name may mean: how the two are related, and the chance that they are one."""

    division_code: str
    name: str
    relation: str

    @property
    def chance(self) -> float:
        """As measured; between 0 and 1."""
        return CHANCES[self.relation]


@dataclass(frozen=True)
class Renamed:
    """A village of an older list that a newer one lacks by code or by name, and what it may be there."""

    division_code: str
    name: str
    basis: str
    now_code: str
    now_name: str
    chance: float


def nearest(written: str, villages: dict[str, str]) -> list[Likeness]:
    """The villages that a name may mean, the likeliest first.

    Args:
        written: a name that no village of the township bears.
        villages: name -> code, of the township.
    """
    related = [(name, code, relation) for name, code in villages.items() if (relation := _relation(written, name))]
    same = {code for _, code, relation in related if relation == "committee"}
    found: dict[str, Likeness] = {}
    for name, code, relation in related:
        if relation == "committee" and len(same) > 1:
            relation = "committee_several"
        one = Likeness(code, name, relation)
        # A village is found by several names; the one that reads most like what was written is shown.
        found[code] = max(found.get(code, one), one, key=lambda held: (held.chance, _characters(written, held.name)))
    return sorted(found.values(), key=lambda one: (-one.chance, -likeness(written, one.name), one.name))


def renamed(older: Iterable[Division], newer: Iterable[Division]) -> list[Renamed]:
    """What became of the villages that a newer list has no longer under code or name.

    A village that keeps its code and the stem of its name was likely renamed. One that lost its code is sought by name
    among the codes of its township that are new. Which village another was merged into no name tells.
    """
    before = {village.division_code: village for village in older if village.division_level == "village"}
    after = {village.division_code: village for village in newer if village.division_level == "village"}
    fresh: dict[str, dict[str, str]] = {}
    for code, village in after.items():
        if code not in before:
            fresh.setdefault(village.parent_code, {})[village.name_zh] = code
    found: list[Renamed] = []
    for code, village in before.items():
        now = after.get(code)
        if now is None:
            found += [
                Renamed(code, village.name_zh, one.relation, one.division_code, one.name, one.chance)
                for one in nearest(village.name_zh, fresh.get(village.parent_code, {}))[:1]
            ]
        elif squash(now.name_zh) != squash(village.name_zh):
            relation = _relation(village.name_zh, now.name_zh)
            chance = _SAME_CODE if relation == "committee" else _ALIKE if relation else _OTHERWISE
            found.append(Renamed(code, village.name_zh, "code", code, now.name_zh, chance))
    return found


def likeness(one: str, other: str) -> float:
    """How alike the stems of two names are, between 0 and 1."""
    return round(_characters(stem(one), stem(other)), 2)


def stem(name: str) -> str:
    """A name without the words for its committee: 王肇村民委员会, 王肇村村委会 and 王肇村 are 王肇."""
    bare, before = squash(name), ""
    while bare != before and len(bare) > 2:
        before, bare = bare, _COMMITTEE.sub("", bare)
    return bare[:-1] if len(bare) > 2 and bare.endswith("村") else bare


def _characters(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _relation(written: str, name: str) -> str | None:
    one, other = stem(written), stem(name)
    if one == other:
        return "committee" if bool(_COMMUNITY.search(written)) == bool(_COMMUNITY.search(name)) else "kind"
    if one.translate(_HOUSES) == other.translate(_HOUSES) and len(one.translate(_HOUSES)) > 1:
        return "houses"
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [one[i:j] + other[k:m] for what, i, j, k, m in blocks if what != "equal"]
    if len(changed) == 1 and len(changed[0]) <= 2 and min(len(one), len(other)) > 1:
        return "telling" if _TELLING & set(changed[0]) else "one_character"
    return "alike" if likeness(written, name) >= _LEAST_LIKENESS else None
