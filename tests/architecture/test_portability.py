"""The models of the project mean the same on every engine; and each rule that says so catches what it names."""

from __future__ import annotations

import pytest

from .portability import RULES, Query, Rule

CAUGHT = [pytest.param(rule, sql, id=f"{rule.name}-{n}") for rule in RULES for n, sql in enumerate(rule.bad)]
PASSED = [pytest.param(rule, sql, id=f"{rule.name}-{n}") for rule in RULES for n, sql in enumerate(rule.good)]


def example(rule: Rule, sql: str) -> Query:
    return Query(sql=sql, layer=rule.layers[0] if rule.layers else "intermediate")


@pytest.mark.parametrize(("rule", "sql"), CAUGHT)
def test_rule_catches_its_bad_example(rule: Rule, sql: str) -> None:
    assert rule.findings(example(rule, sql))


@pytest.mark.parametrize(("rule", "sql"), PASSED)
def test_rule_lets_its_good_twin_pass(rule: Rule, sql: str) -> None:
    assert rule.findings(example(rule, sql)) == []


def test_rules_are_named_once_and_have_both_twins() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert [rule.name for rule in RULES if not (rule.bad and rule.good and rule.why)] == []
