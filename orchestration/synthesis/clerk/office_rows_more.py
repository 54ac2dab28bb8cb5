"""What the other ledgers of offices are about: receipts, treasury, benefits, targets, rounds, money, notices, areas."""

from __future__ import annotations

from datetime import date

import polars as pl

from orchestration.synthesis.money.stock import stock_rows
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.tables import Truth

_DECEMBER = 11


def _span(month: int) -> tuple[date, date]:
    return first_day(month), last_day(month)


def _first_of(month: str) -> pl.Expr:
    return pl.date(pl.col(month) // 12, pl.col(month) % 12 + 1, 1)


def stock(truth: Truth, options: Options, month: int) -> pl.DataFrame:
    """The batches of receipts that an office holds at a month's end, and those that it emptied in the month."""
    first, end = _span(month)
    offices = truth.receipt_stock["township_code"].unique().sort().to_list()
    rows = stock_rows(truth.fee_receipts, offices, options, end)
    return rows.filter(
        (pl.col("drawn_day") <= end) & (pl.col("cleared_day").is_null() | (pl.col("cleared_day") >= first))
    ).sort("township_code", "first_no")


def treasury(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The slips of a month."""
    slips = truth.treasury.filter(pl.col("day").is_between(*_span(month))).sort("township_code", "slip")
    return slips.with_columns(for_day=_first_of("for_month"))


def benefits(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The payments of a month, with the beneficiary's name and number."""
    first, end = _span(month)
    paid = truth.benefits.filter(pl.col("paid_day").is_between(first, end))
    people = truth.persons.select("person", "name", id_no=pl.when(pl.col("id_day") <= end).then(pl.col("id_no")))
    paid = paid.with_columns(from_day=_first_of("from_month"), to_day=_first_of("to_month"))
    return paid.join(people, on="person", how="left").sort("township_code", "programme", "benefit")


def targets(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The targets signed in a month."""
    signed = truth.targets.filter(pl.col("signed_day").is_between(*_span(month)))
    return signed.sort("township_code", maintain_order=True)


def inspections(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The rounds planned in a month and those whose faults were mended in it, as known on its last day."""
    first, end = _span(month)
    rows = truth.inspections.filter(
        pl.col("planned_day").is_between(first, end) | pl.col("mended_day").is_between(first, end)
    )
    known = pl.when(pl.col("mended_day") <= end).then(pl.col("mended_day"))
    return rows.with_columns(mended_day=known).sort("township_code", "round")


def funding(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """In December the appropriations of each office, and for the first office the funding of the whole county."""
    year = month // 12
    if month % 12 != _DECEMBER:
        return pl.DataFrame(schema={"township_code": pl.String})
    own = truth.appropriations.filter(pl.col("year") == year).select(
        "township_code", "year", "programme",
        source=pl.lit(None, dtype=pl.String), subject=pl.lit(None, dtype=pl.String),
        budget_fen="received_fen", spent_fen="paid_fen", returned_fen="returned_fen", balance_fen="balance_fen",
        growth=pl.lit(None, dtype=pl.Float64),
    )  # fmt: skip
    nothing = pl.lit(None, dtype=pl.Int64)
    whole = truth.funding.filter(pl.col("year").is_between(year - 1, year)).select(
        pl.lit(_first_office(truth)).alias("township_code"), "year", pl.lit(None, dtype=pl.String).alias("programme"),
        "source", "subject", "budget_fen", "spent_fen", nothing.alias("returned_fen"), nothing.alias("balance_fen"),
        growth=pl.col("revenue_growth_hundredths") / 100,
    )  # fmt: skip
    return pl.concat([whole, own]).sort("township_code", "year", maintain_order=True)


def _first_office(truth: Truth) -> str | None:
    homes = truth.villages.filter(pl.col("persons_wanted") > 0)
    return None if homes.is_empty() else str(homes["township_code"].min())


def disclosures(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """What was published or should have been published in a month."""
    span = _span(month)
    rows = truth.disclosures.filter(pl.col("published_day").is_between(*span) | pl.col("due_day").is_between(*span))
    return rows.sort("township_code", "due_day", "item")


def changes(truth: Truth, _options: Options, month: int) -> pl.DataFrame:
    """The villages that became others in a month, at the office of those that they became."""
    known = truth.villages.sort("village")
    ended = truth.lineage.filter(pl.col("effective_day").is_between(*_span(month)))
    named = {
        f"{side}_{name}": known[column].gather(ended[f"{side}_village"])
        for side in ("old", "new")
        for name, column in (("code", "division_code"), ("name", "name_zh"), ("township", "township_code"))
    }
    rows = ended.with_columns(**named).rename({"new_township": "township_code"})
    return rows.sort("township_code", "old_code", "new_code")
