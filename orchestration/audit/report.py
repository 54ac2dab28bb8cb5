"""The report for auditors: one HTML file that needs nothing beside it, in Chinese and English, for screen and paper.

It shows addresses, counts and reasons. Text of a ledger never enters it: a refused cell is shown by place and shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from orchestration.audit.findings import ReportData
from orchestration.audit.pages import page_environment
from orchestration.audit.verdict import Outcome, RuleResult

ROW_CLASSES = ("accepted", "quarantined", "duplicate", "non_data")
QUARANTINE_SHOWN = (
    "kind",
    "sheet_name",
    "row_no",
    "cell",
    "header",
    "rule_id",
    "shape",
    "reason_zh",
    "reason_en",
    "hint_zh",
    "hint_en",
)
Row = dict[str, Any]


@dataclass(frozen=True)
class QuarantinedFile:
    """What was refused in one file: how many rows and cells, and every entry in the order of the sheet."""

    file_path: str
    rows: int
    cells: int
    entries: tuple[Row, ...]


def render_report(data: ReportData) -> str:
    """The whole report as one HTML text; everything that came from outside is escaped."""
    environment = page_environment()
    environment.filters["figure"] = figure
    template = environment.get_template("report.html.j2")
    return template.render(
        data=data,
        gate=data.gate,
        verdict=data.gate.outcome.value,
        counts=data.gate.counts(),
        groups=_by_table(data.gate.results),
        rows=row_accounting(data.submissions),
        submissions=_rows(data.submissions.sort("form", "period", "unit_code", "file_path", "sheet_no")),
        files_received=data.submissions["file_sha256"].n_unique(),
        due=_total(data.coverage, "due"),
        received=_total(data.coverage, "received"),
        quarantined=quarantine_by_file(data.quarantine),
        failing_rows=_rows(data.failing_rows.sort("rule_id", "file_path", "sheet_name", "row_no", "column_name")),
        reconciliation=reconciliation_by_measure(data.reconciliation),
        differences=_rows(
            data.reconciliation.filter(pl.col("ledger_value").ne_missing(pl.col("mart_value"))).sort(
                "form", "period", "unit_code", "measure"
            )
        ),
        findings=findings_by_check(data.findings),
        missing=_rows(data.missing),
    )


def figure(value: object) -> str:
    """A number with thousands separated; an en dash for nothing."""
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}" if value == value.to_integral_value() else f"{value:,}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def row_accounting(submissions: pl.DataFrame) -> dict[str, int]:
    """Rows seen and rows by class over all sheets; the classes add up to the rows seen or the gate says so."""
    return {name: _total(submissions, name) for name in ("rows_seen", *ROW_CLASSES)}


def quarantine_by_file(quarantine: pl.DataFrame) -> tuple[QuarantinedFile, ...]:
    """Refused entries by file. The text of a cell is dropped here, whatever the column is."""
    # A header is shown where it was recognised as one; anything else on that line could be a person's data.
    safe = quarantine.with_columns(
        pl.when(pl.col("column_name").is_not_null()).then(pl.col("header")).alias("header")
    ).sort("file_path", "sheet_no", "row_no", "cell", "kind", "rule_id", nulls_last=False)
    return tuple(
        QuarantinedFile(
            file_path=str(path),
            rows=entries.filter(pl.col("kind") == "row").height,
            cells=entries.filter(pl.col("kind") == "cell").height,
            entries=tuple(entries.select(QUARANTINE_SHOWN).iter_rows(named=True)),
        )
        for (path,), entries in safe.group_by(["file_path"], maintain_order=True)
    )


def reconciliation_by_measure(reconciliation: pl.DataFrame) -> list[Row]:
    """Per form and measure: cells compared, cells that differ, and both totals."""
    differs = pl.col("ledger_value").ne_missing(pl.col("mart_value"))
    return _rows(
        reconciliation.group_by("form", "measure")
        .agg(
            pl.len().alias("compared"),
            differs.sum().alias("different"),
            pl.col("ledger_value").sum().alias("ledger"),
            pl.col("mart_value").sum().alias("mart"),
        )
        .sort("form", "measure")
    )


def findings_by_check(findings: pl.DataFrame) -> list[Row]:
    """Per check: severity, how many units and periods it ran for, what was tested and found, and the money."""
    ran = pl.col("status") == "ran"
    return _rows(
        findings.group_by("check_id", "severity")
        .agg(
            ran.sum().alias("ran"),
            (~ran).sum().alias("not_ran"),
            # Zero found and never looked are two answers.
            *(pl.when(ran.any()).then(pl.col(name).sum()).alias(name) for name in ("tested", "failed", "yuan")),
        )
        .sort("check_id")
    )


def _by_table(results: Iterable[RuleResult]) -> Mapping[str, list[RuleResult]]:
    groups: dict[str, list[RuleResult]] = {}
    for result in results:
        groups.setdefault(result.table, []).append(result)
    return dict(sorted(groups.items(), key=lambda group: (_best(group[1]), group[0])))


def _best(results: list[RuleResult]) -> bool:
    """Whether a whole group passed: groups with something to read come first."""
    return all(result.outcome is Outcome.PASS for result in results)


def _rows(frame: pl.DataFrame) -> list[Row]:
    return list(frame.iter_rows(named=True))


def _total(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum() or 0) if column in frame.columns and frame.height else 0
