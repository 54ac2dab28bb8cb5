"""The submission board: what became of every report is told once, in words of the contract."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Expectation, Rule, no_row_where

STATES = ("not_due", "missing", "received", "partial", "accepted")
FLAGS = ("is_due", "is_on_time", "is_late", "is_overdue", "is_zero", "is_waiting")
COUNTS = ("versions_received", "versions_refused", "rows_seen", "accepted", "quarantined", "duplicate", "non_data")

BOARD = Table(
    name="mart_submission_board",
    title_zh="报送一览表",
    title_en="Submission board",
    columns=(
        *COMMON_COLUMNS,
        "unit_code",
        "form",
        "state",
        *FLAGS,
        "due_on",
        "first_received_on",
        "first_accepted_on",
        "received_on",
        *COUNTS,
    ),
    key=(*COMMON_KEY, "unit_code", "form"),
    not_null=("period_end", "state", *FLAGS, *COUNTS),
    text=("division_level", "period_type", "unit_code", "form", "state"),
)

BOARD_RULES: tuple[Rule, ...] = (
    *baseline(BOARD),
    contract_rule(
        BOARD,
        "has_known_states",
        "状态取值符合约定",
        "the state of a report is a word of the contract",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "state", "value_set": list(STATES)}),
    ),
    contract_rule(
        BOARD,
        "tells_of_each_report_what_its_dates_and_versions_say",
        "应报、收到、接收的状态与日期、版本数一致",
        "state, dates and number of versions of a report agree",
        no_row_where(
            "(state in ('not_due', 'missing')) <> (versions_received = 0) "
            "or (state in ('partial', 'accepted')) <> (received_on is not null) "
            "or is_due <> (due_on is not null) "
            "or (state = 'not_due' and is_due) or (state = 'missing' and not is_due) "
            "or versions_refused > versions_received"
        ),
    ),
    contract_rule(
        BOARD,
        "judges_the_day_of_receipt_against_the_day_due",
        "及时与迟报按应报截止日判定",
        "in time and late follow from the day due",
        no_row_where(
            "is_on_time <> (is_due and received_on is not null and first_accepted_on <= due_on) "
            "or is_late <> (is_due and received_on is not null and first_accepted_on > due_on)"
        ),
    ),
)
