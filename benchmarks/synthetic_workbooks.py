"""What a synthetic workbook costs beside a bare template splice and beside plain xlsxwriter, measured in turns.

    python -m benchmarks.synthetic_workbooks [ROUNDS]

One full book is a roster of 1,100 rows and 17 columns with births, deaths, moves and the monthly report of a village;
another one holds the four small sheets alone. Prints CPU milliseconds a book and their ratios; budget: 1.5 of the bare
splice. The bare splice below is the yardstick: the same cells into the same sheets, nothing escaped, nothing checked,
no style told apart. Do not improve it.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

import numpy as np
import xlsxwriter

from orchestration.synthesis.clerk.pages import Cell, Page
from orchestration.synthesis.clerk.printing import load_printed
from orchestration.synthesis.files.sheets import Sheet, lay_out
from orchestration.synthesis.files.skeleton import column_letters
from orchestration.synthesis.files.splice import workbook
from orchestration.synthesis.months import month_number

ROWS = 1_100
_SMALL = {"L16": 1, "L02": 3, "L03": 2, "L05": 4}
_MONTH = month_number(2014, 1)
_TOWNSHIP, _VILLAGE = "331099100000", "331099100201"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟强磊军勇杰涛明超刚平辉鹏华健亮林波斌宇芳娜敏静丽艳娟霞秀玲燕红梅"
_WORDS = {
    "sex": ["男", "女"], "relation": ["户主", "配偶", "子", "女", "孙子"], "marital": ["未婚", "初婚", "丧偶"],
    "hukou_type": ["农业", "非农业"], "direction": ["迁入", "迁出"], "reason": ["婚迁", "工作"],
}  # fmt: skip


def sheets(forms: dict[str, int]) -> list[Sheet]:
    """Sheets of so many rows a form, with cells as a village's clerk types them."""
    printed, random = load_printed(), np.random.default_rng(1)
    made = []
    for form, rows in forms.items():
        headings = printed.columns(form, _TOWNSHIP)
        columns = {key: _cells(key, rows, random) for key in headings}
        page = Page(form, _VILLAGE, "临江镇砚池村", _TOWNSHIP, _MONTH, date(2014, 2, 3), headings, columns)
        made.append(lay_out(page, printed))
    return made


def _cells(key: str, rows: int, random: np.random.Generator) -> list[Cell]:
    """A column: the same kinds of cells, blanks and repetitions as the real one."""
    if key in _WORDS:
        return [_WORDS[key][at] for at in random.integers(len(_WORDS[key]), size=rows)]
    if key in ("name", "head", "mother", "father"):
        return ["".join((_SURNAMES[a], _GIVEN[b], _GIVEN[c])) for a, b, c in random.integers(20, size=(rows, 3))]
    if key in ("id_no", "mother_id", "father_id"):
        return [f"331099{19400101 + int(n)}{int(n) % 900:03d}X" for n in random.integers(700_000, size=rows)]
    if key in ("born", "moved", "died", "hukou_date", "cancelled"):
        days = random.integers(25_000, size=rows)
        return [(d := date(1945, 1, 1) + timedelta(days=int(n))) and f"{d.year}.{d.month}.{d.day}" for n in days]
    if key == "household":
        return [f"{_VILLAGE}{row // 90 + 1:02d}{row // 3 + 1:04d}" for row in range(rows)]
    if key in ("group", "hukou_status"):
        return [f"{row // 90 + 1}组" if key == "group" else "人户一致" for row in range(rows)]
    if key in ("out_date", "out_reason", "remark"):
        return [None] * rows
    if key in ("in_date", "in_reason"):
        return [None if random.random() < 0.9 else "2013.5.6" for _ in range(rows)]
    return list(range(1, rows + 1))


def bare_splice(book: Sequence[Sheet]) -> Callable[[], bytes]:
    """The yardstick: a workbook made once, the rows of each sheet pasted into it, zipped at level 1."""
    with zipfile.ZipFile(io.BytesIO(plain_xlsxwriter(book, with_rows=False)())) as skeleton:
        parts = {name: skeleton.read(name) for name in skeleton.namelist()}

    def write() -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in parts.items():
                if name.startswith("xl/worksheets/sheet"):
                    rows = _bare_rows(book[int(name[19:-4]) - 1])
                    content = content.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
                archive.writestr(name, content)
        return target.getvalue()

    return write


def _bare_rows(sheet: Sheet) -> str:
    numbers = range(sheet.first_row, sheet.first_row + sheet.height)
    template, values = ['<row r="%s">'], [numbers]
    for at, cells in enumerate(sheet.columns):
        address = f'<c r="{column_letters(at)}%s" s="1"'
        values.append(numbers)
        if all(isinstance(cell, str) for cell in cells):
            template.append(f'{address} t="inlineStr"><is><t>%s</t></is></c>')
            values.append(cells)
        elif all(isinstance(cell, int) for cell in cells):
            template.append(f"{address}><v>%s</v></c>")
            values.append(cells)
        else:
            template.append(f"{address}%s")
            values.append(["/>" if c is None else f' t="inlineStr"><is><t>{c}</t></is></c>' for c in cells])
    row = "".join(template) + "</row>"
    return "".join([row % cells for cells in zip(*values, strict=True)])


def plain_xlsxwriter(book: Sequence[Sheet], *, with_rows: bool = True) -> Callable[[], bytes]:
    """The same book by the library alone, a call a cell."""

    def write() -> bytes:
        target = io.BytesIO()
        made = xlsxwriter.Workbook(target, {"in_memory": True})
        style = made.add_format({"border": 1})
        for sheet in book:
            page = made.add_worksheet(sheet.name)
            page.merge_range(0, 0, 0, len(sheet.headings) - 1, sheet.title, style)
            for column, text in enumerate(sheet.unit_line):
                page.write_string(1, column, text)
            for column, (upper, lower) in enumerate(sheet.headings):
                page.write_string(sheet.first_row - 2, column, upper + lower, style)
            rows = zip(*sheet.columns, strict=True) if with_rows else ()
            for number, row in enumerate(rows, start=sheet.first_row - 1):
                for column, cell in enumerate(row):
                    if cell is None:
                        page.write_blank(number, column, None, style)
                    elif isinstance(cell, str):
                        page.write_string(number, column, cell, style)
                    else:
                        page.write_number(number, column, cell, style)
        made.close()
        return target.getvalue()

    return write


def milliseconds(write: Callable[[], bytes], times: int) -> float:
    """CPU milliseconds of one book."""
    started = time.process_time()
    for _ in range(times):
        write()
    return (time.process_time() - started) * 1000 / times


def main(rounds: int) -> None:
    """Write both books in turns in three ways and print medians and ratios."""
    for name, forms, times in (("full", {"L01": ROWS, **_SMALL}, 3), ("change-only", _SMALL, 30)):
        book = sheets(forms)
        ways = {"splice": partial(workbook, book), "bare": bare_splice(book), "xlsxwriter": plain_xlsxwriter(book)}
        sizes = {way: len(write()) for way, write in ways.items()}
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(rounds):
            for way, write in ways.items():
                spent[way].append(milliseconds(write, times))
        cost = {way: statistics.median(seconds) for way, seconds in spent.items()}
        told = ", ".join(f"{way} {cost[way]:.2f} ms ({sizes[way] / 1000:.0f} kB)" for way in ways)
        bare, plain = (cost["splice"] / cost[way] for way in ("bare", "xlsxwriter"))
        print(f"{name} book, median of {rounds}: {told}")
        print(f"  splice / bare {bare:.2f} (budget 1.5), splice / xlsxwriter {plain:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
