"""A county whose clerks err, and who then send every report again as it should have been: the truth is published."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Taizhang

pytestmark = pytest.mark.long

ASKED = ("--county", "331099", "--villages", 40, "--persons", 4000, "--months", 26, "--seed", 31, "--start", "2013-10")
# Later than every file of the county, so that it supersedes.
DAY = "2016-03-20"
POPULATION = (
    "mart_population_balance",
    "mart_population_structure",
    "mart_population_as_is",
    "mart_population_residuals",
    "mart_vital_events",
    "mart_migration",
    "mart_migration_flows",
    "mart_floating_population",
)
OF_SHEETS = ("rep_completeness", "rep_timeliness", "field_completeness", "id_valid_rate")


@dataclass(frozen=True)
class Twins:
    """The marts of a county without a slip, and of the same county after its corrections; the slips by family."""

    clean: Path
    corrected: Path
    slips: dict[str, int]


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> Twins:
    place = tmp_path_factory.mktemp("corrected")
    for name, rate in (("dirty", 0.2), ("clean", 0)):
        folders = ("--out", place / name / "landing", "--truth", place / name / "truth")
        made = taizhang("synth", *ASKED, "--defects", rate, *folders, home=place / name / "home")
        assert made.code == 0, made.err
    landing = place / "dirty" / "landing"
    first = taizhang("run", "--landing", landing, home=place / "dirty" / "home")
    assert first.code in (0, 2), first.err
    for file in (path for path in (place / "clean" / "landing").rglob("*") if path.is_file()):
        again = landing / f"received={DAY}" / Path(*file.relative_to(place / "clean" / "landing").parts[1:])
        again.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, again)
    for name in ("dirty", "clean"):
        ran = taizhang("run", "--landing", place / name / "landing", "--as-of", DAY, home=place / name / "home")
        assert ran.code == 0, ran.err + ran.out
    slips = pl.read_parquet(place / "dirty" / "truth" / "defects.parquet")["family"].value_counts()
    marts = {
        name: (place / name / "home" / "releases" / "current").resolve() / "office/marts" for name in ("dirty", "clean")
    }
    return Twins(marts["clean"], marts["dirty"], dict(slips.iter_rows()))


def difference(clean: pl.DataFrame, corrected: pl.DataFrame) -> pl.DataFrame:
    """The rows that stand on one side alone."""
    sides = [
        one.join(other, on=one.columns, how="anti", nulls_equal=True)
        for one, other in ((clean, corrected), (corrected, clean))
    ]
    return pl.concat([sides[0].with_columns(side=pl.lit("clean")), sides[1].with_columns(side=pl.lit("corrected"))])


def test_cells_rows_sheets_and_arrival_all_went_wrong(twins: Twins) -> None:
    slips = {family: twins.slips.get(family, 0) for family in "ABCD"}
    assert all(slips.values()), slips
    assert sum(slips.values()) >= 100, slips


@pytest.mark.parametrize("mart", POPULATION)
def test_the_mart_is_that_of_the_clean_county(twins: Twins, mart: str) -> None:
    clean, corrected = (pl.read_parquet(marts / f"{mart}.parquet") for marts in (twins.clean, twins.corrected))
    assert clean.height > 0
    assert difference(clean, corrected).is_empty(), difference(clean, corrected)


def test_indicators_of_the_population_are_those_of_the_clean_county(twins: Twins) -> None:
    clean, corrected = (
        pl.read_parquet(marts / "mart_indicators.parquet")
        .filter(~pl.col("indicator_code").is_in(OF_SHEETS), ~pl.col("indicator_code").str.starts_with("fee_"))
        .drop("data_quality")
        for marts in (twins.clean, twins.corrected)
    )
    assert clean.height > 0
    assert difference(clean, corrected).is_empty(), difference(clean, corrected)
