"""Moves and the floating population of the candidate by hand: in a month each village gains one from the province."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.audit.candidate_places import Row, common, places, spans

SCOPES = ("township", "county", "province", "other", "unknown")


def moving_tables() -> dict[str, list[Row]]:
    """The marts of moves (flows of a year that ends with the quarter), of stays, and of today's boundaries."""
    moves = [
        {
            **common(code, level, start, end),
            **kind,
            "pop_concept": "hukou",
            "direction": direction,
            "scope": scope,
            "moves": villages * months if (direction, scope) == ("in", "province") else 0,
        }
        for code, level, villages in places()
        for start, end, months, kind in [*((*span, {}) for span in spans()), (*spans()[-1], {"period_type": "year"})]
        for direction in ("in", "out")
        for scope in SCOPES
        if level != "county" or scope != "township"
    ]
    (township, level, villages), (start, end, _) = places()[2], spans()[-1]
    flows: list[Row] = [
        {
            **common(township, level, start, end),
            "period_type": "year",
            "pop_concept": "hukou",
            "direction": "in",
            "other_area": "county",
            "moves": 3 * villages,
        }
    ]
    stays: list[Row] = [
        {
            **common(code, level, start, end),
            "direction": "in",
            "float_def": float_def,
            "persons": persons,
            "undetermined": 0,
            "villages": villages,
            "villages_received": villages,
        }
        for code, level, villages in places()[2:]
        for float_def, persons in (("d30", 9), ("m3", 5), ("hk3", 5), ("m6", 2), ("sep6", 3), ("reg2009", 4))
    ]
    as_is: list[Row] = [
        {
            **common(code, level, start, end),
            "pop_concept": "hukou",
            "basis": basis,
            **{name: Decimal(villages * figure) for name, figure in _balance_of(month).items()},
        }
        for code, level, villages in places()
        for month, (start, end, _) in enumerate(spans()[:3])
        for basis in ("reported", "occurred")
    ]
    return {
        "mart_population_as_is": as_is,
        "mart_migration": moves,
        "mart_migration_flows": flows,
        "mart_floating_population": stays,
    }


def _balance_of(month: int) -> dict[str, int]:
    """One village, which nothing befell but a birth and a move in."""
    flows = {"births": 1, "deaths": 0, "net_moves": 1, "adjustment": 0}
    return {"opening": 100 + 2 * month, **flows, "closing": 102 + 2 * month}
