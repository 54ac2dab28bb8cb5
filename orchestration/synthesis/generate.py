"""A synthetic county from its options to its files: people, money, reports, pages, files, month by month."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace
from itertools import chain
from pathlib import Path

import polars as pl

from orchestration.synthesis import defects, planted
from orchestration.synthesis.benefits import simulate as live_benefits
from orchestration.synthesis.clerk import office_pages, village_pages
from orchestration.synthesis.clerk.pages import Page
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS, Printed, load_printed
from orchestration.synthesis.clerk.village_books import year_to_date
from orchestration.synthesis.counties.county import County, load_county
from orchestration.synthesis.counties.plan import plan
from orchestration.synthesis.files.bundle import BundleWriter
from orchestration.synthesis.files.folders import WISHES, prepare_folders
from orchestration.synthesis.files.units import Units
from orchestration.synthesis.files.whole import written
from orchestration.synthesis.files.writer import FileWriter
from orchestration.synthesis.governance import simulate as live_governance
from orchestration.synthesis.money import simulate as live_money
from orchestration.synthesis.months import last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.population.simulation import simulate as live_population
from orchestration.synthesis.reporting import report
from orchestration.synthesis.service_log import simulate as live_service_log
from orchestration.synthesis.services import simulate as live_services
from orchestration.synthesis.supplies import simulate as live_supplies
from orchestration.synthesis.tables import Truth, empty, write_table

Say = Callable[[str, int, int], None]
_OFFICE_LAYERS = (live_money, live_services, live_service_log, live_supplies, live_benefits, live_governance)


def generate(options: Options, out: Path, truth_dir: Path | None, say: Say | None = None) -> dict[str, int]:
    """Make a county and write what its offices receive.

    Args:
        options: who, how many, when, how spoilt, in which format; with ``only`` the files of one month.
        out: folder for the ledgers, new or empty.
        truth_dir: folder for what really happened and for the log of defects, new or empty; None to keep it nowhere.
        say: told (stage, done, of how many): population, offices, ledgers.

    Returns:
        What was made: villages, persons, events, months, reports, slips (what must be found; lawful oddities left out).

    Raises:
        UsageError: no such county or form, or a folder that is not free.
        CouldNotRun: a folder or file cannot be written.

    What breaks a run off leaves whole files of a part of the county, and no ``options.json`` in the truth folder, which
    is written last.
    """
    options = replace(options, forms=options.forms or DEFAULT_FORMS)
    printed = load_printed()
    for form in options.forms:
        printed.form(form)
    county = load_county(options.county, real_names=options.real_names)
    prepare_folders(out, truth_dir)
    tell = say or _silent
    truth = live(county, options, tell)
    told, entries = defects.flow(truth.reports, truth.events, truth.villages, options)
    label: str = printed.habits["label"]
    if truth_dir is not None:
        truth.write(truth_dir, label)
    log = _write(replace(truth, reports=told), county, printed, options, out, tell)
    violations = planted.log(_tables(truth), options)
    built = defects.build(log.placed, entries, _of_family_m(violations, options))
    if truth_dir is not None:
        write_table(built, truth_dir, "defects", label)
        write_table(violations, truth_dir, "planted", label)
        with written(truth_dir / WISHES) as part:
            part.write_text(json.dumps(asdict(options), indent=1) + "\n", encoding="utf-8")
    return {
        "villages": options.villages,
        "persons": options.persons,
        "events": truth.events.height,
        "months": len(_months(options)),
        "reports": log.reports,
        "slips": built.filter(pl.col("family") != "F").height,
    }


def live(county: County, options: Options, say: Say) -> Truth:
    """Everything that happens in a county up to the last month that is written, and the lawful reports of it."""
    villages, lineage = plan(county, options)
    last = _months(options)[-1]
    tables = {"villages": villages, "lineage": lineage}
    tables |= live_population(villages, lineage, county.figures, options, last, say)
    for done, layer in enumerate(_OFFICE_LAYERS, start=1):
        tables |= layer(tables, county.code, options, last)
        say("offices", done, len(_OFFICE_LAYERS))
    tables["reports"] = report(tables["events"], villages, lineage, options)
    names = [field.name for field in fields(Truth)]
    return Truth(**{name: tables[name] if name in tables else empty(name) for name in names})


class _Log:
    """What the files of a run came to hold."""

    def __init__(self) -> None:
        self.placed: list[defects.Placed] = []
        self.reports = 0


def _write(truth: Truth, county: County, printed: Printed, options: Options, out: Path, say: Say) -> _Log:
    """Write every report of every month; memory holds the pages of one month at most."""
    writer = (
        BundleWriter(out, options, printed) if options.file_format == "parquet" else FileWriter(out, options, printed)
    )
    log, months = _Log(), _months(options)
    units = Units(truth, printed, options)
    total, done = sum(len(units.of_month(month)) for month in months), 0
    for month in months:
        now = _as_called(truth, county, month)
        units = Units(now, printed, options)
        plans = {unit.code: defects.file_plan(unit.code, month, options) for unit in units.of_month(month)}
        again = _sent_again(plans, truth, county, printed, options, month)
        so_far = year_to_date(truth, month) if options.defects > 0 else {}
        for pages in _pages(now, printed, options, month):
            code = pages[0].unit_code
            defects.spoil(pages, options, month, so_far.get(code))
            unit, next_unit = units.with_next(code, month)
            log.placed += writer.write(unit, again.get(code, pages), plans[code], next_unit)
            log.reports += 1
            say("ledgers", done + 1, total)
            done += 1
        writer.end_month()
    return log


def _pages(truth: Truth, printed: Printed, options: Options, month: int) -> Iterator[list[Page]]:
    """The pages of each unit that has any."""
    villages = village_pages.pages(truth, printed, options, month)
    offices = office_pages.pages(truth, printed, options, month)
    return (pages for pages in chain(villages, offices) if pages)


def _sent_again(
    plans: dict[str, defects.FilePlan], truth: Truth, county: County, printed: Printed, options: Options, month: int
) -> dict[str, list[Page]]:
    """The pages of another month, for the units that send these instead of the month's own."""
    wanted = {code: plan.content_month for code, plan in plans.items() if plan.content_month != month}
    found: dict[str, list[Page]] = {}
    for other in sorted(set(wanted.values())):
        for pages in _pages(_as_called(truth, county, other), printed, options, other):
            if wanted.get(pages[0].unit_code) == other:
                found[pages[0].unit_code] = pages
    return found


def _as_called(truth: Truth, county: County, month: int) -> Truth:
    """The truth with the names that villages and townships bear on the last day of a month."""
    day, named = last_day(month), {"name_zh": "division_code", "township_name": "township_code"}
    codes = {code for column in named.values() for code in truth.villages[column]}
    names = {code: county.name_on(code, day) for code in codes}
    told = {name: pl.col(column).replace_strict(names, return_dtype=pl.String) for name, column in named.items()}
    return replace(truth, villages=truth.villages.with_columns(**told))


def _months(options: Options) -> list[int]:
    """The months that are written."""
    return [options.only] if options.only is not None else list(range(options.start, options.start + options.months))


def _tables(truth: Truth) -> dict[str, pl.DataFrame]:
    return {field.name: getattr(truth, field.name) for field in fields(truth)}


def _of_family_m(violations: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Planted violations as rows of the log of defects; those that were not planted after all are left out."""
    forms = pl.col("forms").fill_null("").str.split(" ")
    expected = pl.concat_str("check", "implies", separator=" ", ignore_nulls=True)
    return violations.filter(pl.col("reason").is_null()).select(
        "unit_code", "period", "clean", "dirty",
        family=pl.lit("M"), code=pl.col("check"), layer=pl.lit("truth"), scope=pl.lit("case"),
        form=forms.list.first(), decidable=forms.list.set_difference(list(options.forms)).list.len() == 0,
        must_flag=pl.lit(value=True), expected=expected,
    )  # fmt: skip


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody is watching."""
