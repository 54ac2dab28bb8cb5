"""What a replay changed for the better, what it left, and what it refuses now: two readings of the same bytes.

Pure: both readings are given as register and quarantine, before and after.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

_FILE = ["file_sha256", "file_path"]
_SHEET = [*_FILE, "sheet_no"]
_ROW = [*_SHEET, "row_no"]
ADDRESS = {"file": _FILE, "sheet": _SHEET, "row": _ROW, "cell": [*_ROW, "place"]}
_READ = ("accepted", "partial", "duplicate")
# Said of a reading that is no longer the sheet's own; the sheet itself is judged by its new one.
_WITHDRAWN = "sheet.read_differently"


@dataclass(frozen=True)
class Rescue:
    """Files read again; sheets, rows and cells that were refused before and are accepted now, and the other way.

    ``rules`` has one entry a rule and kind: refused_before, accepted_now, still_refused, newly_refused.
    """

    files: int
    sheets: int
    rows: int
    cells: int
    sheets_lost: int
    rows_lost: int
    rules: list[dict[str, Any]]

    @property
    def sentence_en(self) -> str:
        """The outcome in one sentence, English."""
        lost = f" Accepted before and refused now: {self.sheets_lost} sheets, {self.rows_lost} rows."
        return (
            f"Read again: {self.files} files. Refused before and accepted now: "
            f"{self.sheets} sheets, {self.rows} rows, {self.cells} cells; "
            f"{self._total('still_refused')} refusals still stand, {self._total('newly_refused')} are new."
            + (lost if self.sheets_lost or self.rows_lost else "")
        )

    @property
    def sentence_zh(self) -> str:
        """The outcome in one sentence, Chinese."""
        lost = f"原已接收、现被隔离:{self.sheets_lost} 张表、{self.rows_lost} 行。"
        return (
            f"重新读取文件 {self.files} 个。"
            f"原被隔离、现已接收:{self.sheets} 张表、{self.rows} 行、{self.cells} 个单元格;"
            f"仍被隔离 {self._total('still_refused')} 处,新增 {self._total('newly_refused')} 处。"
            + (lost if self.sheets_lost or self.rows_lost else "")
        )

    def _total(self, name: str) -> int:
        return sum(rule[name] for rule in self.rules)


@dataclass(frozen=True)
class Reading:
    """A reading of some files: ``sheets`` as registered, ``refused`` as quarantined."""

    sheets: pl.DataFrame
    refused: pl.DataFrame


def compare(before: Reading, after: Reading) -> Rescue:
    """Tell what became of the files that ``after`` read again; both are whole books, ``after`` the later state."""
    last = before.sheets["batch_no"].max() or 0
    files = after.sheets.filter(pl.col("batch_no") > last).select(_FILE).unique()
    was, now = _of_files(before, files), _of_files(after, files)
    return Rescue(
        files=files.height,
        sheets=_read_sheets(now).join(_read_sheets(was), on=_SHEET, how="anti").height,
        rows=_more_rows(was, now),
        cells=_accepted(was.refused, now).filter(pl.col("kind") == "cell").height,
        sheets_lost=_read_sheets(was).join(_read_sheets(now), on=_SHEET, how="anti").height,
        rows_lost=_more_rows(now, was),
        rules=_by_rule(was, now),
    )


def _of_files(reading: Reading, files: pl.DataFrame) -> Reading:
    sheets = reading.sheets.join(files, on=_FILE, how="semi")
    refused = reading.refused.join(files, on=_FILE, how="semi").filter(pl.col("rule_id") != _WITHDRAWN)
    return Reading(
        sheets.filter(pl.col("batch_no") == pl.col("batch_no").max().over(_FILE)),
        refused.with_columns(pl.coalesce("cell", "column_name").alias("place")),
    )


def _read_sheets(reading: Reading) -> pl.DataFrame:
    return reading.sheets.filter(pl.col("status").is_in(_READ)).select(_SHEET).unique()


def _more_rows(one: Reading, other: Reading) -> int:
    """Rows of all sheets that ``other`` accepted and ``one`` did not."""
    counts = [reading.sheets.group_by(_SHEET).agg(pl.col("accepted").sum()) for reading in (one, other)]
    both = counts[1].join(counts[0], on=_SHEET, how="left", suffix="_before")
    more = both["accepted"] - both["accepted_before"].fill_null(0)
    return int(more.clip(lower_bound=0).sum())


def _accepted(refused: pl.DataFrame, other: Reading) -> pl.DataFrame:
    """Of what one reading refused, what the other accepted: its sheet was read, neither row nor cell refused."""
    parts = []
    for kind, address in ADDRESS.items():
        mine = refused.filter(pl.col("kind") == kind)
        mine = mine.join(_read_sheets(other), on=address[:3], how="semi")
        for blocker in ("row", "cell"):
            if set(ADDRESS[blocker]) <= set(address):
                held = other.refused.filter(pl.col("kind") == blocker)
                mine = mine.join(held, on=ADDRESS[blocker], how="anti", nulls_equal=True)
        parts.append(mine)
    return pl.concat(parts)


def _still(refused: pl.DataFrame, other: Reading) -> pl.DataFrame:
    """Of what one reading refused, what the other refuses at the same address, by whatever rule."""
    return pl.concat(
        refused.filter(pl.col("kind") == kind).join(
            other.refused.filter(pl.col("kind") == kind), on=address, how="semi", nulls_equal=True
        )
        for kind, address in ADDRESS.items()
    )


def _by_rule(was: Reading, now: Reading) -> list[dict[str, Any]]:
    keys = ["rule_id", "kind"]
    named = {
        "refused_before": was.refused,
        "accepted_now": _accepted(was.refused, now),
        "still_refused": _still(was.refused, now),
        "newly_refused": _accepted(now.refused, was),
    }
    rules = pl.concat(frame.select(keys) for frame in named.values()).unique().sort(keys)
    for name, frame in named.items():
        counted = frame.group_by(keys).agg(pl.len().cast(pl.Int64).alias(name))
        rules = rules.join(counted, on=keys, how="left", maintain_order="left").with_columns(pl.col(name).fill_null(0))
    return rules.to_dicts()
