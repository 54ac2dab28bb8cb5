"""Slips in an ID number (GB 11643): what is typed instead of the clean number."""

from __future__ import annotations

import re

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.defects.desk import Spot, Typed
from orchestration.synthesis.id_numbers import check_character

_SHAPE = re.compile(r"^\d{17}[\dX]$", re.ASCII)
# Numbers of 15 digits were given until 1 October 1999.
_LAST_YEAR_OF_FIFTEEN = "1998"
_EXCEL_DIGITS = 15


def is_number(cell: Cell) -> bool:
    """Whether a cell holds an ID number of 18 characters with the right check character."""
    return isinstance(cell, str) and bool(_SHAPE.match(cell)) and check_character(cell[:17]) == cell[17]


def wrong_check(spot: Spot) -> Cell:
    """Another check character."""
    if not is_number(spot.cell):
        return spot.cell
    number = str(spot.cell)
    others = "0123456789X".replace(number[17], "")
    return number[:17] + spot.pick(others)


def as_number(spot: Spot) -> Cell:
    """The column is no text, so the workbook keeps 15 digits and puts noughts for the rest."""
    if not is_number(spot.cell) or str(spot.cell).endswith("X"):
        return spot.cell
    number = str(spot.cell)
    return float(number[:_EXCEL_DIGITS] + "0" * (len(number) - _EXCEL_DIGITS))


def letter_for_digit(spot: Spot) -> Cell:
    """The letter O for a nought or I for a one."""
    number = str(spot.cell)
    places = [at for at, digit in enumerate(number) if digit in "01"]
    if not is_number(spot.cell) or not places:
        return spot.cell
    at = spot.pick(places)
    return number[:at] + {"0": "O", "1": "I"}[number[at]] + number[at + 1 :]


def fifteen_digits(spot: Spot) -> Cell:
    """The old number of 15 digits of somebody born in the 1900s: lawful, and worth the same 18."""
    number = str(spot.cell)
    if not is_number(spot.cell) or not "1900" <= number[6:10] <= _LAST_YEAR_OF_FIFTEEN:
        return spot.cell
    return number[:6] + number[8:17]


def noisy_id(spot: Spot) -> Cell:
    """A small x, an apostrophe in front or a blank behind; the number is plain all the same."""
    if not is_number(spot.cell):
        return spot.cell
    number = str(spot.cell)
    if number.endswith("X"):
        return number.lower()
    return spot.pick((f"'{number}", f"{number} ", f"\u3000{number}"))


def same_id(spot: Spot) -> Cell:
    """The number of somebody further up, whose name is another one."""
    desk, above = spot.desk, spot.desk.page.columns[spot.key][: spot.row]
    if not is_number(spot.cell):
        return spot.cell
    for row in map(int, desk.rng.permutation(len(above))):
        other = desk.cell(row, "name")
        if (
            is_number(above[row])
            and above[row] != spot.cell
            and other != spot.beside("name")
            and desk.is_free(row, None)
        ):
            desk.take(row, spot.key)
            return above[row]
    return spot.cell


ID_SLIPS: dict[str, Typed] = {
    "wrong_check": wrong_check,
    "as_number": as_number,
    "letter_for_digit": letter_for_digit,
    "fifteen_digits": fifteen_digits,
    "noisy_id": noisy_id,
    "same_id": same_id,
}
