"""What came in: is every row accounted for, did the units report, and is there an error that no honest ledger shows?

The limits are those of ``gate_limits.csv``. An over-collected case by itself is a finding to be
published and no reason to hide a release, so the share of such cases is judged from the second one on.
"""

from __future__ import annotations

from expectations.baseline import Table, baseline, contract_rule
from expectations.quality import QUALITY
from expectations.rules import Rule, no_row_where

FEE_UNITS = Table(
    name="audit_fee_unit_totals",
    title_zh="收费单位合计",
    title_en="Fee totals by unit",
    columns=("unit_code", "cases", "cases_over", "principal_yuan", "assessed_yuan"),
    key=("unit_code",),
    not_null=("cases", "cases_over", "principal_yuan", "assessed_yuan"),
    text=("unit_code",),
    may_be_empty=True,
)
RECONCILIATION = Table(
    name="audit_reconciliation",
    title_zh="台账与统计对账",
    title_en="Reconciliation",
    columns=("form", "period", "unit_code", "measure", "ledger_value", "mart_value"),
    key=("form", "period", "unit_code", "measure"),
    text=("form", "period", "unit_code", "measure"),
    may_be_empty=True,
)
FAILING_ROWS = Table(
    name="audit_failing_rows",
    title_zh="不合格行清单",
    title_en="Failing rows",
    columns=(
        "rule_id",
        "unit_code",
        "form",
        "period",
        "row_id",
        "column_name",
        "file_path",
        "sheet_name",
        "row_no",
        "what_zh",
        "what_en",
    ),
    key=("rule_id", "unit_code", "form", "period", "row_id", "column_name", "file_path", "sheet_name", "what_en"),
    optional_key=("unit_code", "form", "period", "row_id", "column_name", "file_path", "sheet_name", "what_en"),
    text=("rule_id", "unit_code", "form", "period", "column_name", "sheet_name", "what_zh", "what_en"),
    may_be_empty=True,
)

COUNTY = "division_level = 'county' and due > 0"

INTAKE_RULES: tuple[Rule, ...] = (
    Rule(
        id="ledger.rows_accounted_for",
        scope=QUALITY.name,
        severity="critical",
        sentence_zh="台账:读到的行 = 接收 + 隔离 + 重复 + 非数据行,一行不少",
        sentence_en="Ledgers: rows seen = accepted + quarantined + duplicate + no data; none is lost",
        remedy_zh="这是读表程序缺陷:请保留原表并上报。",
        remedy_en="A fault of the reader: keep the workbook and report it.",
        expectation=no_row_where("rows_seen is distinct from accepted + quarantined + duplicate + non_data"),
        waivable=False,
    ),
    Rule(
        id="ledger.rows_rarely_quarantined",
        scope=QUALITY.name,
        severity="critical",
        sentence_zh="台账:全县某表某期被隔离的行只占很小比例",
        sentence_en="Ledgers: of a form and period, only a small share of the county's rows was quarantined",
        remedy_zh="请将退回表发给各村,按单元格批注更正后重新报送。",
        remedy_en="Send the returned workbooks to the villages; they correct the marked cells and report again.",
        expectation=no_row_where(
            "division_level = 'county' and quarantined >= $quarantined_min_rows "
            "and quarantined > $quarantined_max_share * (accepted + quarantined + duplicate)"
        ),
    ),
    Rule(
        id="ledger.units_due_reported",
        scope=QUALITY.name,
        severity="critical",
        sentence_zh="台账:某表某期的应报单位大多已报送",
        sentence_en="Ledgers: most of the units due for a form and period have reported",
        remedy_zh="请按缺报清单催报;单位已撤并的,请更新应报单位表。",
        remedy_en="Ask the units on the list of missing reports; if a unit was abolished, correct the reporting units.",
        expectation=no_row_where(f"{COUNTY} and received < $received_min_share * due"),
    ),
    Rule(
        id="ledger.units_due_nearly_all_reported",
        scope=QUALITY.name,
        severity="warning",
        sentence_zh="台账:某表某期的应报单位几乎全部已报送",
        sentence_en="Ledgers: nearly all units due for a form and period have reported",
        remedy_zh="请按缺报清单催报。",
        remedy_en="Ask the units on the list of missing reports.",
        expectation=no_row_where(f"{COUNTY} and received < $received_warn_share * due"),
    ),
)

FEE_UNIT_RULES: tuple[Rule, ...] = (
    *baseline(FEE_UNITS),
    Rule(
        id="fee.principal_within_assessed",
        scope=FEE_UNITS.name,
        severity="critical",
        sentence_zh="收费:任一单位的实收本金不会在许多案件上、也不会成倍地超过征收决定数",
        sentence_en="Fees: no unit's principal exceeds what was assessed in many cases or many times over",
        remedy_zh="请核对该单位金额单位(元/万元)与案件编号;个别超收属审计发现,不在此列。",
        remedy_en="Check the unit's currency unit and case numbers; a single over-collected case is a finding instead.",
        expectation=no_row_where(
            "(cases_over > 1 and cases_over > $over_collected_max_case_share * cases) "
            "or (assessed_yuan > 0 and principal_yuan >= $over_collected_max_times * assessed_yuan)"
        ),
    ),
)

RECONCILIATION_RULES: tuple[Rule, ...] = (
    *baseline(RECONCILIATION),
    contract_rule(
        RECONCILIATION,
        "carries_every_ledger_sum_into_the_marts",
        "统计表的合计与台账逐项相等",
        "every sum of the marts is the sum of the ledgers behind it",
        no_row_where("ledger_value is distinct from mart_value"),
    ),
)

FAILING_ROW_RULES: tuple[Rule, ...] = baseline(FAILING_ROWS)
