"""The Python tree keeps to its rooms; and each rule that says so catches a forged module."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .source_rules import (
    DAGSTER_LAZILY,
    DAGSTER_MAY,
    GREAT_EXPECTATIONS_MAY,
    Module,
    modules,
    opens_duckdb,
    reads_environment,
    strays,
    works_at_import,
)

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("orchestration", "expectations")
Check = Callable[[Module], list[str]]


def dagster_strays(module: Module) -> list[str]:
    return strays(module, "dagster", DAGSTER_MAY, DAGSTER_LAZILY)


def expectations_stray(module: Module) -> list[str]:
    return strays(module, "great_expectations", GREAT_EXPECTATIONS_MAY)


# check, path of the forged module, its source
CAUGHT: list[tuple[Check, str, str]] = [
    (works_at_import, "orchestration/ingest/reader.py", "for n in range(3):\n    pass\n"),
    (works_at_import, "orchestration/ingest/reader.py", "import yaml\nLAYOUT = yaml.safe_load('a: 1')\n"),
    (works_at_import, "orchestration/ingest/reader.py", "TEXT = __import__('pathlib').Path('x').read_text()\n"),
    (works_at_import, "orchestration/ingest/reader.py", "def f(at=datetime.now()):\n    return at\n"),
    (works_at_import, "orchestration/ingest/reader.py", "class A:\n    seen = open('x')\n"),
    (works_at_import, "orchestration/ingest/reader.py", "try:\n    import x\nexcept ImportError:\n    x = None\n"),
    (works_at_import, "orchestration/ingest/reader.py", "configure()\n"),
    (reads_environment, "orchestration/cli.py", "import os\n\ndef f():\n    return os.environ['HOME']\n"),
    (reads_environment, "orchestration/cli.py", "def f():\n    from os import getenv\n    return getenv('HOME')\n"),
    (opens_duckdb, "orchestration/audit/gate.py", "import duckdb\n\ndef f():\n    return duckdb.connect()\n"),
    (opens_duckdb, "orchestration/audit/gate.py", "from duckdb import connect\n"),
    (dagster_strays, "orchestration/audit/gate.py", "def f():\n    import dagster\n"),
    (dagster_strays, "orchestration/audit/gate.py", "from dagster_dbt import DbtProject\n"),
    (dagster_strays, "orchestration/cli.py", "import dagster as dg\n"),
    (expectations_stray, "orchestration/publish/site.py", "import great_expectations as gx\n"),
]

RIGHTFUL = '''"""What it is for."""
import re
from pathlib import Path

ROOT = Path(__file__).parent
ID = re.compile("[0-9]")

class Reader:
    limit: int = 3

    def read(self):
        return open("x")

if __name__ == "__main__":
    print(Reader().read())
'''

PASSED: list[tuple[Check, str, str]] = [
    (
        works_at_import,
        "orchestration/ingest/reader.py",
        RIGHTFUL,
    ),
    (works_at_import, "orchestration/__main__.py", "from orchestration.cli import main\n\nmain()\n"),
    (reads_environment, "orchestration/settings.py", "import os\n\ndef f():\n    return os.environ['HOME']\n"),
    (reads_environment, "orchestration/cli.py", "import os\n\ndef f():\n    os.umask(0o077)\n"),
    (opens_duckdb, "orchestration/warehouse.py", "import duckdb\n\ndef f():\n    return duckdb.connect()\n"),
    (opens_duckdb, "orchestration/audit/gate.py", "import duckdb\n\ndef f(c: duckdb.DuckDBPyConnection): ...\n"),
    (dagster_strays, "orchestration/defs/audit.py", "import dagster as dg\n"),
    (dagster_strays, "orchestration/cli.py", "def f():\n    import dagster\n"),
    (expectations_stray, "orchestration/audit/gate.py", "import great_expectations as gx\n"),
]


@pytest.mark.parametrize(("check", "path", "source"), CAUGHT)
def test_forged_module_is_caught(check: Check, path: str, source: str) -> None:
    assert check(Module(path, source))


@pytest.mark.parametrize(("check", "path", "source"), PASSED)
def test_rightful_module_passes(check: Check, path: str, source: str) -> None:
    assert check(Module(path, source)) == []


@pytest.mark.parametrize(
    "check", [works_at_import, reads_environment, opens_duckdb, dagster_strays, expectations_stray]
)
def test_product_keeps_the_rule(check: Check) -> None:
    product = modules(ROOT, *PRODUCT)
    assert len(product) > 10
    assert [breach for module in product for breach in check(module)] == []


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the project in ``folder``; its own cache is left out of the tree."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def skeleton(folder: Path) -> Path:
    """The packages of the product with every module empty, under the contracts of the real project."""
    for module in modules(ROOT, *PRODUCT):
        copy = folder / module.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return folder


FORGED_IMPORTS = [
    ("orchestration/ingest/layout.py", "from orchestration.defs import ingest"),
    ("orchestration/ingest/layout.py", "from orchestration.publish import release"),
    ("orchestration/transform/dbt.py", "from orchestration import ingest"),
    ("orchestration/audit/gate.py", "from orchestration.publish import release"),
    ("orchestration/defs/ingest.py", "from orchestration import cli"),
    ("orchestration/warehouse.py", "from orchestration import ingest"),
    ("orchestration/settings.py", "from orchestration import warehouse"),
    ("orchestration/publish/release.py", "import dagster"),
    ("orchestration/publish/release.py", "import great_expectations"),
    ("expectations/rules.py", "from orchestration.publish import release"),
    ("orchestration/ingest/layout.py", "import cn2an"),
    ("orchestration/ingest/layout.py", "import lunar_python"),
]


@pytest.mark.parametrize(("path", "line"), FORGED_IMPORTS)
def test_import_contracts_catch_a_forged_import(tmp_path: Path, path: str, line: str) -> None:
    (skeleton(tmp_path) / path).write_text(line + "\n", encoding="utf-8")
    outcome = lint_imports(tmp_path)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "BROKEN" in outcome.stdout


def test_import_contracts_let_the_empty_rooms_stand(tmp_path: Path) -> None:
    outcome = lint_imports(skeleton(tmp_path))
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_import_contracts_hold() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "0 broken" in outcome.stdout
    assert " 0 kept" not in outcome.stdout
