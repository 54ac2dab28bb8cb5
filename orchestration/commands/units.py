"""The verb for spellings of villages that no list has: what they may mean, and a person's word on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from orchestration.errors import UsageError
from orchestration.home import locked, prepare_home
from orchestration.ingest import unit_names
from orchestration.ingest.proposals.confidence import grade
from orchestration.ingest.proposals.villages import Renamed
from orchestration.ingest.unit_names import UnitName
from orchestration.office import PROPOSAL_COLUMNS, Office, everywhere, renamed
from orchestration.settings import OFFICE_TIME


@click.command()
@everywhere
@click.option("--confirm", "name", help="A spelling that stands for a village from now on.")
@click.option("--township", help="The township in which it does, 12 digits.")
@click.option("--division", default="", help="The village, 12 digits; without it the spelling is withdrawn.")
@click.option("--by", "initials", help="Who says so.")
@click.option("--newer", type=click.Path(exists=True, path_type=Path), help="A later divisions.csv to compare with.")
@click.pass_obj
def units(
    office: Office, name: str | None, township: str | None, division: str, initials: str | None, newer: Path | None
) -> int:
    """What villages refused sheets may mean; with --confirm one such spelling is taken for good.

    With --newer what became of villages that a later list of divisions has no longer under code or name.

    Nothing is used before a person confirmed it; the list is appended to, so that every word on it stays known.
    """
    settings = office.settings()
    if newer is not None:
        office.show(list(map(_told, unit_names.renamed(settings, newer))), "renamed")
        return 0
    if name is None:
        office.show(renamed(unit_names.proposals(settings), PROPOSAL_COLUMNS), "proposals")
        return 0
    if not (township and initials):
        raise UsageError(
            "A spelling is confirmed for a township, by somebody.",
            "确认名称须注明乡镇和确认人。",
            address="--confirm",
            remedy_en="Add --township and --by.",
            remedy_zh="请加上 --township 和 --by。",
        )
    prepare_home(settings)
    with locked(settings):
        today = datetime.now(OFFICE_TIME).date()
        unit_names.confirm(settings, UnitName(name, township, division, initials, today))
    office.say(
        "Kept. Sheets refused for that name are read by: taizhang replay --rule sheet.unknown_unit",
        "已保存。因该名称被拒绝的报表请用 taizhang replay --rule sheet.unknown_unit 重读。",
    )
    return 0


def _told(village: Renamed) -> dict[str, Any]:
    english, chinese = grade(village.chance)
    return {
        "division": village.division_code,
        "name": village.name,
        "now": village.now_code,
        "now_name": village.now_name,
        "basis": village.basis,
        "confidence": village.chance,
        "grade": english,
        "grade_zh": chinese,
    }
