"""Decisions followed from year to year, arrears by age and cases by state, from cases and postings told one by one.

The same rulings as in ``county_money``: a year of decision keeps its cases for ever; what was received on no decision
by then has no year; an age is counted from the due date to the last day of a period (R-24); a case stands in the state
that lies furthest on of all that is known of it on that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from tests.reference.county_money import COLLECTION_ENDS, Case, cases, county_code, spans, yuan
from tests.reference.county_truth import County

Span = tuple[str, date, date]
BUCKETS = {"0-30": (0, 30), "31-90": (31, 90), "91-365": (91, 365), "366-1095": (366, 1095)}
ALL_BUCKETS = ("not_due", *BUCKETS, "over_1095", "unknown")
STATES = (
    "found", "filed", "decided", "served", "reviewed", "paying", "court", "waived", "written_off", "paid",
    "closed_no_levy", "terminated_2021", "annulled",
)  # fmt: skip
MONEY = (
    "assessed", "annulled", "waived", "written_off", "terminated_2021", "received", "collected", "outstanding",
    "refund_due",
)  # fmt: skip
COUNTS = ("decided", "paid", "outstanding")


def known_cases(county: County) -> list[Case]:
    """The cases of a synthetic county as its ledgers tell them: no clerk there writes of reviews."""
    return [replace(case, row=case.row | {"review_day": None}) for case in cases(county)]


def year_spans(county: County) -> list[Span]:
    """(period_type, start, end) of the known years of both calendars."""
    return [(kind, begin, end) for kind, _, begin, end in spans(county) if kind in ("year", "fp_year")]


def fee_cohorts(told: Iterable[Case], years: Sequence[Span], county: str) -> pl.DataFrame:
    """``mart_fee_cohorts``."""
    told, rows = list(told), []
    for kind, begin, end in years:
        sums: dict[date | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for case in told:
            _add_to_cohort(sums[_cohort(case, kind, end)], case, end)
        for cohort, found in sums.items():
            if cohort is None and not any(found[name] for name in ("received", "outstanding", "refund_due")):
                continue
            rows.append(
                {
                    **_place(county, kind, begin, end),
                    "cohort_start": cohort,
                    "cohort_end": cohort.replace(year=cohort.year + 1) if cohort else None,
                    "is_whole": (kind, cohort) in {(other, start) for other, start, _ in years},
                    **{f"{name}_yuan": yuan(found[name]) for name in MONEY},
                    **{f"{name}_cases": found[f"{name}_cases"] for name in COUNTS},
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def _cohort(case: Case, kind: str, end: date) -> date | None:
    """First day of the year in which a case was decided, if it was by then and a fee was levied."""
    day = case.row["decision_day"]
    if day is None or day >= end or not case.row["amount_fen"] or case.row["no_levy_day"]:
        return None
    if kind == "year":
        return date(day.year, 1, 1)
    return date(day.year - (day.month < 10), 10, 1)


def _add_to_cohort(sums: dict[str, int], case: Case, end: date) -> None:
    flows = case_sums(case, end)
    for name in ("assessed", "annulled", "waived", "written_off", "terminated_2021", "received"):
        sums[name] += flows[name]
    balance = case.balance(_eve(end))
    sums["collected"] += min(max(flows["received"], 0), flows["assessed"])
    sums["outstanding"] += max(balance, 0)
    sums["refund_due"] += max(-balance, 0)
    sums["decided_cases"] += flows["assessed"] > 0
    sums["paid_cases"] += settled(flows) == "paid"
    sums["outstanding_cases"] += balance > 0


def case_sums(case: Case, end: date) -> dict[str, int]:
    """Sums of a case's postings before a day, in fen; ``received`` is net of refunds."""
    sums: dict[str, int] = defaultdict(int)
    for day, flow, fen in case.postings:
        if day < end:
            sums[flow] += fen
    sums["received"] = sums["collected"] - sums["refunded"]
    return sums


def settled(flows: dict[str, int]) -> str | None:
    """How far payments and what was forgone settle a case."""
    left = flows["assessed"] - flows["annulled"] - flows["waived"]
    if flows["assessed"] <= 0:
        return None
    if 0 < flows["received"] >= left:
        return "paid"
    if flows["written_off"] > 0 and flows["received"] + flows["written_off"] >= left:
        return "written_off"
    if flows["waived"] > 0 and flows["received"] >= left:
        return "waived"
    return "paying" if flows["received"] > 0 else None


def arrears_age(told: Iterable[Case], years: Sequence[Span], county: str) -> pl.DataFrame:
    """``mart_fee_arrears_age``; where nothing says when a case is due, its cell was blank and not unread."""
    told, rows = list(told), []
    for kind, begin, end in years:
        last, open_fen = _eve(end), dict.fromkeys(ALL_BUCKETS, 0)
        count = dict.fromkeys(ALL_BUCKETS, 0)
        for case in told:
            if case.balance(last) > 0:
                bucket = _bucket(case, last)
                open_fen[bucket] += case.balance(last)
                count[bucket] += 1
        for bucket in ALL_BUCKETS:
            sums = {"outstanding_cases": count[bucket], "outstanding_yuan": yuan(open_fen[bucket])}
            rows.append({**_place(county, kind, begin, end), "age_bucket": bucket, **sums})
    return pl.DataFrame(rows, infer_schema_length=None)


def _bucket(case: Case, last: date) -> str:
    due = case.row["due_day"]
    days = (last - due).days if due else -1
    if days < 0:
        return "not_due"
    return next((name for name, (low, high) in BUCKETS.items() if low <= days <= high), "over_1095")


def case_states(told: Iterable[Case], years: Sequence[Span], county: str) -> pl.DataFrame:
    """``mart_fee_case_states``."""
    told, rows = list(told), []
    for kind, begin, end in years:
        standing = [state(case, end) for case in told]
        rows += [{**_place(county, kind, begin, end), "state": name, "cases": standing.count(name)} for name in STATES]
    return pl.DataFrame(rows, infer_schema_length=None)


def state(case: Case, end: date) -> str | None:
    """The state of a case before a day; None if nobody knew of it."""
    row = case.row
    by_then = {name for name, cell in row.items() if name.endswith("_day") and cell is not None and cell < end}
    if not {"file_day", "decision_day"} & by_then:
        return None
    return next(_states(case, by_then, end))


def _states(case: Case, by_then: set[str], end: date) -> Iterator[str]:
    """All states that a case has reached before a day, the furthest first."""
    row, flows = case.row, case_sums(case, end)
    levied = "decision_day" in by_then and row["amount_fen"] and not row["no_levy_day"]
    ended = end > COLLECTION_ENDS
    money = settled(flows)
    for name, holds in (
        ("annulled", "annulled_day" in by_then),
        ("terminated_2021", flows["terminated_2021"] > 0),
        ("closed_no_levy", "no_levy_day" in by_then or (ended and not levied)),
        *((name, money == name) for name in ("paid", "written_off", "waived")),
        ("court", levied and "court_application_day" in by_then),
        ("paying", money == "paying"),
        ("reviewed", levied and "review_day" in by_then),
        ("served", levied and "service_day" in by_then),
        ("decided", levied),
        ("filed", "file_day" in by_then),
        ("found", True),
    ):
        if holds:
            yield name


def _place(county: str, kind: str, begin: date, end: date) -> dict[str, Any]:
    period = {"period_type": kind, "period_start": begin, "period_end": end}
    return {"division_code": county, "division_level": "county", **period}


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


__all__ = ["arrears_age", "case_states", "county_code", "fee_cohorts", "known_cases", "year_spans"]
