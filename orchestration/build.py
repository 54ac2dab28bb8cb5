"""One run from landing to release, or the finding that there is nothing to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import polars as pl

from orchestration.ingest.ingestion import ingest_landing, pending
from orchestration.ingest.register import read_submissions
from orchestration.publish.release import Release, current_release
from orchestration.settings import PROJECT_ROOT, Settings, export_settings, use_dagster_home
from orchestration.standing import fingerprint, standing

Say = Callable[[str, str], None]


@dataclass(frozen=True)
class Outcome:
    """How a run ended, in a sentence of each language, with the figures that tell most."""

    exit_code: int
    sentence_en: str
    sentence_zh: str
    release_id: str | None = None
    report: str | None = None
    figures: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The outcome for ``--json``."""
        return asdict(self)


def run(
    settings: Settings,
    *,
    mode: Literal["new", "full", "replay"],
    say: Say,
    part: dict[str, str] | None = None,
    lang: str = "en",
) -> Outcome:
    """Build a release if anything changed since the newest inputs were judged.

    The caller holds the lock. Dagster, dbt and Great Expectations are loaded only when there is work for them.
    """
    arrived = pending(settings)
    if mode == "new" and not arrived:
        nothing = _nothing_new(settings)
        if nothing is not None:
            return nothing
    if mode == "new":
        say(f"{len(arrived)} files to read.", f"待读取文件 {len(arrived)} 个。")
    if not _has_ledgers(settings):
        # Before the first ledger there is nothing to judge, and a refused file alone is no failure of the run.
        ingest_landing(settings)
        if not _has_ledgers(settings):
            return Outcome(
                exit_code=0,
                sentence_en="No ledger was accepted yet, so there is nothing to publish. See: taizhang quarantine",
                sentence_zh="尚无可接受的台账,无可发布内容。请查看:taizhang quarantine",
            )
    from orchestration.definitions import definitions
    from orchestration.defs.execute import execute

    ended = execute(definitions, settings, {"mode": mode, **(part or {})}, lang)
    if ended.exit_code:
        return Outcome(
            exit_code=ended.exit_code,
            sentence_en=ended.sentence_en,
            sentence_zh=ended.sentence_zh,
            report=_refused_report(settings) if ended.exit_code == 2 else None,
        )
    return _published(settings, "Published", "已发布")


def _has_ledgers(settings: Settings) -> bool:
    return bool(read_submissions(settings)["status"].is_in(["accepted", "partial"]).any())


def _nothing_new(settings: Settings) -> Outcome | None:
    if not _has_ledgers(settings):
        return Outcome(
            exit_code=0,
            sentence_en="Nothing was received yet: there is no ledger to publish.",
            sentence_zh="尚未收到任何可发布的台账。",
        )
    stands = standing(settings)
    if stands.fingerprint != fingerprint(settings):
        return None
    if stands.outcome == "refused":
        return Outcome(
            exit_code=2,
            sentence_en="Refused, as before: inputs, rules and code are those that were refused.",
            sentence_zh="仍被拒绝:输入、规则和代码与上次被拒绝时相同。",
            report=_refused_report(settings),
        )
    return _published(settings, "Nothing new", "无新内容")


def _refused_report(settings: Settings) -> str | None:
    stands = standing(settings)
    report = settings.candidates / (stands.subject or "") / "report.html"
    return str(report) if stands.outcome == "refused" and report.is_file() else None


def _published(settings: Settings, english: str, chinese: str) -> Outcome:
    release = current_release(settings)
    if release is None:
        return Outcome(exit_code=0, sentence_en=f"{english}.", sentence_zh=f"{chinese}。")
    office = release.folder / "office"
    return Outcome(
        exit_code=0,
        sentence_en=f"{english}: release {release.release_id} stands.",
        sentence_zh=f"{chinese}:当前版本 {release.release_id}。",
        release_id=release.release_id,
        report=str(office / "validation" / "report.html"),
        figures=telling_figures(release),
    )


def telling_figures(release: Release) -> list[dict[str, Any]]:
    """A few county figures of a release, for the eye: the last month's stock and flows, money, quality."""
    marts = release.folder / "office" / "marts"
    balance = pl.read_parquet(marts / "mart_population_balance.parquet").filter(
        (pl.col("division_level") == "county") & (pl.col("basis") == "reported")
    )
    quality = pl.read_parquet(marts / "mart_ledger_quality.parquet").filter(pl.col("division_level") == "county")
    fees = pl.read_parquet(marts / "mart_fee_collection.parquet").filter(
        (pl.col("division_level") == "county") & (pl.col("period_type") == "month")
    )
    rows: list[dict[str, Any]] = []
    for division in balance["division_code"].unique().sort():
        months = balance.filter(pl.col("division_code") == division).sort("period_start")
        last = months.row(-1, named=True)
        owed = quality.filter(pl.col("division_code") == division)
        money = fees.filter(pl.col("division_code") == division)
        rows.append(
            {
                "division_code": division,
                "month": f"{last['period_start']:%Y-%m}",
                "population 期末人口": last["closing"],
                "births 出生": months["births"].sum(),
                "deaths 死亡": months["deaths"].sum(),
                "moved in 迁入": months["moved_in"].sum(),
                "moved out 迁出": months["moved_out"].sum(),
                "reports received/due 报表": f"{owed['received'].sum()}/{owed['due'].sum()}",
                "rows quarantined 隔离行": owed["quarantined"].sum(),
                "fee assessed, yuan 应征": money["assessed_yuan"].sum() if money.height else None,
                "fee collected, yuan 实征": money["collected_yuan"].sum() if money.height else None,
            }
        )
    return rows


def submissions_with_current(settings: Settings) -> pl.DataFrame:
    """The register with ``is_current``, as known at the setting's day.

    Current is, per unit, form and period, the greatest (received_on, stated_version, stated_date, file_sha256) among
    what was accepted. Every path the same bytes came by counts: the first day, the highest version and date stated.
    """
    register = read_submissions(settings)
    order = ["received_on", "stated_version", "stated_date", "file_sha256"]
    known = register if settings.as_of is None else register.filter(pl.col("received_on") <= settings.as_of)
    receipts = known.group_by("submission_id").agg(
        pl.col("received_on").min(), pl.col("stated_version").max().fill_null(0), pl.col("stated_date").max()
    )
    usable = (
        register.filter(pl.col("status").is_in(["accepted", "partial"]))
        .drop("received_on", "stated_version", "stated_date")
        .join(receipts, on="submission_id")
    )
    current = (
        usable.sort([*order, "batch_no"], nulls_last=False)
        .group_by(["unit_code", "form", "period"], maintain_order=True)
        .last()
        .select("submission_id", "batch_no", pl.lit(True).alias("is_current"))
    )
    return register.join(current, on=["submission_id", "batch_no"], how="left").with_columns(
        pl.col("is_current").fill_null(False) & pl.col("status").is_in(["accepted", "partial"])
    )


def serve_dagster(settings: Settings, port: int) -> int:
    """Run the Dagster UI and its daemon on 127.0.0.1 until interrupted; returns its exit code."""
    use_dagster_home(settings)
    export_settings(settings)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1"]
    return subprocess.call([*command, "-p", str(port)], cwd=PROJECT_ROOT)
