"""Damage to the bytes of a written file."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import python_calamine
import xlsxwriter

from orchestration.synthesis.defects.file import FilePlan

_KEPT_OF_TRUNCATED = 0.6
# A workbook tells when it was made; a synthetic one is the same on every day.
_CREATED = datetime(2014, 1, 1)  # noqa: DTZ001 - Excel knows no time zone


def damage(plan: FilePlan, path: Path) -> None:
    """Damage the bytes of a written file as its plan says; nothing without ``plan.damage``."""
    if plan.damage is not None:
        _DAMAGES[plan.damage](path)


def _truncated(path: Path) -> None:
    """The transfer broke off."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * _KEPT_OF_TRUNCATED)])


def _empty_book(path: Path) -> None:
    """A workbook with the sheets of the form and not one cell on them."""
    names = python_calamine.CalamineWorkbook.from_path(str(path)).sheet_names
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"created": _CREATED, "author": ""})
    for name in names:
        book.add_worksheet(name)
    book.close()


def _web_page(path: Path) -> None:
    """What a reporting system exports as a workbook and is a table in HTML."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    lines = ["<html><head><meta charset=utf-8></head><body>"]
    for name in book.sheet_names:
        lines.append(f"<table><caption>{html.escape(name)}</caption>")
        for row in book.get_sheet_by_name(name).to_python():
            lines.append("<tr>" + "".join(f"<td>{html.escape(str(cell))}</td>" for cell in row) + "</tr>")
        lines.append("</table>")
    path.write_text("\n".join([*lines, "</body></html>"]), encoding="utf-8")


def _mojibake(path: Path) -> None:
    """The old national encoding was taken for Western European and saved as UTF-8: 人口 is ÈË¿Ú."""
    path.write_bytes(_text(path).encode("gb18030").decode("latin-1").encode("utf-8"))


def _undecodable(path: Path) -> None:
    """A stretch of a worn stick read back as bytes that stand in no encoding of text."""
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + b"\xff" * 16 + content[middle:])


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


_DAMAGES: dict[str, Callable[[Path], None]] = {
    "truncated": _truncated,
    "empty_book": _empty_book,
    "web_page": _web_page,
    "mojibake": _mojibake,
    "undecodable": _undecodable,
}
