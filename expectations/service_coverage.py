"""Service coverage: counts that cannot be negative, sums that hold, and persons served among the persons eligible."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_divisions, adds_up_over_months
from expectations.rules import Expectation, Rule, no_row, no_row_where

SERVICE = Table(
    name="mart_service_coverage",
    title_zh="服务覆盖表",
    title_en="Service coverage",
    columns=(
        *COMMON_COLUMNS,
        "service",
        "measure_unit",
        "target",
        "eligible",
        "eligible_source",
        "served",
        "served_of_eligible",
        "unidentified",
        "due",
        "done",
        "done_in_window",
        "months_told",
        "months_in_period",
    ),
    key=(*COMMON_KEY, "service", "measure_unit"),
    not_null=("period_end", "months_told", "months_in_period"),
    text=("division_level", "period_type", "service", "measure_unit", "eligible_source"),
    may_be_empty=True,
)

# Persons of a log are distinct ones, which add up neither over places nor over time.
_ADDS_UP = (
    "([row].measure_unit = 'contacts' or [row].service not in (select service from dim_service "
    "where source_form = 'L08'))"
)

SERVICE_RULES: tuple[Rule, ...] = (
    *baseline(SERVICE),
    # A county that keeps no such ledgers has an empty table; one that does may not.
    contract_rule(
        SERVICE,
        "has_rows_where_ledgers_came",
        "收到台账即应有数据",
        "there are rows if such ledgers were accepted",
        no_row(
            "select 1 from (select count(*) as published from {batch}) where published = 0 and exists "
            "(select 1 from mart_ledger_quality where form in ('L08', 'L10') and accepted > 0)"
        ),
    ),
    contract_rule(
        SERVICE,
        "stays_at_township_level_and_above",
        "只到乡镇级和县级,没有村级",
        "there are townships and counties and no village",
        no_row_where("division_level not in ('township', 'county')"),
        waivable=False,
    ),
    contract_rule(
        SERVICE,
        "has_known_measure_units",
        "计量单位为人、人次或对",
        "the measure unit is persons, contacts or couples",
        Expectation(
            "ExpectColumnValuesToBeInSet",
            {"column": "measure_unit", "value_set": ["persons", "contacts", "couples"]},
        ),
    ),
    contract_rule(
        SERVICE,
        "counts_at_or_above_zero",
        "各项计数不为负",
        "no count is below zero",
        no_row_where("target < 0 or eligible < 0 or served < 0 or unidentified < 0 or due < 0 or done_in_window < 0"),
    ),
    contract_rule(
        SERVICE,
        "does_no_more_than_was_due",
        "按期完成不多于已完成,已完成不多于应完成",
        "what was done in time is part of what was done, and that of what was due",
        no_row_where("done > due or done_in_window > done"),
    ),
    contract_rule(
        SERVICE,
        "serves_as_often_as_people",
        "人数不多于人次,应服务人群中的不多于全部",
        "a log knows no more persons than contacts, and no more of those eligible than of all",
        no_row(
            "select 1 from {batch} as people join {batch} as visits using (division_code, period_type, period_start, "
            "service) where people.measure_unit = 'persons' and visits.measure_unit = 'contacts' "
            "and (people.served > visits.served or people.served_of_eligible > people.served)"
        ),
    ),
    contract_rule(
        SERVICE,
        "counts_only_what_is_told",
        "仅在本期各月报表齐全时给出数量",
        "there is a figure only where every month of the period is told",
        no_row_where("months_told > months_in_period or (months_told < months_in_period and served is not null)"),
    ),
    adds_up_over_divisions(SERVICE, {"served": "served", "due": "due"}, ("service", "measure_unit"), _ADDS_UP),
    adds_up_over_months(SERVICE, {"served": "served", "due": "due"}, ("service", "measure_unit"), _ADDS_UP),
    Rule(
        id="mart_service_coverage.serves_within_the_eligible",
        scope=SERVICE.name,
        severity="warning",
        sentence_zh="服务覆盖表:全县全年服务人数(对数)不超过应服务数;人次不受此限",
        sentence_en="Service coverage: persons or couples served in a county's year are among the eligible",
        remedy_zh="请核对该单位是否把人次填入人数,或应服务对象数漏报。",
        remedy_en="Ask the unit whether contacts were written as persons, or eligible persons were left out.",
        # A visit may fall in the month after the birth, and in another township: only a county's year is closed enough.
        expectation=no_row_where(
            "division_level = 'county' and period_type in ('year', 'fp_year') and served_of_eligible > eligible"
        ),
    ),
)
