"""How a command answers: one sentence for a person, a table, or JSON for a machine; in English or Chinese."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import polars as pl
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest.plain_names import plain_name
from orchestration.settings import Settings

# A register has many columns; folded to eighty they could not be read.
WIDE = 200
QUARANTINE_COLUMNS = {
    "file": "file_path",
    "sheet": "sheet_name",
    "row": "row_no",
    "column": "column_name",
    "cell": "cell",
    "form": "form",
    "unit_code": "unit_code",
    "period": "period",
    "kind": "kind",
    "rule_id": "rule_id",
    "raw_text": "raw_text",
    "shape": "shape",
    "reason_en": "reason_en",
    "reason_zh": "reason_zh",
    "hint_en": "hint_en",
    "hint_zh": "hint_zh",
}
SUBMISSION_COLUMNS = {
    "file": "file_path",
    "file_sha256": "file_sha256",
    "sheet": "sheet_name",
    "unit_code": "unit_code",
    "form": "form",
    "period": "period",
    "received_on": "received_on",
    "status": "status",
    "is_current": "is_current",
    "rows_seen": "rows_seen",
    "accepted": "accepted",
    "quarantined": "quarantined",
    "duplicate": "duplicate",
    "non_data": "non_data",
}
PROPOSAL_COLUMNS = {
    "file": "file_path",
    "sheet_no": "sheet_no",
    "written": "name_written",
    "township": "township_code",
    "division": "division_code",
    "name": "name_zh",
    "likeness": "likeness",
    "confidence": "confidence",
    "grade": "grade",
    "grade_zh": "grade_zh",
}
VERSION_COLUMNS = {
    "version": "version_no",
    "received_on": "received_on",
    "stated_version": "stated_version",
    "status": "status",
    "is_current": "is_current",
    "accepted": "accepted",
    "quarantined": "quarantined",
    "file": "file_path",
    "file_sha256": "file_sha256",
}
BOARD_COLUMNS = {
    "unit_code": "unit_code",
    "form": "form",
    "period": "period",
    "state": "state",
    "is_due": "is_due",
    "is_late": "is_late",
    "is_overdue": "is_overdue",
    "is_zero": "is_zero",
    "is_waiting": "is_waiting",
    "due_on": "due_on",
    "first_received_on": "first_received_on",
    "received_on": "received_on",
    "versions": "versions_received",
    "refused": "versions_refused",
    "accepted": "accepted",
    "quarantined": "quarantined",
}
SYNTH_FIGURES = {
    "villages": "村",
    "months": "月",
    "persons": "人",
    "events": "变动",
    "reports": "份报表",
    "slips": "植入差错",
    "files": "文件",
    "bytes": "字节",
}


class Office:
    """What every command knows: the settings as given, the language, whether a machine is reading."""

    def __init__(self) -> None:
        self.named: dict[str, Any] = {}
        self.lang = "en"
        self.as_json = False
        self.console = Console(stderr=True, highlight=False)

    def settings(self, **more: Any) -> Settings:
        """The frozen settings, with what this command adds."""
        named = {**self.named, **more}
        try:
            return Settings(**{name: value for name, value in named.items() if value is not None})
        except ValidationError as problem:
            names = ", ".join(f"TAIZHANG_{'_'.join(map(str, fault['loc'])).upper()}" for fault in problem.errors())
            raise UsageError(
                "A setting has a value that it cannot have.",
                "有设置项的值不合法。",
                address=names,
                remedy_en="Correct the environment variable, or unset it for the default.",
                remedy_zh="请更正该环境变量,或删除以使用默认值。",
            ) from None

    def say(self, english: str, chinese: str) -> None:
        """One sentence for a person, on standard error so that ``--json`` stays clean."""
        self.console.print(chinese if self.lang == "zh" else english, soft_wrap=True, markup=False)

    def show_all(self, lists: dict[str, list[dict[str, Any]]]) -> None:
        """Several lists of objects by title: one JSON object for a machine, tables for a person."""
        if self.as_json:
            click.echo(json.dumps(lists, ensure_ascii=False, default=str, indent=1))
            return
        for title, rows in lists.items():
            self.show(rows, title)

    def show(self, rows: list[dict[str, Any]], title: str) -> None:
        """A list of objects: JSON for a machine, a table for a person."""
        if self.as_json:
            click.echo(json.dumps(rows, ensure_ascii=False, default=str, indent=1))
            return
        if not rows:
            self.say("Nothing to list.", "没有可列出的内容。")
            return
        table = Table(title=title)
        for name in rows[0]:
            table.add_column(name)
        for row in rows:
            # A name of a file may read as markup of this table, or move the cursor.
            table.add_row(*(Text("" if value is None else plain_name(str(value))) for value in row.values()))
        screen = Console(highlight=False)
        Console(highlight=False, width=max(screen.width, WIDE)).print(table)

    def show_figures(self, figures: dict[str, Any]) -> None:
        """A few figures of one division, one a line."""
        table = Table(show_header=False)
        for name, value in figures.items():
            table.add_row(name, "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value))
        Console(highlight=False).print(table)


def months_of(period: str | None) -> tuple[str, str]:
    """First and last month of ``2014-01..2014-06`` or ``2014-01``, as written; empty where nothing is asked."""
    start, _, end = (period or "").partition("..")
    return start, end or start


def renamed(frame: pl.DataFrame, columns: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of a frame under the names that an answer promises (new name -> column)."""
    return frame.select(**{new: pl.col(old) for new, old in columns.items()}).to_dicts()


def interrupted(folders: Sequence[Path]) -> CouldNotRun:
    """What is said when a person stops the making of a county: which folders hold a part of it."""
    begun = [str(folder) for folder in folders if folder.is_dir() and any(folder.iterdir())]
    if not begun:
        return CouldNotRun("Interrupted: nothing was written.", "已中断:未写入任何文件。")
    return CouldNotRun(
        f"Interrupted: a part of a county lies in {' and '.join(begun)}.",
        f"已中断:{'、'.join(begun)} 中只有一个县的一部分。",
        remedy_en="Empty it before you make it again.",
        remedy_zh="请清空后再重新生成。",
    )


def _set_home(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.obj.named["home"] = value


def _set_lang(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.obj.lang = value


def _set_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        context.obj.as_json = True


def everywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that stand before or after any verb."""
    folder, languages = click.Path(path_type=Path), click.Choice(["en", "zh"])
    home = "Home folder (TAIZHANG_HOME, default .taizhang)."
    for option in (
        click.option("--json", is_flag=True, expose_value=False, callback=_set_json, help="Answer in JSON."),
        click.option("--lang", type=languages, expose_value=False, callback=_set_lang, help="Language."),
        click.option("--home", type=folder, expose_value=False, callback=_set_home, help=home),
    ):
        command = option(command)
    return command
