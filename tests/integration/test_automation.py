"""Ticks: the schedule on its days, the sensor when files lie still, and never two runs in the queue."""

from __future__ import annotations

import os
import shutil
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from orchestration.definitions import definitions
from orchestration.defs.resources import home_of
from orchestration.settings import SAMPLE_DIR, Settings


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    os.environ["TAIZHANG_HOME"] = str(tmp_path_factory.mktemp("definitions") / "home")
    return definitions()


def _next_tick(schedule: dg.ScheduleDefinition, after: datetime) -> datetime:
    from dagster._utils.schedules import schedule_execution_time_iterator

    return next(schedule_execution_time_iterator(after.timestamp(), schedule.cron_schedule, "Asia/Shanghai"))


@pytest.mark.parametrize(("day", "fires"), [(5, 0), (6, 1), (7, 0), (11, 1), (12, 0)])
def test_the_schedule_ticks_at_six_on_the_sixth_and_the_eleventh(loaded: dg.Definitions, day: int, fires: int) -> None:
    schedule = loaded.get_schedule_def("by_reporting_calendar")
    assert schedule.execution_timezone == "Asia/Shanghai"
    morning = datetime(2014, 7, day, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    upcoming = _next_tick(schedule, morning)
    assert ((upcoming.day, upcoming.hour, upcoming.minute) == (day, 6, 0)) is bool(fires)


@pytest.mark.parametrize(("landing", "asks"), [("landing", 0), ("fault-amounts/landing", 1)])
def test_a_scheduled_tick_asks_for_a_run_only_if_something_is_new(
    landing: str, asks: int, sample_home: Path, loaded: dg.Definitions
) -> None:
    settings = Settings(home=sample_home, landing=SAMPLE_DIR / landing)
    schedule = loaded.get_schedule_def("by_reporting_calendar")
    six = datetime(2014, 7, 6, 6, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_schedule_context(
            instance=instance,
            scheduled_execution_time=six,
            repository_def=loaded.get_repository_def(),
            resources={"ledger_home": home_of(settings)},
        )
        tick = schedule.evaluate_tick(context)
    assert schedule.job_name == "build_release"
    assert len(tick.run_requests or []) == asks


def tick(loaded: dg.Definitions, settings: Settings, instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
    sensor = loaded.get_sensor_def("landing_sensor")
    with dg.build_sensor_context(instance=instance, resources={"ledger_home": home_of(settings)}) as context:
        return sensor(context)


def test_the_sensor_waits_until_files_lie_still(loaded: dg.Definitions, tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    settings = Settings(home=tmp_path / "home", landing=landing)
    landing.mkdir()
    with dg.DagsterInstance.ephemeral() as instance:
        assert isinstance(tick(loaded, settings, instance), dg.SkipReason)
        source = next((SAMPLE_DIR / "landing").rglob("*.xlsx"))
        arrived = Path(shutil.copy(source, landing / source.name))
        os.utime(arrived)
        assert isinstance(tick(loaded, settings, instance), dg.SkipReason), "the file is younger than a minute"
        still = time.time() - 61
        os.utime(arrived, (still, still))
        asked = tick(loaded, settings, instance)
        assert isinstance(asked, dg.RunRequest)
        again = tick(loaded, settings, instance)
        assert isinstance(again, dg.RunRequest)
        assert asked.run_key == again.run_key, "the same files ask once: Dagster drops a known run key"


def test_the_sensor_keeps_at_most_one_run_in_the_queue(loaded: dg.Definitions, tmp_path: Path) -> None:
    landing = tmp_path / "landing"
    landing.mkdir()
    settings = Settings(home=tmp_path / "home", landing=landing)
    source = next((SAMPLE_DIR / "landing").rglob("*.xlsx"))
    arrived = Path(shutil.copy(source, landing / source.name))
    still = time.time() - 120
    os.utime(arrived, (still, still))
    with dg.DagsterInstance.ephemeral() as instance:
        job = loaded.resolve_job_def("build_release")
        instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        skipped = tick(loaded, settings, instance)
        assert isinstance(skipped, dg.SkipReason)
        assert "queued" in (skipped.skip_message or "")


def test_replay_is_a_job_of_its_own_in_the_launchpad(loaded: dg.Definitions) -> None:
    job = loaded.resolve_job_def("replay")
    assert job.run_config["ops"]["lake"]["config"]["mode"] == "replay"


def test_every_asset_has_words_in_both_languages_and_one_of_four_groups(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    groups = set()
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        groups.add(node.group_name)
        description = node.description or ""
        assert any("一" <= letter <= "鿿" for letter in description), key
        assert any(letter.isascii() and letter.isalpha() for letter in description), key
    assert groups == {"ingest", "transform", "audit", "publish"}


def test_every_dbt_source_is_the_key_of_a_materialisable_asset(loaded: dg.Definitions) -> None:
    graph = loaded.resolve_asset_graph()
    orphans = [key for key in graph.get_all_asset_keys() if key not in graph.materializable_asset_keys]
    assert orphans == []


def test_the_published_asset_has_a_freshness_policy(loaded: dg.Definitions) -> None:
    node = loaded.resolve_asset_graph().get(dg.AssetKey(["release", "published"]))
    assert node.freshness_policy is not None
