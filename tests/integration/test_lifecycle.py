"""Run, run again, roll back, run again; refuse twice; never half-published."""

from __future__ import annotations

import json
import os
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from orchestration.errors import Refused
from orchestration.settings import SAMPLE_DIR, Settings
from orchestration.synthesis.sample import overlay
from tests.conftest import Taizhang
from tests.integration.homes import copy_home, mart_hashes, picture

BASE = SAMPLE_DIR / "landing"


def current(home: Path) -> str:
    return os.readlink(home / "releases" / "current")


def test_a_second_run_has_nothing_to_do_and_rewrites_nothing(
    sample_home: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    before = picture(home)
    answer = taizhang("run", "--landing", BASE, home=home)
    assert answer.code == 0, answer.err
    assert "Nothing new" in answer.err
    assert picture(home) == before


def test_a_release_is_whole_private_and_verifiable(sample_home: Path, taizhang: Taizhang) -> None:
    release = sample_home / "releases" / current(sample_home)
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["synthetic"] is True
    assert not (release / "public").exists()
    assert {path.stem for path in (release / "office" / "marts").glob("*.parquet")} == {
        path.split("/")[-1].removesuffix(".parquet") for path in manifest["files"] if path.startswith("office/marts/")
    }
    assert (sample_home / "archive").stat().st_mode & 0o077 == 0
    assert (sample_home / "audit").stat().st_mode & 0o077 == 0
    assert (release / "office").stat().st_mode & 0o007 == 0
    assert taizhang("verify", home=sample_home).code == 0


def test_verify_sees_a_single_changed_byte(sample_home: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    mart = home / "releases" / current(home) / "office" / "marts" / "mart_population_balance.parquet"
    data = bytearray(mart.read_bytes())
    data[len(data) // 2] ^= 1
    mart.chmod(0o600)
    mart.write_bytes(bytes(data))
    answer = taizhang("--json", "verify", home=home)
    assert answer.code == 2
    assert "mart_population_balance" in answer.out


@pytest.fixture(scope="module")
def two_releases(sample_home: Path, tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> Path:
    """A home with two releases: what was known in May, then everything."""
    home = copy_home(sample_home, tmp_path_factory.mktemp("two") / "home")
    first = current(home)
    answer = taizhang("run", "--landing", BASE, "--as-of", "2014-05-31", home=home)
    assert answer.code == 0, answer.err
    assert current(home) != first
    return home


def test_after_a_rollback_a_run_stays(two_releases: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    home = copy_home(two_releases, tmp_path / "home")
    newest, oldest = current(home), sorted(p.name for p in (home / "releases").glob("[0-9]*"))[0]
    assert newest != oldest
    assert taizhang("rollback", oldest, home=home).code == 0
    assert current(home) == oldest
    answer = taizhang("run", "--landing", BASE, "--as-of", "2014-05-31", home=home)
    assert answer.code == 0
    assert current(home) == oldest


def test_rolling_back_to_nowhere_is_a_usage_error(sample_home: Path, taizhang: Taizhang) -> None:
    answer = taizhang("rollback", "20000101T000000Z-00000000", home=sample_home)
    assert answer.code == 64
    assert "no such release" in answer.err


@pytest.mark.parametrize(
    ("fault", "rule"),
    [("fault-amounts", "fee.principal_within_assessed"), ("fault-missing", "ledger.units_due_reported")],
)
def test_a_fatal_overlay_is_refused_twice(
    fault: str, rule: str, sample_home: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    landing = overlay(BASE, SAMPLE_DIR / fault, tmp_path / "landing")
    if fault == "fault-amounts":
        home = copy_home(sample_home, tmp_path / "home")
        stood = current(home)
    else:
        home, stood = tmp_path / "home", None
    for _ in range(2):
        answer = taizhang("run", "--landing", landing, home=home)
        assert answer.code == 2, answer.err
        if stood is None:
            assert not (home / "releases" / "current").exists()
        else:
            assert current(home) == stood
    report = sorted((home / "candidates").glob("[0-9]*"))[-1] / "report.html"
    text = report.read_text(encoding="utf-8")
    assert rule in text
    rows = pl.read_parquet(report.parent / "evidence" / "audit_failing_rows.parquet").filter(pl.col("rule_id") == rule)
    assert rows.height > 0
    row = rows.row(0, named=True)
    shown = ["unit_code", "form", "period"]
    if fault == "fault-amounts":
        shown += ["file_path", "sheet_name", "row_no", "column_name"]
    for name in shown:
        assert str(row[name]) in text, name
    assert list((home / "outbox").glob("*.json")), "a refusal leaves an alert"
    alert = json.loads(sorted((home / "outbox").glob("*.json"))[0].read_text(encoding="utf-8"))
    assert alert["kind"] == "refused"


def test_publishing_alone_after_a_refusal_is_refused(sample_home: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    from orchestration.definitions import definitions
    from orchestration.defs.resources import home_of

    landing = overlay(BASE, SAMPLE_DIR / "fault-amounts", tmp_path / "landing")
    home = copy_home(sample_home, tmp_path / "home")
    stood = current(home)
    assert taizhang("run", "--landing", landing, home=home).code == 2
    settings = Settings(home=home, landing=landing)
    os.environ["TAIZHANG_HOME"] = str(home)
    published = definitions().get_assets_def(dg.AssetKey(["release", "published"]))
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [published, *_upstream(published)],
            selection=[dg.AssetKey(["release", "published"])],
            resources={"ledger_home": home_of(settings)},
            instance=instance,
            raise_on_error=False,
        )
    assert not result.success
    assert current(home) == stood


def _upstream(asset: dg.AssetsDefinition) -> list[dg.AssetSpec]:
    return [dg.AssetSpec(key) for key in asset.dependency_keys]


def test_a_suite_that_raises_could_not_run(
    sample_home: Path, tmp_path: Path, taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    import expectations
    from expectations.rules import Expectation

    home = copy_home(sample_home, tmp_path / "home")
    stood = current(home)
    table = "mart_population_balance"
    first, *others = expectations.SUITES[table]
    broken = replace(first, expectation=Expectation("ExpectColumnValuesToNotBeNull", {"column": "no_such_column"}))
    monkeypatch.setitem(expectations.SUITES, table, (broken, *others))
    answer = taizhang("run", "--landing", BASE, "--as-of", "2014-06-01", home=home)
    assert answer.code == 3, answer.err
    assert current(home) == stood
    assert taizhang("run", "--landing", BASE, "--as-of", "2014-06-01", home=home).code == 3


def test_a_tampered_candidate_is_not_published(sample_home: Path, tmp_path: Path) -> None:
    from orchestration.audit.receipt import verify_receipt

    home = copy_home(sample_home, tmp_path / "home")
    candidate = sorted((home / "candidates").glob("[0-9]*"))[-1]
    mart = candidate / "marts" / "mart_vital_events.parquet"
    mart.write_bytes(mart.read_bytes() + b"\0")
    with pytest.raises(Refused):
        verify_receipt(candidate)

