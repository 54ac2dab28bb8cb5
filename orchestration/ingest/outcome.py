"""What reading a cell comes to: a value and the rule that read it, or the rule by which it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

PLAIN, BLANK = "plain", "blank"


@dataclass(frozen=True)
class Problem:
    """A cell that could not be read as its column asks, and the rule that says so."""

    rule_id: str


class Read(NamedTuple):
    """What a cell says, or its ``Problem``, and the way it was read (``readings.yml``).

    ``plain`` is a value written as the column asks, ``blank`` a cell that says that there is nothing.
    """

    value: Any
    rule: str = PLAIN


REDACTED = Problem("cell.redacted")
NOTHING = Read(None, BLANK)
