"""Villages over time, and which code each ended code became."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orchestration.synthesis.counties.places import OPEN_END, even_parts

_ENDINGS = ("社区居民委员会", "村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "社区", "村")


@dataclass(frozen=True)
class Village:
    """One village code under the first of its names; half-open validity of the code, whatever its names."""

    division_code: str
    name_zh: str
    township_code: str
    township_name: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Change:
    """The people of village ``old`` live on in village ``new`` (places in a list of villages) from a day on."""

    old: int
    new: int
    effective: date
    share: float


def lineage(villages: Sequence[Village]) -> Iterator[Change]:
    """Which code each ended code became, as far as a list alone can tell.

    A list says which codes of a township end on a day and which begin, not which became which. Rule: a code that keeps
    its name keeps its people, also if its township is coded anew; the others go to the new codes of their township in
    the order of codes, so that neighbours stay together and each new code has about the same number of parts. Codes
    that end where none begins have no successor.
    """
    for day in sorted({village.valid_to for village in villages} - {OPEN_END}):
        ended = [place for place, village in enumerate(villages) if village.valid_to == day]
        begun = [place for place, village in enumerate(villages) if village.valid_from == day]
        standing = {village.township_code for village in villages if village.valid_from < day < village.valid_to}
        found = dict(_same_name(villages, ended, begun, standing))
        found |= dict(_neighbours(villages, ended, begun, found))
        yield from (Change(old, new, day, 1.0) for old, new in sorted(found.items()))


def _same_name(
    villages: Sequence[Village], ended: list[int], begun: list[int], standing: set[str]
) -> Iterator[tuple[int, int]]:
    """Old and new code of the same name, in the same township or in one that took the place of an ended one."""
    near = {(villages[place].township_code, _stem(villages[place])): place for place in begun}
    often = Counter(_stem(villages[place]) for place in begun)
    anywhere = {_stem(villages[place]): place for place in begun if often[_stem(villages[place])] == 1}
    for place in ended:
        township, stem = villages[place].township_code, _stem(villages[place])
        new = near.get((township, stem), None if township in standing else anywhere.get(stem))
        if new is not None:
            yield place, new


def _neighbours(
    villages: Sequence[Village], ended: list[int], begun: list[int], found: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """The rest, dealt to the new codes of the township that most of their neighbours went to."""
    heirs: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in found.items():
        heirs[villages[old].township_code][villages[new].township_code] += 1
    parts = Counter(found.values())
    left: dict[str, list[int]] = defaultdict(list)
    for place in ended:
        if place not in found:
            left[villages[place].township_code].append(place)
    for township, places in left.items():
        heir = heirs[township].most_common(1)[0][0] if heirs[township] else township
        inside = [place for place in begun if villages[place].township_code == heir]
        wanted = even_parts(len(places) + sum(parts[place] for place in inside), len(inside))
        seats = [place for place, seat in zip(inside, wanted, strict=True) for _ in range(seat - parts[place])]
        yield from zip(places, seats, strict=False)


def _stem(village: Village) -> str:
    """The name without what says that it is a village or a community."""
    name = village.name_zh
    while (end := next((end for end in _ENDINGS if name.endswith(end)), "")) and end != name:
        name = name.removesuffix(end)
    return name
