"""Verbs that look at what stands published, and the one that points readers back."""

from __future__ import annotations

from pathlib import Path

import click

from orchestration.audit import chain
from orchestration.audit import verify as verification
from orchestration.errors import Refused, UsageError
from orchestration.home import locked, prepare_home
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.office import Office, everywhere
from orchestration.publish import release as releasing


@click.command()
@everywhere
@click.pass_obj
def status(office: Office) -> int:
    """What stands published, what came in, what was refused."""
    settings = office.settings()
    current = releasing.current_release(settings)
    submissions = read_submissions(settings)
    counts = dict(submissions.group_by("status").len().sort("status").iter_rows())
    quarantine = read_quarantine(settings)
    kinds = dict(quarantine.group_by("kind").len().sort("kind").iter_rows())
    answer = {
        "current": current.release_id if current else None,
        "as_of": current.manifest["as_of"] if current else None,
        "synthetic": current.manifest["synthetic"] if current else None,
        "submissions": counts,
        "quarantine": kinds,
        "last_event": (chain.events(settings.chain_file) or [{"event": None}])[-1]["event"],
    }
    office.show([answer], "status")
    return 0


@click.command()
@everywhere
@click.pass_obj
def releases(office: Office) -> int:
    """Every release, oldest first."""
    settings = office.settings()
    current = releasing.current_release(settings)
    rows = [
        {
            "release_id": release.release_id,
            "is_current": current is not None and release.release_id == current.release_id,
            "as_of": release.manifest["as_of"],
            "verdict": release.manifest["verdict"],
            "synthetic": release.manifest["synthetic"],
            "rows": sum(release.manifest["rows"].values()),
        }
        for release in releasing.all_releases(settings)
    ]
    office.show(rows, "releases")
    return 0


@click.command()
@everywhere
@click.argument("release_id")
@click.pass_obj
def rollback(office: Office, release_id: str) -> int:
    """Point readers back to an older release."""
    settings = office.settings()
    prepare_home(settings)
    with locked(settings):
        released = releasing.rollback(release_id, settings)
    office.say(f"Current is {released.release_id}.", f"当前版本为 {released.release_id}。")
    return 0


@click.command()
@everywhere
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def verify(office: Office, folder: Path | None) -> int:
    """Recompute every hash of a release (default: the current one) and walk the chain."""
    settings = office.settings()
    current = releasing.current_release(settings)
    target = folder or (current.folder if current else None)
    if target is None or not (target / "manifest.json").is_file():
        raise UsageError(
            "There is no release to verify.",
            "没有可核验的发布版本。",
            address=str(target or settings.releases),
            remedy_en="Name the folder of a release, or list them with: taizhang releases",
            remedy_zh="请指定发布版本的目录,或用 taizhang releases 查看。",
        )
    found = verification.verify_release(target, settings.chain_file)
    office.show([{"what": fault.what, "address": fault.address} for fault in found.faults], "faults")
    if not found.holds:
        office.say(f"{found.release_id} is not what it claims.", f"{found.release_id} 与其声明不符。")
        return Refused.exit_code
    office.say(
        f"{found.release_id}: {found.files} files and the chain hold.",
        f"{found.release_id}:{found.files} 个文件与日志链完好。",
    )
    return 0
