"""When a release is built: on the 6th and the 11th, when files arrive, or when a person asks.

What belongs here: jobs, schedules, the sensor on landing, the alert on failure. What does not: what a run does.
"""

import time

import dagster as dg

from orchestration.defs.resources import LedgerHome
from orchestration.ingest.ingestion import pending
from orchestration.publish.alerts import raise_alert
from orchestration.standing import nothing_new, settled_key

ATTEMPTS = 3
RUN_KEY = "dagster/run_key"
UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


@dg.failure_hook(required_resource_keys={"ledger_home"})
def tell_the_office(context: dg.HookContext) -> None:
    """Leave an alert in the outbox when a step fails; counts and sentences only."""
    failure = context.op_exception
    sentence, exit_code = "A step failed; its log is in the run folder.", 3
    if isinstance(failure, dg.Failure) and "exit_code" in failure.metadata:
        sentence, exit_code = failure.description or "", int(str(failure.metadata["exit_code"].value))
    raise_alert(
        context.resources.ledger_home.settings(),
        stage=context.op.name,
        sentence=sentence,
        exit_code=exit_code,
        run_id=context.run_id,
    )


@dg.definitions
def automation() -> dg.Definitions:
    """Two jobs over the same assets, one schedule, one sensor."""
    everything = dg.AssetSelection.all(include_sources=False) | dg.AssetSelection.all_asset_checks()
    build_release = dg.define_asset_job(
        "build_release",
        selection=everything,
        hooks={tell_the_office},
        executor_def=dg.in_process_executor,
        description="From what landed to an audited release. 生成并发布",
    )
    replay = dg.define_asset_job(
        "replay",
        selection=everything,
        hooks={tell_the_office},
        executor_def=dg.in_process_executor,
        config={"ops": {"lake": {"config": {"mode": "replay"}}}},
        description="Read a form, a range of periods or a rule's rejects again, then build (backfill). 重读",
    )

    @dg.schedule(
        name="by_reporting_calendar",
        job=build_release,
        cron_schedule="0 6 6,11 * *",
        execution_timezone="Asia/Shanghai",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="06:00 on the 6th, the day after ledgers are due, and on the 11th for the late ones. 按报表期",
    )
    def by_calendar(ledger_home: LedgerHome) -> dg.RunRequest | dg.SkipReason:
        if nothing_new(ledger_home.settings()):
            return dg.SkipReason("Nothing new: what stands published or refused was made from these very inputs.")
        return dg.RunRequest()

    @dg.sensor(
        name="landing_sensor",
        job=build_release,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a run when files in landing have lain still for the settle time. 新文件到达",
    )
    def landing_sensor(context: dg.SensorEvaluationContext, ledger_home: LedgerHome) -> dg.RunRequest | dg.SkipReason:
        settings = ledger_home.settings()
        waiting = context.instance.get_runs_count(dg.RunsFilter(job_name="build_release", statuses=UNFINISHED))
        if waiting:
            return dg.SkipReason("A run is queued or under way.")
        arrived = pending(settings)
        if not arrived:
            return dg.SkipReason("Nothing new in landing.")
        key = settled_key(arrived, settings, now=time.time())
        if key is None:
            return dg.SkipReason("Files are still arriving.")
        keys = [f"{key}-{attempt}" for attempt in range(ATTEMPTS)]
        tried = context.instance.get_runs_count(dg.RunsFilter(job_name="build_release", tags={RUN_KEY: keys}))
        if tried == ATTEMPTS:
            return dg.SkipReason("These files could not be read three times; see the outbox.")
        return dg.RunRequest(run_key=keys[tried])

    return dg.Definitions(jobs=[build_release, replay], schedules=[by_calendar], sensors=[landing_sensor])
