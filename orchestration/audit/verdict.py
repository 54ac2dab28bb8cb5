"""The words in which the gate answers: one outcome per rule, one verdict per candidate.

There are three outcomes and no fourth. A check that could not be made is neither passed nor failed, and it refuses the
release as surely as a failure does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a rule, or of the whole gate."""

    PASS = "PASS"  # noqa: S105  a verdict, not a secret
    FAIL = "FAIL"
    COULD_NOT_RUN = "COULD_NOT_RUN"


@dataclass(frozen=True)
class Waiver:
    """Somebody's dated consent to publish although a rule fails."""

    rule_id: str
    owner: str
    reason: str
    expires_on: date


@dataclass(frozen=True)
class RuleResult:
    """What one rule found. Counts only: a result never holds a value of the data.

    ``rows_checked`` and ``rows_failed`` are None where the rule is about a table and not about its rows. ``waiver`` is
    the consent in force, if any.
    """

    rule_id: str
    table: str
    severity: str
    outcome: Outcome
    rows_checked: int | None
    rows_failed: int | None
    sentence_zh: str
    sentence_en: str
    remedy_zh: str = ""
    remedy_en: str = ""
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether this result alone refuses the release."""
        if self.outcome is Outcome.COULD_NOT_RUN:
            return True
        return self.outcome is Outcome.FAIL and self.severity == "critical" and self.waiver is None


@dataclass(frozen=True)
class GateReport:
    """Everything the gate looked at. ``expected`` is the number of checks announced before any was made."""

    results: tuple[RuleResult, ...]
    expected: int
    suite_sha256: str
    dbt_sha256: str
    rows: dict[str, int]

    @property
    def outcome(self) -> Outcome:
        """PASS, FAIL or COULD_NOT_RUN; a gate without checks, or with fewer than announced, could not run."""
        if not self.results or len(self.results) != self.expected:
            return Outcome.COULD_NOT_RUN
        if any(result.outcome is Outcome.COULD_NOT_RUN for result in self.results):
            return Outcome.COULD_NOT_RUN
        return Outcome.FAIL if any(result.blocks for result in self.results) else Outcome.PASS

    @property
    def failures(self) -> tuple[RuleResult, ...]:
        """Every rule that did not pass, those that block first."""
        return tuple(
            sorted(
                (result for result in self.results if result.outcome is not Outcome.PASS),
                key=lambda result: (not result.blocks, result.severity, result.rule_id),
            )
        )

    def counts(self) -> dict[str, int]:
        """Small numbers for a log line: checks by outcome, and how many of the failures are warnings or waived."""
        return {
            "expected": self.expected,
            "passed": _count(self.results, Outcome.PASS),
            "failed": _count(self.results, Outcome.FAIL),
            "could_not_run": _count(self.results, Outcome.COULD_NOT_RUN),
            "blocking": sum(result.blocks for result in self.results),
            "waived": sum(result.waiver is not None for result in self.results),
        }


def _count(results: Iterable[RuleResult], outcome: Outcome) -> int:
    return sum(result.outcome is outcome for result in results)
