"""What a person at a terminal sees of a run: the stage, how many of how many, how long it may still take."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

STAGES = {
    "ingest": "接收",
    "transform": "加工",
    "audit": "审核",
    "publish": "发布",
    "population": "人口",
    "offices": "业务",
    "ledgers": "台账",
    "return": "退回",
}
Step = Callable[[str, int, int], None]


@contextmanager
def stage(name: str, lang: str) -> Iterator[Step]:
    """Show one stage while it lasts; yields a function (what, done, of how many).

    ``lang`` is ``en`` or ``zh``; empty means silence. Without a terminal there is one line a stage and no bar.
    """
    with stages(lang) as show:
        show(name, 0, 0)
        last = 0

        def step(_what: str, done: int, total: int) -> None:
            nonlocal last
            last = total
            show(name, done, total)

        yield step
        if not last:
            show(name, 1, 1)


@contextmanager
def stages(lang: str) -> Iterator[Step]:
    """Show the stages of one call as it names them; yields a function (stage, done, of how many).

    ``lang`` and terminal as with ``stage``. A total of 0 means that it is not known yet.
    """
    console = Console(stderr=True, highlight=False)
    if not lang:
        yield _silent
    elif not sys.stderr.isatty():
        named: set[str] = set()

        def name_once(what: str, _done: int, _total: int) -> None:
            if what not in named:
                named.add(what)
                console.print(_words(what, lang), markup=False)

        yield name_once
    else:
        with Progress(
            TextColumn("{task.description:<14}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
        ) as progress:
            tasks: dict[str, TaskID] = {}

            def step(what: str, done: int, total: int) -> None:
                if what not in tasks:
                    tasks[what] = progress.add_task(_words(what, lang), total=None)
                progress.update(tasks[what], completed=done, total=total or None)

            yield step


def _words(name: str, lang: str) -> str:
    chinese = STAGES.get(name, name)
    return f"{name} {chinese}" if lang == "en" else chinese


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nobody is watching."""
