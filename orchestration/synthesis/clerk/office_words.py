"""The words of an office's clerks, and how an amount is written."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from orchestration.settings import SEEDS_DIR

Cells = dict[str, pl.Expr]


@cache
def words() -> Mapping[str, Any]:
    """The words of ``office_words.yml``."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return loaded


def word(name: str, kind: str) -> pl.Expr:
    """A column of codes in words; a code without a word stays blank."""
    return pl.col(name).replace_strict(words()[kind], default=None, return_dtype=pl.String)


def yuan(name: str) -> pl.Expr:
    """A column of fen in yuan: the nearest float, whose shortest writing is exact to the fen."""
    return pl.col(name) / 100


def named(name: str, table: str, key: str) -> pl.Expr:
    """A column of codes by the Chinese names of one of the product's reference tables."""
    return pl.col(name).replace_strict(_seed_names(table, key), default=pl.col(name), return_dtype=pl.String)


@cache
def _seed_names(table: str, key: str) -> dict[str, str]:
    with (SEEDS_DIR / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return {row[key]: row["name_zh"] for row in csv.DictReader(lines)}
