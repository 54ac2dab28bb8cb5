"""The error list in front of a returned workbook: where, what is wrong, what to do, by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.own_sheet import words
from orchestration.ingest.rules import rule
from orchestration.returned.original import Book, breadth, put_text
from orchestration.returned.parcels import Row

HEADERS = ("序号", "工作表", "位置", "列名", "问题", "如何更正", "规则编号")
HEADER_ROW = 5
_WIDTHS = (6, 18, 12, 18, 46, 42, 30)
_WHOLE_FILE, _WHOLE_SHEET = "整个文件", "整张表"
_HOW = "请按下表逐项更正后保存,将本文件重新报送;本页可保留,不作为报表。黄色为整行问题,红色为单元格问题,批注中有说明。"
_SET_ASIDE = {"sheet": "整张表未接收。", "row": "该行未接收。"}
_LINE_HEIGHT = 18
_THIN = Side(style="thin", color="FFB7B7B7")


def add(copy: Book, findings: Sequence[Row], unit: str, day: date, times: int) -> None:
    """Put the list in front of a workbook.

    Args:
        copy: the workbook, already marked.
        findings: what to list, in the order of their addresses.
        unit: name of the unit that gets the workbook.
        day: on which it is sent back: the day up to which everything received is known.
        times: for which time.
    """
    page = copy.book.create_sheet(words().tab, 0)
    copy.book.active = 0
    for sheet in copy.sheets.values():
        sheet.sheet_view.tabSelected = False
    told = ((words().day, day.isoformat()), (words().times, times), (words().file, findings[0]["file_sha256"][:16]))
    _head(page, unit, "    ".join(f"{word}:{what}" for word, what in told))
    for number, finding in enumerate(findings, start=1):
        _line(page, HEADER_ROW + number, number, finding, copy.sheets.get(finding["sheet_no"]))
    for column, width in enumerate(_WIDTHS):
        page.column_dimensions["ABCDEFG"[column]].width = width
    page.freeze_panes = f"A{HEADER_ROW + 1}"
    page.auto_filter.ref = f"A{HEADER_ROW}:G{HEADER_ROW + len(findings)}"
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _head(page: Any, unit: str, returned: str) -> None:
    lines = (words().title, f"单位:{unit}", returned, _HOW)
    for row, line in enumerate(lines, start=1):
        put_text(page.cell(row, 1), line)
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEADERS))
        page.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="center")
        page.cell(row, 1).font = Font(name="宋体", size=11)
    page["A1"].font = Font(name="宋体", size=16, bold=True)
    page.row_dimensions[1].height, page.row_dimensions[4].height = 28, 20
    for column, header in enumerate(HEADERS, start=1):
        cell = page.cell(HEADER_ROW, column)
        put_text(cell, header)
        cell.font = Font(name="宋体", size=11, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFDDE6F0")
        cell.alignment = Alignment(horizontal="center", vertical="center")
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
    page.row_dimensions[HEADER_ROW].height = 20


def _line(page: Any, row: int, number: int, finding: Row, sheet: Any) -> None:
    texts = rule(finding["rule_id"])
    reason = texts.reason_zh + _SET_ASIDE.get(finding["kind"], "")
    told = (
        sheet.title if sheet is not None else finding["sheet_name"] or "",
        _place(finding), _column(finding).replace("_", "·"), reason, texts.hint_zh, finding["rule_id"],
    )  # fmt: skip
    page.cell(row, 1).value = number
    for column, text in enumerate(told, start=2):
        put_text(page.cell(row, column), text)
    for column in range(1, len(HEADERS) + 1):
        cell = page.cell(row, column)
        cell.font = Font(name="宋体", size=10)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if column == 1 else None)
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
    lines = (-(-breadth(text) // (width - 2)) for text, width in zip(told, _WIDTHS[1:], strict=True))
    page.row_dimensions[row].height = _LINE_HEIGHT * max(1, *lines)
    if sheet is not None:
        cell = page.cell(row, 3)
        tab = sheet.title.replace("'", "''")
        target = finding["cell"] or f"A{finding['row_no'] or 1}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{tab}'!{target}")
        cell.font = Font(name="宋体", size=10, color="FF0563C1", underline="single")


def _place(finding: Row) -> str:
    if finding["cell"]:
        return str(finding["cell"])
    if finding["row_no"]:
        return f"第{finding['row_no']}行"
    return _WHOLE_FILE if finding["kind"] == "file" else _WHOLE_SHEET


def _column(finding: Row) -> str:
    """The header as the clerk wrote it, else as the form has it."""
    layout = load_catalogue().layouts.get(finding["form"] or "")
    name = finding["column_name"]
    if finding["header"] or not name or layout is None:
        return finding["header"] or ""
    of_form = {column.into or key: key for key, column in layout.columns.items()}
    return next((header for header, key in layout.header_names.items() if key == of_form.get(name)), "")
