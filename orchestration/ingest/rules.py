"""The reasons why something was not read as written, in both languages: ``reasons/*.yml`` as a table."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

REASONS_DIR = Path(__file__).parent / "reasons"


class Rule(NamedTuple):
    """One reason with its remedy; the texts are fixed and never quote a cell."""

    reason_en: str
    reason_zh: str
    hint_en: str
    hint_zh: str


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Rule]:
    """Rule id -> texts."""
    return {
        rule_id: Rule(texts["en"], texts["zh"], texts["hint_en"], texts["hint_zh"])
        for path in sorted(REASONS_DIR.glob("*.yml"))
        for rule_id, texts in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).items()
    }


def rule(rule_id: str) -> Rule:
    """The texts of a rule; a KeyError here is a fault of ours, found by the tests."""
    return catalogue()[rule_id]
