"""Mergers of synthetic counties, as it was and as it is; and the real lists of Huangyan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Taizhang
from tests.reference.county_boundaries import population_as_is, told_changes
from tests.reference.made_county import KEYS, Made, same

# Published lists of the National Bureau of Statistics, in which 2018 is the first year after the mergers of villages.
HUANGYAN_VILLAGES = {2016: 516, 2017: 518, 2018: 350, 2019: 350, 2020: 346, 2021: 347, 2022: 348, 2023: 348}
HUANGYAN_2018 = {"ended": 301, "begun": 133}
HUANGYAN_NEW_NAMES = 3
COUNTY_TOTAL = ["opening", "births", "deaths", "closing"]


def test_the_population_of_today_is_the_truth(made: Made) -> None:
    same(population_as_is(made.county), made.mart("mart_population_as_is"), [*KEYS, "basis"])


def test_the_changes_told_are_the_truth(made: Made) -> None:
    changes = made.mart("dim_division_change").drop_nulls(["predecessor_code", "successor_code"])
    keys = ["predecessor_code", "successor_code", "effective_date"]
    same(told_changes(made.county), changes.select(keys), keys)


@pytest.fixture(scope="module")
def huangyan(tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> Path:
    """The marts of a made county on the real list: 12 villages before and after 1 January 2018."""
    place = tmp_path_factory.mktemp("huangyan")
    sizes = ["--villages", "12", "--persons", "900", "--months", "4", "--seed", "5", "--start", "2017-11"]
    folders = ["--out", place / "landing", "--truth", place / "truth"]
    answer = taizhang("synth", "--county", "331003", "--real-names", *sizes, *folders, home=place / "home")
    assert answer.code == 0, answer.err
    answer = taizhang("run", "--landing", place / "landing", home=place / "home")
    assert answer.code == 0, answer.err + answer.out
    return (place / "home" / "releases" / "current").resolve() / "office" / "marts"


@pytest.mark.long
def test_the_lists_of_huangyan_are_told_change_by_change(huangyan: Path) -> None:
    divisions = pl.read_parquet(huangyan / "dim_division.parquet").filter(pl.col("division_level") == "village")
    changes = pl.read_parquet(huangyan / "dim_division_change.parquet")
    for year, villages in HUANGYAN_VILLAGES.items():
        on = date(year, 1, 1)
        assert divisions.filter(pl.col("valid_from") <= on, pl.col("valid_to") > on).height == villages
    of_2018 = changes.filter(pl.col("effective_date") == date(2018, 1, 1))
    found = {
        "ended": of_2018["predecessor_code"].drop_nulls().n_unique(),
        "begun": of_2018["successor_code"].drop_nulls().n_unique(),
    }
    assert found == HUANGYAN_2018
    assert changes.filter(pl.col("kind") == "rename").height == HUANGYAN_NEW_NAMES


@pytest.mark.long
def test_codes_that_change_together_bear_and_bury_nobody(huangyan: Path) -> None:
    was, today = (
        pl.read_parquet(huangyan / f"{name}.parquet").filter(pl.col("division_level") == "county")
        for name in ("mart_population_balance", "mart_population_as_is")
    )
    keys = ["basis", "period_start"]
    same(was.select(*keys, *COUNTY_TOTAL), today.select(*keys, *COUNTY_TOTAL), keys)
    occurred = was.filter(pl.col("basis") == "occurred").sort("period_start")
    before, after = occurred.filter(pl.col("period_start").is_between(date(2017, 12, 1), date(2018, 1, 1)))["closing"]
    assert abs(after - before) < before // 50
