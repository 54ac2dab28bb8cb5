"""What reading ledgers costs beside bare parsing and beside the plain script, measured one after the other.

    python -m benchmarks.reading [--landing DIR] [--villages N] [--persons N] [--months M] [--rounds R]

Without ``--landing`` a clean county is made first; the reference county is ``--villages 569 --persons 600000 --months
12``. Five ways, each in a process of its own: bare python-calamine (every cell into Python, then forgotten), the plain
script of ``benchmarks.plain_reading``, the product with one process, the same with identifiers left as they are (only
here, to see what pseudonyms cost), and the product with two processes. Before any time is told the plain script and the
product must have read the same rows by form and month.

Prints CPU seconds (user + system, of all processes), wall seconds, the peak resident size (all processes together) and
the ratios of CPU to bare parsing beside their budgets. All start-up is included, so that small counties look dear.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from benchmarks.costs import Cost, measure
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.settings import PROJECT_ROOT, Settings

BUDGETS = {"product": 2.0, "without pseudonyms": 1.3}


def ingest(landing: Path, home: Path, threads: int, *, bare_ids: bool) -> None:
    """The product's own reading into a new home."""
    if bare_ids:
        Pseudonyms.key = _as_it_is  # type: ignore[method-assign]
    ingest_landing(Settings(home=home, landing=landing, threads=threads))


def _as_it_is(_self: Pseudonyms, _purpose: str, _domain: str, identifier: str) -> str:
    return identifier


def rows_of_plain(out: Path) -> Counter[tuple[str, str]]:
    """Rows by form and month as the plain script wrote them."""
    return _counted((path.stem, pl.read_parquet(path, columns=["period"])["period"]) for path in out.glob("L*.parquet"))


def rows_of_lake(home: Path) -> Counter[tuple[str, str]]:
    """Rows by form and month as the product wrote them."""
    files = (home / "lake").glob("L*/period=*/b*.parquet")
    return _counted(
        (path.parts[-3], pl.repeat(path.parts[-2].removeprefix("period="), _height(path), eager=True)) for path in files
    )


def _height(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())


def _counted(parts: Iterable[tuple[str, pl.Series]]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for form, periods in parts:
        found.update((form, period) for period in periods)
    return found


def refuse_other_rows(plain: Counter[tuple[str, str]], product: Counter[tuple[str, str]]) -> None:
    """No time is told of readings that differ.

    Raises:
        SystemExit: they do; names form, month and both numbers of rows.
    """
    differing = [(*place, plain[place], product[place]) for place in sorted({*plain, *product})]
    told = [f"{form} {month}: {ours} and {theirs}" for form, month, ours, theirs in differing if ours != theirs]
    if told:
        raise SystemExit("The plain script and the product read other numbers of rows: " + "; ".join(told))


def main(arguments: argparse.Namespace) -> None:
    """Measure the five ways in turns and print the medians."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        landing = arguments.landing or make_county(folder / "landing", arguments)
        home, plain = folder / "home", folder / "plain"
        me, where = ("-m", "benchmarks.reading"), str(landing)
        ways = {
            "bare calamine": ("-m", "benchmarks.bare_parsing", where),
            "plain script": ("-m", "benchmarks.plain_reading", where, str(plain)),
            "product": (*me, "--way", "product", "--landing", where, "--home", str(home)),
            "without pseudonyms": (*me, "--way", "bare-ids", "--landing", where, "--home", str(home)),
            "two processes": (*me, "--way", "product", "--landing", where, "--home", str(home), "--threads", "2"),
        }
        costs: dict[str, list[Cost]] = {way: [] for way in ways}
        for _ in range(arguments.rounds):
            for way, command in ways.items():
                shutil.rmtree(home, ignore_errors=True)
                Path(f"{home}.key").unlink(missing_ok=True)
                costs[way].append(measure(*command))
                if way == "product":
                    refuse_other_rows(rows_of_plain(plain), rows_of_lake(home))
            shutil.rmtree(plain)
    tell({way: Cost(*map(statistics.median, zip(*spent, strict=True))) for way, spent in costs.items()})


def make_county(landing: Path, arguments: argparse.Namespace) -> Path:
    """A clean synthetic county of workbooks."""
    asked = {"county": "331099", "seed": "1", "out": str(landing)}
    asked |= {name: str(getattr(arguments, name)) for name in ("villages", "persons", "months")}
    options = [part for name, value in asked.items() for part in (f"--{name}", value)]
    subprocess.run([sys.executable, "-m", "orchestration", "synth", *options], cwd=PROJECT_ROOT, check=True)
    return landing


def tell(costs: dict[str, Cost]) -> None:
    """Print a line for each way."""
    bare = costs["bare calamine"]
    for way, cost in costs.items():
        budget = f" (budget {BUDGETS[way]})" if way in BUDGETS else ""
        print(
            f"{way:18} CPU {cost.cpu:7.2f} s, wall {cost.wall:7.2f} s, peak {cost.peak:5.0f} MB | "
            f"CPU / bare {cost.cpu / bare.cpu:.2f}{budget}"
        )
    print(f"product / plain script {costs['product'].cpu / costs['plain script'].cpu:.2f}")


def read_arguments() -> argparse.Namespace:
    """The command line; ``--way``, ``--home`` and ``--threads`` are for the processes that are measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading")
    parser.add_argument("--landing", type=Path)
    parser.add_argument("--villages", type=int, default=20)
    parser.add_argument("--persons", type=int, default=20_000)
    parser.add_argument("--months", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--way", choices=("product", "bare-ids"))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    told = read_arguments()
    if told.way is None:
        main(told)
    else:
        ingest(told.landing, told.home, told.threads, bare_ids=told.way == "bare-ids")
