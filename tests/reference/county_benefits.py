"""What the marts must say of benefits, computed from the truth alone, in fen.

A list shows who is paid in its month. A person counts once a township, and once a county; a year is shown when all of
its months are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from tests.reference.county_money import county_code, yuan
from tests.reference.county_truth import County, first_day
from tests.reference.limits import wilson

Row = dict[str, Any]
PROGRAMMES = ("jf", "tf_d", "tf_s", "dz", "ns", "bx", "ws", "yl")
COUNTY_ALONE = ("tf_d", "tf_s", "ws", "yl")
_COUNTS = {"confirmed": "confirmed", "paid_persons": "paid_persons"}
_AMOUNTS = {"amount_due": "due_yuan", "amount_paid": "paid_yuan"}
_RATES = {
    "coverage": ("confirmed_paid_persons", "confirmed"),
    "full_rate": ("in_full_persons", "confirmed"),
    "on_time_rate": ("on_time_payments", "payments_due"),
}
_WRONGS = {
    "ben_post_death_payments": "payments",
    "ben_duplicate_payments": "payments",
    "ben_late_exit": "cases",
}
BENEFIT_CODES = (
    *(f"ben_{programme}_{kind}" for kind in (*_COUNTS, *_AMOUNTS, *_RATES) for programme in PROGRAMMES),
    *_WRONGS,
)
# A proportion needs thirty trials and more than nine on either side; of bereaved families, more than nineteen.
_LEAST_TRIALS, _FEW, _FEW_BEREAVED = 30, 10, 20


def payments(county: County) -> pl.DataFrame:
    """The rows that the lists show: what is paid by the end of the run and in one of its months."""
    begin, end = first_day(county.start), first_day(county.last + 1)
    return county["benefits"].filter(pl.col("paid_day") >= begin, pl.col("paid_day") < end)


def whole_years(county: County) -> list[int]:
    """Civil years of which every month is known."""
    years = county.periods.filter(pl.col("period_type") == "year")["period_start"].dt.year()
    return sorted(set(years.to_list()))


def benefits(county: County) -> pl.DataFrame:
    """``mart_benefits``."""
    rows = []
    for (division, programme, year), paid in sorted(_by_division(county).items()):
        due, got = defaultdict[int, int](int), defaultdict[int, int](int)
        for payment in paid:
            due[payment["person"]] += payment["due_fen"]
            got[payment["person"]] += payment["paid_fen"]
        confirmed = {payment["person"] for payment in paid if payment["confirmed_day"] is not None}
        received = {person for person, fen in got.items() if fen > 0}
        rows.append(
            {
                **place(division, year),
                "programme": programme,
                "eligible": None,
                "confirmed": len(confirmed),
                "paid_persons": len(received),
                "confirmed_paid_persons": len(confirmed & received),
                "in_full_persons": sum(got[person] >= due[person] for person in confirmed),
                "due_yuan": yuan(sum(due.values())),
                "paid_yuan": yuan(sum(got.values())),
                "payments_due": len(paid),
                "on_time_payments": sum(payment["paid_day"] <= payment["due_day"] for payment in paid),
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"eligible": pl.Int64})


def _by_division(county: County) -> dict[tuple[str, str, int], list[Row]]:
    found = defaultdict[tuple[str, str, int], list[Row]](list)
    for payment in payments(county).iter_rows(named=True):
        programme, year = payment["programme"], payment["year"]
        if year in whole_years(county):
            found[county_code(county), programme, year].append(payment)
            if programme not in COUNTY_ALONE:
                found[payment["township_code"], programme, year].append(payment)
    return found


def place(division: str, year: int) -> Row:
    """The key columns of a division and civil year."""
    return {
        "division_code": division,
        "division_level": "county" if division.endswith("000000") else "township",
        "period_type": "year",
        "period_start": date(year, 1, 1),
        "period_end": date(year + 1, 1, 1),
    }


def benefit_indicators(county: County) -> pl.DataFrame:
    """``mart_indicators`` of ``BENEFIT_CODES`` in a county without a wrong payment."""
    rows = [row for mart in benefits(county).iter_rows(named=True) for row in _of(mart)]
    for year in sorted({row["period_start"].year for row in rows}):
        for code, unit in _WRONGS.items():
            rows.append(indicator(place(county_code(county), year), code, unit, 0))
    return pl.DataFrame(rows, infer_schema_length=None).cast(
        {"numerator": pl.Decimal(18, 2), "denominator": pl.Decimal(18, 2), "data_quality": pl.Float64}
    )


def _of(mart: Row) -> Iterator[Row]:
    programme = mart["programme"]
    few = _FEW_BEREAVED if programme in COUNTY_ALONE else None
    for kind, column in _COUNTS.items():
        status = "unstable" if few and 0 < mart[column] < few else "ok"
        yield indicator(mart, f"ben_{programme}_{kind}", "persons", mart[column], status=status)
    for kind, column in _AMOUNTS.items():
        yield indicator(mart, f"ben_{programme}_{kind}", "yuan", mart[column])
    for kind, (part, whole) in _RATES.items():
        k, n = mart[part], mart[whole]
        sides = any(0 < side < (few or _FEW) for side in (k, n - k))
        low, high = wilson(float(k), float(n))
        yield indicator(
            mart,
            f"ben_{programme}_{kind}",
            "percent",
            k,
            n,
            value=k / n * 100,
            limits=(low * 100, high * 100),
            status="unstable" if sides or n < _LEAST_TRIALS else "ok",
        )


def indicator(
    of: Row,
    code: str,
    unit: str,
    numerator: Any,
    denominator: Any = None,
    *,
    value: float | None = None,
    limits: tuple[float | None, float | None] = (None, None),
    status: str = "ok",
    concept: str = "none",
) -> Row:
    """One row of ``mart_indicators``; the value is the numerator unless told."""
    return {
        **{name: of[name] for name in ("division_code", "division_level", "period_type", "period_start", "period_end")},
        "indicator_code": code,
        "pop_concept": concept,
        "calendar": "civil",
        "numerator": numerator,
        "denominator": denominator,
        "value": float(numerator) if value is None else value,
        "ci_low": limits[0],
        "ci_high": limits[1],
        "unit": unit,
        "is_annualised": False,
        "is_balancing": False,
        "status": status,
        "status_reason": None,
        "definition_version": "1",
        # No report of these forms is ever due.
        "data_quality": None,
    }
