"""Verbs that look at what was received: sheets and refusals."""

from __future__ import annotations

import click

from orchestration import build as building
from orchestration.ingest.register import read_quarantine
from orchestration.office import QUARANTINE_COLUMNS, SUBMISSION_COLUMNS, Office, everywhere, renamed


@click.command()
@everywhere
@click.pass_obj
def submissions(office: Office) -> int:
    """Every sheet that came in, how its rows were counted, and whether it is the current one."""
    frame = building.submissions_with_current(office.settings())
    office.show(renamed(frame, SUBMISSION_COLUMNS), "submissions")
    return 0


@click.command()
@everywhere
@click.pass_obj
def quarantine(office: Office) -> int:
    """Every refused cell, row, sheet and file, with its address, reason and remedy."""
    office.show(renamed(read_quarantine(office.settings()), QUARANTINE_COLUMNS), "quarantine")
    return 0
