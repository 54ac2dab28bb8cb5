"""Funding: lines of a county that add up to its indicator, and nothing of bereaved families below the county."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.benefits import COUNTY_ALONE
from expectations.rules import Rule, no_row, no_row_where

FUNDING = Table(
    name="mart_funding",
    title_zh="计生经费表",
    title_en="Funding",
    columns=(
        *COMMON_COLUMNS,
        "source_code",
        "subject_code",
        "budget_yuan",
        "received_yuan",
        "spent_yuan",
        "returned_yuan",
        "balance_yuan",
    ),
    key=(*COMMON_KEY, "source_code", "subject_code"),
    not_null=("period_end",),
    text=("division_level", "period_type", "source_code", "subject_code"),
    may_be_empty=True,
)

FUNDING_RULES: tuple[Rule, ...] = (
    *baseline(FUNDING),
    contract_rule(
        FUNDING,
        "stays_at_its_grain",
        "只有乡镇级和县级年度数据;乡镇级不列丧亲、伤残家庭项目",
        "there are townships, counties and years only, and no township tells of bereaved and disabled families",
        no_row_where(
            "division_level not in ('township', 'county') or period_type <> 'year' "
            f"or (division_level = 'township' and subject_code in {COUNTY_ALONE})"
        ),
        waivable=False,
    ),
    contract_rule(
        FUNDING,
        "adds_up_to_the_funding_of_the_county",
        "县级各来源支出之和等于计生总投入",
        "the spending of a county from all sources is its indicator funding_total",
        no_row(
            "select 1 from (select division_code, period_start, "
            "case when count(spent_yuan) = count(*) then sum(spent_yuan) end as spent_yuan "
            "from {batch} where division_level = 'county' group by division_code, period_start) as lines "
            "full join (select * from mart_indicators where indicator_code = 'funding_total') as told "
            "using (division_code, period_start) where lines.spent_yuan is distinct from told.numerator"
        ),
    ),
)
