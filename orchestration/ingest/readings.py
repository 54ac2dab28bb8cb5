"""How cells were read that were not plainly written: counted by submission, column and rule, never one by one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import polars as pl
import yaml

from orchestration.ingest import lake
from orchestration.settings import Settings

RULES_FILE = Path(__file__).parent / "readings.yml"


class Reading(NamedTuple):
    """A way to read a cell, in both languages."""

    en: str
    zh: str


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Reading]:
    """Rule -> what it does."""
    entries = yaml.load(RULES_FILE.read_text("utf-8"), yaml.CSafeLoader)
    return {rule: Reading(texts["en"], texts["zh"]) for rule, texts in entries.items()}


def read_readings(settings: Settings) -> pl.DataFrame:
    """Cells by submission, column and rule, restricted to the last reading of each submission.

    Columns: ``batch_id``, ``submission_id``, ``unit_code``, ``form``, ``period``, ``column_name``, ``rule``, ``cells``.
    """
    last = (
        lake.read_book(settings.lake, "submissions")
        .filter(pl.col("submission_id").is_not_null() & (pl.col("accepted") > 0))
        .sort("batch_no")
        .group_by("submission_id", maintain_order=True)
        .agg(pl.col("batch_id").last())
    )
    return (
        lake.read_book(settings.lake, "readings")
        .join(last, on=["submission_id", "batch_id"], how="semi")
        .sort("submission_id", "column_name", "rule")
    )
