"""Small workbooks and homes for the tests of the reader, written as a clerk would."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from orchestration.settings import Settings

VALID_ID = "11010519491231002X"
OTHER_VALID_ID = "440524188001010014"

L16_HEADERS = ["期初人口", "出生人数", "出生男", "出生女", "死亡人数", "迁入人数", "迁出人数", "期末人口"]
L03_HEADERS = ["序号", "姓名", "性别", "身份证号", "出生日期", "死亡日期", "报告月份", "注销户口日期"]


def death(
    serial: int, name: str = "某甲", sex: object = "女", number: object = VALID_ID, day: object = "2014-06-03"
) -> list[object]:
    return [serial, name, sex, number, "1949-12", day, "2014-06", ""]


def workbook(sheets: dict[str, Sequence[Sequence[object]]], merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A workbook of sheets given as rows of cells; a cell left out or None stays empty.

    ``merges`` are (top, left, bottom, right), 0-based, on every sheet.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row_no, row in enumerate(rows):
                for column_no, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(row_no, column_no, cell)
                    elif cell is not None:
                        sheet.write(row_no, column_no, cell)
            for top, left, bottom, right in merges:
                sheet.merge_range(top, left, bottom, right, rows[top][left])
    return target.getvalue()


def ledger(title: str, headers: Sequence[str], *rows: Sequence[object]) -> list[list[object]]:
    """Title, unit line, one header row, data."""
    return [[title], ["填报单位(盖章):临江镇砚池村   2014年6月30日"], list(headers), *map(list, rows)]


def deaths(*rows: Sequence[object]) -> list[list[object]]:
    return ledger("死亡登记表", L03_HEADERS, *rows)


def home(tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home")
    settings.landing.mkdir(parents=True)
    return settings


def put(settings: Settings, path: str, content: bytes) -> Path:
    target = settings.landing / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def id_number(birth: str, sequence: int, area: str = "331099") -> str:
    """A resident ID number of a day ``YYYYMMDD``; an odd sequence is a man's. ISO 7064 MOD 11-2, by its recursion."""
    body = f"{area}{birth}{sequence:03d}"
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    return body + "0123456789X"[(12 - rest) % 11]
