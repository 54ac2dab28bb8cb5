"""Counts of planted, found, located and falsely flagged, by family, code and dose, with Wilson limits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from benchmarks.detection.flags import Flag
from benchmarks.detection.log import Defect, Depth
from benchmarks.detection.matching import Match, match

Z95 = 1.959963984540054
# Of a false flag nobody knows which slip it suspects; it is booked by the room it comes from.
_FAMILY_OF_KIND = {"cell": "A", "row": "B", "duplicate_rows": "B"}
NO_CODE = "–"
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Run:
    """One county with its log and what the product said; ``scored`` says release or refused candidate."""

    county: str
    seed: int
    dose: float
    scored: str
    defects: list[Defect]
    flags: list[Flag]
    match: Match

    @classmethod
    def of(cls, county: str, seed: int, dose: float, scored: str, defects: list[Defect], flags: list[Flag]) -> Run:
        """Match the flags against the log.

        Raises:
            ValueError: the log is empty, so that there is nothing to score.
        """
        if not defects:
            raise ValueError("the log is empty: nothing was planted, nothing can be scored")
        return cls(county, seed, dose, scored, defects, flags, match(defects, flags))


@dataclass
class Score:
    """Counts of one group.

    ``true`` counts defects that any flag is booked on, however many are; every false flag counts for itself.
    ``locatable`` are those found that have an address.
    """

    planted: int = 0
    decidable: int = 0
    found: int = 0
    in_sheet: int = 0
    locatable: int = 0
    located: int = 0
    true: int = 0
    false: int = 0

    @property
    def recall(self) -> tuple[int, int]:
        return self.found, self.decidable

    @property
    def precision(self) -> tuple[int, int]:
        return self.true, self.true + self.false

    @property
    def localisation(self) -> tuple[int, int]:
        return self.located, self.locatable


def wilson(hits: int, trials: int) -> tuple[float, float] | None:
    """95 % limits of a proportion (Wilson 1927); None without trials."""
    if trials == 0:
        return None
    share, weight = hits / trials, Z95 * Z95 / trials
    centre, half = share + weight / 2, Z95 * sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return max(0.0, (centre - half) / (1 + weight)), min(1.0, (centre + half) / (1 + weight))


def scores(
    runs: Iterable[Run],
    of_defect: Callable[[Run, Defect], Key],
    of_false: Callable[[Run, Flag], Key],
) -> dict[Key, Score]:
    """Scores by a key of run and defect; false flags go where ``of_false`` books them."""
    found: dict[Key, Score] = defaultdict(Score)
    for run in runs:
        owners = {defect.number for defect in run.match.owner.values()}
        for defect in run.defects:
            if defect.is_negative:
                continue
            score = found[of_defect(run, defect)]
            score.planted += 1
            score.true += defect.number in owners
            if defect.counts:
                _count(score, run.match, defect)
        for number in run.match.false:
            found[of_false(run, run.flags[number])].false += 1
    return dict(sorted(found.items(), key=lambda pair: str(pair[0])))


def _count(score: Score, result: Match, defect: Defect) -> None:
    is_found = result.found(defect)
    score.decidable += 1
    score.found += is_found
    score.in_sheet += result.in_sheet(defect)
    score.locatable += is_found and defect.place > Depth.UNIT
    score.located += result.located(defect)


def by_code(runs: list[Run]) -> dict[tuple[str, str], Score]:
    """Scores by (family, code)."""
    booked = _codes_of_rules(runs)
    return scores(
        runs,
        lambda _, defect: (defect.family, defect.code),
        lambda _, flag: booked.get(flag.rule, (family_of(flag), NO_CODE)),
    )


def by_family(runs: list[Run]) -> dict[str, Score]:
    """Scores by family, the sums of their codes."""
    booked = _codes_of_rules(runs)
    return scores(
        runs, lambda _, defect: defect.family, lambda _, flag: booked.get(flag.rule, (family_of(flag), NO_CODE))[0]
    )


def by_dose(runs: list[Run]) -> dict[float, Score]:
    """Scores by dose."""
    return scores(runs, lambda run, _: run.dose, lambda run, _: run.dose)


def overall(runs: list[Run]) -> Score:
    """The score of everything."""
    return scores(runs, lambda *_: "", lambda *_: "").get("", Score())


def negatives(runs: list[Run]) -> dict[tuple[str, str], tuple[int, int]]:
    """Hard negatives and harmless slips by (family, code): planted, and flagged without a defect to explain it."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for run in runs:
        for defect in run.defects:
            if defect.is_negative:
                planted, flagged = found.get((defect.family, defect.code), (0, 0))
                wronged = defect.number in run.match.wronged
                found[defect.family, defect.code] = (planted + 1, flagged + wronged)
    return dict(sorted(found.items()))


def false_by_rule(runs: list[Run]) -> dict[tuple[str, str], int]:
    """False flags by (kind, rule)."""
    counted = Counter((run.flags[number].kind, run.flags[number].rule) for run in runs for number in run.match.false)
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def family_of(flag: Flag) -> str:
    """The family whose defects a flag of this kind looks for."""
    if flag.kind == "finding":
        return "D" if flag.rule.startswith("SC-") else "M"
    return _FAMILY_OF_KIND.get(flag.kind, "C")


def _codes_of_rules(runs: list[Run]) -> dict[str, tuple[str, str]]:
    """Rule -> the (family, code) that it found most often; false flags of a rule are booked there."""
    truths: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for run in runs:
        for number, defect in run.match.owner.items():
            truths[run.flags[number].rule][defect.family, defect.code] += 1
    return {rule: min(counted, key=lambda key: (-counted[key], key)) for rule, counted in truths.items()}
