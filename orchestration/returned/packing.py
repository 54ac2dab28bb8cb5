"""A workbook as bytes that depend on its content alone, with the last values of its formulas kept."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"([^>]*)>(<f\b[^>]*?(?:/>|>.*?</f>))<v(?: ?/>|></v>)</c>', re.DOTALL)
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
Values = dict[str, dict[str, Any]]


def last_values(content: bytes) -> Values:
    """Tab -> cell -> what its formula last gave, as the received workbook holds it."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    wanted = {
        sheet.title: [cell.coordinate for cell in sheet._cells.values() if cell.data_type == "f"]
        for sheet in formulas.worksheets
    }
    if not any(wanted.values()):
        return {}
    given = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {tab: {cell: given[tab][cell].value for cell in cells} for tab, cells in wanted.items() if cells}


def pack(book: Workbook, day: date, values: Values) -> bytes:
    """The bytes of a workbook.

    Args:
        book: the workbook.
        day: what it gives as the day on which it was last changed.
        values: what its formulas last gave: the library leaves that out, and a reader would see empty cells.
    """
    tabs = [sheet.title for sheet in book.worksheets]
    written = io.BytesIO()
    book.save(written)
    target = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), content)
            found = _SHEET.fullmatch(name)
            if found and values.get(tab := tabs[int(found[1]) - 1]):
                content = _with_values(content.decode("utf-8"), values[tab]).encode("utf-8")
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    return target.getvalue()


def _with_values(sheet: str, values: dict[str, Any]) -> str:
    def filled(found: re.Match[str]) -> str:
        cell, attributes, formula = found.groups()
        kind, text = _written(values.get(cell))
        return f'<c r="{cell}"{attributes}{kind}>{formula}{text}</c>'

    return _FORMULA.sub(filled, sheet)


def _written(value: Any) -> tuple[str, str]:
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, (int, float)):
        return "", f"<v>{value!r}</v>"
    if isinstance(value, str):
        kind = "e" if value.startswith("#") and value.endswith(("!", "?", "A", "0")) else "str"
        return f' t="{kind}"', f"<v>{escape(value)}</v>"
    return "", f"<v>{to_excel(value)!r}</v>"
