"""What we lean on in dbt that its documentation does not promise; a failure here says that upstream moved."""

from __future__ import annotations

import json

from orchestration.transform.dbt import MANIFEST, load_manifest, prepare_manifest


def test_the_packed_manifest_loads_without_a_profile_and_names_the_same_nodes() -> None:
    """Decision: the models name no file, and the parsed project is kept beside it."""
    written = json.loads((prepare_manifest() / MANIFEST).read_text(encoding="utf-8"))
    loaded = load_manifest()
    assert set(loaded.nodes) == set(written["nodes"])
    assert set(loaded.sources) == set(written["sources"])
    assert loaded.flat_graph["nodes"]


def test_the_parsed_project_names_no_home() -> None:
    """Decision: one parsed project serves every home."""
    written = json.loads((prepare_manifest() / MANIFEST).read_text(encoding="utf-8"))
    ours = json.dumps([list(written["sources"].values()), [node["raw_code"] for node in written["nodes"].values()]])
    assert "read_parquet" not in ours
    assert "/lake/" not in ours
