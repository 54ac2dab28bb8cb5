"""The home folder of a county office: its rooms, its privacy, its lock."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.errors import CouldNotRun
from orchestration.settings import PROJECT_ROOT, Settings

PRIVATE = 0o077


def prepare_home(settings: Settings) -> None:
    """Make the folders of a home, private to their owner but for the way to the releases.

    Raises:
        CouldNotRun: the home folder cannot be written.
    """
    os.umask(PRIVATE)
    try:
        for folder in (
            settings.home,
            settings.archive,
            settings.lake,
            settings.run_dir,
            settings.dagster_home,
            settings.candidates,
            settings.releases,
            settings.audit_dir,
            settings.outbox,
            settings.log_dir,
            *([settings.landing] if settings.landing.parent == settings.home else []),
        ):
            folder.mkdir(parents=True, exist_ok=True)
        settings.lock_file.touch()
        shutil.copyfile(PROJECT_ROOT / "orchestration" / "dagster.yaml", settings.dagster_home / "dagster.yaml")
        settings.home.chmod(0o710)
        settings.releases.chmod(0o750)
    except OSError:
        raise CouldNotRun(
            "The home folder cannot be written.",
            "主目录不可写。",
            address=str(settings.home),
            remedy_en="Give this account the right to write there, or name another folder with --home.",
            remedy_zh="请授予写权限,或用 --home 指定其他目录。",
        ) from None


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Hold the home folder against a second run.

    Raises:
        CouldNotRun: another run holds it.
    """
    with settings.lock_file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CouldNotRun(
                "Another run holds this home folder.",
                "另一个运行正在占用该主目录。",
                address=str(settings.lock_file),
                remedy_en="Wait until it ends and run again; nothing was changed.",
                remedy_zh="请等待其结束后再运行;未作任何更改。",
            ) from None
        yield
