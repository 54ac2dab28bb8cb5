"""Show the lake to the models: one view a table, so that the SQL of the project names no file and no home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from duckdb import DuckDBPyConnection

from orchestration.settings import Settings
from orchestration.warehouse import connect

OFFICE_BOOKS = ("submissions", "quarantine", "control_totals", "readings")


def show_lake(settings: Settings) -> None:
    """Make the views in a fresh warehouse file."""
    with connect(settings.warehouse_file, settings=settings) as warehouse:
        create_views(warehouse, settings.lake)


def create_views(warehouse: DuckDBPyConnection, lake: Path) -> None:
    """One view for every form and book of the lake, and one for every reference list."""
    warehouse.execute("create schema if not exists lake")
    warehouse.execute("create schema if not exists reference_input")
    for relation, files, options in _relations(lake):
        warehouse.execute(f"create or replace view {relation} as from read_parquet('{files}'{options})")


def _relations(lake: Path) -> Iterator[tuple[str, Path, str]]:
    by_period = ", hive_partitioning = true, hive_types_autocast = false, union_by_name = true"
    for folder in sorted(path for path in lake.iterdir() if path.is_dir()):
        if folder.name == "reference":
            for path in sorted(folder.glob("*.parquet")):
                yield f"reference_input.{path.stem}", path, ""
        elif folder.name in OFFICE_BOOKS:
            yield f"lake.{folder.name}", folder / "*.parquet", ", union_by_name = true"
        else:
            yield f"lake.{folder.name}", folder / "*" / "*.parquet", by_period
