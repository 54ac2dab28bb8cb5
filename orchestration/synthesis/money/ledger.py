"""From lives to the rows of the truth: numbers of cases, decisions and receipts, and what is known by a month's end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

import polars as pl

from orchestration.synthesis.money.case import Case, Payment
from orchestration.synthesis.money.figures import figures
from orchestration.synthesis.money.regimes import NEVER
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream
from orchestration.synthesis.tables import empty, typed


@dataclass(frozen=True)
class Numbered:
    """A case with its numbers. ``number`` is its place among all cases of the county by day."""

    number: int
    case_no: str
    decision_no: str | None
    case: Case


def number_cases(cases: Iterable[Case], towns: dict[str, str]) -> list[Numbered]:
    """Number cases by the day on which the office has something on file; ``towns`` are the names of the townships."""
    ordered = sorted(cases, key=_order)
    files: defaultdict[tuple[str, int], Any] = defaultdict(lambda: count(1))
    decisions: defaultdict[tuple[str, int], Any] = defaultdict(lambda: count(1))
    decided = {}
    for case in sorted((c for c in ordered if c.decided), key=lambda c: (c.decided or NEVER, *_order(c))):
        year = (case.decided or NEVER).year
        serial = next(decisions[case.township_code, year])
        decided[id(case)] = f"{towns[case.township_code]}计征决字〔{year}〕第{serial:03d}号"
    found = []
    for number, case in enumerate(ordered):
        year = case.known.year
        serial = next(files[case.township_code, year])
        case_no = f"{towns[case.township_code]}计征字〔{year}〕第{serial:03d}号"
        found.append(Numbered(number, case_no, decided.get(id(case)), case))
    return found


def _order(case: Case) -> tuple[date, str, int, str]:
    return case.known, case.township_code, case.child, case.planted or ""


def case_rows(cases: Iterable[Numbered], until: date) -> pl.DataFrame:
    """Rows of ``fee_cases`` as known at the end of a day: a case not yet on file is left out, later dates are NULL."""
    rows = [_case_row(numbered, until) for numbered in cases if numbered.case.known <= until]
    return typed("fee_cases", pl.DataFrame(rows, infer_schema_length=None)) if rows else empty("fee_cases")


def _case_row(numbered: Numbered, until: date) -> dict[str, Any]:
    case = numbered.case

    def known(day: date | None) -> date | None:
        return day if day and day <= until else None

    decided, approved, served = known(case.decided), known(case.approval), known(case.served)
    return {
        "case": numbered.number,
        "case_no": numbered.case_no,
        "township_code": case.township_code,
        "village": case.village,
        "child": case.child,
        "fact_class": case.fact_class,
        "birth_day": known(case.born),
        "file_day": known(case.filed),
        "decision_day": decided,
        "decision_no": numbered.decision_no if decided else None,
        "body": (case.body or body_on(decided)) if decided else None,
        "is_delegated": case.delegated if decided else None,
        "party_count": case.parties,
        "service_day": served,
        "due_day": case.due if served else None,
        "base_year": decided.year - 1 if decided else None,
        "base_income_fen": case.base_income if decided else None,
        "multiple_hundredths": case.multiple if decided else None,
        "amount_fen": case.amount if decided else None,
        "instalment_request_day": known(case.request),
        "instalment_approval_day": approved,
        "instalments": case.instalments if approved else None,
        "review_day": known(case.review),
        "court_application_day": known(case.court_application),
        "court_ruling_day": known(case.court_ruling),
        "annulled_day": known(case.annulled),
        "waived_fen": case.waived if known(case.waived_day) else None,
        "waived_day": known(case.waived_day),
        "written_off_fen": case.written_off if known(case.written_off_day) else None,
        "written_off_day": known(case.written_off_day),
        "terminated_day": known(case.terminated),
        "no_levy_day": known(case.no_levy),
        "planted": case.planted,
    }


def body_on(day: date) -> str:
    """The county's department that decides on a day."""
    names: list[tuple[date, str]] = [(begins, name) for begins, name in figures()["bodies"]]
    return next((name for begins, name in reversed(names) if begins <= day), names[0][1])


def receipt_rows(cases: Iterable[Numbered], options: Options, until: date) -> pl.DataFrame:
    """Rows of ``fee_receipts`` up to a day, numbered in each office in the order of their days.

    A number has twelve digits: province, office and serial, so that no two offices share one. A void receipt uses up a
    number of its own; a reversal and a refund bear the number of the receipt they take back.
    """
    told = [(p.day, n.case.township_code, n.number, place, p) for n in cases for place, p in enumerate(n.case.payments)]
    told = sorted((row for row in told if row[0] <= until), key=lambda row: row[:4])
    serials = {code: count(first_serial(options, code)) for code in {row[1] for row in told}}
    size = figures()["receipts"]["batch"]
    given: dict[int, tuple[str, str]] = {}
    rows = []
    for number, (day, office, case, _, payment) in enumerate(told):
        if payment.again is not None:
            receipt_no, batch = given[id(payment.again)]
        elif payment.numbered:
            serial = next(serials[office])
            receipt_no, batch = written(office, serial), batch_of(office, (serial - 1) // size + 1)
        else:
            receipt_no, batch = None, None
        if receipt_no and batch:
            given[id(payment)] = (receipt_no, batch)
        rows.append(_receipt_row(number, case, office, receipt_no, batch, payment, until) | {"day": day})
    return typed("fee_receipts", pl.DataFrame(rows, infer_schema_length=None)) if rows else empty("fee_receipts")


def _receipt_row(
    number: int, case: int, office: str, receipt_no: str | None, batch: str | None, payment: Payment, until: date
) -> dict[str, Any]:
    entered = payment.entry_day
    return {
        "receipt": number,
        "case": case,
        "township_code": office,
        "receipt_no": receipt_no,
        "batch": batch,
        "principal_fen": payment.principal,
        "surcharge_fen": payment.surcharge,
        "channel": payment.channel,
        "payer": payment.payer,
        "instalment_no": payment.instalment,
        "mark": payment.mark,
        "entry_day": entered if entered and entered <= until else None,
        "planted": payment.planted,
    }


def first_serial(options: Options, office: str) -> int:
    """The first serial of an office in the run: the beginning of a batch."""
    plan = figures()["receipts"]
    low, high = plan["first_batch"]
    return int(stream(options, "receipt batches", int(office)).integers(low, high + 1)) * int(plan["batch"]) + 1


def written(office: str, serial: int) -> str:
    """A receipt number as printed."""
    return f"{office[:2]}{office[6:9]}{serial:07d}"


def batch_of(office: str, number: int) -> str:
    """Name of an office's batch of receipts."""
    return f"{office[6:9]}-{number:04d}"
