"""What the transform costs beside hand-written SQL, measured one after the other over the lake of a clean county.

    python -m benchmarks.transform --home HOME [--rounds R]

The home has read a county without defects (``taizhang synth``, then ``taizhang run``); nothing is written into it.
Each way has a process of its own: the plain script of ``benchmarks.plain_transform``; dbt started for one small table,
which tells what is fixed; the product's models of the same four tables with all that they rest on; and the whole
transform with its data tests. No time is told unless plain script and product made the same rows.

Prints CPU seconds (user + system), wall seconds, the peak resident size and the ratios of CPU to the plain script.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.costs import Cost, measure
from benchmarks.plain_transform import TABLES
from orchestration.settings import Settings, dbt_environment
from orchestration.transform import dbt
from orchestration.transform.lake_views import show_lake

BUDGET, LATEST = 1.5, date(9999, 12, 30)
_MODELS_ALONE = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", "--threads", "1")


def four_tables(settings: Settings, tables: tuple[str, ...]) -> None:
    """The product's models of these tables, and of all that they rest on, in a new warehouse."""
    show_lake(settings)
    selected = [f"+{table}" for table in tables] or ["calendar_months"]
    with dbt_environment(settings):
        outcome = dbt._outcome(
            settings.dbt_target, ["build", "--select", *selected, *_MODELS_ALONE, *dbt.LEAN], dbt.load_manifest()
        )
    if not outcome.success:
        raise SystemExit("The product could not build its tables.")


def refuse_other_rows(plain: Path, warehouse: Path) -> None:
    """No time is told of tables that differ.

    Raises:
        SystemExit: they do; names the table and how many rows stand on one side alone.
    """
    connection = duckdb.connect()
    connection.execute(f"attach '{plain}' as plain (read_only); attach '{warehouse}' as product (read_only)")
    for table in TABLES:
        columns = ", ".join(name for name, *_ in connection.execute(f"describe plain.{table}").fetchall())
        sides = [f"select {columns} from {place}.{table}" for place in ("plain", "product.marts")]
        for one, other in (sides, sides[::-1]):
            (alone,) = connection.execute(f"select count(*) from ({one} except all {other})").fetchone() or (0,)
            if alone:
                raise SystemExit(f"The plain script and the product differ in {alone} rows of {table}.")


def main(home: Path, rounds: int) -> None:
    """Measure the ways in turns and print the medians."""
    me = ("-m", "benchmarks.transform", "--home")
    costs: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch) / "plain.duckdb"
            homes = {way: Path(scratch) / way.replace(" ", "-") for way in ("start-up", "same tables", "all tables")}
            for place in homes.values():
                place.mkdir()
                (place / "lake").symlink_to((home / "lake").resolve())
            commands = {"plain script": ("-m", "benchmarks.plain_transform", str(home / "lake"), str(plain))}
            commands |= {way: (*me, str(place), "--way", way) for way, place in homes.items()}
            for way, command in commands.items():
                costs.setdefault(way, []).append(measure(*command))
            refuse_other_rows(plain, Settings(home=homes["same tables"]).warehouse_file)
    tell({way: Cost(*map(statistics.median, zip(*spent, strict=True))) for way, spent in costs.items()})


def tell(costs: dict[str, Cost]) -> None:
    """Print a line for each way."""
    plain, fixed = costs["plain script"], costs["start-up"]
    for way, cost in costs.items():
        print(
            f"{way:12} CPU {cost.cpu:7.2f} s, wall {cost.wall:7.2f} s, peak {cost.peak:5.0f} MB | "
            f"CPU / plain {cost.cpu / plain.cpu:.2f}"
        )
    same = costs["same tables"]
    print(f"same tables / plain script {same.cpu / plain.cpu:.2f} (budget {BUDGET})")
    print(f"same tables without start-up / plain script {(same.cpu - fixed.cpu) / plain.cpu:.2f}")


def read_arguments() -> argparse.Namespace:
    """The command line; ``--way`` is for the processes that are measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transform")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--way", choices=("start-up", "same tables", "all tables"))
    return parser.parse_args()


if __name__ == "__main__":
    asked = read_arguments()
    if asked.way is None:
        main(asked.home, asked.rounds)
    elif asked.way == "all tables":
        dbt.build(Settings(home=asked.home), LATEST)
    else:
        four_tables(Settings(home=asked.home), TABLES if asked.way == "same tables" else ())
