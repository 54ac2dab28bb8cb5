"""The project as data: its manifest with compiled SQL, the types of its tables, its seeds and its layouts.

Nothing here needs a run over ledgers: the tables are built empty, over a lake that holds only typed files without rows.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt.cli.main import dbtRunner

from orchestration.ingest.lake import prepare
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.reference import compile_reference
from orchestration.settings import (
    DBT_PROJECT_DIR,
    LAYOUTS_DIR,
    REFERENCE_INPUT_DIR,
    SEEDS_DIR,
    Settings,
    dbt_environment,
)
from orchestration.transform.lake_views import create_views
from orchestration.warehouse import connect

from .manifest_rules import layer_of, models
from .portability import Query

Relations = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Csv:
    """A reference file: ``rows`` are lists of text in the order of ``header``."""

    header: list[str]
    rows: list[list[str]]


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with a lake that has every table and no row."""
    settings = Settings(home=tmp_path_factory.mktemp("architecture") / "home")
    prepare(settings.lake, load_catalogue())
    compile_reference(settings)
    return settings


@pytest.fixture(scope="session")
def dbt_manifest(empty_home: Settings) -> Mapping[str, Any]:
    """The manifest of the project, with the compiled SQL of every model."""
    target = empty_home.dbt_target
    places = {
        "--project-dir": DBT_PROJECT_DIR,
        "--profiles-dir": DBT_PROJECT_DIR,
        "--target-path": target,
        "--log-path": target / "logs",
        "--target": "lint",
    }
    command = ["compile", "--quiet", "--no-partial-parse", *(str(word) for pair in places.items() for word in pair)]
    with dbt_environment(empty_home):
        outcome = dbtRunner().invoke(command)
    assert outcome.success, outcome.exception or outcome.result
    manifest: dict[str, Any] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return manifest


@pytest.fixture(scope="session")
def built(dbt_manifest: Mapping[str, Any], empty_home: Settings) -> Mapping[tuple[str, str, str], dict[str, str]]:
    """(database, schema, relation) -> column -> type, as DuckDB gives them to the compiled models."""
    nodes = dbt_manifest["nodes"]
    wanted = {key for key, node in nodes.items() if node["resource_type"] in ("model", "seed")}
    order = TopologicalSorter({key: wanted & set(nodes[key]["depends_on"].get("nodes", ())) for key in wanted})
    found = {}
    with connect(settings=empty_home) as duckdb:
        create_views(duckdb, empty_home.lake)
        for node in (nodes[key] for key in order.static_order()):
            duckdb.execute(f'create schema if not exists "{node["schema"]}"')
            if node["resource_type"] == "seed":
                types = ", ".join(f'"{name}" {kind}' for name, kind in node["config"]["column_types"].items())
                duckdb.execute(f"create table {node['relation_name']} ({types})")
            else:
                # A table, not a view: a view of views of views is bound anew at every level.
                duckdb.execute(f"create table {node['relation_name']} as {node['compiled_code']}")
            described = duckdb.execute(f"describe {node['relation_name']}").fetchall()
            found[node["database"], node["schema"], node["alias"]] = {row[0]: row[1] for row in described}
    return found


@pytest.fixture(scope="session")
def relations(built: Mapping[tuple[str, str, str], dict[str, str]]) -> Relations:
    """Model or seed -> column -> type."""
    return {relation: columns for (_, _, relation), columns in built.items()}


@pytest.fixture(scope="session")
def lake_relations(empty_home: Settings) -> Relations:
    """Lake table -> column -> type, read from the typed files themselves."""
    with connect(settings=empty_home) as duckdb:
        found = {}
        for place in sorted(path for path in empty_home.lake.iterdir() if path.is_dir() and path.name != "reference"):
            files = place / "**" / "*.parquet"
            described = duckdb.execute(f"describe from read_parquet('{files}', hive_partitioning = false)").fetchall()
            found[place.name] = {row[0]: row[1] for row in described}
    return found


@pytest.fixture(scope="session")
def compiled(
    dbt_manifest: Mapping[str, Any],
    built: Mapping[tuple[str, str, str], dict[str, str]],
    lake_relations: Relations,
) -> list[Query]:
    """Every model of the project as the portability lint takes it, its sources by name instead of by file."""
    schema: dict[str, dict[str, dict[str, Mapping[str, str]]]] = {"memory": {"lake": dict(lake_relations)}}
    for (database, folder, relation), columns in built.items():
        schema.setdefault(database, {}).setdefault(folder, {})[relation] = columns
    files = {
        source["relation_name"]: f'"memory"."lake"."{source["name"]}"'
        for source in dbt_manifest["sources"].values()
        if source["source_name"] == "lake"
    }
    found = []
    for node in models(dbt_manifest).values():
        sql = node["compiled_code"]
        for file, name in files.items():
            sql = sql.replace(file, name)
        found.append(Query(sql=sql, name=node["name"], layer=layer_of(node), raw=node["raw_code"], schema=schema))
    return found


def _csv_files(folder: Path) -> dict[str, Csv]:
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        found[path.stem] = Csv(header, rows)
    return found


@pytest.fixture(scope="session")
def seeds() -> Mapping[str, Csv]:
    """The reference tables that dbt seeds."""
    return _csv_files(SEEDS_DIR)


@pytest.fixture(scope="session")
def reference_input() -> Mapping[str, Csv]:
    """The reference tables that the ingest stage compiles."""
    return _csv_files(REFERENCE_INPUT_DIR)


@pytest.fixture(scope="session")
def layouts() -> Mapping[str, Mapping[str, Any]]:
    """File name without suffix -> layout as its YAML says it."""
    found = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(LAYOUTS_DIR.glob("*.yml"))}
    assert {"common", "L01", "L16"} <= set(found)
    return found
