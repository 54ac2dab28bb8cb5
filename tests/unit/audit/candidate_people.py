"""The people of the candidate made by hand: stocks, flows and events that agree with one another."""

from __future__ import annotations

from expectations.residuals import PARTS
from tests.unit.audit.candidate_places import Row, common, places, spans


def balance() -> list[Row]:
    """Each village has 100 people, one birth and one move in a month."""
    return [
        {
            **common(code, level, start, end),
            "pop_concept": "hukou",
            "basis": basis,
            "opening": villages * (100 + 2 * place),
            "births": villages,
            "deaths": 0,
            "moved_in": villages,
            "moved_out": 0,
            "adjustment": 0,
            "closing": villages * (102 + 2 * place),
            "reported_closing": villages * (102 + 2 * place) if basis == "reported" else None,
            "residual": 0 if basis == "reported" else None,
        }
        for code, level, villages in places()
        for place, (start, end, _) in enumerate(spans()[:3])
        for basis in ("reported", "occurred")
    ]


def residuals() -> list[Row]:
    """Every report agrees with the balance."""
    return [
        {
            **common(code, level, start, end),
            "pop_concept": "hukou",
            **dict.fromkeys(("residual", *PARTS, "villages_off"), 0),
            "likely_source": "none",
        }
        for code, level, _ in places()
        for start, end, _ in spans()[:3]
    ]


def vital() -> list[Row]:
    """One birth a village and month, nobody dies."""
    return [
        {
            **common(code, level, start, end),
            "births_occ": villages * months,
            "births_rep": villages * months,
            "births_prev_unreported": 0,
            "deaths": 0,
            "marriages": months if level == "village" else None,
            "person_days_x2": 6000 * villages * months,
        }
        for code, level, villages in places()
        for start, end, months in spans()
    ]
