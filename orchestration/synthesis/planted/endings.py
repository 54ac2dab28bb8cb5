"""Planted violations around 2021-08-20, the day on which collection ends by law."""

from __future__ import annotations

from datetime import timedelta

from orchestration.synthesis.money.case import Case
from orchestration.synthesis.money.figures import FEN
from orchestration.synthesis.planted.plain import Desk, after, by_name
from orchestration.synthesis.planted.slots import Slot

_THOUSAND = 1000 * FEN


def ac_07(slot: Slot, desk: Desk) -> Case:
    """A decision after the end; the office ends it itself within the month."""
    case = desk.decided(slot, slot.day(1, 9))
    case.terminated = after(case.decided, 12)
    return case


def ac_08(slot: Slot, desk: Desk) -> Case:
    """A part is paid on a case that the law has ended."""
    ends = desk.regimes.collection_ends
    case = desk.decided(slot, ends - timedelta(days=slot.dice.between((100, 120))))
    case.terminated = ends
    part = case.amount * 3 // 10 // _THOUSAND * _THOUSAND
    desk.pay(case, slot.day(4, 20), part, surcharge=0, planted=slot.check)
    return case


def ac_09(slot: Slot, desk: Desk) -> Case:
    """The office keeps an open case in its books."""
    ends = desk.regimes.collection_ends
    return desk.decided(slot, ends - timedelta(days=slot.dice.between((70, 110))))


def ac_10(slot: Slot, desk: Desk) -> Case:
    """Money that the law says stays paid is paid back."""
    case = desk.decided(slot, desk.regimes.collection_ends - timedelta(days=slot.dice.between((20, 30))))
    paid = desk.pay(case, after(case.served, 4), case.amount)
    back = slot.day(4, 20)
    part = case.amount // 2 // _THOUSAND * _THOUSAND
    desk.pay(case, back, -part, surcharge=0, channel="transfer", mark="refund", again=paid, planted=slot.check)
    case.terminated = back
    return case


ENDINGS = by_name(ac_07, ac_08, ac_09, ac_10)
