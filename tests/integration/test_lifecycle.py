"""Run, run again, roll back, run again; refuse twice; never half-published."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from orchestration.audit.receipt import verify_receipt
from orchestration.errors import CouldNotRun, Refused
from orchestration.judge import judge_newest, publish_newest
from orchestration.settings import SAMPLE_DIR, Settings, export_settings
from orchestration.synthesis.sample.ledgers import overlay
from orchestration.transform.dbt import MANIFEST, prepare_manifest
from tests.architecture.manifest_rules import marts
from tests.architecture.refusals import x14_row_export
from tests.conftest import Taizhang
from tests.integration.homes import copy_home, picture

BASE = SAMPLE_DIR / "landing"


def current(home: Path) -> str:
    return (home / "releases" / "current").readlink().name


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


def test_x14_a_release_holds_published_tables_only(sample_release: Path) -> None:
    manifest = json.loads((prepare_manifest() / MANIFEST).read_text(encoding="utf-8"))
    files = [path.relative_to(sample_release).as_posix() for path in sample_release.rglob("*") if path.is_file()]
    assert x14_row_export(files, set(marts(manifest))) == []


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


def test_after_a_rollback_a_run_stays(two_releases: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    home = copy_home(two_releases, tmp_path / "home")
    newest, oldest = current(home), sorted(p.name for p in (home / "releases").glob("[0-9]*"))[0]
    assert newest != oldest
    assert taizhang("rollback", oldest, home=home).code == 0
    assert current(home) == oldest
    answer = taizhang("run", "--landing", BASE, "--as-of", "2014-06-20", home=home)
    assert answer.code == 0
    assert current(home) == oldest


def test_publishing_again_after_a_rollback_moves_nothing(
    two_releases: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    """Neither the schedule nor a click in the UI undoes what a person decided."""
    home = copy_home(two_releases, tmp_path / "home")
    oldest = sorted(p.name for p in (home / "releases").glob("[0-9]*"))[0]
    assert taizhang("rollback", oldest, home=home).code == 0
    before = (home / "log" / "chain.jsonl").read_bytes()
    publish_newest(Settings(home=home, landing=BASE, as_of=date(2014, 6, 20)))
    assert current(home) == oldest
    assert (home / "log" / "chain.jsonl").read_bytes() == before


def test_a_candidate_of_other_inputs_is_not_judged(two_releases: Path, tmp_path: Path) -> None:
    """Stages run apart must not stamp an old candidate with the inputs of now."""
    home = copy_home(two_releases, tmp_path / "home")
    with pytest.raises(CouldNotRun, match="other inputs"):
        judge_newest(Settings(home=home, landing=BASE, as_of=date(2014, 5, 1)))
    with pytest.raises(Refused):
        publish_newest(Settings(home=home, landing=BASE, as_of=date(2014, 5, 1)))


def test_an_edited_report_is_not_published(sample_home: Path, tmp_path: Path) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    candidate = sorted((home / "candidates").glob("[0-9]*"))[-1]
    report = candidate / "report.html"
    report.write_text(report.read_text(encoding="utf-8") + "<!-- a later thought -->", encoding="utf-8")
    with pytest.raises(Refused):
        verify_receipt(candidate)


def test_rolling_back_to_nowhere_is_a_usage_error(sample_home: Path, taizhang: Taizhang) -> None:
    answer = taizhang("rollback", "20000101T000000Z-00000000", home=sample_home)
    assert answer.code == 64
    assert "no such release" in answer.err


def refused_rows(home: Path, rule: str) -> tuple[str, pl.DataFrame]:
    """The text of the newest report and the failing rows of one rule behind it."""
    report = sorted((home / "candidates").glob("[0-9]*"))[-1] / "report.html"
    rows = pl.read_parquet(report.parent / "evidence" / "audit_failing_rows.parquet")
    return report.read_text(encoding="utf-8"), rows.filter(pl.col("rule_id") == rule)


def test_wrong_amounts_are_refused_twice(
    sample_home: Path, refused_home: tuple[Path, Path], taizhang: Taizhang
) -> None:
    home, landing = refused_home
    assert current(home) == current(sample_home)
    again = taizhang("run", "--landing", landing, home=home)
    assert again.code == 2
    assert "Refused, as before" in again.err
    assert current(home) == current(sample_home)
    alerts = [json.loads(path.read_text(encoding="utf-8")) for path in (home / "outbox").glob("*.json")]
    assert [alert["kind"] for alert in alerts] == ["refused"]


def test_the_report_of_a_refusal_names_file_sheet_row_column_and_rule(refused_home: tuple[Path, Path]) -> None:
    rule = "fee.principal_within_assessed"
    text, rows = refused_rows(refused_home[0], rule)
    assert rows.height >= 4
    assert rule in text
    for row in rows.iter_rows(named=True):
        for name in ("file_path", "sheet_name", "row_no", "column_name"):
            assert str(row[name]) in text, name


@pytest.mark.long
def test_missing_villages_are_refused_twice(sample_home: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    landing = overlay(BASE, SAMPLE_DIR / "fault-missing", tmp_path / "landing")
    home = copy_home(sample_home, tmp_path / "home")
    for room in ("lake", "archive"):  # the release stands; what it was made of was never received here
        shutil.rmtree(home / room)
    stood = current(home)
    for words in ("Refused: ", "Refused, as before"):
        answer = taizhang("run", "--landing", landing, home=home)
        assert answer.code == 2
        assert words in answer.err
        assert current(home) == stood
    rule = "ledger.units_due_reported"
    text, rows = refused_rows(home, rule)
    assert rule in text
    assert rows.height > 0
    row = rows.row(0, named=True)
    assert all(str(row[name]) in text for name in ("unit_code", "form", "period"))


def test_publishing_alone_after_a_refusal_is_refused(sample_home: Path, refused_home: tuple[Path, Path]) -> None:
    from orchestration.definitions import definitions
    from orchestration.defs.resources import home_of

    home, landing = refused_home
    settings = Settings(home=home, landing=landing)
    export_settings(settings)
    published = definitions().get_assets_def(dg.AssetKey(["release", "published"]))
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [published, *(dg.AssetSpec(key) for key in published.dependency_keys)],
            resources={"ledger_home": home_of(settings)},
            instance=instance,
            raise_on_error=False,
        )
    assert not result.success
    assert current(home) == current(sample_home)


def test_a_suite_that_raises_could_not_run(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit stage alone, over the warehouse as the sample's run left it."""
    from dataclasses import replace

    import expectations
    from expectations.rules import Expectation
    from orchestration.definitions import definitions

    home = copy_home(sample_home, tmp_path / "home")
    stood = current(home)
    table = "mart_population_balance"
    first, *others = expectations.SUITES[table]
    broken = replace(first, expectation=Expectation("ExpectColumnValuesToNotBeNull", {"column": "no_such_column"}))
    monkeypatch.setitem(expectations.SUITES, table, (broken, *others))
    export_settings(Settings(home=home, landing=BASE))
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            definitions()
            .resolve_job_def("build_release")
            .execute_in_process(
                asset_selection=[dg.AssetKey(["release", "candidate"]), dg.AssetKey(["release", "published"])],
                instance=instance,
                raise_on_error=False,
            )
        )
    failed = [event.step_failure_data.user_failure_data for event in result.all_events if event.is_step_failure]
    assert [failure and failure.metadata["exit_code"].value for failure in failed] == [3]
    assert current(home) == stood
    assert len(list((home / "candidates").glob("[0-9]*"))) == 2
    assert not list((sorted((home / "candidates").glob("[0-9]*"))[-1]).glob("receipt.json"))


def test_a_tampered_candidate_is_not_published(sample_home: Path, tmp_path: Path) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    candidate = sorted((home / "candidates").glob("[0-9]*"))[-1]
    mart = candidate / "marts" / "mart_vital_events.parquet"
    mart.write_bytes(mart.read_bytes() + b"\0")
    with pytest.raises(Refused):
        verify_receipt(candidate)
