"""The figures of ``money.yml``, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FEN = 100
"""Fen in a yuan."""


@lru_cache(maxsize=1)
def figures() -> Mapping[str, Any]:
    """The figures by name, as the file gives them."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("money.yml").read_text(encoding="utf-8"))
    return loaded


def base_income(county_code: str, year: int, *, rural: bool) -> int:
    """Net income a person and year in yuan; before and after the series, its first and last value."""
    incomes = figures()["incomes"]
    series: list[int] = incomes.get(county_code[:2], incomes[incomes["default"]])["rural" if rural else "urban"]
    first_year: int = incomes["first_year"]
    return series[min(max(year - first_year, 0), len(series) - 1)]
