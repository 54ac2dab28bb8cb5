"""Stage two, transform: the dbt project over the lake, in one invocation a run.

What belongs here: dbt's nodes as assets. What does not: SQL, and any verdict; a failing data test does not stop the
run here, since the gate judges it and the report must be able to say so.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject, dbt_assets

from orchestration.defs.resources import LedgerHome, in_stage
from orchestration.settings import DBT_PROJECT_DIR
from orchestration.standing import as_of, fingerprint
from orchestration.transform.dbt import MANIFEST, build, prepare_manifest, remember

# A hundred data tests a run would be a hundred events; the gate judges them and the report names each.
TESTS_ARE_THE_GATES = DagsterDbtTranslatorSettings(enable_asset_checks=False)


class HouseTranslator(DagsterDbtTranslator):  # type: ignore[misc]
    """dbt nodes in our own words: group transform, a description in both languages."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """The spec of a model or seed; sources keep the key that their ``meta.dagster`` names."""
        spec: dg.AssetSpec = super().get_asset_spec(manifest, unique_id, project)
        node = manifest["nodes"].get(unique_id)
        if node is None:
            return spec
        chinese = node.get("config", {}).get("meta", {}).get("zh", "")
        words = f"{node.get('description', '')} {chinese}".strip()
        return spec.replace_attributes(group_name="transform", description=words)


def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((prepare_manifest() / MANIFEST).read_text(encoding="utf-8"))
    return manifest


def warehouse_keys() -> list[dg.AssetKey]:
    """The keys of what a candidate is made of: marts and audit tables."""
    manifest = _manifest()
    house = HouseTranslator()
    return [
        house.get_asset_spec(manifest, unique_id, None).key
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["fqn"][1] in ("marts", "audit")
    ]


@dg.definitions
def transform() -> dg.Definitions:
    """Every dbt model and seed as an asset."""
    manifest = _manifest()
    project = DbtProject(project_dir=DBT_PROJECT_DIR, target_path=prepare_manifest())

    @dbt_assets(  # type: ignore[untyped-decorator]
        manifest=manifest,
        project=project,
        dagster_dbt_translator=HouseTranslator(TESTS_ARE_THE_GATES),
        name="warehouse",
        exclude="resource_type:unit_test",
    )
    def warehouse(context: dg.AssetExecutionContext, ledger_home: LedgerHome) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        with in_stage(ledger_home, "transform") as (settings, _):
            mark, known = fingerprint(settings), as_of(settings)
            outcome = build(settings, known)
            remember(outcome, settings, fingerprint=mark, as_of=known)
        keys = {
            spec.metadata["dagster_dbt/unique_id"]: spec.key
            for spec in context.assets_def.specs
            if "dagster_dbt/unique_id" in spec.metadata
        }
        for node in outcome.nodes:
            if node.unique_id in keys:
                rows = outcome.rows.get(f"{node.schema}.{node.name}")
                counted = {} if rows is None else {"dagster/row_count": rows}
                yield dg.MaterializeResult(
                    asset_key=keys[node.unique_id], metadata={"seconds": node.seconds, **counted}
                )

    return dg.Definitions(assets=[warehouse])
