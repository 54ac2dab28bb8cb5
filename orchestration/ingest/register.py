"""The register: one row for every sheet that was ever seen, and what became of it."""

from __future__ import annotations

import polars as pl

from orchestration.errors import CouldNotRun
from orchestration.ingest import lake
from orchestration.settings import Settings

READABLE = ("accepted", "partial")


def read_submissions(settings: Settings) -> pl.DataFrame:
    """The whole register in order of reading."""
    return lake.read_book(settings.lake, "submissions").sort("batch_no", "file_path", "sheet_no", maintain_order=True)


def read_quarantine(settings: Settings) -> pl.DataFrame:
    """Everything refused, restricted to the last reading of each file, so that what was mended is gone."""
    entries = lake.read_book(settings.lake, "quarantine")
    last = (
        read_submissions(settings)
        .sort("batch_no", maintain_order=True)
        .group_by("file_sha256", "file_path", maintain_order=True)
        .agg(pl.col("batch_id").last())
    )
    return entries.join(last, on=["file_sha256", "file_path", "batch_id"], how="semi").sort(
        "file_path", "sheet_no", "row_no", "column_name", nulls_last=False
    )


class Register:
    """What earlier runs have read, as a new run asks for it."""

    def __init__(self, rows: pl.DataFrame) -> None:
        self.rows = rows
        self.batches = set(rows["batch_id"].to_list())
        self.last_batch_no = int(rows["batch_no"].max() or 0) if rows.height else 0  # type: ignore[arg-type]
        self._files = set(zip(rows["file_sha256"].to_list(), rows["file_path"].to_list(), strict=True))
        readable = rows.filter(pl.col("status").is_in(READABLE))
        self.accepted = set(readable["submission_id"].to_list())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever read into this home."""
        return self.rows.height == 0

    def knows(self, sha256: str, path: str) -> bool:
        """Whether these bytes were read at this place before."""
        return (sha256, path) in self._files


def load(settings: Settings) -> Register:
    """Read the register of a home.

    Raises:
        CouldNotRun: it is damaged.
    """
    try:
        return Register(read_submissions(settings))
    except (pl.exceptions.PolarsError, OSError):
        raise CouldNotRun(
            "The register of submissions is damaged.",
            "报表登记簿已损坏。",
            address=str(settings.lake / "submissions"),
            remedy_en="Restore the lake from its backup.",
            remedy_zh="请从备份恢复数据湖。",
        ) from None
