"""Judge the newest candidate, and open the door for it: what the audit and publish stages of a run do.

The gate, the receipt, the report and the chain each know their own subject; here they meet once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from orchestration.audit import chain
from orchestration.audit.findings import gather
from orchestration.audit.gate import run_gate
from orchestration.audit.receipt import write_receipt
from orchestration.audit.report import render_report
from orchestration.audit.summary.page import Facts, render_summary
from orchestration.audit.verdict import GateReport, Outcome
from orchestration.errors import CouldNotRun, Refused, TaizhangError
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.publish.candidate import content_of, newest_candidate
from orchestration.publish.release import VERSIONS_OF, Release, current_release, publish
from orchestration.settings import SEEDS_DIR, Settings
from orchestration.standing import fingerprint, inputs_of, standing
from orchestration.transform.dbt import read_built

REPORT = "report.html"
SUMMARY = "summary.html"


@dataclass(frozen=True)
class Judgement:
    """The gate's answer on one candidate, and where the report of it lies."""

    candidate: Path
    report: GateReport
    report_file: Path

    def refusal(self) -> TaizhangError | None:
        """The error that a run ends with, or None for PASS."""
        if self.report.outcome is Outcome.PASS:
            return None
        first = self.report.failures[0] if self.report.failures else None
        rule = first.rule_id if first else "gate"
        if self.report.outcome is Outcome.FAIL:
            return Refused(
                f"Refused: {self.report.counts()['blocking']} release rules fail, {rule} first.",
                f"拒绝发布:{self.report.counts()['blocking']} 条发布规则未通过,首条为 {rule}。",
                address=str(self.report_file),
                remedy_en="Mend what the report names; the release that stood before still stands.",
                remedy_zh="请按报告整改;原有发布版本仍然有效。",
            )
        return CouldNotRun(
            f"The gate could not judge: {rule} could not run.",
            f"闸门无法判断:{rule} 未能运行。",
            address=str(self.report_file),
            remedy_en="Read the report; nothing was published.",
            remedy_zh="请查看报告;本次未发布任何内容。",
        )


def judge_newest(settings: Settings) -> Judgement:
    """Run the gate over the newest candidate; write its report and summary, its receipt and its line in the chain.

    Raises:
        CouldNotRun: there is no candidate, or it was not made from what is known now.
    """
    candidate = _newest(settings)
    built = read_built(candidate)
    if built.fingerprint != fingerprint(settings):
        raise CouldNotRun(
            "The newest candidate was made from other inputs, rules or code than those of now.",
            "最新候选版本所依据的输入、规则或代码与当前不一致。",
            address=candidate.name,
            remedy_en="Build it again: taizhang run",
            remedy_zh="请重新运行:taizhang run",
        )
    report = run_gate(candidate, settings, dbt_results=built.tests, data_docs=candidate / "gx")
    inputs = inputs_of(settings)
    known = date.fromisoformat(built.as_of)
    data = gather(
        candidate,
        report,
        submissions=read_submissions(settings),
        quarantine=read_quarantine(settings),
        as_of=known,
        synthetic=inputs["synthetic"],
        registry=SEEDS_DIR / "check_registry.csv",
        hashes={"suites": report.suite_sha256, "data tests": report.dbt_sha256},
        versions={name: version(name) for name in VERSIONS_OF},
    )
    report_file = candidate / REPORT
    report_file.write_text(render_report(data), encoding="utf-8")
    facts = Facts(candidate.name, known, inputs["synthetic"], report.outcome.value)
    (candidate / SUMMARY).write_text(render_summary(candidate, facts), encoding="utf-8")
    if report.outcome is not Outcome.COULD_NOT_RUN:
        write_receipt(
            candidate,
            report,
            submissions_sha256=hashlib.sha256("\n".join(inputs["submission_ids"]).encode()).hexdigest(),
            as_of=known,
            fingerprint=built.fingerprint,
            content_id=content_of(candidate),
        )
    event = "refuse" if report.outcome is Outcome.FAIL else "gate"
    payload = {"candidate_id": candidate.name, "fingerprint": built.fingerprint, "outcome": report.outcome.value}
    chain.append(settings.chain_file, event, {**payload, **report.counts()})
    return Judgement(candidate=candidate, report=report, report_file=report_file)


def publish_newest(settings: Settings) -> Release:
    """Publish the newest candidate, if its receipt passes for its bytes and for the inputs, rules and code of now.

    Inputs that were published before are not published again: what stands, stands, also after a rollback.

    Raises:
        Refused: no receipt, another receipt, or a verdict that is not PASS.
    """
    mark = fingerprint(settings)
    stands, current = standing(settings), current_release(settings)
    if stands.outcome == "published" and stands.fingerprint == mark and current is not None:
        return current
    return publish(_newest(settings), settings, fingerprint=mark, inputs=inputs_of(settings))


def _newest(settings: Settings) -> Path:
    candidate = newest_candidate(settings)
    if candidate is None:
        raise CouldNotRun(
            "There is no candidate to judge or publish.",
            "没有可审核或发布的候选版本。",
            address=str(settings.candidates),
            remedy_en="Run the stages before: taizhang run",
            remedy_zh="请先运行:taizhang run",
        )
    return candidate
