"""What headers have in common, and who gets a column that several resemble."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.proposals.assignment import assign
from orchestration.ingest.proposals.mapping import propose
from orchestration.ingest.proposals.shapes import Shape
from orchestration.ingest.proposals.wording import Wording

SINGLE = frozenset("ABC")
LIKING = st.fixed_dictionaries({name: st.integers(0, 100).map(lambda share: share / 100) for name in "ABC-"})


@settings(max_examples=60, deadline=None)
@given(st.lists(LIKING, min_size=1, max_size=4).map(enumerate).map(dict))
def test_what_several_want_is_given_out_so_that_the_sum_is_greatest(liking: dict[int, dict[str, float]]) -> None:
    won = assign(liking, SINGLE)
    kept = [name for name in won.values() if name in SINGLE]
    assert len(kept) == len(set(kept))
    best = max(
        sum(liking[bidder][name] for bidder, name in enumerate(names))
        for names in product("ABC-", repeat=len(liking))
        if all(names.count(name) < 2 for name in SINGLE)
    )
    assert sum(liking[bidder][name] for bidder, name in won.items()) >= best - 0.002 * len(liking) - 1e-9


@pytest.mark.parametrize(
    ("header", "own", "other"),
    [
        ("母亲身份证号", "母亲身份证号码", "身份证号码"),
        ("申请日期", "申请时间", "申请人"),
        ("女方职业", "女方工作", "女方姓名"),
    ],
)
def test_a_word_for_another_owner_or_kind_speaks_against_a_header(header: str, own: str, other: str) -> None:
    wording = Wording([own, other, "姓名", "性别", "出生日期"])
    assert wording.likeness(header, own) > wording.likeness(header, other) + 0.2


def test_the_number_of_a_mother_is_not_taken_for_the_persons_own() -> None:
    headers = ("户主姓名", "姓名", "二代身份证号", "母亲身份证号", "男女")
    numbers = Shape(1.0, {"id": 1.0})
    best = propose(load_catalogue(), headers, {2: numbers, 3: numbers}, "常住人口登记册")[0]
    taken = {guess.header: guess.is_ for guess in best.guesses}
    assert best.form == "L01"
    assert taken["二代身份证号"] == "person_key"
    assert taken["母亲身份证号"] in {"-", "other"}
