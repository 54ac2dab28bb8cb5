"""A canary in every column of every form, in turn, and then no canary anywhere but in landing and archive."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import openpyxl
import polars as pl
import pytest

from orchestration.ingest.layout import Column, Layout, load_catalogue
from tests.conftest import Answer, Taizhang

CANARY = "金丝雀CANARY"
VALID = {
    "date": "2014-03-05",
    "month": "1980-05",
    "int": "1",
    "money": "100",
    "decimal": "2",
    "fraction": "1",
    "text": "331099001001",
    "division": "331099001001",
    "unit": "331099001001",
    "period": "2014-03",
    "id": "11010519491231002X",
    "key": "甲-1",
}


def headers_of(layout: Layout) -> dict[str, str]:
    """One plain header for each column that has one."""
    plain: dict[str, str] = {}
    for header, column in layout.header_names.items():
        if "_" not in header and ">" not in header:
            plain.setdefault(column, header)
    return plain


def valid_value(column: Column) -> str:
    if column.type == "code":
        return next(iter(load_catalogue().codes(column).values()))[0]
    return VALID.get(column.type, "甲")


def plant(layout: Layout, target: Path) -> int:
    """A workbook of one form: a sound row, a row for every column with its canary, one of canaries; blocked columns."""
    headers = headers_of(layout)
    blocked = [*load_catalogue().common.blocked_headers, *layout.blocked]
    sound = [valid_value(layout.columns[name]) for name in headers]
    book = openpyxl.Workbook()
    page = book.active
    page.title = layout.name_zh
    page.append([f"{layout.name_zh}(虚构数据)"])
    page.append(["填报单位(盖章):331099001001    2014年3月31日    单位:人、元"])
    page.append([*headers.values(), *blocked])
    page.append([*sound, *[CANARY] * len(blocked)])
    for number in range(len(headers)):
        cells = [*sound[:number], f"{CANARY}{layout.form}{number}", *sound[number + 1 :]]
        page.append([*cells, *[CANARY] * len(blocked)])
    page.append([f"{CANARY}{number}" for number in range(len(headers) + len(blocked))])
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return len(headers)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> tuple[Path, Answer]:
    place = tmp_path_factory.mktemp("canaries")
    landing = place / "landing" / "received=2014-04-02"
    for form, layout in load_catalogue().layouts.items():
        assert plant(layout, landing / f"{form}.xlsx") > 3
    answer = taizhang("run", "--landing", place / "landing", home=place / "home")
    return place / "home", answer


def texts_of(path: Path) -> str:
    """Everything a reader of this file could see, compressed columns included."""
    if path.suffix == ".parquet":
        return str(pl.read_parquet(path, hive_partitioning=False).select(pl.col(pl.String)).to_dict(as_series=False))
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as base:
            tables = base.execute("select table_schema, table_name from information_schema.tables").fetchall()
            return str([base.execute(f'select * from "{schema}"."{name}"').fetchall() for schema, name in tables])
    if path.suffix == ".db" or path.name.endswith(".db-wal"):
        raw = path.read_bytes().decode("utf-8", errors="ignore")
        if path.suffix != ".db":
            return raw
        with sqlite3.connect(path) as base:
            return raw + "".join(base.iterdump())
    return path.read_bytes().decode("utf-8", errors="ignore")


def is_home_to_canaries(text: str) -> bool:
    escaped = CANARY.encode("unicode_escape").decode()
    return any(form in text or form in text.lower() for form in (CANARY, "CANARY", "canary", escaped))


def test_the_canaries_were_read(planted: tuple[Path, Answer]) -> None:
    home, answer = planted
    assert answer.code in (0, 2), answer.err
    quarantine = pl.read_parquet(home / "lake" / "quarantine" / "*.parquet")
    assert quarantine["form"].n_unique() == len(load_catalogue().layouts)
    assert quarantine.height > 40


def test_no_canary_left_landing_and_archive(planted: tuple[Path, Answer]) -> None:
    home, answer = planted
    escaped = [
        path.relative_to(home).as_posix()
        for path in sorted(home.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and "archive" not in path.parts
        and is_home_to_canaries(texts_of(path))
    ]
    allowed = [name for name in escaped if name.startswith("lake/quarantine/")]
    assert [name for name in escaped if name not in allowed] == []
    assert not is_home_to_canaries(answer.out + answer.err)
    for name in allowed:
        _only_harmless_columns(home / name)


def _only_harmless_columns(path: Path) -> None:
    """Quarantine keeps the text of class N cells alone, since a clerk must see what to mend."""
    layouts = load_catalogue().layouts
    frame = pl.read_parquet(path, hive_partitioning=False)
    shown = frame.filter(pl.col("raw_text").str.contains("CANARY"))
    for form, column in shown.select("form", "column_name").unique().iter_rows():
        assert layouts[form].columns[column].pii == "N", (form, column)
    others = [name for name in frame.columns if name != "raw_text" and frame.schema[name] == pl.String]
    assert not is_home_to_canaries(str(frame.select(others).to_dict(as_series=False)))


def test_the_search_finds_a_planted_canary(tmp_path: Path) -> None:
    pl.DataFrame({"a": [CANARY]}).write_parquet(tmp_path / "a.parquet", compression="zstd")
    assert is_home_to_canaries(texts_of(tmp_path / "a.parquet"))
    with duckdb.connect(str(tmp_path / "a.duckdb")) as base:
        base.execute("create table t as select ? as a", [CANARY])
    assert is_home_to_canaries(texts_of(tmp_path / "a.duckdb"))
    (tmp_path / "a.log").write_text(f"could not cast {CANARY}", encoding="utf-8")
    assert is_home_to_canaries(texts_of(tmp_path / "a.log"))
