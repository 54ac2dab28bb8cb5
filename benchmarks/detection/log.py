"""The log of what was planted: one row a defect or hard negative, as ``taizhang synth`` leaves it with the truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import polars as pl

from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.text import squash

COLUMNS = (
    "family", "code", "layer", "scope", "unit_code", "period", "form", "file", "sheet", "sheet_no", "row", "column",
    "cell", "decidable", "must_flag", "expected",
)  # fmt: skip


class Depth(IntEnum):
    """How closely a flag and a defect agree; each step includes the ones before."""

    NONE = 0
    UNIT = 1
    FILE = 2
    SHEET = 3
    ROW = 4
    CELL = 5


_UNIT = re.compile(r"\((?:万?元|对|人次|人|倍)\)")
_SCOPES = {"file": Depth.FILE, "sheet": Depth.SHEET, "row": Depth.ROW, "cell": Depth.CELL}
# What happened between people and books, not on a page, shows as a finding of a unit and month.
_BEHIND_THE_PAGE = ("D", "M")


@dataclass(frozen=True)
class Defect:
    """One planted slip, or a hard negative (``must_flag`` false), with the address at which it stands.

    ``file`` is relative to the folder of ledgers, empty if there is none (a report that never came); ``row`` counts as
    Excel shows it; ``column`` is the product's name of the column; ``expected`` are the rules that would be right, of a
    negative those that may be said without harm.
    """

    number: int
    family: str
    code: str
    layer: str
    scope: str
    unit_code: str
    period: str
    form: str
    file: str
    sheet: str
    sheet_no: int | None
    row: int | None
    column: str
    cell: str
    decidable: bool
    must_flag: bool
    expected: frozenset[str]

    @property
    def depth(self) -> Depth:
        """How close a flag must come to have found it."""
        return Depth.UNIT if self.family in _BEHIND_THE_PAGE else self.extent

    @property
    def extent(self) -> Depth:
        """How far the slip itself reaches."""
        return _SCOPES.get(self.scope, Depth.UNIT)

    @property
    def place(self) -> Depth:
        """The closest address that the log can give of it; UNIT if it stands nowhere in particular."""
        if not self.file:
            return Depth.UNIT
        address = Depth.CELL if self.cell and self.row else Depth.ROW if self.row else Depth.FILE
        if address is Depth.FILE and self.sheet:
            address = Depth.SHEET
        return address if self.extent is Depth.UNIT else min(address, self.extent)

    @property
    def is_negative(self) -> bool:
        """Whether it must stay unflagged: lawful however odd, or a slip that can be read as it was meant."""
        return not self.must_flag and (self.decidable or self.family == "F")

    @property
    def counts(self) -> bool:
        """Whether recall counts it: it ought to be flagged and can be."""
        return self.must_flag and self.decidable


def read_log(truth: Path) -> list[Defect]:
    """The log of a truth folder.

    Raises:
        ValueError: there is none, it lacks a column, or nothing was planted, so that there is nothing to score.
    """
    path = truth / "defects.parquet"
    if not path.is_file():
        raise ValueError(f"{path} is missing: score a county made with --truth and --defects above 0")
    frame = pl.read_parquet(path)
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise ValueError(f"{path} lacks {', '.join(missing)}")
    if frame.is_empty():
        raise ValueError(f"{path} is empty: nothing was planted, nothing can be scored")
    return [_defect(number, row) for number, row in enumerate(frame.iter_rows(named=True))]


def _defect(number: int, row: dict[str, object]) -> Defect:
    words = {
        name: str(row[name] or "")
        for name in (
            "family",
            "code",
            "layer",
            "scope",
            "unit_code",
            "period",
            "form",
            "file",
            "sheet",
            "column",
            "cell",
        )
    }
    words["column"] = _column(words["form"], words["column"])
    return Defect(
        number=number,
        sheet_no=_whole(row["sheet_no"]),
        row=_whole(row["row"]),
        decidable=bool(row["decidable"]),
        must_flag=bool(row["must_flag"]),
        expected=frozenset(str(row["expected"] or "").replace(",", " ").split()),
        **words,
    )


def _whole(cell: object) -> int | None:
    return int(str(cell)) if cell else None


def _column(form: str, header: str) -> str:
    """The product's name of the column under a printed heading; the heading itself if the layout has none such."""
    layout = load_catalogue().layouts.get(form)
    bare = _UNIT.sub("", squash(header))  # 金额(元)_合计 is 金额_合计
    return layout.header_names.get(squash(header), layout.header_names.get(bare, header)) if layout else header
