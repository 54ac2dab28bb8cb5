"""What the gate checks about itself before it believes its own answers.

An empty suite passes, a table that nobody gated passes, a waiver that ran out still reads like consent. Each of these
is a check with a name, so that it stands in every report and not only in the report of the day it went wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from expectations.rules import Rule
from orchestration.audit.verdict import Outcome, RuleResult, Waiver

HOW_MANY = 6
REMEDY_ZH = "请联系维护人员:审核未能完整进行,不得据此发布。"
REMEDY_EN = "Tell the maintainers: the audit was not complete, so nothing may be published on it."


def steering(is_readable: bool) -> RuleResult:
    """The limits and waivers could be read."""
    return _check(
        "gate.limits_and_waivers_are_readable",
        "门限与豁免清单可读",
        "The limits and the waivers can be read",
        Outcome.PASS if is_readable else Outcome.COULD_NOT_RUN,
    )


def every_table_is_gated(published: Collection[str], suites: Mapping[str, Sequence[Rule]]) -> RuleResult:
    """Every published table has at least one rule, and no suite is empty."""
    ungated = [table for table in {*published, *suites} if not suites.get(table)]
    return _check(
        "gate.every_published_table_has_rules",
        "每张待发布的表都有审核规则",
        "Every table that would be published has rules",
        Outcome.PASS if published and not ungated else Outcome.COULD_NOT_RUN,
        len(published),
        len(ungated),
    )


def every_table_is_present(suites: Mapping[str, Sequence[Rule]], rows: Mapping[str, int]) -> RuleResult:
    """Every table that has rules is a readable file of the candidate."""
    missing = [table for table in suites if table not in rows]
    return _check(
        "gate.every_audited_table_is_present",
        "有规则的表都在候选版本中且可读",
        "Every table that has rules is a readable file of the candidate",
        Outcome.COULD_NOT_RUN if missing or not suites else Outcome.PASS,
        len(suites),
        len(missing),
    )


def every_rule_reported(announced: int, reported: int, distinct: int) -> RuleResult:
    """As many results as announced rules, each under a name of its own."""
    is_whole = announced == reported == distinct
    return _check(
        "gate.every_rule_reported",
        "每条规则都有且只有一个结果",
        "Every rule has one result and no more",
        Outcome.PASS if is_whole else Outcome.COULD_NOT_RUN,
        announced,
        abs(announced - min(reported, distinct)),
    )


def data_tests_ran(count: int) -> RuleResult:
    """The transform stage reported at least one data test."""
    return _check(
        "gate.data_tests_ran",
        "dbt 数据测试已运行",
        "The data tests of dbt ran",
        Outcome.PASS if count else Outcome.COULD_NOT_RUN,
        count,
        None,
    )


def waivers(
    signed: Sequence[Waiver], suites: Mapping[str, Sequence[Rule]], today: date
) -> tuple[dict[str, Waiver], RuleResult]:
    """The waivers in force by rule, and the check that none has expired or asks for what nobody may waive."""
    rules = {rule.id: rule for rules in suites.values() for rule in rules}
    in_force: dict[str, Waiver] = {}
    void = 0
    for waiver in signed:
        rule = rules.get(waiver.rule_id)
        if rule is not None and rule.waivable and waiver.expires_on >= today:
            in_force[waiver.rule_id] = waiver
        else:
            void += 1
    result = _check(
        "gate.every_waiver_is_in_force",
        "豁免均在有效期内,且只豁免可豁免的规则",
        "No waiver has expired, and each names a rule that may be waived",
        Outcome.FAIL if void else Outcome.PASS,
        len(signed),
        void,
        "请延期、撤销或更正 waivers.csv 中的豁免。",
        "Renew, withdraw or correct the waiver in waivers.csv.",
    )
    return in_force, result


def _check(
    rule_id: str,
    zh: str,
    en: str,
    outcome: Outcome,
    checked: int | None = None,
    failed: int | None = None,
    remedy_zh: str = REMEDY_ZH,
    remedy_en: str = REMEDY_EN,
) -> RuleResult:
    return RuleResult(
        rule_id=rule_id,
        table="gate",
        severity="critical",
        outcome=outcome,
        rows_checked=checked,
        rows_failed=failed,
        sentence_zh=zh,
        sentence_en=en,
        remedy_zh=remedy_zh,
        remedy_en=remedy_en,
    )
