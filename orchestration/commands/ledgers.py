"""Verbs that look at what was received: sheets, their versions, the board of reports due, refusals."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import polars as pl

from orchestration import build as building
from orchestration.errors import UsageError
from orchestration.home import locked, prepare_home
from orchestration.ingest import part
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.readings import catalogue, read_readings
from orchestration.ingest.register import READABLE, read_quarantine, read_submissions
from orchestration.ingest.revisions import Difference, differences, rows_of
from orchestration.ingest.versions import versions
from orchestration.office import (
    BOARD_COLUMNS,
    QUARANTINE_COLUMNS,
    SUBMISSION_COLUMNS,
    VERSION_COLUMNS,
    Office,
    everywhere,
    months_of,
    renamed,
)
from orchestration.progress import stage
from orchestration.publish.board import read_board
from orchestration.returned.export import export
from orchestration.settings import Settings

STATES = {
    "not_due": "未到应报",
    "missing": "缺报",
    "received": "已收未接收",
    "partial": "部分接收",
    "accepted": "已接收",
}


@click.command()
@everywhere
@click.option("--unit", help="One unit, 12 digits or with its department.")
@click.option("--form", help="One form, L01 …")
@click.option("--period", help="A month, or a range of months: 2014-01..2014-06.")
@click.option("--board", is_flag=True, help="What was expected, and what became of it.")
@click.option("--state", type=click.Choice(list(STATES)), help="With --board: only reports in this state.")
@click.pass_obj
def submissions(
    office: Office, unit: str | None, form: str | None, period: str | None, board: bool, state: str | None
) -> int:
    """Every sheet that came in, how its rows were counted, and whether it is the current one.

    With --board what was expected of every unit, and what became of it; with a unit, a form and one month the versions
    of that submission, what each changed, and how its cells were read.
    """
    settings = office.settings()
    start, end = months_of(period)
    part.check(form, start or None, end or None, load_catalogue().layouts)
    if state and not board:
        raise UsageError(
            "A state is asked of the board.",
            "--state 须与 --board 同用。",
            address="--state",
            remedy_en="Add --board.",
            remedy_zh="请加上 --board。",
        )
    asked = [pl.col("unit_code") == unit] if unit else []
    asked += [pl.col("form") == form] if form else []
    asked += [pl.col("period").is_between(pl.lit(start), pl.lit(end))] if start else []
    if board:
        lines = read_board(settings).filter(*asked, *([pl.col("state") == state] if state else []))
        _count(office, lines)
        office.show(renamed(lines, BOARD_COLUMNS), "board")
    elif unit and form and start and start == end:
        known = versions(read_submissions(settings).filter(*asked), settings.as_of)
        told = {"versions": renamed(known, VERSION_COLUMNS), "differences": _changes(settings, known, form)}
        office.show_all({**told, "readings": _readings(settings, known)})
    else:
        frame = building.submissions_with_current(settings).filter(*asked)
        office.show(renamed(frame, SUBMISSION_COLUMNS), "submissions")
    return 0


@click.command()
@everywhere
@click.option("--export", "folder", type=click.Path(path_type=Path), help="New or empty folder for marked workbooks.")
@click.pass_obj
def quarantine(office: Office, folder: Path | None) -> int:
    """Every refused cell, row, sheet and file, with its address, reason and remedy.

    With --export each unit gets its own workbooks back, bad cells marked and an error list in front; the answer lists
    them. They hold what the unit sent, names included: only their owner can read the folder.
    """
    settings = office.settings()
    if folder is None:
        office.show(renamed(read_quarantine(settings), QUARANTINE_COLUMNS), "quarantine")
        return 0
    prepare_home(settings)
    with locked(settings), stage("return", "" if office.as_json else office.lang) as step:
        sent = export(settings, folder, lambda done, total: step("return", done, total))
    office.show([asdict(workbook) for workbook in sent], "returned")
    findings = sum(workbook.findings for workbook in sent)
    office.say(
        f"{len(sent)} workbooks with {findings} findings lie in {folder}.",
        f"已写出退回文件 {len(sent)} 个,共 {findings} 项问题,目录:{folder}。",
    )
    return 0


def _count(office: Office, lines: pl.DataFrame) -> None:
    """How many reports are in each state, and how many of them came late, tell of nothing or are overdue."""
    states = Counter(lines["state"].to_list())
    late, zero, overdue = (int(lines[name].sum()) for name in ("is_late", "is_zero", "is_overdue"))
    counted = [(name, states[name]) for name in STATES if states[name]]
    office.say(
        f"{lines.height} reports: "
        + ", ".join(f"{name} {count}" for name, count in counted)
        + f"; late {late}, zero {zero}, overdue {overdue}.",
        f"报表 {lines.height} 份:"
        + "、".join(f"{STATES[name]} {count}" for name, count in counted)
        + f";其中迟报 {late}、零报告 {zero}、逾期未报 {overdue}。",
    )


def _changes(settings: Settings, known: pl.DataFrame, form: str) -> list[dict[str, Any]]:
    """What each version that was read changed in the one read before it; a version refused whole says nothing."""
    layout = load_catalogue().layouts[form]
    read = [row for row in known.iter_rows(named=True) if row["status"] in READABLE]
    rows = [rows_of(settings.lake, layout, version) for version in read]
    return [
        _told(older["version_no"], newer["version_no"], difference)
        for (older, old), (newer, new) in pairwise(zip(read, rows, strict=True))
        for difference in differences(old, new, layout)
    ]


def _readings(settings: Settings, known: pl.DataFrame) -> list[dict[str, Any]]:
    """How often cells of each version were read otherwise than as plainly written, by column and way."""
    numbers = dict(known.select("submission_id", "version_no").iter_rows())
    return [
        {
            "version": numbers[row["submission_id"]],
            "column": row["column_name"],
            "rule": row["rule"],
            "cells": row["cells"],
            "how_en": catalogue()[row["rule"]].en,
            "how_zh": catalogue()[row["rule"]].zh,
        }
        for row in read_readings(settings).iter_rows(named=True)
        if row["submission_id"] in numbers
    ]


def _told(older: int, newer: int, difference: Difference) -> dict[str, Any]:
    return {
        "from": older,
        "to": newer,
        "row_old": difference.row_old,
        "row_new": difference.row_new,
        "column": difference.column,
        "change": difference.change,
        "is_shown": difference.is_shown,
        "old": difference.old,
        "new": difference.new,
    }
