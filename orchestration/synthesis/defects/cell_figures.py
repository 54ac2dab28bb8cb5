"""Slips in a number or amount: what is typed instead of the clean one."""

from __future__ import annotations

from decimal import Decimal

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.desk import Spot, Typed
from orchestration.synthesis.defects.written import amount_of, whole_of

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MOST_SPELLED = 100_000_000
_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def full_width(spot: Spot) -> Cell:
    """Figures in full width."""
    if not isinstance(spot.cell, str | int | Decimal) or isinstance(spot.cell, bool):
        return spot.cell
    return str(spot.cell).translate(_FULL_WIDTH)


def negative(spot: Spot) -> Cell:
    """Fewer than nobody."""
    count = whole_of(spot.cell)
    return spot.cell if count is None or count < 0 else -max(count, 1)


def half_a_person(spot: Spot) -> Cell:
    """A half beside the whole persons."""
    count = whole_of(spot.cell)
    return spot.cell if count is None or count < 0 else count + 0.5


def inexact(spot: Spot) -> Cell:
    """About so many."""
    amount = amount_of(spot.cell)
    if amount is None or amount < 10:
        return spot.cell
    whole = int(amount)
    return spot.pick((f"约{whole}", f"{whole}左右", f"近{whole}", f"{whole}余"))


def chinese_amount(spot: Spot) -> Cell:
    """A whole amount of yuan spelled out as on a receipt: 壹仟贰佰元整."""
    amount = amount_of(spot.cell)
    if amount is None or not 0 < amount < _MOST_SPELLED or amount != int(amount):
        return spot.cell
    return f"{spelled(int(amount))}元整" if spot.desk.page.money_unit == "元" else spot.cell


def separated_amount(spot: Spot) -> Cell:
    """Thousands separators, with or without the sign of the currency."""
    amount = amount_of(spot.cell)
    if amount is None or amount < 1000 or "," in str(spot.cell):
        return spot.cell
    return spot.pick(("¥{:,.2f}", "{:,.2f}", "{:,.2f}元")).format(amount)


def couples_for_persons(spot: Spot) -> Cell:
    """Couples in the column of persons."""
    count = whole_of(spot.cell)
    return spot.cell if count is None or count < 2 else f"{count // 2}对"


def clock_for_number(spot: Spot) -> Cell:
    """A colon for the decimal point: 3:33 for 3.33."""
    amount = amount_of(spot.cell)
    return spot.cell if amount is None or isinstance(spot.cell, str) else f"{amount:.2f}".replace(".", ":")


def off_by_some(spot: Spot) -> Cell:
    """One to nine persons too many or too few."""
    count, by = whole_of(spot.cell), spot.number(1, 10)
    if count is None:
        return spot.cell
    return count - by if spot.number(0, 2) and count > by else count + by


def spelled(number: int) -> str:
    """A whole number below 100,000,000 in the numerals of receipts: 10050 is 壹万零伍拾."""
    high, low = divmod(number, 10_000)
    if not high:
        return _group(low)
    if not low:
        return f"{_group(high)}万"
    return f"{_group(high)}万{'零' if low < 1000 else ''}{_group(low)}"


def _group(number: int) -> str:
    """The numerals of 1 to 9999; a gap between two places is one 零."""
    text = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif text and not text.endswith("零") and number % 10**place:
            text += "零"
    return text


FIGURE_SLIPS: dict[str, Typed] = {
    "full_width": full_width,
    "negative": negative,
    "half_a_person": half_a_person,
    "inexact": inexact,
    "chinese_amount": chinese_amount,
    "separated_amount": separated_amount,
    "couples_for_persons": couples_for_persons,
    "clock_for_number": clock_for_number,
    "off_by_some": off_by_some,
}
