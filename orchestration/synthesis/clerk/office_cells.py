"""What an office's clerk writes into each column of a form, as expressions over the rows of ``office_rows``."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from orchestration.synthesis.clerk import office_cells_more as more
from orchestration.synthesis.clerk import office_cells_services as stations
from orchestration.synthesis.clerk.clerk import Clerk
from orchestration.synthesis.clerk.office_words import Cells, named, word, words, yuan


def written(form: str, clerk: Clerk, office: str, township: str) -> Cells:
    """Column key -> cells; keys that are missing stay blank, ``serial`` is the page's own.

    Args:
        form: code of the form.
        clerk: of the township.
        office: name of the unit.
        township: name of the township.
    """
    return (_WRITERS | more.WRITERS | stations.WRITERS)[form](clerk, office, township)


def _services(clerk: Clerk, _office: str, _township: str) -> Cells:
    return {
        "service": named("service_code", "services", "service"),
        "provider": pl.lit(words()["provider"]),
        "date": clerk.day("day"),
        "couples": pl.col("couples"),
        "persons": pl.col("persons"),
        "contacts": pl.col("contacts"),
        "target": pl.col("annual_target"),
        "funds": yuan("funds_fen"),
    }


def _decisions(clerk: Clerk, _office: str, township: str) -> Cells:
    return {
        "case": pl.col("case_no"),
        "man": pl.col("man"),
        "man_id": pl.col("man_id"),
        "woman": pl.col("woman"),
        "woman_id": pl.col("woman_id"),
        "fact": word("fact_class", "fact_class"),
        "born": clerk.day("birth_day"),
        "filed": clerk.day("file_day"),
        "decided": clerk.day("decision_day"),
        "decision_no": pl.col("decision_no"),
        "body": pl.col("body"),
        "delegated": pl.when(pl.col("is_delegated")).then(pl.lit(township)),
        "served": clerk.day("service_day"),
        "base_year": pl.col("base_year"),
        "base_income": yuan("base_income_fen"),
        "multiple": pl.col("multiple_hundredths") / 100,
        "amount": yuan("amount_fen"),
        "due": clerk.day("due_day"),
        "instalment_request": clerk.day("instalment_request_day"),
        "instalment_approval": clerk.day("instalment_approval_day"),
        "court_date": clerk.day("court_application_day"),
        "court_recovered": pl.when(pl.col("court_fen") > 0).then(yuan("court_fen")),
        "waived": yuan("waived_fen"),
        "waived_date": clerk.day("waived_day"),
        "written_off": yuan("written_off_fen"),
        "written_off_date": clerk.day("written_off_day"),
        "status": word("status", "status"),
        "status_date": clerk.day("status_day"),
    }


def _receipts(clerk: Clerk, office: str, _township: str) -> Cells:
    return {
        "case": pl.col("case_no"),
        "receipt": pl.col("receipt_no"),
        "batch": pl.col("batch"),
        "paid": clerk.day("day"),
        "amount": (pl.col("principal_fen") + pl.col("surcharge_fen")) / 100,
        "surcharge": yuan("surcharge_fen"),
        "channel": word("channel", "channel"),
        "unit": pl.lit(office),
        "payer": word("payer", "payer"),
        "account": pl.lit(words()["account"]) + pl.col("receipt_no"),
        "instalment": pl.col("instalment_no"),
        "mark": word("mark", "mark"),
        "entered": clerk.day("entry_day"),
        "clerk": pl.lit(words()["clerk"]),
    }


_WRITERS: dict[str, Callable[[Clerk, str, str], Cells]] = {
    "L10": _services,
    "L11": _decisions,
    "L12": _receipts,
}
