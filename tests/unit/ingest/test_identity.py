from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ingest.identity import is_valid, read_id, upgrade


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("110105491231002", "11010519491231002X"),
        (110105491231002.0, "11010519491231002X"),
        ("３６０４２６１９９１０１０１００７１", "360426199101010071"),
        (" '11010519491231002x\t", "11010519491231002X"),
        ("440524188001010014", "440524188001010014"),
        ("34052419800101001X", "34052419800101001X"),
    ],
)
def test_numbers_that_can_be_normalised_are_valid_whatever_their_county(cell: object, number: str) -> None:
    assert read_id(cell) == (number, "valid")


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("110105194912310021", "invalid"),
        ("11010519491331002X", "invalid"),
        ("123", "invalid"),
        (3.60426e17, "lost_digits"),
        (360426199101010071, "lost_digits"),
        ("3.60426E+17", "lost_digits"),
        ("", "missing"),
        ("不详", "missing"),
        ("×××", "missing"),
        ("******************", "missing"),
        (True, "invalid"),
        (float("nan"), "lost_digits"),
        (float("-inf"), "lost_digits"),
    ],
)
def test_a_number_that_is_not_certain_gives_no_number(cell: object, status: str) -> None:
    assert read_id(cell) == (None, status)


@given(st.integers(110000, 659999), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(area: int, sequence: int, place: int, change: int) -> None:
    number = upgrade(f"{area:06d}491231{sequence:03d}")
    assert is_valid(number)
    wrong = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    assert not is_valid(wrong)
