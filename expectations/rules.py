"""What a rule of the gate is: a sentence that a reader can check, and the expectation that checks it.

An expectation is kept as its Great Expectations name and arguments and built when a gate asks for it, since importing
the library costs seconds that a command which only lists rules should not pay. A bound is never written here: an
argument names it as ``$limit_id``, and the gate fills it in from ``gate_limits.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from great_expectations.expectations.expectation import Expectation as GxExpectation

Severity = Literal["critical", "warning", "info"]
RULE_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z_]*")


@dataclass(frozen=True)
class Expectation:
    """One expectation of Great Expectations: the class ``kind`` and its keyword ``arguments``."""

    kind: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def build(self, limits: Mapping[str, str]) -> GxExpectation:
        """Make the library's object, with every ``$limit_id`` filled in.

        Args:
            limits: the gate's limits by id, each a number as text.

        Raises:
            KeyError: a limit that an argument names is not among ``limits``.
        """
        import great_expectations.expectations as library

        filled = {
            name: Template(value).substitute(limits) if isinstance(value, str) else value
            for name, value in self.arguments.items()
        }
        built: GxExpectation = getattr(library, self.kind)(**filled)
        return built


@dataclass(frozen=True)
class Rule:
    """One thing that must hold before a release is published.

    ``id`` is ``<subject>.<snake_sentence>`` and never holds a bound, so that a changed limit keeps its history.
    ``scope`` is the mart or evidence table that the expectation is run against. A rule that is not ``waivable`` blocks
    whatever a waiver says.
    """

    id: str
    scope: str
    severity: Severity
    sentence_zh: str
    sentence_en: str
    remedy_zh: str
    remedy_en: str
    expectation: Expectation
    waivable: bool = True

    def __post_init__(self) -> None:
        if not RULE_ID.fullmatch(self.id):
            raise ValueError(f"{self.id} is not <subject>.<snake_sentence>")


def no_row(query: str) -> Expectation:
    """Expect ``query`` to return nothing. ``{batch}`` stands for the table of the rule's scope.

    A literal brace or dollar of a pattern is written twice, since the text is formatted.
    """
    return Expectation("UnexpectedRowsExpectation", {"unexpected_rows_query": query})


def no_row_where(condition: str) -> Expectation:
    """Expect no row of the rule's table to satisfy ``condition``."""
    return no_row(f"select 1 from {{batch}} where {condition}")
