"""What the marts of targets, inspections and disclosure must say, computed from the truth alone.

A round belongs to the day for which it was planned, an item to the day on which it was due. Every office has one target
a metric and year, and no sheet changes it. What the county's planned births are is not in the truth (``OPEN``).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import floor, sqrt
from statistics import median

import polars as pl

from tests.reference.county_indicators import indicators
from tests.reference.county_truth import County, vital_periods
from tests.reference.indicator_catalogue import Row

PERIODS = ("quarter", "half", "year")
Z998 = 3.090232306167813
UNITS = {"": "per_100", "%": "percent", "元": "yuan"}
SUPERVISION_CODES = ("inspection_done_rate", "finding_closure_days", "disclosure_on_time_rate")
# The figure behind a target: numerator and denominator of its share.
SHARES = {"late_birth_share": ("births_prev_unreported", "births_rep"), "srb": ("births_male", "births_female")}
LEAST_DATA_QUALITY = 0.9


def _spans(county: County) -> list[tuple[str, date, date]]:
    spans = county.periods.filter(pl.col("period_type").is_in(PERIODS))
    return spans.select("period_type", "period_start", "period_end").unique().sort(pl.all()).rows()


def _by_place_and_period(county: County, rows: pl.DataFrame, day: str) -> list[tuple[Row, list[Row]]]:
    """Rows of townships and of their counties by quarter, half-year and year of a day; none where there is no row."""
    found = []
    whole = f"{rows['township_code'][0][:6]}000000" if rows.height else ""
    for kind, begin, end in _spans(county):
        inside = rows.filter(pl.col(day) >= begin, pl.col(day) < end)
        places = [(code, "township", inside.filter(pl.col("township_code") == code)) for code in _codes(inside)]
        for code, level, part in [*places, (whole, "county", inside)]:
            if part.height:
                key = {"division_code": code, "division_level": level, "period_type": kind}
                found.append(({**key, "period_start": begin, "period_end": end}, part.to_dicts()))
    return found


def _codes(rows: pl.DataFrame) -> list[str]:
    return sorted(set(rows["township_code"].to_list()))


def _published_class(findings: int) -> str:
    """The class that clerks of synthetic offices write beside a round that was held."""
    return "demonstration" if not findings else "qualified" if findings <= 3 else "rectification"


def inspections(county: County) -> pl.DataFrame:
    """``mart_inspections`` as known at the end of the run."""
    rows = []
    for key, rounds in _by_place_and_period(county, county["inspections"], "planned_day"):
        held = [row for row in rounds if row["held_day"]]
        mended = [row for row in held if row["mended_day"]]
        classes = [_published_class(row["findings"]) for row in held]
        days = [(row["mended_day"] - row["held_day"]).days for row in mended]
        rows.append(
            {
                **key,
                "planned": len(rounds),
                "held": len(held),
                "held_unplanned": 0,
                "findings": sum(row["findings"] for row in held),
                "findings_closed": sum(row["findings"] for row in mended),
                "rounds_closed": len(mended),
                "median_closure_days": float(median(days)) if days else None,
                **{
                    f"published_{name}": classes.count(name) for name in ("demonstration", "qualified", "rectification")
                },
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def disclosure(county: County) -> pl.DataFrame:
    """``mart_disclosure``."""
    rows = []
    for key, items in _by_place_and_period(county, county["disclosures"], "due_day"):
        published = [row for row in items if row["published_day"]]
        rows.append(
            {
                **key,
                "due": len(items),
                "published": len(published),
                "on_time": sum(row["published_day"] <= row["due_day"] for row in published),
                "published_without_due_day": 0,
                "objections": sum(row["objections"] for row in published),
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def supervision_values(county: County) -> pl.DataFrame:
    """(keys, indicator_code, numerator, denominator, value) of ``SUPERVISION_CODES``."""
    rows = []
    for row in inspections(county).filter(pl.col("division_level") == "county").to_dicts():
        rows.append((row, "inspection_done_rate", row["held"], row["planned"], 100 * row["held"] / row["planned"]))
        days = row["median_closure_days"]
        if days is not None:
            rows.append((row, "finding_closure_days", round(2 * days), 2, days))
    for row in disclosure(county).to_dicts():
        rows.append((row, "disclosure_on_time_rate", row["on_time"], row["due"], 100 * row["on_time"] / row["due"]))
    keys = ("division_code", "period_type", "period_start")
    named = [
        {
            **{name: row[name] for name in keys},
            "indicator_code": code,
            "numerator": Decimal(top),
            "denominator": Decimal(base),
            "value": value,
        }
        for row, code, top, base, value in rows
    ]
    return pl.DataFrame(named, infer_schema_length=None)


def targets(county: County) -> pl.DataFrame:
    """``mart_targets`` without the limits of chance, which stand in ``chance``."""
    years = indicators(county).filter(pl.col("period_type") == "year")
    values = {
        (row["division_code"], row["period_start"].year, row["indicator_code"]): row
        for row in years.iter_rows(named=True)
    }
    rows = []
    for goal in county["targets"].to_dicts():
        counted = values.get((goal["township_code"], goal["year"], goal["indicator_code"]))
        value = counted and counted["value"]
        rows.append(
            {
                "division_code": goal["township_code"],
                "division_level": "township",
                "period_type": "year",
                "period_start": date(goal["year"], 1, 1),
                "period_end": date(goal["year"] + 1, 1, 1),
                "metric_code": goal["indicator_code"],
                "target_no": 1,
                "has_definition": None,
                "definition_version": "1",
                "direction_code": goal["direction"],
                "target_value": goal["value"],
                "unit": UNITS[goal["unit"]],
                "signed_date": goal["signed_day"],
                "revisions": 0,
                "actual_value": value,
                "ci_low": counted and counted["ci_low"],
                "ci_high": counted and counted["ci_high"],
                "actual_reason": counted["status_reason"] if counted else "not_published",
                "gap": None if value is None else value - goal["value"],
                "is_met": None if value is None else _is_met(goal, value),
                "data_quality": counted and counted["data_quality"],
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def _is_met(goal: Row, value: float) -> bool:
    return bool(value >= goal["value"] if goal["direction"] == "at_least" else value <= goal["value"])


def chance(county: County) -> pl.DataFrame:
    """(division_code, period_start, metric_code, chance_base, chance_low, chance_high) of the metrics of ``SHARES``."""
    years = vital_periods(county).filter(pl.col("period_type") == "year")
    figures = {(row["division_code"], row["period_start"].year): row for row in years.iter_rows(named=True)}
    rows = []
    for goal in county["targets"].filter(pl.col("indicator_code").is_in(list(SHARES))).to_dicts():
        own = figures.get((goal["township_code"], goal["year"]))
        whole = figures.get((f"{goal['township_code'][:6]}000000", goal["year"]))
        if own and whole:
            band = _band(goal["indicator_code"], own, whole)
            if band:
                key = (goal["township_code"], date(goal["year"], 1, 1), goal["indicator_code"])
                rows.append((*key, *band))
    schema = {"division_code": pl.String, "period_start": pl.Date, "metric_code": pl.String}
    limits = {"chance_base": pl.Int64, "chance_low": pl.Float64, "chance_high": pl.Float64}
    return pl.DataFrame(rows, schema={**schema, **limits}, orient="row")


def _band(code: str, own: Row, whole: Row) -> tuple[int, float | None, float | None] | None:
    top, base = SHARES[code]
    is_ratio = code == "srb"
    size = own[base] + (own[top] if is_ratio else 0)
    cases, trials = whole[top], whole[base] + (whole[top] if is_ratio else 0)
    if not size or not 0 < cases < trials:
        return None
    limits = binomial_limits(size, cases / trials)
    if is_ratio:
        return size, *(100 * k / (size - k) if k < size else None for k in limits)
    return size, *(100 * k / size for k in limits)


def binomial_limits(trials: int, share: float) -> tuple[int, int]:
    """99.8 % limits of a number of cases by the skew-corrected normal form, never beyond none and all."""
    deviation = sqrt(trials * share * (1 - share))
    shift = trials * share + 0.5 + (1 - 2 * share) * (Z998**2 - 1) / 6
    low, high = (floor(shift + sign * Z998 * deviation) for sign in (-1, 1))
    return max(low, 0), min(high, trials)


def lights(board: pl.DataFrame) -> pl.DataFrame:
    """The lights that follow from the rows of ``mart_targets``: light and grey_reason beside their keys."""
    reason = (
        pl.when(pl.col("actual_value").is_null())
        .then("actual_reason")
        .when(pl.col("is_met").is_null())
        .then(pl.lit("no_direction"))
        .when(pl.col("data_quality").is_null())
        .then(pl.lit("quality_unknown"))
        .when(pl.col("data_quality") < LEAST_DATA_QUALITY)
        .then(pl.lit("data_quality"))
    )
    above = pl.col("actual_value") >= pl.col("chance_low")
    below = (pl.col("actual_value") <= pl.col("chance_high")) | pl.col("chance_high").is_null()
    by_chance = (pl.col("reachable_by_chance") & above & below).fill_null(value=False)
    told = pl.when(by_chance).then(pl.lit("within_chance")).when("is_met").then(pl.lit("met"))
    return board.with_columns(grey_reason=reason).with_columns(
        light=pl.when(pl.col("grey_reason").is_not_null())
        .then(pl.lit("grey"))
        .otherwise(told.otherwise(pl.lit("not_met")))
    )
