"""Benefits: what was paid lies within what was confirmed, and bereaved families are shown for the county alone."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Rule, no_row, no_row_where

COUNTS = ("eligible", "confirmed", "paid_persons", "confirmed_paid_persons", "in_full_persons")
COUNTY_ALONE = ("tf", "tf_d", "tf_s", "ws", "yl")

BENEFITS = Table(
    name="mart_benefits",
    title_zh="奖励扶助表",
    title_en="Benefits",
    columns=(
        *COMMON_COLUMNS,
        "programme",
        *COUNTS,
        "due_yuan",
        "paid_yuan",
        "payments_due",
        "on_time_payments",
    ),
    key=(*COMMON_KEY, "programme"),
    not_null=("period_end",),
    text=("division_level", "period_type", "programme"),
    may_be_empty=True,
)

BENEFITS_RULES: tuple[Rule, ...] = (
    *baseline(BENEFITS),
    contract_rule(
        BENEFITS,
        "stays_at_its_grain",
        "只有乡镇级和县级年度数据;丧亲、伤残家庭项目仅到县级",
        "there are townships, counties and years only, and bereaved and disabled families for the county alone",
        no_row_where(
            "division_level not in ('township', 'county') or period_type <> 'year' "
            f"or (division_level = 'township' and programme in {COUNTY_ALONE})"
        ),
        waivable=False,
    ),
    contract_rule(
        BENEFITS,
        "keeps_parts_within_the_whole",
        "实发、足额人数不超过确认人数,按期笔数不超过到期笔数,各数不为负",
        "persons paid and paid in full lie within the confirmed, payments in time within those due, none below zero",
        no_row_where(
            "confirmed_paid_persons > least(confirmed, paid_persons) or in_full_persons > confirmed "
            "or on_time_payments > payments_due or due_yuan < 0 "
            f"or least({', '.join(COUNTS)}, payments_due, on_time_payments) < 0"
        ),
    ),
    contract_rule(
        BENEFITS,
        "holds_its_townships",
        "县级人数不少于任一乡镇,应发金额不少于各乡镇之和",
        "a county counts no fewer persons than each of its townships and has no less due than all of them",
        no_row(
            "select 1 from {batch} as whole join (select division.parent_code as parent, period_start, programme, "
            "max(confirmed) as confirmed, max(paid_persons) as paid_persons, sum(due_yuan) as due_yuan "
            "from {batch} as part join dim_division as division on division.division_code = part.division_code "
            "and part.period_start >= division.valid_from and part.period_start < division.valid_to "
            "where part.division_level = 'township' group by all) as parts "
            "on parts.parent = whole.division_code and parts.period_start = whole.period_start "
            "and parts.programme = whole.programme "
            "where whole.confirmed < parts.confirmed or whole.paid_persons < parts.paid_persons "
            "or whole.due_yuan < parts.due_yuan"
        ),
    ),
)
