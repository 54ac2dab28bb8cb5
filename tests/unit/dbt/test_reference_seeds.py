"""Seeds that a formula decides are recomputed here, so that nobody edits a number by hand."""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

from scipy.stats import chi2

from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.row_checks import SiblingGap
from orchestration.settings import SEEDS_DIR


def read_seed(name: str) -> list[dict[str, str]]:
    with Path(SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_poisson_limits_are_the_exact_ones() -> None:
    rows = read_seed("poisson_limits")
    assert [int(row["events"]) for row in rows] == list(range(101))
    for row in rows:
        events = int(row["events"])
        lower = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
        upper = chi2.ppf(0.975, 2 * events + 2) / 2
        assert abs(float(row["lower_limit"]) - lower) < 1e-9
        assert abs(float(row["upper_limit"]) - upper) < 1e-9


def test_every_month_knows_its_days_and_years() -> None:
    rows = read_seed("calendar_months")
    assert len(rows) == 12 * 56
    for row, following in pairwise(rows):
        start, end = date.fromisoformat(row["month_start"]), date.fromisoformat(row["month_end"])
        assert row["month"] == f"{start:%Y-%m}"
        assert row["month_end"] == following["month_start"]
        assert (end - start).days == int(row["days"])
        assert row["year_start"] == f"{start.year}-01-01"
        fp_year = start.year + (start.month >= 10)
        assert row["fp_year"] == f"F{fp_year}"
        assert row["fp_year_start"] == f"{fp_year - 1}-10-01"
        assert int(row["days_in_year"]) == (date(start.year + 1, 1, 1) - date(start.year, 1, 1)).days
        assert int(row["days_in_fp_year"]) == (date(fp_year, 10, 1) - date(fp_year - 1, 10, 1)).days


def test_every_indicator_says_where_it_may_be_published() -> None:
    indicators = {row["indicator_code"] for row in read_seed("indicators")}
    assert indicators == {row["indicator_code"] for row in read_seed("indicator_grains")}


def test_no_money_and_no_fee_below_the_township() -> None:
    money = {row["indicator_code"] for row in read_seed("indicators") if row["quality_domain"] == "fees"}
    levels = {row["division_level"] for row in read_seed("indicator_grains") if row["indicator_code"] in money}
    assert "village" not in levels


def test_reader_and_check_hold_siblings_apart_by_the_same_days() -> None:
    (check,) = [check for check in load_catalogue().layouts["L02"].row_checks if isinstance(check, SiblingGap)]
    limits = {row["limit_id"]: float(row["limit_value"]) for row in read_seed("check_limits")}
    assert limits["days_between_births"] == check.days
    (sentence,) = [row["sentence_en"] for row in read_seed("check_registry") if row["check_id"] == "SC-12"]
    assert str(check.days) in sentence
