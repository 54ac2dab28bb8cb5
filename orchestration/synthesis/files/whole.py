"""Files that are there as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun

_UNFINISHED = ".unfinished-"


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Write a file under another name beside its own, and give it its own when it is whole.

    Yields the other name, which keeps the ending of the file's own; folders above are made. Whatever breaks the writing
    off, the unfinished file is taken away.

    Raises:
        CouldNotRun: the file cannot be written.
    """
    part = path.with_name(_UNFINISHED + path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except (OSError, pl.exceptions.PolarsError):  # polars tells of a full disk in its own words
        _drop(part)
        raise unwritable(path) from None
    except BaseException:
        _drop(part)
        raise


def unwritable(path: Path) -> CouldNotRun:
    """The failure to write a file."""
    return CouldNotRun(
        "A file cannot be written.",
        "文件无法写入。",
        address=str(path),
        remedy_en="Empty the folder, or name another one in which you may write, on a disk that has room.",
        remedy_zh="请清空该目录,或指定另一个可写且空间充足的目录。",
    )


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink()
