"""The surcharge worked by hand, in fen: the generator charges it, and the tests' own check allows just that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from orchestration.synthesis.money.case import Case, Payment, lawful_surcharge
from orchestration.synthesis.money.regimes import regimes_of
from tests.unit.synthesis.fee_checks import lawful
from tests.unit.synthesis.fee_world import COUNTY

REGIMES = regimes_of(COUNTY)
FEE = 4_000_000  # 40,000 yuan


@dataclass(frozen=True)
class Worked:
    """A fee of 40,000 yuan: its due day, the receipts (day, principal) and the surcharge with each receipt, in fen."""

    due: date
    receipts: tuple[tuple[date, int], ...]
    surcharges: tuple[int, ...]
    written_off: tuple[date, int] | None = None
    waived: tuple[date, int] | None = None
    fee: int = FEE


WORKED = {
    "three months from the last of January": Worked(date(2014, 1, 31), ((date(2014, 4, 30), FEE),), (24_000,)),
    "the last of April not reached": Worked(date(2014, 1, 31), ((date(2014, 4, 29), FEE),), (16_000,)),
    "the last of February completes a month": Worked(date(2014, 1, 31), ((date(2014, 2, 28), FEE),), (8_000,)),
    "twelve months, simple": Worked(date(2014, 1, 31), ((date(2015, 1, 31), FEE),), (96_000,)),
    "on the due day": Worked(date(2014, 1, 31), ((date(2014, 1, 31), FEE),), (0,)),
    "a day late": Worked(date(2014, 1, 31), ((date(2014, 2, 1), FEE),), (0,)),
    # 160 yuan on the whole, then four months of 60.
    "10,000 after two months, the rest after six": Worked(
        date(2014, 1, 31), ((date(2014, 3, 31), 1_000_000), (date(2014, 7, 31), 3_000_000)), (16_000, 24_000)
    ),
    # One whole month of 80 by 15 February; the second, whole on 15 March, counts on what was left when it ended.
    "parts of months": Worked(
        date(2014, 1, 15), ((date(2014, 2, 20), 1_000_000), (date(2014, 3, 16), 3_000_000)), (8_000, 6_000)
    ),
    # Two months of 80, then three of 60.
    "a part written off": Worked(
        date(2014, 1, 15), ((date(2014, 6, 15), 3_000_000),), (34_000,), written_off=(date(2014, 3, 15), 1_000_000)
    ),
    # A month of 80, then five of 20.
    "most of it waived": Worked(
        date(2014, 1, 15), ((date(2014, 7, 20), 1_000_000),), (18_000,), waived=(date(2014, 2, 15), 3_000_000)
    ),
    # A month of 80, two of 60 until the money went back, three of 80: 320 with the last receipt.
    "paid, refunded, paid": Worked(
        date(2014, 1, 15),
        ((date(2014, 2, 15), 1_000_000), (date(2014, 4, 15), -1_000_000), (date(2014, 7, 15), FEE)),
        (8_000, 0, 36_000),
    ),
    # 1,234.57 yuan times two per mille is 246.914 fen: the part of a fen is the party's.
    "parts of a fen": Worked(date(2014, 1, 15), ((date(2014, 2, 15), 123_457),), (246,), fee=123_457),
}


@pytest.mark.parametrize("worked", WORKED.values(), ids=WORKED)
def test_the_generator_charges_what_was_worked_by_hand(worked: Worked) -> None:
    case = _case(worked)
    for (day, principal), expected in zip(worked.receipts, worked.surcharges, strict=True):
        is_refund = principal < 0
        surcharge = 0 if is_refund else lawful_surcharge(case, day, REGIMES)
        assert surcharge == expected
        case.payments.append(Payment(day, principal, surcharge, mark="refund" if is_refund else "normal"))


@pytest.mark.parametrize("worked", WORKED.values(), ids=WORKED)
def test_the_check_allows_what_was_worked_by_hand(worked: Worked) -> None:
    written_day, written = worked.written_off or (None, None)
    waived_day, waived = worked.waived or (None, None)
    case = {
        "decision_day": date(2000, 12, 1),
        "amount_fen": worked.fee,
        "waived_day": waived_day,
        "waived_fen": waived,
        "written_off_day": written_day,
        "written_off_fen": written,
        "annulled_day": None,
    }
    live = [{"day": day, "principal_fen": principal} for day, principal in worked.receipts]
    last = worked.receipts[-1][0]
    assert int(lawful(case, live, worked.due, last)) == sum(worked.surcharges)


def test_nothing_grows_on_a_fee_before_the_measures_of_2002() -> None:
    worked = Worked(date(2001, 1, 31), (), ())
    assert lawful_surcharge(_case(worked), date(2001, 7, 31), REGIMES) == 0


def _case(worked: Worked) -> Case:
    case = Case(
        child=0, township_code="331099100000", village=0, fact_class="extra_birth", born=date(2000, 1, 1),
        filed=date(2000, 11, 1), decided=date(2000, 12, 1), due=worked.due, amount=worked.fee,
    )  # fmt: skip
    if worked.written_off:
        case.written_off_day, case.written_off = worked.written_off
    if worked.waived:
        case.waived_day, case.waived = worked.waived
    return case
