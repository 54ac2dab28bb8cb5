"""Benefits and funding of the candidate by hand: one year, one programme, one township."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.unit.audit.candidate_places import COUNTY, TOWNSHIP, Row, common

_YEAR = (date(2014, 1, 1), date(2015, 1, 1))


def paying_tables() -> dict[str, list[Row]]:
    """The marts of benefits and of funding; what the county spent is not known yet."""
    places = ((TOWNSHIP, "township"), (COUNTY, "county"))
    benefits: list[Row] = [
        {
            **_common(code, level),
            "programme": "jf",
            "eligible": 50,
            "confirmed": 40,
            "paid_persons": 38,
            "confirmed_paid_persons": 37,
            "in_full_persons": 36,
            "due_yuan": Decimal("38400.00"),
            "paid_yuan": Decimal("36000.00"),
            "payments_due": 40,
            "on_time_payments": 30,
        }
        for code, level in places
    ]
    funding: list[Row] = [
        {
            **_common(code, level),
            "source_code": "county",
            "subject_code": "family_planning",
            "budget_yuan": Decimal("100.00"),
            "received_yuan": Decimal("90.00"),
            "spent_yuan": Decimal("80.00") if level == "township" else None,
            "returned_yuan": Decimal("0.00"),
            "balance_yuan": Decimal("10.00"),
        }
        for code, level in places
    ]
    return {"mart_benefits": benefits, "mart_funding": funding}


def _common(code: str, level: str) -> Row:
    return {**common(code, level, *_YEAR), "period_type": "year"}
