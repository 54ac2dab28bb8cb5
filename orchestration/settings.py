"""One frozen settings object: every path, limit and address that a run may depend on.

Nothing else in the product reads the environment. A value comes from an argument of the command line, else from an
environment variable ``TAIZHANG_<NAME>``, else from the default below.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"
SEEDS_DIR = PROJECT_ROOT / "seeds" / "reference"
# Days are those of the offices that use the product.
OFFICE_TIME = ZoneInfo("Asia/Shanghai")
REFERENCE_INPUT_DIR = PROJECT_ROOT / "seeds" / "reference_input"
SAMPLE_DIR = PROJECT_ROOT / "seeds" / "sample"
LAYOUTS_DIR = PROJECT_ROOT / "orchestration" / "ingest" / "layouts"
EXPECTATIONS_DIR = PROJECT_ROOT / "expectations"


class Settings(BaseSettings):
    """Where a county office keeps its ledgers and how much of the machine a run may take.

    ``home`` holds everything that a run writes (design: home folder). ``key_file`` lies outside it on purpose: a copy
    of the home folder alone must not allow anybody to recompute a pseudonym.
    """

    model_config = SettingsConfigDict(env_prefix="TAIZHANG_", frozen=True, extra="forbid")

    home: Path = Path(".taizhang")
    landing: Path = Path()
    key_file: Path = Path()
    as_of: date | None = None
    threads: int = Field(default=2, ge=1)
    memory_limit: str = "4GB"
    settle_seconds: int = Field(default=60, ge=0)
    # What one received file may cost (orchestration/ingest/containers/limits.py); beyond it the file is refused.
    max_file_mb: int = Field(default=200, ge=1)
    max_unpacked_mb: int = Field(default=512, ge=1)
    max_archive_mb: int = Field(default=2048, ge=1)
    max_members: int = Field(default=10_000, ge=1)
    max_expansion: int = Field(default=200, ge=1)
    max_sheets: int = Field(default=500, ge=1)
    max_rows: int = Field(default=1_048_576, ge=1)
    max_columns: int = Field(default=2_000, ge=1)
    max_cells: int = Field(default=20_000_000, ge=1)
    max_cell_characters: int = Field(default=32_767, ge=1)
    # How long one file may take before the run ends and names it; no file is refused for the time it takes.
    max_seconds: int = Field(default=900, ge=1)
    webhook_url: str | None = None
    smtp_host: str | None = None
    smtp_port: int = 25
    smtp_from: str | None = None
    smtp_to: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _derive_paths(cls, values: dict[str, Any]) -> dict[str, Any]:
        home = Path(values.get("home") or ".taizhang").expanduser().absolute()
        landing = Path(values.get("landing") or home / "landing").expanduser().absolute()
        key_file = Path(values.get("key_file") or f"{home}.key").expanduser().absolute()
        return {**values, "home": home, "landing": landing, "key_file": key_file}

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def lake(self) -> Path:
        return self.home / "lake"

    @property
    def reference_dir(self) -> Path:
        return self.home / "reference"

    @property
    def warehouse_file(self) -> Path:
        return self.home / "warehouse.duckdb"

    @property
    def run_dir(self) -> Path:
        return self.home / "run"

    @property
    def spill_dir(self) -> Path:
        return self.run_dir / "spill"

    @property
    def dagster_home(self) -> Path:
        return self.run_dir / "dagster"

    @property
    def dbt_target(self) -> Path:
        return self.run_dir / "dbt"

    @property
    def candidates(self) -> Path:
        return self.home / "candidates"

    @property
    def releases(self) -> Path:
        return self.home / "releases"

    @property
    def audit_dir(self) -> Path:
        return self.home / "audit"

    @property
    def outbox(self) -> Path:
        return self.home / "outbox"

    @property
    def log_dir(self) -> Path:
        return self.home / "log"

    @property
    def chain_file(self) -> Path:
        return self.log_dir / "chain.jsonl"

    @property
    def lock_file(self) -> Path:
        return self.home / "lock"


@contextmanager
def dbt_environment(settings: Settings) -> Iterator[None]:
    """Lend dbt the environment that its profile and sources read, for the length of one invocation.

    dbt takes absolute paths from the environment only; this is the one place where ours is written.
    """
    lent = {
        "TAIZHANG_DBT_WAREHOUSE": str(settings.warehouse_file),
        "TAIZHANG_DBT_THREADS": str(settings.threads),
        "TAIZHANG_DBT_MEMORY": settings.memory_limit,
        "TAIZHANG_DBT_SPILL": str(settings.spill_dir),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
    }
    kept = {name: os.environ.get(name) for name in lent}
    os.environ.update(lent)
    try:
        yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def use_dagster_home(settings: Settings) -> None:
    """Point Dagster's instance at the private run folder, with every call home switched off."""
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"


def export_settings(settings: Settings) -> None:
    """Hand these settings to the processes that this one starts, and to Dagster's definitions in this one."""
    for name in ("home", "landing", "key_file", "as_of"):
        value = getattr(settings, name)
        if value is not None:
            os.environ[f"TAIZHANG_{name.upper()}"] = str(value)
