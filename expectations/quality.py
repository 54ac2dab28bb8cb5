"""Ledger quality and findings: what the warehouse says about its own inputs must itself be in order."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_divisions
from expectations.rules import Expectation, Rule, no_row_where

QUALITY_COUNTS = (
    "due",
    "received",
    "on_time",
    "rows_seen",
    "accepted",
    "quarantined",
    "duplicate",
    "non_data",
    "fields_expected",
    "fields_filled",
    "ids_present",
    "ids_valid",
)
CHECKS = (
    *("SC-01", "SC-02", "SC-06", "SC-07", "SC-09", "SC-10", "SC-11", "SC-12", "SC-13"),
    *("AC-01", "AC-08", "AC-14", "AC-19"),
    *("AC-05", "AC-06", "AC-07", "AC-11", "AC-12", "AC-17", "AC-18"),
    *("AC-09", "AC-10", "AC-16", "AC-31", "AC-32", "AC-33"),
    *("AC-21", "AC-22", "AC-23"),
    *("BC-01", "BC-02", "BC-03", "BC-04", "BC-05", "BC-06", "BC-07", "BC-08", "BC-09"),
    *("AC-02", "AC-03", "AC-04", "AC-15", "AC-24", "AC-26", "AC-27", "AC-28", "AC-36", "AC-39"),
)

QUALITY = Table(
    name="mart_ledger_quality",
    title_zh="台账质量表",
    title_en="Ledger quality",
    columns=(*COMMON_COLUMNS, "form", *QUALITY_COUNTS),
    key=(*COMMON_KEY, "form"),
    not_null=("period_end", *QUALITY_COUNTS),
    text=("division_level", "period_type", "form"),
)
FINDINGS = Table(
    name="mart_findings",
    title_zh="审计发现表",
    title_en="Findings",
    columns=(
        *COMMON_COLUMNS,
        "check_id",
        "unit_code",
        "period",
        "severity",
        "status",
        "tested",
        "failed",
        "yuan",
    ),
    key=("check_id", "unit_code", "period"),
    not_null=("severity", "status"),
    text=("division_level", "period_type", "check_id", "unit_code", "period", "severity", "status"),
)

QUALITY_RULES: tuple[Rule, ...] = (
    *baseline(QUALITY),
    contract_rule(
        QUALITY,
        "keeps_parts_within_the_whole",
        "及时数不超过收到数,收到数不超过应报数,有效数不超过总数",
        "timely among received among due, filled among expected fields, valid among present numbers",
        no_row_where(
            "on_time > received or received > due or fields_filled > fields_expected or ids_valid > ids_present"
        ),
    ),
    adds_up_over_divisions(QUALITY, {name: name for name in QUALITY_COUNTS}, same=("form",)),
)

FINDINGS_RULES: tuple[Rule, ...] = (
    *baseline(FINDINGS),
    Rule(
        id="mart_findings.answers_for_every_check",
        scope=FINDINGS.name,
        severity="warning",
        sentence_zh="审计发现表:每项检查都有结论",
        sentence_en="Findings: every check has an answer",
        remedy_zh="该检查所依据的台账一份也未收到;如确不使用该表,可不处理。",
        remedy_en="None of the ledgers that the check reads has come; if the county keeps none, leave it so.",
        expectation=Expectation(
            "ExpectColumnDistinctValuesToContainSet", {"column": "check_id", "value_set": list(CHECKS)}
        ),
    ),
    contract_rule(
        FINDINGS,
        "uses_known_words",
        "状态与等级取值符合约定",
        "status and severity are words of the contract",
        no_row_where("status not in ('ran', 'out_of_regime', 'no_data', 'error') or severity not in ('H', 'M', 'L')"),
    ),
    contract_rule(
        FINDINGS,
        "counts_only_what_ran",
        "仅已运行的检查有数字,且问题数不超过检查数",
        "only a check that ran has counts, and no more failed than were tested",
        no_row_where(
            "(status = 'ran' and (tested is null or failed is null or failed > tested or failed < 0)) "
            "or (status <> 'ran' and (tested is not null or failed is not null or yuan is not null))"
        ),
    ),
    Rule(
        id="mart_findings.has_no_check_that_broke",
        scope=FINDINGS.name,
        severity="critical",
        sentence_zh="审计发现表:没有出错的检查",
        sentence_en="Findings: no check broke while it ran",
        remedy_zh="检查本身出错不等于没有问题,请联系维护人员。",
        remedy_en="A check that broke does not mean that nothing is wrong: tell the maintainers.",
        expectation=no_row_where("status = 'error'"),
    ),
)
