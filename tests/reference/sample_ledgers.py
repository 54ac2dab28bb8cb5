"""The sample county's workbooks, read a second time by openpyxl and csv; nothing comes from the product.

Where a ledger needs a judgement (which of two versions counts, which row cannot be read, which is a copy) a
person made it, looking at the sheet, and it stands below as a constant.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

VILLAGES = {
    ("望湖街道", "星湾社区"): "331099001001",
    ("望湖街道", "鹤汀社区"): "331099001002",
    ("望湖街道", "槐荫社区"): "331099001003",
    ("望湖街道", "织云社区"): "331099001004",
    ("望湖街道", "橹声社区"): "331099001005",
    ("临江镇", "砚池村"): "331099100201",
    ("临江镇", "听泉村"): "331099100202",
    ("临江镇", "竹溪村"): "331099100203",
    ("临江镇", "雁落村"): "331099100204",
    ("临江镇", "青瓦村"): "331099100205",
    ("云岭乡", "竹溪村"): "331099200201",
    ("云岭乡", "白鹭坪村"): "331099200202",
    ("云岭乡", "茶烟村"): "331099200203",
    ("云岭乡", "松影村"): "331099200204",
}
Month = tuple[int, int]

# 鹤汀社区 sent March again on 22 April, file name 最终版: the first workbook counts rows but gives no figure.
SUPERSEDED = {"received=2014-04-03/望湖街道/鹤汀社区/望湖街道鹤汀社区2014年3月台账.xlsx"}
# 松影村, May: 死亡日期 says 不详, so nobody can say in which month the person died. Row 5 of the sheet.
QUARANTINED = {("received=2014-06-02/云岭乡/松影村/云岭乡松影村2014年5月台账.xlsx", "死亡登记", 5)}
# 青瓦村, March: the only move of the month stands twice, letter for letter. Row 5 repeats row 4.
DUPLICATE = {("received=2014-04-04/临江镇/青瓦村/临江镇青瓦村2014年3月台账.xlsx", "迁入迁出登记", 5)}

# The same sheet name means the same form in all three townships; the text file holds births.
FORM_OF_SHEET = {
    "村月报表": "L16",
    "人口登记册": "L01",
    "出生登记表": "L02",
    "死亡登记": "L03",
    "迁入迁出登记": "L05",
    "三免服务登记": "L10",
    "社会抚养费征收决定台账": "L11",
    "缴款票据台账": "L12",
}
# Headings as the three townships print them, upper and lower joined.
BIRTHS = ("出生_合计", "出生_人数", "出生_小计")
BORN = ("出生日期", "出生时间")
DIED = ("死亡日期", "死亡时间")
MOVED = ("迁移日期", "迁移时间")
REPORTED = ("上报月份", "报表期", "报告月份")
UNREPORTED = ("出生_往年漏报", "往年出生未报人数")


@dataclass(frozen=True)
class SheetCount:
    """Rows of one sheet: ``filled`` are all rows with any text, the others are data rows by their fate."""

    file: str
    sheet: str
    form: str
    filled: int
    accepted: int
    quarantined: int
    duplicate: int


@dataclass(frozen=True)
class Event:
    """One registered event of a village; ``other`` is the far end's code, for moves within the county."""

    village: str
    flow: str
    happened: date
    reported: Month
    other: str | None = None


@dataclass
class Ledgers:
    """All that the landing folder says: figures, events and forms of villages, rows of offices, every sheet."""

    figures: dict[tuple[str, Month], dict[str, int]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    received: set[tuple[str, str, Month]] = field(default_factory=set)
    sheets: list[SheetCount] = field(default_factory=list)
    office_rows: dict[tuple[str, str, Month], list[dict[str, Any]]] = field(default_factory=dict)


def read_ledgers(landing: Path) -> Ledgers:
    """Read every workbook and text file under a landing folder."""
    ledgers = Ledgers()
    for path in sorted(p for p in landing.rglob("*") if p.is_file()):
        file = path.relative_to(landing).as_posix()
        village = VILLAGES.get((path.parts[-3], path.parts[-2]))
        found = re.search(r"2014年(\d+)月", path.name)
        assert found, file
        month = (2014, int(found.group(1)))
        for sheet, table in _sheets(path):
            form = FORM_OF_SHEET[sheet]
            rows, count = _data_rows(file, sheet, form, table)
            ledgers.sheets.append(count)
            if village is None:
                ledgers.office_rows[path.parts[-3], form, month] = rows
            elif file not in SUPERSEDED:
                ledgers.received.add((village, form, month))
                _take(ledgers, village, form, month, rows)
    rows_met = {(s.file, s.sheet) for s in ledgers.sheets}
    assert {s.file for s in ledgers.sheets} >= SUPERSEDED
    assert all(address[:2] in rows_met for address in QUARANTINED | DUPLICATE)
    return ledgers


def _sheets(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as stream:
            yield "出生登记表", [[cell or None for cell in row] for row in csv.reader(stream)]
        return
    book = openpyxl.load_workbook(path, read_only=False, data_only=True)
    for page in book.worksheets:
        yield page.title, [list(row) for row in page.iter_rows(values_only=True)]


def _data_rows(file: str, sheet: str, form: str, table: list[list[Any]]) -> tuple[list[dict[str, Any]], SheetCount]:
    top = next(n for n, row in enumerate(table) if "序号" in row)
    serial = table[top].index("序号")
    # Two header rows where the cell under 序号 is merged away.
    deep = table[top + 1][serial] is None
    names = _names(table[top], table[top + 1]) if deep else table[top]
    fates: Counter[str] = Counter()
    rows = []
    for number, row in enumerate(table[top + 1 + deep :], start=top + 2 + deep):
        if not str(row[serial]).isdigit():
            continue
        address = (file, sheet, number)
        fate = "quarantined" if address in QUARANTINED else "duplicate" if address in DUPLICATE else "accepted"
        fates[fate] += 1
        if fate == "accepted":
            rows.append(dict(zip(names, row, strict=False)))
    filled = sum(any(cell is not None for cell in row) for row in table)
    count = SheetCount(file, sheet, form, filled, fates["accepted"], fates["quarantined"], fates["duplicate"])
    return rows, count


def _names(upper: list[Any], lower: list[Any]) -> list[str]:
    names, group = [], ""
    for high, low in zip(upper, lower, strict=True):
        group = high or group
        names.append(f"{group}_{low}" if low else group)
    return names


def _take(ledgers: Ledgers, village: str, form: str, month: Month, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if form == "L16":
            ledgers.figures[village, month] = {
                "opening": row["期初人口"],
                "births": cell_of(row, BIRTHS),
                "prev_unreported": cell_of(row, UNREPORTED),
                "deaths": row["死亡"],
                "moved_in": row["迁入"],
                "moved_out": row["迁出"],
                "closing": row["期末人口"],
                "marriages": row["新婚对数"],
            }
        elif form == "L02":
            ledgers.events.append(Event(village, "births", day_of(cell_of(row, BORN)), _stated(row)))
        elif form == "L03":
            ledgers.events.append(Event(village, "deaths", day_of(cell_of(row, DIED)), _stated(row)))
        elif form == "L05":
            flow = {"迁入": "moved_in", "迁出": "moved_out"}[row["类型"]]
            other = _far_end(str(row["迁出地/迁入地"]))
            ledgers.events.append(Event(village, flow, day_of(cell_of(row, MOVED)), month, other))


def cell_of(row: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next(row[name] for name in names if name in row)


def _stated(row: dict[str, Any]) -> Month:
    text = str(cell_of(row, REPORTED))
    return int(text[:4]), int(text[4:])


def day_of(cell: Any) -> date:
    """Read a date as the three townships write it: an Excel date, 2014.5.27, or 20140527."""
    if isinstance(cell, datetime):
        return cell.date()
    text = str(cell)
    parts = text.split(".") if "." in text else (text[:4], text[4:6], text[6:])
    year, month, day = (int(part) for part in parts)
    return date(year, month, day)


def _far_end(text: str) -> str | None:
    """Village code of the far end, written as code or as township and village; None if outside."""
    if text in VILLAGES.values():
        return text
    return next((code for names, code in VILLAGES.items() if text == "".join(names)), None)
