"""What register, lake and quarantine know of one received file: its readings, and which row is whose."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import polars as pl

from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.register import READABLE
from orchestration.ingest.revisions import rows_of
from orchestration.returned.parcels import Known, Row

_FILE = ("file_sha256", "file_path")
File = tuple[str, str]


class Files:
    """The last reading of every file of a home.

    Args:
        home_lake: the lake.
        register: the register.
        entries: the quarantine of these readings.
        findings: those of the entries that are open.
    """

    def __init__(self, home_lake: Path, register: pl.DataFrame, entries: pl.DataFrame, findings: pl.DataFrame) -> None:
        self._lake = home_lake
        last = register.filter(pl.col("batch_no") == pl.col("batch_no").max().over(_FILE))
        of_rows = (pl.col("kind") == "row") | (pl.col("rule_id") == "row.duplicate")
        self._readings: dict[File, list[Row]] = _by_file(last)
        self._set_aside: dict[File, list[Row]] = _by_file(entries.filter(of_rows))
        self.findings: dict[File, list[Row]] = _by_file(findings)

    def all(self) -> list[File]:
        """Every file that was ever read, as hash and path."""
        return list(self._readings)

    def readings(self, file: File) -> list[Row]:
        """The rows of the register about a file."""
        return self._readings.get(file, [])

    def known(self, file: File) -> Known:
        """All there is to know of a file; rows are looked up only where a sheet holds several units."""
        units = defaultdict(set)
        for reading in self.readings(file):
            units[reading["sheet_no"]].add(reading["unit_code"])
        shared = [number for number, found in units.items() if len(found) > 1]
        return Known(self.readings(file), self.findings[file], {number: self._rows(file, number) for number in shared})

    def _rows(self, file: File, number: int) -> dict[str, set[int]]:
        rows: dict[str, set[int]] = defaultdict(set)
        for reading in self.readings(file):
            if reading["sheet_no"] == number and reading["unit_code"] and reading["status"] in READABLE:
                layout = load_catalogue().layouts[reading["form"]]
                for row_id in rows_of(self._lake, layout, reading)["row_id"]:
                    _, sheet_no, row_no = row_id.split(":")
                    if int(sheet_no) == number:
                        rows[reading["unit_code"]].add(int(row_no))
        for entry in self._set_aside.get(file, []):
            if entry["sheet_no"] == number and entry["unit_code"]:
                rows[entry["unit_code"]].add(entry["row_no"])
        return rows


def _by_file(frame: pl.DataFrame) -> dict[File, list[Row]]:
    found: dict[File, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        found[row["file_sha256"], row["file_path"]].append(row)
    return dict(found)
