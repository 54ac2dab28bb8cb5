"""From a township office's cases and services to the rows of its three monthly sheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.sample.events import YEAR, last_day
from orchestration.synthesis.sample.fees import Case, Receipt
from orchestration.synthesis.sample.people import Dice
from orchestration.synthesis.sample.places import Township, write_date

# Service, counting column, target of the year for one township, yuan per unit.
_SERVICES = (
    ("免费婚检", "couples", 60, 120),
    ("唐氏筛查", "persons", 80, 140),
    ("叶酸发放", "persons", 120, 15),
    ("孕前优生健康检查", "couples", 72, 240),
)


def decision_rows(cases: Iterable[Case], township: Township, month: int) -> list[dict[str, Cell]]:
    """Rows of the register of decisions: every case decided by the end of a month, in order."""
    known = [case for case in cases if case.decided <= last_day(month)]
    return [_decision_row(case, township, month, serial) for serial, case in enumerate(known, start=1)]


def _decision_row(case: Case, township: Township, month: int, serial: int) -> dict[str, Cell]:
    def day(value: date | None) -> Cell:
        return write_date(value, township.dates) if value and value <= last_day(month) else None

    status, since = case.status(month)
    waived = case.waived if case.waived_date and case.waived_date <= last_day(month) else None
    return {
        "serial": serial,
        "case": case.number,
        "man": case.man,
        "man_id": case.man_id,
        "woman": case.woman,
        "woman_id": case.woman_id,
        "fact": case.fact,
        "born": day(case.born),
        "filed": day(case.filed),
        "decided": day(case.decided),
        "decision_no": case.number.replace("计征字", "计征决字"),
        "body": "虚构县计划生育局",
        "delegated": township.name,
        "served": day(case.served),
        "base_year": case.decided.year - 1,
        "base_income": case.base_income,
        "multiple": case.multiple,
        "amount": case.amount,
        "due": write_date(case.due, township.dates) if day(case.served) else None,
        "instalment_request": day(case.request),
        "instalment_approval": day(case.approval),
        "waived": waived,
        "waived_date": day(case.waived_date),
        "status": status,
        "status_date": day(since),
    }


def receipts_of(cases: Iterable[Case], month: int) -> list[Receipt]:
    """Receipts paid in a month, by number."""
    found = [r for case in cases for r in case.receipts if r.paid.month == month]
    return sorted(found, key=lambda receipt: receipt.number)


def payment_rows(receipts: Iterable[Receipt], township: Township, unit: Decimal = Decimal(1)) -> list[dict[str, Cell]]:
    """Rows of the register of payments, money divided by ``unit`` yuan (10000 for a sheet in 万元)."""
    return [_payment_row(receipt, township, unit, serial) for serial, receipt in enumerate(receipts, start=1)]


def _payment_row(receipt: Receipt, township: Township, unit: Decimal, serial: int) -> dict[str, Cell]:
    def money(value: Decimal) -> Cell:
        # The rural office types thousands separators, which makes the cell a text, unless it counts in 万元.
        if township.dates == "digits" and unit == 1:
            return f"{value:,.2f}"
        return value / unit

    return {
        "serial": serial,
        "case": receipt.case,
        "receipt": receipt.number,
        "batch": "省财政统一票据",
        "paid": write_date(receipt.paid, township.dates),
        "amount": money(receipt.amount),
        "surcharge": money(receipt.surcharge),
        "channel": receipt.channel,
        "unit": township.office,
        "account": f"62289900{receipt.number}",
        "instalment": receipt.instalment,
        "mark": receipt.mark,
        "entered": write_date(receipt.paid + timedelta(days=1), township.dates),
        "clerk": "虚构",
    }


def service_rows(township: Township, month: int) -> list[dict[str, Cell]]:
    """Rows of the free services of a month, one per service and day of the campaign."""
    dice = Dice(f"taizhang sample services {township.code} {month}")
    rows: list[dict[str, Cell]] = []
    for name, counted, target, cost in _SERVICES:
        day = date(YEAR, month, dice.between(3, 27))
        served = dice.between(target // 20, target // 8)
        row: dict[str, Cell] = {
            "serial": len(rows) + 1,
            "service": name,
            "provider": "虚构县妇幼保健院",
            "date": write_date(day, township.dates),
            counted: served,
            "target": target,
            "funds": served * cost,
        }
        if name == "叶酸发放":
            row["contacts"] = served + dice.between(0, 4)  # some come twice: contacts are not persons
        rows.append(row)
    return rows
