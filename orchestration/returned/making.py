"""One returned workbook: the copy of a file for one unit, marked, with the error list in front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl.chartsheet import Chartsheet

from orchestration.ingest import own_sheet
from orchestration.ingest.container import RawSheet, Refusal, open_sheets
from orchestration.returned import error_list, marks, original, packing
from orchestration.returned.cut import cut
from orchestration.returned.original import Book, How
from orchestration.returned.parcels import Parcel

_NOT_TO_BE_SENT = "sheet.blocked"


@dataclass(frozen=True)
class Made:
    """A workbook to be sent back: its bytes, its suffix, and what of the original could be kept."""

    content: bytes
    suffix: str
    kept: How


def sheets_of(content: bytes) -> dict[int, RawSheet]:
    """The sheets of a received file by number, without an error list of ours; none if it cannot be opened."""
    try:
        return {raw.number: raw for raw in open_sheets(content) if not own_sheet.is_error_list(raw)}
    except Refusal:
        return {}


def original_of(content: bytes) -> str | None:
    """The head of the hash of the received file that a workbook answers, if it was sent back and bears its list."""
    try:
        return next((own_sheet.answers(raw) for raw in open_sheets(content) if own_sheet.is_error_list(raw)), None)
    except Refusal:
        return None


def make(content: bytes, raws: Mapping[int, RawSheet], parcel: Parcel, unit: str, day: date) -> Made:
    """Make the workbook of a parcel.

    Formats are kept where the copy holds the same cells as the received file; else its values are written anew.

    Args:
        content: the received file.
        raws: its sheets.
        parcel: what of it goes to whom.
        unit: the name of who gets it.
        day: up to which everything received is known.
    """
    suffix = original.suffix_of(content) if raws else None
    is_part = parcel.sheets is not None
    copy = (
        original.with_formats(content, raws, as_values=is_part, macros=suffix == ".xlsm" and not is_part)
        if suffix
        else None
    )
    if copy is not None and suffix is not None:
        values = {} if is_part else packing.last_values(content)
        suffix = ".xlsx" if is_part else suffix
        made = Made(_finished(copy, raws, parcel, unit, day, values), suffix, "formats")
        if _holds_the_same(made.content, raws, parcel, copy):
            return made
    copy = original.with_values(raws)
    return Made(_finished(copy, raws, parcel, unit, day, {}), ".xlsx", "values" if raws else "list")


def _finished(
    copy: Book, raws: Mapping[int, RawSheet], parcel: Parcel, unit: str, day: date, values: packing.Values
) -> bytes:
    for number, sheet in list(copy.sheets.items()):
        if number not in raws and not isinstance(sheet, Chartsheet):
            copy.drop(number)
    if parcel.sheets is not None:
        cut(copy, parcel)
    for number, sheet in list(copy.sheets.items()):
        here = [finding for finding in parcel.findings if finding["sheet_no"] == number]
        if any(finding["rule_id"] == _NOT_TO_BE_SENT for finding in here):
            copy.drop(number)
        elif not isinstance(sheet, Chartsheet):
            marks.mark(sheet, here)
    error_list.add(copy, parcel.findings, unit, day)
    return packing.pack(copy.book, day, values)


def _holds_the_same(content: bytes, raws: Mapping[int, RawSheet], parcel: Parcel, copy: Book) -> bool:
    """Whether every sheet of a copy reads cell for cell as the received one; rows that were cut out are blank."""
    try:
        found = {raw.name: raw for raw in open_sheets(content)}
    except Refusal:
        return False
    for number, sheet in copy.sheets.items():
        if number not in raws:
            continue
        raw = raws[number]
        cells = _cells(raw)
        if number in parcel.rows:
            first, own = parcel.data_from[number], parcel.rows[number]
            cells = {place: cell for place, cell in cells.items() if place[0] < first or place[0] in own}
        if sheet.title not in found or _cells(found[sheet.title]) != cells:
            return False
    return True


def _cells(raw: RawSheet) -> dict[tuple[int, int], object]:
    return {
        (raw.row_no(index), column): cell
        for index, row in enumerate(raw.rows)
        for column, cell in enumerate(row)
        if cell != ""
    }
