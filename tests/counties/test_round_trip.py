"""A county with defects, its returned workbooks, mended and sent again: what is published then is the clean county."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from tests.conftest import Taizhang
from tests.counties.mending import ERROR_LIST, Mended, answer, mend
from tests.reference.frames import differences

pytestmark = pytest.mark.long

DAY = "2014-03-20"
ASKED = ("--county", "331099", "--villages", 30, "--persons", 1800, "--months", 2, "--seed", 23, "--start", "2014-01")
MARTS = {
    "mart_population_balance": ["division_code", "period_type", "period_start", "basis"],
    "mart_population_structure": ["division_code", "period_type", "period_start", "sex", "age_group"],
    "mart_vital_events": ["division_code", "period_type", "period_start"],
    "mart_fee_collection": ["division_code", "period_type", "period_start"],
    "mart_treasury_reconciliation": ["division_code", "period_type", "period_start"],
    "mart_service_coverage": ["division_code", "period_type", "period_start", "service", "measure_unit"],
}


@dataclass(frozen=True)
class Trip:
    """Both counties after their last run, the folder of returned workbooks and what it was told to hold."""

    dirty: Path
    clean: Path
    landing: Path
    returned: Path
    sent: list[dict[str, Any]]
    log: pl.DataFrame
    mended: Mended

    def marts(self, home: Path, name: str) -> pl.DataFrame:
        return pl.read_parquet((home / "releases" / "current").resolve() / "office" / "marts" / f"{name}.parquet")


@pytest.fixture(scope="module")
def trip(tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> Trip:
    place = tmp_path_factory.mktemp("trip")
    homes = {name: place / name / "home" for name in ("dirty", "clean")}
    for name, rate in (("dirty", 0.2), ("clean", 0)):
        folders = ("--out", place / name / "landing", "--truth", place / name / "truth")
        made = taizhang("synth", *ASKED, "--defects", rate, *folders, home=homes[name])
        assert made.code == 0, made.err
    landing = place / "dirty" / "landing"
    first = taizhang("run", "--landing", landing, home=homes["dirty"])
    assert first.code in (0, 2), first.err
    told = taizhang("--json", "quarantine", "--export", place / "returned", home=homes["dirty"])
    assert told.code == 0, told.err
    log = pl.read_parquet(place / "dirty" / "truth" / "defects.parquet")
    clean = place / "clean" / "landing"
    mended = mend(landing, clean, log, place / "returned", answer(told.out), DAY)
    for name in homes:
        ran = taizhang("run", "--as-of", DAY, "--landing", place / name / "landing", home=homes[name])
        assert ran.code == 0, ran.err + ran.out
    return Trip(homes["dirty"], homes["clean"], landing, place / "returned", answer(told.out), log, mended)


@pytest.mark.parametrize("mart", MARTS)
def test_marts_are_those_of_the_clean_county(trip: Trip, mart: str) -> None:
    told = differences(trip.marts(trip.clean, mart), trip.marts(trip.dirty, mart), MARTS[mart])
    assert not told, "\n".join(told)


def test_most_was_mended_in_the_returned_workbooks(trip: Trip) -> None:
    families = {code[0] for code in trip.mended.defects}
    assert {"A", "B", "C"} <= families
    assert len(trip.mended.by_cell) >= 5, trip.mended
    assert len(trip.mended.by_sheet) >= 2, trip.mended


def test_nothing_mended_is_still_open(trip: Trip, taizhang: Taizhang, tmp_path: Path) -> None:
    again = taizhang("--json", "quarantine", "--export", tmp_path / "again", home=trip.dirty)
    left = {workbook["file"] for workbook in answer(again.out)}
    mended = {*trip.mended.by_cell, *trip.mended.by_sheet, *trip.mended.anew}
    assert not [file for file in left if file.rpartition("/")[2] in mended]
    assert len(left) < len(trip.sent) / 4


def test_the_difference_of_two_versions_is_what_was_mended(trip: Trip, taizhang: Taizhang) -> None:
    is_cell = (pl.col("scope") == "cell") & pl.col("family").is_in(["A", "B"])
    cells = trip.log.filter(is_cell & pl.col("must_flag"))
    shown = 0
    for slip in cells.iter_rows(named=True):
        if Path(slip["file"]).name.replace(".xlsx", "(1).xlsx") not in trip.mended.by_cell:
            continue
        asked = ("--unit", slip["unit_code"], "--form", slip["form"], "--period", slip["period"])
        told = taizhang("--json", "submissions", *asked, home=trip.dirty)
        changes = pl.DataFrame(_differences(told.out))
        assert changes.height > 0
        shown += 1
    assert shown > 0


def _differences(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text)["differences"])


def test_every_workbook_opens_in_an_office_program(trip: Trip, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "make test-long installs libreoffice-calc"
    originals = [trip.returned / workbook["workbook"] for workbook in trip.sent]
    named = {f"{number}.xlsx": path for number, path in enumerate(originals)}
    (tmp_path / "in").mkdir()
    for name, path in named.items():
        shutil.copy(path, tmp_path / "in" / name)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "out",
         *(tmp_path / "in" / name for name in named)], check=True, capture_output=True, timeout=1200,
    )  # fmt: skip
    for name, path in named.items():
        opened, sent = openpyxl.load_workbook(tmp_path / "out" / name), openpyxl.load_workbook(path)
        assert opened.sheetnames == sent.sheetnames
        listed, shown = sent[ERROR_LIST], opened[ERROR_LIST]
        assert [[cell.value for cell in row] for row in listed] == [[cell.value for cell in row] for row in shown]
        for sheet in sent.worksheets:
            commented = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
            assert commented == {c.coordinate for row in opened[sheet.title].iter_rows() for c in row if c.comment}


def test_formats_stay_as_they_were(trip: Trip) -> None:
    kept = [workbook for workbook in trip.sent if workbook["kept"] == "formats"]
    assert len(kept) > len(trip.sent) / 2
    for workbook in kept:
        before = openpyxl.load_workbook(trip.landing / workbook["file"])
        after = openpyxl.load_workbook(trip.returned / workbook["workbook"])
        for sheet in before.worksheets:
            if sheet.title not in after.sheetnames:
                continue
            copy = after[sheet.title]
            assert sheet.merged_cells.ranges == copy.merged_cells.ranges
            assert _widths(sheet) == _widths(copy)
            for row in sheet.iter_rows():
                for cell in row:
                    other = copy[cell.coordinate]
                    assert (cell.value, cell.number_format) == (other.value, other.number_format)
                    assert (cell.font.name, cell.font.sz, cell.font.b) == (other.font.name, other.font.sz, other.font.b)
                    assert repr(cell.border) == repr(other.border)


def _widths(sheet: Any) -> dict[str, float]:
    return {letter: dimension.width for letter, dimension in sheet.column_dimensions.items()}
