"""A file whose layout nobody knows: each of its tables with what it may be. Nothing of its cells is kept but shapes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from orchestration.errors import UsageError
from orchestration.ingest import sheet
from orchestration.ingest.confirmed import ConfirmedLayout, block_of, fingerprint, kind_of
from orchestration.ingest.containers.opening import RawSheet, Refusal, is_blank, open_sheets
from orchestration.ingest.forms import titled_forms
from orchestration.ingest.headers import candidate_rows
from orchestration.ingest.layout import Catalogue
from orchestration.ingest.proposals import block as blocks
from orchestration.ingest.proposals.confidence import LIKELY
from orchestration.ingest.proposals.mapping import Mapping, propose
from orchestration.ingest.proposals.shapes import Shape, shape_of
from orchestration.ingest.proposals.targets import NOT_KEPT, word_lists
from orchestration.ingest.proposals.wording import is_wording
from orchestration.ingest.text import squash

UNDECIDED = "?"


@dataclass(frozen=True)
class Proposal:
    """One sheet: its header, what its columns look like, and the forms it may be, the best first."""

    sheet_no: int
    title: str
    block: tuple[tuple[str, ...], ...]
    headers: tuple[str, ...]
    shapes: dict[int, Shape]
    mappings: tuple[Mapping, ...]

    @property
    def fingerprint(self) -> str:
        """What tells this header under this kind of title from any other."""
        return fingerprint(self.block, self.title)

    def of_form(self, form: str | None) -> Mapping:
        """The mapping for a form; for the best one unless a form is asked for."""
        return next((mapping for mapping in self.mappings if mapping.form == form), self.mappings[0])


def survey(catalogue: Catalogue, path: Path) -> list[Proposal]:
    """What every sheet of a file may be; sheets without anything like a header, or blocked ones, are left out.

    Raises:
        UsageError: the file cannot be opened.
    """
    try:
        sheets = list(open_sheets(path.read_bytes()))
    except (OSError, Refusal):
        raise UsageError(
            "The file cannot be opened as a workbook or table.",
            "无法将该文件作为工作簿或表格打开。",
            address=path.name,
            remedy_en="Name a file as it was received; taizhang quarantine says why a file was refused.",
            remedy_zh="请指定收到的原始文件;拒收原因见 taizhang quarantine。",
        ) from None
    return [found for raw in sheets if (found := of_sheet(catalogue, raw))]


def of_sheet(catalogue: Catalogue, raw: RawSheet) -> Proposal | None:
    """What one sheet may be; None for one that is blocked or has nothing like a header."""
    place = blocks.find(raw, next(candidate_rows(raw.rows, catalogue, raw.merges), None))
    if place is None:
        return None
    above = sheet.preamble(raw.rows[: place.first])
    title = above.title or raw.name
    if catalogue.blocked_sheet.search(squash(above.title + raw.name)):
        return None
    named = titled_forms(catalogue, title)
    body = [row for row in raw.rows[place.first + place.height :] if not is_blank(row) and not sheet.ends_table(row)]
    if _is_data(place.headers, body):
        return None
    lists = word_lists(catalogue)
    shapes = {
        index: shape_of((row[index] for row in body if index < len(row)), lists)
        for index, header in enumerate(place.headers)
        if header and not _blocked(catalogue, header, named)
    }
    return Proposal(
        raw.number, kind_of(title), block_of(raw.rows, place.first, place.height), place.headers, shapes,
        tuple(propose(catalogue, place.headers, shapes, title)),
    )  # fmt: skip


def draft(proposal: Proposal, form: str | None) -> str:
    """The proposal as YAML for a person to go over; what is not likely enough is left open with a ``?``."""
    mapping = proposal.of_form(form)
    sure = {guess.column: guess.is_ for guess in mapping.guesses if guess.confidence >= LIKELY}
    told: dict[str, Any] = {
        "fingerprint": proposal.fingerprint,
        "form": mapping.form,
        "title": proposal.title,
        "block": [list(row) for row in proposal.block],
        "columns": [
            {
                "header": header,
                "shape": _label(proposal, index),
                "is": sure.get(index, UNDECIDED if header else NOT_KEPT),
            }
            for index, header in enumerate(proposal.headers)
        ],
    }
    text: str = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=200)
    return text


def confirmed(text: str, initials: str, day: date) -> ConfirmedLayout:
    """A draft as a person left it.

    Raises:
        UsageError: it is not well formed, or a column is still open.
    """
    try:
        layout = ConfirmedLayout.model_validate(
            {**yaml.safe_load(text), "version": 1, "confirmed_by": initials, "confirmed_on": day}
        )
    except (TypeError, ValueError, ValidationError, yaml.YAMLError):
        raise _unfit("the draft is not well formed", "草稿格式有误") from None
    left = [column.header for column in layout.columns if column.is_ == UNDECIDED]
    if left:
        raise _unfit(f"{len(left)} columns are still open ({UNDECIDED})", f"还有 {len(left)} 列未确定({UNDECIDED})")
    return layout


def _is_data(headers: tuple[str, ...], body: list[list[object]]) -> bool:
    """Whether a row taken for a header is one of persons: its words come again below, or few are words of headers.

    What a header says is shown, and what a person's row says must not be.
    """
    filled = [index for index, header in enumerate(headers) if header]
    again = sum(any(squash(str(row[index])) == headers[index] for row in body if index < len(row)) for index in filled)
    return 0 < again < len(filled) or 2 * sum(is_wording(headers[index]) for index in filled) < len(filled)


def _blocked(catalogue: Catalogue, header: str, named: set[str]) -> bool:
    """Whether cells must not be looked at: by what holds on every form, and on those that the title names."""
    layouts = [catalogue.layouts[form] for form in sorted(named)] or list(catalogue.layouts.values())
    return all(catalogue.is_blocked(layout, header) for layout in layouts) or any(
        catalogue.is_blocked(layout, header) for layout in layouts if named
    )


def _label(proposal: Proposal, index: int) -> str:
    return proposal.shapes[index].label if index in proposal.shapes else ""


def _unfit(what_en: str, what_zh: str) -> UsageError:
    return UsageError(
        f"The layout cannot be confirmed: {what_en}.",
        f"无法确认该版式:{what_zh}。",
        remedy_en="Say of each column: a column of the form, @serial, @unit, @fill_date, @remark, or - for not kept.",
        remedy_zh="请为每列写明对应的列名,或 @serial、@unit、@fill_date、@remark,不保留的写 -。",
    )
