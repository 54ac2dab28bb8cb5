"""Whether a release is of invented people: by the title of a ledger, or by a county that does not exist."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from orchestration.ingest import lake
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.register import read_submissions
from orchestration.standing import is_synthetic
from tests.unit.ingest import books
from tests.unit.ingest.books import L03_HEADERS, death

WUZHI = "填报单位(盖章):詹店镇何营东村委会   2014年6月30日"


def _received(tmp_path: Path, title: str, unit_line: str) -> pl.DataFrame:
    home = books.home(tmp_path)
    sheet = [[title], [unit_line], L03_HEADERS, death(1)]
    books.put(home, "received=2014-07-05/2014年6月.xlsx", books.workbook({"死亡": sheet}))
    ingest_landing(home)
    found = read_submissions(home)
    assert found["status"].to_list() == ["accepted"]
    return found


def test_ledgers_of_a_county_that_exists_are_taken_for_true(tmp_path: Path) -> None:
    assert not is_synthetic(_received(tmp_path, "死亡登记表", WUZHI))


def test_a_title_that_says_invented_is_believed(tmp_path: Path) -> None:
    assert is_synthetic(_received(tmp_path, "死亡登记表(虚构数据)", WUZHI))


def test_a_county_that_does_not_exist_needs_no_title(tmp_path: Path) -> None:
    assert is_synthetic(_received(tmp_path, "死亡登记表", "填报单位(盖章):临江镇砚池村   2014年6月30日"))


def test_a_register_of_before_the_column_can_be_read(tmp_path: Path) -> None:
    schema = {name: kind for name, kind in lake.SUBMISSIONS.items() if name != "is_invented"}
    lake.write(pl.DataFrame([{"unit_code": "331099100201"}], schema=schema), tmp_path / "submissions" / "1.parquet")
    lake.write(pl.DataFrame(schema=lake.SUBMISSIONS), tmp_path / "submissions" / "2.parquet")
    old = lake.read_book(tmp_path, "submissions")
    assert old["is_invented"].to_list() == [None]
    assert is_synthetic(old)
    assert not is_synthetic(old.with_columns(unit_code=pl.lit("410823101200")))
