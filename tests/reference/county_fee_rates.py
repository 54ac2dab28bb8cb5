"""Rates and quantiles of the fee of a faultless synthetic county, from its cases one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from tests.reference.county_fee_books import Span, case_sums, settled, year_spans
from tests.reference.county_indicators import cell, quality_of
from tests.reference.county_money import Case, cases, county_code, fee_collection, offices, yuan
from tests.reference.county_truth import County
from tests.reference.indicator_catalogue import ABOVE, COUNTY, YEARS, Indicator, Row, Where

LEAST_CASES = 30


def _told(code: str, column: str, unit: str = "yuan", where: Where = COUNTY) -> Indicator:
    method, small = ("amount", "SN5") if unit == "yuan" else ("count", "SN1")
    return Indicator(code, lambda row: row[column], None, 1, unit, method, small, "fees", where)


def _rate(code: str, above: str, below: str, method: str = "proportion", small: str = "SN3") -> Indicator:
    return Indicator(
        code, lambda row: row[above], lambda row: row[below], 100, "percent", method, small, "fees", COUNTY
    )


AMOUNTS = (
    _told("fee_surcharge", "surcharge_yuan"),
    _told("fee_refunded", "refunded_yuan"),
    _told("fee_waived", "waived_yuan"),
    _told("fee_terminated_2021", "terminated_2021_yuan"),
    _told("fee_court_applications", "court_applied_cases", "cases"),
    _told("fee_court_applications_amount", "court_applied_yuan"),
    _told("fee_court_recovered", "court_recovered_yuan"),
)
OF_FILINGS = (
    _told("fee_cases_filed", "filed", "cases", ABOVE),
    _rate("fee_decision_rate", "filed_decided", "filed"),
)
OF_DECISIONS = (
    _rate("fee_conformity_rate_v1", "conforming", "decided"),
    _rate("fee_conformity_rate_v2", "collected", "required", "ratio", "SN5"),
    _rate("fee_instalment_share", "instalments", "decided"),
    replace(
        _rate("fee_review_rate", "reviewed", "decided", "rate", "SN2"),
        scale=1000, unit="per_mille", events=lambda row: row["reviewed"],
    ),
    _rate("fee_timely_pay_rate", "timely", "assessed", "ratio", "SN5"),
)  # fmt: skip
QUANTILES = {
    "fee_multiple_p10": ("multiples", 1, "times"),
    "fee_multiple_p50": ("multiples", 5, "times"),
    "fee_multiple_p90": ("multiples", 9, "times"),
    "fee_median_days_to_decision": ("days_to_decision", 5, "days"),
    "fee_median_days_to_pay": ("days_to_pay", 5, "days"),
}
FEE_RATE_CODES = (*(indicator.code for indicator in (*AMOUNTS, *OF_FILINGS, *OF_DECISIONS)), *QUANTILES)


def fee_rates(county: County) -> pl.DataFrame:
    """``mart_indicators`` of ``FEE_RATE_CODES``."""
    quality, told, years = quality_of(county), cases(county), year_spans(county)
    rows: list[Row] = []
    for figure in fee_collection(county).filter(pl.col("period_type").is_in(YEARS)).to_dicts():
        rows += _cells(AMOUNTS, figure, quality)
    for division in (*offices(county), county_code(county)):
        inside = [case for case in told if division in (case.township, county_code(county))]
        for span in years:
            figure = _place(division, county_code(county), span)
            if filings := _filings(inside, span):
                rows += _cells(OF_FILINGS, figure | filings, quality)
            if division == county_code(county):
                if decisions := _decisions(inside, span):
                    rows += _cells(OF_DECISIONS, figure | decisions, quality)
                rows += _quantiles(_values(inside, span), figure, quality)
    schema = {"numerator": pl.Decimal(18, 2), "denominator": pl.Decimal(18, 2)}
    version = pl.when(pl.col("indicator_code") == "fee_conformity_rate_v2").then(pl.lit("2"))
    frame = pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema)
    return frame.with_columns(definition_version=version.otherwise("definition_version"))


def _place(division: str, county: str, span: Span) -> Row:
    level = "county" if division == county else "township"
    names = ("division_code", "division_level", "period_type", "period_start", "period_end")
    return dict(zip(names, (division, level, *span), strict=True))


def _cells(known: Sequence[Indicator], figure: Row, quality: dict[tuple[Any, ...], list[int]]) -> list[Row]:
    return [
        row
        for indicator in known
        if figure["period_type"] in indicator.where.get(figure["division_level"], ())
        for row in cell(indicator, figure, "none", quality)
    ]


def _filings(told: list[Case], span: Span) -> Row:
    _, begin, end = span
    filed = [case for case in told if begin <= case.row["file_day"] < end]
    decided = sum(case.row["decision_day"] is not None and case.row["decision_day"] < end for case in filed)
    return {"filed": len(filed), "filed_decided": decided} if filed else {}


def _of(told: list[Case], span: Span) -> list[Case]:
    _, begin, end = span
    return [
        case
        for case in told
        if case.row["decision_day"] and begin <= case.row["decision_day"] < end and not case.row["no_levy_day"]
    ]


def _decisions(told: list[Case], span: Span) -> Row:
    """Of the decisions of a year, all of it by its end; no clerk of a synthetic county writes of reviews."""
    end, decided = span[2], _of(told, span)
    found = dict.fromkeys(("assessed", "collected", "timely", "required", "conforming", "instalments"), 0)
    for case in decided:
        row, amount = case.row, case.row["amount_fen"]
        served = row["service_day"]
        within = min(end, served + timedelta(days=31)) if served else date.min
        required = row["base_income_fen"] * row["multiple_hundredths"] // 100
        approved = row["instalment_approval_day"]
        found["assessed"] += amount
        found["collected"] += min(max(case_sums(case, end)["received"], 0), amount)
        found["timely"] += min(max(case_sums(case, within)["received"], 0), amount)
        found["required"] += required
        found["conforming"] += abs(amount - required) <= 100
        found["instalments"] += approved is not None and approved < end
    money = {name: yuan(found[name]) for name in ("assessed", "collected", "timely", "required")}
    return {**found, **money, "decided": len(decided), "reviewed": None} if decided else {}


def _values(told: list[Case], span: Span) -> dict[str, list[Fraction]]:
    decided = _of(told, span)
    return {
        "multiples": [Fraction(c.row["amount_fen"], c.row["base_income_fen"]) for c in decided],
        "days_to_decision": [Fraction((c.row["decision_day"] - c.row["file_day"]).days) for c in decided],
        "days_to_pay": [Fraction(days) for case in told if (days := _days_to_pay(case, span)) is not None],
    }


def _days_to_pay(case: Case, span: Span) -> int | None:
    """Days from service to the last day of a year on which the case became fully paid."""
    _, begin, end = span
    turned = None
    for day in sorted({day for day, _, _ in case.postings if begin <= day < end}):
        before, after = (settled(case_sums(case, until)) for until in (day, day + timedelta(days=1)))
        turned = day if after == "paid" != before else turned
    return (turned - case.row["service_day"]).days if turned and case.row["service_day"] else None


def _quantiles(values: dict[str, list[Fraction]], figure: Row, quality: dict[tuple[Any, ...], list[int]]) -> list[Row]:
    rows = []
    for code, (name, tenths, unit) in QUANTILES.items():
        if not values[name]:
            continue
        indicator = Indicator(code, lambda row: row["at"], None, 1, unit, "quantile", "SN0", "fees", COUNTY)
        at = quantile(values[name], tenths) if len(values[name]) >= LEAST_CASES else None
        (row,) = cell(indicator, figure | {"at": at}, "none", quality)
        hidden = {"status": "suppressed", "status_reason": "small_primary"}
        rows.append(row | (hidden if at is None else {}))
    return rows


def quantile(values: list[Fraction], tenths: int) -> Decimal:
    """The point at (n - 1) q of values in a row, on the line between its neighbours, to the hundredth."""
    place, ordered = Fraction(tenths, 10) * (len(values) - 1), sorted(values)
    low, rest = int(place), place - int(place)
    exact = ordered[low] + (rest * (ordered[low + 1] - ordered[low]) if rest else 0)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
