"""Targets, rounds and notices of the candidate by hand: the township and the county, one quarter and its year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.unit.audit.candidate_places import MONTHS, Row, common, places

_YEAR = {"period_type": "year", "period_end": date(2015, 1, 1)}


def supervision_tables() -> dict[str, list[Row]]:
    """The marts of targets, inspections and disclosure; only the county's quarter has an indicator below it."""
    quarter = [common(code, level, MONTHS[0], MONTHS[3]) for code, level, _ in places()[2:]]
    both = [{**key, **kind} for key in quarter for kind in ({}, _YEAR)]
    target: Row = {
        "metric_code": "cbr",
        "target_no": 1,
        "direction_code": "at_most",
        "target_value": Decimal("12.0000"),
        "unit": "per_mille",
        "actual_value": None,
        "ci_low": None,
        "ci_high": None,
        "reachable_by_chance": True,
        "data_quality": 1.0,
    }
    shown: Row = {"actual_value": 10.0, "ci_low": 1.2, "ci_high": 36.1}
    beside: Row = {
        **dict.fromkeys(("has_definition", "definition_version", "signed_date")),
        "revisions": 0,
        "chance_base": Decimal("200.00"),
        "chance_low": 2.0,
        "chance_high": 24.0,
    }
    met: Row = {"actual_reason": None, "gap": -2.0, "is_met": True}
    none: Row = {"actual_reason": "not_published", "gap": None, "is_met": None}
    # The candidate's one indicator with a value is the county's of January.
    january = {**quarter[1], "period_type": "month", "period_end": MONTHS[1]}
    grey: Row = {"light": "grey", "grey_reason": "not_published"}
    return {
        "mart_targets": [
            {**quarter[0], **_YEAR, **target, **beside, **none},
            {**january, **target, **shown, **beside, **met},
        ],
        "mart_target_board": [
            {**quarter[0], **_YEAR, **target, **grey},
            {**january, **target, **shown, "light": "within_chance", "grey_reason": None},
        ],
        "mart_inspections": [{**key, **_rounds()} for key in both],
        "mart_disclosure": [
            {**key, "due": 3, "published": 2, "on_time": 1, "published_without_due_day": 1, "objections": 0}
            for key in both
        ],
    }


def _rounds() -> Row:
    classes = dict.fromkeys(("published_demonstration", "published_qualified", "published_rectification"), 1)
    counts: Row = {"planned": 3, "held": 2, "held_unplanned": 1, "findings": 5, "findings_closed": 4}
    return {**counts, "rounds_closed": 2, "median_closure_days": 7.5, **classes}
