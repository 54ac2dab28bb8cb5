"""Codes and their Chinese names from the product's own tables, so that a row added there is known to the reader."""

from __future__ import annotations

import csv
from functools import lru_cache

from orchestration.ingest.ties import NamedIn
from orchestration.settings import SEEDS_DIR


@lru_cache(maxsize=8)
def names_of(source: NamedIn) -> dict[str, tuple[str, ...]]:
    """Code -> its name, alone in a tuple.

    Raises:
        KeyError: the table has no such column; layouts are read with it, so a test finds it.
    """
    with (SEEDS_DIR / f"{source.seed}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if not source.only or row[source.only[0]] == source.only[1]]
        return {row[source.code]: (row[source.name],) for row in rows}
