"""What the marts of a synthetic county must say of its people, computed from the tables of the truth alone.

Nothing is imported from the product: neither the reader nor the SQL nor the generator. Rulings are those of the docs:
``reported`` counts an event in the month that reports it, ``occurred`` in the month in which it happened (known by the
last report); stocks run on from the first opening, so that what happened before a village's first book is in no
occurred figure; moves inside a township or county are netted by the smaller side.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

FLOWS = {"birth": "births", "death": "deaths", "move_in": "moved_in", "move_out": "moved_out"}
LEVELS = ("village", "township", "county")
LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "fp_half": 6, "fp_year": 12}
FP_SHIFT = 3
# Births from this day on are judged by no rule.
PLANNED_RATE_ENDS = date(2021, 8, 20)
DEFAULT_FORMS = ("L01", "L02", "L03", "L05", "L10", "L11", "L12", "L16")


def first_day(month: int) -> date:
    """First day of a month number (year * 12 + month - 1)."""
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class County:
    """The truth of one county: its tables by name, its first and last month (numbers) and the forms it writes."""

    tables: dict[str, pl.DataFrame]
    start: int
    last: int
    forms: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> County:
        """Read a truth folder."""
        wishes = json.loads((folder / "options.json").read_text(encoding="utf-8"))
        tables = {path.stem: pl.read_parquet(path) for path in folder.glob("*.parquet")}
        start = int(wishes["start"])
        return cls(tables, start, start + int(wishes["months"]) - 1, tuple(wishes.get("forms") or DEFAULT_FORMS))

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    @cached_property
    def months(self) -> pl.DataFrame:
        """One row a month of the run: month (number), start, end (exclusive), days."""
        numbers = range(self.start, self.last + 1)
        return pl.DataFrame(
            {
                "month": list(numbers),
                "start": [first_day(number) for number in numbers],
                "end": [first_day(number + 1) for number in numbers],
            }
        ).with_columns(days=(pl.col("end") - pl.col("start")).dt.total_days())

    @cached_property
    def periods(self) -> pl.DataFrame:
        """One row a month of a wholly known period: type, calendar, start, end (exclusive), month, days of its year."""
        rows = []
        for kind, length in LENGTHS.items():
            shift = FP_SHIFT if kind.startswith("fp") else 0
            for number in range(self.start, self.last + 1):
                begin = (number + shift) // length * length - shift
                if begin < self.start or begin + length - 1 > self.last:
                    continue
                new_year = (number + shift) // 12 * 12 - shift
                days = (first_day(new_year + 12) - first_day(new_year)).days
                calendar = "fp_year" if shift else "civil"
                rows.append((kind, calendar, first_day(begin), first_day(begin + length), number, days))
        names = ["period_type", "calendar", "period_start", "period_end", "month", "year_days"]
        return pl.DataFrame(rows, schema=names, orient="row")

    @cached_property
    def divisions(self) -> pl.DataFrame:
        """(village, division_code, division_level, valid_from, valid_to): each village under itself and all above."""
        villages = self["villages"]
        code = {
            "village": pl.col("division_code"),
            "township": pl.col("township_code"),
            "county": pl.col("township_code").str.slice(0, 6) + "000000",
        }
        return pl.concat(
            villages.select(
                "village", "valid_from", "valid_to", division_code=code[level], division_level=pl.lit(level)
            )
            for level in LEVELS
        )

    @cached_property
    def village_months(self) -> pl.DataFrame:
        """(village, month, start, end, days) of every village and month in which its code stands."""
        return (
            self["villages"]
            .select("village", "valid_from", "valid_to")
            .join(self.months, how="cross")
            .filter(pl.col("valid_from") <= pl.col("start"), pl.col("start") < pl.col("valid_to"))
            .drop("valid_from", "valid_to")
        )

    @cached_property
    def told(self) -> pl.DataFrame:
        """Every event that was reported by the end, with ``happened`` (month number), sex and the reporting village."""
        return (
            self["events"]
            .join(self["reports"], on="event")
            .filter(pl.col("reported_month") <= self.last)
            .join(self["persons"].select("person", "sex"), on="person", how="left")
            .with_columns(
                happened=pl.col("day").dt.year() * 12 + pl.col("day").dt.month().cast(pl.Int32) - 1,
                village=pl.col("record_village"),
            )
        )

    def upward(self, rows: pl.DataFrame, keys: list[str], values: list[str]) -> pl.DataFrame:
        """Sums of village rows by division and keys, all three levels."""
        return (
            rows.join(self.divisions.drop("valid_from", "valid_to"), on="village")
            .group_by("division_code", "division_level", *keys)
            .agg(pl.col(values).sum())
        )


def flows(county: County) -> pl.DataFrame:
    """(village, basis, month, births, deaths, moved_in, moved_out) of every village and month, moves gross."""
    events = county.told.filter(pl.col("kind").is_in(list(FLOWS)))
    based = pl.concat(
        events.select("village", "kind", basis=pl.lit(basis), month=pl.col(column).cast(pl.Int64))
        for basis, column in (("reported", "reported_month"), ("occurred", "happened"))
    )
    counted = based.group_by("village", "basis", "month").agg(
        (pl.col("kind") == kind).sum().cast(pl.Int64).alias(name) for kind, name in FLOWS.items()
    )
    spine = county.village_months.join(pl.DataFrame({"basis": ["reported", "occurred"]}), how="cross")
    return spine.join(counted, on=["village", "basis", "month"], how="left").with_columns(
        pl.col(list(FLOWS.values())).fill_null(0)
    )


def village_stocks(county: County) -> pl.DataFrame:
    """``flows`` with opening and closing: the first residents of a village, or what it took over, and all flows."""
    moved = flows(county).with_columns(
        net=pl.col("births") - pl.col("deaths") + pl.col("moved_in") - pl.col("moved_out")
    )
    reported = dict(
        moved.filter(pl.col("basis") == "reported").group_by("village").agg(pl.col("net").sum()).iter_rows()
    )
    residents = county["residences"].filter(pl.col("entry") == "initial").group_by("village").len().iter_rows()
    opening = dict.fromkeys(county["villages"]["village"].to_list(), 0) | dict(residents)
    for old, new, day, share in county["lineage"].sort("effective_day").iter_rows():
        if first_day(county.start) < day < first_day(county.last + 1):
            assert share == 1.0, "a divided village has no closing to take over"
            opening[new] += opening[old] + reported.get(old, 0)
    first = pl.DataFrame(
        {"village": list(opening), "first": list(opening.values())}, schema_overrides={"village": pl.Int32}
    )
    return (
        moved.join(first, on="village")
        .sort("village", "basis", "month")
        .with_columns(closing=pl.col("first") + pl.col("net").cum_sum().over("village", "basis"))
        .with_columns(opening=pl.col("closing") - pl.col("net"))
        .drop("first", "net")
    )


def population_balance(county: County) -> pl.DataFrame:
    """``mart_population_balance``."""
    figures = ["opening", *FLOWS.values(), "closing"]
    summed = county.upward(village_stocks(county), ["basis", "month", "start", "end"], figures)
    netted = pl.coalesce("netted", 0)
    whole = summed.join(_netted(county), on=["division_code", "basis", "month"], how="left").with_columns(
        moved_in=pl.col("moved_in") - netted, moved_out=pl.col("moved_out") - netted
    )
    is_reported = pl.col("basis") == "reported"
    return whole.select(
        "division_code",
        "division_level",
        period_type=pl.lit("month"),
        period_start="start",
        period_end="end",
        pop_concept=pl.lit("hukou"),
        basis="basis",
        opening="opening",
        births="births",
        deaths="deaths",
        moved_in="moved_in",
        moved_out="moved_out",
        adjustment=pl.lit(0),
        closing="closing",
        # Every village reports, and its book closes with what was reported.
        reported_closing=pl.when(is_reported).then("closing"),
        residual=pl.when(is_reported).then(0),
    )


def _netted(county: County) -> pl.DataFrame:
    """(division_code, basis, month, netted): the smaller side of the moves inside each township and county."""
    above = county.divisions.filter(pl.col("division_level") != "village").select("village", "division_code")
    moves = county.told.filter(pl.col("kind").is_in(["move_in", "move_out"]), pl.col("other_village") >= 0)
    inside = moves.join(above, on="village").join(
        above, left_on=["other_village", "division_code"], right_on=["village", "division_code"], how="semi"
    )
    sides = pl.concat(
        inside.select("village", "division_code", "kind", basis=pl.lit(basis), month=pl.col(column).cast(pl.Int64))
        for basis, column in (("reported", "reported_month"), ("occurred", "happened"))
    ).join(county.village_months, on=["village", "month"], how="semi")
    return sides.group_by("division_code", "basis", "month").agg(
        netted=pl.min_horizontal(
            (pl.col("kind") == "move_in").sum().cast(pl.Int64), (pl.col("kind") == "move_out").sum().cast(pl.Int64)
        )
    )


def vital_months(county: County) -> pl.DataFrame:
    """What ``vital_periods`` adds up, by village and month; earlier births against both calendars' years."""
    stocks = village_stocks(county)
    occurred = stocks.filter(pl.col("basis") == "occurred")
    births = county.told.filter(pl.col("kind") == "birth")
    reported = births.with_columns(month=pl.col("reported_month").cast(pl.Int64))
    year = pl.col("month") // 12
    fp_year = (pl.col("month") + FP_SHIFT) // 12
    earlier = reported.group_by("village", "month").agg(
        prev_civil=(pl.col("day") < pl.date(year, 1, 1)).sum().cast(pl.Int64),
        prev_fp=(pl.col("day") < pl.date(fp_year - 1, 10, 1)).sum().cast(pl.Int64),
    )
    sexes = births.with_columns(month=pl.col("happened").cast(pl.Int64)).group_by("village", "month").agg(
        births_male=(pl.col("sex") == "male").sum().cast(pl.Int64),
        births_female=(pl.col("sex") == "female").sum().cast(pl.Int64),
        births_judged=(pl.col("day") < PLANNED_RATE_ENDS).sum().cast(pl.Int64),
    )  # fmt: skip
    couples = county.told.filter(pl.col("kind") == "marriage")
    married = couples.group_by("village", month=pl.col("happened").cast(pl.Int64)).agg(
        marriages=pl.len().cast(pl.Int64)
    )
    by_report = stocks.filter(pl.col("basis") == "reported").select("village", "month", births_rep="births")
    rows = occurred.rename({"births": "births_occ"}).drop("basis", "moved_in", "moved_out")
    for part in (by_report, earlier, sexes, married):
        rows = rows.join(part, on=["village", "month"], how="left")
    counts = ["births_rep", "prev_civil", "prev_fp", "births_male", "births_female", "births_judged", "marriages"]
    return rows.with_columns(pl.col(counts).fill_null(0)).with_columns(
        person_days_x2=(pl.col("opening") + pl.col("closing")) * pl.col("days")
    )


def vital_periods(county: County) -> pl.DataFrame:
    """Vital events by division and period, with the stock at both ends (NULL where the division lacks that month)."""
    births = ["births_occ", "births_rep", "prev_civil", "prev_fp", "births_male", "births_female", "births_judged"]
    sums = [*births, "deaths", "marriages"]
    months = county.upward(vital_months(county), ["month"], [*sums, "person_days_x2", "opening", "closing"])
    spans = county.periods.join(county.months.select("month", "start", "end"), on="month")
    keys = ["division_code", "division_level", "period_type", "calendar", "period_start", "period_end", "year_days"]
    at_begin, at_end = pl.col("start") == pl.col("period_start"), pl.col("end") == pl.col("period_end")
    return (
        months.join(spans, on="month")
        .group_by(keys)
        .agg(
            pl.col([*sums, "person_days_x2"]).sum(),
            opening=pl.col("opening").filter(at_begin).first(),
            closing=pl.col("closing").filter(at_end).first(),
        )
        .with_columns(
            births_prev_unreported=pl.when(pl.col("calendar") == "civil").then("prev_civil").otherwise("prev_fp")
        )
    )


def vital_events(county: County) -> pl.DataFrame:
    """``mart_vital_events``."""
    return vital_periods(county).select(
        "division_code",
        "division_level",
        "period_type",
        "period_start",
        "period_end",
        "births_occ",
        "births_rep",
        "births_prev_unreported",
        "deaths",
        # One village tells of each couple, so they add up here.
        marriages="marriages",
        person_days_x2="person_days_x2",
    )
