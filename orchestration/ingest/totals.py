"""What a 合计 row states, kept to be reconciled with the rows above it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from orchestration.ingest import sheet
from orchestration.ingest.container import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.values import Problem, parse_int, parse_money


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
