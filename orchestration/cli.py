"""The ``taizhang`` command: one verb a line, one sentence an error, exit codes that a scheduler can read.

0 published or nothing new · 2 refused · 3 could not run · 64 wrong usage.
"""

from __future__ import annotations

import json
import sys
import traceback
from datetime import date, datetime
from pathlib import Path

import click

from orchestration import build as building
from orchestration.audit import chain
from orchestration.audit import verify as verification
from orchestration.errors import CouldNotRun, Refused, TaizhangError, UsageError
from orchestration.home import locked, prepare_home
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.office import (
    QUARANTINE_COLUMNS,
    SUBMISSION_COLUMNS,
    SYNTH_FIGURES,
    Office,
    everywhere,
    interrupted,
    renamed,
)
from orchestration.progress import stages
from orchestration.publish import release as releasing


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@everywhere
def cli() -> None:
    """Raw village ledgers go in, an audited release comes out. 台账汇总与审计"""


@cli.command()
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


@cli.command()
@everywhere
@click.option("--form", help="One form, L01 …")
@click.option("--period", help="A range of months: 2014-01..2014-06.")
@click.option("--rule", help="Only sheets that this rule rejected.")
@click.pass_obj
def replay(office: Office, form: str | None, period: str | None, rule: str | None) -> int:
    """Read a part again from the archive with today's layouts and rules, then build."""
    settings = office.settings()
    start, _, end = (period or "").partition("..")
    prepare_home(settings)
    with locked(settings):
        outcome = building.run(
            settings,
            mode="replay",
            say=office.say,
            lang=office.lang,
            part={
                "form": form or "",
                "period_from": start,
                "period_to": end or start,
                "rule": rule or "",
            },
        )
    return _told(office, outcome)


@cli.command()
@everywhere
@click.pass_obj
def status(office: Office) -> int:
    """What stands published, what came in, what was refused."""
    settings = office.settings()
    current = releasing.current_release(settings)
    submissions = read_submissions(settings)
    counts = dict(submissions.group_by("status").len().sort("status").iter_rows())
    quarantine = read_quarantine(settings)
    kinds = dict(quarantine.group_by("kind").len().sort("kind").iter_rows())
    answer = {
        "current": current.release_id if current else None,
        "as_of": current.manifest["as_of"] if current else None,
        "synthetic": current.manifest["synthetic"] if current else None,
        "submissions": counts,
        "quarantine": kinds,
        "last_event": (chain.events(settings.chain_file) or [{"event": None}])[-1]["event"],
    }
    office.show([answer], "status")
    return 0


@cli.command()
@everywhere
@click.pass_obj
def submissions(office: Office) -> int:
    """Every sheet that came in, how its rows were counted, and whether it is the current one."""
    frame = building.submissions_with_current(office.settings())
    office.show(renamed(frame, SUBMISSION_COLUMNS), "submissions")
    return 0


@cli.command()
@everywhere
@click.pass_obj
def quarantine(office: Office) -> int:
    """Every refused cell, row, sheet and file, with its address, reason and remedy."""
    office.show(renamed(read_quarantine(office.settings()), QUARANTINE_COLUMNS), "quarantine")
    return 0


@cli.command()
@everywhere
@click.pass_obj
def releases(office: Office) -> int:
    """Every release, oldest first."""
    settings = office.settings()
    current = releasing.current_release(settings)
    rows = [
        {
            "release_id": release.release_id,
            "is_current": current is not None and release.release_id == current.release_id,
            "as_of": release.manifest["as_of"],
            "verdict": release.manifest["verdict"],
            "synthetic": release.manifest["synthetic"],
            "rows": sum(release.manifest["rows"].values()),
        }
        for release in releasing.all_releases(settings)
    ]
    office.show(rows, "releases")
    return 0


@cli.command()
@everywhere
@click.argument("release_id")
@click.pass_obj
def rollback(office: Office, release_id: str) -> int:
    """Point readers back to an older release."""
    settings = office.settings()
    prepare_home(settings)
    with locked(settings):
        released = releasing.rollback(release_id, settings)
    office.say(f"Current is {released.release_id}.", f"当前版本为 {released.release_id}。")
    return 0


@cli.command()
@everywhere
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def verify(office: Office, folder: Path | None) -> int:
    """Recompute every hash of a release (default: the current one) and walk the chain."""
    settings = office.settings()
    current = releasing.current_release(settings)
    target = folder or (current.folder if current else None)
    if target is None or not (target / "manifest.json").is_file():
        raise UsageError(
            "There is no release to verify.",
            "没有可核验的发布版本。",
            address=str(target or settings.releases),
            remedy_en="Name the folder of a release, or list them with: taizhang releases",
            remedy_zh="请指定发布版本的目录,或用 taizhang releases 查看。",
        )
    found = verification.verify_release(target, settings.chain_file)
    office.show([{"what": fault.what, "address": fault.address} for fault in found.faults], "faults")
    if not found.holds:
        office.say(f"{found.release_id} is not what it claims.", f"{found.release_id} 与其声明不符。")
        return Refused.exit_code
    office.say(
        f"{found.release_id}: {found.files} files and the chain hold.",
        f"{found.release_id}:{found.files} 个文件与日志链完好。",
    )
    return 0


@cli.command()
@everywhere
@click.option("--county", required=True, help="Six digits, fictional: 331099, 530899, 410899.")
@click.option("--villages", required=True, help="How many villages report.")
@click.option("--persons", required=True, help="How many people live there at the start.")
@click.option("--months", required=True, help="How many months.")
@click.option("--seed", required=True, help="A whole number; the same one gives the same county.")
@click.option("--start", default="2014-01", show_default=True, help="First month, 2001-01 or later.")
@click.option("--defects", default="0", show_default=True, help="Slips that a sheet with any has on average, 0 to 0.2.")
@click.option("--format", type=click.Choice(["xlsx", "csv", "mixed", "parquet"]), default="xlsx", show_default=True)
@click.option("--real-names", is_flag=True, help="Invented people under the names of 331003, 530823 or 410823.")
@click.option("--forms", default="", help="all, or L01,L02,… (default: the forms that are read).")
@click.option("--only", default="", help="Write this month alone.")
@click.option("--out", required=True, help="Folder for the ledgers, new or empty.")
@click.option("--truth", help="Folder for what really happened, new or empty, apart from --out.")
@click.pass_obj
def synth(office: Office, /, out: str, truth: str | None, real_names: bool, **asked: str) -> int:
    """Make a synthetic county: ledgers as they would come in, and the truth behind them."""
    from orchestration.synthesis.generate import generate
    from orchestration.synthesis.request import folder_from, options_from

    options = options_from(asked, real_names=real_names, readable=load_catalogue().layouts)
    ledgers, known = folder_from("out", out), None if truth is None else folder_from("truth", truth)
    if real_names and options.defects:
        office.say(
            "Real names: slips of the pen are planted, misconduct is not.",
            "使用真实地名:只植入填报差错,不植入违规情形。",
        )
    try:
        with stages("" if office.as_json else office.lang) as step:
            made = generate(options, ledgers, known, step)
    except KeyboardInterrupt:
        raise interrupted([ledgers] if known is None else [ledgers, known]) from None
    sizes = [path.stat().st_size for path in ledgers.rglob("*") if path.is_file()]
    made |= {"files": len(sizes), "bytes": sum(sizes)}
    if office.as_json:
        click.echo(json.dumps(made))
        return 0
    office.show_figures({f"{name} {SYNTH_FIGURES[name]}": value for name, value in made.items()})
    if options.file_format != "parquet":
        office.say(f"Next: taizhang run --landing {ledgers}", f"下一步:taizhang run --landing {ledgers}")
    return 0


@cli.command()
@everywhere
@click.option("--port", default=3000, show_default=True)
@click.pass_obj
def dev(office: Office, port: int) -> int:
    """The Dagster UI on 127.0.0.1."""
    settings = office.settings()
    prepare_home(settings)
    return building.serve_dagster(settings, port)


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


def _told(office: Office, outcome: building.Outcome) -> int:
    office.say(outcome.sentence_en, outcome.sentence_zh)
    if office.as_json:
        click.echo(json.dumps(outcome.as_dict(), ensure_ascii=False, default=str))
        return outcome.exit_code
    for figures in outcome.figures:
        office.show_figures(figures)
    if outcome.report is not None:
        office.say(f"Report: {outcome.report}", f"报告:{outcome.report}")
    return outcome.exit_code


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
