"""Stage two, transform: the dbt project over the lake, in one invocation a run.

What belongs here: dbt's nodes as assets and its data tests as checks. What does not: SQL, and any verdict; a failing
test does not stop the run here, since the gate judges it and the report must be able to say so.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets

from orchestration.defs.resources import LedgerHome, told_plainly
from orchestration.home import prepare_home
from orchestration.standing import as_of
from orchestration.settings import DBT_PROJECT_DIR, Settings
from orchestration.transform.dbt import build, prepare_manifest, remember

Event = dg.MaterializeResult | dg.AssetCheckResult  # type: ignore[type-arg]


class HouseTranslator(DagsterDbtTranslator):
    """dbt nodes in our own words: group transform, a description in both languages, checks that only tell."""

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """The spec of a model or seed; sources keep the key that their ``meta.dagster`` names."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        node = manifest["nodes"].get(unique_id)
        if node is None:
            return spec
        chinese = node.get("config", {}).get("meta", {}).get("zh", "")
        return spec.replace_attributes(
            group_name="transform", description=f"{node.get('description', '')} {chinese}".strip()
        )

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        """The spec of a data test, never blocking: blocking is the gate's."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return None if spec is None else spec._replace(blocking=False)


def warehouse_keys() -> list[dg.AssetKey]:
    """The keys of what a candidate is made of: marts and audit tables."""
    manifest = json.loads(prepare_manifest(Settings()).read_text(encoding="utf-8"))
    house = HouseTranslator()
    return [
        house.get_asset_spec(manifest, unique_id, None).key
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["fqn"][1] in ("marts", "audit")
    ]


@dg.definitions
def transform() -> dg.Definitions:
    """Every dbt model and seed as an asset, every data test as a check."""
    manifest_path = prepare_manifest(Settings())
    manifest = json.loads(Path(manifest_path).read_text(encoding="utf-8"))
    project = DbtProject(project_dir=DBT_PROJECT_DIR, target_path=manifest_path.parent)

    @dbt_assets(
        manifest=manifest,
        project=project,
        dagster_dbt_translator=HouseTranslator(),
        name="warehouse",
        pool="home",
        exclude="resource_type:unit_test",
    )
    def warehouse(context: dg.AssetExecutionContext, ledger_home: LedgerHome) -> Iterator[Event]:
        settings = ledger_home.settings()
        with told_plainly():
            prepare_home(settings)
            outcome = build(settings, as_of(settings))
            remember(outcome, settings)
        keys = {
            spec.metadata["dagster_dbt/unique_id"]: spec.key
            for spec in context.assets_def.specs
            if "dagster_dbt/unique_id" in spec.metadata
        }
        for node in outcome.nodes:
            if node.unique_id in keys:
                yield dg.MaterializeResult(asset_key=keys[node.unique_id], metadata={"seconds": node.seconds})
        checks = {
            spec.metadata["dagster_dbt/unique_id"]: spec for spec in context.assets_def.check_specs if spec.metadata
        }
        for test in outcome.tests:
            spec = checks.get(test.unique_id)
            if spec is not None:
                yield dg.AssetCheckResult(
                    asset_key=spec.asset_key,
                    check_name=spec.name,
                    passed=test.status == "pass",
                    metadata={"failing_rows": test.failures},
                )

    return dg.Definitions(assets=[warehouse])
