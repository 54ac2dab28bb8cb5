"""The honest blemishes of the sample: every one on purpose, each told in ``seeds/sample/BLEMISHES.md``.

A blemish enters at one layer only: the life of a village (an event reported late), the clerk's cell (a
number typed wrong), or the file (a text file instead of a workbook, a workbook that never came).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.sample.events import Book, World

XINGWAN, HETING, HUAIYIN, ZHIYUN, LUSHENG = (f"33109900100{n}" for n in range(1, 6))
YANCHI, TINGQUAN, ZHUXI_TOWN, YANLUO, QINGWA = (f"33109910020{n}" for n in range(1, 6))
ZHUXI_RURAL, BAILUPING, CHAYAN, SONGYING = (f"33109920020{n}" for n in range(1, 5))

LATE_BIRTH = date(2014, 2, 17)
OLD_BIRTH = date(2012, 8, 9)
FORGOTTEN_BIRTH = date(2014, 3, 28)
FORGOTTEN_ARRIVAL = date(2014, 3, 30)

MISSING = {(CHAYAN, 4)}
ONLY_MONTHLY_REPORT = {(ZHUXI_RURAL, 5)}
BIRTHS_AS_TEXT = {(ZHIYUN, 2)}
RECEIVED_LATE = {(XINGWAN, 2): date(2014, 3, 19)}
RESUBMITTED = {(HETING, 3): date(2014, 4, 22)}
PAYMENTS_IN_TEN_THOUSAND = {("331099200000", 5)}

FAULT_OFFICE = "331099100000"
FAULT_MONTH = 2
FAULT_RECEIVED = date(2014, 7, 15)
ABSENT = frozenset({HETING, ZHIYUN, YANCHI, YANLUO, ZHUXI_RURAL, SONGYING})

Rows = list[dict[str, Cell]]


def add_events(world: World) -> None:
    """Add the events that the blemishes tell of to the books of their villages."""
    books = world.books
    world.add_birth(books[TINGQUAN], LATE_BIRTH, month=4, order=2, sex="female")
    world.add_birth(books[BAILUPING], OLD_BIRTH, month=3, order=2, sex="female")
    world.add_birth(books[HETING], FORGOTTEN_BIRTH, month=3, order=1, sex="male")
    world.add_arrival(books[HETING], FORGOTTEN_ARRIVAL, 3, "省内外县")
    world.add_birth(books[ZHIYUN], date(2014, 2, 11), month=2, order=1, sex="male")
    for day in (6, 14):
        world.add_death(books[SONGYING], date(2014, 5, day), month=5)


def before_correction(book: Book) -> Book:
    """The book behind the first March workbook: one birth and one arrival forgotten."""
    return replace(
        book,
        births=[b for b in book.births if b.child.born != FORGOTTEN_BIRTH],
        moves=[m for m in book.moves if m.moved != FORGOTTEN_ARRIVAL],
    )


def spoil(village: str, month: int, form: str, rows: Rows) -> Rows:
    """Put the clerk's slips into the rows of one sheet.

    Returns:
        The same rows where the sheet is clean, else a changed copy.
    """
    rows = [dict(row) for row in rows]
    match village, month, form:
        case (_, 1, "L01") if village == HUAIYIN:
            rows[10]["id_no"] = _with_wrong_check(str(rows[10]["id_no"]))
        case (_, 1, "L01") if village == BAILUPING:
            eldest = min((r for r in rows if r["id_no"]), key=lambda r: str(r["born"]))
            eldest["id_no"] = str(eldest["id_no"])[:6] + str(eldest["id_no"])[8:17]
        case (_, 2, "L03") if village == YANCHI:
            rows[0]["id_no"] = _with_wrong_check(str(rows[0]["id_no"]))
        case (_, 3, "L05") if village == YANLUO:
            rows[0]["id_no"] = float(str(rows[0]["id_no"]).replace("X", "0"))
        case (_, 3, "L05") if village == QINGWA:
            rows.append(dict(rows[-1]))
        case (_, 5, "L03") if village == SONGYING:
            rows[-1]["died"] = "不详"
        case (_, 4, "L16") if village == LUSHENG:
            rows[0]["closing"] = int(str(rows[0]["closing"])) + 1
    return rows


def _with_wrong_check(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")
