"""From a birth outside policy to the whole life of its case, as far as the law lets it go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from orchestration.synthesis.money.case import Case, Payment, serve
from orchestration.synthesis.money.dice import Dice
from orchestration.synthesis.money.figures import FEN, base_income, figures
from orchestration.synthesis.money.regimes import Regimes
from orchestration.synthesis.money.stories import STORIES, Teller
from orchestration.synthesis.months import first_day, last_day, number_of
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream

YEAR_BEFORE = timedelta(days=365)


def live(
    birth: dict[str, Any], township_code: str, county_code: str, regimes: Regimes, options: Options
) -> Case | None:
    """The case of one birth, or None if it was decided more than a year before the run, or never opened.

    Args:
        birth: a row of ``births.outside``.
        township_code: where the mother's village lies.
        county_code: six digits.
        regimes: of the county.
        options: seed and first month.
    """
    dice = Dice(stream(options, "fee case", birth["child"]))
    plan, start = figures()["delays"], first_day(options.start)
    case = filed(birth, township_code, dice)
    if case.filed >= regimes.collection_ends:
        return None
    decision = case.filed + dice.days(plan["decided"])
    if decision < start - YEAR_BEFORE:
        return None
    story = dice.of(figures()["stories" if decision >= start else "opening_stories"])
    if story == "no_levy":
        case.no_levy = decision
        return case
    decide(case, decision, county_code, dice, rural=birth["rural"])
    STORIES[story](case, Teller(dice, regimes, start))
    wind_down(case, regimes.collection_ends)
    second_thoughts(case, dice, regimes.collection_ends)
    return case


def filed(birth: dict[str, Any], township_code: str, dice: Dice) -> Case:
    """Open a file on a birth once the office has found it."""
    plan = figures()["delays"]
    late = dice.chance(plan["found_late_share"])
    found = birth["day"] + dice.days(plan["found_late" if late else "found"])
    return Case(
        child=birth["child"],
        township_code=township_code,
        village=birth["village"],
        fact_class=birth["fact_class"],
        born=birth["day"],
        filed=found + dice.days(plan["filed"]),
        delegated=dice.chance(figures()["delegated"]),
        parties=1 if dice.chance(figures()["one_party"]) else 2,
    )


def decide(case: Case, day: date, county_code: str, dice: Dice, *, rural: bool) -> None:
    """Assess the fee and serve the decision: income of the year before times a multiple, exact to the fen."""
    plan = figures()["multiples"][case.fact_class]
    low, high = plan["bounds"] if dice.chance(plan["rare"]) else plan["usual"]
    step = figures()["multiples"]["step"]
    case.decided = day
    case.base_income = base_income(county_code, day.year - 1, rural=rural) * FEN
    case.multiple = dice.between((low // step, high // step)) * step
    case.amount = case.base_income * case.multiple // 100
    serve(case, day + dice.days(figures()["delays"]["served"]))


def wind_down(case: Case, ends: date) -> None:
    """End a case by law on the day on which collection ends; what was paid stays paid."""
    if case.decided and case.decided >= ends:
        case.decided = case.served = case.due = case.request = case.approval = case.instalments = None
        case.review = case.annulled = None
    if case.decided is None:
        case.no_levy = case.no_levy if case.no_levy and case.no_levy < ends else ends
    if case.served and case.served >= ends:
        case.served = case.due = None
    if case.approval and case.approval >= ends:
        case.request = case.approval = case.instalments = None
    case.court_application = _before(case.court_application, ends)
    case.court_ruling = _before(case.court_ruling, ends)
    case.waived_day = _before(case.waived_day, ends)
    case.written_off_day = _before(case.written_off_day, ends)
    case.waived = case.waived if case.waived_day else 0
    case.written_off = case.written_off if case.written_off_day else 0
    case.payments = [p for p in case.payments if p.day < ends or (p.again is not None and p.again.day < ends)]
    paid = sum(p.principal for p in case.payments if p.mark == "normal")
    # A review goes on after the end, but only over money that was paid: nothing else is left to annul.
    if case.annulled and case.annulled >= ends and paid < case.amount:
        case.review = case.annulled = None
        case.payments = [p for p in case.payments if p.mark != "refund"]
    if case.decided and case.open_before(ends) > 0:
        case.terminated = ends


def _before(day: date | None, ends: date) -> date | None:
    return day if day and day < ends else None


def second_thoughts(case: Case, dice: Dice, ends: date) -> None:
    """Spoil a receipt and write it anew now and then; see when the clerk keyed each one in.

    Only where no surcharge and no refund hangs on the receipt, and where a further receipt does not look like a further
    payment (one payment in all, or instalments).
    """
    usual = [p for p in case.payments if p.mark == "normal"]
    plain = len(case.payments) == len(usual) and (len(usual) == 1 or case.approval is not None)
    for payment in usual:
        if not plain or payment.surcharge or payment.channel == "court":
            continue
        if dice.chance(figures()["void"]):
            at = case.payments.index(payment)
            case.payments.insert(
                at, Payment(payment.day, payment.principal, instalment=payment.instalment, mark="void")
            )
        elif dice.chance(figures()["reversal"]):
            day = payment.day + dice.days((1, 4))
            if day < ends and number_of(day) == number_of(payment.day):
                _reverse(case, payment, day)
    for payment in case.payments:
        payment.entry_day = min(payment.day + dice.days((0, figures()["entry_days"])), last_day(number_of(payment.day)))


def _reverse(case: Case, payment: Payment, day: date) -> None:
    """Take a receipt back within its month and issue the right one on the same day."""
    at = case.payments.index(payment) + 1
    back = Payment(day, -payment.principal, instalment=payment.instalment, mark="reversal", again=payment)
    right = Payment(day, payment.principal, instalment=payment.instalment)
    case.payments[at:at] = [back, right]
