"""What the transform costs beside hand-written SQL, measured one after the other over the lake of a clean county.

    python -m benchmarks.transform --home HOME [--subject population|fees|services] [--rounds R]
                                   [--small SMALL] [--lean]

The home has read a county without defects (``taizhang synth``, then ``taizhang run``), or has the lake that
``benchmarks.large_lake`` made of such a home; nothing is written into it.
Each way has a process of its own: the plain script of the subject; dbt started for one small table, which tells what is
fixed; the product's models of the same tables with all that they rest on; and, unless ``--lean``, the whole transform
with its data tests. ``--small`` names the home of which a large lake was made: what the same models cost over it does
not grow with the subject. No time is told unless plain script and product made the same rows.

The two million receipts and the five million contacts, three minutes and more each:

    python -m benchmarks.large_lake --home SMALL --out LARGE --subject fees
    python -m benchmarks.transform --home LARGE --subject fees --small SMALL --lean

Prints CPU seconds (user + system), wall seconds, the peak resident size and the ratios of CPU to the plain script.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from datetime import date
from pathlib import Path

import duckdb

from benchmarks import plain_fees, plain_services, plain_transform
from benchmarks.costs import Cost, measure
from orchestration.settings import Settings, dbt_environment
from orchestration.transform import dbt
from orchestration.transform.lake_views import show_lake

BUDGET, LATEST = 1.5, date(9999, 12, 30)
PLAIN = {"population": plain_transform, "fees": plain_fees, "services": plain_services}
_MODELS_ALONE = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", "--threads", "1")


def some_tables(settings: Settings, tables: tuple[str, ...]) -> None:
    """The product's models of these tables, and of all that they rest on, in a new warehouse."""
    show_lake(settings)
    selected = [f"+{table}" for table in tables] or ["calendar_months"]
    with dbt_environment(settings):
        outcome = dbt._outcome(
            settings.dbt_target, ["build", "--select", *selected, *_MODELS_ALONE, *dbt.LEAN], dbt.load_manifest()
        )
    if not outcome.success:
        raise SystemExit("The product could not build its tables.")


def refuse_other_rows(plain: Path, warehouse: Path, tables: tuple[str, ...]) -> None:
    """No time is told of tables that differ.

    Raises:
        SystemExit: they do; names the table and how many rows stand on one side alone.
    """
    connection = duckdb.connect()
    connection.execute(f"attach '{plain}' as plain (read_only); attach '{warehouse}' as product (read_only)")
    for table in tables:
        columns = ", ".join(name for name, *_ in connection.execute(f"describe plain.{table}").fetchall())
        sides = [f"select {columns} from {place}.{table}" for place in ("plain", "product.marts")]
        for one, other in (sides, sides[::-1]):
            (alone,) = connection.execute(f"select count(*) from ({one} except all {other})").fetchone() or (0,)
            if alone:
                raise SystemExit(f"The plain script and the product differ in {alone} rows of {table}.")


def main(asked: argparse.Namespace) -> None:
    """Measure the ways in turns and print the medians."""
    plain_script, me = PLAIN[asked.subject], ("-m", "benchmarks.transform", "--subject", asked.subject, "--home")
    lakes = {"start-up": asked.home, "same tables": asked.home}
    lakes |= {"all tables": asked.home} if not asked.lean else {}
    lakes |= {"small lake": asked.small} if asked.small else {}
    costs: dict[str, list[Cost]] = {}
    for _ in range(asked.rounds):
        with tempfile.TemporaryDirectory() as scratch:
            plain = Path(scratch) / "plain.duckdb"
            homes = {way: Path(scratch) / way.replace(" ", "-") for way in lakes}
            for way, place in homes.items():
                place.mkdir()
                (place / "lake").symlink_to((lakes[way] / "lake").resolve())
            commands = {"plain script": ("-m", plain_script.__name__, str(asked.home / "lake"), str(plain))}
            commands |= {way: (*me, str(place), "--way", way) for way, place in homes.items()}
            for way, command in commands.items():
                costs.setdefault(way, []).append(measure(*command))
            refuse_other_rows(plain, Settings(home=homes["same tables"]).warehouse_file, plain_script.TABLES)
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
    if "small lake" in costs:
        grown = same.cpu - costs["small lake"].cpu
        print(f"same tables without those of the small lake / plain script {grown / plain.cpu:.2f}")


def read_arguments() -> argparse.Namespace:
    """The command line; ``--way`` is for the processes that are measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transform")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--subject", choices=tuple(PLAIN), default="population")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--lean", action="store_true")
    parser.add_argument("--way", choices=("start-up", "same tables", "all tables", "small lake"))
    return parser.parse_args()


if __name__ == "__main__":
    asked = read_arguments()
    if asked.way is None:
        main(asked)
    elif asked.way == "all tables":
        dbt.build(Settings(home=asked.home), LATEST)
    else:
        some_tables(Settings(home=asked.home), () if asked.way == "start-up" else PLAIN[asked.subject].TABLES)
