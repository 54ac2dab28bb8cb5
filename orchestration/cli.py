"""The ``taizhang`` command: one verb a line, one sentence an error, exit codes that a scheduler can read.

0 published or nothing new · 2 refused · 3 could not run · 64 wrong usage.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from orchestration.commands.building import dev, replay, run
from orchestration.commands.layout import layout
from orchestration.commands.ledgers import quarantine, submissions
from orchestration.commands.releases import releases, rollback, status, verify
from orchestration.commands.synthetic import synth
from orchestration.commands.units import units
from orchestration.errors import CouldNotRun, TaizhangError, UsageError
from orchestration.office import Office, everywhere


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=[run, replay, status, submissions, quarantine, units, layout, releases, rollback, verify, synth, dev],
)
@everywhere
def cli() -> None:
    """Raw village ledgers go in, an audited release comes out. 台账汇总与审计"""


def main(arguments: list[str] | None = None) -> None:
    """The entry point: run a command, tell a failure in one sentence, leave with its code."""
    office = Office()
    try:
        code = cli.main(args=arguments, prog_name="taizhang", standalone_mode=False, obj=office)
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except click.ClickException as misuse:
        misuse.show()
        code = UsageError.exit_code
    except click.Abort:
        office.say("Interrupted.", "已中断。")
        code = CouldNotRun.exit_code
    except TaizhangError as error:
        click.echo(error.sentence(office.lang), err=True)
        code = error.exit_code
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, never a traceback that may quote a cell
        place = traceback.extract_tb(error.__traceback__)[-1]
        click.echo(
            f"An unforeseen {type(error).__name__} [{Path(place.filename).name}:{place.lineno}]. "
            "This is a fault of the product: report the address; nothing was published.",
            err=True,
        )
        code = CouldNotRun.exit_code
    sys.exit(code or 0)
