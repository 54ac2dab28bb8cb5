"""D11, D26: Chinese numerals, told to a library that is not believed blindly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from orchestration.ingest.numerals import chinese_number
from orchestration.ingest.values import parse_int

CAPITALS = str.maketrans("零一二三四五六七八九十百千万亿", "零壹贰叁肆伍陆柒捌玖拾佰仟万亿")


def spelled(number: int) -> str:
    """A number up to 10**12 as it is spoken in full, by groups of four places."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            head, rest = divmod(number, scale)
            zero = "零" if rest and rest < scale // 10 else ""
            return spelled(head) + name + zero + (spelled(rest) if rest else "")
    raise AssertionError


@profile(deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_d11_a_number_that_is_spelled_is_that_number_or_refused_but_no_other(number: int) -> None:
    for text in (spelled(number), spelled(number).translate(CAPITALS)):
        assert chinese_number(text) in (number, None)


@profile(deadline=None)
@given(st.integers(0, 99_999_999))
def test_d11_numbers_of_a_ledger_are_all_read(number: int) -> None:
    assert chinese_number(spelled(number)) == number
    assert chinese_number(spelled(number).translate(CAPITALS)) == number


@profile(deadline=None)
@given(st.text("零一二两三九十百千万亿〇", min_size=1, max_size=7))
def test_d11_numerals_thrown_together_are_read_only_if_they_are_a_number(text: str) -> None:
    number = chinese_number(text)
    if number is not None:
        same = text.replace("两", "二").replace("〇", "零")
        bare = [told.replace("零", "").replace("一十", "十") for told in (same, spelled(number))]
        assert number == 0 or bare[0] == bare[1]


@pytest.mark.parametrize(
    "text", ["一万二", "三百五", "一二", "三四", "一亿十万", "百", "零三", "十零", "", "廿", "一千零", "万"]
)
def test_d11_numerals_that_may_be_another_number_are_refused(text: str) -> None:
    assert chinese_number(text) is None


@pytest.mark.parametrize("text", ["一组", "1组", "第一村民小组", "第1组", "１组"])
def test_d26_groups_are_numbers_however_they_are_written(text: str) -> None:
    assert parse_int(text) == 1
