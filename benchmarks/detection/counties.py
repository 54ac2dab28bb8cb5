"""The counties that are scored: made by ``taizhang synth``, read by ``taizhang run``, once each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.detection.flags import flags_of, newest_judged
from benchmarks.detection.landing import Landing
from benchmarks.detection.log import read_log
from benchmarks.detection.scoring import Run
from orchestration.settings import PROJECT_ROOT

# Published, or refused by the gate: either way the newest candidate holds the findings.
_JUDGED = (0, 2)


def make(folder: Path, wishes: dict[str, str]) -> None:
    """Make one county with its truth and run the product on it, in ``folder``/{landing,truth,home}; kept if there.

    Raises:
        RuntimeError: a command ended otherwise than judged.
    """
    if (folder / "home" / "candidates").is_dir():
        return
    options = [word for name, value in wishes.items() for word in (f"--{name}", value)]
    _taizhang((0,), "synth", *options, "--out", str(folder / "landing"), "--truth", str(folder / "truth"))
    _taizhang(_JUDGED, "--home", str(folder / "home"), "run", "--landing", str(folder / "landing"))


def score(truth: Path, landing: Path, home: Path) -> Run:
    """Score a home against the truth of the ledgers that it read.

    Raises:
        ValueError: nothing was planted, or nothing was built.
    """
    defects = read_log(truth)
    options = json.loads((truth / "options.json").read_text(encoding="utf-8"))
    _, is_published = newest_judged(home)
    return Run.of(
        str(options["county"]),
        int(options["seed"]),
        float(options["defects"]),
        "release" if is_published else "candidate (refused)",
        defects,
        flags_of(home, Landing(landing)),
    )


def _taizhang(codes: tuple[int, ...], *words: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "orchestration", *words],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    if ended.returncode not in codes:
        raise RuntimeError(f"taizhang {' '.join(words)} ended with {ended.returncode}: {ended.stderr[-2000:]}")
