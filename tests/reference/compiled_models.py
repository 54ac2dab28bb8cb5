"""The product's own SQL, as it was compiled for a run, over figures that a test gives instead of a county's ledgers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

_TABLE = re.compile(r'"warehouse"\."(\w+)"\."(\w+)"')
_COLUMNS = """
    select column_name, data_type from duckdb_columns()
    where database_name = ? and schema_name = ? and table_name = ? order by column_index
"""
Row = dict[str, Any]


class CompiledModels:
    """Some models of a home that was run, as views over its tables of rules and over tables that a test fills.

    Args:
        home: a home after a run; it is only read.
        models: names of models, each after those that it reads.
        kind: "view", or "table" where views of views would be computed many times over.
    """

    def __init__(self, home: Path, models: Sequence[str], kind: str = "view") -> None:
        self._connection = duckdb.connect()
        self._connection.execute("attach ':memory:' as warehouse")
        self._connection.execute(f"attach '{home / 'warehouse.duckdb'}' as home (read_only)")
        compiled = home / "run" / "dbt" / "compiled" / "taizhang" / "models"
        self._inputs: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._compiled: dict[str, str] = {}
        for name in models:
            (file,) = compiled.rglob(f"{name}.sql")
            sql = file.read_text(encoding="utf-8")
            for schema, table in sorted(set(_TABLE.findall(sql))):
                self._prepare(schema, table)
            self._places[name] = f"warehouse.{'marts' if name.startswith('mart_') else 'intermediate'}.{name}"
            self._connection.execute(f"create schema if not exists warehouse.{self._places[name].split('.')[1]}")
            self._compiled[name] = sql
            self._connection.execute(f"create {kind} {self._places[name]} as {sql}")

    def rows(self, model: str, **given: Iterable[Row]) -> list[Row]:
        """Rows of a model when the tables named by ``given`` hold these rows, and every other one that is read none."""
        for table, place in self._inputs.items():
            self._connection.execute(f"delete from {place}")
            for row in given.get(table, ()):
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                self._connection.execute(f"insert into {place} ({names}) values ({marks})", list(row.values()))
        answer = self._connection.execute(f"select * from {self._places[model]}")
        names_found = [column[0] for column in answer.description]
        return [dict(zip(names_found, row, strict=True)) for row in answer.fetchall()]

    def tables(self, given: Mapping[str, pl.DataFrame], wanted: Sequence[str]) -> dict[str, pl.DataFrame]:
        """Some models of the kind "table" as frames, all built anew; ``given`` fills tables that are read."""
        with TemporaryDirectory() as folder:
            for table, place in self._inputs.items():
                self._connection.execute(f"delete from {place}")
                if table in given and given[table].width:
                    given[table].write_parquet(f"{folder}/{table}.parquet")
                    self._connection.execute(f"insert into {place} by name from '{folder}/{table}.parquet'")
            for name, place in self._places.items():
                self._connection.execute(f"create or replace table {place} as {self._compiled[name]}")
            for name in wanted:
                self._connection.execute(f"copy {self._places[name]} to '{folder}/{name}.parquet'")
            return {name: pl.read_parquet(f"{folder}/{name}.parquet") for name in wanted}

    def _prepare(self, schema: str, table: str) -> None:
        """A table of rules with its rows, any other one without."""
        place = f"warehouse.{schema}.{table}"
        if self._connection.execute(_COLUMNS, ["warehouse", schema, table]).fetchall():
            return
        columns = self._connection.execute(_COLUMNS, ["home", schema, table]).fetchall()
        self._connection.execute(f"create schema if not exists warehouse.{schema}")
        self._connection.execute(f"create table {place} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
        if schema == "reference":
            self._connection.execute(f"insert into {place} select * from home.{schema}.{table}")
        else:
            self._inputs[table] = place
