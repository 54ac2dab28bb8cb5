"""Service coverage: counts that cannot be negative, sums that hold, and persons served among the persons eligible."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_divisions, adds_up_over_months
from expectations.rules import Expectation, Rule, no_row, no_row_where

SERVICE = Table(
    name="mart_service_coverage",
    title_zh="服务覆盖表",
    title_en="Service coverage",
    columns=(*COMMON_COLUMNS, "service", "measure_unit", "target", "eligible", "served"),
    key=(*COMMON_KEY, "service", "measure_unit"),
    not_null=("period_end",),
    text=("division_level", "period_type", "service", "measure_unit"),
    may_be_empty=True,
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
            "(select 1 from mart_ledger_quality where form in ('L10') and accepted > 0)"
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
        no_row_where("target < 0 or eligible < 0 or served < 0"),
    ),
    adds_up_over_divisions(SERVICE, {"served": "served"}, same=("service", "measure_unit")),
    adds_up_over_months(SERVICE, {"served": "served"}, same=("service", "measure_unit")),
    Rule(
        id="mart_service_coverage.serves_within_the_eligible",
        scope=SERVICE.name,
        severity="warning",
        sentence_zh="服务覆盖表:服务人数(对数)不超过应服务数;人次不受此限",
        sentence_en="Service coverage: persons or couples served are among the eligible; contacts may exceed them",
        remedy_zh="请核对该单位是否把人次填入人数,或应服务对象数漏报。",
        remedy_en="Ask the unit whether contacts were written as persons, or eligible persons were left out.",
        expectation=no_row_where("measure_unit <> 'contacts' and served > eligible"),
    ),
)
