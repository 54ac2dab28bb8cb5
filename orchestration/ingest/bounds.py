"""Targets: a figure, the bound that it sets and its unit; cells of a row, header and lines above each tell a part.

What the parts say must agree. A figure whose unit is not certain is not read, and no bound is guessed from what is
measured.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from orchestration.ingest.derived import flag
from orchestration.ingest.headers import unit_of
from orchestration.ingest.measures import Measure, parse_measure
from orchestration.ingest.outcome import NOTHING, PLAIN, Problem, Read
from orchestration.ingest.text import squash

if TYPE_CHECKING:
    from orchestration.ingest.rows import _Table
    from orchestration.ingest.ties import Bound

_LEAD = r"^(?:要求|力争|确保|必须|应|严格|全面)*"
# Words before a figure that bound it as much as those behind it do: 达到95%以上 says one thing twice.
_LED = (
    (re.compile(_LEAD + r"(?:控制在|控制到|不突破|限制在|下降到|降到|降至|降低到)(?=.*\d)"), "at_most"),
    (re.compile(_LEAD + r"(?:达到|达|提高到|上升到|提高至|完成)(?=.*\d)"), "at_least"),
    (re.compile(_LEAD + r"(?:保持在|稳定在|等于|=)(?=.*\d)"), "equal"),
)
_AND = re.compile(r"\((?:含|及|包括)\)|及(?=以[上下内])")
_OF_A_HUNDRED = re.compile(r"(?<=\d)[:/](?:女(?:性|婴)?=?)?100$")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)$")
_DIRECTIONS = {"=": None, ">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
_FROM_ABOVE = frozenset({"at_most", "below"})
# A change against another year, of which the figure itself is not told.
_RELATIVE = "百分点"
_YUAN = {"yuan": 1, "thousand_yuan": 1_000, "ten_thousand_yuan": 10_000}
_WITH_A_SIGN = frozenset({"percent", "per_mille", None})
_REFUSED = "refused"
_PLACES = Decimal("0.0001")
_MOST = Decimal(10) ** 12


class Told(NamedTuple):
    """What the cell of a target says by itself: a figure, its bound if it names one, and its unit as written."""

    figure: Decimal
    direction: str | None = None
    unit: str | None = None


def read_bound(value: object) -> Read:
    """A figure with the bound and the unit that its cell tells, as ``Told``; two bounds, or a span, are refused."""
    if not isinstance(value, str):
        measure = parse_measure(value)
        return Read(Told(measure.value)) if isinstance(measure, Measure) else Read(measure or None)
    plain = _AND.sub("", squash(value))
    led, said = next(((way, found[0]) for words, way in _LED if (found := words.match(plain))), (None, ""))
    bare = plain.removeprefix(said)
    ratio = _OF_A_HUNDRED.sub("", bare)
    measure = parse_measure(ratio)
    if measure is None:
        return NOTHING
    if isinstance(measure, Problem):
        return Read(measure)
    own = _DIRECTIONS.get(measure.operator)
    if measure.operator not in _DIRECTIONS or measure.unit == _RELATIVE or (led and own and own != led):
        return Read(Problem("number.inexact"))
    told = Told(measure.value, led or own, ":100" if ratio != bare else measure.unit)
    return Read(told, PLAIN if plain == value and told[1:] == (None, None) else "number.bound")


def settle(table: _Table) -> None:
    """Put every target of a sheet together with its direction, its unit and what it measures."""
    for name, column in table.binding.layout.columns.items():
        if column.bound is not None and name in table.values:
            _Targets(table, name, column.bound).settle()


class _Targets:
    """One column of targets, with the columns that speak of it."""

    def __init__(self, table: _Table, name: str, bound: Bound) -> None:
        self._table, self._name, self._bound = table, name, bound
        self._words = table.readers.words(table.binding.layout.columns[bound.unit])
        self._header = self._code(unit_of(table.binding.headers[table.index_of(name)]))
        self._lines = next((unit for unit, yuan in _YUAN.items() if yuan == self._of_lines()), None)

    def settle(self) -> None:
        """Hand figures in their unit, directions, units and what is measured back to the table."""
        bound, values = self._bound, self._table.values
        nothing: list[Any] = [None] * len(self._table.kept)
        told, measured = values[self._name], list(values.get(bound.by, nothing))
        directions, stated = values.get(bound.direction, nothing), values.get(bound.unit, nothing)
        cells = self._table.raw_cells(bound.by) if bound.by in values else nothing
        ways, units, figures = list(nothing), list(nothing), list(nothing)
        for at, target in enumerate(told):
            if target is None:
                ways[at] = directions[at]
                continue
            ways[at] = self._direction(at, target, directions[at])
            unit = self._unit(at, target, [stated[at], self._of_name(cells[at])], measured[at])
            measured[at] = bound.means.get(measured[at], {}).get("yuan" if unit in _YUAN else unit or "", measured[at])
            figures[at] = self._figure(at, target, unit, ways[at]) if unit != _REFUSED else None
            units[at] = None if figures[at] is None else "yuan" if unit in _YUAN else unit
        values[self._name], values[bound.direction], values[bound.unit] = figures, ways, units
        if bound.by in values:
            values[bound.by] = measured

    def _direction(self, at: int, target: Told, stated: str | None) -> str | None:
        if target.direction and stated and target.direction != stated:
            flag(self._table, "number.bounds_disagree", at, self._name)
            return None
        found = target.direction or stated
        if found is None and at not in self._table.unread.get(self._bound.direction, ()):
            flag(self._table, "number.no_bound", at, self._name)
        return found

    def _unit(self, at: int, target: Told, beside: list[str | None], measured: str | None) -> str | None:
        """The unit of a target; ``_REFUSED`` where it is missing or two are named."""
        said = {unit for unit in (self._code(target.unit), self._header, *beside) if unit}
        possible = self._bound.among.get(measured or "", ())
        if not said and possible == ("yuan",) and self._lines:
            return self._lines
        if not said and (len(possible) > 1 or possible == ("yuan",)):
            flag(self._table, "number.unit_missing", at, self._name)
            return _REFUSED
        if not said:
            return possible[0] if possible else None
        unit = said.pop()
        if said or (possible and ("yuan" if unit in _YUAN else unit) not in possible):
            flag(self._table, "money.unit_disagrees" if unit in _YUAN else "number.unit_disagrees", at, self._name)
            return _REFUSED
        return unit

    def _figure(self, at: int, target: Told, unit: str | None, direction: str | None) -> Decimal | None:
        rule_id = None
        figure = target.figure * _YUAN.get(unit or "", 1)
        if unit == "percent" and target.unit is None and 0 < figure <= 1 and direction not in _FROM_ABOVE:
            rule_id = "number.share_or_percent"
        elif figure < 0 and unit not in _WITH_A_SIGN:
            rule_id = "number.too_small"
        elif abs(figure) >= _MOST:
            rule_id = "number.too_large"
        if rule_id:
            flag(self._table, rule_id, at, self._name)
            return None
        return figure.quantize(_PLACES, ROUND_HALF_EVEN)

    def _code(self, unit: str | None) -> str | None:
        return self._words.get(unit) if unit else None

    def _of_name(self, cell: object) -> str | None:
        """The unit in brackets behind the name of what is measured: 出生率(‰)."""
        found = _IN_BRACKETS.search(squash(cell)) if isinstance(cell, str) else None
        return self._code(found[1]) if found else None

    def _of_lines(self) -> int | None:
        """Yuan per unit of money, where the lines around the table name one and no other."""
        return self._table.money_unit if len(self._table.above.money_units) < 2 else None
