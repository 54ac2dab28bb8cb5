"""The indicators a second time: numerator, denominator, factor, and where each may be shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tests.reference.county_truth import LEVELS

ALL = ("month", "quarter", "half", "year", "fp_half", "fp_year")
YEARS = ("year", "fp_year")
HALVES = ("half", "fp_half")

Row = dict[str, Any]
Number = Callable[[Row], Any]
Where = dict[str, tuple[str, ...]]

EVERYWHERE: Where = dict.fromkeys(LEVELS, ALL)
YEARLY: Where = dict.fromkeys(LEVELS, YEARS)
ABOVE: Where = {"township": YEARS, "county": YEARS}
RATES: Where = {"township": YEARS, "county": (*YEARS, *HALVES)}
COUNTY: Where = {"county": YEARS}


@dataclass(frozen=True)
class Indicator:
    """One indicator: its pair from a row of figures, its factor and unit, where and how it is shown.

    method: count, amount, proportion, ratio, rate, rate_difference, sex_ratio. small: rule for small numbers.
    """

    code: str
    numerator: Number
    denominator: Number | None
    scale: int
    unit: str
    method: str
    small: str
    domain: str
    where: Where
    is_annualised: bool = False
    events: Number | None = None


def _of(name: str) -> Number:
    return lambda row: row[name]


def _increase(row: Row) -> int:
    return int(row["births_occ"] - row["deaths"])


def _person_years(row: Row) -> Decimal | None:
    days = row["person_days_x2"]
    return None if days is None else Decimal(days) / (2 * row["year_days"])


def _average(row: Row) -> Decimal | None:
    if row["opening"] is None or row["closing"] is None:
        return None
    return Decimal(row["opening"] + row["closing"]) / 2


def _count(code: str, unit: str, where: Where, numerator: Number | None = None) -> Indicator:
    return Indicator(code, numerator or _of(code), None, 1, unit, "count", "SN1", "population", where)


def _share(code: str, numerator: str, denominator: str, small: str, domain: str, where: Where) -> Indicator:
    return Indicator(code, _of(numerator), _of(denominator), 100, "percent", "proportion", small, domain, where)


def _rate(code: str, numerator: Number, events: Number, method: str = "rate") -> Indicator:
    return Indicator(
        code, numerator, _person_years, 1000, "per_mille", method, "SN2", "population", RATES, True, events
    )


def _amount(code: str, column: str, where: Where) -> Indicator:
    return Indicator(code, _of(column), None, 1, "yuan", "amount", "SN5", "fees", where)


def _ratio(code: str, numerator: str, denominator: str, small: str, domain: str, where: Where) -> Indicator:
    return Indicator(code, _of(numerator), _of(denominator), 100, "percent", "ratio", small, domain, where)


def _births_and_deaths(row: Row) -> int:
    return int(row["births_occ"] + row["deaths"])


PEOPLE = (
    _count("pop_total_end", "persons", EVERYWHERE, _of("closing")),
    _count("births_occ", "births", YEARLY),
    _count("births_rep", "births", EVERYWHERE),
    _count("births_prev_unreported", "births", ABOVE),
    _count("deaths", "deaths", ABOVE),
    _count("natural_increase", "persons", YEARLY, _increase),
    _share("late_birth_share", "births_prev_unreported", "births_rep", "SN3", "population", ABOVE),
    _rate("cbr", _of("births_occ"), _of("births_occ")),
    _rate("cdr", _of("deaths"), _of("deaths")),
    _rate("ngr", _increase, _births_and_deaths, "rate_difference"),
    replace(_rate("cbr_cumulated", _of("births_occ"), _of("births_occ")), denominator=_average, is_annualised=False),
    Indicator(
        "srb", _of("births_male"), _of("births_female"), 100, "per_100", "sex_ratio", "SN4", "population", COUNTY
    ),
    _share("planned_birth_rate", "births_judged", "births_judged", "SN3", "population", COUNTY),
)
_AT_ENDS: Where = {"township": ALL[1:], "county": ALL[1:]}
_FLOAT_DEFS = ("reg2009", "d30", "m3", "hk3", "m6")
MOVES = (
    _count("in_migrants", "moves", EVERYWHERE, _of("moved_in")),
    _count("out_migrants", "moves", EVERYWHERE, _of("moved_out")),
    _count("mechanical_growth", "persons", EVERYWHERE, lambda row: row["moved_in"] - row["moved_out"]),
    _rate("in_rate", _of("moved_in"), _of("moved_in")),
    _rate("out_rate", _of("moved_out"), _of("moved_out")),
    _rate(
        "net_rate",
        lambda row: row["moved_in"] - row["moved_out"],
        lambda row: row["moved_in"] + row["moved_out"],
        "rate_difference",
    ),
)
# No synthetic clerk writes of files or verifications; certificates neither.
FLOAT_IN = (
    *(_count(f"float_in_{name}", "persons", _AT_ENDS) for name in _FLOAT_DEFS),
    _share("float_share", "float_in_m6", "residents", "SN3", "population", ABOVE),
    _share("float_file_rate", "nothing", "float_in_reg2009", "SN3", "population", _AT_ENDS),
    _share("float_verify_rate", "nothing", "float_in_reg2009", "SN3", "population", _AT_ENDS),
)
FLOAT_OUT = (
    *(_count(f"float_out_{name}", "persons", _AT_ENDS) for name in _FLOAT_DEFS),
    _share("float_cert_rate", "nothing", "float_out_reg2009", "SN3", "population", _AT_ENDS),
)
REPORTS = (
    _share("rep_completeness", "received", "due", "SN0", "all", EVERYWHERE),
    _share("rep_timeliness", "on_time", "due", "SN0", "all", EVERYWHERE),
    _share("field_completeness", "due", "due", "SN0", "all", EVERYWHERE),
    _share("id_valid_rate", "due", "due", "SN0", "all", EVERYWHERE),
)
MONEY = (
    _amount("fee_assessed", "assessed_yuan", ABOVE),
    _amount("fee_collected", "collected_yuan", ABOVE),
    _amount("fee_outstanding", "outstanding_yuan", COUNTY),
    _ratio("fee_amount_collection_rate", "cohort_collected", "cohort_assessed", "SN5", "fees", COUNTY),
    _share("fee_case_collection_rate", "cohort_paid_cases", "cohort_cases", "SN3", "fees", COUNTY),
    _ratio("fee_cash_ratio", "collected_yuan", "assessed_yuan", "SN5", "fees", COUNTY),
)
SERVICES = (
    _ratio("preconception_target_rate", "served", "target", "SN3", "services", {"county": ("quarter", "half", "year")}),
)
