"""What a sheet adds up to: the figures its 合计 row states, and how many of its fields are filled."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from orchestration.ingest import sheet
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.identity import MISSING, OTHER, VALID
from orchestration.ingest.values import Problem, parse_int, parse_money

if TYPE_CHECKING:
    from orchestration.ingest.reading import SheetReading


def control_totals(
    raw: RawSheet, binding: Binding, body: sheet.Body, money_unit: int | None
) -> list[tuple[int, str, Any]]:
    """What a 合计 row states for the figures of the form: (row number, lake column, number)."""
    stated = []
    for index in body.totals:
        row = raw.rows[index]
        if not sheet.is_grand_total(row):
            continue
        for name, column in binding.layout.columns.items():
            if column.type not in ("int", "money") or name not in binding.columns:
                continue
            cell = row[binding.columns[name]]
            unit = binding.units.get(name, money_unit)
            value = parse_money(cell, unit, None) if column.type == "money" else parse_int(cell, None)
            if value is not None and not isinstance(value, Problem) and not isinstance(cell, datetime):
                stated.append((raw.row_no(index), column.into or name, value))
    return stated


def count_fields(binding: Binding, reading: SheetReading) -> None:
    """Count expected and filled fields, and IDs present and valid, of the accepted rows."""
    expected = binding.layout.expected
    reading.fields_expected = len(expected) * reading.accepted
    if not reading.accepted:
        return
    reading.fields_filled = sum(reading.accepted - reading.cells[name].count(None) for name in expected)
    told = [reading.cells[status] for status in binding.layout.statuses]
    reading.ids_present = sum(
        len(cells) - cells.count(MISSING) - cells.count(OTHER) - cells.count(None) for cells in told
    )
    reading.ids_valid = sum(cells.count(VALID) for cells in told)
