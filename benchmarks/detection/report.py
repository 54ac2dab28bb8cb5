"""The scores as a page of Markdown: the command that made them, no date, no machine."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.detection.scoring import (
    Run,
    Score,
    by_code,
    by_dose,
    by_family,
    false_by_rule,
    negatives,
    overall,
    wilson,
)

# Seeds below were looked at while the reader, the checks or this scorer were tuned.
FIRST_UNSEEN_SEED = 1100
_FAMILIES = {
    "A": "A cell", "B": "B row", "C": "C sheet and file", "D": "D flow", "F": "F hard negatives", "M": "M misconduct",
}  # fmt: skip
_HEAD = ("planted", "decidable", "found", "in the sheet", "located", "recall", "precision", "localisation")
_METHOD = """\
Every slip that `taizhang synth` planted is in a log with its address. Everything that the product said is a flag: each
entry of the quarantine, repeated rows and files, superseded and missing reports, and each object that a check failed.

- **found**: a flag at the slip's own scope: the same cell, row, sheet or file, or for what happened behind the pages a
  finding about it for its unit and month. **in the sheet** also counts a flag in the right sheet at
  another row. **located**: the flag stands at the very address that the log has.
- **decidable** leaves out what these files cannot show. *Recall* = found / decidable.
- **precision** = slips that some flag speaks of / (these + false flags). Many flags about one slip are one truth; every
  false flag counts for itself. False is what touches no logged slip and follows from none; the few consequences that
  are granted stand at the head of `benchmarks/detection/matching.py`. A false flag is booked on the code that its rule
  finds most often.
- *localisation* = located / found, of slips that have an address. Limits are Wilson's, 95 %."""


def render(runs: list[Run], command: str) -> str:
    """The whole page.

    Args:
        runs: at least one scored county.
        command: what makes the page again.
    """
    seeds = sorted({run.seed for run in runs})
    seen = [seed for seed in seeds if seed < FIRST_UNSEEN_SEED]
    words = ", ".join(map(str, seeds))
    tuned = f"; {', '.join(map(str, seen))} were used while tuning" if seen else ", none of them used while tuning"
    parts = [
        "# Detection: what is found of what was planted",
        f"Written by\n\n```\n{command}\n```",
        f"Seeds {words}{tuned} (seeds from {FIRST_UNSEEN_SEED} on are kept for scoring).",
        _METHOD,
        "## Counties",
        _table(
            ("county", "seed", "dose", "scored", "planted", "flags", "false flags"),
            (
                (run.county, run.seed, run.dose, run.scored, _planted(run), len(run.flags), len(run.match.false))
                for run in runs
            ),
        ),
        "## By family",
        _scores("family", ((_FAMILIES.get(key, key), score) for key, score in by_family(runs).items()), overall(runs)),
        "## By dose",
        _scores("dose", ((str(key), score) for key, score in by_dose(runs).items())),
        "## By code",
        _scores("code", ((_code(*key), score) for key, score in by_code(runs).items())),
        "## Never to be flagged",
        _table(
            ("code", "planted", "flagged", "limits"),
            ((_code(*key), *counts, _limits(counts[::-1])) for key, counts in negatives(runs).items()),
        ),
        "## False flags by rule",
        _table(("kind", "rule", "flags"), ((*key, count) for key, count in false_by_rule(runs).items())),
    ]
    return "\n\n".join(parts) + "\n"


def _code(family: str, code: str) -> str:
    return code if code.startswith(f"{family}-") else f"{family} {code}"


def _planted(run: Run) -> int:
    return sum(not defect.is_negative for defect in run.defects)


def _scores(name: str, rows: Iterable[tuple[str, Score]], total: Score | None = None) -> str:
    lines = [(label, *_cells(score)) for label, score in rows]
    if total is not None:
        lines.append(("**all**", *_cells(total)))
    return _table((name, *_HEAD), lines)


def _cells(score: Score) -> tuple[object, ...]:
    counts = (score.planted, score.decidable, score.found, score.in_sheet, score.located)
    return (*counts, *(_share(pair) for pair in (score.recall, score.precision, score.localisation)))


def _share(pair: tuple[int, int]) -> str:
    hits, trials = pair
    return f"{hits / trials:.3f} ({_limits(pair)})" if trials else "–"


def _limits(pair: tuple[int, int]) -> str:
    found = wilson(*pair)
    return "–" if found is None else f"{found[0]:.3f}–{found[1]:.3f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'|'.join('---' for _ in head)}|"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines) if len(lines) > 2 else "None."
