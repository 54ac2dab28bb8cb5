"""What an office's clerk writes into the log of single services and the book of the station's stock."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from orchestration.synthesis.clerk.clerk import Clerk
from orchestration.synthesis.clerk.office_words import Cells, named, word, words


def _log(clerk: Clerk, _office: str, _township: str) -> Cells:
    given = words()["given"]
    return {
        "date": clerk.day("day"),
        "service": named("service_code", "services", "service"),
        "provider": pl.lit(words()["provider"]),
        "client": pl.col("client"),
        "resident": word("resident_type", "resident"),
        "due": clerk.day("due_day"),
        "done": pl.when(pl.col("day").is_null()).then(pl.lit(given[False])).otherwise(pl.lit(given[True])),
        "paid_by": pl.lit(words()["free"]),
        "amount": pl.when(pl.col("day").is_not_null()).then(0),
    }


def _supplies(clerk: Clerk, _office: str, _township: str) -> Cells:
    return {
        "item": word("item_code", "supply"),
        "measure": word("measure", "measure"),
        "opening": pl.col("opening"),
        "received": pl.col("received"),
        "date": clerk.day("day"),
        "issued": pl.col("issued"),
        "lost": pl.col("lost"),
        "closing": pl.col("closing"),
        "counted": pl.col("counted"),
        "contacts": pl.col("contacts"),
        "service": word("service_code", "technical"),
        "cases": pl.col("cases"),
        "consent": pl.when(pl.col("service_code") == "operation").then(word("has_consent", "consent")),
    }


WRITERS: dict[str, Callable[[Clerk, str, str], Cells]] = {"L08": _log, "L09": _supplies}
