"""Lake columns that stand in no column of their own: behind a figure, in one half of a cell, in two cells compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orchestration.ingest.layout import Column
from orchestration.ingest.quarantine import Finding, cell_finding
from orchestration.ingest.text import DITTO, squash
from orchestration.ingest.ties import Monthly
from orchestration.ingest.values import gap

if TYPE_CHECKING:
    from orchestration.ingest.rows import _Table

_FIGURE = re.compile(r"^[\d.,]+")
_TO = re.compile(r"[~—–−至到]+")
_HIDDEN = re.compile(r"[*×✕●█某]")
_YEARLY = re.compile(r"元[/每][/每人户·.]*年|[每按]年")
_MONTHLY = re.compile(r"元[/每][/每人户·.]*月|[每按]月")
_TOLERATED = Decimal("0.001")


def behind(column: Column, cells: Sequence[Any]) -> list[Any]:
    """What the cells of another column say for this one: the unit after a figure, or one end of a span."""
    if column.suffix_of:
        return [_FIGURE.sub("", squash(cell)) if isinstance(cell, str) else "" for cell in cells]
    place = 0 if column.first_of else 1
    return [_ends(cell, alike=column.type == "text")[place] if isinstance(cell, str) else cell for cell in cells]


def _ends(cell: str, *, alike: bool) -> tuple[str, str]:
    """Both ends of ``0001-0050`` or ``2014.3.1至2014.3.7``; a cell that is no span is both ends itself.

    Ends of numbers are alike in length: 0001-50 may end with 50 or with 0050.
    """
    plain = squash(cell)
    parts = _TO.split(plain)
    if len(parts) == 1 and plain.count("-") % 2:
        strokes = plain.split("-")
        middle = len(strokes) // 2
        parts = ["-".join(strokes[:middle]), "-".join(strokes[middle:])]
    if len(parts) != 2 or (alike and len(parts[0]) != len(parts[1])):
        return cell, cell
    return parts[0], parts[1]


def choose(table: _Table, name: str, column: Column, kinds: list[Any] | None) -> None:
    """Fill a column from the one that belongs to the kind of each row; another kind's cell says nothing of the row."""
    assert column.chosen
    among = {kind: other for kind, other in column.chosen.among.items() if other in table.binding.columns}
    if not among:
        return
    kinds = kinds or [None] * len(table.kept)
    table.values[name] = [table.values[among[kind]][at] if kind in among else None for at, kind in enumerate(kinds)]
    cells = {other: table.raw_cells(other) for other in among.values()}
    unread = table.unread[name] = []
    for at, value in enumerate(table.values[name]):
        filled = [other for other in cells if not gap(cells[other][at])] if value is None else []
        if filled:
            unread.append(at)
        if filled and among.get(kinds[at]) not in filled:
            _flag(table, "date.of_another_event", at, filled[0])


def drop_unclear_rates(table: _Table) -> None:
    """Leave out rates of which the header does not say the month and the row shows, or may show, that it is a year."""
    for name, column in table.binding.layout.columns.items():
        rule = column.monthly
        if rule is None or name not in table.binding.columns:
            continue
        header, lines = table.binding.headers[table.index_of(name)], squash(" ".join(table.above.lines))
        if any(mark in header for mark in rule.marks) or _MONTHLY.search(lines):
            continue
        is_yearly = _YEARLY.search(lines)
        for at, rate in enumerate(table.values[name]):
            if rate and (is_yearly or _is_unclear(table, rule, at, rate)):
                table.values[name][at] = None
                _flag(table, "money.month_or_year", at, name)


def _is_unclear(table: _Table, rule: Monthly, at: int, rate: Decimal) -> bool:
    def told(name: str) -> Any:
        values = table.values.get(name)
        return values[at] if values else None

    below = rule.below.get(told(rule.by))
    if below is not None and rate >= below:
        return True
    first, last = map(told, rule.span)
    amounts = [amount for name in rule.paid if (amount := told(name))]
    is_one_month = first is not None and first == last
    return not is_one_month and any(0 < amount <= rate for amount in amounts)


def _flag(table: _Table, rule_id: str, at: int, name: str) -> None:
    row, index = table.raw.row_no(table.kept[at]), table.index_of(name)
    header, column = table.binding.headers[index], table.binding.layout.columns[name]
    cell, label = table.raw_cells(name)[at], column.into or name
    table.findings.append(cell_finding(rule_id, row, index + 1, label, header, cell, column.pii))


def same(table: _Table, column: Column) -> list[bool | None] | None:
    """Whether two cells of a row hold the same words. They are compared and forgotten; None if one says nothing."""
    if any(name not in table.binding.columns for name in column.of):
        return None
    own = table.readers.words(column)
    one, other = (table.raw_cells(name) for name in column.of)
    return [_alike(first, second, own) for first, second in zip(one, other, strict=True)]


def _alike(one: object, other: object, own: dict[str, str]) -> bool | None:
    if not isinstance(one, str) or not isinstance(other, str) or gap(one) or gap(other):
        return None
    first, second = squash(one), squash(other)
    if second in own:
        return own[second] == "true"
    if second in DITTO or first in DITTO or _HIDDEN.search(first + second):
        return None
    return first == second


def broken_wholes(table: _Table) -> list[Finding]:
    """One finding for each whole whose parts are all stated and do not add up to one, at its first row."""
    whole = table.binding.layout.whole
    if whole is None or whole.parts not in table.values or any(name not in table.values for name in whole.of):
        return []
    rows: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for position, key in enumerate(zip(*(table.values[name] for name in whole.of), strict=True)):
        rows[key].append(position)
    index = table.index_of(whole.parts)
    findings = []
    for key, positions in rows.items():
        parts = [table.values[whole.parts][position] for position in positions]
        if None not in (*key, *parts) and abs(sum(parts) - 1) > _TOLERATED:
            row = table.raw.row_no(table.kept[positions[0]])
            header = table.binding.headers[index]
            findings.append(Finding("cell", "number.parts_of_whole", row, index + 1, whole.parts, header))
    return findings
