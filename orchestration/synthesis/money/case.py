"""One fee case and its receipts while its life is being told; money in fen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from orchestration.synthesis.money.regimes import Regimes
from orchestration.synthesis.months import last_day, number_of

DAYS_TO_PAY = 30


@dataclass
class Payment:
    """One receipt. ``principal`` and ``surcharge`` are negative on a reversal or refund.

    ``again`` is the receipt whose number this one bears too (a reversal, a refund); ``numbered`` is False for money
    taken without a receipt of the finance department. A void receipt shows what stood on it and moves nothing.
    """

    day: date
    principal: int
    surcharge: int = 0
    channel: str = "bank"
    payer: str = "party"
    instalment: int | None = None
    mark: str = "normal"
    again: Payment | None = None
    numbered: bool = True
    entry_day: date | None = None
    planted: str | None = None


@dataclass
class Case:
    """One decision: what it is about, what became of it, what was paid."""

    child: int
    township_code: str
    village: int
    fact_class: str
    born: date
    filed: date
    body: str = ""
    delegated: bool = False
    parties: int = 2
    decided: date | None = None
    served: date | None = None
    due: date | None = None
    base_income: int = 0
    multiple: int = 0
    amount: int = 0
    request: date | None = None
    approval: date | None = None
    instalments: int | None = None
    review: date | None = None
    court_application: date | None = None
    court_ruling: date | None = None
    annulled: date | None = None
    waived: int = 0
    waived_day: date | None = None
    written_off: int = 0
    written_off_day: date | None = None
    terminated: date | None = None
    no_levy: date | None = None
    planted: str | None = None
    payments: list[Payment] = field(default_factory=list)

    @property
    def known(self) -> date:
        """First day on which the office has anything on file: the filing, or a receipt before it."""
        return min([self.filed, *(payment.day for payment in self.payments)])

    def moves(self) -> Iterator[tuple[date, int]]:
        """Changes of the open principal: (day, fen), without the wind-down."""
        if self.decided:
            yield self.decided, self.amount
        for payment in self.payments:
            if payment.mark != "void":
                yield payment.day, -payment.principal
        if self.waived_day:
            yield self.waived_day, -self.waived
        if self.written_off_day:
            yield self.written_off_day, -self.written_off
        if self.annulled:
            earlier = ((self.waived_day, self.waived), (self.written_off_day, self.written_off))
            left = sum(fen for day, fen in earlier if day and day <= self.annulled)
            yield self.annulled, left - self.amount

    def open_before(self, day: date) -> int:
        """Principal that is open at the beginning of a day; negative where a refund is due."""
        return sum(fen for when, fen in self.moves() if when < day)


def whole_months(begin: date, end: date) -> int:
    """Complete months between two days; the last day of a short month completes one."""
    months = number_of(end) - number_of(begin)
    return months - (end.day < begin.day and end != last_day(number_of(end)))


def lawful_surcharge(case: Case, day: date, regimes: Regimes) -> int:
    """Surcharge in fen that has grown by a day and was not charged yet.

    Art. 8 of the Measures (State Council Order 357): two per mille of the unpaid fee a month; simple, for each whole
    month since the due date, each unpaid balance apart, parts of a fen left to the party.
    """
    if case.due is None or day <= case.due:
        return 0
    changes = sorted((when, fen) for when, fen in case.moves() if when < day)
    points = [case.due, *sorted({when for when, _ in changes if when > case.due}), day]
    grown = 0
    for begin, end in pairwise(points):
        unpaid = max(sum(fen for when, fen in changes if when <= begin), 0)
        months = whole_months(case.due, end) - whole_months(case.due, begin)
        grown += unpaid * regimes.on(begin).surcharge_mille * months // 1000
    return max(grown - sum(p.surcharge for p in case.payments if p.mark != "void"), 0)


def serve(case: Case, day: date) -> None:
    """Serve the decision: thirty days to pay from here."""
    case.served = day
    case.due = day + timedelta(days=DAYS_TO_PAY)
