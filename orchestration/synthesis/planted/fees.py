"""The planted cases of the fee: each breaks one check and is lawful in all else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import polars as pl

from orchestration.synthesis.money.case import Case
from orchestration.synthesis.money.figures import figures
from orchestration.synthesis.money.lives import wind_down
from orchestration.synthesis.money.regimes import Regimes
from orchestration.synthesis.months import first_day, last_day, number_of
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.decisions import DECISIONS
from orchestration.synthesis.planted.endings import ENDINGS
from orchestration.synthesis.planted.payments import PAYMENTS
from orchestration.synthesis.planted.plain import Desk, Violation
from orchestration.synthesis.planted.slots import Slot, registry, slots

VIOLATIONS: Mapping[str, Violation] = {**DECISIONS, **PAYMENTS, **ENDINGS}


def cases(
    villages: pl.DataFrame, lawful: Sequence[Case], county_code: str, regimes: Regimes, options: Options
) -> list[Case]:
    """One case for each check that a fee case can break, as far as its month lies in the run's possible past.

    What is planted, and when, depends on the first month and never on the last one; a case whose day has not come is
    not known yet.
    """
    found = []
    for slot in slots(villages, options):
        violation = VIOLATIONS.get(slot.check)
        if violation is None or not is_in_force(slot, regimes, options):
            continue
        case = violation(slot, Desk(county_code, regimes, options, lawful))
        if case is not None:
            found.append(_finished(case, slot, regimes))
    return found


def is_in_force(slot: Slot, regimes: Regimes, options: Options) -> bool:
    """Whether a slot's month lies in the time of its check, with room for what must still follow."""
    if slot.check in ENDINGS:
        return options.start < number_of(regimes.collection_ends)
    last = slot.month + int(registry()[slot.check].get("tail", 1))
    return regimes.on(first_day(slot.month)).surcharge_mille > 0 and last_day(last) < regimes.collection_ends


def _finished(case: Case, slot: Slot, regimes: Regimes) -> Case:
    """Label a case, end it by law where it lasts that long, and key in its receipts."""
    case.planted = slot.check
    if slot.check not in ENDINGS:
        wind_down(case, regimes.collection_ends)
    for payment in case.payments:
        if payment.entry_day is None:
            soon = payment.day + timedelta(days=slot.dice.between((0, figures()["entry_days"])))
            payment.entry_day = min(soon, last_day(number_of(payment.day)))
    return case
