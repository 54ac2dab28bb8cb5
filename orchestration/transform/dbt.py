"""Run the dbt project in this process, once a run, over a warehouse file that is built afresh.

The project is parsed once per content and kept beside it: a run that changes no SQL never parses. What dbt prints can
quote a cell, so its exceptions stop here and only names and counts go on.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.errors import CouldNotRun
from orchestration.settings import DBT_PROJECT_DIR, PROJECT_ROOT, SEEDS_DIR, Settings, dbt_environment
from orchestration.transform.lake_views import show_lake
from orchestration.transform.seeds import check_seeds
from orchestration.warehouse import connect

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

SOURCE_FOLDERS = ("models", "macros", "tests")
# Nobody reads dbt's own artefacts of a run, and its log is for finding what failed: SQL lies beside it, compiled.
LEAN = ("--no-write-json", "--log-level-file", "info")
PARSED = DBT_PROJECT_DIR / "target"
MANIFEST = "manifest.json"
BUILT = "built.json"


@dataclass(frozen=True)
class NodeResult:
    """One dbt node after a build.

    ``status`` is dbt's own word: success, pass, warn, fail, error, skipped. ``failures`` counts failing rows of a test.
    """

    unique_id: str
    name: str
    schema: str
    kind: str
    status: str
    failures: int
    seconds: float


@dataclass(frozen=True)
class DbtOutcome:
    """What a build did: models and seeds, data tests, and the rows of every table by ``schema.table``."""

    nodes: tuple[NodeResult, ...]
    tests: tuple[NodeResult, ...]
    rows: dict[str, int]


def project_digest() -> str:
    """SHA-256 over every file that decides what dbt builds (models, macros, tests, seeds, configuration)."""
    digest = hashlib.sha256()
    files = [DBT_PROJECT_DIR / "dbt_project.yml", DBT_PROJECT_DIR / "profiles.yml"]
    for folder in SOURCE_FOLDERS:
        files += [path for path in (DBT_PROJECT_DIR / folder).rglob("*") if path.is_file()]
    files += [path for path in SEEDS_DIR.rglob("*") if path.is_file()]
    for path in sorted(files):
        digest.update(path.relative_to(PROJECT_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in ("dbt-core", "dbt-duckdb", "duckdb"):
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()


def prepare_manifest() -> Path:
    """Return the folder with the parsed project as it stands, parsing it if this very content never was.

    What parsing yields depends on the project alone, so one folder beside the project serves every home. It holds
    ``manifest.json`` and dbt's own ``partial_parse.msgpack``, and is put in place whole.

    Raises:
        CouldNotRun: the project does not parse.
    """
    ready = PARSED / project_digest()[:16]
    if (ready / MANIFEST).is_file():
        return ready
    PARSED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PARSED, prefix=".") as scratch:
        target = Path(scratch) / "target"
        with dbt_environment(Settings(home=target)):
            _outcome(target, ["parse", "--no-partial-parse"], None)
        for stale in PARSED.glob("[0-9a-f]*"):
            shutil.rmtree(stale, ignore_errors=True)
        with suppress(OSError):  # another process put the same content in place
            target.rename(ready)
    return ready


def load_manifest() -> Manifest:
    """The parsed project as dbt takes it, without parsing again.

    dbt compares profiles and variables before it trusts its cache, and both differ from home to home, although
    neither has any part in parsing here.
    """
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    packed = (prepare_manifest() / "partial_parse.msgpack").read_bytes()
    manifest: Manifest = Manifest.from_msgpack(packed, decoder=extended_mashumuro_decoder)
    manifest.build_flat_graph()
    return manifest


def build(settings: Settings, as_of: date) -> DbtOutcome:
    """Seed, run and test the whole project over the lake, with everything known on ``as_of``.

    Tests run after all models, so that a failing test refuses a release that can still be looked at.

    Raises:
        CouldNotRun: a table of rules is damaged, or a model or a test could not be executed.
    """
    check_seeds(SEEDS_DIR)
    target = settings.dbt_target
    parsed = load_manifest()
    for leftover in (settings.warehouse_file, settings.warehouse_file.with_suffix(".duckdb.wal")):
        leftover.unlink(missing_ok=True)
    show_lake(settings)
    known = ["--vars", json.dumps({"as_of": as_of.isoformat()})]
    with dbt_environment(settings):
        nodes = _invoke(
            target,
            ["build", "--exclude-resource-type", "test", "--exclude-resource-type", "unit_test", *known, *LEAN],
            parsed,
        )
    broken = [node.name for node in nodes if node.status not in ("success", "pass")]
    if broken:
        raise CouldNotRun(
            "A model could not be built.",
            "有模型无法生成。",
            address=", ".join(sorted(broken)[:5]),
            remedy_en="Read run/dbt/logs in the home folder.",
            remedy_zh="请查看运行目录中的 dbt 日志。",
        )
    with dbt_environment(settings):
        tests = _invoke(target, ["test", "--exclude-resource-type", "unit_test", *known, *LEAN], parsed)
    expected = {key for key, node in parsed.nodes.items() if node.resource_type == "test"}
    if {test.unique_id for test in tests} != expected:
        raise CouldNotRun(
            "Not every data test was run.",
            "并非所有数据测试都已运行。",
            address=f"{len(tests)} of {len(expected)}",
            remedy_en="Read run/dbt/logs in the home folder.",
            remedy_zh="请查看运行目录中的 dbt 日志。",
        )
    return DbtOutcome(nodes=nodes, tests=tests, rows=_count_rows(settings))


def _count_rows(settings: Settings) -> dict[str, int]:
    """Rows by table, from the catalogue: a table that was just created has an exact size there."""
    sizes = "select schema_name || '.' || table_name, estimated_size from duckdb_tables()"
    with connect(settings.warehouse_file, read_only=True, settings=settings) as warehouse:
        return {name: int(size) for name, size in warehouse.execute(sizes).fetchall()}


def _invoke(target: Path, command: list[str], parsed: Manifest) -> tuple[NodeResult, ...]:
    return tuple(_node_result(result) for result in _outcome(target, command, parsed).result.results)


def _outcome(target: Path, command: list[str], parsed: Manifest | None) -> dbtRunnerResult:
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
        schema=result.node.schema,
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


@dataclass(frozen=True)
class Built:
    """What the warehouse was built from, and what the data tests said of it. It travels with the candidate."""

    fingerprint: str
    as_of: str
    tests: tuple[tuple[str, str, int], ...]


def remember(outcome: DbtOutcome, settings: Settings, *, fingerprint: str, as_of: date) -> None:
    """Write beside the warehouse what it was built from: ``fingerprint`` as it was before the build began."""
    tests = [(test.name, test.status, test.failures) for test in outcome.tests]
    content = {"fingerprint": fingerprint, "as_of": as_of.isoformat(), "tests": tests}
    place = settings.run_dir / BUILT
    place.with_suffix(".new").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    place.with_suffix(".new").replace(place)


def read_built(folder: Path) -> Built:
    """Read what a folder (the run folder, or a candidate) says its tables were built from.

    Raises:
        CouldNotRun: it says nothing that can be read.
    """
    try:
        content = json.loads((folder / BUILT).read_text(encoding="utf-8"))
        tests = tuple((str(name), str(status), int(failures)) for name, status, failures in content["tests"])
        return Built(str(content["fingerprint"]), str(content["as_of"]), tests)
    except (OSError, ValueError, KeyError, TypeError):
        raise CouldNotRun(
            "Nothing says what these tables were built from.",
            "缺少数据表的生成记录。",
            address=f"{folder.name}/{BUILT}",
            remedy_en="Build again: taizhang run",
            remedy_zh="请重新运行:taizhang run",
        ) from None
