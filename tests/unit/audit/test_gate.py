"""The outcome table of docs/quality-gates.md, case by case, on the smallest whole candidate."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from expectations import SUITES
from expectations.rules import Expectation, Rule, no_row, no_row_where
from orchestration.audit.gate import run_gate
from orchestration.audit.gx_session import has_raised
from orchestration.audit.receipt import (
    ReceiptMismatch,
    ReceiptMissing,
    ReceiptNotPassed,
    read_receipt,
    verify_receipt,
    write_receipt,
)
from orchestration.audit.verdict import GateReport, Outcome, RuleResult
from orchestration.errors import CouldNotRun
from orchestration.settings import SEEDS_DIR, Settings
from tests.unit.audit.candidates import good_tables, write_candidate

TABLE = "dim_service"
PASSED = [("keys_are_unique", "pass", 0)]
HOLDS = Rule(f"{TABLE}.holds", TABLE, "critical", "成立", "It holds", "改", "Mend", no_row_where("service is null"))
BREAKS = replace(HOLDS, id=f"{TABLE}.breaks", expectation=no_row_where("service is not null"))
WARNS = replace(BREAKS, id=f"{TABLE}.warns", severity="warning")
RAISES = replace(HOLDS, id=f"{TABLE}.raises", expectation=no_row("select absent from {batch}"))
TODAY = date(2014, 6, 1)


def judge(
    tmp_path: Path,
    *rules: Rule,
    dbt: list[tuple[str, str, int | None]] | None = None,
    waivers: str = "",
    extra: dict[str, pl.DataFrame] | None = None,
) -> tuple[Path, GateReport]:
    """Judge a candidate of one table by ``rules``."""
    tables = {TABLE: good_tables()[TABLE], **(extra or {})}
    candidate = write_candidate(tmp_path / "home" / "candidates" / "20140601T000000Z-aaaaaaaa", tables)
    reference = tmp_path / "reference"
    reference.mkdir()
    (reference / "gate_limits.csv").write_text((SEEDS_DIR / "gate_limits.csv").read_text("utf-8"), "utf-8")
    if waivers:
        (reference / "waivers.csv").write_text(f"rule_id,owner,reason,expires_on\n{waivers}\n", "utf-8")
    report = run_gate(
        candidate,
        Settings(home=tmp_path / "home"),
        dbt_results=PASSED if dbt is None else dbt,
        suites={TABLE: rules},
        reference=reference,
        today=TODAY,
    )
    return candidate, report


def receipt_for(candidate: Path, report: GateReport) -> Path:
    """Write the receipt of ``candidate``."""
    return write_receipt(candidate, report, submissions_sha256="s", as_of=TODAY, fingerprint="f", content_id="c")


def named(report: GateReport, rule_id: str) -> RuleResult:
    """The one result of a rule."""
    (found,) = [result for result in report.results if result.rule_id == rule_id]
    return found


def test_the_good_candidate_passes_every_published_rule(tmp_path: Path) -> None:
    candidate = write_candidate(tmp_path / "home" / "candidates" / "good", good_tables())
    report = run_gate(candidate, Settings(home=tmp_path / "home"), dbt_results=PASSED)
    assert report.failures == ()
    assert report.outcome is Outcome.PASS
    assert report.expected == len(report.results)
    assert receipt_for(candidate, report).is_file()
    assert verify_receipt(candidate).checks_expected == report.expected


def test_all_rules_pass(tmp_path: Path) -> None:
    candidate, report = judge(tmp_path, HOLDS)
    receipt_for(candidate, report)
    assert report.outcome is Outcome.PASS
    assert verify_receipt(candidate, {"fingerprint": "f"}).verdict == "PASS"


def test_only_warnings_fail(tmp_path: Path) -> None:
    candidate, report = judge(tmp_path, HOLDS, WARNS)
    receipt_for(candidate, report)
    assert report.outcome is Outcome.PASS
    assert [result.rule_id for result in report.failures] == [WARNS.id]
    assert verify_receipt(candidate).checks[WARNS.id] == "FAIL"


def test_a_critical_rule_fails(tmp_path: Path) -> None:
    candidate, report = judge(tmp_path, HOLDS, BREAKS)
    receipt_for(candidate, report)
    assert report.outcome is Outcome.FAIL
    assert (named(report, BREAKS.id).rows_checked, named(report, BREAKS.id).rows_failed) == (1, 1)
    assert read_receipt(candidate).verdict == "FAIL"
    with pytest.raises(ReceiptNotPassed):
        verify_receipt(candidate)


UNBUILT = replace(HOLDS, id=f"{TABLE}.unbuilt", expectation=Expectation("ExpectNothingOfTheKind"))
UNBOUND = replace(HOLDS, id=f"{TABLE}.unbound", expectation=no_row_where("1 > $no_such_limit"))
ABSENT = replace(
    HOLDS, id=f"{TABLE}.absent", expectation=Expectation("ExpectColumnValuesToNotBeNull", {"column": "absent"})
)


@pytest.mark.parametrize("rule", [RAISES, UNBUILT, UNBOUND, ABSENT], ids=lambda rule: rule.id)
def test_a_rule_that_raises_could_not_run_and_leaves_no_receipt(rule: Rule, tmp_path: Path) -> None:
    candidate, report = judge(tmp_path, HOLDS, rule)
    assert named(report, rule.id).outcome is Outcome.COULD_NOT_RUN
    assert named(report, HOLDS.id).outcome is Outcome.PASS
    assert report.outcome is Outcome.COULD_NOT_RUN
    (candidate / "receipt.json").write_text("{}", "utf-8")
    with pytest.raises(CouldNotRun):
        receipt_for(candidate, report)
    with pytest.raises(ReceiptMissing):
        verify_receipt(candidate)


def test_a_warning_that_raises_refuses_too(tmp_path: Path) -> None:
    _, report = judge(tmp_path, HOLDS, replace(RAISES, severity="warning"))
    assert report.outcome is Outcome.COULD_NOT_RUN


def test_an_empty_suite_could_not_run(tmp_path: Path) -> None:
    _, report = judge(tmp_path)
    assert named(report, "gate.every_published_table_has_rules").outcome is Outcome.COULD_NOT_RUN
    assert report.outcome is Outcome.COULD_NOT_RUN


def test_a_published_table_without_rules_could_not_run(tmp_path: Path) -> None:
    _, report = judge(tmp_path, HOLDS, extra={"mart_new": pl.DataFrame({"a": [1]})})
    assert named(report, "gate.every_published_table_has_rules").rows_failed == 1
    assert report.outcome is Outcome.COULD_NOT_RUN


def test_every_published_table_of_the_good_candidate_has_rules() -> None:
    assert set(good_tables()) == set(SUITES)


def test_a_missing_or_damaged_file_could_not_run(tmp_path: Path) -> None:
    candidate, _ = judge(tmp_path, HOLDS)
    file = candidate / "marts" / f"{TABLE}.parquet"
    for spoil in (lambda: file.write_bytes(b"PAR1 no more"), file.unlink):
        spoil()
        report = run_gate(candidate, Settings(home=tmp_path / "home"), dbt_results=PASSED, suites={TABLE: (HOLDS,)})
        assert named(report, HOLDS.id).outcome is Outcome.COULD_NOT_RUN
        assert named(report, "gate.every_audited_table_is_present").outcome is Outcome.COULD_NOT_RUN


def test_two_rules_of_one_name_could_not_run(tmp_path: Path) -> None:
    _, report = judge(tmp_path, HOLDS, HOLDS)
    assert named(report, "gate.every_rule_reported").outcome is Outcome.COULD_NOT_RUN


@pytest.mark.parametrize(
    ("status", "outcome", "blocks"),
    [
        ("pass", Outcome.PASS, False),
        ("warn", Outcome.FAIL, False),
        ("fail", Outcome.FAIL, True),
        ("error", Outcome.COULD_NOT_RUN, True),
        ("skipped", Outcome.COULD_NOT_RUN, True),
        ("a word of tomorrow", Outcome.COULD_NOT_RUN, True),
    ],
)
def test_a_dbt_test_joins_the_report(status: str, outcome: Outcome, blocks: bool, tmp_path: Path) -> None:
    _, report = judge(tmp_path, HOLDS, dbt=[("sums_to", status, 3)])
    assert named(report, "dbt.sums_to").outcome is outcome
    assert named(report, "dbt.sums_to").blocks is blocks


def test_no_dbt_test_at_all_could_not_run(tmp_path: Path) -> None:
    _, report = judge(tmp_path, HOLDS, dbt=[])
    assert report.outcome is Outcome.COULD_NOT_RUN


def test_a_waiver_in_force_lets_a_critical_failure_through_and_is_listed(tmp_path: Path) -> None:
    _, report = judge(tmp_path, BREAKS, waivers=f"{BREAKS.id},审计科,已核实,2014-06-01")
    assert report.outcome is Outcome.PASS
    waiver = named(report, BREAKS.id).waiver
    assert waiver is not None
    assert waiver.owner == "审计科"


@pytest.mark.parametrize(
    ("waiver", "rule"),
    [
        (f"{BREAKS.id},审计科,已核实,2014-05-31", BREAKS),
        (f"{BREAKS.id},审计科,已核实,2014-12-31", replace(BREAKS, waivable=False)),
        (f"{TABLE}.no_such_rule,审计科,已核实,2014-12-31", HOLDS),
    ],
    ids=["expired", "of a rule nobody may waive", "of no rule"],
)
def test_a_waiver_that_is_void_fails(waiver: str, rule: Rule, tmp_path: Path) -> None:
    _, report = judge(tmp_path, rule, waivers=waiver)
    assert named(report, "gate.every_waiver_is_in_force").outcome is Outcome.FAIL
    assert report.outcome is Outcome.FAIL


@pytest.mark.parametrize("waiver", [f"{BREAKS.id},,已核实,2014-12-31", f"{BREAKS.id},审计科,已核实,next year"])
def test_a_waiver_that_cannot_be_read_could_not_run(waiver: str, tmp_path: Path) -> None:
    _, report = judge(tmp_path, BREAKS, waivers=waiver)
    assert named(report, "gate.limits_and_waivers_are_readable").outcome is Outcome.COULD_NOT_RUN
    assert named(report, BREAKS.id).waiver is None


def test_a_receipt_is_for_these_bytes_and_no_others(tmp_path: Path) -> None:
    candidate, report = judge(tmp_path, HOLDS)
    with pytest.raises(ReceiptMissing):
        verify_receipt(candidate)
    (candidate / "report.html").write_text("written before", "utf-8")
    receipt_for(candidate, report)
    assert verify_receipt(candidate).fingerprint == "f"
    (candidate / "report.html").write_text("written after", "utf-8")
    with pytest.raises(ReceiptMismatch):
        verify_receipt(candidate)
    (candidate / "report.html").write_text("written before", "utf-8")
    with pytest.raises(ReceiptMismatch):
        verify_receipt(candidate, {"fingerprint": "another run"})
    stowaway = candidate / "marts" / "stowaway.parquet"
    stowaway.write_bytes(b"")
    with pytest.raises(ReceiptMismatch):
        verify_receipt(candidate)
    stowaway.unlink()
    good_tables()[TABLE].with_columns(name_zh=pl.lit("另")).write_parquet(candidate / "marts" / f"{TABLE}.parquet")
    with pytest.raises(ReceiptMismatch):
        verify_receipt(candidate)


def test_a_receipt_of_another_candidate_or_with_fewer_checks_is_refused(tmp_path: Path) -> None:
    candidate, report = judge(tmp_path, HOLDS)
    file = receipt_for(candidate, report)
    content = json.loads(file.read_text("utf-8"))
    content["checks"].popitem()
    file.write_text(json.dumps(content), "utf-8")
    with pytest.raises(ReceiptMismatch):
        verify_receipt(candidate)
    receipt_for(candidate, report)
    moved = candidate.rename(candidate.with_name("20140602T000000Z-bbbbbbbb"))
    with pytest.raises(ReceiptMismatch):
        verify_receipt(moved)


def test_no_value_reaches_results_receipt_docs_or_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    canary = "赵钱孙李canary"
    caplog.set_level(logging.DEBUG)
    tables = {TABLE: good_tables()[TABLE].with_columns(service=pl.lit(canary))}
    candidate = write_candidate(tmp_path / "home" / "candidates" / "leaky", tables)
    rules = (
        BREAKS,
        replace(
            HOLDS,
            id=f"{TABLE}.in_set",
            expectation=Expectation("ExpectColumnValuesToBeInSet", {"column": "service", "value_set": ["a"]}),
        ),
        replace(HOLDS, id=f"{TABLE}.cast", expectation=no_row("select cast(service as integer) from {batch}")),
    )
    docs = tmp_path / "gx"
    report = run_gate(
        candidate, Settings(home=tmp_path / "home"), dbt_results=PASSED, suites={TABLE: rules}, data_docs=docs
    )
    assert named(report, f"{TABLE}.in_set").rows_failed == 1
    assert named(report, f"{TABLE}.cast").outcome is Outcome.COULD_NOT_RUN
    pages = "".join(page.read_text("utf-8") for page in docs.iterdir())
    assert (docs / f"{TABLE}.html").is_file()
    assert "http" not in pages.replace("http-equiv", "")
    for words in (repr(report), pages, caplog.text):
        assert "canary" not in words


@pytest.mark.parametrize(
    ("exception_info", "raised"),
    [
        (None, False),
        ({}, False),
        ({"raised_exception": False, "exception_message": None}, False),
        ({"raised_exception": True}, True),
        ({"some metric": {"raised_exception": True}}, True),
        ({"some metric": {"raised_exception": False}}, False),
        ({"some metric": "text"}, True),
        ("text", True),
    ],
)
def test_an_exception_is_seen_in_every_shape(exception_info: object, raised: bool) -> None:
    assert has_raised(exception_info) is raised
