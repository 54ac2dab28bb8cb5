"""The receipt of a judged candidate: a verdict bound to exactly these bytes.

Dagster's blocking checks make a refusal visible; the receipt makes it true. Publishing re-hashes the candidate and goes
on only with a passing receipt for what lies there now. A candidate that could not be judged gets no receipt at all.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from orchestration.audit.verdict import GateReport, Outcome
from orchestration.errors import CouldNotRun, Refused

RECEIPT = "receipt.json"
FORMAT = 1
# The receipt itself, and the engineers' view of the same results.
UNBOUND = (RECEIPT, "gx")


class ReceiptMissing(Refused):
    """There is no receipt, or none that can be read."""


class ReceiptMismatch(Refused):
    """The receipt is for other bytes than those that lie there."""


class ReceiptNotPassed(Refused):
    """The receipt is for these bytes, and its verdict is not PASS."""


@dataclass(frozen=True)
class Receipt:
    """What the gate saw and said. Every hash is SHA-256 in hex; ``files`` is by path relative to the candidate."""

    candidate_id: str
    verdict: str
    files: dict[str, str]
    content_id: str
    rows: dict[str, int]
    submissions_sha256: str
    suite_sha256: str
    dbt_sha256: str
    checks_expected: int
    checks: dict[str, str]
    as_of: str
    fingerprint: str
    format: int = FORMAT


def write_receipt(
    candidate: Path,
    report: GateReport,
    *,
    submissions_sha256: str,
    as_of: date,
    fingerprint: str,
    content_id: str,
) -> Path:
    """Write ``candidate/receipt.json`` for the verdict PASS or FAIL and return its path.

    Args:
        candidate: the folder that was judged.
        report: what the gate said of it.
        as_of: the day of knowledge.
        submissions_sha256: hash of the set of submissions that the marts were made from.
        fingerprint: hash of everything that a re-run with nothing new would have in common.
        content_id: hash over the marts, as the candidate's name abridges it.

    Raises:
        CouldNotRun: the gate could not judge the candidate. No receipt is left behind, an older one included.
    """
    target = candidate / RECEIPT
    target.unlink(missing_ok=True)
    if report.outcome is Outcome.COULD_NOT_RUN:
        raise CouldNotRun(
            "The candidate could not be judged, so it has no receipt.",
            "候选版本未能完成审核,不出具回执。",
            address=candidate.name,
            remedy_en="Its report names the checks that could not run.",
            remedy_zh="请查看报告中未能运行的检查。",
        )
    receipt = Receipt(
        candidate_id=candidate.name,
        verdict=report.outcome.value,
        files=hash_files(candidate),
        content_id=content_id,
        rows=report.rows,
        submissions_sha256=submissions_sha256,
        suite_sha256=report.suite_sha256,
        dbt_sha256=report.dbt_sha256,
        checks_expected=report.expected,
        checks={result.rule_id: result.outcome.value for result in report.results},
        as_of=as_of.isoformat(),
        fingerprint=fingerprint,
    )
    draft = target.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as handle:
        json.dump(asdict(receipt), handle, ensure_ascii=False, indent=1, sort_keys=True)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(target)
    return target


def read_receipt(candidate: Path) -> Receipt:
    """The receipt as it stands, whatever its verdict and whatever happened to the files since.

    Raises:
        ReceiptMissing: there is none, or it cannot be read.
    """
    try:
        content = json.loads((candidate / RECEIPT).read_text(encoding="utf-8"))
        receipt = Receipt(**content)
    except (OSError, ValueError, TypeError):
        raise _refusal(ReceiptMissing, candidate, "has no readable receipt", "没有可读的审核回执") from None
    if receipt.format != FORMAT:
        raise _refusal(ReceiptMissing, candidate, "has a receipt of another format", "的回执格式不符")
    return receipt


def verify_receipt(candidate: Path, expected: Mapping[str, str] | None = None) -> Receipt:
    """Return the receipt if it passes for exactly the files that lie in ``candidate`` now.

    Args:
        candidate: the folder that would be published.
        expected: fields of the receipt that must hold these values, such as ``fingerprint`` or ``suite_sha256``.

    Raises:
        ReceiptMissing: there is none, or it cannot be read.
        ReceiptMismatch: a file changed, came or went; or the receipt is of another candidate, run or count of checks.
        ReceiptNotPassed: the verdict is not PASS.
    """
    receipt = read_receipt(candidate)
    if receipt.candidate_id != candidate.name or receipt.files != hash_files(candidate):
        raise _refusal(ReceiptMismatch, candidate, "is not what its receipt was given for", "与其回执不符")
    if not receipt.checks or receipt.checks_expected != len(receipt.checks):
        raise _refusal(ReceiptMismatch, candidate, "has a receipt that lacks checks", "的回执缺少检查项")
    for name, value in (expected or {}).items():
        if getattr(receipt, name) != value:
            raise _refusal(ReceiptMismatch, candidate, f"has a receipt of another {name}", f"的回执 {name} 不符")
    if receipt.verdict != Outcome.PASS.value:
        raise _refusal(ReceiptNotPassed, candidate, "did not pass", "未通过审核")
    return receipt


def hash_files(candidate: Path) -> dict[str, str]:
    """SHA-256 of every file that a receipt binds, by path relative to ``candidate``."""
    paths = (path.relative_to(candidate) for path in candidate.rglob("*") if path.is_file())
    return {path.as_posix(): file_sha256(candidate / path) for path in sorted(paths) if path.parts[0] not in UNBOUND}


def file_sha256(path: Path) -> str:
    """SHA-256 of one file, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _refusal(kind: type[Refused], candidate: Path, en: str, zh: str) -> Refused:
    return kind(
        f"The candidate {en}.",
        f"候选版本{zh}。",
        address=candidate.name,
        remedy_en="Run the audit again; nothing was published.",
        remedy_zh="请重新审核;本次未发布任何内容。",
    )
