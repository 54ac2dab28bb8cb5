"""The only place that opens DuckDB.

Extensions are never fetched, since an office machine may have no network and a silent download is no part of a build.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.errors import CouldNotRun
from orchestration.settings import Settings


def connect(path: Path | None = None, *, read_only: bool = False, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file, or a database in memory when ``path`` is None.

    Raises:
        CouldNotRun: the file cannot be opened (held by another process, damaged, unwritable).
    """
    settings.spill_dir.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": settings.threads,
        "memory_limit": settings.memory_limit,
        "temp_directory": str(settings.spill_dir),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    target = ":memory:" if path is None else str(path)
    try:
        return duckdb.connect(target, read_only=read_only and path is not None, config=config)
    except duckdb.Error:
        raise CouldNotRun(
            "The database file could not be opened.",
            "数据库文件无法打开。",
            address=target,
            remedy_en="Close the program that holds it, or delete it: the next run builds it again.",
            remedy_zh="请关闭占用它的程序,或删除该文件:下次运行会重新生成。",
        ) from None
