"""What the cells of a column say, remembered by their text, and one column put together from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from orchestration.ingest.outcome import BLANK, PLAIN, REDACTED, Problem, Read
from orchestration.ingest.text import DITTO, squash

_MOST_REMEMBERED = 1_500_000
_LONGEST_DITTO = 8
_DITTO = Problem("cell.ditto")
_NOTHING_ABOVE = "cell.nothing_above"
_AFTER_RECEIPT = "date.after_receipt"


class Memo(dict[Any, Any]):
    """Cell -> what it says.

    Cells that could not be read, say nothing or are not plainly written are listed beside, so that a clean column is
    never looked over.
    """

    def __init__(self, parse: Callable[[Any], Read]) -> None:
        super().__init__()
        self._parse = parse
        self.troubled: set[Any] = set()
        self.blank: set[Any] = set()
        self.ways: dict[Any, str] = {}

    def __missing__(self, cell: Any) -> Any:
        if len(self) > _MOST_REMEMBERED:
            for kept in (self, self.troubled, self.blank, self.ways):
                kept.clear()
        is_ditto = isinstance(cell, str) and len(cell) < _LONGEST_DITTO and squash(cell) in DITTO
        answer, way = (_DITTO, "cell.ditto") if is_ditto else self._parse(cell)
        self[cell] = answer
        if isinstance(answer, Problem):
            self.troubled.add(cell)
        if way == BLANK:
            self.blank.add(cell)
        elif way != PLAIN and (is_ditto or cell not in self.troubled):
            self.ways[cell] = way
        return answer


@dataclass(frozen=True)
class Parsed:
    """One column read.

    A value a row, (row, rule) for the cells that could not be read, and how often each way of reading
    (``readings.yml``) was needed.
    """

    cells: list[Any]
    problems: list[tuple[int, str]]
    ways: dict[str, int] = field(default_factory=dict)


def settle(answers: Sequence[Any], when_redacted: str | None) -> Parsed:
    """Turn problems into gaps with their rule, and 同上 into what stands above, be it a problem."""
    cells: list[Any] = []
    problems: list[tuple[int, str]] = []
    above: Any = Problem(_NOTHING_ABOVE)
    for index, answer in enumerate(answers):
        above = above if answer is _DITTO else answer
        if isinstance(above, Problem):
            problems.append((index, above.rule_id))
            cells.append(when_redacted if above is REDACTED else None)
        else:
            cells.append(above)
    return Parsed(cells, problems)


def only_past(parsed: Parsed, received: date | str) -> Parsed:
    """Nothing can be reported before it happens: a day or month after the receipt is not read."""
    latest: Any = max(filter(None, set(parsed.cells)), default=None)
    if latest is None or latest <= received:
        return parsed
    late = [at for at, day in enumerate(parsed.cells) if day is not None and day > received]
    cells = list(parsed.cells)
    for at in late:
        cells[at] = None
    return Parsed(cells, [*parsed.problems, *((at, _AFTER_RECEIPT) for at in late)], parsed.ways)
