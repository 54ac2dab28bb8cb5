"""Rules of the Python tree, read from its syntax: who imports whom, what runs at import, who touches the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DAGSTER_MAY = ("orchestration/defs/", "orchestration/definitions.py")
DAGSTER_LAZILY = ("orchestration/cli.py", "orchestration/cli/")
GREAT_EXPECTATIONS_MAY = (
    "expectations/",
    "orchestration/audit/gate.py",
    "orchestration/audit/gx_session.py",
    "orchestration/audit/data_docs.py",
)
ENVIRONMENT_MAY = ("orchestration/settings.py",)
DUCKDB_MAY = ("orchestration/warehouse.py",)

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
TOP_LEVEL = (*DEFINITIONS, ast.Assign, ast.AnnAssign, ast.Pass)
FILES = (
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "exists",
    "is_file",
    "is_dir",
)
FOLDERS = ("glob", "rglob", "iterdir", "read_csv", "read_parquet", "safe_load", "load")
MACHINE = ("run", "Popen", "check_output", "getenv", "urlopen", "get", "post", "print", "input", "sleep", "basicConfig")
CLOCK = ("now", "today", "utcnow")
WORLD = frozenset((*FILES, *FOLDERS, *MACHINE, *CLOCK, "connect", "execute", "sql", "invoke", "Settings"))


@dataclass(frozen=True)
class Module:
    """One Python file: ``path`` is relative to the repository, with forward slashes."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, filename=self.path)

    def within(self, places: tuple[str, ...]) -> bool:
        return any(self.path == place or (place.endswith("/") and self.path.startswith(place)) for place in places)


def modules(root: Path, *folders: str) -> list[Module]:
    found = [path for folder in folders for path in sorted((root / folder).rglob("*.py"))]
    return [Module(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in found]


def import_time(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that runs when a module is imported: bodies of functions do not, their defaults do."""
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            in_body = child is node.body if isinstance(node, ast.Lambda) else child in node.body
            if in_body:
                continue
        yield from import_time(child)


def type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def imported(nodes: Iterator[ast.AST] | ast.AST) -> Iterator[str]:
    """Dotted names that import statements bring in."""
    for node in ast.walk(nodes) if isinstance(nodes, ast.AST) else nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def works_at_import(module: Module) -> list[str]:
    """Top-level statements other than definitions and constants, and constants that touch the world.

    ``__main__.py`` is never imported, so it may run what it names.
    """
    if module.path.endswith("/__main__.py"):
        return []
    breaches = []
    for node in module.tree.body:
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        main = isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
        if docstring or main or type_checking(node):
            continue
        if not isinstance(node, TOP_LEVEL):
            breaches.append(f"{module.path}:{node.lineno}: {type(node).__name__} at import")
            continue
        for inner in import_time(node):
            if isinstance(inner, ast.Call) and _called(inner) in WORLD:
                breaches.append(f"{module.path}:{inner.lineno}: {_called(inner)}() at import")
    return breaches


def reads_environment(module: Module) -> list[str]:
    """Uses of the process environment outside the settings."""
    if module.within(ENVIRONMENT_MAY):
        return []
    names = {"os.environ", "os.getenv", "os.environb", "os.putenv"}
    used = {ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    return [f"{module.path}: {name}" for name in sorted((used | set(imported(module.tree))) & names)]


def opens_duckdb(module: Module) -> list[str]:
    """Calls that open DuckDB outside the warehouse module."""
    if module.within(DUCKDB_MAY):
        return []
    found = [
        f"{module.path}:{node.lineno}: duckdb.connect"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("duckdb.connect", "duckdb.default_connection")
    ]
    return found + [
        f"{module.path}: from duckdb import connect" for name in imported(module.tree) if name == "duckdb.connect"
    ]


def strays(module: Module, library: str, may: tuple[str, ...], lazily: tuple[str, ...] = ()) -> list[str]:
    """Imports of a library outside the places that may, or at import time where it may only be lazy."""
    if module.within(may):
        return []
    nodes = import_time(module.tree) if module.within(lazily) else ast.walk(module.tree)
    roots = (library, library.replace("_", "-"))
    names = {name.split(".")[0] for name in imported(iter(nodes))}
    return [f"{module.path}: imports {name}" for name in sorted(names) if name.split("_")[0] in roots or name in roots]


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
