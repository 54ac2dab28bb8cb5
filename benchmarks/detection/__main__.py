"""Plant slips in synthetic counties, run the product, score what it found.

    python -m benchmarks.detection --county CODE --villages N --persons N --months N [--start YYYY-MM] [--format F]
        --doses 0.05,0.2 --seeds 1100,1101,1102,1103 [--work DIR] [--write docs/detection.md]
    python -m benchmarks.detection --truth DIR --landing DIR --home DIR [--write FILE]

The first form makes the counties (in DIR, where they are kept, or in a folder that goes away); the second scores one
that was made and run before. Without ``--write`` the page is printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from benchmarks.detection.counties import make, score
from benchmarks.detection.report import render
from benchmarks.detection.scoring import Run

_SIZES = ("county", "villages", "persons", "months", "start", "format")
_PLACES = ("truth", "landing", "home")


def main(words: list[str]) -> int:
    """Score, write or print; 64 for wrong usage."""
    arguments = _arguments(words)
    places = [getattr(arguments, name) for name in _PLACES]
    try:
        runs = [score(*places)] if all(places) else _made(arguments)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 64
    page = render(runs, _command(words))
    if arguments.write is None:
        print(page, end="")
    else:
        arguments.write.write_text(page, encoding="utf-8")
    return 0


def _made(arguments: argparse.Namespace) -> list[Run]:
    """One county a seed; the doses in turn, since two doses of one seed would hold the same slips."""
    with tempfile.TemporaryDirectory() as scratch:
        work = arguments.work or Path(scratch)
        runs = []
        for seed, dose in zip(arguments.seeds.split(","), cycle(arguments.doses.split(",")), strict=False):
            folder = work / f"{arguments.county}-seed{seed}-dose{dose}"
            sizes = {name: getattr(arguments, name) for name in _SIZES}
            make(folder, {**{k: v for k, v in sizes.items() if v}, "seed": seed, "defects": dose})
            runs.append(score(folder / "truth", folder / "landing", folder / "home"))
        return runs


def _command(words: list[str]) -> str:
    """The command as anybody would type it: folders of this machine left out."""
    kept, skip = ["python -m benchmarks.detection"], False
    for word in words:
        if not skip and word != "--work" and not word.startswith("--work="):
            kept.append(word)
        skip = word == "--work"
    return " ".join(kept)


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection", description=__doc__.split("\n", 1)[0])
    for name in _SIZES:
        parser.add_argument(f"--{name}")
    parser.add_argument("--doses", default="0.1", help="comma between them, taken in turn by the seeds")
    parser.add_argument("--seeds", default="1100", help="comma between them; from 1100 on they are kept for scoring")
    for name in ("work", "write", *_PLACES):
        parser.add_argument(f"--{name}", type=Path)
    arguments = parser.parse_args(words)
    given = [getattr(arguments, name) is not None for name in _PLACES]
    if any(given) != all(given) or not (all(given) or arguments.county):
        parser.error("name --county, or all of --truth, --landing and --home")
    return arguments


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
