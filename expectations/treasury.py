"""Reconciliation with the treasury: an account that rolls forward, and nothing told where books are missing."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_divisions, adds_up_over_months
from expectations.rules import Expectation, Rule, no_row, no_row_where

RECEIVED = ("collected_yuan", "surcharge_yuan", "refunded_yuan", "surcharge_refunded_yuan", "due_yuan")
HANDED_OVER = ("remitted_yuan", "remitted_for_period_yuan", "returned_yuan", "lag_yuan", "lag_yuan_days")
DIFFERENCES = ("opening_difference_yuan", "closing_difference_yuan")
_FLOWS = {name: name for name in (*RECEIVED, *HANDED_OVER)}

TREASURY = Table(
    name="mart_treasury_reconciliation",
    title_zh="收缴与缴库对账表",
    title_en="Reconciliation with the treasury",
    columns=(
        *COMMON_COLUMNS,
        *("status", "office_months", "whole_office_months", *RECEIVED, *HANDED_OVER, *DIFFERENCES, "overdue_yuan"),
    ),
    key=COMMON_KEY,
    not_null=("period_end", "status", *RECEIVED),
    text=("division_level", "period_type", "status"),
    may_be_empty=True,
)

TREASURY_RULES: tuple[Rule, ...] = (
    *baseline(TREASURY),
    contract_rule(
        TREASURY,
        "has_rows_where_ledgers_came",
        "收到台账即应有数据",
        "there are rows if receipts were accepted",
        no_row(
            "select 1 from (select count(*) as published from {batch}) where published = 0 and exists "
            "(select 1 from mart_ledger_quality where form = 'L12' and accepted > 0)"
        ),
    ),
    contract_rule(
        TREASURY,
        "stays_at_township_level_and_above",
        "只到乡镇级和县级,没有村级",
        "there are townships and counties and no village",
        no_row_where("division_level not in ('township', 'county')"),
        waivable=False,
    ),
    contract_rule(
        TREASURY,
        "has_known_statuses",
        "账册状态为完整、部分缺失或无",
        "the status is whole, gap or no_data",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "status", "value_set": ["whole", "gap", "no_data"]}),
    ),
    contract_rule(
        TREASURY,
        "tells_what_was_handed_over_where_books_are_whole_alone",
        "账册不全时不给出缴库数,账册完整时必须给出",
        "what was handed over is told if and only if the books are whole",
        no_row_where(
            "("
            + " or ".join(f"({name} is null) = (status = 'whole')" for name in (*HANDED_OVER, *DIFFERENCES))
            + " or (status <> 'whole' and overdue_yuan is not null))"
        ),
    ),
    contract_rule(
        TREASURY,
        "owes_what_it_took_in_less_refunds",
        "应缴库 = 实收本金 + 滞纳金 − 退还本金 − 退还滞纳金",
        "due = principal + surcharge − principal refunded − surcharge refunded",
        no_row_where("due_yuan <> collected_yuan + surcharge_yuan - refunded_yuan - surcharge_refunded_yuan"),
    ),
    contract_rule(
        TREASURY,
        "rolls_its_difference_forward",
        "期末应缴未缴 = 期初应缴未缴 + 应缴库 − 缴库",
        "closing difference = opening difference + due − handed over",
        no_row_where("closing_difference_yuan <> opening_difference_yuan + due_yuan - remitted_yuan"),
    ),
    contract_rule(
        TREASURY,
        "keeps_what_waits_at_or_above_zero",
        "逾期未缴和缴库时滞不为负",
        "neither overdue money nor a lag is below zero",
        no_row_where("overdue_yuan < 0 or lag_yuan < 0 or lag_yuan_days < 0"),
    ),
    adds_up_over_divisions(TREASURY, {**_FLOWS, **{name: name for name in DIFFERENCES}}),
    adds_up_over_months(TREASURY, _FLOWS),
)

CAUSES = ("surcharge_left_out_yuan", "refund_not_netted_yuan", "timing_yuan", "unexplained_yuan")

THREE_WAY = Table(
    name="mart_fee_three_way",
    title_zh="三方对账表",
    title_en="Three-way match",
    columns=(*COMMON_COLUMNS, "source", "status", "subledger_yuan", "stated_yuan", "difference_yuan", *CAUSES),
    key=(*COMMON_KEY, "source"),
    not_null=("period_end", "status"),
    text=("division_level", "period_type", "source", "status"),
    may_be_empty=True,
)

THREE_WAY_RULES: tuple[Rule, ...] = (
    *baseline(THREE_WAY),
    contract_rule(
        THREE_WAY,
        "stays_at_township_level_and_above",
        "只到乡镇级和县级,没有村级",
        "there are townships and counties and no village",
        no_row_where("division_level not in ('township', 'county')"),
        waivable=False,
    ),
    contract_rule(
        THREE_WAY,
        "matches_nothing_where_a_side_is_missing",
        "缺一方时状态为 no_data 且无差额",
        "where a side is missing the status is no_data and there is no difference",
        no_row_where(
            "status not in ('ran', 'no_data') or (status = 'ran') <> "
            "(subledger_yuan is not null and stated_yuan is not null and difference_yuan is not null)"
        ),
    ),
    contract_rule(
        THREE_WAY,
        "explains_each_difference_in_full",
        "差额 = 对方 − 台账 = 各原因之和",
        "difference = stated − subledger = sum of its causes",
        no_row_where(
            "status = 'ran' and (difference_yuan <> stated_yuan - subledger_yuan "
            f"or difference_yuan is distinct from {' + '.join(CAUSES)})"
        ),
    ),
)
