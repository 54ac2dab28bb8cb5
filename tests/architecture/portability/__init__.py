"""A lint over compiled dbt SQL: what must not be written, because another engine or another day would answer otherwise.

Models are built by DuckDB and have to mean the same on Spark and Postgres. A loud difference costs an afternoon; a
silent one changes a published number. Each rule carries its own examples, caught and let pass.
"""

from __future__ import annotations

from . import house, loud, repeatable, silent
from .query import Query
from .rule import Rule

RULES: tuple[Rule, ...] = (*silent.RULES, *loud.RULES, *repeatable.RULES, *house.RULES)


def lint(query: Query) -> list[str]:
    """Every breach in one model, as ``model: rule: what``."""
    return [f"{query.name}: {rule.name}: {found}" for rule in RULES for found in rule.findings(query)]


__all__ = ["RULES", "Query", "Rule", "lint"]
