"""What an office's clerk writes on the forms beside the three monthly ones."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from orchestration.synthesis.clerk.clerk import Clerk
from orchestration.synthesis.clerk.office_words import Cells, named, word, words, yuan

_MANY = 4


def _stock(clerk: Clerk, office: str, _township: str) -> Cells:
    return {
        "office": pl.lit(office),
        "batch": pl.col("batch"),
        "first": pl.col("first_no"),
        "last": pl.col("last_no"),
        "drawn": clerk.day("drawn_day"),
        "used": pl.col("used"),
        "void": pl.col("void"),
        "left": pl.col("left"),
        "cleared": clerk.day("cleared_day"),
    }


def _treasury(clerk: Clerk, _office: str, township: str) -> Cells:
    here, back = pl.col("direction") == "remitted", pl.col("direction") == "returned"
    return {
        "slip": pl.when(here).then(pl.col("slip_no")),
        "date": pl.when(here).then(clerk.day("day")),
        "subject": pl.when(here).then(pl.col("subject")),
        "amount": pl.when(here).then(yuan("amount_fen")),
        "account": pl.when(here).then(pl.lit(words()["treasury"])),
        "for_month": clerk.month("for_day"),
        "returned_date": pl.when(back).then(clerk.day("day")),
        "returned_for": pl.when(back).then(pl.col("subject")),
        "returned": pl.when(back).then(yuan("amount_fen")),
        "payee": pl.when(back).then(pl.lit(township + words()["payee"])),
    }


def _benefits(clerk: Clerk, _office: str, _township: str) -> Cells:
    is_own = pl.col("holder_is_beneficiary")
    return {
        "programme": word("programme", "programme"),
        "year": pl.col("year"),
        "name": pl.col("name"),
        "id_no": pl.col("id_no"),
        "ground": word("programme", "ground"),
        "applied": clerk.day("applied_day"),
        "posted_from": clerk.day("posted_from"),
        "posted_to": clerk.day("posted_to"),
        "confirmed": clerk.day("confirmed_day"),
        "from_month": clerk.month("from_day"),
        "to_month": clerk.month("to_day"),
        "end_reason": word("end_reason", "end_reason"),
        "standard": yuan("standard_fen"),
        "due": yuan("due_fen"),
        "paid": yuan("paid_fen"),
        "due_date": clerk.day("due_day"),
        "paid_date": clerk.day("paid_day"),
        "holder": pl.when(is_own).then(pl.col("name")).otherwise(pl.lit(words()["other_holder"])),
        "channel": pl.lit(words()["paid_by"]),
    }


def _targets(clerk: Clerk, office: str, _township: str) -> Cells:
    return {
        "year": pl.col("year"),
        "unit": pl.lit(office),
        "indicator": named("indicator_code", "indicators", "indicator_code"),
        "direction": word("direction", "direction"),
        "value": pl.col("value"),
        "measure": pl.col("unit"),
        "weight": pl.col("weight"),
        "signed": clerk.day("signed_day"),
    }


def _inspections(clerk: Clerk, office: str, _township: str) -> Cells:
    found, names = pl.col("findings"), words()["class"]
    kind = (
        pl.when(found >= _MANY).then(pl.lit(names["many"]))
        .when(found > 0).then(pl.lit(names["few"]))
        .when(found == 0).then(pl.lit(names["none"]))
    )  # fmt: skip
    return {
        "unit": pl.lit(office),
        "round": pl.col("round"),
        "planned": clerk.day("planned_day"),
        "held": clerk.day("held_day"),
        "subject": pl.col("subject"),
        "findings": found,
        "class": kind,
        "mend_by": clerk.day("mend_by_day"),
        "mended": clerk.day("mended_day"),
    }


def _funding(_clerk: Clerk, _office: str, _township: str) -> Cells:
    return {
        "year": pl.col("year"),
        "source": word("source", "source").fill_null(words()["earmarked"]),
        "subject": pl.col("subject").fill_null(word("programme", "programme")),
        "budget": yuan("budget_fen"),
        "spent": yuan("spent_fen"),
        "returned": yuan("returned_fen"),
        "balance": yuan("balance_fen"),
        "growth": pl.col("growth"),
    }


def _disclosures(clerk: Clerk, _office: str, _township: str) -> Cells:
    return {
        "item": word("item", "item"),
        "due": clerk.day("due_day"),
        "published": clerk.day("published_day"),
        "place": pl.when(pl.col("published_day").is_not_null()).then(pl.lit(words()["place"])),
        "objections": pl.col("objections"),
    }


def _changes(clerk: Clerk, _office: str, _township: str) -> Cells:
    kinds = words()["change"]
    kind = pl.when(pl.col("share") == 1).then(pl.lit(kinds["merge"])).otherwise(pl.lit(kinds["split"]))
    return {
        "old_code": pl.col("old_code"),
        "old_name": pl.col("old_name"),
        "new_code": pl.col("new_code"),
        "new_name": pl.col("new_name"),
        "change": kind,
        "effective": clerk.day("effective_day"),
        "document": pl.format(words()["approval"], pl.col("effective_day").dt.year()),
        "share": pl.format("{}%", (pl.col("share") * 100).round(2)),
    }


WRITERS: dict[str, Callable[[Clerk, str, str], Cells]] = {
    "L13": _stock,
    "L14": _treasury,
    "L15": _benefits,
    "L17": _targets,
    "L18": _inspections,
    "L19": _funding,
    "L20": _disclosures,
    "L21": _changes,
}
