"""Marriages, births by class, infant deaths and fertility of a faultless synthetic county, from its truth alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import sqrt

import polars as pl

from tests.reference.county_indicators import cell, quality_of
from tests.reference.county_truth import County, vital_months
from tests.reference.county_women import BANDS, women_days, women_years
from tests.reference.indicator_catalogue import ABOVE, COUNTY, YEARS, Indicator, Row, Where
from tests.reference.limits import Z95

POOLED: Where = {"county": ("multi",)}
SECOND_SHARE_ENDS = date(2016, 1, 1)
_ORDERS = ("1", "2", "3p")
_OPEN = ("numerator", "value", "ci_low", "ci_high", "status")


def _indicator(code: str, numerator: str, denominator: str | None, scale: int, unit: str, method: str, small: str,
               where: Where, *, is_annualised: bool = False) -> Indicator:  # fmt: skip
    events = (lambda row: row[numerator]) if method == "rate" else None
    below = None if denominator is None else (lambda row: row[denominator])
    return Indicator(
        code, lambda row: row[numerator], below, scale, unit, method, small, "population", where, is_annualised, events
    )


VITAL = (
    *(
        _indicator(f"parity_share_{order}", f"order_{order}", "order_known", 100, "percent", "proportion", "SN3", ABOVE)
        for order in _ORDERS
    ),
    *(
        _indicator(f"srb_order_{order}", f"order_{order}_male", f"order_{order}_female", 100, "per_100", "sex_ratio",
                   "SN4", POOLED)
        for order in _ORDERS
    ),
    _indicator("imr", "infant_deaths", "births_occ", 1000, "per_mille", "rate", "SN2", POOLED),
    _indicator("gfr", "births_occ", "women", 1000, "per_mille", "rate", "SN2", ABOVE, is_annualised=True),
    *(
        _indicator(f"asfr_{band}", f"mother_{band}", f"women_{band}", 1000, "per_mille", "rate", "SN2", COUNTY,
                   is_annualised=True)
        for band in BANDS
    ),
    replace(
        _indicator("tfr", "mothers", "women", 1, "children_per_woman", "rate", "SN2", COUNTY, is_annualised=True),
        method="sum",
    ),
    replace(_indicator("mac", "mothers", "women", 1, "years", "rate", "SN2", COUNTY), method="sum"),
    _indicator("policy_2nd_share", "second", "second", 100, "percent", "proportion", "SN3", COUNTY),
    _indicator("marriages", "marriages", None, 1, "couples", "count", "SN1", COUNTY),
    _indicator("first_marriages_f", "first_f", None, 1, "persons", "count", "SN1", COUNTY),
    _indicator("first_marriages_m", "first_m", None, 1, "persons", "count", "SN1", COUNTY),
    _indicator("crude_marriage_rate", "marriages", "person_years", 1000, "per_mille", "rate", "SN2", COUNTY,
               is_annualised=True),
)  # fmt: skip
VITAL_CODES = tuple(indicator.code for indicator in VITAL)


def vital_indicators(county: County) -> pl.DataFrame:
    """``mart_indicators`` of ``VITAL_CODES``; what an office judges of second births is NULL."""
    quality = quality_of(county)
    rows = []
    for figure in _figures(county):
        for indicator in VITAL:
            if figure["period_type"] in indicator.where.get(figure["division_level"], ()):
                (row,) = cell(indicator, figure, "hukou", quality)
                rows.append(_finished(indicator, figure, row))
    schema = {"numerator": pl.Decimal(18, 2), "denominator": pl.Decimal(18, 2)}
    return without_judgement(pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema))


def without_judgement(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the cells made NULL that follow from what an office judged."""
    return rows.with_columns(
        pl.when(pl.col("indicator_code") != "policy_2nd_share").then(pl.col(name)).alias(name) for name in _OPEN
    )


def _finished(indicator: Indicator, figure: Row, row: Row) -> Row:
    """What is no quotient of its pair: shares that add up, and sums and means over the groups of age."""
    if row["value"] is None:
        return row
    if indicator.code.startswith("parity_share"):
        shares = _adding_up([figure[f"order_{order}"] for order in _ORDERS])
        mine = shares[_ORDERS.index(indicator.code.removeprefix("parity_share_"))]
        own = round(Decimal(row["numerator"]) * 100 / Decimal(row["denominator"]), 2)
        return row | {"value": float(mine), "is_balancing": mine != own}
    if indicator.method != "sum":
        return row
    terms = [(figure[f"mother_{band}"], float(figure[f"women_{band}"])) for band in BANDS]
    status = "unstable" if figure["mothers"] < 500 else "ok"
    if any(women == 0 for _, women in terms) or (indicator.code == "mac" and not figure["mothers"]):
        return row | {"value": None, "status": "missing", "status_reason": "no_denominator"}
    rates = [births / women for births, women in terms]
    if indicator.code == "mac":
        middles = [17.5 + 5 * place for place in range(len(BANDS))]
        mean = sum(middle * rate for middle, rate in zip(middles, rates, strict=True)) / sum(rates)
        return row | {"value": mean, "status": status}
    total, half = 5 * sum(rates), 5 * Z95 * sqrt(sum(births / women**2 for births, women in terms))
    return row | {"value": total, "ci_low": max(0.0, total - half), "ci_high": total + half, "status": status}


def _adding_up(counts: list[int]) -> list[Decimal]:
    """Shares in percent with two decimals and the sum 100, a hundredth for whom cutting off took most."""
    whole = sum(counts)
    cut = [count * 10_000 // whole for count in counts]
    lost = sorted(range(len(counts)), key=lambda place: -(counts[place] * 10_000 % whole))
    for place in lost[: 10_000 - sum(cut)]:
        cut[place] += 1
    return [Decimal(hundredths) / 100 for hundredths in cut]


def _figures(county: County) -> Iterator[Row]:
    """Sums by division and year, and of the county over three civil years."""
    counted = _months(county)
    sums = [name for name in counted.columns if name not in ("village", "month")]
    above = county.upward(counted, ["month"], sums).filter(pl.col("division_level") != "village")
    spans = pl.concat([county.periods.filter(pl.col("period_type").is_in(YEARS)), _pooled(county)])
    keys = ["division_code", "division_level", "period_type", "period_start", "period_end", "year_days"]
    for row in above.join(spans, on="month").group_by(keys).agg(pl.col(sums).sum()).iter_rows(named=True):
        years = {f"women_{band}": women_years(row.pop(band), row["year_days"]) for band in BANDS}
        women = women_years(row.pop("women_days"), row["year_days"])
        yield row | years | {
            "women": women, "person_years": Decimal(row["person_days_x2"]) / (2 * row["year_days"])
        }  # fmt: skip


def _pooled(county: County) -> pl.DataFrame:
    years = county.periods.filter(pl.col("period_type") == "year")
    starts = sorted(years["period_start"].unique())
    parts = [
        years.filter(pl.col("period_start").is_between(begin, date(begin.year + 2, 1, 1))).with_columns(
            period_type=pl.lit("multi"),
            period_start=pl.lit(begin),
            period_end=pl.lit(date(begin.year + 3, 1, 1)),
            year_days=pl.lit(365, years.schema["year_days"]),
        )
        for begin in starts
        if date(begin.year + 2, 1, 1) in starts
    ]
    return pl.concat([years.clear(), *parts])


def _months(county: County) -> pl.DataFrame:
    """Every village and month with its counts by class."""
    told = county.told.with_columns(month=pl.col("happened").cast(pl.Int64))
    born = county["persons"].select("person", born=_month("born"))
    births = told.filter(pl.col("kind") == "birth").join(
        born.rename({"person": "partner", "born": "mother_born"}), on="partner", how="left"
    )
    deaths = told.filter(pl.col("kind") == "death").join(born, on="person")
    couples = told.filter(pl.col("kind") == "marriage").join(
        county["unions"], left_on=["person", "partner", "day"], right_on=["wife", "husband", "from_day"]
    )
    order, years = pl.col("birth_order"), (pl.col("month") - pl.col("mother_born")) // 12
    has_order = {"1": order == 1, "2": order == 2, "3p": order >= 3}
    classes = {f"order_{name}": which for name, which in has_order.items()}
    classes |= {
        f"order_{name}_{sex}": which & (pl.col("sex") == sex)
        for name, which in has_order.items()
        for sex in ("male", "female")
    }
    classes |= {
        f"mother_{band}": (years.clip(15, 49) // 5 == place) for place, band in enumerate(BANDS, start=3)
    }  # fmt: skip
    classes |= {"order_known": order >= 1, "mothers": years.is_not_null()}
    classes["second"] = (order == 2) & (pl.col("day") < SECOND_SHARE_ENDS)
    parts = [
        vital_months(county).select("village", "month", "births_occ", "marriages", "person_days_x2"),
        _counted(births, classes),
        _counted(deaths, {"infant_deaths": pl.col("month") - pl.col("born") < 12}),
        _counted(couples, {f"first_{sex}": pl.col(f"{party}_order") == "first"
                           for sex, party in (("f", "wife"), ("m", "husband"))}),
        women_days(county).with_columns(women_days=pl.sum_horizontal(BANDS)),
    ]  # fmt: skip
    rows = parts[0]
    for part in parts[1:]:
        rows = rows.join(part, on=["village", "month"], how="left")
    return rows.with_columns(pl.exclude("village", "month").fill_null(0))


def _counted(events: pl.DataFrame, classes: dict[str, pl.Expr]) -> pl.DataFrame:
    return events.group_by("village", "month").agg(
        which.sum().cast(pl.Int64).alias(name) for name, which in classes.items()
    )


def _month(column: str) -> pl.Expr:
    day = pl.col(column).dt
    return day.year().cast(pl.Int64) * 12 + day.month().cast(pl.Int64) - 1
