"""A form is one layout, one staging model, one source entry: a form that the product does not know is added so."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.ingest import chunk_reader, ingestion
from orchestration.ingest.layout import LAYOUTS_DIR, load_catalogue
from orchestration.settings import DBT_PROJECT_DIR, Settings, dbt_environment
from orchestration.transform import dbt
from orchestration.transform.lake_views import show_lake
from orchestration.warehouse import connect
from tests.unit.ingest import books

FORM = "L99"
LAYOUT = """
form: L99
kind: events
name_zh: 设备购置表
name_en: equipment
titles: [设备购置]
by_township: true
columns:
  fund_year: {type: int, minimum: 1980, places_row: true, aliases: [年度]}
  source_code: {type: code, aliases: [来源, 资金来源], codes: {central: [中央], township: [镇, 乡镇]}}
  budget_yuan: {type: money, places_row: true, aliases: [预算, 预算数]}
  spent_yuan: {type: money, aliases: [执行, 执行数]}
"""
MODEL = """
select
    {{ text('unit_code') }} as unit_code,
    {{ text('period') }} as period,
    cast(fund_year as integer) as fund_year,
    {{ text('source_code') }} as source_code,
    cast(budget_yuan as decimal(14, 2)) as budget_yuan,
    cast(spent_yuan as decimal(14, 2)) as spent_yuan
from {{ source('lake', 'L99') }}
"""
ENTRY = """
sources:
  - name: lake
    tables:
      - name: L99
        description: "Equipment of a year, one row a source."
        config: {meta: {zh: "设备", dagster: {asset_key: [lake, L99]}}}
models:
  - name: stg_l99
    description: "Equipment as the sheets state it."
    config: {meta: {zh: "设备(暂存)"}}
"""
PAGE = [
    ["计划生育设备购置表"], ["填报单位:临江镇计生办   2014年6月30日   单位:万元"],
    ["序号", "年度", "资金来源", "预算数", "执行数(元)"],
    [1, "2014年", "中央", 12.5, 120000], [2, 2014, "镇", "３.0", ""], ["", "合计", "", 15.5, 120000],
]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The product's layouts and dbt project, to which a form is added; other models have no part in it."""
    tree = tmp_path / "tree"
    shutil.copytree(LAYOUTS_DIR, tree / "layouts")
    shutil.copytree(DBT_PROJECT_DIR / "macros", tree / "dbt/macros")
    (tree / "dbt/models/staging").mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml", "models/staging/_sources.yml"):
        shutil.copy(DBT_PROJECT_DIR / name, tree / "dbt" / name)
    return tree


def add(tree: Path) -> None:
    (tree / "layouts" / f"{FORM}.yml").write_text(LAYOUT, "utf-8")
    (tree / "dbt/models/staging" / "stg_l99.sql").write_text(MODEL, "utf-8")
    (tree / "dbt/models/staging" / "_stg_l99.yml").write_text(ENTRY, "utf-8")


def _files(tree: Path) -> dict[Path, bytes]:
    return {path.relative_to(tree): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def test_a_form_is_added_with_three_files(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _files(tree)
    add(tree)
    after = _files(tree)
    assert {path: after.get(path) for path in before} == before
    assert len(after) - len(before) == 3

    for module in (ingestion, chunk_reader):
        monkeypatch.setattr(module, "load_catalogue", lambda: load_catalogue(tree / "layouts"))
    home: Settings = books.home(tmp_path)
    books.put(home, "received=2014-07-05/临江镇计生办2014年6月.xlsx", books.workbook({"设备": PAGE}))
    summary = ingestion.ingest_landing(home)
    assert (summary.accepted, summary.quarantined, summary.sheets) == (2, 0, {"accepted": 1})

    monkeypatch.setattr(dbt, "DBT_PROJECT_DIR", tree / "dbt")
    show_lake(home)
    with dbt_environment(home):
        dbt._outcome(home.dbt_target, ["run", "--select", "stg_l99"], None)
    with connect(home.warehouse_file, read_only=True, settings=home) as warehouse:
        rows = warehouse.execute("from staging.stg_l99 order by source_code").fetchall()
    assert rows == [
        ("331099100000-fp", "2014-06", 2014, "central", Decimal("125000.00"), Decimal("120000.00")),
        ("331099100000-fp", "2014-06", 2014, "township", Decimal("30000.00"), None),
    ]
