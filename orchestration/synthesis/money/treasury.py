"""What an office hands to the treasury: all it took in a month, to the fen, before the tenth of the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from orchestration.synthesis.money.figures import figures
from orchestration.synthesis.months import last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed

_DECEMBER = 11


def slips(receipts: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Slips of every office and month of ``receipts``, in the order of day and office, not yet numbered.

    One slip a month for principal and surcharge received (reversals taken off), and one, negative, for what the
    treasury gave back for refunds. So the sum of the slips is the sum of the receipts less refunds. December is handed
    over on its last day, because no receipt of a year may be remitted in the next.

    Returns:
        The columns of ``treasury`` but slip and slip_no.
    """
    if receipts.is_empty():
        return empty("treasury").drop("slip", "slip_no")
    month = pl.col("day").dt.year().cast(pl.Int32) * 12 + pl.col("day").dt.month().cast(pl.Int32) - 1
    is_refund = pl.col("mark") == "refund"
    sums = (
        receipts.filter(pl.col("mark") != "void")
        .group_by("township_code", is_refund.alias("is_refund"), month.alias("for_month"))
        .agg(amount_fen=pl.col("principal_fen").sum() + pl.col("surcharge_fen").sum())
        .filter(pl.col("amount_fen") != 0)
        .sort("for_month", "township_code", "is_refund")
    )
    plan = figures()["treasury"]
    words = {False: plan["subject"], True: plan["refund_subject"]}
    rows = [
        slip(office, remittance_day(options, office, for_month), for_month, words[back], amount)
        for office, back, for_month, amount in sums.iter_rows()
    ]
    return _typed(rows)


def slip(
    office: str, day: date, for_month: int, subject: str, amount: int, *, direction: str = "remitted",
    planted: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One slip; ``amount`` in fen."""
    return {
        "township_code": office,
        "direction": direction,
        "day": day,
        "for_month": for_month,
        "subject": subject,
        "amount_fen": amount,
        "planted": planted,
    }


def remittance_day(options: Options, office: str, month: int) -> date:
    """Day on which an office hands over what it took in a month."""
    if month % 12 == _DECEMBER:
        return last_day(month)
    low, high = figures()["treasury"]["days_after_month"]
    after = int(stream(options, "remittance", int(office), month).integers(low, high + 1))
    return last_day(month) + timedelta(days=after)


def numbered(unnumbered: pl.DataFrame, until: date) -> pl.DataFrame:
    """The table ``treasury`` up to a day: ``slip`` over the county, ``slip_no`` by office and year."""
    told = unnumbered.filter(pl.col("day") <= until).sort("day", "township_code", "for_month", "subject", "amount_fen")
    serial = pl.int_range(1, pl.len() + 1).over("township_code", pl.col("day").dt.year())
    return typed(
        "treasury",
        told.with_columns(slip=pl.int_range(pl.len())).with_columns(
            slip_no=pl.format(
                "{}{}{}",
                pl.col("day").dt.year(),
                pl.col("township_code").str.slice(6, 3),
                serial.cast(pl.String).str.zfill(4),
            )
        ),
    )


def with_slips(unnumbered: pl.DataFrame, more: list[dict[str, Any]]) -> pl.DataFrame:
    """The slips and some more."""
    return pl.concat([unnumbered, _typed(more)]) if more else unnumbered


def _typed(rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = empty("treasury").drop("slip", "slip_no").schema
    return pl.DataFrame(rows, schema=schema, orient="row") if rows else pl.DataFrame(schema=schema)
