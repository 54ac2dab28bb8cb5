"""The rows of one sheet as the checks among them see it; what they find names cells and never quotes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orchestration.ingest.columns import Context
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.quarantine import Finding
from orchestration.ingest.values import gap


@dataclass
class RowView:
    """Columns read and raw; positions count the rows kept.

    ``refused`` are rows that lack a place: nothing more is said of them. ``blamed`` are rows of whose ID number it has
    been said that it is another's, which explains whatever else does not fit; ``repeated`` repeat another row.
    """

    raw: RawSheet
    binding: Binding
    kept: list[int]
    values: Mapping[str, list[Any]]
    statuses: Mapping[str, list[str]]
    context: Context
    refused: frozenset[int]
    findings: list[Finding] = field(default_factory=list)
    blamed: set[int] = field(default_factory=set)
    repeated: set[int] = field(default_factory=set)

    def has(self, *names: str) -> bool:
        """Whether the sheet has all these columns."""
        return all(name in self.binding.columns for name in names)

    def read(self, name: str) -> list[Any]:
        """The values of a column; gaps where the sheet does not have it."""
        return self.values.get(name) or [None] * len(self.kept)

    def cells(self, name: str) -> list[Any]:
        """The cells of a column that the sheet has, as they stand."""
        index, rows = self.binding.columns[name], self.raw.rows
        return [rows[row][index] for row in self.kept]

    def only(self, wanted: Mapping[str, tuple[str, ...]]) -> list[int]:
        """Positions of rows with a place that hold one of the codes wanted; a column not there says nothing."""
        left = [at for at in range(len(self.kept)) if at not in self.refused]
        for name, codes in wanted.items():
            if (values := self.values.get(name)) is not None:
                left = [at for at in left if values[at] in codes]
        return left

    def gone(self, columns: Sequence[str]) -> list[bool]:
        """Which rows tell that somebody has left: a code, or a day even if it cannot be read."""
        found = [False] * len(self.kept)
        for name in filter(self.has, columns):
            is_day = self.binding.layout.columns[name].type == "date"
            cells = self.cells(name)
            blank = set(filter(gap, set(cells))) if is_day else frozenset(cells)
            for at, (value, cell) in enumerate(zip(self.read(name), cells, strict=True)):
                found[at] |= value is not None or cell not in blank
        return found

    def flag(self, rule_id: str, position: int, name: str, index: int | None = None) -> None:
        """Say of the cell of a column that the rule does not hold; ``index`` if it shows in another cell of the row."""
        self._say(rule_id, self.raw.row_no(self.kept[position]), name, index)

    def flag_column(self, rule_id: str, name: str) -> None:
        """Say once of a column, at its header, what would hold for most of its rows."""
        self._say(rule_id, self.binding.first_row + self.binding.height, name, None)

    def _say(self, rule_id: str, row: int, name: str, index: int | None) -> None:
        at = self.binding.columns[name] if index is None else index
        label = self.binding.layout.columns[name].into or name
        self.findings.append(Finding("cell", rule_id, row, at + 1, label, self.binding.headers[at]))
