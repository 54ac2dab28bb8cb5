"""Fee collection: postings that balance, stocks that are never negative, nothing below the township."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_divisions, adds_up_over_months
from expectations.rules import Rule, no_row, no_row_where

FLOWS = (
    "assessed",
    "annulled",
    "collected",
    "surcharge",
    "surcharge_refunded",
    "waived",
    "refunded",
    "written_off",
    "terminated_2021",
    "court_applied",
    "court_recovered",
)
STOCKS = ("outstanding", "refund_due")
AMOUNTS = (*FLOWS, *STOCKS)

FEE = Table(
    name="mart_fee_collection",
    title_zh="社会抚养费收缴表",
    title_en="Fee collection",
    columns=(*COMMON_COLUMNS, *(f"{flow}_{kind}" for flow in AMOUNTS for kind in ("cases", "yuan"))),
    key=COMMON_KEY,
    not_null=("period_end", *(f"{flow}_yuan" for flow in AMOUNTS)),
    text=("division_level", "period_type"),
    may_be_empty=True,
)

FEE_RULES: tuple[Rule, ...] = (
    *baseline(FEE),
    # A county that keeps no such ledgers has an empty table; one that does may not.
    contract_rule(
        FEE,
        "has_rows_where_ledgers_came",
        "收到台账即应有数据",
        "there are rows if such ledgers were accepted",
        no_row(
            "select 1 from (select count(*) as published from {batch}) where published = 0 and exists "
            "(select 1 from mart_ledger_quality where form in ('L11', 'L12') and accepted > 0)"
        ),
    ),
    contract_rule(
        FEE,
        "stays_at_township_level_and_above",
        "只到乡镇级和县级,没有村级",
        "there are townships and counties and no village",
        no_row_where("division_level not in ('township', 'county')"),
        waivable=False,
    ),
    contract_rule(
        FEE,
        "keeps_stocks_at_or_above_zero",
        "应收余额与应退余额不为负",
        "neither the outstanding stock nor the refund due is below zero",
        no_row_where("outstanding_yuan < 0 or refund_due_yuan < 0"),
    ),
    contract_rule(
        FEE,
        "counts_cases_at_or_above_zero",
        "件数不为负",
        "no number of cases is below zero",
        no_row_where(f"least({', '.join(f'{flow}_cases' for flow in AMOUNTS)}) < 0"),
    ),
    contract_rule(
        FEE,
        "balances_its_postings",
        "余额变动 = 征收 − 撤销 − 实收 + 退还 − 减免 − 核销 − 终止",
        "the stock moves by assessed − annulled − collected + refunded − waived − written off − terminated",
        no_row(
            "select 1 from (select *, outstanding_yuan - refund_due_yuan as stock, "
            "lag(outstanding_yuan - refund_due_yuan) over w as before from {batch} "
            "window w as (partition by division_code, period_type order by period_start)) "
            "where before is not null and stock <> before + assessed_yuan - annulled_yuan - collected_yuan "
            "+ refunded_yuan - waived_yuan - written_off_yuan - terminated_2021_yuan"
        ),
    ),
    contract_rule(
        FEE,
        "terminates_nothing_before_the_fee_was_abolished",
        "2021-08-20 之前没有依法终止的金额",
        "nothing is terminated by law before the fee was abolished",
        no_row_where("period_end <= date '2021-08-20' and (terminated_2021_yuan <> 0 or terminated_2021_cases <> 0)"),
    ),
    adds_up_over_divisions(FEE, {flow: f"{flow}_yuan" for flow in AMOUNTS}),
    adds_up_over_months(FEE, {flow: f"{flow}_yuan" for flow in FLOWS}),
)
