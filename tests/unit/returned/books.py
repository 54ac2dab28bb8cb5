"""A landing folder with what comes back: formats and formulas, text files, books of several villages, broken files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from orchestration.settings import Settings
from tests.unit.ingest.books import OTHER_VALID_ID, VALID_ID, death, deaths, ledger, put, workbook

DEATHS = "received=2014-07-02/临江镇/砚池村/临江镇砚池村2014年6月死亡登记.xlsx"
TEXT = "received=2014-07-02/临江镇/听泉村/临江镇听泉村2014年6月死亡登记.csv"
LIST = "received=2014-07-03/临江镇/临江镇2014年6月各村月报.xlsx"
BOOK = "received=2014-07-03/临江镇/临江镇2014年6月死亡登记.xlsx"
BROKEN = "received=2014-07-03/临江镇/青瓦村/临江镇青瓦村2014年6月台账.xlsx"
DISPUTED = "received=2014-07-03/临江镇/雁落村/临江镇雁落村2014年6月台账.xlsx"

L16 = ["序号", "村(社区)", "期初人口", "出生人数", "死亡人数", "迁入人数", "迁出人数", "期末人口", "备注"]


def fill(settings: Settings) -> None:
    """Put every kind of file into the landing folder of a home."""
    put(settings, DEATHS, formatted())
    lines = [*deaths(death(1, "名丁一"), death(2, "名丁二", sex="勾", number=OTHER_VALID_ID)), ["=1+1", "@名丁三"]]
    text = "\n".join(",".join(map(str, line)) for line in lines).replace("砚池村", "听泉村")
    put(settings, TEXT, text.encode("gb18030"))
    put(settings, LIST, workbook({"月报": several_villages()}))
    sheets = {
        village: [[str(cell).replace("砚池村", village) for cell in row] for row in deaths(*rows)]
        for village, rows in {
            "竹溪村": [death(1, "名戊一"), death(2, "名戊二", day="2014-02-30")],
            "青瓦村": [death(1, "名己一", number=OTHER_VALID_ID), death(2, "名己二", sex="勾")],
        }.items()
    }
    put(settings, BOOK, workbook(sheets))
    put(settings, BROKEN, formatted()[:2000])
    own = [[str(cell).replace("砚池村", "雁落村") for cell in row] for row in deaths(death(1, "名庚一", sex="勾"))]
    of_another = [[str(cell).replace("砚池村", "竹溪村") for cell in row] for row in deaths(death(1, "名辛一"))]
    put(settings, DISPUTED, workbook({"死亡登记": own, "死亡登记(2)": of_another, "三查": own}))


def formatted() -> bytes:
    """A register of deaths in an office's formats, with a formula, a comment, and texts that look like formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "死亡登记"
    rows: list[Sequence[Any]] = [
        *deaths(
            death(1, "名甲一"),
            death(2, "=名甲二", sex="勾", number="110105194912310021", day="2014-02-30"),
            death(3, "名甲三", sex="男", number=OTHER_VALID_ID, day=""),
            death(4, "名甲四", sex="男", number=440524188001010000, day="2014-06-04"),
            death(5, "名甲五", number=VALID_ID, day="2014-06-05"),
        ),
        ["合计", "+1", "-2", None],
    ]
    for row_no, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(row_no, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    sheet["D9"] = "=COUNTA(D4:D8)"
    sheet["I3"], sheet["I4"] = "备注", '="已"&"核"'
    sheet.merge_cells("A1:H1")
    sheet["A1"].font = Font(name="黑体", size=16, bold=True)
    sheet["B4"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["C5"].comment = Comment("查过", "某人")
    sheet["E4"].number_format = "@"
    sheet.column_dimensions["D"].width = 22
    sheet.row_dimensions[1].height = 30
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def several_villages() -> list[list[object]]:
    """One list with a row for each village, and one figure that cannot be read in two of them."""
    head = ledger("临江镇2014年6月各村人口月报表", L16)
    head[1] = ["填报单位:临江镇计生办   2014年6月30日"]
    rows: list[list[object]] = [
        [1, "砚池村", 100, 1, "约2", 0, 0, 99, "名壬一"],
        [2, "听泉村", 120, 1, 0, 0, 0, 121, "名壬二"],
        [3, "竹溪村", 130, -1, 0, 0, 0, 130, "名壬三"],
    ]
    return [*head, *rows]


def texts_of(path: Path) -> str:
    """Everything that the parts of a workbook say, unpacked."""
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
