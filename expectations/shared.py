"""The dimensions, and the one long table of indicators that every reader starts from."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Expectation, Rule, no_row, no_row_where

DIVISION = Table(
    name="dim_division",
    title_zh="区划表",
    title_en="Divisions",
    columns=(
        "division_code",
        "division_level",
        "name_zh",
        "name_en",
        "parent_code",
        "county_code",
        "valid_from",
        "valid_to",
        "is_assumed_before",
    ),
    key=("division_code", "valid_from"),
    not_null=("name_zh", "division_level", "valid_to"),
)
DIVISION_CHANGE = Table(
    name="dim_division_change",
    title_zh="区划变更表",
    title_en="Changes of divisions",
    columns=("predecessor_code", "successor_code", "kind", "effective_date", "share", "is_whole"),
    key=("predecessor_code", "successor_code", "kind", "effective_date"),
    optional_key=("predecessor_code", "successor_code"),
    not_null=("is_whole",),
    may_be_empty=True,
)
UNIT = Table(
    name="dim_unit",
    title_zh="报送单位表",
    title_en="Units",
    columns=("unit_code", "division_code", "division_level", "department"),
    key=("unit_code",),
    not_null=("division_code",),
)
PERIOD = Table(
    name="dim_period",
    title_zh="统计期表",
    title_en="Periods",
    columns=(
        "period",
        "period_type",
        "period_start",
        "period_end",
        "calendar",
        "months",
        "days",
        "days_in_year",
    ),
    key=("period",),
    not_null=("period_type", "period_start", "period_end"),
)
INDICATOR = Table(
    name="dim_indicator",
    title_zh="指标表",
    title_en="Indicators",
    columns=(
        "indicator_code",
        "name_zh",
        "name_en",
        "numerator_measure",
        "denominator_measure",
        "scale",
        "unit",
        "pop_concept",
        "method",
        "small_number_rule",
        "is_annualised",
        "additivity",
        "definition_version",
        "definition_zh",
        "definition_en",
    ),
    key=("indicator_code",),
    not_null=("name_zh", "name_en", "unit"),
)
SERVICE = Table(
    name="dim_service",
    title_zh="服务项目表",
    title_en="Services",
    columns=("service", "name_zh", "name_en", "measure_unit", "source_form"),
    key=("service",),
    not_null=("name_zh", "name_en", "measure_unit"),
)
INDICATORS = Table(
    name="mart_indicators",
    title_zh="指标值表",
    title_en="Indicator values",
    columns=(
        *COMMON_COLUMNS,
        "indicator_code",
        "pop_concept",
        "calendar",
        "numerator",
        "denominator",
        "value",
        "ci_low",
        "ci_high",
        "unit",
        "is_annualised",
        "is_balancing",
        "status",
        "status_reason",
        "definition_version",
        "data_quality",
    ),
    key=(*COMMON_KEY, "indicator_code", "pop_concept", "calendar"),
    not_null=("period_end", "unit", "status", "definition_version"),
    text=("division_level", "period_type", "indicator_code", "unit", "status", "status_reason"),
)
STATUSES = ("ok", "unstable", "limits_only", "suppressed", "missing", "not_applicable")
REASONS = (
    "regime",
    "redacted",
    "small_primary",
    "small_secondary",
    "not_due",
    "not_received",
    "no_denominator",
    "exceeds_whole",
)

DIMENSION_RULES: dict[str, tuple[Rule, ...]] = {
    table.name: baseline(table) for table in (UNIT, PERIOD, INDICATOR, SERVICE, DIVISION_CHANGE)
}

DIVISION_RULES: tuple[Rule, ...] = (
    *baseline(DIVISION),
    contract_rule(
        DIVISION,
        "knows_every_parent",
        "上级区划都在表中",
        "every parent is itself a division of the table",
        no_row(
            "select 1 from {batch} as child left join {batch} as parent "
            "on parent.division_code = child.parent_code "
            "where child.division_level <> 'county' and parent.division_code is null"
        ),
    ),
    contract_rule(
        DIVISION,
        "ends_each_validity_after_its_start",
        "有效期止日晚于起日",
        "each validity ends after it starts",
        no_row_where("valid_to <= valid_from"),
    ),
)

INDICATOR_RULES: tuple[Rule, ...] = (
    *baseline(INDICATORS),
    contract_rule(
        INDICATORS,
        "describes_every_indicator",
        "每个指标都在指标表中",
        "every indicator is in the dictionary",
        no_row(
            "select 1 from {batch} as given left join dim_indicator as known using (indicator_code) "
            "where known.indicator_code is null"
        ),
    ),
    contract_rule(
        INDICATORS,
        "knows_every_division",
        "每个区划都在区划表中",
        "every division is in the table of divisions",
        no_row(
            "select 1 from {batch} as given left join (select distinct division_code as code from dim_division) "
            "as known on known.code = given.division_code where known.code is null"
        ),
    ),
    contract_rule(
        INDICATORS,
        "has_known_statuses",
        "数值状态取值符合约定",
        "the status of a value is a word of the contract",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "status", "value_set": list(STATUSES)}),
    ),
    contract_rule(
        INDICATORS,
        "has_known_status_reasons",
        "状态原因取值符合约定",
        "the reason of a status is a word of the contract",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "status_reason", "value_set": list(REASONS)}),
    ),
    contract_rule(
        INDICATORS,
        "shows_a_value_only_where_its_status_allows",
        "只有状态允许时才给出数值",
        "a value is given where its status says so, and nowhere else",
        no_row_where(
            "(status in ('ok', 'unstable') and value is null) "
            "or (status in ('suppressed', 'missing', 'not_applicable') and value is not null)"
        ),
    ),
    contract_rule(
        INDICATORS,
        "gives_a_reason_where_no_value_is_shown",
        "没有数值时须说明原因",
        "a value that is not shown has a reason",
        no_row_where("status in ('suppressed', 'missing', 'not_applicable') and status_reason is null"),
    ),
    contract_rule(
        INDICATORS,
        "keeps_each_value_within_its_interval",
        "数值位于置信区间之内",
        "each value lies within its interval",
        no_row_where("value < ci_low or value > ci_high"),
    ),
    contract_rule(
        INDICATORS,
        "divides_by_something_positive",
        "给出数值时分母为正",
        "the denominator of a value is positive",
        no_row_where("value is not null and denominator <= 0"),
    ),
    contract_rule(
        INDICATORS,
        "adds_shares_of_births_up_to_a_hundred",
        "一孩、二孩、多孩率合计为100",
        "the shares of first, second and later births add up to 100",
        no_row(
            "select 1 from {batch} where indicator_code in ('parity_share_1', 'parity_share_2', 'parity_share_3p') "
            "and value is not null group by division_code, period_type, period_start "
            "having abs(sum(value) - 100) > 0.000001"
        ),
    ),
    Rule(
        id="mart_indicators.shows_a_death_rate_that_people_have",
        scope=INDICATORS.name,
        severity="warning",
        sentence_zh="指标值表:县级全年死亡率不低于提示界限",
        sentence_en="Indicator values: the death rate of a county and year is not improbably low",
        remedy_zh="死亡很可能漏报,请与公安销户、殡葬数据核对。",
        remedy_en="Deaths are probably missing: compare those whose registration or burial is known elsewhere.",
        expectation=no_row_where(
            "indicator_code = 'cdr' and division_level = 'county' and period_type in ('year', 'fp_year') "
            "and status = 'ok' and value < $death_rate_least_per_mille"
        ),
    ),
    contract_rule(
        INDICATORS,
        "keeps_data_quality_between_none_and_all",
        "数据质量在 0 与 1 之间",
        "data quality is a share",
        Expectation("ExpectColumnValuesToBeBetween", {"column": "data_quality", "min_value": 0, "max_value": 1}),
    ),
)
