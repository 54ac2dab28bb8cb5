"""Every cell of population, vital events and fees against a count that shares no code with the product."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orchestration.settings import SAMPLE_DIR
from orchestration.synthesis.sample.ledgers import write_sample
from tests.reference.sample_fees import fee_collection
from tests.reference.sample_ledgers import Ledgers, read_ledgers
from tests.reference.sample_oracle import balance, vital_events

LANDING = SAMPLE_DIR / "landing"


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    return read_ledgers(LANDING)


def _mart(release: Path, name: str) -> list[dict[str, Any]]:
    return pl.read_parquet(release / "marts" / f"{name}.parquet").to_dicts()


def _differences(expected: dict[Any, dict[str, Any]], found: dict[Any, dict[str, Any]]) -> list[str]:
    """Every cell that one side has and the other has not, or has otherwise."""
    lines = [f"{key}: missing" for key in expected.keys() - found.keys()]
    lines += [f"{key}: not expected" for key in found.keys() - expected.keys()]
    for key in expected.keys() & found.keys():
        for column, value in expected[key].items():
            if found[key][column] != value:
                lines.append(f"{key} {column}: counted {value}, mart says {found[key][column]}")
    return sorted(lines)


def test_population_balance_is_what_the_workbooks_say(ledgers: Ledgers, sample_release: Path) -> None:
    rows = _mart(sample_release, "mart_population_balance")
    found = {
        (row["division_code"], row["basis"], (row["period_start"].year, row["period_start"].month)): row for row in rows
    }
    assert len(found) == len(rows)
    assert {row["pop_concept"] for row in rows} == {"hukou"}
    assert _differences(balance(ledgers), found) == []


def test_vital_events_are_what_the_workbooks_say(ledgers: Ledgers, sample_release: Path) -> None:
    rows = _mart(sample_release, "mart_vital_events")
    found = {(row["division_code"], row["period_type"], row["period_start"]): row for row in rows}
    assert len(found) == len(rows)
    assert _differences(vital_events(ledgers), found) == []


def test_fee_collection_is_what_the_registers_say(ledgers: Ledgers, sample_release: Path) -> None:
    rows = _mart(sample_release, "mart_fee_collection")
    found = {(row["division_code"], row["period_type"], row["period_start"]): row for row in rows}
    assert len(found) == len(rows)
    assert _differences(fee_collection(ledgers), found) == []


def test_every_row_of_every_sheet_is_accounted_for(ledgers: Ledgers, sample_home: Path) -> None:
    register = pl.read_parquet(sample_home / "lake" / "submissions" / "*.parquet").to_dicts()
    found = {(row["file_path"], row["sheet_name"]): row for row in register}
    assert len(found) == len(register)
    expected = {
        (sheet.file, sheet.sheet): {
            "form": sheet.form,
            "status": "partial" if sheet.quarantined else "accepted",
            "accepted": sheet.accepted,
            "quarantined": sheet.quarantined,
            "duplicate": sheet.duplicate,
            "non_data": sheet.filled - sheet.accepted - sheet.quarantined - sheet.duplicate,
            "rows_seen": sheet.filled,
        }
        for sheet in ledgers.sheets
    }
    # A text file has one sheet without a name of its own.
    text = {(file, sheet): (file, "出生登记表") for file, sheet in found if file.endswith(".csv")}
    renamed = {text.get(key, key): row for key, row in found.items()}
    assert _differences(expected, renamed) == []


def test_the_sample_is_what_its_generator_writes(tmp_path: Path) -> None:
    write_sample(tmp_path)
    assert _contents(tmp_path) == {
        name: parts for name, parts in _contents(SAMPLE_DIR).items() if not name.endswith(".md")
    }


def _contents(folder: Path) -> dict[str, object]:
    """Files by name; a workbook as checksums of its parts, since compression differs between zlib builds."""
    found: dict[str, object] = {}
    for path in (p for p in sorted(folder.rglob("*")) if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found[name] = [(part.filename, part.CRC) for part in book.infolist()]
        else:
            found[name] = path.read_bytes()
    return found


def test_money_is_published_as_decimals(sample_release: Path) -> None:
    money = {
        (path.stem, name): kind
        for path in (sample_release / "marts").glob("*.parquet")
        for name, kind in pl.read_parquet_schema(path).items()
        if "yuan" in name or name == "amount"
    }
    assert {("mart_fee_collection", "collected_yuan"), ("mart_findings", "yuan")} <= set(money)
    assert [place for place, kind in money.items() if not isinstance(kind, pl.Decimal)] == []
