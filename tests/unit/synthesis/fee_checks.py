"""The checks of domain knowledge on the fee, computed anew from the tables alone, for tests of the truth.

Nothing here knows how the truth was made. Each check gives (check, township, period, number of the case or slip).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import polars as pl

from orchestration.synthesis.months import first_day, last_day, number_of, period

Finding = tuple[str, str, str, str]
Rows = list[dict[str, Any]]
ENDS = date(2021, 8, 20)
_COUNTY_BODIES = ("计划生育局", "卫生健康局")


def findings(tables: dict[str, pl.DataFrame], first_month: int, last_month: int) -> set[Finding]:
    """All violations that can be seen at the end of ``last_month``."""
    cases = tables["fee_cases"].to_dicts()
    by_case: dict[int, Rows] = defaultdict(list)
    for row in tables["fee_receipts"].sort("day", "receipt").to_dicts():
        by_case[row["case"]].append(row)
    end = last_day(last_month)
    found: set[Finding] = set()
    for case in cases:
        town, number = case["township_code"], case["case_no"]
        for check, day in _of_case(case, by_case[case["case"]], first_day(first_month), end):
            if day <= end:
                found.add((check, town, period(number_of(day)), number))
    numbers = {case["case"]: case["case_no"] for case in cases}
    found |= set(_of_numbers(tables["fee_receipts"], numbers))
    found |= set(_two_decisions(cases))
    return found | set(_of_treasury(tables, end))


def _of_case(case: dict[str, Any], receipts: Rows, start: date, end: date) -> Iterator[tuple[str, date]]:
    decided, served, due, amount = (case[f"{name}_day"] for name in ("decision", "service", "due")), None, None, None
    decided, served, due = decided
    amount = case["amount_fen"]
    yield from _of_decision(case, decided, served, due, amount)
    usual = [row for row in receipts if row["mark"] == "normal"]
    for row in usual:
        yield from _of_receipt(row, case, decided, served, due)
    live = [row for row in receipts if row["mark"] != "void"]
    if amount is not None:
        yield from _of_sums(case, live, amount)
    if due is not None and decided < ENDS:
        yield from _of_surcharge(case, live, due)
        yield from _of_delay(case, live, due, start, end)
    taken_back = {row["receipt_no"] for row in receipts if row["mark"] == "reversal"}
    kept = sorted(row["day"] for row in usual) if not taken_back else []
    if len(kept) >= 3 and case["instalment_approval_day"] is None:
        yield "AC-28", kept[2]


def _of_decision(case, decided, served, due, amount) -> Iterator[tuple[str, date]]:
    if decided is None:
        return
    if not case["body"].endswith(_COUNTY_BODIES) and not case["is_delegated"]:
        yield "AC-05", decided
    if served and served < decided:
        yield "AC-06", decided
    if decided >= ENDS:
        yield "AC-07", decided
    if abs(case["base_income_fen"] * case["multiple_hundredths"] - amount * 100) > 100 * 100:
        yield "AC-11", decided
    if not 200 <= case["multiple_hundredths"] <= 600:
        yield "AC-12", decided
    asked, answered = case["instalment_request_day"], case["instalment_approval_day"]
    if asked and asked > served + timedelta(days=30):
        yield "AC-17", asked
    if answered and (asked is None or answered > asked + timedelta(days=30)):
        yield "AC-17", answered
    if served and due != served + timedelta(days=30):
        yield "AC-18", served
    applied = case["court_application_day"]
    if applied and not 92 <= (applied - served).days <= 181:
        yield "AC-32", applied


def _of_receipt(row, case, decided, served, due) -> Iterator[tuple[str, date]]:
    day = row["day"]
    if decided and day < decided and day < ENDS:
        yield "AC-01", day
    if served and day < served:
        yield "AC-02", day
    if row["receipt_no"] is None:
        yield "AC-03", day
    if day >= ENDS:
        yield "AC-08", day
    if row["channel"] == "cash":
        yield "AC-24", day
    if row["payer"] in ("unit", "staff"):
        yield "AC-26", day
    # What the ledgers can tell only once the case is decided and shown.
    if decided and case["birth_day"] and day < case["birth_day"]:
        yield "AC-27", day
    if row["entry_day"] and (row["entry_day"] - day).days > 30:
        yield "AC-39", day
    if row["surcharge_fen"] and due and day <= due:
        yield "AC-15", day
    if row["surcharge_fen"] > max(row["principal_fen"], 0):
        yield "AC-15", day


def _of_sums(case: dict[str, Any], live: Rows, amount: int) -> Iterator[tuple[str, date]]:
    by_month: dict[int, int] = defaultdict(int)
    for row in live:
        by_month[number_of(row["day"])] += row["principal_fen"]
    total = 0
    for month, fen in sorted(by_month.items()):
        total += fen
        if total > amount and fen > 0:
            yield "AC-19", first_day(month)
    refunds = [row for row in live if row["mark"] == "refund"]
    for row in refunds:
        paid = sum(r["principal_fen"] for r in live if r["day"] < row["day"] and r["mark"] != "refund")
        if row["day"] >= ENDS and not (case["annulled_day"] and case["annulled_day"] <= row["day"]) and paid <= amount:
            yield "AC-10", row["day"]
    annulled = case["annulled_day"]
    if annulled:
        limit = annulled + timedelta(days=60)
        left = sum(row["principal_fen"] for row in live if row["day"] <= limit)
        if left > 0:
            yield "AC-31", limit + timedelta(days=1)
    if open_after(case, live, ENDS) > 0 and case["terminated_day"] is None and case["decision_day"] < ENDS:
        yield "AC-09", ENDS


def open_after(case: dict[str, Any], live: Rows, day: date) -> int:
    """Outstanding less refund due at the end of a day, in fen."""
    if case["decision_day"] is None or case["decision_day"] > day:
        return 0
    waived = case["waived_fen"] if case["waived_day"] and case["waived_day"] <= day else 0
    written = case["written_off_fen"] if case["written_off_day"] and case["written_off_day"] <= day else 0
    annulled = case["amount_fen"] - waived - written if case["annulled_day"] and case["annulled_day"] <= day else 0
    received = sum(row["principal_fen"] for row in live if row["day"] <= day)
    return case["amount_fen"] - annulled - received - waived - written


def _months(begin: date, end: date) -> int:
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return months - (end.day < begin.day and end != last_day(number_of(end)))


def lawful(case: dict[str, Any], live: Rows, due: date, day: date) -> Fraction:
    """Surcharge in fen that two per mille a month make until a day, each unpaid balance apart."""
    grown = Fraction(0)
    changes = [row["day"] for row in live]
    changes += [case[name] for name in ("waived_day", "written_off_day", "annulled_day") if case[name]]
    points = sorted({due, day, *(change for change in changes if due < change < day)})
    for begin, finish in pairwise(points):
        unpaid = max(open_after(case, live, begin), 0)
        grown += Fraction(2, 1000) * unpaid * (_months(due, finish) - _months(due, begin))
    return grown


def _of_surcharge(case: dict[str, Any], live: Rows, due: date) -> Iterator[tuple[str, date]]:
    charged, excess = 0, Fraction(0)
    for row in live:
        charged += row["surcharge_fen"]
        if row["mark"] != "normal" or row["surcharge_fen"] == 0:
            continue
        allowed = lawful(case, live, due, row["day"]) if row["day"] > due else Fraction(0)
        new = max(charged - allowed, 0) - excess
        excess = max(excess, charged - allowed)
        month = Fraction(2, 1000) * max(open_after(case, live, row["day"] - timedelta(days=1)), 0)
        if new > 100 + (month if row["day"] > due else 0):
            yield "AC-14", row["day"]
        if row["channel"] == "court" and new > 100 * 1000:
            yield "AC-33", row["day"]


def _of_delay(case: dict[str, Any], live: Rows, due: date, start: date, end: date) -> Iterator[tuple[str, date]]:
    for year in range(start.year, min(end.year, ENDS.year - 1) + 1):
        last = date(year, 12, 31)
        if (
            last > end
            or open_after(case, live, last) <= 0
            or due.replace(year=due.year + 1, day=min(due.day, 28)) > last
        ):
            continue
        reasons = ("instalment_approval_day", "court_application_day", "review_day")
        if any(case[name] and case[name] <= last for name in reasons):
            continue
        if not any(row["surcharge_fen"] for row in live if row["day"] <= last):
            yield "AC-16", last


def _of_numbers(receipts: pl.DataFrame, numbers: dict[int, str]) -> Iterator[Finding]:
    seen: dict[str, dict[str, Any]] = {}
    highest: dict[str, str] = {}
    for row in receipts.sort("day", "receipt").to_dicts():
        number, town = row["receipt_no"], row["township_code"]
        if row["mark"] not in ("normal", "void") or number is None:
            continue
        if number in seen:
            yield "AC-04", town, period(number_of(row["day"])), numbers[row["case"]]
        if number < highest.get(town, ""):
            yield "AC-39", town, period(number_of(row["day"])), numbers[row["case"]]
        highest[town] = max(number, highest.get(town, ""))
        seen[number] = row


def _two_decisions(cases: Rows) -> Iterator[Finding]:
    by_child: dict[int, Rows] = defaultdict(list)
    for case in cases:
        if case["child"] >= 0 and case["decision_day"]:
            by_child[case["child"]].append(case)
    for pair in by_child.values():
        later = sorted(pair, key=lambda case: case["decision_day"])[1:]
        for case in later:
            yield "AC-34", case["township_code"], period(number_of(case["decision_day"])), case["case_no"]


def _of_treasury(tables: dict[str, pl.DataFrame], end: date) -> Iterator[Finding]:
    slips, receipts = tables["treasury"].to_dicts(), tables["fee_receipts"].to_dicts()
    for row in slips:
        town, number = row["township_code"], row["slip_no"]
        if row["direction"] == "returned":
            yield "AC-21", town, period(number_of(row["day"])), number
        elif row["day"].year > row["for_month"] // 12:
            yield "AC-23", town, period(row["for_month"]), number
    towns = {row["township_code"] for row in receipts}
    months = {number_of(row["day"]) for row in receipts}
    for town in towns:
        for month in range(min(months), max(months) + 1):
            grace = last_day(month) + timedelta(days=10)
            if grace > end:
                continue
            taken = sum(
                row["principal_fen"] + row["surcharge_fen"]
                for row in receipts
                if row["township_code"] == town and row["day"] <= last_day(month) and row["mark"] != "void"
            )
            given = [row for row in slips if row["township_code"] == town and row["day"] <= grace]
            if sum(row["amount_fen"] for row in given if row["direction"] == "remitted") < taken:
                numbers = [row["slip_no"] for row in given if row["for_month"] == month]
                yield "AC-22", town, period(month), numbers[0] if numbers else ""
