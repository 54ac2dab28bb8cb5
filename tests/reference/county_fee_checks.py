"""How many objects the checks on fees look at in a faultless county, from the truth alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from tests.reference.county_money import Case, cases
from tests.reference.county_truth import County, first_day

BEGINS, ENDS, EVER = date(2002, 9, 1), date(2021, 8, 20), (date(1900, 1, 1), date(9999, 12, 31))
BOTH = ("L11", "L12")
FEE_CHECKS = {
    # severity, forms that make a unit a subject of the check, first and last day (exclusive) of the rule
    "AC-01": ("H", BOTH, BEGINS, ENDS),
    "AC-02": ("M", BOTH, BEGINS, ENDS),
    "AC-03": ("H", BOTH, BEGINS, ENDS),
    "AC-04": ("H", BOTH, *EVER),
    "AC-05": ("H", ("L11",), BEGINS, ENDS),
    "AC-06": ("M", ("L11",), BEGINS, ENDS),
    "AC-07": ("H", ("L11",), ENDS, EVER[1]),
    "AC-08": ("H", BOTH, ENDS, EVER[1]),
    "AC-09": ("M", ("L11",), ENDS, EVER[1]),
    "AC-10": ("M", BOTH, ENDS, EVER[1]),
    "AC-11": ("M", ("L11",), BEGINS, ENDS),
    "AC-12": ("H", ("L11",), BEGINS, ENDS),
    "AC-14": ("H", BOTH, BEGINS, ENDS),
    "AC-15": ("H", BOTH, BEGINS, ENDS),
    "AC-16": ("L", ("L11",), BEGINS, ENDS),
    "AC-17": ("M", ("L11",), BEGINS, ENDS),
    "AC-18": ("L", ("L11",), BEGINS, ENDS),
    "AC-19": ("H", BOTH, *EVER),
    "AC-20": ("H", ("L23",), BEGINS, EVER[1]),
    "AC-21": ("H", ("L14",), BEGINS, EVER[1]),
    "AC-22": ("H", ("L11", "L12", "L14"), BEGINS, EVER[1]),
    "AC-23": ("H", ("L14",), BEGINS, EVER[1]),
    "AC-24": ("M", BOTH, BEGINS, ENDS),
    "AC-25": ("H", ("L17",), BEGINS, EVER[1]),
    "AC-26": ("M", BOTH, BEGINS, ENDS),
    "AC-27": ("H", BOTH, BEGINS, ENDS),
    "AC-28": ("M", BOTH, BEGINS, ENDS),
    "AC-29": ("M", ("L23",), BEGINS, EVER[1]),
    "AC-31": ("H", BOTH, BEGINS, EVER[1]),
    "AC-32": ("M", ("L11",), date(2012, 1, 1), ENDS),
    "AC-33": ("H", BOTH, BEGINS, ENDS),
    "AC-36": ("H", BOTH, BEGINS, ENDS),
    "AC-37": ("L", ("L20",), BEGINS, ENDS),
    "AC-38": ("H", (*BOTH, "L22", "L23"), BEGINS, EVER[1]),
    "AC-39": ("M", BOTH, *EVER),
}
# What befell a case before the first month belongs to the month of the page that shows it last, and pages decide for
# which months a book is whole.
FEE_PAGES_DECIDE = (
    *("AC-05", "AC-06", "AC-09", "AC-11", "AC-16", "AC-17", "AC-18", "AC-22", "AC-23", "AC-31", "AC-32"),
)
OF_EVERY_DECISION = ("AC-05", "AC-06", "AC-11")
_LAST_MONTH_OF_THE_FEE = date(2021, 8, 1)
_MONTHS_OF_AC_28 = 3


def fee_objects(county: County) -> Counter[tuple[str, str, int]]:
    """``(check, unit, month) -> tested`` of the checks on receipts."""
    found: Counter[tuple[str, str, int]] = Counter()
    for case in cases(county):
        for check, day in (*_receipts(case), *_months_paid(case), *_end_and_court(case)):
            _, _, begins, ends = FEE_CHECKS[check]
            if begins <= day < ends or check in ("AC-07", "AC-08"):
                found[check, f"{case.township}-fp", _month(day)] += 1
    for check, day, office in _targets_and_disclosures(county):
        if day < first_day(county.last + 1) and day < FEE_CHECKS[check][3]:
            found[check, f"{office}-fp", _month(day)] += 1
    return found


def _targets_and_disclosures(county: County) -> Iterator[tuple[str, date, str]]:
    """AC-25: every target that was signed; AC-37: what was due of the fee's standards and totals."""
    yield from (
        ("AC-25", day, office) for office, day in county["targets"].select("township_code", "signed_day").rows()
    )
    items = county["disclosures"].filter(pl.col("item").is_in(["fee_standard", "fee_total"]))
    yield from (("AC-37", day, office) for office, day in items.select("township_code", "due_day").rows())


def decisions_levied(county: County) -> int:
    """Decisions on a fee that was then in force, served by the end of the run."""
    levied = [case.row for case in cases(county) if case.row["decision_day"] and not case.row["no_levy_day"]]
    return sum(BEGINS <= row["decision_day"] < ENDS for row in levied if row["service_day"])


def _end_and_court(case: Case) -> Iterator[tuple[str, date]]:
    """AC-07: a decision of the last month of the fee or later; AC-10: a later refund; AC-33: a day of the court."""
    decided = case.row["decision_day"]
    if decided is None or case.row["no_levy_day"]:
        return
    if decided >= _LAST_MONTH_OF_THE_FEE:
        yield "AC-07", decided
    yield from (("AC-10", receipt["day"]) for receipt in case.receipts if receipt["mark"] == "refund")
    court = {r["day"] for r in case.receipts if r["channel"] == "court" and r["mark"] == "normal"}
    yield from (("AC-33", day) for day in court)


def _receipts(case: Case) -> Iterator[tuple[str, date]]:
    decided = case.row["decision_day"] is not None
    for receipt in case.receipts:
        day, mark = receipt["day"], receipt["mark"]
        if mark in ("normal", "void"):
            yield "AC-39", day
            if receipt["receipt_no"]:
                yield "AC-04", day
        if mark != "normal":
            continue
        charged = receipt["surcharge_fen"] > 0
        for check, applies in {
            "AC-01": decided,
            "AC-02": case.row["service_day"],
            "AC-03": True,
            "AC-08": day >= _LAST_MONTH_OF_THE_FEE,
            "AC-14": case.row["due_day"] and charged,
            "AC-15": decided and charged,
            "AC-24": receipt["channel"],
            "AC-26": receipt["payer"] not in (None, "unknown"),
            "AC-27": decided,
        }.items():
            if applies:
                yield check, day


def _months_paid(case: Case) -> Iterator[tuple[str, date]]:
    """AC-19: each month with a receipt; AC-28: the third one of a case that nothing was taken back of."""
    if case.row["decision_day"] is None:
        return
    usual = [receipt for receipt in case.receipts if receipt["mark"] == "normal"]
    yield from (("AC-19", day) for day in _last_of_each_month(usual))
    if len(usual) + sum(receipt["mark"] == "void" for receipt in case.receipts) == len(case.receipts):
        own = [receipt for receipt in usual if receipt["channel"] != "court" and receipt["principal_fen"] > 0]
        days = _last_of_each_month(own)
        if len(days) >= _MONTHS_OF_AC_28:
            yield "AC-28", days[_MONTHS_OF_AC_28 - 1]


def _last_of_each_month(receipts: list[dict[str, Any]]) -> list[date]:
    return [day for _, day in sorted({_month(day): day for day in sorted(r["day"] for r in receipts)}.items())]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
