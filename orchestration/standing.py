"""What stands, and whether there is anything to do: the fingerprint of a run's inputs, rules and code."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import polars as pl

from orchestration.audit import chain
from orchestration.ingest.ingestion import pending
from orchestration.ingest.landing import LandingFile
from orchestration.ingest.register import read_submissions
from orchestration.settings import EXPECTATIONS_DIR, PROJECT_ROOT, REFERENCE_INPUT_DIR, SEEDS_DIR, Settings
from orchestration.transform.dbt import project_digest

NEVER = date(9999, 12, 31)
# No county has the number 99; the fictional ones of this product do.
FICTIONAL_COUNTY = r"^\d{4}99"
FINGERPRINTED = ("submission_id", "file_sha256", "unit_code", "form", "period", "received_on", "status", "batch_no")


@dataclass(frozen=True)
class Standing:
    """How the newest judged inputs ended: ``none`` before the first run."""

    outcome: Literal["none", "published", "refused"]
    fingerprint: str | None
    subject: str | None


def as_of(settings: Settings) -> date:
    """The day of knowledge: the setting, else the greatest ``received_on`` in the register."""
    if settings.as_of is not None:
        return settings.as_of
    newest = read_submissions(settings)["received_on"].max()
    return newest if isinstance(newest, date) else NEVER


def fingerprint(settings: Settings) -> str:
    """SHA-256 over everything that can move a published number: inputs, rules, code, day of knowledge."""
    digest = hashlib.sha256()
    submissions = read_submissions(settings).select(FINGERPRINTED)
    for row in sorted(map(str, submissions.unique().iter_rows())):
        digest.update(row.encode() + b"\n")
    for part in (code_digest(), _folder_digest([settings.reference_dir]), as_of(settings).isoformat()):
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()


def code_digest() -> str:
    """SHA-256 over the rules and the code: layouts, suites, seeds, models, modules."""
    folders = [PROJECT_ROOT / "orchestration", EXPECTATIONS_DIR, SEEDS_DIR, REFERENCE_INPUT_DIR]
    return hashlib.sha256((project_digest() + _folder_digest(folders)).encode()).hexdigest()


def standing(settings: Settings) -> Standing:
    """Read from the chain how the newest inputs ended; a rollback does not change that."""
    for entry in reversed(chain.events(settings.chain_file)):
        if entry["event"] == "publish":
            whole = (settings.releases / entry["payload"]["release_id"] / "manifest.json").is_file()
            if not whole or not (settings.releases / "current").exists():
                return Standing("none", None, None)
            return Standing("published", entry["payload"]["fingerprint"], entry["payload"]["release_id"])
        if entry["event"] == "refuse":
            return Standing("refused", entry["payload"]["fingerprint"], entry["payload"]["candidate_id"])
    return Standing("none", None, None)


def nothing_new(settings: Settings) -> bool:
    """Whether no file waits and the newest inputs were judged as they are."""
    return not pending(settings) and standing(settings).fingerprint == fingerprint(settings)


def inputs_of(settings: Settings) -> dict[str, Any]:
    """What a manifest says of the inputs: submissions, lake files, whether the data are invented."""
    submissions = read_submissions(settings)
    used = submissions.filter(pl.col("status").is_in(["accepted", "partial"]))
    return {
        "submission_ids": sorted(used["submission_id"].unique().to_list()),
        "lake_files": sorted(
            path.relative_to(settings.lake).as_posix()
            for path in settings.lake.rglob("*.parquet")
            if path.name != "schema.parquet"
        ),
        "synthetic": is_synthetic(used),
    }


def lake_rows(settings: Settings, table: str) -> int:
    """How many rows one table of the lake holds, by the footers of its files."""
    files = [path for path in (settings.lake / table).rglob("*.parquet") if not path.name.startswith(".")]
    files += [path for path in [settings.lake / "reference" / f"{table}.parquet"] if path.is_file()]
    return sum(pl.scan_parquet(path).select(pl.len()).collect().item() for path in files)


def settled_key(arrived: Sequence[LandingFile], settings: Settings, now: float) -> str | None:
    """A name for this very set of waiting files once all of them have lain still, else None.

    The same set has the same name, so that a sensor asks for its run once.
    """
    newest = max(file.absolute(settings.landing).lstat().st_mtime for file in arrived)
    if now - newest < settings.settle_seconds:
        return None
    digest = hashlib.sha256()
    for file in arrived:
        digest.update(f"{file.path}\0{file.sha256}\n".encode())
    return digest.hexdigest()[:16]


def is_synthetic(submissions: pl.DataFrame) -> bool:
    """Whether any ledger says in its title that it is invented, or comes from a county that exists only here."""
    named = submissions["unit_code"].str.contains(FICTIONAL_COUNTY)
    return bool((named | submissions["is_invented"]).any())


def _folder_digest(folders: list[Path]) -> str:
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in (".py", ".yml", ".yaml", ".csv", ".html", ".j2", ".sql"):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
