"""Whose rows they are and for which month: of a sheet as a whole, or of each row where a column says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from orchestration.ingest import periods, units
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.periods import Outside
from orchestration.ingest.text import DITTO, squash
from orchestration.ingest.units import OFFICE_SUFFIX, UnitFound, UnitNames, Units

# What runs on over the months may head its sheet with all of them.
_OF_ONE_MONTH = ("aggregate", "events")


@dataclass(frozen=True)
class Where:
    """What speaks of unit and month around the rows of a table.

    Args:
        unit_line: what stands after 填报单位.
        titles: titles of the table.
        outside: all that speaks of months.
        beyond: the same of the whole sheet, for one of several tables that names no unit itself.
    """

    unit_line: str | None
    titles: tuple[str, ...]
    outside: Outside
    beyond: Where | None = None

    def nearest(self, names: UnitNames) -> Where:
        """The place around the table that speaks of a unit."""
        if self.beyond is None or self.unit_line or any(map(names.speaks, self.titles)):
            return self
        return self.beyond

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything inside the sheet that can name the unit."""
        lines = (self.unit_line or "", *self.titles, self.outside.sheet_name)
        return lines if self.beyond is None else (*lines, *self.beyond.texts)


@dataclass(frozen=True)
class Place:
    """A unit and a month, or the rule that says why one of them is not certain."""

    unit_code: str | None = None
    period: str | None = None
    rule_id: str | None = None


@dataclass
class Placing:
    """Rows by their place. ``printed`` are lines of the form without figures, and lines that sum others."""

    rows: dict[Place, list[int]] = field(default_factory=dict)
    printed: list[int] = field(default_factory=list)

    @property
    def refused(self) -> str | None:
        """The commonest rule where no row has a place."""
        if any(place.rule_id is None for place in self.rows):
            return None
        if not self.rows:
            return "sheet.no_row_readable"
        rules = Counter({place.rule_id: len(rows) for place, rows in self.rows.items() if rows})
        return min(rules, key=lambda rule: (-rules[rule], rule or ""), default=None) or next(iter(self.rows)).rule_id


@dataclass(frozen=True)
class _Told:
    """What the columns of unit and month tell apart."""

    several_months: bool
    several_names: bool
    in_year: bool


class Placer:
    """Finds units and months under one list of units."""

    def __init__(self, divisions: Units) -> None:
        self._units = divisions

    def place(self, raw: RawSheet, binding: Binding, data: list[int], where: Where) -> Placing:
        """Place the data rows of a bound table."""
        months = _column(raw, binding, "period", data)
        names = _column(raw, binding, "unit", data)
        several_months, several_names = len(set(months) - {""}) > 1, len(set(names) - {""}) > 1
        if not several_months and not several_names:
            month, name = max(months, default=""), max(names, default="")
            return self._without_strangers(raw, binding, data, self._of_sheet(binding, month, name, where))
        placing = Placing()
        told = _Told(several_months, several_names, periods.runs_through_year(set(months)))
        known: dict[tuple[str, str], Place] = {}
        for index, month, name in zip(data, months, names, strict=True):
            if _is_printed(raw, binding, index) or (several_months and periods.is_subtotal(month)):
                placing.printed.append(index)
                continue
            key = (month, name)
            if key not in known:
                known[key] = self._of_row(binding, key, where, told)
            placing.rows.setdefault(known[key], []).append(index)
        placing.rows = dict(sorted(placing.rows.items(), key=lambda item: _order(item[0])))
        return placing

    def _of_sheet(self, binding: Binding, month: str, name: str, where: Where) -> Place:
        outside = where.outside
        if month.isdigit() and len(month) <= 2:
            month += "月"
        if not month and binding.layout.kind in _OF_ONE_MONTH and periods.is_longer(outside):
            return Place(rule_id="sheet.longer_than_a_month")
        title = f"{outside.title} {month}" if month else outside.title
        found = periods.resolve(title, outside.sheet_name, outside.row_date, outside.file_name, outside.folder)
        if found.period is None:
            return Place(rule_id=found.rule_id)
        return self._unit(binding, name, where, found.period)

    def _without_strangers(self, raw: RawSheet, binding: Binding, data: list[int], place: Place) -> Placing:
        """The rows of one unit; those whose village lies outside it have no place on its sheet."""
        members = _column(raw, binding, "member", data)
        if place.unit_code is None or place.period is None or not any(members):
            return Placing({place: data})
        names = self._units.on(last_day(place.period))
        strange = {name for name in set(members) if name and _is_elsewhere(names, place.unit_code, name)}
        own = [index for index, name in zip(data, members, strict=True) if name not in strange]
        others = [index for index, name in zip(data, members, strict=True) if name in strange]
        outside = Place(period=place.period, rule_id="row.of_another_unit")
        return Placing({place: own, outside: others} if own and others else {outside if others else place: data})

    def _of_row(self, binding: Binding, key: tuple[str, str], where: Where, told: _Told) -> Place:
        month, name = key
        if told.several_months:
            found = periods.of_row(month, where.outside, in_year=told.in_year)
            place = Place(None, found.period, found.rule_id)
        else:
            place = self._of_sheet(binding, month, "", where)
        if place.period is None or not told.several_names:
            return place if place.period is None else self._unit(binding, name, where, place.period)
        names = self._units.on(last_day(place.period))
        around = (*where.texts, where.outside.file_name, where.outside.folder)
        unit = _named(names, name, around)
        if unit.unit_code and not names.is_village(unit.unit_code) and not binding.layout.by_township:
            return Place(period=place.period, rule_id="row.not_a_village")
        return Place(unit.unit_code, place.period, unit.rule_id)

    def _unit(self, binding: Binding, name: str, where: Where, period: str) -> Place:
        names = self._units.on(last_day(period))
        near = where.nearest(names)
        line = " ".join(filter(None, (near.unit_line, name))) or None
        outside = where.outside
        found = units.resolve(
            names, line, [*near.titles, outside.sheet_name], outside.file_name, outside.folder,
            by_township=binding.layout.by_township,
        )  # fmt: skip
        return Place(found.unit_code, period, found.rule_id)


def _named(names: UnitNames, name: str, around: tuple[str, ...]) -> UnitFound:
    """The unit that one row of a list of units names.

    Args:
        names: the units of the row's month.
        name: the cell.
        around: unit line, title, tab, file name and folder, which may name the township or contradict the cell.
    """
    own = names.found_in(name)
    if own.rule_id:
        return own
    heard = [names.found_in(text) for text in around]
    townships = {found.township for found in heard if found.township}
    candidates = {own.unit_code} if own.unit_code else set(own.candidates)
    inside = {
        code for code in candidates if code and (not townships or names.found_in(code[:12]).township in townships)
    }
    if candidates and not inside:
        return UnitFound(rule_id="sheet.unit_disagrees")
    if len(inside) != 1 or len(townships) > 1:
        return UnitFound(rule_id="sheet.ambiguous_unit" if inside else "sheet.unknown_unit")
    unit = inside.pop()
    if any(found.unit_code and names.is_village(found.unit_code) and found.unit_code != unit for found in heard):
        return UnitFound(rule_id="sheet.unit_disagrees")
    return names.found_in(unit) if names.is_village(unit) else UnitFound(unit[:12] + OFFICE_SUFFIX)


def _is_elsewhere(names: UnitNames, unit_code: str, cell: str) -> bool:
    """Whether a cell names places of which none is the unit, lies in it, or holds it."""
    found = names.found_in(cell)
    told = [found.unit_code] if found.unit_code else [*(found.candidates or [found.township])]
    codes = {code[:12] for code in told if code}
    own = unit_code[:12]
    return bool(codes) and not any(
        code == own or names.is_above(own + OFFICE_SUFFIX, code) or names.is_above(code + OFFICE_SUFFIX, own)
        for code in codes
    )


def last_day(period: str) -> date:
    """The last day of a month."""
    year, month = int(period[:4]), int(period[5:7])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _order(place: Place) -> tuple[bool, str, str, str]:
    return place.rule_id is not None, place.unit_code or "", place.period or "", place.rule_id or ""


def _column(raw: RawSheet, binding: Binding, kind: str, data: list[int]) -> list[str]:
    """What the first filled column of unit or month says, one text a data row; all blank without such a column."""
    columns = list(_columns(binding, kind))
    for index in columns:
        texts = [_cell_text(raw.rows[row][index]) for row in data]
        if any(texts):
            return _filled(texts, raw, index, data) if len(set(texts)) > 1 else texts
    return [""] * len(data)


def _columns(binding: Binding, kind: str) -> Iterator[int]:
    if kind == "unit" and binding.unit_column is not None:
        yield binding.unit_column
    for name, column in binding.layout.columns.items():
        if column.type == kind and name in binding.columns:
            yield binding.columns[name]


def _filled(texts: list[str], raw: RawSheet, column: int, data: list[int]) -> list[str]:
    """同上 is what stands above, and a merged cell holds for each of its rows."""
    merged = {
        row: _cell_text(raw.rows[top][column])
        for (top, left), (bottom, _) in raw.merges
        if left == column
        for row in range(top + 1, bottom + 1)
    }
    filled: list[str] = []
    for row, text in zip(data, texts, strict=True):
        if text in DITTO and filled:
            text = filled[-1]
        filled.append(text or merged.get(row, ""))
    return filled


def _is_printed(raw: RawSheet, binding: Binding, index: int) -> bool:
    """Whether a line of an aggregate has a name or month and no figure yet."""
    if binding.layout.kind != "aggregate":
        return False
    columns = binding.layout.columns
    return all(
        raw.rows[index][at] == ""
        for name, at in binding.columns.items()
        if columns[name].type not in ("unit", "period")
    )


def _cell_text(cell: object) -> str:
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月"
    if isinstance(cell, float) and cell != int(cell) and str(cell).endswith(".1"):
        return "?"  # 2014.10 and 2014.1 are one number
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return squash(str(cell))
