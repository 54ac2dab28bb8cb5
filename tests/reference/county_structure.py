"""Who the people of a faultless synthetic county are at the end of a year, computed from its truth alone.

A village starts with its first residents, or with everybody in the books that it took over, and goes on by the day of
each event. Ages are those of the last day, counted from days of birth.
"""

from __future__ import annotations

import polars as pl

from tests.reference.county_truth import County, first_day
from tests.reference.indicator_catalogue import YEARS, Row

SIGN = {"birth": 1, "move_in": 1, "death": -1, "move_out": -1}
PLACE = ["division_code", "division_level", "period_type", "period_start", "period_end"]
_GROUPS = [f"{first}-{first + 4}" for first in range(0, 85, 5)]


def ages(county: County) -> pl.DataFrame:
    """(division, level, period_type, period_start, period_end, sex, age, persons) at the end of every whole year."""
    return _by_division(county, "persons", ["sex", "age"]).filter(pl.col("persons") != 0)


def _by_division(county: County, value: str, keys: list[str]) -> pl.DataFrame:
    """Sums of the people of villages whose code stands in the last month of a year."""
    ends = (
        county.periods.filter(pl.col("period_type").is_in(YEARS))
        .group_by("period_type", "period_start", "period_end")
        .agg(pl.col("month").max())
    )
    stocks = _people(county).join(ends, how="cross").filter(pl.col("since") <= pl.col("month"))
    kept = stocks.join(county.village_months.select("village", "month"), on=["village", "month"], how="semi")
    # The last day is the one before period_end, which is the first of a month.
    born, end = pl.col("born"), pl.col("period_end")
    had_no_birthday = born.dt.month() >= end.dt.month()
    aged = kept.with_columns(
        age=(end.dt.year() - born.dt.year() - had_no_birthday.cast(pl.Int32)).cast(pl.Int64), persons="change"
    )
    return county.upward(aged, [*PLACE[2:], *keys], [value])


def _people(county: County) -> pl.DataFrame:
    """(village, since, sex, born, change): one row a person that a village has from a month on, or has no longer."""
    who = county["persons"].select("person", "sex", "born")
    first = county["residences"].filter(pl.col("entry") == "initial").join(who, on="person")
    told = (
        county.told.filter(pl.col("kind").is_in(list(SIGN)))
        .join(who.select("person", "born"), on="person")
        .with_columns(
            change=pl.col("kind").replace_strict(SIGN, return_dtype=pl.Int64), month=pl.col("happened").cast(pl.Int64)
        )
    )
    one = pl.lit(1, pl.Int64)
    books = {int(key[0]): part.select("sex", "born", change=one) for key, part in first.group_by("village")}
    reported = {int(key[0]): part for key, part in told.group_by("village")}
    for old, new, day, _ in county["lineage"].sort("effective_day").iter_rows():
        if first_day(county.start) < day < first_day(county.last + 1):
            taken = [books[place] for place in (new, old) if place in books]
            if old in reported:
                until = pl.date(pl.col("reported_month") // 12, pl.col("reported_month") % 12 + 1, 1)
                taken.append(reported[old].filter(until < day).select("sex", "born", "change"))
            books[new] = pl.concat(taken)
    openings = [
        part.with_columns(village=pl.lit(village, pl.Int32), since=pl.lit(county.start, pl.Int64))
        for village, part in books.items()
    ]
    own = told.join(county.village_months.select("village", "month"), on=["village", "month"], how="semi")
    columns = ["village", "since", "sex", "born", "change"]
    return pl.concat([*(part.select(columns) for part in openings), own.rename({"month": "since"}).select(columns)])


def population_structure(county: County) -> pl.DataFrame:
    """``mart_population_structure``."""
    rows = ages(county).filter(pl.col("division_level") != "village")
    group = pl.when(pl.col("age") >= 85).then(pl.lit("85+")).otherwise(
        pl.lit(_GROUPS).list.get((pl.col("age") // 5).clip(0, 16))
    )  # fmt: skip
    counted = rows.group_by(*PLACE, "sex", age_group=group).agg(pl.col("persons").sum())
    return counted.with_columns(pop_concept=pl.lit("hukou")).select(
        *PLACE, "pop_concept", "sex", "age_group", "persons"
    )


def structure_figures(county: County) -> list[Row]:
    """What indicators of structure are made of, by division and year."""
    age, sex, persons = pl.col("age"), pl.col("sex"), pl.col("persons")

    def of(condition: pl.Expr) -> pl.Expr:
        return persons.filter(condition).sum()

    rows = ages(county).group_by(PLACE).agg(
        men=of(sex == "male"),
        women=of(sex == "female"),
        everybody=persons.sum(),
        children=of(age < 15),
        adults=of((age >= 15) & (age < 65)),
        dependent=of((age < 15) | (age >= 65)),
        sixty=of(age >= 60),
        old=of(age >= 65),
        women_15_49=of((sex == "female") & (age >= 15) & (age < 50)),
        single=pl.struct("age", "persons"),
    )  # fmt: skip
    return [row | _median(row.pop("single")) for row in rows.to_dicts()]


def _median(single: list[Row]) -> Row:
    """The median age as the pair of which it is the quotient."""
    counts: dict[int, int] = {}
    for cell in single:
        counts[cell["age"]] = counts.get(cell["age"], 0) + cell["persons"]
    everybody, younger = sum(counts.values()), 0
    for age in sorted(counts):
        if 2 * (younger + counts[age]) >= everybody:
            return {"median_top": 2 * age * counts[age] + everybody - 2 * younger, "median_base": 2 * counts[age]}
        younger += counts[age]
    raise AssertionError("nobody lives here")
