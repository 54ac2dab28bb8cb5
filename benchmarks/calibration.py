"""How far a county that starts as counted in 2010 ends from the census of 2020, which none of its figures comes from.

    python -m benchmarks.calibration [PERSONS [SEED]]       60000 1

Prints one table a county; docs/synthetic-counties.md keeps the last one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from orchestration.synthesis import population
from orchestration.synthesis.counties.county import load_county, plan
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.population.couples import people_by_age
from orchestration.synthesis.population.figures import EDGES, Figures
from orchestration.synthesis.population.rates import Vital

COUNTIES = ("331099", "530899", "410899")
START, MONTHS, VILLAGES = month_number(2010, 11), 120, 20
EVE = date(2020, 10, 31)
Tables = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Portrait:
    """What a census row or the last day of a county shows.

    ``ages``: persons by sex and the 19 groups of the census, shape (2, 19). ``births`` and ``deaths``: of the last
    twelve months, per person.
    """

    ages: NDArray[Any]
    births: float
    deaths: float
    household_size: float
    one_person: float

    @property
    def sex_ratio(self) -> float:
        """Men to 100 women."""
        return float(self.ages[0].sum() / self.ages[1].sum() * 100)

    def dissimilarity(self, other: Portrait) -> float:
        """Half the sum of the differences between the shares by sex and age."""
        return float(np.abs(self.ages / self.ages.sum() - other.ages / other.ages.sum()).sum() / 2)


def living(tables: Tables, day: date) -> pl.DataFrame:
    """Everybody of the register at the end of a day: person, household, is_female, age in completed years."""
    here = tables["residences"].filter(pl.col("from_day") <= day, pl.col("to_day") > day)
    years = (pl.lit(day) - pl.col("born")).dt.total_days() / 365.25
    return here.join(tables["persons"], on="person").select(
        "person", "household", is_female=pl.col("sex") == "female", age=years.floor().cast(pl.Int32)
    )


def county_on(tables: Tables, day: date) -> Portrait:
    """A synthetic county at the end of a day; vital rates of the twelve months up to it."""
    people = living(tables, day)
    group = np.searchsorted(EDGES, people["age"].to_numpy(), side="right") - 1
    woman = people["is_female"].to_numpy()
    before = day.replace(year=day.year - 1)
    average = (people.height + living(tables, before).height) / 2
    year = tables["events"].filter(pl.col("day") > before, pl.col("day") <= day)
    counts = dict(year.group_by("kind").len().iter_rows())
    sizes = people.group_by("household").len()["len"]
    return Portrait(
        ages=np.array([np.bincount(group[woman == sex], minlength=19)[:19] for sex in (False, True)]),
        births=counts.get("birth", 0) / average,
        deaths=counts.get("death", 0) / average,
        household_size=people.height / len(sizes),
        one_person=float((sizes == 1).mean()),  # type: ignore[arg-type]
    )


def census_2020(block: Mapping[str, Any]) -> Portrait:
    """The hold-out row. It counts no births and no deaths of a year.

    Births are those who were under one year old; deaths are the nation's rates of 2020 times the county's factor of
    2010 at the ages of the row, so they test the ages alone.
    """
    row, figures = block["census_2020"], Figures.read(block)
    ages = np.array([row["male"], row["female"]], float)
    homes = row["households"]
    single = people_by_age(ages, int(ages.sum()))
    rates = Vital(figures.death_factor, figures.birth_factor).deaths(2020)[:, : single.shape[1]]
    return Portrait(
        ages=ages,
        births=float(ages[:, 0].sum() / ages.sum()),
        deaths=float((single * rates).sum() / single.sum()),
        household_size=homes["persons"] / homes["number"],
        one_person=homes["one_person"] / homes["number"],
    )


def misses(made: Portrait, row: Portrait) -> dict[str, float]:
    """How far a county is from the row, in the measures that ``bounds`` name."""
    return {
        "dissimilarity": made.dissimilarity(row),
        "births": made.births / row.births - 1,
        "deaths": made.deaths / row.deaths - 1,
        "household_size": made.household_size / row.household_size - 1,
        "sex_ratio": made.sex_ratio - row.sex_ratio,
    }


def ten_years(county: str, persons: int, seed: int) -> Tables:
    """The tables of a county from November 2010 to October 2020."""
    options = Options(county, VILLAGES, persons, MONTHS, seed, START)
    place = load_county(county)
    villages, lineage = plan(place, options)
    return population.simulate(villages, lineage, place.figures, options, START + MONTHS - 1)


def main(persons: int, seed: int) -> None:
    """Print the tables."""
    for county in COUNTIES:
        block = load_county(county).figures
        row, made = census_2020(block), county_on(ten_years(county, persons, seed), EVE)
        begun = Portrait(Figures.read(block).census.ages, 0, 0, 0, 0)
        off, bounds = misses(made, row), block["bounds"]
        print(f"\n### {county}, {persons:,} persons, seed {seed}\n")
        print("| measure | county | 2020 row | off by | bound |\n|---|---|---|---|---|")
        print(
            f"| dissimilarity of the pyramid | {off['dissimilarity']:.3f} | 0 | "
            f"(2010 row itself: {begun.dissimilarity(row):.3f}) | {bounds['dissimilarity']} |"
        )
        for name, factor, unit in (("births", 1000, " ‰"), ("deaths", 1000, " ‰"), ("household_size", 1, "")):
            ours, theirs = getattr(made, name) * factor, getattr(row, name) * factor
            print(f"| {name} | {ours:.2f}{unit} | {theirs:.2f}{unit} | {off[name]:+.1%} | {bounds[name]:.0%} |")
        print(
            f"| men to 100 women | {made.sex_ratio:.1f} | {row.sex_ratio:.1f} | {off['sex_ratio']:+.1f} | "
            f"{bounds['sex_ratio']} |"
        )
        print(f"| one-person households | {made.one_person:.1%} | {row.one_person:.1%} | | none |")


if __name__ == "__main__":
    main(*(int(text) for text in (*sys.argv[1:3], *("60000", "1")[len(sys.argv) - 1 :])))
