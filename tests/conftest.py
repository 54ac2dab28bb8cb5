"""A way to run the command in this process, whose environment no test changes for the next.

Whole runs over the sample county are fixtures of ``tests/integration`` alone: elsewhere one would cost a second run.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.cli import main


@dataclass(frozen=True)
class Answer:
    """What a command said and the code it left with."""

    code: int
    out: str
    err: str


# The suites run side by side, so each process takes one core; ``test_determinism`` runs the sample on two.
os.environ["TAIZHANG_THREADS"] = "1"

Taizhang = Callable[..., Answer]


def run_taizhang(*arguments: object, home: Path) -> Answer:
    """Run the ``taizhang`` command over ``home`` in this process."""
    return run_bare("--home", home, *arguments)


def run_bare(*arguments: object) -> Answer:
    """Run the ``taizhang`` command with exactly these arguments in this process."""
    out, err = io.StringIO(), io.StringIO()
    kept = dict(os.environ)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([*map(str, arguments)])
            code = 0
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        finally:
            os.environ.clear()
            os.environ.update(kept)
    return Answer(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def taizhang() -> Taizhang:
    """The command, as a function of its arguments and a home."""
    return run_taizhang


@pytest.fixture(autouse=True)
def _clean_environment() -> Iterator[None]:
    kept = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(kept)
