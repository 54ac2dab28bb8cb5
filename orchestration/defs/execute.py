"""Run a job in this process and say how it ended.

What belongs here: the one call that the command line needs of Dagster. What does not: deciding whether to run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import dagster as dg

from orchestration.defs.resources import home_of
from orchestration.settings import Settings, export_settings, use_dagster_home

JOB = "build_release"
# Events are kept in Dagster's own store; a terminal shows the stages.
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class JobOutcome:
    """``exit_code`` 0, 2 or 3, with the sentence of the step that failed."""

    exit_code: int
    run_id: str
    sentence_en: str
    sentence_zh: str


def execute(
    load: Callable[[], dg.Definitions], settings: Settings, ingest_config: dict[str, Any], progress: str
) -> JobOutcome:
    """Execute ``build_release`` over ``settings``, every stage in this process; the caller holds the lock.

    Args:
        load: the entry point; called once the environment points at ``settings``.
        ingest_config: what the ingest stage reads.
        progress: the language in which stages tell their progress on a terminal, or nothing.
    """
    use_dagster_home(settings)
    export_settings(settings)
    job = load().resolve_job_def(JOB)
    with dg.DagsterInstance.get() as instance:
        result = job.execute_in_process(
            instance=instance,
            raise_on_error=False,
            resources={"ledger_home": home_of(settings, progress, holds_lock=True)},
            run_config={"ops": {"lake": {"config": ingest_config}}, **QUIET},
        )
        if result.success:
            return JobOutcome(0, result.run_id, "", "")
        failures = [event for event in result.all_events if event.is_step_failure]
    told = [_told(event) for event in failures]
    known = [outcome for outcome in told if outcome is not None]
    if known:
        code, english, chinese = known[0]
        return JobOutcome(code, result.run_id, english, chinese)
    steps = ", ".join(sorted({event.step_key or "" for event in failures}))
    return JobOutcome(
        3,
        result.run_id,
        f"A step could not run: {steps}. Its log is in the run folder.",
        f"步骤无法运行:{steps}。日志在运行目录中。",
    )


def _told(event: dg.DagsterEvent) -> tuple[int, str, str] | None:
    failure = event.step_failure_data.user_failure_data
    if failure is None or "exit_code" not in failure.metadata:
        return None
    code = failure.metadata["exit_code"].value
    chinese = failure.metadata["sentence_zh"].value
    return int(str(code)), failure.description or "", str(chinese)
