"""The board of reports, the versions of one of them, and a replay, as the command tells them of the sample county."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orchestration.ingest.readings import read_readings
from orchestration.settings import Settings
from tests.conftest import Taizhang


def _asked(taizhang: Taizhang, home: Path, *options: str) -> Any:
    answer = taizhang("--json", "submissions", *options, home=home)
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def test_the_board_tells_what_became_of_every_report_due(
    sample_home: Path, sample_release: Path, taizhang: Taizhang
) -> None:
    lines = _asked(taizhang, sample_home, "--board")
    quality = pl.read_parquet(sample_release / "marts" / "mart_ledger_quality.parquet")
    county = quality.filter(pl.col("division_level") == "county")
    due = [line for line in lines if line["is_due"]]
    accepted = [line for line in due if line["state"] in ("accepted", "partial")]
    assert len(due) == county["due"].sum()
    assert len(accepted) == county["received"].sum()
    assert len([line for line in accepted if not line["is_late"]]) == county["on_time"].sum()
    assert len({(line["unit_code"], line["form"], line["period"]) for line in lines}) == len(lines)
    zero = [line for line in lines if line["is_zero"]]
    assert zero
    assert {(line["state"], line["accepted"], line["versions"] > 0) for line in zero} == {("accepted", 0, True)}


def test_the_board_is_asked_by_form_months_unit_and_state(sample_home: Path, taizhang: Taizhang) -> None:
    unit = _asked(taizhang, sample_home, "--board", "--form", "L01", "--state", "not_due")[0]["unit_code"]
    part = _asked(
        taizhang, sample_home, "--board", "--form", "L01", "--period", "2014-02..2014-03", "--unit", unit,
        "--state", "not_due",
    )  # fmt: skip
    assert [(line["unit_code"], line["form"], line["period"], line["state"]) for line in part] == [
        (unit, "L01", "2014-02", "not_due"), (unit, "L01", "2014-03", "not_due"),
    ]  # fmt: skip
    answer = taizhang("--lang", "zh", "submissions", "--board", "--form", "L01", home=sample_home)
    assert "未到应报" in answer.err


def test_a_refused_run_still_has_its_board(refused_home: tuple[Path, Path], taizhang: Taizhang) -> None:
    home, _ = refused_home
    lines = _asked(taizhang, home, "--board", "--form", "L12", "--period", "2014-02")
    assert max(line["versions"] for line in lines) == 2


def test_the_versions_of_a_report_stand_in_order_with_what_each_changed(sample_home: Path, taizhang: Taizhang) -> None:
    twice = next(line for line in _asked(taizhang, sample_home, "--board", "--form", "L16") if line["versions"] == 2)
    address = [word for name in ("unit_code", "form", "period") for word in (f"--{name.split('_')[0]}", twice[name])]
    told = _asked(taizhang, sample_home, *address)
    assert [version["version"] for version in told["versions"]] == [1, 2]
    assert [version["is_current"] for version in told["versions"]] == [False, True]
    days = [version["received_on"] for version in told["versions"]]
    assert days == [twice["first_received_on"], twice["received_on"]]
    assert {(change["from"], change["to"]) for change in told["differences"]} <= {(1, 2)}


def test_a_report_says_how_its_cells_were_read(sample_home: Path, taizhang: Taizhang) -> None:
    counted = read_readings(Settings(home=sample_home)).row(0, named=True)
    address = ("--unit", counted["unit_code"], "--form", counted["form"], "--period", counted["period"])
    told = _asked(taizhang, sample_home, *address)["readings"]
    found = [line for line in told if (line["column"], line["rule"]) == (counted["column_name"], counted["rule"])]
    assert counted["cells"] in [line["cells"] for line in found]
    assert all(line["how_en"] and line["how_zh"] for line in told)


def test_sheets_are_listed_by_form_and_months(sample_home: Path, taizhang: Taizhang) -> None:
    sheets = _asked(taizhang, sample_home, "--form", "L16", "--period", "2014-03..2014-04")
    assert {(sheet["form"], sheet["period"]) for sheet in sheets} == {("L16", "2014-03"), ("L16", "2014-04")}


@pytest.mark.parametrize(
    "options",
    [("--state", "missing"), ("--form", "L99"), ("--period", "2014-13"), ("--board", "--period", "2014-06..2014-01")],
    ids=" ".join,
)
def test_what_cannot_be_asked_is_wrong_usage(tmp_path: Path, taizhang: Taizhang, options: tuple[str, ...]) -> None:
    assert taizhang("submissions", *options, home=tmp_path / "home").code == 64


def test_a_home_without_a_run_has_no_board(tmp_path: Path, taizhang: Taizhang) -> None:
    answer = taizhang("submissions", "--board", home=tmp_path / "home")
    assert answer.code == 64
    assert "taizhang run" in answer.err


def test_a_replay_that_matches_nothing_says_so_and_builds_nothing(sample_home: Path, taizhang: Taizhang) -> None:
    before = sorted(path.name for path in (sample_home / "candidates").iterdir())
    answer = taizhang("replay", "--rule", "date.no_such_rule", home=sample_home)
    assert answer.code == 0, answer.err
    assert "Nothing was read again" in answer.err
    assert sorted(path.name for path in (sample_home / "candidates").iterdir()) == before
