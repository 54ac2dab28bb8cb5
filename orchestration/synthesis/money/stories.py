"""Lawful lives of a fee case after its decision is served: who pays when, and what else may happen.

Every story leaves a case that breaks no rule of domain knowledge: nothing is paid before service, what comes after the
due date carries exactly the lawful surcharge, more than two payments rest on an agreement, and nothing is overdue for
a year without a court step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.synthesis.money.case import DAYS_TO_PAY, Case, Payment, lawful_surcharge
from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.money.figures import FEN, figures
from orchestration.synthesis.money.regimes import NEVER, Regimes

_ROUND = 100 * FEN
_NEARLY_A_YEAR = 340


@dataclass(frozen=True)
class Teller:
    """What a story needs beside its case. Nothing of a story that goes on is paid before ``start``."""

    dice: Dice
    regimes: Regimes
    start: date

    def pay(self, case: Case, day: date, principal: int, **more: object) -> Payment:
        """Add a receipt with the surcharge that is due by its day."""
        surcharge = lawful_surcharge(case, day, self.regimes)
        payment = Payment(day, principal, surcharge, **more)  # type: ignore[arg-type]
        case.payments.append(payment)
        return payment

    def begin(self, case: Case, wanted: date) -> date:
        """The wanted day of a first payment, or a day of the run's first months if that lies before it.

        No later than eleven months after the due date, so that no year end finds a case a year overdue.
        """
        if wanted >= self.start or case.due is None:
            return wanted
        opening, overdue = figures()["opening_days"], case.due + timedelta(days=_NEARLY_A_YEAR) - self.start
        return self.start + self.dice.days((0, min(opening, overdue.days)))


Story = Callable[[Case, Teller], None]


def _served(case: Case) -> tuple[date, date]:
    if case.served is None or case.due is None:
        raise ValueError("a story begins with the service of the decision")
    return case.served, case.due


def prompt(case: Case, teller: Teller) -> None:
    """Paid in full within thirty days."""
    served, _ = _served(case)
    teller.pay(case, served + teller.dice.days((0, DAYS_TO_PAY - 1)), case.amount)


def on_due_day(case: Case, teller: Teller) -> None:
    """Paid in full on the very last day."""
    teller.pay(case, _served(case)[1], case.amount)


def late(case: Case, teller: Teller) -> None:
    """Paid in full some months late, with the surcharge."""
    wanted = _served(case)[1] + teller.dice.days(figures()["late_days"])
    teller.pay(case, teller.begin(case, wanted), case.amount)


def late_parts(case: Case, teller: Teller) -> None:
    """A part in time, the rest late."""
    served, due = _served(case)
    first = teller.begin(case, served + teller.dice.days((2, DAYS_TO_PAY)))
    second = max(due + teller.dice.days(figures()["late_days"]), first + teller.dice.days((20, 60)))
    part = case.amount * teller.dice.between((30, 70)) // 100 // _ROUND * _ROUND
    teller.pay(case, first, part)
    teller.pay(case, second, case.amount - part)


def instalments(case: Case, teller: Teller) -> None:
    """Equal parts on an agreement, each in time, so without a surcharge."""
    served, _ = _served(case)
    plan = figures()["instalments"]
    agree(case, teller)
    parts = teller.dice.between(plan["parts"])
    case.instalments = parts
    day = teller.begin(case, (case.approval or served) + teller.dice.days((1, 25)))
    each = case.amount // parts // _ROUND * _ROUND
    for number in range(1, parts + 1):
        principal = each if number < parts else case.amount - each * (parts - 1)
        case.payments.append(Payment(day, principal, instalment=number))
        day += teller.dice.days(plan["days_between"])


def agree(case: Case, teller: Teller) -> None:
    """Ask for instalments within thirty days and get the answer within thirty days."""
    served, _ = _served(case)
    case.request = served + teller.dice.days((3, DAYS_TO_PAY))
    case.approval = case.request + teller.dice.days((3, DAYS_TO_PAY))


def court(case: Case, teller: Teller) -> None:
    """Nothing or a part is paid; the office applies to the court, which recovers all or a part."""
    served, _ = _served(case)
    dice, plan = teller.dice, figures()["court"]
    day = served + dice.days((5, DAYS_TO_PAY))
    if dice.chance(0.3) and day >= teller.start:
        teller.pay(case, day, case.amount * 2 // 5 // _ROUND * _ROUND)
    case.court_application = served + dice.days(plan["application"])
    case.court_ruling = case.court_application + dice.days(plan["ruling"])
    recovered = teller.begin(case, case.court_ruling + dice.days(plan["recovery"]))
    left = case.open_before(recovered)
    if dice.chance(plan["full"]):
        teller.pay(case, recovered, left, channel="court")
        return
    teller.pay(case, recovered, left * dice.between((30, 70)) // 100 // _ROUND * _ROUND, channel="court")
    if dice.chance(plan["written_off"]):
        case.written_off_day = recovered + dice.days(plan["written_off_days"])
        case.written_off = case.open_before(NEVER) + case.written_off


def waived(case: Case, teller: Teller) -> None:
    """A part is paid, the rest is waived for hardship."""
    served, due = _served(case)
    first = teller.begin(case, served + teller.dice.days((2, DAYS_TO_PAY)))
    teller.pay(case, first, case.amount * teller.dice.between((40, 80)) // 100 // _ROUND * _ROUND)
    left = case.open_before(NEVER)
    case.waived_day = max(due + teller.dice.days(figures()["late_days"]), first + timedelta(days=10))
    case.waived = left


def annulled_unpaid(case: Case, teller: Teller) -> None:
    """The party asks for a review before paying, and the decision falls."""
    served, _ = _served(case)
    plan = figures()["annulment"]
    case.review = served + teller.dice.days(plan["review"])
    case.annulled = case.review + teller.dice.days(plan["decided"])


def annulled_paid(case: Case, teller: Teller) -> None:
    """The party pays in time, asks for a review, wins and is refunded."""
    served, _ = _served(case)
    paid = teller.pay(case, served + teller.dice.days((1, 20)), case.amount)
    plan = figures()["annulment"]
    case.review = paid.day + teller.dice.days((1, 30))
    case.annulled = case.review + teller.dice.days(plan["decided"])
    refund(case, paid, case.annulled + teller.dice.days(plan["refund"]), case.amount)


def overpaid(case: Case, teller: Teller) -> None:
    """The party transfers too much and gets the rest back within the month."""
    served, _ = _served(case)
    day = served + teller.dice.days((0, 25))
    if day.day > 20:
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    extra = teller.dice.between((1, 10)) * _ROUND
    paid = Payment(day, case.amount + extra, channel="transfer")
    case.payments.append(paid)
    refund(case, paid, day + teller.dice.days((2, 7)), extra)


def refund(case: Case, paid: Payment, day: date, principal: int) -> None:
    """Pay principal back under the number of the receipt it was taken on."""
    case.payments.append(Payment(day, -principal, channel="transfer", mark="refund", again=paid))


STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (
        prompt, on_due_day, late, late_parts, instalments, court, waived, annulled_unpaid, annulled_paid, overpaid,
    )
}  # fmt: skip
