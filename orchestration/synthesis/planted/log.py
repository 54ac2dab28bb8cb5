"""Which planted violations a truth holds, where, and what would have been lawful instead."""

from __future__ import annotations

from typing import Any

import polars as pl

from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.lawful import LINES, Row
from orchestration.synthesis.planted.slots import is_planted, registry

SCHEMA: dict[str, pl.DataType] = {
    name: pl.String() for name in "check unit_code period object table field clean dirty forms implies reason".split()
}
_OFFICE = "-fp"
_KEYS = {
    "fee_receipts": "case_no",
    "fee_cases": "case_no",
    "treasury": "slip_no",
    "benefits": "benefit",
    "appropriations": "programme",
    "targets": "indicator_code",
    "funding": "subject",
    "disclosures": "item",
}


def log(truth: dict[str, pl.DataFrame], options: Options) -> pl.DataFrame:
    """One row a check: the violation that the truth holds, or why it holds none.

    A violation counts from the month in which it has become one (sixty days without a refund, a year overdue) and can
    be seen in the ledgers; before that, and where it was not planted at all, unit and period are NULL and ``reason``
    says why.

    Returns:
        check, unit_code (of the office), period (``YYYY-MM`` in which a check would date it), object (number of the
        case or slip, or what else names the row), table, field, clean and dirty (as text; clean is the nearest lawful
        value), forms (that can decide it), implies (checks that fail with it), reason.
    """
    last = options.only if options.only is not None else options.start + options.months - 1
    rows = [_row(check, entry, _found(check, entry, truth, options), last) for check, entry in registry().items()]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _found(check: str, entry: Any, truth: dict[str, pl.DataFrame], options: Options) -> Row | None:
    """The row of the truth that breaks a check, with the columns of its case if it is a receipt."""
    table = entry.get("table")
    if table is None or table not in truth or not is_planted(options):
        return None
    frame = truth[table]
    if table == "disclosures":
        frame = frame.filter(pl.col("published_day").is_null())
    else:
        frame = frame.filter(pl.col("planted") == check)
    if table == "fee_receipts":
        frame = frame.join(truth["fee_cases"].drop("township_code", "planted"), on="case", how="left")
    if frame.is_empty():
        return None
    return Row(frame.row(0, named=True), truth)


def _row(check: str, entry: Any, row: Row | None, last: int) -> dict[str, str | None]:
    told: dict[str, str | None] = {
        "check": check,
        "table": entry.get("table"),
        "field": entry.get("field"),
        "forms": " ".join(entry.get("forms", ())) or None,
        "implies": " ".join(entry.get("implies", ())) or None,
        "reason": entry.get("why_not"),
    }
    if told["reason"]:
        return told
    if row is None:
        return told | {"reason": "the run has no month, office or person in which it could happen"}
    line = LINES[check]
    month = line.month(row)
    if month is None or month > last:
        return told | {"reason": "begun, but not a violation yet when the run ends"}
    unit = row.values.get("township_code") or _first_office(row.truth)
    return told | {
        "unit_code": f"{unit}{_OFFICE}",
        "period": f"{month // 12:04d}-{month % 12 + 1:02d}",
        "object": str(row.values[_KEYS[entry["table"]]]),
        "clean": _text(line.clean(row)),
        "dirty": _text(row.values[entry["field"]]),
    }


def _first_office(truth: dict[str, pl.DataFrame]) -> str:
    """The office that keeps what the county has but once: the first one by code."""
    homes = truth["villages"].filter(pl.col("persons_wanted") > 0)
    return str(homes["township_code"].min())


def _text(value: object) -> str:
    return "" if value is None else str(value)
