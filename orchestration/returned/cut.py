"""A workbook cut down to what is one unit's own: other sheets and other rows are gone, and whatever may quote them."""

from __future__ import annotations

from typing import Any

from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.workbook.defined_name import DefinedNameDict

from orchestration.returned.original import Book
from orchestration.returned.parcels import Parcel


def cut(copy: Book, parcel: Parcel) -> None:
    """Take out of a workbook of values what is not the parcel's.

    Args:
        copy: the workbook, without formulas: one that added up what is cut away would show another figure.
        parcel: whose sheets and rows stay.
    """
    assert parcel.sheets is not None
    for number, sheet in list(copy.sheets.items()):
        if number not in parcel.sheets:
            copy.drop(number)
        elif number in parcel.rows:
            _keep_rows(sheet, parcel.rows[number], parcel.data_from[number])
    copy.book.defined_names = DefinedNameDict()
    copy.book._external_links = []
    copy.book._pivots = []
    copy.book.custom_doc_props = CustomPropertyList()
    for sheet in copy.sheets.values():
        _forget(sheet)


def _forget(sheet: Any) -> None:
    """Drop what may hold copies of cells that are gone."""
    for name in ("_pivots", "_charts", "_images"):
        setattr(sheet, name, [])
    sheet.defined_names = DefinedNameDict()
    sheet.scenarios = type(sheet.scenarios)()
    sheet.auto_filter.ref = None
    sheet.tables.clear()


def _keep_rows(sheet: Any, rows: set[int], data_from: int) -> None:
    """Blank every row from the first of the data on that is not kept; rows keep their numbers."""
    for (row, _), cell in sorted(sheet._cells.items()):
        if row >= data_from and row not in rows and hasattr(cell, "comment"):
            cell.comment = None
            if type(cell).__name__ != "MergedCell":
                cell.value = None
                cell.hyperlink = None
