"""Run the dbt project in this process, once a run, over a warehouse file that is built afresh.

The manifest is parsed once per content of the project and kept in the home's run folder: a run that changes no SQL
never parses. What dbt prints can quote a cell, so its exceptions stop here and only names and counts go on.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import CouldNotRun
from orchestration.settings import DBT_PROJECT_DIR, SEEDS_DIR, Settings, dbt_environment

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

SOURCE_FOLDERS = ("models", "macros", "tests")


@dataclass(frozen=True)
class NodeResult:
    """One dbt node after a build.

    ``status`` is dbt's own word: success, pass, warn, fail, error, skipped. ``failures`` counts failing rows of a test.
    """

    unique_id: str
    name: str
    kind: str
    status: str
    failures: int
    seconds: float


@dataclass(frozen=True)
class DbtOutcome:
    """What a build did, models and seeds first, then data tests."""

    nodes: tuple[NodeResult, ...]
    tests: tuple[NodeResult, ...]


def project_digest() -> str:
    """SHA-256 over every file that decides what dbt builds (models, macros, tests, seeds, configuration)."""
    digest = hashlib.sha256()
    files = [DBT_PROJECT_DIR / "dbt_project.yml", DBT_PROJECT_DIR / "profiles.yml"]
    for folder in SOURCE_FOLDERS:
        files += [path for path in (DBT_PROJECT_DIR / folder).rglob("*") if path.is_file()]
    files += [path for path in SEEDS_DIR.rglob("*") if path.is_file()]
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def target_folder(settings: Settings) -> Path:
    """Where dbt keeps the artefacts of this very content of the project."""
    place = hashlib.sha256(str(settings.home).encode()).hexdigest()[:8]
    return settings.dbt_target / f"{project_digest()[:16]}-{place}"


def prepare_manifest(settings: Settings) -> Path:
    """Return the manifest of the project as it stands, parsing it if this content was never parsed here.

    Raises:
        CouldNotRun: the project does not parse.
    """
    target = target_folder(settings)
    manifest = target / "manifest.json"
    if not manifest.exists():
        for stale in settings.dbt_target.glob("*"):
            shutil.rmtree(stale, ignore_errors=True)
        target.mkdir(parents=True, exist_ok=True)
        _parse(settings, target)
    return manifest


def build(settings: Settings, as_of: date) -> DbtOutcome:
    """Seed, run and test the whole project over the lake, with everything known on ``as_of``.

    Tests run after all models, so that a failing test refuses a release that can still be looked at.

    Raises:
        CouldNotRun: a model or a test could not be executed.
    """
    target = target_folder(settings)
    prepare_manifest(settings)
    for leftover in (settings.warehouse_file, settings.warehouse_file.with_suffix(".duckdb.wal")):
        leftover.unlink(missing_ok=True)
    settings.spill_dir.mkdir(parents=True, exist_ok=True)
    known = ["--vars", json.dumps({"as_of": as_of.isoformat()})]
    parsed = _parse(settings, target)
    nodes = _invoke(
        settings,
        target,
        ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", *known],
        parsed,
    )
    broken = [node.name for node in nodes if node.status not in ("success", "pass")]
    if broken:
        raise CouldNotRun(
            "A model could not be built.",
            "有模型无法生成。",
            address=", ".join(sorted(broken)[:5]),
            remedy_en=f"Read the dbt log in {target.name}/logs of the run folder.",
            remedy_zh="请查看运行目录中的 dbt 日志。",
        )
    tests = _invoke(settings, target, ["test", "--exclude-resource-type", "unit_test", *known], parsed)
    return DbtOutcome(nodes=nodes, tests=tests)


def _parse(settings: Settings, target: Path) -> Manifest:
    """Parse without variables, so that dbt's own cache answers whenever the project did not change."""
    parsed: Manifest = _outcome(settings, target, ["parse"], None).result
    return parsed


def _invoke(settings: Settings, target: Path, command: list[str], parsed: Manifest) -> tuple[NodeResult, ...]:
    return tuple(_node_result(result) for result in _outcome(settings, target, command, parsed).result.results)


def _outcome(settings: Settings, target: Path, command: list[str], parsed: Manifest | None) -> dbtRunnerResult:
    from dbt.cli.main import dbtRunner

    places = [
        "--project-dir",
        str(DBT_PROJECT_DIR),
        "--profiles-dir",
        str(DBT_PROJECT_DIR),
        "--target-path",
        str(target),
        "--log-path",
        str(target / "logs"),
        "--quiet",
    ]
    with dbt_environment(settings):
        try:
            outcome = dbtRunner(manifest=parsed).invoke([*command, *places])
        finally:
            release_connections()
    if outcome.exception is not None or outcome.result is None:
        raise CouldNotRun(
            "dbt could not run.",
            "dbt 无法运行。",
            address=command[0],
            remedy_en="Read the dbt log in the run folder; the project or the lake is not as the models expect.",
            remedy_zh="请查看运行目录中的 dbt 日志。",
        )
    return outcome


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        kind=str(result.node.resource_type),
        status=str(result.status),
        failures=int(result.failures or 0),
        seconds=float(result.execution_time),
    )


def release_connections() -> None:
    """Give up the write lock that an in-process dbt otherwise keeps until the interpreter ends."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import cleanup_connections, reset_adapters

    cleanup_connections()
    reset_adapters()
    DuckDBConnectionManager.close_all_connections()


def remember(outcome: DbtOutcome, settings: Settings) -> None:
    """Keep the results of the data tests for the gate, which may judge in another process."""
    kept = [asdict(test) for test in outcome.tests]
    place = settings.run_dir / "dbt_tests.json"
    place.with_suffix(".new").write_text(json.dumps(kept), encoding="utf-8")
    place.with_suffix(".new").replace(place)


def remembered_tests(settings: Settings) -> tuple[NodeResult, ...]:
    """The data tests of the last build, or nothing if there was none."""
    place = settings.run_dir / "dbt_tests.json"
    if not place.is_file():
        return ()
    return tuple(NodeResult(**test) for test in json.loads(place.read_text(encoding="utf-8")))
