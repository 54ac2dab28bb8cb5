"""Fee cases and receipts of three invented offices: modest amounts, histories chosen case by case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from orchestration.synthesis.sample.events import START, last_day
from orchestration.synthesis.sample.people import Dice, Registrar
from orchestration.synthesis.sample.places import Township

_BASE_INCOME = {2012: Decimal(15000), 2013: Decimal(16000)}  # yuan a year, invented
_MULTIPLES = tuple(Decimal(text) for text in ("0.2", "0.3", "0.5", "0.6", "0.8", "1", "1.5"))
_MONTHLY_SURCHARGE = Decimal("0.002")
# From 2014 on after the 15th: a receipt six days before its decision falls in the month that shows the case.
_DECIDED = (
    date(2013, 11, 18), date(2013, 11, 27), date(2013, 12, 6), date(2013, 12, 15), date(2014, 1, 17),
    date(2014, 1, 20), date(2014, 1, 27), date(2014, 2, 17), date(2014, 2, 24), date(2014, 3, 17),
    date(2014, 3, 19), date(2014, 3, 26), date(2014, 4, 17), date(2014, 4, 24), date(2014, 5, 19),
)  # fmt: skip


@dataclass(frozen=True)
class Receipt:
    """One receipt; ``amount`` includes ``surcharge``, both in yuan."""

    number: str
    case: str
    paid: date
    amount: Decimal
    surcharge: Decimal = Decimal(0)
    channel: str = "银行代收"
    instalment: int | None = None
    mark: str = "正常"


@dataclass(frozen=True)
class Case:
    """One decision and what became of it. Money in yuan."""

    number: str
    man: str
    man_id: str
    woman: str
    woman_id: str
    fact: str
    born: date
    filed: date
    decided: date
    served: date
    base_income: Decimal
    multiple: Decimal
    request: date | None = None
    approval: date | None = None
    waived: Decimal | None = None
    waived_date: date | None = None
    annulled: date | None = None
    receipts: tuple[Receipt, ...] = field(default=())

    @property
    def amount(self) -> Decimal:
        """Assessed sum in yuan."""
        return self.base_income * self.multiple

    @property
    def due(self) -> date:
        """Last day to pay without surcharge: thirty days from service."""
        return self.served + timedelta(days=30)

    def status(self, month: int) -> tuple[str, date]:
        """State of the case at the end of a month of the sample year, and the day it was reached."""
        end = last_day(month)
        if self.annulled and self.annulled <= end:
            return "撤销", self.annulled
        paid = [r for r in self.receipts if r.paid <= end and r.mark == "正常"]
        principal = sum((r.amount - r.surcharge for r in paid), Decimal(0))
        if principal >= self.amount:
            return "结案", max(r.paid for r in paid)
        if self.waived_date and self.waived_date <= end:
            return "减免", self.waived_date
        return "在征", self.decided


def _pay(case: Case, *parts: tuple[date, Decimal], **more: object) -> Case:
    receipts = tuple(Receipt("", case.number, day, amount) for day, amount in parts if day <= last_day(6))
    return replace(case, receipts=receipts, **more)  # type: ignore[arg-type]


def _nothing(case: Case) -> Case:
    return case


def _in_full(case: Case) -> Case:
    return _pay(case, (max(case.served + timedelta(days=12), START + timedelta(days=8)), case.amount))


def _half(case: Case) -> Case:
    return _pay(case, (max(case.served + timedelta(days=20), START + timedelta(days=15)), case.amount / 2))


def _three_instalments(case: Case) -> Case:
    first = max(case.served + timedelta(days=25), START + timedelta(days=19))
    days = [first, first + timedelta(days=31), first + timedelta(days=62)]
    third = case.amount / 3 // 100 * 100
    parts = zip(days, (third, third, case.amount - 2 * third), strict=True)
    paid = _pay(case, *parts, request=case.served + timedelta(days=8), approval=case.served + timedelta(days=18))
    numbered = tuple(replace(r, instalment=n) for n, r in enumerate(paid.receipts, start=1))
    return replace(paid, receipts=numbered)


def _before_decision(case: Case) -> Case:
    return _pay(case, (case.decided - timedelta(days=6), case.amount))


def _annulled(case: Case) -> Case:
    return replace(case, annulled=date(2014, 5, 20))


def _reissued(case: Case) -> Case:
    paid = _in_full(case)
    good = paid.receipts[0]
    return replace(paid, receipts=(replace(good, mark="作废"), replace(good, channel="转账")))


def _over_collected(case: Case) -> Case:
    part = case.amount * Decimal("0.6")
    return _pay(case, (case.served + timedelta(days=10), part), (case.served + timedelta(days=40), part))


def _partly_waived(case: Case) -> Case:
    paid = _half(case)
    return replace(paid, waived=case.amount / 5, waived_date=date(2014, 5, 12))


def _late_with_surcharge(case: Case) -> Case:
    surcharge = case.amount * _MONTHLY_SURCHARGE * 2
    receipt = Receipt("", case.number, case.due + timedelta(days=70), case.amount + surcharge, surcharge)
    return replace(case, receipts=(receipt,))


_Story = Callable[[Case], Case]
_USUAL: tuple[_Story, ...] = (
    _in_full, _half, _nothing, _three_instalments, _in_full, _half, _in_full, _nothing, _half, _in_full,
    _three_instalments, _in_full, _half, _in_full, _nothing,
)  # fmt: skip
_SPECIAL: dict[tuple[str, int], _Story] = {
    ("331099001000", 5): _before_decision,
    ("331099001000", 7): _annulled,
    ("331099001000", 9): _reissued,
    ("331099100000", 6): _over_collected,
    ("331099100000", 8): _partly_waived,
    ("331099100000", 12): _in_full,
    ("331099200000", 2): _late_with_surcharge,
}


def draw_cases(township: Township) -> list[Case]:
    """Draw the cases of one office with their receipts numbered in order of payment.

    Returns:
        Fifteen cases in order of decision: four decided at the end of 2013, the others by May 2014.
    """
    dice = Dice(f"taizhang sample fees {township.code}")
    registrar = Registrar(dice)
    cases = []
    for index in range(len(_DECIDED)):
        cases.append(_draw_case(township, registrar, dice, index))
    told = [_SPECIAL.get((township.code, i), _USUAL[i])(case) for i, case in enumerate(cases)]
    return _numbered(told, township)


def _draw_case(township: Township, registrar: Registrar, dice: Dice, index: int) -> Case:
    decided = _DECIDED[index]
    filed = decided - timedelta(days=dice.between(25, 50))
    born = filed - timedelta(days=dice.between(40, 300))
    father = dice.day(date(1975, 1, 1), date(1988, 12, 31))
    mother = dice.day(date(1977, 1, 1), date(1990, 12, 31))
    return Case(
        number=f"{township.name[0]}计征字〔{decided.year}〕第{index + 1:03d}号",
        man=registrar.name("male"),
        man_id=registrar.number(father, "male"),
        woman=registrar.name("female"),
        woman_id=registrar.number(mother, "female"),
        fact=dice.pick(["多生一孩", "提前生育", "非婚生育"]),
        born=born,
        filed=filed,
        decided=decided,
        served=decided + timedelta(days=dice.between(2, 6)),
        base_income=_BASE_INCOME[decided.year - 1],
        multiple=dice.pick(_MULTIPLES),
    )


def _numbered(cases: list[Case], township: Township) -> list[Case]:
    ordered = sorted((r for c in cases for r in c.receipts), key=lambda r: (r.paid, r.case, r.mark == "正常"))
    numbers = {id(r): f"{township.code[6:9]}14{serial:05d}" for serial, r in enumerate(ordered, start=1)}
    return [replace(c, receipts=tuple(replace(r, number=numbers[id(r)]) for r in c.receipts)) for c in cases]
