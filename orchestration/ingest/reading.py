"""One sheet becomes typed rows: which form, which unit, which month, which rows, and everything that does not fit.

The promise kept here is that no row is lost: every row that is not blank is accepted, quarantined, a duplicate or not
data, and the four add up or reading stops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from orchestration.errors import CouldNotRun
from orchestration.ingest import doubts, headers, periods, sheet, submission, tables, units
from orchestration.ingest.around import Around
from orchestration.ingest.columns import ColumnReaders, Context
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.forms import form_of, is_untitled
from orchestration.ingest.headers import Binding
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.own_sheet import SentBack
from orchestration.ingest.periods import Outside
from orchestration.ingest.placing import Placer, Placing, Where, last_day
from orchestration.ingest.quarantine import Finding
from orchestration.ingest.rows import read_rows, titled
from orchestration.ingest.text import squash

# Fewer rows, all unreadable, are bad rows; this many are a sheet that was not understood (ruling R-03).
_ROWS_OF_A_SHEET = 3
# Ledgers of synthetic counties say so in every title.
_INVENTED = "虚构数据"
_GROUP = re.compile(
    r"(?<![-~—–至到、和\d一二三四五六七八九十])第?([一二三四五六七八九十]{1,3}|\d{1,2})(?:村民)?小?[组队](?![长员合织建成])"
)
_OF_ONE_MONTH = ("aggregate", "events")


@dataclass
class SheetReading:
    """What one sheet gave. ``cells`` holds lake columns of accepted rows, ``row_nos`` their rows in the sheet."""

    number: int
    name: str
    form: str | None = None
    unit_code: str | None = None
    period: str | None = None
    status: str = "accepted"
    rule_id: str | None = None
    stated_date: date | None = None
    sent_back: SentBack | None = None
    rows_seen: int = 0
    quarantined: int = 0
    duplicate: int = 0
    non_data: int = 0
    row_nos: list[int] = field(default_factory=list)
    cells: dict[str, list[Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    totals: list[tuple[int, str, Any]] = field(default_factory=list)
    ways: dict[tuple[str, str], int] = field(default_factory=dict)
    fields_expected: int = 0
    fields_filled: int = 0
    ids_present: int = 0
    ids_valid: int = 0
    fingerprint: int | None = None
    half: str | None = None
    is_invented: bool = False

    @property
    def accepted(self) -> int:
        """How many rows went into the lake."""
        return len(self.row_nos)

    def refuse(self, rule_id: str, data_rows: int) -> SheetReading:
        """Quarantine the sheet whole."""
        self.status, self.rule_id = "quarantined", rule_id
        self.quarantined, self.duplicate = data_rows, 0
        self.non_data = self.rows_seen - data_rows
        self.row_nos, self.cells, self.totals = [], {}, []
        self.findings = [Finding("sheet", rule_id)]
        return self

    def set_aside(self, rule_id: str, row_nos: list[int]) -> None:
        """Quarantine rows that have no place on a sheet of which others have one."""
        self.status, self.rule_id, self.quarantined = "quarantined", rule_id, len(row_nos)
        self.findings = [Finding("row", rule_id, row_no) for row_no in row_nos]


@dataclass(frozen=True)
class _Received:
    """Where a sheet's file lay and when it came."""

    path: str
    of_path: date | None
    first_seen: date

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def file_name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def stem(self) -> str:
        return self.file_name.rpartition(".")[0] or self.file_name


class SheetReader:
    """Reads sheets under one catalogue of layouts and one list of units."""

    def __init__(self, catalogue: Catalogue, divisions: units.Units, columns: ColumnReaders) -> None:
        self._catalogue = catalogue
        self._units = divisions
        self._placer = Placer(divisions)
        self._columns = columns

    def read(self, raw: RawSheet, path: str, received_on: date | None, first_seen: date) -> list[SheetReading]:
        """Read a sheet: one reading for each table, unit and month in it; none for one without anything to read.

        Args:
            raw: the sheet.
            path: its file, relative to landing.
            received_on: the day in the path, if it has one.
            first_seen: the day of the run that first saw the file.

        Raises:
            CouldNotRun: the row accounting does not add up, which is a fault of ours.
        """
        if raw.rows_seen == 0:
            return []
        readings = self._table(raw, _Received(path, received_on, first_seen), None)
        counted = [r.accepted + r.quarantined + r.duplicate + r.non_data for r in readings]
        if readings and (counted != [r.rows_seen for r in readings] or sum(counted) != raw.rows_seen):
            raise CouldNotRun(
                "The rows of a sheet do not add up.",
                "工作表行数核对不符。",
                address=f"{path}!{raw.number}",
                remedy_en="This is a fault of the reader: report it with the layout's name.",
                remedy_zh="这是读取程序的缺陷,请反馈。",
            )
        return readings

    def _table(self, raw: RawSheet, received: _Received, around: Around | None) -> list[SheetReading]:
        """Read a sheet, or one of its tables with what stands ``around`` it."""
        reading = SheetReading(raw.number, raw.name)
        reading.rows_seen = raw.rows_seen
        first = next(headers.candidate_rows(raw.rows, self._catalogue, raw.merges), min(len(raw.rows), 5))
        above = sheet.preamble(raw.rows[:first])
        if self._catalogue.blocked_sheet.search(squash(above.title + raw.name)):
            return [reading.refuse("sheet.blocked", _table_like(raw.rows))]
        of_all = f"{around.above.title} {around.tab}" if around else None
        binding, rule_id = form_of(self._catalogue, raw, above, received.file_name, of_all)
        if binding is None:
            data = _table_like(raw.rows)
            if rule_id == "sheet.unknown_form" and data < 2 and around is None:
                return []
            return [reading.refuse(rule_id or "sheet.unknown_form", data)]
        if binding.first_row != first:
            above = sheet.preamble(raw.rows[: binding.first_row])
        breaks = tables.breaks(raw, binding, self._catalogue)
        if breaks.starts:
            around = around or Around(above, raw.name)
            parts = tables.split(raw, breaks.starts)
            return [reading for part in parts for reading in self._table(part, received, around)]
        if around is not None:
            above = around.lend(above, self._catalogue)
        return self._bound(raw, binding, above, sheet.split(raw, binding, breaks.page_lines), received, reading, around)

    def _bound(
        self, raw: RawSheet, binding: Binding, above: sheet.Preamble, body: sheet.Body, received: _Received,
        reading: SheetReading, around: Around | None,
    ) -> list[SheetReading]:  # fmt: skip
        """Read the one table whose header is bound: a reading for each unit and month."""
        reading.form = binding.layout.form
        reading.is_invented = _INVENTED in above.title
        reading.stated_date = above.stated_date or body.stated_date
        heading = f"{above.heading} {raw.name}"
        reading.half = _half(binding, heading) or _group(f"{heading} {above.unit_line} {received.stem}")
        placing = self._placer.place(raw, binding, body.data, _where(raw, above, received, around))
        body.non_data += len(placing.printed)
        refused = placing.refused or self._unreadable(raw, binding, above, body, len(placing.rows) > 1)
        if refused:
            return [self._whole(reading, placing, body, refused)]
        readings: list[SheetReading] = []
        several = sum(place.rule_id is None for place in placing.rows) > 1
        for place, data in placing.rows.items():
            own = reading if len(placing.rows) == 1 else replace(reading)
            own.unit_code, own.period = place.unit_code, place.period
            own.non_data = 0 if readings else body.non_data
            own.rows_seen = len(data) + own.non_data
            if place.rule_id:
                own.set_aside(place.rule_id, [raw.row_no(index) for index in data])
            else:
                part = body if data is body.data else replace(body, data=data, totals=[] if several else body.totals)
                self._rows(raw, binding, part, above, received, own)
            readings.append(own)
        return readings

    @staticmethod
    def _whole(reading: SheetReading, placing: Placing, body: sheet.Body, rule_id: str) -> SheetReading:
        if len(placing.rows) == 1:
            (place,) = placing.rows
            reading.unit_code, reading.period = place.unit_code, place.period
        return reading.refuse(rule_id, len(body.data) - len(placing.printed))

    def _unreadable(
        self, raw: RawSheet, binding: Binding, above: sheet.Preamble, body: sheet.Body, by_row: bool
    ) -> str | None:
        """The rule for which a table is refused whole though its place is known."""
        title = f"{above.heading} {raw.name}"
        if doubts.is_side_by_side(raw, binding, self._catalogue):
            return "sheet.side_by_side"
        if rule_id := doubts.of_title(raw, binding, self._catalogue, above.heading):
            return rule_id
        if doubts.mixes_units(raw, binding, body.data):
            return "number.unit_disagrees"
        if binding.layout.kind == "aggregate" and body.totals and not body.data:
            return "sheet.no_row_readable"  # sums, or figures of another span, are not the figures of the month
        if binding.missing_places or is_untitled(binding, title):
            return "sheet.no_placing_column"
        if binding.layout.kind in _OF_ONE_MONTH and (
            periods.cumulates(f"{above.title} {above.unit_line}", raw.name, by_row=by_row)
            or (not binding.cumulated and doubts.is_cumulated(raw, body))
        ):
            return "sheet.cumulated"
        if binding.lacks_money_unit and len(above.money_units | body.money_units) > 1:
            return "sheet.money_unit_disagrees"
        return "sheet.ambiguous_header" if binding.ambiguous else None

    def _rows(
        self, raw: RawSheet, binding: Binding, body: sheet.Body, above: sheet.Preamble, received: _Received,
        reading: SheetReading,
    ) -> None:  # fmt: skip
        """Read the rows of one unit and month."""
        assert reading.unit_code
        assert reading.period
        received_on = submission.received_on(received.of_path, reading.stated_date, received.first_seen)
        if f"{reading.period}-01" > received_on.isoformat():
            reading.refuse("sheet.period_in_the_future", len(body.data))
            return
        if doubts.is_of_neighbour(raw, binding, body.data, reading.period):
            reading.refuse("sheet.whose_column", len(body.data))
            return
        names = self._units.on(last_day(reading.period))
        context = Context(reading.period, reading.unit_code, names.county_of(reading.unit_code), names, received_on)
        read_rows(raw, binding, body, above, context, self._columns, reading)
        reading.findings += _since_january(raw, binding)
        if binding.layout.kind == "aggregate" and reading.accepted > 1:
            reading.refuse("sheet.several_rows", len(body.data))
        elif reading.accepted == 0 and reading.quarantined >= _ROWS_OF_A_SHEET:
            reading.status, reading.rule_id = "quarantined", "sheet.no_row_readable"
        elif reading.quarantined:
            reading.status = "partial"


def _where(raw: RawSheet, above: sheet.Preamble, received: _Received, around: Around | None) -> Where:
    tab = raw.name if around is None else around.tab
    outside = Outside(above.title, tab, above.row_date, received.stem, received.folder)
    if around is None:
        return Where(above.unit_line, (above.title,), outside)
    beyond = Where(around.above.unit_line, (around.above.title,), outside)
    return Where(above.unit_line, above.lines, outside, beyond)


def _since_january(raw: RawSheet, binding: Binding) -> list[Finding]:
    """One finding for each column of which the sheet has the cumulated figures alone."""
    row = raw.row_no(binding.first_row)
    alone = [(name, at) for name, at in binding.cumulated.items() if name not in binding.columns]
    return [Finding("cell", "sheet.cumulated_column", row, at + 1, name) for name, at in alone]


def _half(binding: Binding, title: str) -> str | None:
    """The half of its form that a sheet holds, as told by a column it lacks (迁入登记表: every row moves in)."""
    for name, told in binding.layout.halves.items():
        if name not in binding.columns:
            column = binding.layout.columns[name]
            half = titled(column, title) if told == "@title" else told
            return None if half in column.alone else half
    return None


def _group(text: str) -> str | None:
    """The one group of a village that a sheet speaks of; the sheets of the others would take its place."""
    if "组" not in text and "队" not in text:
        return None
    found = set(_GROUP.findall(squash(text)))
    return found.pop() if len(found) == 1 else None


def _table_like(rows: list[list[object]]) -> int:
    """How many rows of a sheet that is not understood look like data: three cells and more."""
    wide = sum(len(row) - row.count("") >= 3 for row in rows)
    return max(wide - 1, 0)
