"""The yardstick of the transform makes the very tables that are published: a wrong one measures nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.plain_transform import TABLES, make
from tests.reference.made_county import Made


def test_hand_written_sql_makes_the_published_tables(made: Made, tmp_path: Path) -> None:
    make(str(made.home / "lake"), str(tmp_path / "plain.duckdb"))
    with duckdb.connect(str(tmp_path / "plain.duckdb"), read_only=True) as plain:
        for table in TABLES:
            published = plain.read_parquet(str(made.marts / f"{table}.parquet"))
            ours = plain.sql(f"select {', '.join(published.columns)} from {table}")
            assert published.count("*").fetchall() == ours.count("*").fetchall() != [(0,)], table
            assert published.except_(ours).fetchall() == ours.except_(published).fetchall() == [], table
