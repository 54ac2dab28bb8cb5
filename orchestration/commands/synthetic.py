"""The verb that makes a synthetic county."""

from __future__ import annotations

import json

import click

from orchestration.ingest.layout import load_catalogue
from orchestration.office import SYNTH_FIGURES, Office, everywhere, interrupted
from orchestration.progress import stages


@click.command()
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
