"""How much a run of the sample costs beside the bare libraries, measured side by side in turns.

    python -m benchmarks.fixed_cost [ROUNDS]

Prints the ratio of CPU seconds (user + system, children included), which a busy machine disturbs least, and of wall
seconds; and the ratio of a run with nothing new to a full run. Budgets: 1.5 and 0.05.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from orchestration.settings import PROJECT_ROOT, SAMPLE_DIR

LANDING = SAMPLE_DIR / "landing"


def measure(*command: str) -> tuple[float, float]:
    """CPU and wall seconds of one process with its children."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([sys.executable, *command], cwd=PROJECT_ROOT, check=True, capture_output=True, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started


def main(rounds: int) -> None:
    """Run bare stack, full run and empty run in turns and print the ratios of their medians."""
    seconds: dict[str, list[tuple[float, float]]] = {"bare": [], "run": [], "nothing_new": []}
    with tempfile.TemporaryDirectory() as scratch:
        lake = Path(scratch) / "lake-home"
        measure("-m", "orchestration", "--home", str(lake), "run", "--landing", str(LANDING))
        for number in range(rounds):
            home = str(Path(scratch) / f"home-{number}")
            run = ("-m", "orchestration", "--home", home, "run", "--landing", str(LANDING))
            seconds["bare"].append(measure("-m", "benchmarks.bare_stack", str(LANDING), str(lake)))
            seconds["run"].append(measure(*run))
            seconds["nothing_new"].append(measure(*run))
    for index, clock in enumerate(("CPU", "wall")):
        medians = {name: statistics.median(pair[index] for pair in pairs) for name, pairs in seconds.items()}
        print(
            f"{clock:4} seconds, median of {rounds}: bare stack {medians['bare']:.1f}, run {medians['run']:.1f}, "
            f"nothing new {medians['nothing_new']:.2f} | run / bare {medians['run'] / medians['bare']:.2f} "
            f"(budget 1.5), nothing new / run {medians['nothing_new'] / medians['run']:.3f} (budget 0.05)"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
