"""Rules of the dbt project, read from its manifest: edges, descriptions, contracts, money, validity, sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

Manifest = Mapping[str, Any]

# Checks stand beside the marts: they read marts, and mart_findings reads them.
RANK = {"staging": 0, "intermediate": 1, "checks": 2, "marts": 2, "audit": 3}
MONEY = r"DECIMAL\(14,2\)"
END_OF_VALIDITY = re.compile(r"^(valid|due)_to$")
FEES = re.compile(r"(int|mart|audit)_fee_|check_ac_|stg_l1[124]$|int_l14_")
GRAIN = ("division_code", "division_level", "period_type", "period_start", "period_end")
# A dimension has its own key; a finding and a ledger's quality are of a unit, a division and a month.
OWN_GRAIN: Mapping[str, tuple[str, ...]] = {"mart_findings": ("check_id", "unit_code", "period")}


def models(manifest: Manifest) -> dict[str, Mapping[str, Any]]:
    """Unique id -> node of every model of this project."""
    return {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node.get("package_name", "taizhang") == "taizhang"
    }


def layer_of(node: Mapping[str, Any]) -> str:
    """The folder directly under models/, or ``checks`` for what a check looked at, which is never published."""
    folders = node["path"].replace("\\", "/").split("/")[:-1]
    return "checks" if folders[:3] == ["marts", "quality", "checks"] else folders[0]


def marts(manifest: Manifest) -> dict[str, Mapping[str, Any]]:
    """Name -> node of every table that the candidate's export takes for a mart: all of the schema ``marts``."""
    return {node["name"]: node for node in models(manifest).values() if node["schema"] == "marts"}


def zh_of(thing: Mapping[str, Any]) -> str:
    meta = {**(thing.get("meta") or {}), **((thing.get("config") or {}).get("meta") or {})}
    return str(meta.get("zh") or "")


def backward_edges(manifest: Manifest) -> list[str]:
    """Edges that do not go forward: staging, intermediate, marts and checks, audit."""
    known = models(manifest)
    breaches = []
    for node in known.values():
        layer = layer_of(node)
        if layer not in RANK:
            breaches.append(f"{node['name']}: no layer {layer}")
            continue
        for parent in node["depends_on"]["nodes"]:
            if parent.startswith("source.") and layer != "staging":
                breaches.append(f"{node['name']} ({layer}) reads source {parent}")
            if parent not in known:
                continue
            other = layer_of(known[parent])
            if layer == "staging" or RANK.get(other, 9) > RANK[layer]:
                breaches.append(f"{node['name']} ({layer}) reads {known[parent]['name']} ({other})")
    return breaches


def funded_by_fees(manifest: Manifest) -> list[str]:
    """Models of funding that read fees, directly or through others: spending is no function of what is collected."""
    known = models(manifest)
    breaches = []
    for node in known.values():
        waiting, seen = [node] if "funding" in node["name"] else [], set()
        while waiting:
            parents = [parent for parent in waiting.pop()["depends_on"]["nodes"] if parent in known]
            waiting += [known[parent] for parent in parents if parent not in seen]
            seen.update(parents)
        read = sorted(known[parent]["name"] for parent in seen if FEES.match(known[parent]["name"]))
        breaches += [f"{node['name']} reads {name}" for name in read]
    return breaches


def misplaced(manifest: Manifest) -> list[str]:
    """Models whose schema is not their folder's: what stands in the schema ``marts`` is published, row grain or not."""
    return [
        f"{node['name']}: folder {layer_of(node)}, schema {node['schema']}"
        for node in models(manifest).values()
        if node["schema"] != layer_of(node)
    ]


def undescribed(manifest: Manifest, actual: Mapping[str, Collection[str]] | None = None) -> list[str]:
    """Models and columns without an English description or a Chinese name.

    ``actual`` gives the columns that a table really has, so that one left out of the YAML is found too.
    """
    breaches = []
    for node in models(manifest).values():
        if not node.get("description", "").strip() or not zh_of(node):
            breaches.append(node["name"])
        for name, column in node["columns"].items():
            if not column.get("description", "").strip() or not zh_of(column):
                breaches.append(f"{node['name']}.{name}")
        for name in (actual or {}).get(node["name"], ()):
            if name not in node["columns"]:
                breaches.append(f"{node['name']}.{name} is not in the YAML")
    return breaches


def uncontracted(manifest: Manifest) -> list[str]:
    """Marts without an enforced contract, without stated types, or without the columns of their grain."""
    breaches = []
    for name, node in marts(manifest).items():
        if not node["config"].get("contract", {}).get("enforced"):
            breaches.append(f"{name}: contract not enforced")
        breaches += [f"{name}.{key}: no type" for key, column in node["columns"].items() if not column.get("data_type")]
        columns = tuple(node["columns"])
        grain = () if name.startswith("dim_") else OWN_GRAIN.get(name, GRAIN)
        if any(column not in columns for column in grain):
            breaches.append(f"{name}: the grain {', '.join(grain)} is not there")
        if not re.match(r"(dim|mart)_", name):
            breaches.append(f"{name}: a published table is named dim_ or mart_")
    return breaches


def soft_money(relations: Mapping[str, Mapping[str, str]], exact: Collection[str] = ()) -> list[str]:
    """Columns of money that are not decimal with two places, and any FLOAT (relation -> column -> type).

    ``exact`` names the relations at either end of the way, lake and marts, whose money is DECIMAL(14,2); a sum
    on the way may be wider.
    """
    breaches = []
    for relation, columns in relations.items():
        for name, kind in columns.items():
            spelled = kind.upper().replace(" ", "")
            money = name.endswith("_yuan") or name == "yuan"
            wanted = MONEY if relation in exact else r"DECIMAL\(\d+,2\)"
            if (money and not re.fullmatch(wanted, spelled)) or spelled in ("FLOAT", "REAL"):
                breaches.append(f"{relation}.{name}: {kind}")
    return breaches


def unlike_contract(manifest: Manifest, relations: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Marts whose stated types are outside the published set."""
    allowed = re.compile(r"VARCHAR|INTEGER|BIGINT|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|BOOLEAN")
    return [
        f"{name}.{column}: {kind}"
        for name in marts(manifest)
        for column, kind in relations.get(name, {}).items()
        if not allowed.fullmatch(kind.upper().replace(" ", ""))
    ]


def open_validity(manifest: Manifest) -> list[str]:
    """Columns that end a validity and that nothing keeps from being null: no constraint and no test."""
    tested = set()
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and (node.get("test_metadata") or {}).get("name") == "not_null":
            tested.add((node.get("attached_node"), node.get("column_name")))
    breaches = []
    for key, node in models(manifest).items():
        for name, column in node["columns"].items():
            constrained = any(rule.get("type") == "not_null" for rule in column.get("constraints") or ())
            if END_OF_VALIDITY.match(name) and not constrained and (key, name) not in tested:
                breaches.append(f"{node['name']}.{name}")
    return breaches


def null_validity_in_rows(table: str, header: list[str], rows: list[list[str]]) -> list[str]:
    """Rows of a seed or reference file whose validity has no end (row number as a text editor shows it)."""
    ends = [index for index, name in enumerate(header) if END_OF_VALIDITY.match(name)]
    return [f"{table}:{number}" for number, row in enumerate(rows, start=2) for index in ends if not row[index].strip()]


def orphan_sources(manifest: Manifest, produced: Collection[str]) -> list[str]:
    """Source tables that no form of the lake and no reference file feeds."""
    return sorted(node["name"] for node in manifest["sources"].values() if node["name"] not in produced)


def untyped_seeds(manifest: Manifest, headers: Mapping[str, Collection[str]]) -> list[str]:
    """Seed columns without a stated type; ``headers`` are those of the files."""
    return [
        f"{node['name']}.{name}"
        for node in manifest["nodes"].values()
        if node["resource_type"] == "seed"
        for name in headers.get(node["name"], ())
        if name not in (node["config"].get("column_types") or {})
    ]
