"""Targets, rounds of supervision and disclosure: what our own figures owe to one another. Nothing is graded here."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Expectation, Rule, no_row, no_row_where

_TARGET = ("metric_code", "target_no", "direction_code", "target_value", "unit")
_VALUE = ("actual_value", "ci_low", "ci_high", "reachable_by_chance", "data_quality")
_DIRECTIONS = "('at_least', 'at_most', 'equal', 'above', 'below')"
TARGETS = Table(
    name="mart_targets",
    title_zh="目标对照表",
    title_en="Targets",
    columns=(
        *COMMON_COLUMNS,
        *_TARGET,
        *_VALUE,
        *("has_definition", "definition_version", "signed_date", "revisions"),
        *("actual_reason", "gap", "is_met", "chance_base", "chance_low", "chance_high"),
    ),
    key=(*COMMON_KEY, "metric_code", "target_no"),
    not_null=("period_end", "revisions"),
    text=("division_level", "period_type", "metric_code", "direction_code", "unit", "actual_reason"),
    may_be_empty=True,
)
TARGET_BOARD = Table(
    name="mart_target_board",
    title_zh="目标看板",
    title_en="Target board",
    columns=(*COMMON_COLUMNS, *_TARGET, *_VALUE, "light", "grey_reason"),
    key=(*COMMON_KEY, "metric_code", "target_no"),
    not_null=("period_end", "light"),
    text=("division_level", "period_type", "metric_code", "direction_code", "unit", "light", "grey_reason"),
    may_be_empty=True,
)
_ROUNDS = ("planned", "held", "held_unplanned", "findings", "findings_closed", "rounds_closed")
_CLASSES = ("published_demonstration", "published_qualified", "published_rectification")
INSPECTIONS = Table(
    name="mart_inspections",
    title_zh="督查情况表",
    title_en="Inspections",
    columns=(*COMMON_COLUMNS, *_ROUNDS, "median_closure_days", *_CLASSES),
    key=COMMON_KEY,
    not_null=("period_end", "planned", "held", "held_unplanned", "rounds_closed", *_CLASSES),
    text=("division_level", "period_type"),
    may_be_empty=True,
)
_ITEMS = ("due", "published", "on_time", "published_without_due_day")
DISCLOSURE = Table(
    name="mart_disclosure",
    title_zh="阳光计生公开表",
    title_en="Disclosure",
    columns=(*COMMON_COLUMNS, *_ITEMS, "objections"),
    key=COMMON_KEY,
    not_null=("period_end", *_ITEMS),
    text=("division_level", "period_type"),
    may_be_empty=True,
)


def _above_villages(table: Table) -> Rule:
    return contract_rule(
        table,
        "stays_at_township_level_and_above",
        "只到乡镇级和县级,没有村级",
        "there are townships and counties and no village",
        no_row_where("division_level not in ('township', 'county')"),
        waivable=False,
    )


def _quarters_add_up(table: Table, columns: tuple[str, ...]) -> Rule:
    sums = ", ".join(f"sum(part.{column}) as sum_{column}" for column in columns)
    differs = " or ".join(f"parts.sum_{column} is distinct from whole.{column}" for column in columns)
    return contract_rule(
        table,
        "adds_up_over_quarters",
        "半年、年等于所含各季之和",
        "a half-year or year is the sum of its quarters",
        no_row(
            "select 1 from {batch} as whole join "
            f"(select part.division_code, longer.period_type, longer.period_start, {sums} from {{batch}} as part "
            "join {batch} as longer on part.division_code = longer.division_code and longer.period_type <> 'quarter' "
            "and part.period_start >= longer.period_start and part.period_end <= longer.period_end "
            "where part.period_type = 'quarter' group by all) as parts "
            f"using (division_code, period_type, period_start) where {differs}"
        ),
    )


TARGET_RULES: tuple[Rule, ...] = (
    *baseline(TARGETS),
    _above_villages(TARGETS),
    contract_rule(
        TARGETS,
        "has_known_directions",
        "目标方向为约定的五种或空",
        "the direction is one of five or empty",
        no_row_where(f"direction_code not in {_DIRECTIONS}"),
    ),
    contract_rule(
        TARGETS,
        "states_the_gap_as_value_less_target",
        "差额等于实际值减目标值",
        "the gap is the value less the target",
        no_row_where(
            "(gap is null) <> (actual_value is null or target_value is null) "
            "or abs(gap - (actual_value - cast(target_value as double))) > 1e-6"
        ),
    ),
    contract_rule(
        TARGETS,
        "takes_its_value_from_the_indicators",
        "实际值与指标表同一区划同年的值一致,无值必有原因",
        "the value is that of the indicator for the same division and year, and none has a reason",
        no_row(
            "select 1 from {batch} as target left join mart_indicators as counted "
            "on target.division_code = counted.division_code and target.period_type = counted.period_type "
            "and target.period_start = counted.period_start and target.metric_code = counted.indicator_code "
            "where (target.actual_value is not null and target.actual_value is distinct from counted.value) "
            "or (target.actual_value is null) <> (target.actual_reason is not null)"
        ),
    ),
)

TARGET_BOARD_RULES: tuple[Rule, ...] = (
    *baseline(TARGET_BOARD),
    _above_villages(TARGET_BOARD),
    contract_rule(
        TARGET_BOARD,
        "has_known_lights",
        "状态只有达到、未达到、随机波动之内与灰色",
        "the light is met, not_met, within_chance or grey",
        Expectation(
            "ExpectColumnValuesToBeInSet",
            {"column": "light", "value_set": ["met", "not_met", "within_chance", "grey"]},
        ),
    ),
    contract_rule(
        TARGET_BOARD,
        "gives_a_reason_where_it_is_grey",
        "灰色必有原因,其他状态必有实际值",
        "grey has a reason, and any other light a value",
        no_row_where("(light = 'grey') <> (grey_reason is not null) or (light <> 'grey' and actual_value is null)"),
    ),
)

INSPECTION_RULES: tuple[Rule, ...] = (
    *baseline(INSPECTIONS),
    _above_villages(INSPECTIONS),
    contract_rule(
        INSPECTIONS,
        "keeps_parts_within_the_whole",
        "已开展不超过计划,已整改问题不超过发现问题,各数不为负",
        "rounds held are among those planned, findings mended among those found, and no count is below zero",
        no_row_where(
            "held > planned or findings_closed > findings or (findings is null) <> (findings_closed is null) "
            f"or rounds_closed > held + held_unplanned or least({', '.join(_ROUNDS)}) < 0"
        ),
    ),
    contract_rule(
        INSPECTIONS,
        "has_a_median_where_rounds_were_closed",
        "有已整改的督查才有整改天数中位数,且不为负",
        "there is a median, not below zero, where rounds were closed and nowhere else",
        no_row_where("(rounds_closed > 0) <> (median_closure_days is not null) or median_closure_days < 0"),
    ),
    _quarters_add_up(INSPECTIONS, ("planned", "held", "held_unplanned", "rounds_closed")),
)

DISCLOSURE_RULES: tuple[Rule, ...] = (
    *baseline(DISCLOSURE),
    _above_villages(DISCLOSURE),
    contract_rule(
        DISCLOSURE,
        "keeps_parts_within_the_whole",
        "按时公开不超过已公开,已公开不超过应公开,各数不为负",
        "items in time are among those published, those among the due, and no count is below zero",
        no_row_where(
            "on_time > published or published > due "
            "or least(due, published, on_time, published_without_due_day, objections) < 0"
        ),
    ),
    _quarters_add_up(DISCLOSURE, _ITEMS),
)
