"""The account with the treasury of the candidate by hand: what a month brings in is handed over in the next."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.audit.candidate_places import Row, common, places, spans


def treasury() -> list[Row]:
    """The one township takes in 40 yuan a month, refunds 5 of them, and hands 35 over twenty days later."""
    rows: list[Row] = []
    for code, level, _ in places()[2:]:
        for place, (start, end, months) in enumerate(spans()):
            handed_over = months - 1 if months == 3 or place == 0 else months
            amounts = {
                "collected_yuan": 38 * months,
                "surcharge_yuan": 2 * months,
                "refunded_yuan": 4 * months,
                "surcharge_refunded_yuan": months,
                "opening_difference_yuan": 0 if months == 3 or place == 0 else 35,
                "due_yuan": 35 * months,
                "remitted_yuan": 35 * handed_over,
                "closing_difference_yuan": 35,
                "overdue_yuan": 0,
                "remitted_for_period_yuan": 35 * months,
                "returned_yuan": 0,
                "lag_yuan": 40 * months,
                "lag_yuan_days": 800 * months,
            }
            counts = {"status": "whole", "office_months": months, "whole_office_months": months}
            money = {name: Decimal(amount).quantize(Decimal("0.01")) for name, amount in amounts.items()}
            rows.append({**common(code, level, start, end), **counts, **money})
    return rows


def three_way() -> list[Row]:
    """The finance department leaves out the surcharge of 2 yuan a month; there is no statistical report."""
    figures = {"subledger_yuan": 35, "stated_yuan": 33, "difference_yuan": -2, "surcharge_left_out_yuan": -2}
    nothing = dict.fromkeys(("refund_not_netted_yuan", "timing_yuan", "unexplained_yuan"), 0)
    told = {name: Decimal(amount).quantize(Decimal("0.01")) for name, amount in (figures | nothing).items()}
    missing = dict.fromkeys(told) | {"subledger_yuan": told["subledger_yuan"]}
    return [
        {**common(code, level, start, end), "source": source, "status": status, **amounts}
        for code, level, _ in places()[2:]
        for start, end, months in spans()
        if months == 1
        for source, status, amounts in (("finance", "ran", told), ("report", "no_data", missing))
    ]
