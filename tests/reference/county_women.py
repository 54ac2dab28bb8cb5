"""Women by age in a faultless synthetic county: the years they live in each five-year group, from the truth alone.

A village starts with the first residents it had, or with everybody in the books that it took over; then its book is
kept by the day of each event. Of a birth the month counts alone, and a birthday in a month is past on its last day.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from tests.reference.county_truth import County, first_day

BANDS = ("15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49")
_SIGN = {"birth": 1, "move_in": 1, "death": -1, "move_out": -1}


def women_days(county: County) -> pl.DataFrame:
    """(village, month, 15_19 ... 45_49): twice the days that women of each group lived, both ends of the month."""
    rows = pl.concat([_openings(county), _events(county)])
    months = county.months.select("month", "days")
    lived = (
        rows.join(months, how="cross")
        .join(county.village_months.select("village", "month"), on=["village", "month"], how="semi")
        .with_columns(
            opens=pl.when(pl.col("since") < pl.col("month")).then((pl.col("month") - 1 - pl.col("born")) // 60),
            closes=pl.when(pl.col("since") <= pl.col("month")).then((pl.col("month") - pl.col("born")) // 60),
        )
    )
    ends = pl.concat(
        lived.select("village", "month", group=end, days=pl.col("days") * pl.col("change")).drop_nulls()
        for end in ("opens", "closes")
    )
    return ends.group_by("village", "month").agg(
        pl.col("days").filter(pl.col("group") == place).sum().cast(pl.Int64).alias(band)
        for place, band in enumerate(BANDS, start=3)
    )


def women_years(days: int | None, year_days: int) -> Decimal:
    """Person-years with two decimals."""
    return (Decimal(days or 0) / (2 * year_days)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _events(county: County) -> pl.DataFrame:
    """(village, since, born, change) of women's events that happened in a month of the village that tells them."""
    told = _told(county).with_columns(month=pl.col("happened").cast(pl.Int64))
    kept = told.join(county.village_months.select("village", "month"), on=["village", "month"], how="semi")
    return kept.select("village", "born", "change", since="month").select("village", "since", "born", "change")


def _told(county: County) -> pl.DataFrame:
    return (
        county.told.filter(pl.col("kind").is_in(list(_SIGN)), pl.col("sex") == "female")
        .join(county["persons"].select("person", born=_month("born")), on="person")
        .with_columns(change=pl.col("kind").replace_strict(_SIGN, return_dtype=pl.Int64))
    )


def _openings(county: County) -> pl.DataFrame:
    """The same of the women a village starts with; they are there before its first month."""
    women = county["persons"].filter(pl.col("sex") == "female").select("person", born=_month("born"))
    first = county["residences"].filter(pl.col("entry") == "initial").join(women, on="person")
    books = {village: part.select("born", change=pl.lit(1, pl.Int64)) for (village,), part in first.group_by("village")}
    told = {village: part.select("born", "change") for (village,), part in _told(county).group_by("village")}
    for old, new, day, _ in county["lineage"].sort("effective_day").iter_rows():
        if first_day(county.start) < day < first_day(county.last + 1):
            parts = (books.get(old), books.get(new), told.get(old))
            books[new] = pl.concat(part for part in parts if part is not None)
    before = pl.lit(county.start - 1, pl.Int64)
    return pl.concat(
        part.select(pl.lit(village, pl.Int32).alias("village"), before.alias("since"), "born", "change")
        for village, part in books.items()
    )


def _month(column: str) -> pl.Expr:
    day = pl.col(column)
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64) - 1
