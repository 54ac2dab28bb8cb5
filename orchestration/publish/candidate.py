"""Export what dbt built into a candidate: the very files that the gate judges and a release would carry.

A candidate's id is the minute of its making and its content: ``<UTC yyyymmddThhmmssZ>-<content_id[:8]>``. The content
id is a SHA-256 over the sorted pairs of mart and Parquet hash, so equal marts have equal content ids.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.settings import Settings
from orchestration.transform.dbt import BUILT
from orchestration.warehouse import connect

CANDIDATES_KEPT = 5


@dataclass(frozen=True)
class Candidate:
    """A folder ``candidates/<id>/`` with ``marts/`` and ``evidence/`` inside."""

    candidate_id: str
    content_id: str
    folder: Path
    rows: dict[str, int]


def export_candidate(settings: Settings) -> Candidate:
    """Write every mart and audit table of the warehouse as Parquet, each ordered by all its columns.

    The order makes the bytes a function of the rows alone; threads and arrival never show.
    """
    building = settings.candidates / ".building"
    shutil.rmtree(building, ignore_errors=True)
    rows: dict[str, int] = {}
    with connect(settings.warehouse_file, read_only=True, settings=settings) as warehouse:
        for schema, place in (("marts", "marts"), ("audit", "evidence")):
            target = building / place
            target.mkdir(parents=True)
            for table in _tables(warehouse, schema):
                counted = warehouse.execute(
                    f"copy (from {schema}.{table} order by all) to '{target / table}.parquet' "
                    "(format parquet, compression zstd)"
                ).fetchone()
                rows[table] = int(counted[0]) if counted else 0
    shutil.copy2(settings.run_dir / BUILT, building / BUILT)
    content_id = content_of(building)
    candidate_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{content_id[:8]}"
    folder = settings.candidates / candidate_id
    shutil.rmtree(folder, ignore_errors=True)
    building.rename(folder)
    _forget_old(settings)
    return Candidate(candidate_id=candidate_id, content_id=content_id, folder=folder, rows=rows)


def content_of(folder: Path) -> str:
    """SHA-256 over the sorted (mart, hash of its Parquet file) of ``folder/marts``."""
    digest = hashlib.sha256()
    for path in sorted((folder / "marts").glob("*.parquet")):
        digest.update(f"{path.stem}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def newest_candidate(settings: Settings) -> Path | None:
    """The candidate made last, or None."""
    folders = _candidates(settings)
    return folders[-1] if folders else None


def _tables(warehouse: object, schema: str) -> list[str]:
    found = warehouse.execute(  # type: ignore[attr-defined]
        "select table_name from information_schema.tables where table_schema = ? order by table_name", [schema]
    ).fetchall()
    return [name for (name,) in found]


def _candidates(settings: Settings) -> list[Path]:
    return sorted(path for path in settings.candidates.glob("[0-9]*") if path.is_dir())


def _forget_old(settings: Settings) -> None:
    for folder in _candidates(settings)[:-CANDIDATES_KEPT]:
        shutil.rmtree(folder)
