"""Fees of the sample county added up case by case from the registers of decisions and of payments.

Nothing is imported from the product. The register of decisions is cumulative, so the June sheet tells of every case.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.reference.sample_ledgers import Ledgers, Month, cell_of, day_of
from tests.reference.sample_oracle import COUNTY, MONTHS

OFFICES = {"望湖街道": "331099001000", "临江镇": "331099100000", "云岭乡": "331099200000"}
ASSESSED = ("应征金额(元)", "核定金额(元)", "征收金额(元)")
CASE = ("案号", "立案号")
# No receipt of the sample was refunded or reversed, no case written off, ended by the law of 2021 or taken to court.
NEVER = ("surcharge_refunded", "refunded", "written_off", "terminated_2021", "court_applied", "court_recovered")


@dataclass(frozen=True)
class Posting:
    """One movement of money of one case, in yuan."""

    office: str
    case: str
    flow: str
    on: date
    yuan: Decimal


def postings(ledgers: Ledgers) -> list[Posting]:
    """All movements that the two registers tell of."""
    found: list[Posting] = []
    for name, office in OFFICES.items():
        for row in ledgers.office_rows[name, "L11", MONTHS[-1]]:
            case, assessed = cell_of(row, CASE), _yuan(cell_of(row, ASSESSED))
            found.append(Posting(office, case, "assessed", day_of(row["决定日期"]), assessed))
            if row["状态"] == "撤销":
                found.append(Posting(office, case, "annulled", day_of(row["状态日期"]), assessed))
            if row["减免_金额(元)"]:
                waived = _yuan(row["减免_金额(元)"])
                found.append(Posting(office, case, "waived", day_of(row["减免_日期"]), waived))
        for month in MONTHS:
            for row in ledgers.office_rows[name, "L12", month]:
                found += _paid(office, row)
    return found


def _paid(office: str, row: dict[str, Any]) -> list[Posting]:
    """Principal and surcharge of one receipt, which states their sum; a void receipt moved no money (R-20)."""
    if row["冲销/作废标志"] == "作废":
        return []
    # 云岭乡 counted May in 万元 and says so in the header.
    factor, unit = (10_000, "万元") if "金额(万元)" in row else (1, "元")
    surcharge = _yuan(row[f"其中滞纳金({unit})"]) * factor
    principal = _yuan(row[f"金额({unit})"]) * factor - surcharge
    case, on = cell_of(row, CASE), day_of(row["缴款日期"])
    found = [Posting(office, case, "collected", on, principal)]
    return [*found, Posting(office, case, "surcharge", on, surcharge)] if surcharge else found


def _yuan(cell: Any) -> Decimal:
    return Decimal(str(cell).replace(",", ""))


def fee_collection(ledgers: Ledgers) -> dict[tuple[str, str, date], dict[str, int | Decimal]]:
    """Flows and stocks by division, period type and first day, in the columns of ``mart_fee_collection``."""
    moved = postings(ledgers)
    spans: list[tuple[str, tuple[Month, ...]]] = [("month", (month,)) for month in MONTHS]
    spans += [("quarter", MONTHS[:3]), ("quarter", MONTHS[3:]), ("half", MONTHS)]
    found: dict[tuple[str, str, date], dict[str, int | Decimal]] = {}
    for division in (COUNTY, *OFFICES.values()):
        inside = [p for p in moved if division in (p.office, COUNTY)]
        for period_type, months in spans:
            first, last = date(*months[0], 1), date(*months[-1], monthrange(*months[-1])[1])
            cell = _stocks([p for p in inside if p.on <= last])
            for flow in ("assessed", "annulled", "collected", "surcharge", "waived", *NEVER):
                of_period = [p for p in inside if p.flow == flow and first <= p.on <= last]
                cell[f"{flow}_cases"] = len({p.case for p in of_period})
                cell[f"{flow}_yuan"] = sum((p.yuan for p in of_period), Decimal(0))
            found[division, period_type, first] = cell
    return found


def _stocks(known: list[Posting]) -> dict[str, int | Decimal]:
    """What is open and what was taken too much at a period's end, case by case, never set off (R-21)."""
    sign = {"assessed": 1, "annulled": -1, "collected": -1, "waived": -1, "surcharge": 0}
    open_yuan: dict[str, Decimal] = {}
    for posting in known:
        open_yuan[posting.case] = open_yuan.get(posting.case, Decimal(0)) + sign[posting.flow] * posting.yuan
    owed = [yuan for yuan in open_yuan.values() if yuan > 0]
    excess = [-yuan for yuan in open_yuan.values() if yuan < 0]
    return {
        "outstanding_cases": len(owed),
        "outstanding_yuan": sum(owed, Decimal(0)),
        "refund_due_cases": len(excess),
        "refund_due_yuan": sum(excess, Decimal(0)),
    }
