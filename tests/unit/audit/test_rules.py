"""Every rule can fail: broken in one place, the good candidate fails exactly the rule that looks there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from expectations import SUITES
from expectations.rules import Expectation, Rule
from orchestration.audit.gate import run_gate
from orchestration.audit.limits import read_limits
from orchestration.audit.verdict import Outcome
from orchestration.settings import SEEDS_DIR, Settings
from tests.unit.audit import breakages
from tests.unit.audit.breakages_supervision import SUPERVISION_BREAKAGES
from tests.unit.audit.candidates import good_tables, write_candidate

BREAKAGES = {**breakages.BREAKAGES, **SUPERVISION_BREAKAGES}
RULES = {rule.id: rule for rules in SUITES.values() for rule in rules}
BASELINE = (
    "has_rows",
    "has_exactly_its_columns",
    "is_unique_by_its_key",
    "fills_its_required_columns",
    "carries_no_personal_column",
    "carries_no_personal_number",
    "writes_division_codes_in_full",
    "ends_each_period_after_its_start",
)
Break = Callable[[pl.DataFrame], pl.DataFrame]


def failing(tmp_path: Path, tables: dict[str, pl.DataFrame], suites: dict[str, tuple[Rule, ...]]) -> set[str]:
    """The rules of ``suites`` that fail on ``tables``; none may be left without an answer."""
    candidate = write_candidate(tmp_path / "home" / "candidates" / "one", tables)
    report = run_gate(candidate, Settings(home=tmp_path / "home"), dbt_results=[("a", "pass", 0)], suites=suites)
    asked = [result for result in report.results if result.rule_id in RULES]
    assert [result.rule_id for result in asked if result.outcome is Outcome.COULD_NOT_RUN] == []
    return {result.rule_id for result in asked if result.outcome is Outcome.FAIL}


def test_every_rule_has_an_id_of_its_own_in_the_table_it_stands_under() -> None:
    ids = [rule.id for rules in SUITES.values() for rule in rules]
    assert len(ids) == len(set(ids))
    assert all(rule.scope == table for table, rules in SUITES.items() for rule in rules)


def test_every_rule_speaks_both_languages_and_says_what_to_do() -> None:
    for rule in RULES.values():
        assert all((rule.sentence_zh, rule.sentence_en, rule.remedy_zh, rule.remedy_en)), rule.id


def test_an_id_with_a_bound_in_it_is_no_id() -> None:
    with pytest.raises(ValueError, match="snake_sentence"):
        Rule("ledger.under_2_percent", "t", "info", "", "", "", "", Expectation("ExpectTableRowCountToBeBetween"))


def test_every_expectation_is_one_that_the_library_knows() -> None:
    limits = read_limits(SEEDS_DIR / "gate_limits.csv")
    for rule in RULES.values():
        rule.expectation.build(limits)


def test_every_rule_beyond_the_baseline_has_a_failing_example() -> None:
    beyond = {rule_id for rule_id in RULES if rule_id.split(".")[1] not in BASELINE}
    assert beyond == set(BREAKAGES)


@pytest.mark.parametrize("rule_id", sorted(BREAKAGES))
def test_a_broken_rule_fails_alone(rule_id: str, tmp_path: Path) -> None:
    breakage, table = BREAKAGES[rule_id], RULES[rule_id].scope
    tables = good_tables()
    tables[breakage.table] = breakage.change(tables[breakage.table])
    found = failing(tmp_path, tables, {table: SUITES[table]})
    assert rule_id in found
    assert found <= {rule_id, *breakage.also}


def _text_with(words: str) -> Break:
    """Write ``words`` into a text column that the table's rule about text looks at."""

    def change(frame: pl.DataFrame) -> pl.DataFrame:
        column = next(
            name for name in ("period_type", "form", "unit_code", "what_zh") if frame.schema.get(name) == pl.String
        )
        return frame.with_columns(pl.lit(words).alias(column))

    return change


BASELINE_BREAKS: dict[str, Break] = {
    "has_rows": lambda frame: frame.clear(),
    "has_exactly_its_columns": lambda frame: frame.with_columns(surplus=pl.lit(1)),
    "is_unique_by_its_key": lambda frame: pl.concat([frame, frame.head(1)]),
    "carries_no_personal_column": lambda frame: frame.with_columns(person_key=pl.lit("x")),
    "carries_no_personal_number": _text_with("甲 110101199003070011"),
    "writes_division_codes_in_full": lambda frame: frame.with_columns(division_code=pl.lit("331099")),
    "ends_each_period_after_its_start": lambda frame: frame.with_columns(period_end=pl.col("period_start")),
    "fills_its_required_columns": lambda frame: frame.with_columns(
        pl.lit(None, dtype=kind).alias(name) for name, kind in frame.schema.items()
    ),
}


@pytest.mark.parametrize("sentence", BASELINE)
def test_a_rule_of_the_baseline_fails_on_every_table_that_has_it(sentence: str, tmp_path: Path) -> None:
    mine = {table: tuple(rule for rule in rules if rule.id == f"{table}.{sentence}") for table, rules in SUITES.items()}
    suites = {table: rules for table, rules in mine.items() if rules}
    tables = good_tables()
    broken = {table: BASELINE_BREAKS[sentence](tables[table]) for table in suites}
    assert failing(tmp_path, {**tables, **broken}, suites) == {f"{table}.{sentence}" for table in suites}


def test_a_mobile_number_and_a_pseudonym_are_personal_numbers_and_a_row_id_is_not(tmp_path: Path) -> None:
    rule = RULES["audit_failing_rows.carries_no_personal_number"]
    tables = good_tables()
    rows = tables["audit_failing_rows"]
    for words, is_personal in (
        ("联系13800138000", True),
        ("f" * 32, True),
        ("0123456789abcdef:1:7", False),
        ("331099001001", False),
    ):
        tables["audit_failing_rows"] = rows.with_columns(what_zh=pl.lit(words))
        assert bool(failing(tmp_path, tables, {rule.scope: (rule,)})) is is_personal, words
