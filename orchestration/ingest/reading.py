"""One sheet becomes typed rows: which form, which unit, which month, which rows, and everything that does not fit.

The promise kept here is that no row is lost: every row that is not blank is accepted, quarantined, a duplicate or not
data, and the four add up or reading stops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from orchestration.errors import CouldNotRun
from orchestration.ingest import headers, periods, sheet, submission, units
from orchestration.ingest.columns import ColumnReaders, Context
from orchestration.ingest.container import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.layout import Catalogue, Layout
from orchestration.ingest.quarantine import Finding
from orchestration.ingest.rows import read_rows, titled
from orchestration.ingest.text import squash

# Fewer rows, all unreadable, are bad rows; this many are a sheet that was not understood (ruling R-03).
_ROWS_OF_A_SHEET = 3
# Ledgers of synthetic counties say so in every title.
_INVENTED = "虚构数据"
_FORM_CODE = re.compile(r"(?<![a-z0-9])(l\d{2})(?!\d)")


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


class SheetReader:
    """Reads sheets under one catalogue of layouts and one list of units."""

    def __init__(self, catalogue: Catalogue, divisions: units.Units, columns: ColumnReaders) -> None:
        self._catalogue = catalogue
        self._units = divisions
        self._columns = columns

    def read(self, raw: RawSheet, path: str, received_on: date | None, first_seen: date) -> SheetReading | None:
        """Read a sheet; None for one without anything to read.

        Args:
            raw: the sheet.
            path: its file, relative to landing.
            received_on: the day in the path, if it has one.
            first_seen: the day of the run that first saw the file.

        Raises:
            CouldNotRun: the row accounting does not add up, which is a fault of ours.
        """
        reading = SheetReading(raw.number, raw.name)
        reading.rows_seen = sum(not sheet.is_blank(row) for row in raw.rows)
        if reading.rows_seen == 0:
            return None
        result = self._read(raw, path, reading, received_on, first_seen)
        if result is not None and result.rows_seen != (
            result.accepted + result.quarantined + result.duplicate + result.non_data
        ):
            raise CouldNotRun(
                "The rows of a sheet do not add up.",
                "工作表行数核对不符。",
                address=f"{path}!{raw.number}",
                remedy_en="This is a fault of the reader: report it with the layout's name.",
                remedy_zh="这是读取程序的缺陷,请反馈。",
            )
        return result

    def _read(
        self, raw: RawSheet, path: str, reading: SheetReading, of_path: date | None, first_seen: date
    ) -> SheetReading | None:
        folder, _, file_name = path.rpartition("/")
        first = next(headers.candidate_rows(raw.rows, self._catalogue), min(len(raw.rows), 5))
        above = sheet.preamble(raw.rows[:first])
        if self._catalogue.blocked_sheet.search(squash(above.title + raw.name)):
            return reading.refuse("sheet.blocked", _table_like(raw.rows))
        binding, rule_id = self._form(raw, above.title, file_name)
        if binding is None:
            data = _table_like(raw.rows)
            if rule_id == "sheet.unknown_form" and data < 2:
                return None
            return reading.refuse(rule_id or "sheet.unknown_form", data)
        layout = binding.layout
        reading.form = layout.form
        body = sheet.split(raw, binding)
        if binding.first_row != first:
            above = sheet.preamble(raw.rows[: binding.first_row])
        reading.is_invented = _INVENTED in above.title
        reading.stated_date = above.stated_date or body.stated_date
        reading.non_data = body.non_data
        reading.half = _half(binding, f"{above.title} {raw.name}")
        refused = self._place(raw, binding, above, body.data, file_name, folder, reading)
        received_on = submission.received_on(of_path, reading.stated_date, first_seen)
        if refused is None and f"{reading.period}-01" > received_on.isoformat():
            refused = "sheet.period_in_the_future"
        if refused is None and (binding.missing_places or _untitled(binding, f"{above.title} {raw.name}")):
            refused = "sheet.no_placing_column"
        if refused is None and (binding.lacks_money_unit and len(above.money_units | body.money_units) > 1):
            refused = "sheet.money_unit_disagrees"
        if refused is None and headers.further_table(raw.rows, binding, self._catalogue):
            refused = "sheet.two_tables"
        if refused is None and binding.ambiguous:
            refused = "sheet.ambiguous_header"
        if refused:
            return reading.refuse(refused, len(body.data))
        assert reading.unit_code
        assert reading.period
        names = self._units.on(_last_day(reading.period))
        context = Context(reading.period, reading.unit_code, names.county_of(reading.unit_code), names, received_on)
        read_rows(raw, binding, body, above, context, self._columns, reading)
        if reading.accepted == 0 and reading.quarantined >= _ROWS_OF_A_SHEET:
            reading.status, reading.rule_id = "quarantined", "sheet.no_row_readable"
        elif reading.quarantined:
            reading.status = "partial"
        return reading

    def _form(self, raw: RawSheet, title: str, file_name: str) -> tuple[Binding | None, str | None]:
        """The form of a sheet: as its title or tab says, else the one form that its header fits."""
        layouts = list(self._catalogue.layouts.values())
        titled = {layout.form for layout in layouts if _is_titled(layout, squash(title) + "\n" + squash(raw.name))}
        coded = {code.upper() for code in _FORM_CODE.findall(squash(raw.name) + " " + squash(file_name))}
        coded &= set(self._catalogue.layouts)
        claimed = [layout for layout in layouts if layout.form in titled | coded]
        bindings = headers.bind(raw.rows, raw.merges, self._catalogue, claimed or layouts)
        if not any(not binding.missing_places for binding in bindings):
            # What the title claims does not fit: see whether the header is plainly another form.
            bindings = headers.bind(raw.rows, raw.merges, self._catalogue, layouts)
        whole = [binding for binding in bindings if not binding.missing_places]
        if len(coded) == 1 and titled and not coded & titled:
            return None, "sheet.form_disagrees"
        wanted = coded if len(coded) == 1 else titled
        if not wanted:
            if not whole or (len(whole) > 1 and whole[0].score == whole[1].score):
                return None, "sheet.unknown_form"
            return whole[0], None
        fitting = [binding for binding in whole if binding.layout.form in wanted]
        if fitting:
            return fitting[0], None
        if whole and whole[0].score >= 2 * max((b.score for b in bindings if b.layout.form in wanted), default=0):
            return None, "sheet.form_disagrees"
        partly = [binding for binding in bindings if binding.layout.form in wanted and len(binding.columns) >= 2]
        return (partly[0], None) if partly else (None, "sheet.no_header")

    def _place(
        self, raw: RawSheet, binding: Binding, above: sheet.Preamble, data: list[int], file_name: str, folder: str,
        reading: SheetReading,
    ) -> str | None:  # fmt: skip
        """Find month and unit of the sheet; the rule when either is not certain."""
        month_text, rule_id = self._one_text(raw, binding, "period", data)
        if rule_id:
            return "sheet.period_disagrees"
        if month_text and month_text.isdigit() and len(month_text) <= 2:
            month_text += "月"
        stem = file_name.rpartition(".")[0] or file_name
        period = periods.resolve(f"{above.title} {month_text or ''}", raw.name, above.row_date, stem, folder)
        if period.period is None:
            return period.rule_id
        reading.period = period.period
        column_text, rule_id = self._one_text(raw, binding, "unit", data)
        if rule_id:
            return rule_id
        unit_line = f"{above.unit_line or ''} {column_text or ''}".strip() or None
        names = self._units.on(_last_day(period.period))
        found = units.resolve(
            names, unit_line, [above.title, raw.name], stem, folder, by_township=binding.layout.by_township
        )
        reading.unit_code = found.unit_code
        return found.rule_id

    def _one_text(self, raw: RawSheet, binding: Binding, kind: str, data: list[int]) -> tuple[str | None, str | None]:
        """The one text of the column that names unit or month; a rule when its rows differ."""
        columns = [binding.columns[name] for name, column in binding.layout.columns.items()
                   if column.type == kind and name in binding.columns]  # fmt: skip
        if kind == "unit" and binding.unit_column is not None:
            columns.insert(0, binding.unit_column)
        for index in columns:
            texts = {_cell_text(raw.rows[row][index]) for row in data} - {""}
            if len(texts) > 1:
                return None, "sheet.several_units" if kind == "unit" else "sheet.period_disagrees"
            if texts:
                return texts.pop(), None
        return None, None


def _untitled(binding: Binding, title: str) -> bool:
    """Whether a placing column is missing that the title could have replaced, but does not."""
    return any(
        column.places_row and column.from_title and name not in binding.columns and titled(column, title) is None
        for name, column in binding.layout.columns.items()
    )


def _half(binding: Binding, title: str) -> str | None:
    """The one value that the title gives to a whole placing column, as 迁入登记表 does."""
    columns = binding.layout.columns.items()
    return next((titled(c, title) for name, c in columns if c.from_title and name not in binding.columns), None)


def _is_titled(layout: Layout, text: str) -> bool:
    if not layout.title_pattern.search(text):
        return False
    return not any(re.search(pattern, text) for pattern in layout.not_titles)


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return squash(str(cell))


def _last_day(period: str) -> date:
    year, month = int(period[:4]), int(period[5:7])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _table_like(rows: list[list[object]]) -> int:
    """How many rows of a sheet that is not understood look like data: three cells and more."""
    wide = sum(len(row) - row.count("") >= 3 for row in rows)
    return max(wide - 1, 0)
