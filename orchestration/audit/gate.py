"""The gate: is this candidate fit to publish?

It looks at the very Parquet files that would be published, through a throwaway database that holds nothing but views
over them. It decides and reports; it neither mends a table nor moves a pointer. It fails closed: what could not be
checked is never taken as passed.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from expectations import SUITES
from expectations.rules import Rule
from orchestration.audit import gx_session, self_checks
from orchestration.audit.limits import read_limits, read_waivers
from orchestration.audit.verdict import GateReport, Outcome, RuleResult, Waiver
from orchestration.errors import CouldNotRun
from orchestration.settings import OFFICE_TIME, SEEDS_DIR, Settings
from orchestration.warehouse import connect

DBT_OUTCOMES = {"pass": Outcome.PASS, "success": Outcome.PASS, "warn": Outcome.FAIL, "fail": Outcome.FAIL}


class DbtResult(NamedTuple):
    """A dbt data test after it ran: ``status`` is dbt's own word, ``failures`` counts the rows it returned."""

    name: str
    status: str
    failures: int | None = None


def run_gate(
    candidate: Path,
    settings: Settings,
    *,
    dbt_results: Iterable[tuple[str, str, int | None]],
    suites: Mapping[str, Sequence[Rule]] = SUITES,
    reference: Path = SEEDS_DIR,
    today: date | None = None,
    data_docs: Path | None = None,
) -> GateReport:
    """Judge ``candidate`` by every rule of ``suites`` and by the data tests that dbt ran.

    Args:
        candidate: a folder with ``marts/*.parquet`` and ``evidence/*.parquet``.
        settings: where the throwaway database goes and how much of the machine it may take.
        dbt_results: (name, status, failing rows) of every data test. None at all means that the tests did not run.
        suites: the rules by table; a published table without rules is refused.
        reference: the folder of ``gate_limits.csv`` and, if anybody signed one, ``waivers.csv``.
        today: the day on which waivers are judged; by default today in the office's time zone.
        data_docs: a folder for the engineers' Data Docs, or None for none.

    Returns:
        One result per announced check, in a stable order, counts only. Nothing is raised for a fault of the candidate.
    """
    tests = tuple(DbtResult(*result) for result in dbt_results)
    limits, waivers, is_readable = _steering(reference)
    files = {path.stem: path for folder in ("evidence", "marts") for path in (candidate / folder).glob("*.parquet")}
    published = {path.stem for path in (candidate / "marts").glob("*.parquet")}
    results: list[RuleResult] = []
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.run_dir, prefix="gate-") as scratch:
        database = Path(scratch) / "candidate.duckdb"
        rows = _open_views(database, files, settings)
        audited = {table: tuple(rules) for table, rules in suites.items() if table in rows}
        answers = gx_session.validate(database, audited, limits, settings, data_docs)
    for table, rules in suites.items():
        results += [_result(rule, answers.get(rule.id), rows.get(table)) for rule in rules]
    results += [_dbt_result(test) for test in tests]
    reported = len(results)
    announced = sum(len(rules) for rules in suites.values()) + len(tests)
    in_force, waiver_check = self_checks.waivers(waivers, suites, today or datetime.now(OFFICE_TIME).date())
    results = [replace(result, waiver=_waiver_for(result, in_force)) for result in results]
    results += [
        self_checks.steering(is_readable),
        self_checks.every_table_is_gated(published, suites),
        self_checks.every_table_is_present(suites, rows),
        self_checks.every_rule_reported(announced, reported, len({result.rule_id for result in results})),
        self_checks.data_tests_ran(len(tests)),
        waiver_check,
    ]
    return GateReport(
        results=tuple(results),
        expected=announced + self_checks.HOW_MANY,
        suite_sha256=suite_digest(suites, limits, waivers),
        dbt_sha256=_digest([list(test) for test in sorted(tests, key=lambda test: test.name)]),
        rows=rows,
    )


def suite_digest(suites: Mapping[str, Sequence[Rule]], limits: Mapping[str, str], waivers: Sequence[Waiver]) -> str:
    """SHA-256 over every rule, limit and waiver: whatever could change a verdict on the same files."""
    rules = [asdict(rule) for table in sorted(suites) for rule in suites[table]]
    return _digest([rules, dict(limits), [asdict(waiver) for waiver in waivers]])


def _steering(reference: Path) -> tuple[dict[str, str], tuple[Waiver, ...], bool]:
    try:
        return read_limits(reference / "gate_limits.csv"), read_waivers(reference / "waivers.csv"), True
    except CouldNotRun:
        return {}, (), False


def _open_views(database: Path, files: Mapping[str, Path], settings: Settings) -> dict[str, int]:
    """Write a view per readable file and return the row count of each; a damaged file gets no view."""
    rows: dict[str, int] = {}
    with connect(database, settings=settings) as writer:
        for table, path in sorted(files.items()):
            source = str(path).replace("'", "''")
            try:
                writer.execute(f"create view {table} as select * from read_parquet('{source}')")
                counted = writer.execute(f"select count(*) from {table}").fetchone()
            except duckdb.Error:
                continue
            rows[table] = int(counted[0]) if counted else 0
    return rows


def _result(rule: Rule, answer: gx_session.Answer | None, rows: int | None) -> RuleResult:
    unanswered = gx_session.Answer(Outcome.COULD_NOT_RUN, None)
    outcome, rows_failed = answer if answer is not None else unanswered
    return RuleResult(
        rule_id=rule.id,
        table=rule.scope,
        severity=rule.severity,
        outcome=outcome,
        rows_checked=rows,
        rows_failed=rows_failed,
        sentence_zh=rule.sentence_zh,
        sentence_en=rule.sentence_en,
        remedy_zh=rule.remedy_zh,
        remedy_en=rule.remedy_en,
    )


def _dbt_result(test: DbtResult) -> RuleResult:
    outcome = DBT_OUTCOMES.get(test.status, Outcome.COULD_NOT_RUN)
    return RuleResult(
        rule_id=f"dbt.{test.name}",
        table="dbt",
        severity="warning" if test.status == "warn" else "critical",
        outcome=outcome,
        rows_checked=None,
        rows_failed=None if outcome is Outcome.COULD_NOT_RUN else test.failures,
        sentence_zh=f"dbt 数据测试 {test.name} 没有返回任何行",
        sentence_en=f"The dbt data test {test.name} returns no row",
        remedy_zh="请查看该测试的说明;它检查表的结构与我们自己的计算。",
        remedy_en="Read the test's description: it checks the shape of a table, or what we computed.",
    )


def _waiver_for(result: RuleResult, in_force: Mapping[str, Waiver]) -> Waiver | None:
    return in_force.get(result.rule_id) if result.outcome is Outcome.FAIL else None


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
