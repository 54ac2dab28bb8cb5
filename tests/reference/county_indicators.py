"""What ``mart_indicators`` of a faultless synthetic county must say, computed from the truth alone.

The truth does not know how many fields and numbers a clerk fills in, nor which births an office judges to be within
policy: those cells are left open (``OPEN``), all others are computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import Any

import polars as pl

from tests.reference.county_migration import FLOAT_DUTIES_END, float_figures, move_figures
from tests.reference.county_money import Case, cases, county_code, fee_collection, service_coverage, yuan
from tests.reference.county_quality import reports
from tests.reference.county_truth import PLANNED_RATE_ENDS, County, first_day, vital_periods
from tests.reference.indicator_catalogue import (
    FLOAT_IN,
    FLOAT_OUT,
    MONEY,
    MOVES,
    PEOPLE,
    REPORTS,
    SERVICES,
    YEARS,
    Indicator,
    Row,
)
from tests.reference.limits import Z95, poisson, wilson

DOMAINS = {
    **dict.fromkeys(("L08", "L09", "L10"), "services"),
    **dict.fromkeys(("L11", "L12", "L13", "L14"), "fees"),
    "L15": "benefits",
    **dict.fromkeys(("L17", "L18", "L19", "L20"), "management"),
    "L21": "divisions",
}
# An index of age needs so many people, by the width of the ages that it is made of.
PEOPLE_NEEDED = {"SN6": 2_000, "SN6_single": 10_000}
_PAIR = ("numerator", "denominator", "value", "ci_low", "ci_high", "status", "status_reason")
# From this day on the law does not know the statistic any more.
REGIME_ENDS = {
    "planned_birth_rate": PLANNED_RATE_ENDS,
    "policy_2nd_share": date(2016, 1, 1),
    **dict.fromkeys(("float_file_rate", "float_cert_rate", "float_verify_rate"), FLOAT_DUTIES_END),
}
# Indicator -> columns that depend on more than the truth.
OPEN: dict[str, Sequence[str]] = {
    "field_completeness": _PAIR,
    "id_valid_rate": _PAIR,
    "planned_birth_rate": ("numerator", "value", "ci_low", "ci_high", "status"),
}


def without_open(mart: pl.DataFrame) -> pl.DataFrame:
    """The mart with the open cells made NULL, as they are in ``indicators``."""
    codes = {name: [code for code, columns in OPEN.items() if name in columns] for name in _PAIR}
    return mart.with_columns(
        pl.when(~pl.col("indicator_code").is_in(known)).then(pl.col(name)) for name, known in codes.items()
    )


def indicators(county: County) -> pl.DataFrame:
    """``mart_indicators``, the cells of ``OPEN`` NULL."""
    quality = quality_of(county)
    vital = vital_periods(county)
    floating = float_figures(county, vital)
    rows = []
    for known, figures, concept in (
        (PEOPLE, vital.iter_rows(named=True), "hukou"),
        (MOVES, move_figures(county, vital).iter_rows(named=True), "hukou"),
        (FLOAT_IN, floating.iter_rows(named=True), "resident"),
        (FLOAT_OUT, floating.iter_rows(named=True), "hukou"),
        (REPORTS, iter(_report_rows(quality)), "none"),
        (MONEY, iter(_money_rows(county)), "none"),
        (SERVICES, iter(_service_rows(county)), "none"),
    ):
        for figure in figures:
            for indicator in known:
                if figure["period_type"] in indicator.where.get(figure["division_level"], ()):
                    rows += cell(indicator, figure, concept, quality)
    schema = {"numerator": pl.Decimal(18, 2), "denominator": pl.Decimal(18, 2)}
    return without_open(pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema))


def unplanned_at_least(county: County) -> pl.DataFrame:
    """(period_type, period_start, least) of years: births that became a fee case, each of which was outside policy."""
    births = county.told.filter(pl.col("kind") == "birth").join(
        county["fee_cases"].select("child"), left_on="person", right_on="child", how="semi"
    )
    months = births.select("village", month=pl.col("happened").cast(pl.Int64)).join(
        county.village_months, on=["village", "month"]
    )
    years = county.periods.filter(pl.col("period_type").is_in(YEARS)).select("period_type", "period_start", "month")
    return months.join(years, on="month").group_by("period_type", "period_start").agg(least=pl.len().cast(pl.Int64))


def cell(indicator: Indicator, figure: Row, concept: str, quality: dict[tuple[Any, ...], list[int]]) -> list[Row]:
    """The row of one indicator; none where the county has nothing of which it could be made."""
    numerator = _decimal(indicator.numerator(figure))
    denominator = None if indicator.denominator is None else _decimal(indicator.denominator(figure))
    if indicator in (*MONEY, *SERVICES) and numerator is None and denominator is None:
        return []
    key = (figure["division_code"], figure["period_type"], figure["period_start"], indicator.domain)
    due, received, _ = quality.get(key, [None, None, None])
    reason = _reason(indicator, figure, numerator, denominator, due, received)
    status = _status(indicator, figure, numerator, denominator, reason)
    low, high = _limits(indicator, figure, numerator, denominator)
    shows = status in ("ok", "unstable") or (status == "limits_only" and (numerator or 0) + (denominator or 0) >= 100)
    is_counted = reason not in ("regime", "not_received")
    return [
        {
            **{
                name: figure[name]
                for name in ("division_code", "division_level", "period_type", "period_start", "period_end")
            },
            "indicator_code": indicator.code,
            "pop_concept": concept,
            "calendar": "fp_year" if figure["period_type"].startswith("fp") else "civil",
            "numerator": numerator if is_counted else None,
            "denominator": denominator if is_counted else None,
            "value": _value(indicator, numerator, denominator) if status in ("ok", "unstable") else None,
            "ci_low": low if shows else None,
            "ci_high": high if shows else None,
            "unit": indicator.unit,
            "is_annualised": indicator.is_annualised,
            "is_balancing": False,
            "status": status,
            "status_reason": reason,
            "definition_version": "1",
            "data_quality": None if not due else received / due,
        }
    ]


def _decimal(number: Any) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _value(indicator: Indicator, numerator: Decimal | None, denominator: Decimal | None) -> float | None:
    if numerator is None:
        return None
    if indicator.denominator is None:
        return float(numerator)
    return float(numerator) / float(denominator) * indicator.scale if denominator else None


def _reason(
    indicator: Indicator,
    figure: Row,
    numerator: Decimal | None,
    denominator: Decimal | None,
    due: int | None,
    received: int | None,
) -> str | None:
    if figure["period_end"] > REGIME_ENDS.get(indicator.code, date.max):
        return "regime"
    if numerator is None or (indicator.small != "SN0" and due and not received):
        return "not_received"
    if indicator.denominator is None or denominator:
        return None
    return "not_due" if indicator.code.startswith("rep_") else "no_denominator"


def _status(
    indicator: Indicator, figure: Row, numerator: Decimal | None, denominator: Decimal | None, reason: str | None
) -> str:
    """How far a value may be trusted: 20 events, 30 trials and none of 1 to 9 on a side, 1,000 births."""
    if reason in ("regime", "not_due"):
        return "not_applicable"
    if reason is not None:
        return "missing"
    numerator, denominator = numerator or Decimal(0), denominator or Decimal(0)
    if indicator.small == "SN4" and numerator + denominator < 1000:
        return "limits_only"
    if indicator.small == "SN2" and indicator.events is not None and indicator.events(figure) < 20:
        return "unstable"
    if indicator.events is not None and indicator.events(figure) < PEOPLE_NEEDED.get(indicator.small, 0):
        return "unstable"
    if indicator.small == "SN3" and (denominator < 30 or 1 <= numerator <= 9 or 1 <= denominator - numerator <= 9):
        return "unstable"
    return "ok"


def _limits(
    indicator: Indicator, figure: Row, numerator: Decimal | None, denominator: Decimal | None
) -> tuple[float | None, float | None]:
    """95 % limits: Wilson for shares, Poisson for rates, normal for differences of counts; counts have none."""
    if numerator is None or not denominator:
        return None, None
    k, n, scale = float(numerator), float(denominator), indicator.scale
    if indicator.method == "proportion":
        low, high = wilson(k, n)
        return low * scale, high * scale
    if indicator.method == "sex_ratio":
        low, high = wilson(k, k + n)
        return low / (1 - low) * scale, high / (1 - high) * scale
    events = indicator.events(figure) if indicator.events else 0
    if indicator.method == "rate_difference":
        half = Z95 * sqrt(events)
        return (k - half) / n * scale, (k + half) / n * scale
    if indicator.method == "rate":
        low, high = poisson(events)
        return low / n * scale, high / n * scale
    return None, None


def quality_of(county: County) -> dict[tuple[Any, ...], list[int]]:
    """(division, period_type, period_start, domain or 'all') -> due, received, on time; also of three years."""
    above = county.divisions.join(county["villages"].select("village", unit="division_code"), on="village")
    own = above.select("unit", "division_code").unique()
    office = pl.DataFrame(
        [
            (f"{code}-fp", up)
            for code in county["villages"]["township_code"].unique()
            for up in (code, county_code(county))
        ],
        schema=["unit", "division_code"],
        orient="row",
    )
    sent = reports(county).join(pl.concat([own, office]), on="unit").join(county.periods, on="month")
    domain = pl.col("form").replace_strict(DOMAINS, default="population")
    found: dict[tuple[Any, ...], list[int]] = {}
    for name in (domain, pl.lit("all")):
        summed = sent.group_by("division_code", "period_type", "period_start", domain=name).agg(pl.col("due").sum())
        for division, kind, begin, field, due in summed.iter_rows():
            found[division, kind, begin, field] = [due, due, due]
    yearly = {key: counts for key, counts in found.items() if key[1] == "year"}
    for division, _, begin, field in yearly:
        three = [yearly.get((division, "year", date(begin.year + n, 1, 1), field), []) for n in range(3)]
        if all(three):
            found[division, "multi", begin, field] = [sum(counts) for counts in zip(*three, strict=True)]
    return found


def _report_rows(quality: dict[tuple[Any, ...], list[int]]) -> list[Row]:
    rows = []
    for (division, kind, begin, domain), (due, received, on_time) in quality.items():
        if domain == "all":
            level = "county" if division.endswith("000000") else "township" if division.endswith("000") else "village"
            span = {"month": 1, "quarter": 3, "half": 6, "fp_half": 6}.get(kind, 12)
            end = first_day(begin.year * 12 + begin.month - 1 + span)
            place = {"division_code": division, "division_level": level, "period_type": kind}
            counts = {"due": due, "received": received, "on_time": on_time, "open": None}
            rows.append({**place, "period_start": begin, "period_end": end, **counts})
    return rows


def _money_rows(county: County) -> list[Row]:
    known = cases(county)
    rows = fee_collection(county).filter(pl.col("period_type").is_in(YEARS)).to_dicts()
    for row in rows:
        row |= _cohort(known, row["period_start"], row["period_end"])
    return rows


def _cohort(known: list[Case], begin: date, end: date) -> Row:
    """Of the cases decided in a period: assessed, collected by its end and at most that, cases, cases fully paid."""
    names = ("cohort_assessed", "cohort_collected", "cohort_cases", "cohort_paid_cases")
    decided = [
        case
        for case in known
        if case.row["amount_fen"]
        and case.row["decision_day"]
        and begin <= case.row["decision_day"] < end
        and not case.row["no_levy_day"]
    ]
    if not decided:
        return dict.fromkeys(names)
    assessed = collected = paid = 0
    for case in decided:
        posted = {
            flow: sum(fen for day, name, fen in case.postings if name == flow and day < end)
            for flow in ("collected", "refunded", "waived", "annulled")
        }
        received, amount = posted["collected"] - posted["refunded"], case.row["amount_fen"]
        assessed += amount
        collected += min(max(received, 0), amount)
        paid += received > 0 and received >= amount - posted["waived"] - posted["annulled"]
    return dict(zip(names, (yuan(assessed), yuan(collected), len(decided), paid), strict=True))


def _service_rows(county: County) -> list[Row]:
    rows = service_coverage(county)
    wanted = rows.filter(pl.col("service") == "preconception_check", pl.col("division_level") == "county")
    return wanted.filter(pl.col("period_type").is_in(("quarter", "half", "year"))).to_dicts()
