"""Whatever is dropped into landing or asked of the command: one clear sentence, an address, a remedy."""

from __future__ import annotations

import fcntl
import json
import shutil
from pathlib import Path

import pytest

from orchestration.home import locked
from orchestration.settings import SAMPLE_DIR, Settings, export_settings
from tests.conftest import Taizhang
from tests.integration.homes import a_workbook, bad_files, copy_home, picture

BASE = SAMPLE_DIR / "landing"


def test_an_empty_landing_is_no_failure(tmp_path: Path, taizhang: Taizhang) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    answer = taizhang("run", "--landing", landing, home=tmp_path / "home")
    assert answer.code == 0
    assert "Nothing was received yet" in answer.err
    assert not (tmp_path / "home" / "releases" / "current").exists()


def test_an_absent_landing_is_wrong_usage(tmp_path: Path, taizhang: Taizhang) -> None:
    answer = taizhang("run", "--landing", tmp_path / "nowhere", home=tmp_path / "home")
    assert answer.code == 64
    assert str(tmp_path / "nowhere") in answer.err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("arguments", [("run", "--no-such-option"), ("no-such-verb",), ("run", "--as-of", "yesterday")])
def test_a_wrong_option_is_wrong_usage(arguments: tuple[str, ...], tmp_path: Path, taizhang: Taizhang) -> None:
    assert taizhang(*arguments, home=tmp_path / "home").code == 64


def test_an_unwritable_home_could_not_run(taizhang: Taizhang) -> None:
    answer = taizhang("run", "--landing", BASE, home=Path("/proc/taizhang-home"))
    assert answer.code == 3
    assert "cannot be written" in answer.err
    assert "--home" in answer.err


def test_a_missing_key_beside_a_filled_lake_could_not_run(
    sample_home: Path, tmp_path: Path, taizhang: Taizhang
) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    key = Path(f"{home}.key")
    key.unlink()
    landing = tmp_path / "landing"
    shutil.copytree(BASE, landing)
    shutil.copy(a_workbook(), landing / "again.xlsx")
    before = picture(home / "lake")
    answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 3
    assert "key" in answer.err.lower()
    assert not key.exists(), "a second key must never be made over a filled lake"
    assert picture(home / "lake") == before


def test_a_wrong_key_could_not_run(sample_home: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    Path(f"{home}.key").write_bytes(bytes(32))
    landing = tmp_path / "landing"
    shutil.copytree(BASE, landing)
    shutil.copy(a_workbook(), landing / "again.xlsx")
    answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 3
    assert "key" in answer.err.lower()


def test_a_stage_run_from_the_ui_respects_the_lock(sample_home: Path, tmp_path: Path) -> None:
    import dagster as dg

    from orchestration.definitions import definitions
    from orchestration.defs.resources import home_of

    settings = Settings(home=copy_home(sample_home, tmp_path / "home"), landing=BASE)
    export_settings(settings)
    published = definitions().get_assets_def(dg.AssetKey(["release", "published"]))
    with locked(settings), dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [published, *(dg.AssetSpec(key) for key in published.dependency_keys)],
            resources={"ledger_home": home_of(settings)},
            instance=instance,
            raise_on_error=False,
        )
    assert not result.success


@pytest.mark.parametrize("variable", [("TAIZHANG_THREADS", "0"), ("TAIZHANG_AS_OF", "yesterday")])
def test_a_wrong_setting_is_wrong_usage_and_named(
    variable: tuple[str, str], tmp_path: Path, taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*variable)
    answer = taizhang("status", home=tmp_path / "home")
    assert answer.code == 64
    assert variable[0] in answer.err


def test_two_runs_at_once(sample_home: Path, tmp_path: Path, taizhang: Taizhang) -> None:
    home = copy_home(sample_home, tmp_path / "home")
    with (home / "lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = taizhang("run", "--landing", BASE, home=home)
    assert answer.code == 3
    assert "Another run holds this home folder" in answer.err


@pytest.mark.parametrize("name", sorted(bad_files()))
def test_a_file_that_is_no_ledger_is_refused_with_reason_and_remedy(
    name: str, tmp_path: Path, taizhang: Taizhang
) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    (landing / name).write_bytes(bad_files()[name])
    home = tmp_path / "home"
    answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 0, answer.err
    assert "Traceback" not in answer.err + answer.out
    listed = json.loads(taizhang("--json", "quarantine", home=home).out)
    assert [(row["file"], row["kind"]) for row in listed] == [(name, "file")]
    assert all(listed[0][field] for field in ("rule_id", "reason_en", "reason_zh", "hint_en", "hint_zh"))
    assert not (home / "releases" / "current").exists()


def sheet(path: Path, title: str, unit: str) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    page.append([f"{title}(虚构数据)"])
    page.append([f"填报单位(盖章):{unit}    2014年3月31日    单位:人"])
    page.append(["姓名", "身份证号", "性别", "死亡日期"])
    page.append(["某某", "", "男", "2014-03-05"])
    book.save(path)


@pytest.mark.parametrize(
    ("title", "unit"),
    [("水利设施登记表", "虚构县某村"), ("死亡登记", "没有这个镇没有这个村")],
    ids=["unknown form", "unknown village"],
)
def test_a_sheet_that_cannot_be_placed_is_quarantined_with_its_rows(
    title: str, unit: str, tmp_path: Path, taizhang: Taizhang
) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    sheet(landing / "book.xlsx", title, unit)
    home = tmp_path / "home"
    answer = taizhang("run", "--landing", landing, home=home)
    assert answer.code == 0, answer.err
    listed = json.loads(taizhang("--json", "quarantine", home=home).out)
    assert {row["kind"] for row in listed} == {"sheet"}
    counted = json.loads(taizhang("--json", "submissions", home=home).out)
    for row in counted:
        assert row["rows_seen"] == row["accepted"] + row["quarantined"] + row["duplicate"] + row["non_data"]
        assert row["accepted"] == 0


@pytest.mark.long
def test_a_full_disk_could_not_run_and_publishes_nothing(
    sample_home: Path, tmp_path: Path, taizhang: Taizhang, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from orchestration.publish import release

    home = copy_home(sample_home, tmp_path / "home")
    stood = (home / "releases" / "current").readlink()

    def no_space(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(release, "_build_duckdb", no_space)
    answer = taizhang("run", "--landing", BASE, "--as-of", "2014-06-10", home=home)
    assert answer.code == 3
    assert "No space left on device" in answer.err
    assert (home / "releases" / "current").readlink() == stood
    monkeypatch.undo()
    assert taizhang("run", "--landing", BASE, "--as-of", "2014-06-10", home=home).code == 0


def test_common_options_stand_before_or_after_the_verb(sample_home: Path, taizhang: Taizhang) -> None:
    from tests.conftest import run_bare

    before = run_bare("--home", sample_home, "--json", "releases")
    after = run_bare("releases", "--json", "--home", sample_home)
    assert before.code == after.code == 0
    assert before.out == after.out
    assert json.loads(after.out)[0]["is_current"] is True
    chinese = run_bare("releases", "--lang", "zh", "--home", sample_home.parent / "nowhere")
    assert "没有可列出的内容" in chinese.err
