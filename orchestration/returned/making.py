"""One returned workbook: the copy of a file for one unit, marked, with the error list in front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openpyxl.chartsheet import Chartsheet

from orchestration.ingest import own_sheet
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.opening import RawSheet, Refusal, open_sheets
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


@dataclass(frozen=True)
class Received:
    """A received file: its bytes, its sheets by number, and the error list of ours that it came back with."""

    content: bytes
    raws: Mapping[int, RawSheet]
    error_list: RawSheet | None

    @property
    def answers(self) -> str | None:
        """The head of the hash of the file that this one corrects."""
        return own_sheet.answers(self.error_list) if self.error_list else None


def opened(content: bytes, limits: Limits) -> Received:
    """A received file opened; without sheets if it cannot be."""
    raws: dict[int, RawSheet] = {}
    of_ours = None
    try:
        for raw in open_sheets(content, limits):
            if own_sheet.is_error_list(raw):
                of_ours = raw
            else:
                raws[raw.number] = raw
    except Refusal:
        return Received(content, {}, None)
    return Received(content, raws, of_ours)


def make(received: Received, parcel: Parcel, unit: str, day: date) -> Made:
    """Make the workbook of a parcel.

    Formats are kept where the copy holds the same cells as the received file; else its values are written anew.

    Args:
        received: the file.
        parcel: what of it goes to whom.
        unit: the name of who gets it.
        day: up to which everything received is known.
    """
    suffix = original.suffix_of(received.content) if received.raws else None
    is_part = parcel.sheets is not None
    if suffix is not None:
        macros = suffix == ".xlsm" and not is_part
        copy = original.with_formats(received.content, received.raws, as_values=is_part, macros=macros)
        if copy is not None:
            values = {} if is_part else packing.last_values(received.content)
            content = _finished(copy, received, parcel, unit, day, values)
            if _holds_the_same(content, received.raws, parcel, copy):
                return Made(content, ".xlsm" if macros else ".xlsx", "formats")
    content = _finished(original.with_values(received.raws), received, parcel, unit, day, {})
    return Made(content, ".xlsx", "values" if received.raws else "list")


def _finished(copy: Book, received: Received, parcel: Parcel, unit: str, day: date, values: packing.Values) -> bytes:
    """Cut, mark, list and pack a copy; sheets that must not be sent are not sent back either."""
    for number, sheet in list(copy.sheets.items()):
        if number not in received.raws and not isinstance(sheet, Chartsheet):
            copy.drop(number)
    if parcel.sheets is not None:
        cut(copy, parcel)
    for number, sheet in list(copy.sheets.items()):
        here = [finding for finding in parcel.findings if finding["sheet_no"] == number]
        if any(finding["rule_id"] == _NOT_TO_BE_SENT for finding in here):
            copy.drop(number)
        elif not isinstance(sheet, Chartsheet):
            marks.mark(sheet, here)
    before = own_sheet.sent_back(received.error_list).times if received.error_list else 0
    error_list.add(copy, parcel.findings, unit, day, before + 1)
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
