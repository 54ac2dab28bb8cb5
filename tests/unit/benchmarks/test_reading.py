"""The plain script against the truth of a tiny county and against the product: a wrong yardstick measures nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from benchmarks import plain_reading, reading
from benchmarks.bare_parsing import parse
from orchestration.synthesis.generate import generate
from orchestration.synthesis.months import month_number, period
from orchestration.synthesis.options import Options

COUNTY = Options("331099", villages=6, persons=900, months=2, seed=11, start=month_number(2014, 1))
EVENTS = {"birth": "L02", "death": "L03"}


@dataclass(frozen=True)
class County:
    landing: Path
    truth: Path
    plain: Path
    rows: Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("county")
    landing, truth, plain = folder / "landing", folder / "truth", folder / "plain"
    generate(COUNTY, landing, truth)
    return County(landing, truth, plain, plain_reading.read(landing, plain))


@pytest.mark.parametrize("kind", ["birth", "death"])
def test_the_plain_script_reads_every_event_of_the_truth(county: County, kind: str) -> None:
    events, reports = (pl.read_parquet(county.truth / f"{table}.parquet") for table in ("events", "reports"))
    told = reports.join(events.filter(pl.col("kind") == kind), on="event", how="semi")["reported_month"].to_list()
    read = {month: rows for (form, month), rows in county.rows.items() if form == EVENTS[kind]}
    assert told
    assert read == Counter(map(period, told))


def test_the_plain_script_and_the_product_read_the_same_rows(county: County, tmp_path: Path) -> None:
    reading.ingest(county.landing, tmp_path / "home", 1, bare_ids=False)
    assert reading.rows_of_lake(tmp_path / "home") == reading.rows_of_plain(county.plain) == county.rows


def test_the_plain_script_types_what_it_reads(county: County) -> None:
    births = pl.read_parquet(county.plain / "L02.parquet")
    assert births.schema["birth_date"] == pl.Date()
    assert births["birth_date"].null_count() == births["birth_order"].null_count() == births["mother"].null_count() == 0
    assert births["birth_date"].dt.strftime("%Y-%m").is_in(["2013-11", "2013-12", "2014-01", "2014-02"]).all()


def test_pseudonyms_can_be_switched_off_and_change_no_row(county: County, tmp_path: Path) -> None:
    assert plain_reading.read(county.landing, tmp_path / "bare", bare_ids=True) == county.rows
    bare, keyed = (pl.read_parquet(folder / "L01.parquet")["person"] for folder in (tmp_path / "bare", county.plain))
    assert bare.drop_nulls().str.contains(r"^\d{17}[\dX]$").all()
    assert keyed.drop_nulls().str.contains(r"^[0-9a-f]{32}$").all()
    assert keyed.n_unique() == bare.n_unique()


def test_bare_parsing_sees_more_rows_than_there_are_rows_of_data(county: County) -> None:
    assert parse(county.landing) > sum(county.rows.values()) > 0
