"""Books of the fee by year of decision, by age and by state: what they add up to, and nothing below the county."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Rule, no_row, no_row_where

COHORT_YUAN = (
    *("assessed", "annulled", "waived", "written_off", "terminated_2021"),
    *("received", "collected", "outstanding", "refund_due"),
)
COHORT_CASES = ("decided", "paid", "outstanding")
STOCKS = ("outstanding_cases", "outstanding_yuan")
COHORTS = Table(
    name="mart_fee_cohorts",
    title_zh="社会抚养费决定批次表",
    title_en="Fee by year of decision",
    columns=(
        *(*COMMON_COLUMNS, "cohort_start", "cohort_end", "is_whole"),
        *(f"{name}_yuan" for name in COHORT_YUAN),
        *(f"{name}_cases" for name in COHORT_CASES),
    ),
    key=(*COMMON_KEY, "cohort_start"),
    optional_key=("cohort_start",),
    not_null=("period_end", "is_whole", *(f"{name}_yuan" for name in COHORT_YUAN)),
    text=("division_level", "period_type"),
    may_be_empty=True,
)
ARREARS = Table(
    name="mart_fee_arrears_age",
    title_zh="社会抚养费欠缴账龄表",
    title_en="Fee arrears by age",
    columns=(*COMMON_COLUMNS, "age_bucket", *STOCKS),
    key=(*COMMON_KEY, "age_bucket"),
    not_null=("period_end", *STOCKS),
    text=("division_level", "period_type", "age_bucket"),
    may_be_empty=True,
)
STATES = Table(
    name="mart_fee_case_states",
    title_zh="社会抚养费案件状态表",
    title_en="Fee cases by state",
    columns=(*COMMON_COLUMNS, "state", "cases"),
    key=(*COMMON_KEY, "state"),
    not_null=("period_end", "cases"),
    text=("division_level", "period_type", "state"),
    may_be_empty=True,
)


def _stays_at_county_and_year(table: Table) -> Rule:
    return contract_rule(
        table,
        "stays_at_county_and_year",
        "只到县级和年度",
        "there are counties and years and nothing finer",
        no_row_where("division_level <> 'county' or period_type not in ('year', 'fp_year')"),
        waivable=False,
    )


def _adds_up_to_the_outstanding(table: Table, whole_zh: str, whole_en: str) -> Rule:
    sums = ", ".join(f"sum({stock}) as {stock}" for stock in STOCKS)
    differs = " or ".join(f"whole.{stock} <> coalesce(part.{stock}, 0)" for stock in STOCKS)
    query = (
        "select 1 from mart_fee_collection as whole left join (select division_code, period_type, period_start, "
        f"{sums} from {{batch}} group by all) as part using (division_code, period_type, period_start) "
        f"where whole.division_level = 'county' and whole.period_type in ('year', 'fp_year') and ({differs})"
    )
    return contract_rule(
        table, "adds_up_to_the_outstanding", f"{whole_zh}欠缴之和等于全县欠缴余额",
        f"{whole_en} add up to what is outstanding in the county", no_row(query),
    )  # fmt: skip


def _at_or_above_zero(table: Table, columns: Sequence[str]) -> Rule:
    return contract_rule(
        table,
        "counts_at_or_above_zero",
        "件数与余额不为负",
        "neither cases nor stocks are below zero",
        no_row_where(f"least({', '.join(columns)}) < 0"),
    )


COHORT_RULES: tuple[Rule, ...] = (
    *baseline(COHORTS),
    _stays_at_county_and_year(COHORTS),
    _adds_up_to_the_outstanding(COHORTS, "各决定年度", "the years of decision"),
    _at_or_above_zero(COHORTS, ("decided_cases", "paid_cases", *STOCKS, "refund_due_yuan", "collected_yuan")),
    contract_rule(
        COHORTS,
        "collects_no_more_than_it_assessed",
        "已缴本金不超过应征金额,缴清件数不超过决定件数",
        "a year of decision collects at most what it assessed, and no more cases are paid than were decided",
        no_row_where("collected_yuan > assessed_yuan or paid_cases > decided_cases"),
    ),
    contract_rule(
        COHORTS,
        "balances_its_postings",
        "欠缴 − 应退 = 应征 − 撤销 − 减免 − 核销 − 终止 − 实收净额",
        "what is open less what is due back is assessed − annulled − waived − written off − terminated − received",
        no_row_where(
            "outstanding_yuan - refund_due_yuan <> assessed_yuan - annulled_yuan - waived_yuan - written_off_yuan "
            "- terminated_2021_yuan - received_yuan"
        ),
    ),
    contract_rule(
        COHORTS,
        "follows_decisions_and_does_not_foresee_them",
        "不含期末之后的决定",
        "no year of decision begins after the period",
        no_row_where("cohort_start > period_start"),
    ),
)
ARREARS_RULES: tuple[Rule, ...] = (
    *baseline(ARREARS),
    _stays_at_county_and_year(ARREARS),
    _adds_up_to_the_outstanding(ARREARS, "各账龄段", "the buckets of age"),
    _at_or_above_zero(ARREARS, STOCKS),
)
STATES_RULES: tuple[Rule, ...] = (
    *baseline(STATES),
    _stays_at_county_and_year(STATES),
    _at_or_above_zero(STATES, ("cases",)),
    contract_rule(
        STATES,
        "knows_every_decided_case",
        "各状态件数之和不少于各批次决定件数之和",
        "there is a state for every case that was decided",
        no_row(
            "select 1 from (select division_code, period_type, period_start, sum(decided_cases) as decided "
            "from mart_fee_cohorts group by all) as whole left join (select division_code, period_type, "
            "period_start, sum(cases) as cases from {batch} group by all) as part "
            "using (division_code, period_type, period_start) where whole.decided > coalesce(part.cases, 0)"
        ),
    ),
)
