"""Indicators of structure, households and growth of a faultless synthetic county, from its truth alone."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from tests.reference.county_indicators import cell, quality_of
from tests.reference.county_structure import PLACE, SIGN, structure_figures
from tests.reference.county_truth import County, first_day, population_balance
from tests.reference.indicator_catalogue import ABOVE, COUNTY, EVERYWHERE, YEARLY, YEARS, Indicator, Row, Where


def _indicator(code: str, numerator: str, denominator: str | None = None, scale: int = 1, unit: str = "persons",
               method: str = "count", small: str = "SN1", where: Where = ABOVE) -> Indicator:  # fmt: skip
    below = None if denominator is None else (lambda row: row[denominator])
    events = (lambda row: row["everybody"]) if small.startswith("SN6") else None
    return Indicator(
        code, lambda row: row[numerator], below, scale, unit, method, small, "population", where, events=events
    )


def _of_hundred(code: str, numerator: str, denominator: str, unit: str = "percent") -> Indicator:
    return _indicator(code, numerator, denominator, 100, unit, "ratio", "SN6")


# A figure that does not exist, where one that is not known would be None.
_NOTHING = object()
AGES = (
    _indicator("sex_ratio_total", "men", "women", 100, "per_100", "sex_ratio", "SN4"),
    _of_hundred("child_dep_ratio", "children", "adults"),
    _of_hundred("old_dep_ratio", "old", "adults"),
    _of_hundred("total_dep_ratio", "dependent", "adults"),
    _indicator("share_60plus", "sixty", "everybody", 100, "percent", "proportion", "SN3"),
    _indicator("share_65plus", "old", "everybody", 100, "percent", "proportion", "SN3"),
    _of_hundred("ageing_index", "old", "children", "per_100"),
    _indicator("median_age", "median_top", "median_base", 1, "years", "ratio", "SN6_single", COUNTY),
    _indicator("women_15_49", "women_15_49", where=YEARLY),
)
GROWTH = (
    _indicator("growth_abs", "growth", where=EVERYWHERE),
    replace(
        _indicator("growth_rate_total", "growth", "opening", 1000, "per_mille", "rate_difference", "SN2"),
        events=lambda row: row["changes"],
    ),
    _indicator("balance_residual", "residual", small="SN0", where=EVERYWHERE),
)
HOMES = (
    _indicator("households_end", "households", unit="households", where=EVERYWHERE),
    _indicator("avg_household_size", "members", "households", 1, "persons", "ratio", "SN3", YEARLY),
    _indicator("married_women_15_49", "married"),
    _indicator("married_share", "married", "everybody", 100, "percent", "proportion", "SN3"),
)
STRUCTURE_CODES = tuple(indicator.code for indicator in (*AGES, *GROWTH, *HOMES))


def structure_indicators(county: County) -> pl.DataFrame:
    """``mart_indicators`` of ``STRUCTURE_CODES``."""
    quality = quality_of(county)
    rows = []
    for known, figures in (
        (AGES, structure_figures(county) + _ended(county)),
        (GROWTH, _growth_figures(county)),
        (HOMES, _home_figures(county)),
    ):
        for figure in figures:
            for indicator in known:
                where = indicator.where.get(figure["division_level"], ())
                if figure["period_type"] in where and indicator.numerator(figure) is not _NOTHING:
                    rows += cell(indicator, figure, "hukou", quality)
    schema = {"numerator": pl.Decimal(18, 2), "denominator": pl.Decimal(18, 2)}
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema)


def _growth_figures(county: County) -> list[Row]:
    """Growth by date of event, its events, the stock that the period opens with, and the residual, which is none."""
    months = population_balance(county).filter(pl.col("basis") == "occurred").drop("period_type", "period_end")
    spans = county.periods.join(county.months.select("month", start="start"), on="month")
    gained, lost = pl.col("births") + pl.col("moved_in"), pl.col("deaths") + pl.col("moved_out")
    begins = pl.col("start") == pl.col("period_start")
    rows = (
        months.rename({"period_start": "start"})
        .join(spans, on="start")
        .group_by(PLACE)
        .agg(
            growth=(gained - lost).sum(),
            changes=(gained + lost).sum(),
            opening=pl.col("opening").filter(begins).first(),
            residual=pl.lit(0),
            last=pl.col("start").max(),
        )
    )
    ends = county.periods.join(county.months.select("month", "start"), on="month").group_by(PLACE[2:]).agg(
        end=pl.col("start").max()
    )  # fmt: skip
    known = rows.join(ends, on=PLACE[2:])
    return [row for row in known.to_dicts() if row["last"] == row["end"]] + [
        # A village that ended within the period grew until then; its book has no closing at the end.
        row | {"residual": _NOTHING}
        for row in known.to_dicts()
        if row["last"] != row["end"]
    ]


def _ended(county: County) -> list[Row]:
    """Villages whose code ended within a year: nobody is there at its end, and no figure is known."""
    spans = county.periods.filter(pl.col("period_type").is_in(YEARS))
    rows = county.upward(county.village_months.with_columns(one=1), ["month"], ["one"]).join(spans, on="month")
    last = rows.group_by(PLACE).agg(pl.col("month").max())
    ends = spans.group_by(PLACE[2:]).agg(end=pl.col("month").max())
    gone = last.join(ends, on=PLACE[2:]).filter(pl.col("month") < pl.col("end"))
    return [row | {"women_15_49": None} for row in gone.to_dicts()]


def _home_figures(county: County) -> list[Row]:
    """Households by the list or the summary of each period's last month; neither tells here who is married at a year's
    end, when no list is due."""
    counted = pl.concat(_homes(county, month) for month in range(county.start, county.last + 1))
    ends = county.periods.group_by(PLACE[2:]).agg(pl.col("month").max())
    rows = county.upward(counted, ["month"], ["households", "members"]).join(ends, on="month")
    return [row | {"married": None, "everybody": None} for row in rows.to_dicts()]


def _homes(county: County, month: int) -> pl.DataFrame:
    """(village, month, households, members) by the books at the end of a month: who its last told event left there."""
    end = first_day(month + 1)
    keeper = {old: new for old, new, day, _ in county["lineage"].iter_rows() if first_day(county.start) < day < end}
    told = county.told.filter(pl.col("reported_month") <= month, pl.col("kind").is_in(list(SIGN)))
    last = told.sort("day", "event").unique("person", keep="last", maintain_order=True)
    came = last.filter(pl.col("kind").is_in(["birth", "move_in"])).select("person", "village")
    first = county["residences"].filter(pl.col("entry") == "initial").join(last, on="person", how="anti")
    standing = pl.concat([came, first.select("person", "village")])
    kept = pl.col("village").replace(keeper)
    homes = (
        county["residences"]
        .filter(pl.col("from_day") < end)
        .with_columns(kept)
        .sort("from_day")
        .unique(["person", "village"], keep="last", maintain_order=True)
    )
    living = standing.with_columns(kept).join(
        homes.select("person", "village", "household"), on=["person", "village"], how="left"
    )
    of_month = county.village_months.filter(pl.col("month") == month).select("village")
    return (
        living.join(of_month, on="village")
        .group_by("village")
        .agg(
            month=pl.lit(month, pl.Int64),
            households=pl.col("household").n_unique().cast(pl.Int64),
            members=pl.len().cast(pl.Int64),
        )
    )
