"""A service is one row of a table: one that the product does not know is added so, and read and counted."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from orchestration.ingest import chunk_reader, ingestion, layout, seed_names
from orchestration.ingest.layout import LAYOUTS_DIR, load_catalogue
from orchestration.settings import DBT_PROJECT_DIR, SEEDS_DIR, dbt_environment
from orchestration.transform import dbt
from orchestration.transform.lake_views import show_lake
from orchestration.transform.seeds import check_seeds
from orchestration.warehouse import connect
from tests.unit.ingest import books
from tests.unit.ingest.test_sheets import rows

ROW = "home_visit,家庭访视,home visit,contacts,L08,,none,7,\n"
MODELS = (
    "staging/stg_l08", "intermediate/ledgers/int_l08_current", "intermediate/services/int_service_log",
    "intermediate/services/int_service_contacts", "intermediate/services/int_services_due",
)  # fmt: skip
# Which submission is in force, and whose it is, has tests of its own.
STUBS = {
    "int_submissions_current": "select * from {{ source('lake', 'submissions') }}",
    "int_fee_units": "select unit_code, unit_code as township_code, unit_code as county_code from {{ ref('stg_l08') }} "
    "group by unit_code",
}
PAGE = [
    ["临江镇2014年6月随访服务记录"],
    ["服务日期", "服务项目", "服务对象编码", "应服务日期", "完成"],
    ["2014-06-09", "家庭访视", "甲-1", "2014-06-03", "是"],
    ["2014-06-20", "家庭访视", "甲-2", "2014-06-03", "是"],
    ["2014-06-20", "产后访视", "甲-2", "", "是"],
]  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The product's layouts, tables of rules and the models that count a log."""
    tree = tmp_path / "tree"
    shutil.copytree(LAYOUTS_DIR, tree / "layouts")
    shutil.copytree(SEEDS_DIR, tree / "seeds/reference")
    shutil.copytree(DBT_PROJECT_DIR / "macros", tree / "dbt/macros")
    for folder in ("staging", "intermediate/ledgers", "intermediate/services"):
        (tree / "dbt/models" / folder).mkdir(parents=True)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(DBT_PROJECT_DIR / name, tree / "dbt" / name)
    sources = "sources:\n  - {name: lake, tables: [{name: L08}, {name: submissions}]}\n"
    (tree / "dbt/models/sources.yml").write_text(sources, "utf-8")
    for name in MODELS:
        shutil.copy(DBT_PROJECT_DIR / f"models/{name}.sql", tree / f"dbt/models/{name}.sql")
    for name, sql in STUBS.items():
        (tree / f"dbt/models/intermediate/{name}.sql").write_text(sql, "utf-8")
    return tree


def test_a_service_is_added_with_one_row(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tree / "seeds/reference/services.csv").open("a", encoding="utf-8") as services:
        services.write(ROW)
    check_seeds(tree / "seeds/reference")

    monkeypatch.setattr(seed_names, "SEEDS_DIR", tree / "seeds/reference")
    monkeypatch.setattr(layout, "names_of", seed_names.names_of.__wrapped__)
    for module in (ingestion, chunk_reader):
        monkeypatch.setattr(module, "load_catalogue", lambda: load_catalogue(tree / "layouts"))
    home = books.home(tmp_path)
    books.put(home, "received=2014-07-05/临江镇计生办2014年6月.xlsx", books.workbook({"服务": PAGE}))
    summary = ingestion.ingest_landing(home)
    assert (summary.accepted, summary.quarantined) == (3, 0)
    assert [row["service_code"] for row in rows(home, "L08")] == ["home_visit", "home_visit", "postnatal_visit"]

    monkeypatch.setattr(dbt, "DBT_PROJECT_DIR", tree / "dbt")
    show_lake(home)
    with dbt_environment(home):
        dbt._outcome(
            home.dbt_target, ["build", "--select", "services", "+int_services_due", "int_service_contacts"], None
        )
    with connect(home.warehouse_file, read_only=True, settings=home) as warehouse:
        due = warehouse.execute("select month, due, done, done_in_window from intermediate.int_services_due").fetchall()
        given = warehouse.execute("select given_on from intermediate.int_service_contacts where service = 'home_visit'")
        days = sorted(given.fetchall())
    assert due == [("2014-06", 2, 2, 1)]
    assert days == [(date(2014, 6, 9),), (date(2014, 6, 20),)]
