"""Planted violations in what the register of decisions says."""

from __future__ import annotations

from datetime import date, timedelta

from orchestration.synthesis.money.case import Case
from orchestration.synthesis.money.figures import FEN
from orchestration.synthesis.months import first_day
from orchestration.synthesis.planted.plain import Desk, after, by_name
from orchestration.synthesis.planted.slots import Slot

_YEAR = timedelta(days=365)


def ac_05(slot: Slot, desk: Desk) -> Case:
    """A village committee signs the decision."""
    case = desk.decided(slot, slot.day(5, 18))
    stem = slot.village_name.removesuffix("村委会").removesuffix("村民委员会").removesuffix("村")
    case.body, case.delegated = f"{stem}村民委员会", False
    desk.pay(case, after(case.served, 8), case.amount)
    return case


def ac_06(slot: Slot, desk: Desk) -> Case:
    """The proof of service is older than the decision."""
    case = desk.decided(slot, slot.day(8, 18), served_after=-4)
    desk.pay(case, after(case.decided, 5), case.amount)
    return case


def ac_11(slot: Slot, desk: Desk) -> Case:
    """The amount is not base times multiple."""
    case = desk.decided(slot, slot.day(3, 15))
    case.amount += 800 * FEN
    desk.pay(case, after(case.served, 8), case.amount)
    return case


def ac_12(slot: Slot, desk: Desk) -> Case:
    """The multiple is higher than any rule of the province allows."""
    case = desk.decided(slot, slot.day(3, 15))
    case.multiple = 700
    case.amount = case.base_income * case.multiple // 100
    desk.pay(case, after(case.served, 8), case.amount)
    return case


def ac_16(slot: Slot, desk: Desk) -> Case | None:
    """Nothing at all happens for more than a year; written off in the next one."""
    start = first_day(desk.options.start)
    year = start.year + (date(start.year - 1, 10, 1) < start - _YEAR)
    if date(year, 12, 31) >= desk.regimes.collection_ends:
        return None
    decided = date(year - 1, 10, 1) + timedelta(days=slot.dice.between((0, 19)))
    case = desk.decided(slot, decided)
    case.written_off_day = date(year + 1, 5, 1) + timedelta(days=slot.dice.between((0, 60)))
    case.written_off = case.amount
    return case


def ac_17(slot: Slot, desk: Desk) -> Case:
    """The county answers a request for instalments after 45 days."""
    approval = slot.day(10, 20)
    case = desk.decided(slot, after(approval, -56))
    case.request, case.approval, case.instalments = after(case.served, 8), approval, 3
    third = case.amount // (300 * FEN) * (100 * FEN)
    for number, days in enumerate((5, 35, 65), start=1):
        principal = third if number < case.instalments else case.amount - 2 * third
        desk.pay(case, after(approval, days), principal, surcharge=0, instalment=number)
    return case


def ac_18(slot: Slot, desk: Desk) -> Case:
    """The decision grants fifteen days."""
    case = desk.decided(slot, slot.day(3, 12))
    case.due = after(case.served, 15)
    desk.pay(case, after(case.served, 9), case.amount)
    return case


def ac_32(slot: Slot, desk: Desk) -> Case:
    """The office turns to the court nine months after service."""
    application = slot.day(5, 20)
    case = desk.decided(slot, after(application, -273))
    case.court_application, case.court_ruling = application, after(application, 25)
    day = after(application, 60)
    desk.pay(case, day, case.amount, channel="court")
    return case


def ac_34(slot: Slot, desk: Desk) -> Case | None:
    """The township of residence decides on a child on whom that of the hukou has decided; annulled later."""
    begins = first_day(slot.month)
    pairs = [c for c in desk.lawful if c.child >= 0 and c.decided and c.decided < begins and not c.annulled]
    pairs = [c for c in pairs if c.township_code != slot.office]
    if not pairs:
        return None
    first = min(pairs, key=lambda c: (c.decided or begins, c.child))
    case = desk.decided(slot, slot.day(5, 20))
    case.child, case.born, case.fact_class, case.parties = first.child, first.born, first.fact_class, first.parties
    case.filed = max(case.filed, after(first.born, 5))
    case.review = after(case.served, 50)
    case.annulled = after(case.served, 110)
    return case


DECISIONS = by_name(ac_05, ac_06, ac_11, ac_12, ac_16, ac_17, ac_18, ac_32, ac_34)
