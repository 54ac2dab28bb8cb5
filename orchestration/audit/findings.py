"""Read what a candidate says about itself, for the report: evidence, findings, missing reports.

Frames in, frames out; a file that is not there gives an empty frame of the right columns, because the report is also
written for a run that was refused half way.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from orchestration.audit.receipt import hash_files
from orchestration.audit.verdict import GateReport

WORDS, COUNT, MONEY = pl.String(), pl.Int64(), pl.Decimal(18, 2)
FAILING_ROWS = {
    **dict.fromkeys(("rule_id", "unit_code", "form", "period", "row_id", "column_name"), WORDS),
    **dict.fromkeys(("file_path", "sheet_name", "what_zh", "what_en"), WORDS),
    "row_no": COUNT,
}
RECONCILIATION = {
    **dict.fromkeys(("form", "period", "unit_code", "measure"), WORDS),
    **dict.fromkeys(("ledger_value", "mart_value"), MONEY),
}
FINDINGS = {
    **dict.fromkeys(("check_id", "unit_code", "period", "severity", "status"), WORDS),
    **dict.fromkeys(("tested", "failed"), COUNT),
    "yuan": MONEY,
}
QUALITY = {
    **dict.fromkeys(("division_code", "division_level", "form"), WORDS),
    "period_start": pl.Date(),
    **dict.fromkeys(("due", "received", "on_time"), COUNT),
}
DIVISIONS = dict.fromkeys(("division_code", "name_zh", "name_en"), WORDS)
MISSING = {"form": WORDS, "period_start": pl.Date(), **DIVISIONS, "missing": COUNT}


@dataclass(frozen=True)
class Check:
    """A check of the registry, in words."""

    check_id: str
    sentence_zh: str
    sentence_en: str
    legal_basis: str


@dataclass(frozen=True)
class ReportData:
    """Everything the report shows. ``files`` and ``hashes`` are SHA-256 in hex by name."""

    release_id: str
    as_of: date
    synthetic: bool
    gate: GateReport
    submissions: pl.DataFrame
    quarantine: pl.DataFrame
    failing_rows: pl.DataFrame
    reconciliation: pl.DataFrame
    findings: pl.DataFrame
    missing: pl.DataFrame
    coverage: pl.DataFrame
    checks: Mapping[str, Check] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


def gather(
    candidate: Path,
    gate: GateReport,
    *,
    submissions: pl.DataFrame,
    quarantine: pl.DataFrame,
    as_of: date,
    synthetic: bool,
    registry: Path,
    hashes: Mapping[str, str] | None = None,
    versions: Mapping[str, str] | None = None,
) -> ReportData:
    """Bring together what the report of ``candidate`` shows.

    Args:
        candidate: its folder, with as many of the files as there are.
        gate: what the gate said of it.
        submissions: the register as the lake holds it.
        quarantine: the refused cells, rows, sheets and files as the lake holds them.
        as_of: the day of knowledge; what was received later is left out.
        synthetic: whether the ledgers are invented.
        registry: ``check_registry.csv``, the checks in words.
        hashes: further hashes to print, by name.
        versions: versions of the software, by name.
    """
    evidence, marts = candidate / "evidence", candidate / "marts"
    quality = _read(marts / "mart_ledger_quality.parquet", QUALITY)
    divisions = _read(marts / "dim_division.parquet", DIVISIONS)
    return ReportData(
        release_id=candidate.name,
        as_of=as_of,
        synthetic=synthetic,
        gate=gate,
        submissions=submissions.filter(pl.col("received_on").is_null() | (pl.col("received_on") <= as_of)),
        quarantine=quarantine,
        failing_rows=_read(evidence / "audit_failing_rows.parquet", FAILING_ROWS),
        reconciliation=_read(evidence / "audit_reconciliation.parquet", RECONCILIATION),
        findings=_read(marts / "mart_findings.parquet", FINDINGS),
        missing=missing_reports(quality, divisions),
        coverage=quality.filter(pl.col("division_level") == "county"),
        checks=_checks(registry),
        files=hash_files(candidate),
        hashes=hashes or {},
        versions=versions or {},
    )


def missing_reports(quality: pl.DataFrame, divisions: pl.DataFrame) -> pl.DataFrame:
    """Due reports that did not come: form, period_start, division_code, name_zh, name_en, missing.

    A township's row counts its villages too, so what they already explain is taken off: a report is named once, at the
    division that owes it.
    """
    if quality.is_empty():
        return pl.DataFrame(schema=MISSING)
    gap = quality.with_columns((pl.col("due") - pl.col("received")).alias("gap"))
    parts = []
    for level, digits, below in (("village", 12, None), ("township", 9, "village"), ("county", 6, "township")):
        own = gap.filter(pl.col("division_level") == level)
        if below is not None:
            explained = (
                gap.filter(pl.col("division_level") == below)
                .with_columns(pl.col("division_code").str.slice(0, digits).str.pad_end(12, "0"))
                .group_by("division_code", "form", "period_start")
                .agg(pl.col("gap").sum().alias("explained"))
            )
            own = own.join(explained, on=["division_code", "form", "period_start"], how="left").with_columns(
                pl.col("gap") - pl.col("explained").fill_null(0)
            )
        parts.append(own.select("form", "period_start", "division_code", pl.col("gap").alias("missing")))
    names = divisions.unique("division_code", keep="last", maintain_order=True)
    return (
        pl.concat(parts)
        .filter(pl.col("missing") > 0)
        .join(names, on="division_code", how="left")
        .sort("form", "period_start", "division_code")
    )


def _read(path: Path, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The columns of ``schema`` from a Parquet file, those it lacks as NULL; no row if the file cannot be read."""
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError):
        return pl.DataFrame(schema=schema)
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in schema.items()
    )


def _checks(registry: Path) -> dict[str, Check]:
    if not registry.is_file():
        return {}
    with registry.open(encoding="utf-8-sig", newline="") as handle:
        return {
            row["check_id"]: Check(row["check_id"], row["sentence_zh"], row["sentence_en"], row["legal_basis"])
            for row in csv.DictReader(handle)
        }
