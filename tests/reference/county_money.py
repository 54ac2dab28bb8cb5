"""What the marts of a synthetic county must say of its fees and services, computed from the truth alone, in fen.

Case by case and by hand: the law of the fee is short, and a loop over a few hundred cases hides nothing. Rulings as in
the docs: assessed gross at the decision; an annulment takes back what has not left by waiver or write-off; at the end
of collection every open principal is terminated, and whatever opens later leaves the same day; what is paid beyond is
a refund due; a court is asked for the open principal and the lawful surcharge not yet paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import polars as pl

from tests.reference.county_truth import County, first_day

COLLECTION_ENDS = date(2021, 8, 20)
SURCHARGE_FROM = date(2002, 9, 1)
FLOWS = (
    "assessed", "annulled", "collected", "surcharge", "surcharge_refunded", "waived", "refunded", "written_off",
    "terminated_2021", "court_applied", "court_recovered",
)  # fmt: skip
_SIGN = {"assessed": 1, "annulled": -1, "collected": -1, "refunded": 1, "waived": -1, "written_off": -1}
SERVICES = {
    "premarital_check": "couples",
    "down_screening": "persons",
    "folic_acid": "persons",
    "preconception_check": "couples",
}
_COVERAGE = {
    "division_code": pl.String,
    "division_level": pl.String,
    "period_type": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "service": pl.String,
    "measure_unit": pl.String,
    "target": pl.Int64,
    "eligible": pl.Int64,
    "served": pl.Int64,
}


@dataclass
class Case:
    """One fee case: its postings (day, flow, fen) in the order of days, at a township's office."""

    township: str
    row: dict[str, Any]
    receipts: list[dict[str, Any]]
    postings: list[tuple[date, str, int]] = field(default_factory=list)

    def balance(self, day: date) -> int:
        """Open principal at the end of a day, in fen; negative what was paid beyond."""
        return sum(
            _SIGN.get(flow, -1 if flow == "terminated_2021" else 0) * fen
            for on, flow, fen in self.postings
            if on <= day
        )


def cases(county: County) -> list[Case]:
    """All decided cases as the books know them by the end of the run, with everything that was posted on them."""
    horizon = first_day(county.last + 1)
    receipts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for receipt in county["fee_receipts"].sort("receipt").iter_rows(named=True):
        if receipt["day"] < horizon:
            receipts[receipt["case"]].append(receipt)
    found = []
    for row in county["fee_cases"].iter_rows(named=True):
        known = {
            name: None if isinstance(cell, date) and name != "due_day" and cell >= horizon else cell
            for name, cell in row.items()
        }
        if known["decision_day"] is None and not receipts[row["case"]]:
            continue
        case = Case(row["township_code"], known, receipts[row["case"]])
        post(case)
        found.append(case)
    return found


def post(case: Case) -> None:
    """Post what befell a case, by its row and receipts."""
    row, posted = case.row, case.postings
    amount = row["amount_fen"] if row["decision_day"] and not row["no_levy_day"] else None
    if amount:
        posted.append((row["decision_day"], "assessed", amount))
    for flow in ("waived", "written_off"):
        if row[f"{flow}_day"] and row[f"{flow}_fen"] and row[f"{flow}_day"] < COLLECTION_ENDS:
            posted.append((row[f"{flow}_day"], flow, row[f"{flow}_fen"]))
    for receipt in case.receipts:
        posted += [(receipt["day"], flow, fen) for flow, fen in _parts(receipt) if fen]
    if row["annulled_day"] and amount:
        left = amount - sum(
            fen for on, flow, fen in posted if flow in ("waived", "written_off") and on <= row["annulled_day"]
        )
        if row["annulled_day"] >= COLLECTION_ENDS:
            left -= max(case.balance(_eve(COLLECTION_ENDS)), 0)
        if left > 0:
            posted.append((row["annulled_day"], "annulled", left))
    _wind_down(case)
    posted.sort(key=lambda posting: posting[0])
    if row["court_application_day"] and amount:
        day = row["court_application_day"]
        owed = max(case.balance(day), 0) + max(_surcharge(case, day) - _surcharge_paid(case, day), 0)
        posted.append((day, "court_applied", owed))


def _parts(receipt: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Flows of one receipt: a void one moved nothing, a reversal takes back, a refund pays back."""
    principal, surcharge, mark = receipt["principal_fen"], receipt["surcharge_fen"], receipt["mark"]
    if mark in ("normal", "reversal"):
        yield "collected", principal
        yield "surcharge", surcharge
        if receipt["channel"] == "court":
            yield "court_recovered", principal + surcharge
    elif mark == "refund":
        yield "refunded", -principal
        yield "surcharge_refunded", -surcharge


def _wind_down(case: Case) -> None:
    """Terminate what is open when collection ends (at midnight), and whatever opens on a later day."""
    later = {day for day, flow, _ in case.postings if day >= COLLECTION_ENDS and flow in _SIGN}
    for day in sorted({COLLECTION_ENDS, *later}):
        # A late decision is terminated as written: what is paid on its day is due back.
        decided = sum(fen for on, flow, fen in case.postings if on == day and flow == "assessed")
        opened = case.balance(_eve(day)) + decided
        if opened > 0:
            case.postings.append((day, "terminated_2021", opened))
        left = case.balance(day)
        if left > 0:
            case.postings.append((day, "terminated_2021", left))


def _surcharge(case: Case, until: date) -> int:
    """Lawful surcharge by a day: two per mille of each unpaid balance for every whole month since the due date."""
    due = case.row["due_day"]
    if due is None or due >= min(until, COLLECTION_ENDS):
        return 0
    end = min(until, COLLECTION_ENDS)
    points = sorted({due, end, *(day for day, _, _ in case.postings if due < day < end)})
    grown = 0
    for begin, stop in pairwise(points):
        if begin < SURCHARGE_FROM:
            continue
        months = _whole_months(due, stop) - _whole_months(due, begin)
        exact = Decimal(max(case.balance(begin), 0) * 2 * months) / 1000
        grown += int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return grown


def _surcharge_paid(case: Case, until: date) -> int:
    sign = {"surcharge": 1, "surcharge_refunded": -1}
    return sum(sign.get(flow, 0) * fen for on, flow, fen in case.postings if on <= until)


def _whole_months(begin: date, end: date) -> int:
    """Complete months; the last day of a short month completes one."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    is_last = (first_day(end.year * 12 + end.month) - end).days == 1
    return months - (end.day < begin.day and not is_last)


def offices(county: County) -> list[str]:
    """Townships whose office keeps books: those of the villages."""
    return sorted(county["villages"]["township_code"].unique().to_list())


def county_code(county: County) -> str:
    """The county's division code."""
    return f"{county['villages']['township_code'][0][:6]}000000"


def spans(county: County) -> list[tuple[str, str, date, date]]:
    """(period_type, calendar, start, end) of every known period."""
    columns = ["period_type", "calendar", "period_start", "period_end"]
    return county.periods.select(columns).unique(maintain_order=True).rows()


def fee_collection(county: County) -> pl.DataFrame:
    """``mart_fee_collection``, money in yuan."""
    known = cases(county)
    rows = []
    for division in (*offices(county), county_code(county)):
        is_county = division == county_code(county)
        inside = [case for case in known if is_county or case.township == division]
        for kind, _, begin, end in spans(county):
            row: dict[str, Any] = {
                "division_code": division,
                "division_level": "county" if is_county else "township",
                "period_type": kind,
                "period_start": begin,
                "period_end": end,
            }
            for flow in FLOWS:
                hits = [
                    [fen for day, name, fen in case.postings if name == flow and begin <= day < end] for case in inside
                ]
                row[f"{flow}_cases"] = sum(bool(fens) for fens in hits)
                row[f"{flow}_yuan"] = yuan(sum(map(sum, hits)))
            balances = [case.balance(_eve(end)) for case in inside]
            row["outstanding_cases"] = sum(fen > 0 for fen in balances)
            row["outstanding_yuan"] = yuan(sum(fen for fen in balances if fen > 0))
            row["refund_due_cases"] = sum(fen < 0 for fen in balances)
            row["refund_due_yuan"] = yuan(-sum(fen for fen in balances if fen < 0))
            rows.append(row)
    return pl.DataFrame(rows, infer_schema_length=None)


def _eve(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def yuan(fen: int) -> Decimal:
    """Fen as yuan with two places."""
    return Decimal(fen).scaleb(-2)


def service_coverage(county: County) -> pl.DataFrame:
    """``mart_service_coverage``: what the campaign days of each office gave, and the latest target of the year."""
    given = county["services"].filter(pl.col("day") < first_day(county.last + 1)).with_columns(
        year=pl.col("day").dt.year(), month=pl.col("day").dt.year() * 12 + pl.col("day").dt.month().cast(pl.Int32) - 1
    )  # fmt: skip
    rows = []
    offered = [service for service in SERVICES if service in given["service_code"].to_list()]
    for division in (*offices(county), county_code(county)):
        is_county = division == county_code(county)
        here = given if is_county else given.filter(pl.col("township_code") == division)
        for service in offered:
            unit, of_service = SERVICES[service], here.filter(pl.col("service_code") == service)
            for kind, calendar, begin, end in spans(county):
                inside = of_service.filter(pl.col("day") >= begin, pl.col("day") < end)
                rows.append(
                    {
                        "division_code": division,
                        "division_level": "county" if is_county else "township",
                        "period_type": kind,
                        "period_start": begin,
                        "period_end": end,
                        "service": service,
                        "measure_unit": unit,
                        "target": target(of_service, begin.year) if calendar == "civil" else None,
                        "eligible": None,
                        "served": inside[unit].sum(),
                    }
                )
    return pl.DataFrame(rows, schema=_COVERAGE, orient="row")


def target(of_service: pl.DataFrame, year: int) -> int | None:
    """The latest target that each office stated in a year, summed; None if none did."""
    stated = of_service.filter(pl.col("year") == year, pl.col("annual_target").is_not_null())
    latest = stated.sort("day").unique("township_code", keep="last")["annual_target"].to_list()
    return sum(latest) if latest else None
