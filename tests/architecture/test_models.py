"""The dbt project keeps its layers, words, types and validities; and each rule catches a forged manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import manifest_rules as rules
from .conftest import Csv
from .portability import Query, lint

Relations = Mapping[str, Mapping[str, str]]
SAID = {"description": "Births.", "config": {"meta": {"zh": "出生"}}}
GRAIN = dict.fromkeys(rules.GRAIN, "DATE")


def forged(*nodes: dict[str, Any], sources: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "nodes": {node.get("id", f"model.taizhang.{node['name']}"): node for node in nodes},
        "sources": {f"source.taizhang.lake.{name}": {"name": name} for name in sources},
    }


def model(name: str, layer: str, *parents: str, **changes: Any) -> dict[str, Any]:
    columns = {column: {**SAID, "data_type": "VARCHAR"} for column in changes.pop("columns", GRAIN)}
    config = {"contract": {"enforced": True}, "meta": {"zh": "表"}, **changes.pop("config", {})}
    return {
        "name": name,
        "resource_type": "model",
        "path": f"{layer}/{name}.sql",
        "schema": layer,
        "depends_on": {"nodes": [parent if "." in parent else f"model.taizhang.{parent}" for parent in parents]},
        "description": "A table.",
        "columns": columns,
        "config": config,
        **changes,
    }


STG, INT = model("stg_a", "staging", "source.taizhang.lake.a"), model("int_a", "intermediate", "stg_a")
MART, AUDIT = model("mart_a", "marts", "int_a"), model("audit_a", "audit", "int_a", "mart_a")


def check(*parents: str) -> dict[str, Any]:
    return model("check_a", "checks", *parents, path="marts/quality/checks/check_a.sql")


def test_a_backward_edge_is_caught() -> None:
    findings = model("mart_findings", "marts", "check_a")
    assert rules.backward_edges(forged(STG, INT, check("int_a", "mart_a"), MART, AUDIT, findings)) == []
    assert rules.backward_edges(forged(STG, INT, model("mart_b", "marts", "source.taizhang.lake.a")))
    assert rules.backward_edges(forged(STG, INT, MART, model("int_b", "intermediate", "mart_a")))
    assert rules.backward_edges(forged(STG, INT, check("int_a"), model("int_b", "intermediate", "check_a")))
    assert rules.backward_edges(forged(STG, INT, MART, AUDIT, model("mart_b", "marts", "audit_a")))
    assert rules.backward_edges(forged(STG, model("stg_b", "staging", "stg_a")))
    assert rules.backward_edges(forged(model("x", "extra")))


def test_funding_is_not_tied_to_fees(dbt_manifest: Mapping[str, Any]) -> None:
    fees, between = (
        model("int_fee_receipts", "intermediate", "stg_a"),
        model("int_b", "intermediate", "int_fee_receipts"),
    )
    assert rules.funded_by_fees(forged(STG, INT, fees, between, model("mart_funding", "marts", "int_a"))) == []
    assert rules.funded_by_fees(forged(STG, INT, fees, model("mart_funding", "marts", "int_a", "int_fee_receipts")))
    assert rules.funded_by_fees(forged(STG, INT, fees, between, model("int_funding_lines", "intermediate", "int_b")))
    assert [name for node in rules.models(dbt_manifest).values() if "funding" in (name := node["name"])]
    assert rules.funded_by_fees(dbt_manifest) == []


def test_schemas_are_those_of_the_folders(dbt_manifest: Mapping[str, Any]) -> None:
    assert rules.misplaced(forged(STG, INT, check(), MART, AUDIT)) == []
    assert rules.misplaced(forged(model("int_a", "intermediate", schema="marts")))
    assert rules.misplaced(forged({**check(), "schema": "marts"}))
    assert rules.misplaced(dbt_manifest) == []


def test_edges_go_forward(dbt_manifest: Mapping[str, Any]) -> None:
    assert len(rules.models(dbt_manifest)) > 20
    assert rules.backward_edges(dbt_manifest) == []


def test_a_missing_word_is_caught() -> None:
    assert rules.undescribed(forged(MART)) == []
    assert rules.undescribed(forged(model("mart_b", "marts", description=" ")))
    assert rules.undescribed(forged(model("mart_b", "marts", config={"meta": {}})))
    assert rules.undescribed(forged(MART), {"mart_a": ["division_code", "births"]})
    unsaid = model("mart_b", "marts")
    unsaid["columns"]["births"] = {"description": "Births.", "config": {"meta": {}}}
    assert rules.undescribed(forged(unsaid)) == ["mart_b.births"]


def test_every_model_and_column_is_described_twice(dbt_manifest: Mapping[str, Any], relations: Relations) -> None:
    assert rules.undescribed(dbt_manifest, relations) == []


def test_a_mart_without_contract_or_grain_is_caught() -> None:
    assert rules.uncontracted(forged(MART)) == []
    assert rules.uncontracted(forged(model("mart_b", "marts", config={"contract": {"enforced": False}})))
    assert rules.uncontracted(forged(model("mart_b", "marts", columns=["division_code"])))
    assert rules.uncontracted(forged(model("rpt_b", "marts")))
    untyped = model("mart_b", "marts")
    untyped["columns"]["births"] = {**SAID, "data_type": None}
    assert rules.uncontracted(forged(untyped))


def test_every_mart_has_a_contract_and_its_grain(dbt_manifest: Mapping[str, Any]) -> None:
    assert rules.uncontracted(dbt_manifest) == []


def test_soft_money_is_caught() -> None:
    assert rules.soft_money({"mart_fee": {"paid_yuan": "DECIMAL(14,2)", "cases": "BIGINT", "share": "DOUBLE"}}) == []
    assert rules.soft_money({"int_fee": {"paid_yuan": "DECIMAL(38,2)"}}) == []
    assert rules.soft_money({"mart_fee": {"paid_yuan": "DECIMAL(38,2)"}}, exact=["mart_fee"])
    for kind in ("DOUBLE", "FLOAT", "BIGINT", "DECIMAL(18,3)"):
        assert rules.soft_money({"int_fee": {"paid_yuan": kind}}), kind
    assert rules.soft_money({"int_a": {"share": "FLOAT"}})


def test_money_is_decimal_from_lake_to_mart(
    dbt_manifest: Mapping[str, Any], relations: Relations, lake_relations: Relations
) -> None:
    money = [column for columns in lake_relations.values() for column in columns if column.endswith("_yuan")]
    assert len(money) > 5
    ends = {*lake_relations, *rules.marts(dbt_manifest)}
    assert rules.soft_money({**lake_relations, **relations}, exact=ends) == []


def test_types_of_marts_are_the_published_set(dbt_manifest: Mapping[str, Any], relations: Relations) -> None:
    assert rules.unlike_contract(forged(MART), {"mart_a": {"births": "HUGEINT"}})
    assert rules.unlike_contract(forged(MART), {"mart_a": {"seen": "TIMESTAMP"}})
    assert rules.unlike_contract(forged(MART), {"mart_a": {"value": "DECIMAL(18,2)", "day": "DATE"}}) == []
    assert rules.unlike_contract(dbt_manifest, relations) == []


def test_an_open_validity_is_caught() -> None:
    open_ended = model("dim_a", "marts", columns=["valid_from", "valid_to"])
    test = {
        "id": "test.taizhang.not_null_dim_a",
        "name": "not_null_dim_a",
        "resource_type": "test",
        "test_metadata": {"name": "not_null"},
        "attached_node": "model.taizhang.dim_a",
        "column_name": "valid_to",
    }
    assert rules.open_validity(forged(open_ended)) == ["dim_a.valid_to"]
    assert rules.open_validity(forged(open_ended, test)) == []
    constrained = model("dim_a", "marts", columns=["valid_to"])
    constrained["columns"]["valid_to"]["constraints"] = [{"type": "not_null"}]
    assert rules.open_validity(forged(constrained)) == []
    assert rules.null_validity_in_rows("r", ["code", "valid_to"], [["R1", "9999-12-31"], ["R2", ""]]) == ["r:3"]


def test_no_validity_ends_in_null(
    dbt_manifest: Mapping[str, Any], seeds: Mapping[str, Csv], reference_input: Mapping[str, Csv]
) -> None:
    assert rules.open_validity(dbt_manifest) == []
    for name, table in {**seeds, **reference_input}.items():
        assert rules.null_validity_in_rows(name, table.header, table.rows) == []


def test_every_source_is_produced(
    dbt_manifest: Mapping[str, Any], lake_relations: Relations, reference_input: Mapping[str, Csv]
) -> None:
    assert rules.orphan_sources(forged(sources=("L16", "L99")), ["L16"]) == ["L99"]
    assert rules.orphan_sources(forged(sources=("L16",)), ["L16"]) == []
    assert len(dbt_manifest["sources"]) > 8
    assert rules.orphan_sources(dbt_manifest, {*lake_relations, *reference_input}) == []


def test_every_seed_column_has_a_type(dbt_manifest: Mapping[str, Any], seeds: Mapping[str, Csv]) -> None:
    seed = {"name": "s", "resource_type": "seed", "columns": {"code": {}}, "config": {"column_types": {}}}
    assert rules.untyped_seeds(forged(seed), {"s": ["code"]}) == ["s.code"]
    assert rules.untyped_seeds(forged({**seed, "config": {"column_types": {"code": "varchar"}}}), {"s": ["code"]}) == []
    assert rules.untyped_seeds(dbt_manifest, {name: seed.header for name, seed in seeds.items()}) == []


def test_models_are_portable(compiled: list[Query]) -> None:
    assert len(compiled) > 20
    assert [breach for query in compiled for breach in lint(query)] == []
