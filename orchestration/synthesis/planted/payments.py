"""Planted violations in what the ledger of receipts says."""

from __future__ import annotations

from orchestration.synthesis.money.case import Case, lawful_surcharge, serve
from orchestration.synthesis.money.figures import FEN
from orchestration.synthesis.planted.plain import Desk, after, by_name
from orchestration.synthesis.planted.slots import Slot, registry

_DEPOSIT = 5000 * FEN
_THOUSAND = 1000 * FEN


def ac_01(slot: Slot, desk: Desk) -> Case:
    """Collect first, decide later."""
    case = desk.decided(slot, slot.day(14, 25))
    desk.pay(case, after(case.decided, -6), case.amount, planted=slot.check)
    return case


def ac_02(slot: Slot, desk: Desk) -> Case:
    """Collect after the decision, before anybody has served it."""
    case = desk.decided(slot, slot.day(3, 10), served_after=10)
    desk.pay(case, after(case.decided, 4), case.amount, planted=slot.check)
    return case


def ac_03(slot: Slot, desk: Desk) -> Case:
    """Money without a receipt of the finance department."""
    case = desk.decided(slot, slot.day(3, 10))
    desk.pay(case, after(case.served, 6), case.amount, numbered=False, planted=slot.check)
    return case


def ac_04(slot: Slot, desk: Desk) -> Case:
    """One number for two receipts."""
    case = desk.decided(slot, slot.day(3, 10))
    part = case.amount * 6 // 10 // _THOUSAND * _THOUSAND
    first = desk.pay(case, after(case.served, 6), part)
    desk.pay(case, after(case.served, 6), case.amount - part, again=first, planted=slot.check)
    return case


def ac_14(slot: Slot, desk: Desk) -> Case:
    """The surcharge of a month is charged for every day of it."""
    day = slot.day(5, 22)
    case = desk.decided(slot, after(day, -150))
    lawful = lawful_surcharge(case, day, desk.regimes)
    desk.pay(case, day, case.amount, surcharge=lawful * int(registry()[slot.check]["times"]), planted=slot.check)
    return case


def ac_15(slot: Slot, desk: Desk) -> Case:
    """A month's surcharge on a payment in time."""
    case = desk.decided(slot, slot.day(2, 8))
    desk.pay(case, after(case.served, 15), case.amount, surcharge=case.amount * 2 // 1000, planted=slot.check)
    return case


def ac_19(slot: Slot, desk: Desk) -> Case:
    """The party pays in full and is charged again."""
    case = desk.decided(slot, slot.day(2, 6))
    desk.pay(case, after(case.served, 4), case.amount)
    again = case.amount * 4 // 10 // _THOUSAND * _THOUSAND
    desk.pay(case, after(case.served, 12), again, planted=slot.check)
    return case


def ac_24(slot: Slot, desk: Desk) -> Case:
    """Cash over the counter."""
    case = desk.decided(slot, slot.day(3, 10))
    desk.pay(case, after(case.served, 6), case.amount, channel="cash", planted=slot.check)
    return case


def ac_26(slot: Slot, desk: Desk) -> Case:
    """A member of the staff pays for the party."""
    case = desk.decided(slot, slot.day(3, 10))
    desk.pay(case, after(case.served, 6), case.amount, payer="staff", planted=slot.check)
    return case


def ac_27(slot: Slot, desk: Desk) -> Case:
    """A deposit is taken while the child is expected; the decision follows, and the rest is paid in time."""
    day = slot.day(5, 20)
    case = desk.decided(slot, after(day, 110))
    case.born, case.filed = after(day, 40), after(day, 70)
    desk.pay(case, day, _DEPOSIT, surcharge=0, planted=slot.check)
    desk.pay(case, after(case.served, 9), case.amount - _DEPOSIT)
    return case


def ac_28(slot: Slot, desk: Desk) -> Case:
    """Three payments, one a month, and no agreement; the last with the lawful surcharge."""
    last = slot.day(10, 22)
    case = desk.decided(slot, after(last, -69))
    third = case.amount // 3 // _THOUSAND * _THOUSAND
    desk.pay(case, after(last, -61), third)
    desk.pay(case, after(last, -31), third)
    desk.pay(case, last, case.amount - 2 * third, planted=slot.check)
    return case


def ac_31(slot: Slot, desk: Desk) -> Case:
    """The decision falls and nobody pays back."""
    annulled = after(slot.day(4, 20), -61)
    case = desk.decided(slot, after(annulled, -60))
    desk.pay(case, after(annulled, -40), case.amount)
    case.review, case.annulled = after(annulled, -30), annulled
    return case


def ac_33(slot: Slot, desk: Desk) -> Case:
    """The court brings in a fifth more than principal and lawful surcharge."""
    day = slot.day(5, 22)
    case = desk.decided(slot, after(day, -190))
    serve(case, after(case.decided, 3))
    case.court_application, case.court_ruling = after(case.served, 110), after(case.served, 140)
    surcharge = lawful_surcharge(case, day, desk.regimes) + case.amount // 5
    desk.pay(case, day, case.amount, surcharge=surcharge, channel="court", planted=slot.check)
    return case


def ac_39(slot: Slot, desk: Desk) -> Case:
    """Keyed in forty days later."""
    case = desk.decided(slot, slot.day(3, 10))
    day = after(case.served, 6)
    desk.pay(case, day, case.amount, entry_day=after(day, 40), planted=slot.check)
    return case


PAYMENTS = by_name(
    ac_01, ac_02, ac_03, ac_04, ac_14, ac_15, ac_19, ac_24, ac_26, ac_27, ac_28, ac_31, ac_33, ac_39
)  # fmt: skip
