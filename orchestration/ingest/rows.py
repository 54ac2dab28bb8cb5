"""The data rows of a bound sheet: duplicates set aside, columns read, rows without a place quarantined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from orchestration.ingest import derived, marked_rows, sheet
from orchestration.ingest.columns import ColumnReaders, Context
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.duplicates import without_duplicates
from orchestration.ingest.headers import Binding
from orchestration.ingest.identity import INVALID, LOST, MISSING, OTHER
from orchestration.ingest.layout import TRANSIENT, Column
from orchestration.ingest.memo import Parsed
from orchestration.ingest.quarantine import Finding, cell_finding, without_wants
from orchestration.ingest.remarks import Remarks, struck_out
from orchestration.ingest.row_rules import check_rows
from orchestration.ingest.row_view import RowView
from orchestration.ingest.text import told_in
from orchestration.ingest.ties import Share
from orchestration.ingest.totals import control_totals, count_fields
from orchestration.ingest.values import gap

if TYPE_CHECKING:
    from orchestration.ingest.reading import SheetReading

_BLANKS = frozenset({"", "-", "—", "/", "无"})
_FIGURES = frozenset({"int", "money", "decimal", "fraction"})
_ID_RULES = {INVALID: "id.invalid", LOST: "id.lost_digits", OTHER: "id.other_document"}


def read_rows(
    raw: RawSheet, binding: Binding, body: sheet.Body, above: sheet.Preamble, context: Context,
    readers: ColumnReaders, reading: SheetReading,
) -> None:  # fmt: skip
    """Fill ``reading`` with the accepted rows, the findings and the counts of a sheet whose place is known."""
    _fill_merges(raw, binding)
    body, struck = marked_rows.without_struck(raw, body)
    kept, reading.fingerprint = without_duplicates(raw, binding, body.data)
    reading.duplicate = len(body.data) - len(kept)
    reading.quarantined = len(struck)
    repeated = sorted(set(body.data).difference(kept)) if reading.duplicate else []
    found = [*struck, *(Finding("cell", "row.duplicate", raw.row_no(index)) for index in repeated)]
    money_unit = next(iter(above.money_units | body.money_units), None)
    if kept:
        found += _read_kept(_Table(raw, binding, kept, above, context, readers, money_unit), reading)
    else:
        reading.cells = {name: [] for name in binding.layout.own_schema}
    reading.findings = [
        *_header_findings(binding, raw),
        *marked_rows.findings(raw, binding, body, found),
        *sorted(found, key=lambda f: (f.row or 0, f.column or 0)),
    ]
    reading.totals = control_totals(raw, binding, body, money_unit)
    count_fields(binding, reading)


def _read_kept(table: _Table, reading: SheetReading) -> list[Finding]:
    """Read the rows that repeat no other one; what is found is returned, cells and counts go to ``reading``."""
    raw, binding, kept, readers = table.raw, table.binding, table.kept, table.readers
    for name, column in binding.told.items():
        table.read(name, column)
    derived.drop_unclear_rates(table)
    bad_rows = table.rows_without_place()
    for position in struck_out(raw, binding, kept):
        bad_rows.setdefault(position, "row.struck_out")
    remarked = Remarks(raw, binding, kept, readers)
    for name, column in binding.layout.columns.items():
        if column.in_remarks:
            table.values[name], unclear = remarked.read(name, column, table.values.get(name))
            for position in unclear:
                bad_rows.setdefault(position, "row.remark_unclear")
    view = RowView(raw, binding, kept, table.values, table.statuses, table.context, frozenset(bad_rows))
    check_rows(view)
    found = [*table.findings, *view.findings, *derived.broken_wholes(table)]
    found = without_wants(found, {raw.row_no(kept[position]) for position in bad_rows})
    found += [Finding("row", rule_id, raw.row_no(kept[position])) for position, rule_id in sorted(bad_rows.items())]
    cells = table.lake_columns()
    if bad_rows:
        accepted = [position for position in range(len(kept)) if position not in bad_rows]
        kept = [kept[position] for position in accepted]
        cells = {name: [values[position] for position in accepted] for name, values in cells.items()}
    reading.quarantined += len(bad_rows)
    reading.row_nos, reading.cells, reading.ways = raw.row_nos(kept), cells, table.ways
    return found


class _Table:
    """The kept rows of a sheet, column by column."""

    def __init__(
        self, raw: RawSheet, binding: Binding, kept: list[int], above: sheet.Preamble, context: Context,
        readers: ColumnReaders, money_unit: int | None,
    ) -> None:  # fmt: skip
        self.raw, self.binding, self.kept, self.above = raw, binding, kept, above
        self.context, self.readers = context, readers
        self.money_unit = money_unit
        self.values: dict[str, list[Any]] = {}
        self.statuses: dict[str, list[str]] = {}
        self.findings: list[Finding] = []
        self.unread: dict[str, list[int]] = {}
        self.ways: dict[tuple[str, str], int] = {}
        self._cells = list(zip(*(raw.rows[row] for row in kept), strict=False))

    def raw_cells(self, name: str) -> Sequence[Any]:
        return self._cells[self.index_of(name)] if self.kept else ()

    def index_of(self, name: str) -> int:
        """The sheet column of a layout column, or of the one behind whose figures it stands."""
        columns = self.binding.columns
        if name in columns:
            return columns[name]
        column = self.binding.layout.columns[name]
        others = (column.source, *(column.chosen.among.values() if column.chosen else ()))
        return next(columns[other] for other in others if other in columns)

    def read(self, name: str, column: Column) -> None:
        """Read one column of which the sheet tells."""
        behind = name not in self.binding.columns
        if behind and column.chosen:
            by = column.chosen.by
            derived.choose(self, name, column, self.values.get(by) or self._default(self.binding.layout.columns[by]))
        if behind and column.source not in self.binding.columns:
            return
        unit = self.binding.units.get(name, self.money_unit) if column.type == "money" else None
        cells = self.raw_cells(name)
        if behind:
            cells = derived.behind(column, cells)
        kind = column.as_place if column.type == "pick" else column
        parsed = self.readers.read(self.binding.layout.form, name, kind, cells, unit, self.context)
        self.ways.update({(name, way): count for way, count in parsed.ways.items()})
        if column.type == "id":
            parsed = self._identifiers(name, column, parsed)
        self.values[name] = parsed.cells
        if parsed.problems:
            self.unread[name] = [position for position, _ in parsed.problems]
            self._report(name, column, cells, parsed.problems)

    def _identifiers(self, name: str, column: Column, parsed: Parsed) -> Parsed:
        pairs = [pair or (None, MISSING) for pair in parsed.cells]
        keys = [key for key, _ in pairs]
        statuses = [status for _, status in pairs]
        self.statuses[column.status or f"{name}_status"] = statuses
        problems = parsed.problems
        if not _ID_RULES.keys().isdisjoint(statuses):
            problems += [(at, _ID_RULES[status]) for at, status in enumerate(statuses) if status in _ID_RULES]
        return Parsed(keys, problems)

    def _report(self, name: str, column: Column, cells: Sequence[Any], problems: list[tuple[int, str]]) -> None:
        index = self.index_of(name)
        header = self.binding.headers[index]
        for position, rule_id in problems:
            row = self.raw.row_no(self.kept[position])
            label = column.into or name
            why = marked_rows.rule_of(cells, position, rule_id)
            self.findings.append(cell_finding(why, row, index + 1, label, header, cells[position], column.pii))

    def rows_without_place(self) -> dict[int, str]:
        """Rows whose mandatory cell is empty or unreadable (ruling R-03): position -> rule."""
        bad: dict[int, str] = {}
        for name, column in self.binding.layout.columns.items():
            if not column.mandatory or name not in self.values:
                continue
            values = self.values[name]
            needed = self.values.get(column.mandatory_with) if column.mandatory_with else values
            if needed is None:
                continue
            if needed is not values:
                values = [value if by is not None else "" for value, by in zip(values, needed, strict=True)]
            for position in self.unread.get(name, ()):
                if values[position] is None:
                    bad.setdefault(position, "row.mandatory_unreadable")
            if None not in values or column.blank_ok:
                continue
            index = self.index_of(name)
            for position, value in enumerate(values):
                if value is None and position not in bad:
                    bad[position] = "row.mandatory_missing"
                    row = self.raw.row_no(self.kept[position])
                    self.findings.append(
                        Finding("cell", "row.mandatory_missing", row, index + 1, name, self.binding.headers[index])
                    )
        for position in self._without_any_place():
            bad.setdefault(position, "row.mandatory_missing")
        return bad

    def _without_any_place(self) -> list[int]:
        """Rows that fill no placing column (an aggregate: no column at all): a heading between rows is no person."""
        layout = self.binding.layout
        of_all = layout.kind == "aggregate"
        needed = set().union(*layout.needs)
        names = [
            name
            for name, column in layout.columns.items()
            if name in self.values and (of_all or column.places_row or name in needed)
        ]
        if of_all:
            read = [self.values[name] for name in names]
            return [at for at in range(len(self.kept)) if all(values[at] is None for values in read)]
        empty = list(range(len(self.kept))) if names else []
        for index in map(self.index_of, names):
            if not empty or _BLANKS.isdisjoint(self._cells[index]):
                return []
            empty = [at for at in empty if self._cells[index][at] in _BLANKS]
        return empty

    def lake_columns(self) -> dict[str, list[Any]]:
        """Lake column -> values of all kept rows, gaps for what the sheet does not have."""
        layout, count = self.binding.layout, len(self.kept)
        found: dict[str, list[Any]] = {}
        for name, column in layout.columns.items():
            if column.type in TRANSIENT or not column.keep:
                continue
            target = column.into or name
            values = self.values.get(name)
            if column.type == "pick":
                values = self._picked(column, values)
            elif column.type == "count":
                values = self._counted(column, layout.lake_schema[target])
            elif column.type == "same":
                values = derived.same(self, column)
            elif values is None and column.share:
                values = self._shared(column.share)
            elif values is None:
                values = self._default(column)
            if values is not None and (target not in found or name in self.values):
                found[target] = values
        for name in layout.lake_schema:
            if name in self.statuses:
                found[name] = self.statuses[name]
            elif name in layout.statuses:
                found[name] = [MISSING] * count
        return {name: found.get(name) or [None] * count for name in layout.own_schema}

    def _default(self, column: Column) -> list[Any] | None:
        told = titled(column, f"{self.above.heading} {self.raw.name}") if column.from_title else None
        if told is not None or (column.from_title and column.default is None):
            return [told] * len(self.kept)
        if column.default is None:
            return None
        value = self.context.period if column.default == "@period" else column.default
        return [value] * len(self.kept)

    def _picked(self, column: Column, own: list[Any] | None) -> list[Any] | None:
        assert column.pick is not None
        by = column.pick.by
        choices = self.values.get(by) or self._default(self.binding.layout.columns[by])
        if own is not None or choices is None:
            return own
        sources = {value: self.values.get(source) for value, source in column.pick.values.items()}
        return [values[at] if (values := sources.get(choice)) else None for at, choice in enumerate(choices)]

    def _shared(self, share: Share) -> list[Any] | None:
        figures, units = self.values.get(share.of), self.values.get(share.unit)
        if figures is None or units is None:
            return None
        return [figure if unit == share.value else None for figure, unit in zip(figures, units, strict=True)]

    def _counted(self, column: Column, dtype: pl.DataType) -> list[Any] | None:
        """How many of several cells are filled; the cells themselves are not looked at any further."""
        indexes = [at for name in column.of for at in self.binding.several.get(name, ())]
        if not indexes:
            return None
        counts = [sum(not gap(self.raw.rows[row][at]) for at in indexes) for row in self.kept]
        return [count > 0 for count in counts] if dtype == pl.Boolean() else [count or None for count in counts]


def titled(column: Column, title: str) -> str | None:
    """The one value that a title gives to a whole column (迁入登记表: every row moves in)."""
    return told_in(column.from_title, title)


def _fill_merges(raw: RawSheet, binding: Binding) -> None:
    """A cell merged over several data rows holds for each of them, unless it is a figure: that would count twice."""
    start = binding.first_row + binding.height
    names = {index: name for name, index in binding.columns.items()}
    for (top, left), (bottom, right) in raw.merges:
        if top < start or bottom == top or left != right or left not in names:
            continue
        if binding.layout.columns[names[left]].type in _FIGURES:
            continue
        for row in range(top + 1, min(bottom, len(raw.rows) - 1) + 1):
            raw.rows[row][left] = raw.rows[top][left]


def _header_findings(binding: Binding, raw: RawSheet) -> list[Finding]:
    row = raw.row_no(binding.first_row)
    hidden = [Finding("cell", "sheet.hidden", row)] if raw.hidden else []
    missing = [Finding("cell", "sheet.column_missing", row, None, name) for name in binding.missing]
    unknown = [Finding("cell", "sheet.unknown_column", row, index + 1) for index in binding.unknown]
    return hidden + missing + unknown
