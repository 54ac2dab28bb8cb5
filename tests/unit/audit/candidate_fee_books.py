"""Books of the fee of the candidate by hand: the quarter taken for a year, in which three cases were decided."""

from __future__ import annotations

from decimal import Decimal

from expectations.fee_books import COHORT_CASES, COHORT_YUAN
from tests.unit.audit.candidate_places import Row, common, places, spans


def fee_books() -> dict[str, list[Row]]:
    """The three books: 300 yuan assessed on three cases, 120 of them collected, two cases open with 180."""
    (county, level, _), (start, end, _) = places()[-1], spans()[-1]
    place = {**common(county, level, start, end), "period_type": "year"}
    cohort: Row = dict.fromkeys((f"{name}_yuan" for name in COHORT_YUAN), Decimal("0.00"))
    cohort |= dict.fromkeys((f"{name}_cases" for name in COHORT_CASES), 0)
    cohort |= {"cohort_start": start, "cohort_end": end, "is_whole": True}
    cohort |= {"assessed_yuan": Decimal(300), "received_yuan": Decimal(120), "collected_yuan": Decimal(120)}
    cohort |= {"outstanding_yuan": Decimal(180), "outstanding_cases": 2, "decided_cases": 3, "paid_cases": 1}
    ages = [("not_due", 1, Decimal(80)), ("0-30", 1, Decimal(100)), ("31-90", 0, Decimal(0))]
    return {
        "mart_fee_cohorts": [place | cohort],
        "mart_fee_arrears_age": [
            place | {"age_bucket": bucket, "outstanding_cases": cases, "outstanding_yuan": yuan}
            for bucket, cases, yuan in ages
        ],
        "mart_fee_case_states": [
            place | {"state": state, "cases": cases} for state, cases in (("filed", 1), ("served", 2), ("paid", 1))
        ],
    }
