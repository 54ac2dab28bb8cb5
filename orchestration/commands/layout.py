"""The verb for layouts that no form knows: what their columns may be, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from orchestration.errors import UsageError
from orchestration.home import locked, prepare_home
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.proposals import memory, survey
from orchestration.ingest.proposals.confidence import grade
from orchestration.ingest.proposals.mapping import Guess
from orchestration.ingest.proposals.survey import Proposal
from orchestration.office import Office, everywhere
from orchestration.settings import OFFICE_TIME

_FORMS_SHOWN = 3


@click.group()
@everywhere
def layout() -> None:
    """Headers that no form knows: propose what they mean, confirm it, list, withdraw.

    Nothing is used before a person confirmed it. 未知表头:建议、确认、列出、撤回。
    """


@layout.command()
@everywhere
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--form", help="Map to this form instead of the likeliest, L01 …")
@click.option("--sheet", "sheet_no", type=int, help="Only this sheet, 1 …")
@click.option(
    "--draft", type=click.Path(path_type=Path), help="Write the proposal there, to be corrected and confirmed."
)
@click.pass_obj
def propose(office: Office, file: Path, form: str | None, sheet_no: int | None, draft: Path | None) -> int:
    """What the columns of a file may be: headers and shapes of cells are shown, never a cell.

    What is not likely enough stands as ? in the draft.
    """
    catalogue = memory.catalogue_of(office.settings())
    if form is not None and form not in catalogue.layouts:
        raise _unfit("There is no such form.", "没有该表式。", form)
    found = [one for one in survey.survey(catalogue, file) if sheet_no in (None, one.sheet_no)]
    if not found:
        raise _unfit("No sheet has a header to propose for.", "没有可供建议的表头。", file.name)
    if draft is not None:
        if len(found) > 1:
            raise _unfit(
                "A draft is of one sheet; name it with --sheet.", "草稿只针对一个工作表,请用 --sheet 指定。", file.name
            )
        draft.write_text(survey.draft(found[0], form), encoding="utf-8")
    shown = {}
    for one in found:
        shown[f"sheet {one.sheet_no}: forms {one.fingerprint}"] = list(_forms(catalogue, one))
        shown[f"sheet {one.sheet_no}: columns of {one.of_form(form).form}"] = list(
            _columns(office, catalogue, one, form)
        )
    office.show_all(shown)
    if draft is not None:
        office.say(
            f"Go over {draft}, then: taizhang layout confirm {draft} --by INITIALS",
            f"请核对 {draft},然后运行:taizhang layout confirm {draft} --by 姓名缩写",
        )
    return 0


@layout.command()
@everywhere
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "initials", required=True, help="Who says so.")
@click.pass_obj
def confirm(office: Office, draft: Path, initials: str) -> int:
    """Keep a draft as a person left it; sheets of that very header are read by it from now on."""
    settings = office.settings()
    told = survey.confirmed(draft.read_text("utf-8"), initials, datetime.now(OFFICE_TIME).date())
    prepare_home(settings)
    with locked(settings):
        path = memory.confirm(settings, told)
    office.say(
        f"Kept as {path.name}. Sheets refused for that header are read by: taizhang replay --rule sheet.unknown_form",
        f"已保存为 {path.name}。因该表头被拒绝的报表请用 taizhang replay --rule sheet.unknown_form 重读。",
    )
    return 0


@layout.command()
@everywhere
@click.argument("fingerprint")
@click.option("--by", "initials", required=True, help="Who says so.")
@click.pass_obj
def withdraw(office: Office, fingerprint: str, initials: str) -> int:
    """Take a confirmed layout back; what was confirmed stays on file."""
    settings = office.settings()
    prepare_home(settings)
    with locked(settings):
        path = memory.withdraw(settings, fingerprint, initials, datetime.now(OFFICE_TIME).date())
    office.say(f"Withdrawn: {path.name}.", f"已撤回:{path.name}。")
    return 0


@layout.command(name="list")
@everywhere
@click.pass_obj
def list_(office: Office) -> int:
    """Every layout that a person confirmed, and whether it still holds."""
    rows = [
        {
            "fingerprint": held.fingerprint,
            "version": held.version,
            "form": held.form,
            "title": held.title,
            "columns": sum(bool(column.header) for column in held.columns),
            "confirmed_by": held.confirmed_by,
            "confirmed_on": held.confirmed_on,
            "in_force": not held.withdrawn,
        }
        for held in memory.read(office.settings())
    ]
    office.show(rows, "layouts")
    return 0


def _forms(catalogue: Catalogue, one: Proposal) -> Iterator[dict[str, Any]]:
    for mapping in one.mappings[:_FORMS_SHOWN]:
        form = catalogue.layouts[mapping.form]
        yield {
            "form": mapping.form,
            "name_zh": form.name_zh,
            "fit": mapping.fit,
            "confidence": mapping.confidence or None,
            "missing": ", ".join(mapping.missing),
        }


def _columns(office: Office, catalogue: Catalogue, one: Proposal, form: str | None) -> Iterator[dict[str, Any]]:
    mapping = one.of_form(form)
    written: dict[str, str] = {}
    for header, name in catalogue.layouts[mapping.form].header_names.items():
        written.setdefault(name, header)
    for guess in mapping.guesses:
        yield {
            "column": guess.column + 1,
            "header": guess.header,
            "shape": one.shapes[guess.column].label if guess.column in one.shapes else "",
            "is": guess.is_,
            "written": written.get(guess.is_, ""),
            "confidence": guess.confidence,
            "grade": _grade(office, guess),
            "else": guess.second,
        }


def _grade(office: Office, guess: Guess) -> str:
    english, chinese = ("known", "已知") if guess.known else grade(guess.confidence)
    return chinese if office.lang == "zh" else english


def _unfit(english: str, chinese: str, address: str) -> UsageError:
    return UsageError(
        english, chinese, address=address,
        remedy_en="See: taizhang layout propose --help", remedy_zh="请查看:taizhang layout propose --help",
    )  # fmt: skip
