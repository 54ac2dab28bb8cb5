"""Slips that concern a sheet as a whole. What the 合计 row then says stands with each."""

from __future__ import annotations

from decimal import Decimal

from orchestration.synthesis.clerk.pages import Cell, Heading
from orchestration.synthesis.defects.desk import Desk, Slip
from orchestration.synthesis.defects.registry import Defect
from orchestration.synthesis.defects.row import sums_of
from orchestration.synthesis.defects.written import amount_of, month_of, row_text, whole_of

_TEN_THOUSAND = Decimal(10_000)
_SUBTOTALS = ("小计", "本页小计")


def in_ten_thousands(desk: Desk, defect: Defect) -> bool:
    """A sheet in 万元 among sheets in 元, header and amounts alike; the 合计 row with them."""
    page = desk.page
    keys = [key for key in defect.forms[page.form] if key in page.columns]
    rows = [page.columns[key] for key in keys]
    written = [cell for cells in rows for cell in cells if cell is not None]
    if page.money_unit != "元" or not written or any(amount_of(cell) is None for cell in written):
        return False
    for cells in rows:
        cells[:] = [_divided(cell) for cell in cells]
    if page.totals is not None:
        page.totals |= {key: _divided(page.totals.get(key)) for key in keys if key in page.totals}
    return _in_header(desk, defect, keys)


def ten_thousands_in_header(desk: Desk, defect: Defect) -> bool:
    """The header says 万元, the amounts are still in 元, and so is the 合计 row."""
    keys = [key for key in defect.forms[desk.page.form] if key in desk.page.columns]
    has_amounts = any(amount_of(cell) for key in keys for cell in desk.page.columns[key])
    return desk.page.money_unit == "元" and has_amounts and _in_header(desk, defect, keys)


def subtotal_inside(desk: Desk, defect: Defect) -> bool:
    """A row 小计 between data rows with the sums above it; the 合计 row keeps the clean sums."""
    if desk.page.height < 2:
        return False
    at = desk.number(1, desk.page.height)
    word = desk.pick(_SUBTOTALS)
    desk.insert(at, sums_of(desk, at) | {next(iter(desk.page.columns)): word})
    return _sheet(desk, defect, "", word)


def header_inside(desk: Desk, defect: Defect) -> bool:
    """The header stands again between data rows, as on a second printed page; the 合计 row is not touched."""
    page = desk.page
    if page.height < 2:
        return False
    at = desk.number(1, page.height)
    upper: dict[str, Cell] = {}
    lower: dict[str, Cell] = {}
    previous = ""
    for key, (group, word) in page.headings.items():
        # A group's word stands once, over its first column; a column without a group is merged downwards.
        upper[key] = word if not group else (group if group != previous else None)
        lower[key] = word if group else None
        previous = group
    if any(group for group, _ in page.headings.values()):
        desk.insert(at, lower)
    desk.insert(at, upper)
    return _sheet(desk, defect, "", row_text([cell for cell in upper.values() if cell]))


def blank_rows(desk: Desk, defect: Defect) -> bool:
    """One to three blank rows between data rows; the 合计 row is not touched."""
    if desk.page.height < 2:
        return False
    count = desk.number(1, 4)
    at = desk.number(1, desk.page.height)
    for _ in range(count):
        desk.insert(at, {})
    return _sheet(desk, defect, "", f"{count} blank rows")


def column_gone(desk: Desk, defect: Defect) -> bool:
    """A column of the form is missing, from the 合计 row too."""
    page = desk.page
    keys = [key for key in defect.forms[page.form] if key in page.columns]
    if not keys or not page.height:
        return False
    key = desk.pick(keys)
    header = "_".join(filter(None, page.headings[key]))
    for part in (page.headings, page.columns, page.totals or {}):
        part.pop(key, None)
    return _sheet(desk, defect, header, "")


def header_twice(desk: Desk, defect: Defect) -> bool:
    """Two columns bear the same header."""
    page = desk.page
    first, second = defect.forms[page.form]
    if not {first, second} <= page.headings.keys() or not page.height:
        return False
    clean = "_".join(filter(None, page.headings[second]))
    page.headings[second] = page.headings[first]
    return _sheet(desk, defect, clean, "_".join(filter(None, page.headings[first])))


def two_months(desk: Desk, defect: Defect) -> bool:
    """Last month's line stands above this month's, each with its month in a column of its own."""
    page = desk.page
    opening = page.columns["opening"][0] if page.height == 1 else None
    if whole_of(opening) is None:
        return False
    this = page.month % 12 + 1
    last = (page.month - 1) % 12 + 1
    before: dict[str, Cell] = {
        key: 0 if whole_of(cells[0]) is not None else cells[0] for key, cells in page.columns.items()
    }
    desk.insert(0, before | {"opening": opening, "closing": opening})
    months: list[Cell] = [f"{last}月", f"{this}月"]
    headings: dict[str, Heading] = {}
    columns: dict[str, list[Cell]] = {}
    for at, key in enumerate(page.columns):
        headings[key], columns[key] = page.headings[key], page.columns[key]
        if at == 1:
            headings["period"], columns["period"] = ("", "月份"), months
    desk.set_columns(headings, columns)
    return _sheet(desk, defect, f"{this}月", f"{last}月 {this}月")


def cumulated(desk: Desk, defect: Defect) -> bool:
    """The movements of the year so far where those of the month belong; opening and closing are the month's.

    The 合计 row follows the dirty figures.
    """
    page, so_far = desk.page, desk.year_to_date
    if not so_far or page.height != 1:
        return False
    clean, dirty = [], []
    for key in defect.forms[page.form]:
        count, earlier = whole_of(page.columns.get(key, [None])[0]), int(so_far.get(key, 0))
        if count is not None and earlier:
            page.columns[key][0] = count + earlier
            if page.totals is not None and key in page.totals:
                page.totals[key] = count + earlier
            clean.append(f"{key}={count}")
            dirty.append(f"{key}={count + earlier}")
    return bool(dirty) and _sheet(desk, defect, " ".join(clean), " ".join(dirty))


def row_left_out(desk: Desk, defect: Defect) -> bool:
    """A row is missing that the monthly report counts; serial numbers and the 合计 row stay as they were."""
    rows = [row for row in range(desk.page.height) if desk.is_free(row, None)]
    if not rows:
        return False
    desk.remove(defect, desk.pick(rows))
    desk.closed = True
    return True


def nominal_age(desk: Desk, defect: Defect) -> bool:
    """A lawful column 虚岁 behind the birth: one at birth, one more at each new year."""
    page = desk.page
    (born,) = defect.forms[page.form]
    if born not in page.columns or not page.height:
        return False
    months = [month_of(cell) for cell in page.columns[born]]
    ages: list[Cell] = [page.month // 12 - month[0] + 1 if month else None for month in months]
    headings: dict[str, Heading] = {}
    columns: dict[str, list[Cell]] = {}
    for key in page.columns:
        headings[key], columns[key] = page.headings[key], page.columns[key]
        if key == born:
            headings["nominal_age"], columns["nominal_age"] = ("", "虚岁"), ages
    desk.set_columns(headings, columns)
    return _sheet(desk, defect, "", "虚岁")


def _in_header(desk: Desk, defect: Defect, keys: list[str]) -> bool:
    page = desk.page
    page.money_unit = "万元"
    for key in keys:
        upper, lower = page.headings[key]
        page.headings[key] = upper.replace("(元)", "(万元)"), lower.replace("(元)", "(万元)")
    return _sheet(desk, defect, "元", "万元")


def _divided(cell: Cell) -> Cell:
    amount = amount_of(cell)
    return cell if amount is None else amount / _TEN_THOUSAND


def _sheet(desk: Desk, defect: Defect, clean: str, dirty: str) -> bool:
    desk.mark(defect.code, None, None, clean, dirty)
    desk.closed = True
    return True


SHEET_SLIPS: dict[str, Slip] = {
    "in_ten_thousands": in_ten_thousands,
    "ten_thousands_in_header": ten_thousands_in_header,
    "subtotal_inside": subtotal_inside,
    "header_inside": header_inside,
    "blank_rows": blank_rows,
    "column_gone": column_gone,
    "header_twice": header_twice,
    "two_months": two_months,
    "cumulated": cumulated,
    "row_left_out": row_left_out,
    "nominal_age": nominal_age,
}
