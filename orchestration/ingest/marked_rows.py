"""What the marks of a sheet mean for its rows: a struck row is not used, everything else is used and told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestration.ingest import sheet
from orchestration.ingest.containers.marks import Shown
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.quarantine import Finding


def without_struck(raw: RawSheet, body: sheet.Body) -> tuple[sheet.Body, list[Finding]]:
    """The body without its rows that are struck out, and a finding for each of them that was data."""
    struck = raw.shown.struck_rows if raw.shown else frozenset()
    if not struck:
        return body, []
    kept = replace(
        body,
        data=[index for index in body.data if raw.row_no(index) not in struck],
        totals=[index for index in body.totals if raw.row_no(index) not in struck],
    )
    gone = [raw.row_no(index) for index in body.data if raw.row_no(index) in struck]
    return kept, [Finding("row", "row.struck_out", row) for row in gone]


def findings(raw: RawSheet, binding: Binding, body: sheet.Body, told: Sequence[Finding]) -> list[Finding]:
    """What a reader of the file would see or miss on the screen, and bad cells of which nothing was told yet."""
    if raw.shown is None:
        return []
    known = {(found.row, found.column) for found in told}
    return [*_hidden(raw, raw.shown, binding, body), *_cells(raw, raw.shown, binding, body, known)]


def _hidden(raw: RawSheet, shown: Shown, binding: Binding, body: sheet.Body) -> Iterator[Finding]:
    """One finding for each hidden column that is read, and for each run of hidden rows."""
    header = raw.row_no(binding.first_row)
    for name, index in sorted(binding.columns.items(), key=lambda item: item[1]):
        if index + 1 in shown.hidden_columns:
            yield Finding("cell", "column.hidden", header, index + 1, name, binding.headers[index])
    rows = [raw.row_no(index) for index in body.data if raw.row_no(index) in shown.hidden_rows]
    yield from (Finding("cell", "row.hidden", row) for at, row in enumerate(rows) if not at or rows[at - 1] != row - 1)


def _cells(
    raw: RawSheet, shown: Shown, binding: Binding, body: sheet.Body, known: set[tuple[int | None, int | None]]
) -> Iterator[Finding]:
    named = {index + 1: name for name, index in binding.columns.items()}
    rows = {raw.row_no(index) for index in (*body.data, *body.totals)}
    for row, column in sorted(shown.comments):
        if row in rows:
            yield _of(binding, named, row, column, "cell.commented")
    for row, column, rule_id in shown.bad_cells:
        if row in rows and (row, column) not in known:
            yield _of(binding, named, row, column, rule_id)


def _of(binding: Binding, named: dict[int, str], row: int, column: int, rule_id: str) -> Finding:
    return Finding("cell", rule_id, row, column, named.get(column), binding.headers.get(column - 1))


def rule_of(cells: Sequence[object], position: int, rule_id: str) -> str:
    """The rule that a bad cell brought along, else the one found while reading it."""
    return getattr(cells[position], "rule_id", rule_id)
