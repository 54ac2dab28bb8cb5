"""How often the proposal for an unknown layout is right, and whether its confidence says so.

    python -m benchmarks.layout_proposals [SHEETS_A_FORM [SEED]]     30 2
    python -m benchmarks.layout_proposals --fit                      prints the weights of the confidence anew

Sheets are made from the forms with headers that no alias list has. Every list of them is split in two by its spelling:
one half was tuned on and gives the weights, the other is measured. docs/proposals.md keeps the last tables.
"""

from __future__ import annotations

import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml

from benchmarks.proposals.cases import Case, Half, Source, cases, pool
from orchestration.ingest.layout import Catalogue, load_catalogue
from orchestration.ingest.proposals import wording
from orchestration.ingest.proposals.confidence import features
from orchestration.ingest.proposals.mapping import Guess, Mapping, propose
from orchestration.ingest.proposals.shapes import shape_of
from orchestration.ingest.proposals.targets import NOT_KEPT, word_lists
from orchestration.ingest.text import squash

SOURCES: tuple[Source, ...] = ("synonyms", "stranger", "held-out aliases")
_NOT_KEPT = {NOT_KEPT, "other"}
# Of how many words one is taken out before weights are fitted.
_FORGOTTEN = 2
_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass
class Score:
    """What came of many sheets: columns are those whose header no alias list has."""

    sheets: int = 0
    forms_right: int = 0
    whole_right: int = 0
    every_column: int = 0
    every_right: int = 0
    columns: int = 0
    columns_right: int = 0
    kept: int = 0
    kept_right: int = 0
    graded: list[tuple[float, bool]] = field(default_factory=list)
    forms_graded: list[tuple[float, bool]] = field(default_factory=list)
    guesses: list[tuple[Guess, bool]] = field(default_factory=list)

    def add(self, case: Case, mappings: list[Mapping]) -> None:
        """Count one sheet; its columns are judged under its own form."""
        self.sheets += 1
        self.forms_right += mappings[0].form == case.form
        self.forms_graded.append((mappings[0].confidence, mappings[0].form == case.form))
        own = next(mapping for mapping in mappings if mapping.form == case.form)
        is_whole = True
        for guess in own.guesses:
            truth = case.truth[guess.column]
            right = guess.is_ == truth or {guess.is_, truth} <= _NOT_KEPT
            is_whole = is_whole and right
            self.every_column += 1
            self.every_right += right
            if guess.known:
                continue
            self.guesses.append((guess, right))
            self.graded.append((guess.confidence, right))
            self.columns += 1
            self.columns_right += right
            if truth not in _NOT_KEPT:
                self.kept += 1
                self.kept_right += right
        self.whole_right += is_whole and mappings[0].form == case.form


def measure(source: Source, half: Half, count: int, seed: int) -> Score:
    """Propose for so many sheets of each form."""
    catalogue, unknown = pool(load_catalogue(), source, half)
    score = Score()
    for case in cases(catalogue, unknown, count, seed):
        score.add(case, proposed(catalogue, case))
    return score


def proposed(catalogue: Catalogue, case: Case) -> list[Mapping]:
    """What is proposed for one sheet."""
    lists = word_lists(catalogue)
    shapes = {index: shape_of(cells, lists) for index, cells in enumerate(case.columns)}
    return propose(catalogue, tuple(map(squash, case.headers)), shapes, case.title)


def bins(graded: list[tuple[float, bool]]) -> Iterator[tuple[str, int, float, float]]:
    """Interval of confidence, proposals in it, their mean confidence, the share of them that was right."""
    for low, high in pairwise(_EDGES):
        held = [(confidence, right) for confidence, right in graded if low <= confidence < high]
        if held:
            mean = sum(confidence for confidence, _ in held) / len(held)
            yield f"{low:.2f}–{min(high, 1):.2f}", len(held), mean, sum(right for _, right in held) / len(held)


def fit(rows: list[tuple[tuple[float, ...], bool]]) -> list[float]:
    """Weights of a logistic regression, by Newton's method with a light ridge."""
    x = np.array([[1.0, *values] for values, _ in rows])
    y = np.array([float(right) for _, right in rows])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - chance) - 0.05 * weights
        curve = (x.T * (chance * (1 - chance))) @ x + 0.05 * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(curve, slope)
    return [round(float(weight), 2) for weight in weights]


def _forget_words() -> None:
    """Take words out of their groups: the halves that words were chosen on look surer than what a clerk will write."""
    read = yaml.safe_load(wording.WORDS.read_text("utf-8"))
    read["same"] = [
        [group[0], *(word for word in group[1:] if zlib.crc32(str(word).encode()) % _FORGOTTEN)]
        for group in read["same"]
    ]
    wording.WORDS = Path(tempfile.mkdtemp()) / "words.yml"
    wording.WORDS.write_text(yaml.safe_dump(read, allow_unicode=True), "utf-8")


def main(arguments: list[str]) -> None:
    """Print the tables, or the weights."""
    if arguments[:1] == ["--fit"]:
        _forget_words()
        made = [measure(source, "tuning", 12, 1) for source in SOURCES]
        told = [judged for score in made for judged in score.guesses]
        print(f"right {sum(right for _, right in told) / len(told):.1%}")
        print("columns", fit([(features(guess), right) for guess, right in told]))
        return
    count, seed = (int(text) for text in (*arguments, "30", "2")[:2]) if len(arguments) != 1 else (int(arguments[0]), 2)
    graded: list[tuple[float, bool]] = []
    forms: list[tuple[float, bool]] = []
    print("| headers | sheets | form right | columns right | unknown | right | of those kept | whole sheet right |")
    print("|---|---|---|---|---|---|---|---|")
    for source in SOURCES:
        score = measure(source, "measuring", count, seed)
        graded += score.graded
        forms += score.forms_graded
        print(
            f"| {source} | {score.sheets} | {score.forms_right / score.sheets:.1%} | "
            f"{score.every_right / score.every_column:.1%} | {score.columns} | "
            f"{score.columns_right / score.columns:.1%} | {score.kept_right / score.kept:.1%} | "
            f"{score.whole_right / score.sheets:.1%} |"
        )
    for name, told in (("columns", graded), ("forms", forms)):
        print(f"\n| confidence ({name}) | proposals | mean confidence | right |\n|---|---|---|---|")
        for interval, number, mean, right in bins(told):
            print(f"| {interval} | {number} | {mean:.3f} | {right:.3f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
