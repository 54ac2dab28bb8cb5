"""What the sample county's marts must say, added up a second time from the cells of the workbooks.

Nothing here or in ``sample_ledgers`` is imported from the product.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date

from tests.reference.sample_ledgers import VILLAGES, Ledgers, Month

COUNTY = "331099000000"
MONTHS: tuple[Month, ...] = tuple((2014, month) for month in range(1, 7))
FLOWS = ("births", "deaths", "moved_in", "moved_out")
FORM_OF_FLOW = {"births": "L02", "deaths": "L03", "moved_in": "L05", "moved_out": "L05"}


def members(division: str) -> list[str]:
    """Villages of a division: itself, those of the township, or all fourteen."""
    return [code for code in VILLAGES.values() if division in (code, code[:9] + "000", COUNTY)]


def divisions() -> list[tuple[str, str]]:
    """All divisions of the county with their level."""
    villages = list(VILLAGES.values())
    towns = sorted({code[:9] + "000" for code in villages})
    return [(COUNTY, "county"), *((t, "township") for t in towns), *((v, "village") for v in villages)]


def _flow(ledgers: Ledgers, division: str, flow: str, month: Month, basis: str) -> int:
    """One flow of one month, moves gross: rows of the register, else the monthly report's figure (R-02)."""
    inside = members(division)
    total = 0
    for event in ledgers.events:
        if event.village in inside and event.flow == flow:
            when = event.reported if basis == "reported" else (event.happened.year, event.happened.month)
            total += when == month
    for village in inside:
        told = ledgers.figures.get((village, month))
        if told is not None and (village, FORM_OF_FLOW[flow], month) not in ledgers.received:
            late = told["prev_unreported"] if flow == "births" and basis == "occurred" else 0
            total += told[flow] - late
    return total


def _within(ledgers: Ledgers, division: str, month: Month, basis: str) -> int:
    """Moves that begin and end in a division, as far as both sides tell of them in the month (R-05)."""
    inside = members(division)
    sides: Counter[str] = Counter()
    for event in ledgers.events:
        when = event.reported if basis == "reported" else (event.happened.year, event.happened.month)
        if event.village in inside and event.other in inside and when == month:
            sides[event.flow] += 1
    return min(sides["moved_in"], sides["moved_out"])


def balance(ledgers: Ledgers) -> dict[tuple[str, str, Month], dict[str, int | None]]:
    """Population balance by division, basis and month, in the columns of ``mart_population_balance``."""
    found: dict[tuple[str, str, Month], dict[str, int | None]] = {}
    for division, level in divisions():
        inside = members(division)
        for basis in ("reported", "occurred"):
            stock = sum(ledgers.figures[village, MONTHS[0]]["opening"] for village in inside)
            for month in MONTHS:
                flows = {flow: _flow(ledgers, division, flow, month, basis) for flow in FLOWS}
                if level != "village":
                    both = _within(ledgers, division, month, basis)
                    flows["moved_in"] -= both
                    flows["moved_out"] -= both
                opening = stock
                stock += flows["births"] - flows["deaths"] + flows["moved_in"] - flows["moved_out"]
                told = [ledgers.figures.get((village, month)) for village in inside]
                whole = basis == "reported" and all(figure is not None for figure in told)
                stated = sum(figure["closing"] for figure in told if figure) if whole else None
                residual = None if stated is None else stated - stock
                found[division, basis, month] = {
                    "opening": opening,
                    **flows,
                    "adjustment": 0,
                    "closing": stock,
                    "reported_closing": stated,
                    "residual": residual,
                }
    return found


def vital_events(ledgers: Ledgers) -> dict[tuple[str, str, date], dict[str, int | None]]:
    """Vital events by division, period type and first day, in the columns of ``mart_vital_events``."""
    stocks = balance(ledgers)
    spans: list[tuple[str, tuple[Month, ...]]] = [("month", (month,)) for month in MONTHS]
    spans += [("quarter", MONTHS[:3]), ("quarter", MONTHS[3:]), ("half", MONTHS)]
    found: dict[tuple[str, str, date], dict[str, int | None]] = {}
    for division, _ in divisions():
        for period_type, months in spans:
            found[division, period_type, date(*months[0], 1)] = {
                "births_occ": sum(_flow(ledgers, division, "births", m, "occurred") for m in months),
                "births_rep": sum(_flow(ledgers, division, "births", m, "reported") for m in months),
                "births_prev_unreported": sum(_previous_years(ledgers, division, m) for m in months),
                "deaths": sum(_flow(ledgers, division, "deaths", m, "occurred") for m in months),
                "marriages": _marriages(ledgers, division, months),
                "person_days_x2": sum(_person_days_x2(stocks[division, "occurred", m], m) for m in months),
            }
    return found


def _previous_years(ledgers: Ledgers, division: str, month: Month) -> int:
    """Births first reported in the month of children born before the year began (R-01)."""
    inside = members(division)
    rows = sum(
        event.village in inside and event.flow == "births" and event.reported == month
        and event.happened < date(month[0], 1, 1)
        for event in ledgers.events
    )  # fmt: skip
    told = sum(
        ledgers.figures[village, month]["prev_unreported"]
        for village in inside
        if (village, month) in ledgers.figures and (village, "L02", month) not in ledgers.received
    )
    return rows + told


def _marriages(ledgers: Ledgers, division: str, months: tuple[Month, ...]) -> int | None:
    """New couples of the monthly reports that came; None if none did. The sample has no register of marriages."""
    places = [(village, month) for village in members(division) for month in months]
    told = [ledgers.figures[place] for place in places if place in ledgers.figures]
    return sum(figure["marriages"] for figure in told) if told else None


def _person_days_x2(cell: dict[str, int | None], month: Month) -> int:
    """Twice the person-days of a month: both ends of the occurred stock times the days (R-04)."""
    opening, closing = cell["opening"], cell["closing"]
    assert opening is not None
    assert closing is not None
    return (opening + closing) * monthrange(*month)[1]
