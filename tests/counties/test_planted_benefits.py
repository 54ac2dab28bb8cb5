"""A county with defects: every violation planted in its benefits and funding is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Taizhang

pytestmark = pytest.mark.long

SIZE = ("--villages", 20, "--persons", 3000, "--months", 24)
ASKED = ("--county", "331099", *SIZE, "--seed", 1307, "--start", "2014-01", "--defects", 0.02)


def test_planted_violations_are_found_and_nothing_else(tmp_path: Path, taizhang: Taizhang) -> None:
    home, landing, truth = tmp_path / "home", tmp_path / "landing", tmp_path / "truth"
    made = taizhang("synth", *ASKED, "--out", landing, "--truth", truth, home=home)
    assert made.code == 0, made.err
    ran = taizhang("run", "--landing", landing, home=home)
    assert ran.code in (0, 2), ran.err
    (candidate,) = (home / "candidates").iterdir()
    of_benefits = pl.col("check").str.starts_with("BC-")
    planted = pl.read_parquet(truth / "planted.parquet").filter(of_benefits).select("check", "unit_code", "period")
    findings = pl.read_parquet(candidate / "marts" / "mart_findings.parquet").rename({"check_id": "check"})
    found = findings.filter(of_benefits, pl.col("failed") > 0)
    assert planted.height == 9
    assert set(found.select("check", "unit_code", "period").iter_rows()) == set(planted.iter_rows())
    assert set(found["failed"]) == {1}
