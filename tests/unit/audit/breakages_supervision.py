"""Ways to break the rules of targets, inspections and disclosure."""

from __future__ import annotations

import polars as pl

from tests.unit.audit.breakages import EVERYWHERE, Breakage, put

TARGETS, BOARD = "mart_targets", "mart_target_board"
INSPECTIONS, DISCLOSURE = "mart_inspections", "mart_disclosure"
SHOWN, HIDDEN = pl.col("actual_value").is_not_null(), pl.col("actual_value").is_null()
YEAR = pl.col("period_type") == "year"
VILLAGE = "stays_at_township_level_and_above"

SUPERVISION_BREAKAGES: dict[str, Breakage] = {
    f"{TARGETS}.{VILLAGE}": Breakage(TARGETS, put(EVERYWHERE, division_level="village")),
    f"{TARGETS}.has_known_directions": Breakage(TARGETS, put(EVERYWHERE, direction_code="about")),
    f"{TARGETS}.states_the_gap_as_value_less_target": Breakage(TARGETS, put(SHOWN, gap=2.0)),
    f"{TARGETS}.takes_its_value_from_the_indicators": Breakage(TARGETS, put(SHOWN, actual_value=11.0, gap=-1.0)),
    f"{BOARD}.{VILLAGE}": Breakage(BOARD, put(EVERYWHERE, division_level="village")),
    f"{BOARD}.has_known_lights": Breakage(BOARD, put(SHOWN, light="amber")),
    f"{BOARD}.gives_a_reason_where_it_is_grey": Breakage(BOARD, put(HIDDEN, light="met")),
    f"{INSPECTIONS}.{VILLAGE}": Breakage(INSPECTIONS, put(EVERYWHERE, division_level="village")),
    f"{INSPECTIONS}.keeps_parts_within_the_whole": Breakage(INSPECTIONS, put(EVERYWHERE, held=4)),
    f"{INSPECTIONS}.has_a_median_where_rounds_were_closed": Breakage(
        INSPECTIONS, put(EVERYWHERE, median_closure_days=None)
    ),
    f"{INSPECTIONS}.adds_up_over_quarters": Breakage(INSPECTIONS, put(YEAR, planned=4)),
    f"{DISCLOSURE}.{VILLAGE}": Breakage(DISCLOSURE, put(EVERYWHERE, division_level="village")),
    f"{DISCLOSURE}.keeps_parts_within_the_whole": Breakage(DISCLOSURE, put(EVERYWHERE, on_time=3)),
    f"{DISCLOSURE}.adds_up_over_quarters": Breakage(DISCLOSURE, put(YEAR, due=4)),
}
