"""The receipts that each office drew from the county, batch by batch, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from orchestration.synthesis.money.figures import figures
from orchestration.synthesis.money.ledger import batch_of, first_serial, written
from orchestration.synthesis.months import first_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed


def stock_rows(receipts: pl.DataFrame, offices: list[str], options: Options, until: date) -> pl.DataFrame:
    """Rows of ``receipt_stock`` as they stand at the end of a day.

    The first batch is drawn before the run, a further one on the day on which the last one runs low. An office without
    any case still holds its first batch.
    """
    spent = receipts.filter((pl.col("day") <= until) & pl.col("mark").is_in(["normal", "void"]))
    spent = spent.filter(pl.col("receipt_no").is_not_null()).unique("receipt_no", keep="first", maintain_order=True)
    by_office = spent.partition_by("township_code", as_dict=True) if spent.height else {}
    rows: list[dict[str, Any]] = []
    for office in offices:
        rows += _batches(office, by_office.get((office,), spent.clear()), options)
    return typed("receipt_stock", pl.DataFrame(rows, infer_schema_length=None)) if rows else empty("receipt_stock")


def _batches(office: str, spent: pl.DataFrame, options: Options) -> list[dict[str, Any]]:
    plan, first = figures()["receipts"], first_serial(options, office)
    size, low = int(plan["batch"]), int(plan["drawn_when_left"])
    days, voids = spent["day"].to_list(), (spent["mark"] == "void").to_list()
    before = int(
        stream(options, "receipts drawn", int(office)).integers(plan["drawn_before"][0], plan["drawn_before"][1])
    )
    drawn = first_day(options.start) - timedelta(days=before)
    rows = []
    for batch in range(len(days) // size + 2):
        begin, end = batch * size, (batch + 1) * size
        here = voids[begin:end]
        full = len(here) == size
        serial = first + begin
        rows.append(
            {
                "township_code": office,
                "batch": batch_of(office, (serial - 1) // size + 1),
                "first_no": written(office, serial),
                "last_no": written(office, serial + size - 1),
                "drawn_day": drawn,
                "used": len(here) - sum(here),
                "void": sum(here),
                "left": size - len(here),
                "cleared_day": days[end - 1] if full else None,
            }
        )
        if len(days) < end - low:
            break
        drawn = days[end - low - 1]
    return rows
