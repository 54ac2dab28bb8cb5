"""The ``taizhang`` command: one verb a line, one sentence an error, exit codes that a scheduler can read.

0 published or nothing new · 2 refused · 3 could not run · 64 wrong usage.
"""

from __future__ import annotations

import errno
import sqlite3
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
        if _is_of_a_full_disk(error):
            office.say(
                "The disk is full or cannot be written: make room for the home and run again; nothing was published.",
                "磁盘空间已满或无法写入:请腾出主目录所在磁盘的空间后重新运行;本次未发布任何内容。",
            )
            sys.exit(CouldNotRun.exit_code)
        place = traceback.extract_tb(error.__traceback__)[-1]
        click.echo(
            f"An unforeseen {type(error).__name__} [{Path(place.filename).name}:{place.lineno}]. "
            "This is a fault of the product: report the address; nothing was published.",
            err=True,
        )
        code = CouldNotRun.exit_code
    sys.exit(code or 0)


def _is_of_a_full_disk(error: BaseException | None) -> bool:
    """Whether the system, or the store of Dagster, said that no space is left, here or where this came from."""
    while error is not None:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return True
        # On some systems a full disk is an error of input and output; the low byte is the kind.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            return True
        error = error.__cause__ or error.__context__
    return False
