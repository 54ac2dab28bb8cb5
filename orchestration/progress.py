"""What a person at a terminal sees of a run: the stage, how many of how many, how long it may still take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

STAGES = {
    "ingest": "接收",
    "transform": "加工",
    "audit": "审核",
    "publish": "发布",
}
Step = Callable[[str, int, int], None]


@contextmanager
def stage(name: str, lang: str) -> Iterator[Step]:
    """Show one stage while it lasts; yields a function (what, done, of how many).

    ``lang`` is ``en`` or ``zh``; empty means silence. Without a terminal there is one line a stage and no bar.
    """
    if not lang:
        yield _silent
        return
    words = f"{name} {STAGES[name]}" if lang == "en" else STAGES[name]
    console = Console(stderr=True, highlight=False)
    if not sys.stderr.isatty():
        console.print(words, markup=False)
        yield _silent
        return
    columns = (
        TextColumn("{task.description:<14}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(words, total=None)

        def step(_what: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield step
        if not progress.tasks[0].total:
            progress.update(task, completed=1, total=1)


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""
