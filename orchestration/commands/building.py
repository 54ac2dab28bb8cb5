"""Verbs that make a release: run, replay, and the Dagster UI that does both by itself."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from orchestration import build as building
from orchestration.errors import UsageError
from orchestration.home import locked, prepare_home
from orchestration.office import Office, everywhere, months_of


@click.command()
@everywhere
@click.option("--landing", type=click.Path(path_type=Path), help="Folder of received files.")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Build what was known on that day.")
@click.option("--full", is_flag=True, help="Read everything again from the archive.")
@click.pass_obj
def run(office: Office, landing: Path | None, as_of: datetime | None, full: bool) -> int:
    """Ingest what is new, transform, audit, publish."""
    settings = office.settings(landing=landing, as_of=_day(as_of))
    if landing is not None and not settings.landing.is_dir():
        raise UsageError(
            "The landing folder does not exist.",
            "接收目录不存在。",
            address=str(settings.landing),
            remedy_en="Name the folder into which files are received.",
            remedy_zh="请指定接收文件的目录。",
        )
    prepare_home(settings)
    with locked(settings):
        outcome = building.run(settings, mode="full" if full else "new", say=office.say, lang=office.lang)
    return _told(office, outcome)


@click.command()
@everywhere
@click.option("--form", help="One form, L01 …")
@click.option("--period", help="A range of months: 2014-01..2014-06.")
@click.option("--rule", help="Only sheets that this rule rejected.")
@click.pass_obj
def replay(office: Office, form: str | None, period: str | None, rule: str | None) -> int:
    """Read a part again from the archive with today's layouts and rules, build, and tell what that rescued."""
    settings = office.settings()
    start, end = months_of(period)
    asked = {"form": form or "", "period_from": start, "period_to": end, "rule": rule or ""}
    prepare_home(settings)
    with locked(settings):
        outcome = building.replay(settings, asked, say=office.say, lang=office.lang)
    return _told(office, outcome)


@click.command()
@everywhere
@click.option("--port", default=3000, show_default=True)
@click.pass_obj
def dev(office: Office, port: int) -> int:
    """The Dagster UI on 127.0.0.1."""
    settings = office.settings()
    prepare_home(settings)
    return building.serve_dagster(settings, port)


def _told(office: Office, outcome: building.Outcome) -> int:
    office.say(outcome.sentence_en, outcome.sentence_zh)
    if outcome.rescue is not None:
        office.say(outcome.rescue.sentence_en, outcome.rescue.sentence_zh)
    if office.as_json:
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, default=str))
        return outcome.exit_code
    if outcome.rescue is not None and outcome.rescue.rules:
        office.show(outcome.rescue.rules, "replay")
    for figures in outcome.figures:
        office.show_figures(figures)
    if outcome.report is not None:
        office.say(f"Report: {outcome.report}", f"报告:{outcome.report}")
    return outcome.exit_code


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
