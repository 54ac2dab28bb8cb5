"""The refusals X1 to X14 hold in the whole project; and each catches a forgery."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from . import refusals
from .conftest import Csv
from .manifest_rules import layer_of, marts, models
from .portability import Query

ROOT = Path(__file__).resolve().parents[2]
Relations = Mapping[str, Mapping[str, str]]
Layouts = Mapping[str, Mapping[str, Any]]

MART = {"mart_births": {"division_code": "VARCHAR", "births": "BIGINT"}}
COMMON = {
    "blocked_headers": ["妇检", "查体", "三查", "查环", "查孕", "孕情", "末次月经", "举报", "检举"],
    "blocked_sheets": ["妇检", "举报", "漏管名单", "遗留名单"],
}


def mart(*columns: str) -> Relations:
    return {"mart_births": {"division_code": "VARCHAR", **dict.fromkeys(columns, "VARCHAR")}}


def layout(
    header: str, name: str = "births", words: dict[str, list[str]] | None = None, **column: Any
) -> dict[str, Any]:
    return {"form": "L99", "words": words or {}, "columns": {name: {"type": "int", "aliases": [header], **column}}}


@pytest.fixture
def published(dbt_manifest: Mapping[str, Any], relations: Relations) -> Relations:
    names = marts(dbt_manifest)
    found = {name: columns for name, columns in relations.items() if name in names}
    assert set(found) == set(names)
    assert len(found) > 5
    return found


@pytest.fixture
def everything(relations: Relations, lake_relations: Relations, seeds: Mapping[str, Csv]) -> Relations:
    """Every table beyond landing: lake, seeds, models."""
    return {**lake_relations, **{name: dict.fromkeys(seed.header, "") for name, seed in seeds.items()}, **relations}


@pytest.fixture
def forms(layouts: Layouts) -> list[Mapping[str, Any]]:
    return [content for name, content in layouts.items() if name != "common"]


@pytest.fixture
def codes(seeds: Mapping[str, Csv], dbt_manifest: Mapping[str, Any]) -> list[str]:
    """Every cell of the catalogues of indicators, services and measures, and every measure written in SQL."""
    cells = [cell for name, seed in seeds.items() if "calendar" not in name for row in seed.rows for cell in row]
    return cells + [node["name"] for node in models(dbt_manifest).values()]


def test_x1_pregnancy_state(everything: Relations, forms: list[Mapping[str, Any]]) -> None:
    assert refusals.x1_pregnancy({"stg_l06": {"pregnancy_status": ""}}, [])
    assert refusals.x1_pregnancy({"int_孕情": {}}, [])
    assert refusals.x1_pregnancy({}, [layout("本月查孕人数")])
    assert refusals.x1_pregnancy({}, [layout("{查}人数", words={"查": ["查环"]})])
    assert refusals.x1_pregnancy(MART, [layout("出生人数"), layout("查孕", type="drop")]) == []
    assert refusals.x1_pregnancy(everything, forms) == []


def test_x2_no_list_of_persons(published: Relations) -> None:
    assert refusals.x2_person_grain(mart("person_key"))
    assert refusals.x2_person_grain(mart("row_id"))
    assert refusals.x2_person_grain({"mart_missed": {"births": "BIGINT"}})
    assert refusals.x2_person_grain({**MART, "dim_period": {"period": "VARCHAR"}}) == []
    assert refusals.x2_person_grain(published) == []


def test_x3_examinations_are_blocked(layouts: Layouts, forms: list[Mapping[str, Any]]) -> None:
    assert refusals.x3_examinations({**COMMON, "blocked_headers": ["举报"]}, [])
    assert refusals.x3_examinations({**COMMON, "blocked_sheets": []}, [])
    assert refusals.x3_examinations(COMMON, [layout("妇检结果")])
    assert refusals.x3_examinations(COMMON, [layout("出生")]) == []
    assert refusals.x3_examinations(layouts["common"], forms) == []


def test_x4_denunciations_are_blocked(layouts: Layouts, forms: list[Mapping[str, Any]]) -> None:
    assert refusals.x4_denunciations({**COMMON, "blocked_headers": ["妇检"]}, [])
    assert refusals.x4_denunciations({**COMMON, "blocked_sheets": ["妇检"]}, [])
    assert refusals.x4_denunciations(COMMON, [layout("举报人")])
    assert refusals.x4_denunciations(COMMON, [layout("出生")]) == []
    assert refusals.x4_denunciations(layouts["common"], forms) == []


@pytest.mark.parametrize(
    "code", ["remedial_rate", "induced_abortions", "补救率", "计划外怀孕率", "unplanned_pregnancy_rate"]
)
def test_x5_catches_an_indicator_of_coercion(code: str) -> None:
    assert refusals.x5_coercion(["cbr", code]) == [code]


def test_x5_no_indicator_of_coercion(codes: list[str]) -> None:
    assert len(codes) > 50
    assert refusals.x5_coercion(codes) == []


def test_x6_purposes_never_meet(everything: Relations, compiled: list[Query]) -> None:
    assert refusals.x6_two_purposes({"int_births_fees": {"mother_key": "", "case_key": ""}})
    assert refusals.x6_two_purposes({"int_births_matched": {"mother_key": ""}})
    assert refusals.x6_two_purposes({"int_births": {"mother_key": "", "person_key": ""}}) == []
    assert refusals.x6_linked_persons("m", "select 1 from a inner join b on a.mother_key = b.case_key")
    assert refusals.x6_linked_persons("m", "select 1 from a inner join b on a.case_key = b.case_key") == []
    assert refusals.x6_two_purposes(everything) == []
    assert [breach for query in compiled for breach in refusals.x6_linked_persons(query.name, query.sql)] == []


def test_x7_no_approval_of_a_person(everything: Relations, forms: list[Mapping[str, Any]]) -> None:
    assert refusals.x7_approvals({"stg_l02": {"permit_no": ""}}, [])
    assert refusals.x7_approvals({}, [layout("生育证号")])
    assert refusals.x7_approvals({"stg_l11": {"instalment_approval_date": ""}}, []) == []
    assert refusals.x7_approvals(everything, forms) == []


@pytest.mark.parametrize(
    "column", ["payer_name", "account", "bank_account", "id_no", "detention_days", "base_income_yuan", "address"]
)
def test_x8_catches_a_payer(column: str) -> None:
    assert refusals.x8_payers(mart(column), [])


def test_x8_no_payer_is_known(published: Relations, forms: list[Mapping[str, Any]]) -> None:
    assert refusals.x8_payers(MART, [layout("姓名", "head_name", type="text", pii="D")])
    assert refusals.x8_payers(mart("person_key"), [layout("证号", "id_no", type="id", pii="D", into="person_key")])
    assert refusals.x8_payers(mart("name_zh"), [layout("姓名", "head_name", type="drop", pii="D")]) == []
    assert refusals.x8_payers(MART, [layout("证号", "id_no", type="id", pii="D", into="person_key")]) == []
    assert refusals.x8_payers(published, forms) == []


def test_x9_nothing_below_the_village(published: Relations, reference_input: Mapping[str, Csv]) -> None:
    assert refusals.x9_below_village(mart("household_key"), [])
    assert refusals.x9_below_village(mart("grid_code"), [])
    assert refusals.x9_below_village(MART, ["village", "group"])
    assert refusals.x9_below_village(mart("villagers_group_code"), [])
    assert refusals.x9_below_village(mart("age_group"), ["village", "township", "county"]) == []
    divisions = reference_input["divisions"]
    levels = {row[divisions.header.index("division_level")] for row in divisions.rows}
    assert refusals.x9_below_village(published, sorted(levels)) == []


def test_x10_nothing_is_predicted(everything: Relations) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    modules = [path.stem for folder in ("orchestration", "expectations") for path in (ROOT / folder).rglob("*.py")]
    assert refusals.x10_predictions({"int_birth_propensity": {}}, [], [])
    assert refusals.x10_predictions({"int_l01": {"birth_score": ""}}, [], [])
    assert refusals.x10_predictions({}, ["predict_births"], [])
    assert refusals.x10_predictions({}, [], ["scikit-learn>=1.5"])
    assert refusals.x10_predictions(MART, ["reader"], ["polars>=2"]) == []
    assert refusals.x10_predictions(everything, modules, project["project"]["dependencies"]) == []


def test_x11_no_sex_composition(everything: Relations, codes: list[str], forms: list[Mapping[str, Any]]) -> None:
    assert refusals.x11_sex_composition(mart("two_daughter_households"), [], [])
    assert refusals.x11_sex_composition({}, ["双女户结扎率"], [])
    assert refusals.x11_sex_composition({}, [], [layout("双女户数")])
    assert refusals.x11_sex_composition(mart("births_female"), ["srb"], [layout("女孩")]) == []
    assert refusals.x11_sex_composition(everything, codes, forms) == []


def test_x12_nothing_is_graded(everything: Relations, published: Relations, compiled: list[Query]) -> None:
    assert refusals.x12_grades(mart("village_grade"))
    assert refusals.x12_grades(mart("person_compliance_score"))
    assert refusals.x12_grades(mart("rank"))
    assert refusals.x12_grades(mart("supersession_ranking_day")) == []
    ranked = "select division_code, rank() over (order by births desc nulls last) as place from mart_births"
    assert refusals.x12_league_tables("mart_births", ranked)
    assert refusals.x12_league_tables("m", "select row_number() over (order by row_id nulls last) as n from t") == []
    assert refusals.x12_grades(everything) == []
    shown = [query for query in compiled if query.name in published]
    assert [breach for query in shown for breach in refusals.x12_league_tables(query.name, query.sql)] == []


def test_x13_no_long_acting_share(codes: list[str]) -> None:
    assert refusals.x13_long_acting(["long_acting_rate"])
    assert refusals.x13_long_acting(["长效节育率"])
    assert refusals.x13_long_acting(["contraceptive_delivery_rate", "folic_coverage"]) == []
    assert refusals.x13_long_acting(codes) == []


@pytest.mark.parametrize(
    "stray",
    ["marts/int_l01_current.parquet", "evidence/audit_failing_rows.parquet", "marts/extra.csv", "warehouse.duckdb"],
)
def test_x14_catches_a_stray_file(stray: str) -> None:
    assert refusals.x14_row_export(["marts/mart_births.parquet", stray], MART)


def test_x14_catches_a_missing_table() -> None:
    assert refusals.x14_row_export([], MART) == ["mart_births is missing"]


def test_x14_what_a_release_may_hold_passes() -> None:
    assert refusals.x14_row_export(["marts/mart_births.parquet", "marts.duckdb", "manifest.json"], MART) == []


def test_x14_what_is_published_is_what_stands_among_the_marts(dbt_manifest: Mapping[str, Any]) -> None:
    assert marts(dbt_manifest).keys() == {
        node["name"] for node in models(dbt_manifest).values() if layer_of(node) == "marts"
    }
