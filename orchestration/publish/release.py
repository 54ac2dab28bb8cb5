"""Turn a candidate that passed into a release, and move the one pointer that readers follow.

Everything is built in a hidden folder, counted against the Parquet files, synced, renamed, and only then does
``releases/current`` move, by one rename of a symbolic link. A crash at any point leaves the old release whole.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from orchestration.audit import chain
from orchestration.audit.receipt import Receipt, file_sha256, verify_receipt
from orchestration.errors import CouldNotRun, UsageError
from orchestration.settings import Settings
from orchestration.warehouse import connect

VERSIONS_OF = ("taizhang", "dagster", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "polars")


@dataclass(frozen=True)
class Release:
    """A published folder ``releases/<id>/``."""

    release_id: str
    folder: Path
    manifest: dict[str, Any]


def publish(candidate: Path, settings: Settings, *, fingerprint: str, inputs: dict[str, Any]) -> Release:
    """Publish ``candidate`` if its receipt passes for exactly these bytes.

    Args:
        candidate: a folder under ``candidates/`` with a receipt.
        fingerprint: what the receipt must have been given for: the inputs, rules and code of now.
        inputs: what the manifest says of the inputs: submission ids, lake files, whether the data are synthetic.

    Raises:
        Refused: no receipt, a receipt of other bytes or inputs, or a verdict that is not PASS.
        CouldNotRun: a derived file does not hold what its Parquet file holds.
    """
    receipt = verify_receipt(candidate, {"fingerprint": fingerprint})
    release_id = candidate.name
    standing = settings.releases / release_id
    if not standing.is_dir():  # else a run was cut off after the rename
        _build(candidate, standing, receipt, inputs, settings)
    point_to(release_id, settings)
    chain.append(
        settings.chain_file,
        "publish",
        {
            "release_id": release_id,
            "fingerprint": receipt.fingerprint,
            "manifest_sha256": file_sha256(standing / "manifest.json"),
        },
    )
    return read_release(release_id, settings)


def _build(candidate: Path, standing: Path, receipt: Receipt, inputs: dict[str, Any], settings: Settings) -> None:
    """Build the folder of a release beside its place, whole and synced, and rename it into its place."""
    _sweep(settings)
    building = settings.releases / f".{standing.name}"
    office = building / "office"
    (office / "validation").mkdir(parents=True)
    shutil.copytree(candidate / "marts", office / "marts")
    _build_duckdb(office, settings)
    for name in ("report.html", "summary.html", "receipt.json"):
        shutil.copy2(candidate / name, office / "validation" / name)
    if (candidate / "gx").is_dir():
        shutil.copytree(candidate / "gx", office / "validation" / "gx")
    manifest = _manifest(building, receipt, inputs, settings)
    (building / "manifest.json").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8"
    )
    _open_to_the_office(building)
    _sync(building)
    _keep_evidence(candidate, settings.audit_dir / standing.name)
    building.rename(standing)
    _sync_folder(settings.releases)


def point_to(release_id: str, settings: Settings) -> None:
    """Move ``releases/current`` to ``release_id`` by one rename; a reader sees the old or the new, never neither."""
    new_link = settings.releases / ".current.new"
    new_link.unlink(missing_ok=True)
    new_link.symlink_to(release_id)
    new_link.replace(settings.releases / "current")
    _sync_folder(settings.releases)


def rollback(release_id: str, settings: Settings) -> Release:
    """Point readers back to an older release; it stays until the inputs change.

    Raises:
        UsageError: there is no such release.
    """
    if not (settings.releases / release_id / "manifest.json").is_file():
        raise UsageError(
            "There is no such release.",
            "没有这个发布版本。",
            address=release_id,
            remedy_en="List them with: taizhang releases",
            remedy_zh="请用 taizhang releases 查看。",
        )
    point_to(release_id, settings)
    chain.append(settings.chain_file, "rollback", {"release_id": release_id})
    return read_release(release_id, settings)


def read_release(release_id: str, settings: Settings) -> Release:
    """A published release with its manifest."""
    folder = settings.releases / release_id
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return Release(release_id=release_id, folder=folder, manifest=manifest)


def current_release(settings: Settings) -> Release | None:
    """The release that ``current`` names, resolved once, or None before the first."""
    pointer = settings.releases / "current"
    if not pointer.is_symlink():
        return None
    return read_release(pointer.readlink().name, settings)


def all_releases(settings: Settings) -> list[Release]:
    """Every published release, oldest first."""
    found = sorted(path.parent.name for path in settings.releases.glob("[0-9]*/manifest.json"))
    return [read_release(release_id, settings) for release_id in found]


def _build_duckdb(office: Path, settings: Settings) -> None:
    """A single file with every mart as a table, in a storage format that older readers open."""
    target = office / "marts.duckdb"
    with connect(settings=settings) as memory:
        memory.execute(f"attach '{target}' as release (storage_version 'v1.0.0')")
        for parquet in sorted((office / "marts").glob("*.parquet")):
            memory.execute(f"create table release.{parquet.stem} as from read_parquet('{parquet}')")
            copied = memory.execute(f"select count(*) from release.{parquet.stem}").fetchone()
            counted = memory.execute(f"select count(*) from read_parquet('{parquet}')").fetchone()
            if copied != counted:
                raise CouldNotRun(
                    "A derived table does not hold what its Parquet file holds.",
                    "派生表与 Parquet 文件的行数不一致。",
                    address=f"marts.duckdb!{parquet.stem}",
                    remedy_en="Run again; nothing was published.",
                    remedy_zh="请重新运行;本次未发布任何内容。",
                )
        memory.execute("detach release")


def _manifest(building: Path, receipt: Receipt, inputs: dict[str, Any], settings: Settings) -> dict[str, Any]:
    files = [path for path in sorted(building.rglob("*")) if path.is_file()]
    return {
        "release_id": building.name.removeprefix("."),
        "content_id": receipt.content_id,
        "fingerprint": receipt.fingerprint,
        "chain_head": chain.verify_chain(settings.chain_file).head,
        "as_of": receipt.as_of,
        "verdict": receipt.verdict,
        "checks_expected": receipt.checks_expected,
        "receipt_sha256": file_sha256(building / "office" / "validation" / "receipt.json"),
        "files": {
            path.relative_to(building).as_posix(): {"sha256": file_sha256(path), "bytes": path.stat().st_size}
            for path in files
        },
        "rows": receipt.rows,
        "versions": {name: version(name) for name in VERSIONS_OF},
        **inputs,
    }


def _keep_evidence(candidate: Path, target: Path) -> None:
    """Keep the failing rows in full where only the owner reads them."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(candidate / "evidence", target)
    for path in (target.parent, target):
        path.chmod(0o700)


def _open_to_the_office(building: Path) -> None:
    """Readers of the office group may read a release, and nothing else of the home folder's content."""
    for path in [building, *building.rglob("*")]:
        path.chmod(0o750 if path.is_dir() else 0o640)


def _sweep(settings: Settings) -> None:
    """Remove what a run that was cut off left half built."""
    settings.releases.mkdir(parents=True, exist_ok=True)
    for leftover in settings.releases.glob(".[0-9]*"):
        shutil.rmtree(leftover)


def _sync(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
    for path in [folder, *[path for path in folder.rglob("*") if path.is_dir()]]:
        _sync_folder(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
