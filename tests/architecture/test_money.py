"""Money is a decimal from the lake to the published table: no float on the way, in which fen could get lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

Relations = Mapping[str, Mapping[str, str]]
# "days" times yuan is still added up to the fen.
MONEY = re.compile(r"(^|_)(yuan|amount)(_|$)")
COUNTED = re.compile(r"(_by|_cases|_count)$|^(has|is)_")


def not_decimal(relations: Relations) -> Iterator[tuple[str, str, str]]:
    """(relation, column, type) of every column of money that is no decimal."""
    for relation, columns in relations.items():
        for column, kind in columns.items():
            if MONEY.search(column) and not COUNTED.search(column) and not kind.upper().startswith("DECIMAL"):
                yield relation, column, kind


@pytest.mark.parametrize(
    ("column", "kind", "is_told"),
    [
        ("paid_yuan", "DOUBLE", True),
        ("amount", "FLOAT", True),
        ("amount_yuan", "BIGINT", True),
        ("lag_yuan_days", "DOUBLE", True),
        ("yuan", "VARCHAR", True),
        ("paid_yuan", "DECIMAL(14,2)", False),
        ("share", "DOUBLE", False),
        ("has_amount", "INTEGER", False),
    ],
)
def test_money_that_is_no_decimal_is_told(column: str, kind: str, is_told: bool) -> None:
    assert bool(list(not_decimal({"mart": {column: kind}}))) is is_told


def test_money_of_the_lake_is_decimal(lake_relations: Relations) -> None:
    assert "amount_yuan" in lake_relations["L12"]
    assert list(not_decimal(lake_relations)) == []


def test_money_of_every_model_and_seed_is_decimal(relations: Relations) -> None:
    assert "collected_yuan" in relations["int_fee_receipts"]
    assert list(not_decimal(relations)) == []


def test_money_of_every_contract_is_decimal(dbt_manifest: Mapping[str, Any]) -> None:
    contracts = {
        node["name"]: {name: column["data_type"] for name, column in node["columns"].items() if column["data_type"]}
        for node in dbt_manifest["nodes"].values()
        if node["resource_type"] == "model"
    }
    assert contracts["mart_treasury_reconciliation"]["due_yuan"] == "decimal(14,2)"
    assert list(not_decimal(contracts)) == []
