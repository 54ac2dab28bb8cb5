"""The fee and its money: cases, receipts, what went to the treasury and which receipts the offices hold.

The way: births outside policy (``births``) become lives of cases (``lives``, ``stories``) under the rules of their day
(``regimes``); the ledger (``ledger``) numbers them and shows what is known at the end of the last month; treasury and
receipt stock follow from the receipts. Planted violations are further cases and slips (package ``planted``).
"""

from __future__ import annotations

import polars as pl

from orchestration.synthesis.money import births, ledger, stock, treasury
from orchestration.synthesis.money.case import Case
from orchestration.synthesis.money.lives import live
from orchestration.synthesis.money.regimes import regimes_of
from orchestration.synthesis.months import last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted import fees as planted_fees
from orchestration.synthesis.planted import slips as planted_slips
from orchestration.synthesis.tables import empty

__all__ = ["simulate"]


def simulate(
    truth: dict[str, pl.DataFrame], county_code: str, options: Options, last_month: int
) -> dict[str, pl.DataFrame]:
    """Everything about the fee from ``options.start`` to the end of ``last_month``.

    A shorter run yields the first rows of a longer one; only what the future fills differs (and the counts of
    ``receipt_stock``, which stand as of the end). With ``options.defects`` above 0, and invented names, one case or
    slip a check breaks it. Under names of real places all tables are empty: no decision and no sum is invented there.

    Args:
        truth: villages, persons, residences and events.
        county_code: six digits.
        options: seed, first month, dose.
        last_month: number of the last month.

    Returns:
        The tables fee_cases, fee_receipts, treasury and receipt_stock.
    """
    if options.real_names:
        return {name: empty(name) for name in ("fee_cases", "fee_receipts", "treasury", "receipt_stock")}
    regimes = regimes_of(county_code)
    homes = truth["villages"].sort("village")["township_code"].to_list()
    lives = [
        live(birth, homes[birth["village"]], county_code, regimes, options)
        for birth in births.outside(truth, regimes, options, last_month).iter_rows(named=True)
    ]
    cases: list[Case] = [case for case in lives if case is not None]
    cases += planted_fees.cases(truth["villages"], cases, county_code, regimes, options)
    names = truth["villages"].select("township_code", "township_name").unique("township_code", keep="first")
    until = last_day(last_month)
    numbered = ledger.number_cases(cases, dict(names.iter_rows()))
    receipts = ledger.receipt_rows(numbered, options, until)
    handed_over = planted_slips.disturb(treasury.slips(receipts, options), options)
    offices = truth["villages"].filter(pl.col("persons_wanted") > 0)["township_code"].unique().sort().to_list()
    return {
        "fee_cases": ledger.case_rows(numbered, until),
        "fee_receipts": receipts,
        "treasury": treasury.numbered(handed_over, until),
        "receipt_stock": stock.stock_rows(receipts, offices, options, until),
    }
