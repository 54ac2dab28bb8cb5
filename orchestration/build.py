"""One run from landing to release, or the finding that there is nothing to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

import polars as pl

from orchestration.ingest import ingestion, part
from orchestration.ingest.ingestion import ingest_landing, pending
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.ingest.rescue import Reading, Rescue, compare
from orchestration.ingest.versions import with_current
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
    rescue: Rescue | None = None

    def as_dict(self) -> dict[str, Any]:
        """The outcome for ``--json``."""
        return asdict(self)


def run(
    settings: Settings,
    *,
    mode: Literal["new", "full", "replay"],
    say: Say,
    asked: dict[str, str] | None = None,
    lang: str = "en",
) -> Outcome:
    """Build a release if anything changed since the newest inputs were judged; ``asked`` is the part of a replay.

    The caller holds the lock. Dagster, dbt and Great Expectations are loaded only when there is work for them.
    """
    arrived = pending(settings) if mode == "new" else []
    if mode == "new" and not arrived:
        nothing = _nothing_new(settings)
        if nothing is not None:
            return nothing
    if mode == "new":
        say(f"{len(arrived)} files to read.", f"待读取文件 {len(arrived)} 个。")
    if not _has_ledgers(settings):
        # Before the first ledger there is nothing to judge, and a refused file alone is no failure of the run.
        if mode == "replay":
            ingestion.replay(settings, *_part(asked or {}))
            mode, asked = "new", None
        else:
            ingest_landing(settings)
        if not _has_ledgers(settings):
            return Outcome(
                exit_code=0,
                sentence_en="No ledger was accepted yet, so there is nothing to publish. See: taizhang quarantine",
                sentence_zh="尚无可接受的台账,无可发布内容。请查看:taizhang quarantine",
            )
    from orchestration.definitions import definitions
    from orchestration.defs.execute import execute

    ended = execute(definitions, settings, {"mode": mode, **(asked or {})}, lang)
    if ended.exit_code:
        return Outcome(
            exit_code=ended.exit_code,
            sentence_en=ended.sentence_en,
            sentence_zh=ended.sentence_zh,
            report=_refused_report(settings) if ended.exit_code == 2 else None,
        )
    return _published(settings, "Published", "已发布")


def replay(settings: Settings, asked: dict[str, str], *, say: Say, lang: str = "en") -> Outcome:
    """Read a part of the archive again, build, and tell what that rescued.

    Args:
        settings: the home; the caller holds its lock.
        asked: form, period_from, period_to and rule, empty where nothing is asked.
        say: tells a person.
        lang: language of the progress.

    Raises:
        UsageError: the form is not known, or the months are not months.
    """
    form, start, end, rule_id = _part(asked)
    part.check(form, start, end, load_catalogue().layouts)
    before = Reading(read_submissions(settings), read_quarantine(settings))
    if part.select(before.sheets, before.refused, form, start, end, rule_id).is_empty():
        return Outcome(
            exit_code=0,
            sentence_en="Nothing was read again: no file in the archive has a sheet of this form, period or rule.",
            sentence_zh="未重新读取:档案中没有符合该表式、月份或规则的文件。",
        )
    outcome = run(settings, mode="replay", say=say, asked=asked, lang=lang)
    return replace(outcome, rescue=compare(before, Reading(read_submissions(settings), read_quarantine(settings))))


def _part(asked: dict[str, str]) -> tuple[str | None, str | None, str | None, str | None]:
    form, start, end, rule_id = (asked.get(name) or None for name in ("form", "period_from", "period_to", "rule"))
    return form, start, end, rule_id


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
    """The register with ``is_current``, as known at the setting's day."""
    return with_current(read_submissions(settings), settings.as_of)


def serve_dagster(settings: Settings, port: int) -> int:
    """Run the Dagster UI and its daemon on 127.0.0.1 until interrupted; returns its exit code."""
    use_dagster_home(settings)
    export_settings(settings)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1"]
    return subprocess.call([*command, "-p", str(port)], cwd=PROJECT_ROOT)
