"""The lawful part of a planted case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.synthesis.money.case import Case, Payment, lawful_surcharge
from orchestration.synthesis.money.lives import decide
from orchestration.synthesis.money.regimes import Regimes
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.slots import Slot


@dataclass(frozen=True)
class Desk:
    """What a violation needs beside its slot."""

    county_code: str
    regimes: Regimes
    options: Options
    lawful: Sequence[Case]

    def decided(self, slot: Slot, day: date, served_after: int = 3) -> Case:
        """A case decided on a day and served some days later, with nothing paid yet."""
        dice = slot.dice
        filed = day - timedelta(days=dice.between((22, 45)))
        case = Case(
            child=-1,
            township_code=slot.office,
            village=slot.village,
            fact_class="extra_birth",
            born=filed - timedelta(days=dice.between((40, 240))),
            filed=filed,
            delegated=True,
        )
        decide(case, day, self.county_code, dice, rural=True)
        reserve(case, day + timedelta(days=served_after))
        return case

    def pay(self, case: Case, day: date, principal: int, **more: object) -> Payment:
        """Add a receipt, with the lawful surcharge unless one is named."""
        more.setdefault("surcharge", lawful_surcharge(case, day, self.regimes))
        payment = Payment(day, principal, **more)  # type: ignore[arg-type]
        case.payments.append(payment)
        return payment


Violation = Callable[[Slot, Desk], Case | None]


def reserve(case: Case, day: date) -> None:
    """Serve a decision on another day."""
    case.served = day
    case.due = day + timedelta(days=30)


def after(day: date | None, days: int) -> date:
    """A day some days later (or earlier) than another."""
    if day is None:
        raise ValueError("the case is not decided yet")
    return day + timedelta(days=days)


def by_name(*violations: Violation) -> dict[str, Violation]:
    """Violations by check, from functions called ``ac_01`` and so on."""
    return {violation.__name__.upper().replace("_", "-"): violation for violation in violations}
