"""The yardstick of the transform makes the very tables that are published: a wrong one measures nothing."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import duckdb
import pytest

from benchmarks import plain_fees, plain_services, plain_transform
from tests.reference.made_county import Made


@pytest.mark.parametrize("plain_script", [plain_transform, plain_fees, plain_services], ids=lambda it: it.__name__)
def test_hand_written_sql_makes_the_published_tables(plain_script: ModuleType, made: Made, tmp_path: Path) -> None:
    plain_script.make(str(made.home / "lake"), str(tmp_path / "plain.duckdb"))
    with duckdb.connect(str(tmp_path / "plain.duckdb"), read_only=True) as plain:
        for table in plain_script.TABLES:
            ours = plain.sql(f"from {table}")
            published = plain.read_parquet(str(made.marts / f"{table}.parquet")).select(*ours.columns)
            assert published.count("*").fetchall() == ours.count("*").fetchall() != [(0,)], table
            assert published.except_(ours).fetchall() == ours.except_(published).fetchall() == [], table
