"""Pages read without a home around them, as a clerk of Linjiang would send them in July 2014."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers.opening import open_sheets
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reading import SheetReader, SheetReading
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.siblings import refuse_halves
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from tests.unit.ingest.books import workbook

VILLAGE = "临江镇砚池村2014年6月.xlsx"
OFFICE = "临江镇计生办2014年6月.xlsx"
ABOVE = "填报单位(盖章):临江镇砚池村   2014年6月30日"
RECEIVED = date(2014, 7, 5)
Page = Sequence[Sequence[object]]


@lru_cache(maxsize=1)
def _reader() -> SheetReader:
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        settings.lake.mkdir(parents=True)
        divisions = compile_reference(settings)
    return SheetReader(catalogue, Units(divisions), ColumnReaders(catalogue, Pseudonyms(bytes(range(32)))))


def read_book(
    sheets: dict[str, Page], name: str = VILLAGE, merges: Sequence[tuple[int, int, int, int]] = ()
) -> list[SheetReading]:
    """All readings of one file."""
    raws = open_sheets(workbook(sheets, merges))
    readings = [found for raw in raws for found in _reader().read(raw, name, RECEIVED, RECEIVED)]
    refuse_halves(readings)
    return readings


def read_page(
    *lines: Sequence[object], tab: str = "表", name: str = VILLAGE, merges: Sequence[tuple[int, int, int, int]] = ()
) -> SheetReading:
    """The one reading of a file of one sheet."""
    (reading,) = read_book({tab: lines}, name, merges)
    return reading


def records(reading: SheetReading, *names: str) -> list[tuple[Any, ...]]:
    """The accepted rows, of some columns."""
    return list(zip(*(reading.cells[name] for name in names), strict=True))


def found(reading: SheetReading) -> Iterator[tuple[str, int | None, str | None]]:
    """Rule, row and column of every finding but those of columns that the page does not have."""
    for finding in reading.findings:
        if finding.rule_id != "sheet.column_missing":
            yield finding.rule_id, finding.row, finding.column_name
