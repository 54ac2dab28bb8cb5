"""A county that starts as counted in 2010 ends near the census of 2020, and is clean by a statistician's measures."""

from __future__ import annotations

import pytest

from benchmarks.calibration import EVE, Tables, census_2020, county_on, living, misses, ten_years
from orchestration.synthesis.counties.county import load_county
from orchestration.synthesis.population.couples import people_by_age
from orchestration.synthesis.population.figures import Census, Figures
from orchestration.synthesis.population.rates import Vital

COUNTIES = ("331099", "530899", "410899")
PERSONS = 20_000


@pytest.fixture(scope="module", params=COUNTIES)
def lived(request: pytest.FixtureRequest) -> tuple[str, Tables]:
    return request.param, ten_years(request.param, PERSONS, 1)


def test_factors_give_the_crude_rates_of_the_row_they_come_from() -> None:
    for county in COUNTIES:
        block = load_county(county).figures
        figures, crude = Figures.read(block), block["census_2010"]["crude"]
        people = people_by_age(figures.census.ages, 1_000_000)
        vital = Vital(figures.death_factor, figures.birth_factor)
        deaths = (people * vital.deaths(2010)[:, :101]).sum() / 1000
        births = (people[1] * vital.births(2010)[:101]).sum() / 1000
        assert deaths == pytest.approx(crude["deaths"], rel=0.005)
        assert births == pytest.approx(crude["births"], rel=0.005)


def test_first_day_is_as_counted(lived: tuple[str, Tables]) -> None:
    county, tables = lived
    first = tables["residences"].filter(tables["residences"]["entry"] == "initial")
    day = first["from_day"][0]
    begun = county_on(tables, day.replace(year=day.year + 1))  # a year on, for the rates
    census = Census.read(load_county(county).figures["census_2010"])
    sizes = first.group_by("household").len()["len"]
    assert first.height / len(sizes) == pytest.approx(census.household_size, rel=0.01)
    assert (sizes == 1).mean() == pytest.approx(census.one_person, abs=0.04)
    assert begun.sex_ratio == pytest.approx(census.ages[0].sum() / census.ages[1].sum() * 100, abs=2)
    crude = load_county(county).figures["census_2010"]["crude"]
    for kind in ("births", "deaths"):
        expected = crude[kind] / 1000
        # Rates move a little from 2010 to 2011; the rest is the chance of a small county.
        assert abs(getattr(begun, kind) - expected) < 0.05 * expected + 3 * (expected / PERSONS) ** 0.5


def test_ten_years_on_it_stands_within_its_bounds_of_the_census(lived: tuple[str, Tables]) -> None:
    county, tables = lived
    block = load_county(county).figures
    row, made = census_2020(block), county_on(tables, EVE)
    off, bounds = misses(made, row), block["bounds"]
    chance = {"dissimilarity": 0.005, "household_size": 0.01, "sex_ratio": 300 / PERSONS**0.5}
    for kind in ("births", "deaths"):
        chance[kind] = 2.5 / (PERSONS * getattr(row, kind)) ** 0.5
    assert set(off) == set(bounds)
    for measure, miss in off.items():
        assert abs(miss) <= bounds[measure] + chance[measure], (county, measure, miss)


def test_the_pyramid_comes_nearer_than_the_start_already_was(lived: tuple[str, Tables]) -> None:
    county, tables = lived
    block = load_county(county).figures
    row = census_2020(block)
    begun = census_2020({**block, "census_2020": {**block["census_2010"]}})
    assert county_on(tables, EVE).dissimilarity(row) < 0.5 * begun.dissimilarity(row)


def test_ages_are_not_heaped(lived: tuple[str, Tables]) -> None:
    """Whipple's index of ages 23 to 62 is 100 without heaping; a county of this size stays between 98 and 105."""
    _, tables = lived
    ages = living(tables, EVE)["age"]
    adults = ages.filter((ages >= 23) & (ages <= 62))
    assert len(adults) > 10_000
    whipple = 5 * (adults % 5 == 0).sum() / len(adults) * 100
    assert 98 < whipple < 105


def test_boys_and_girls_are_born_as_the_scenario_says(lived: tuple[str, Tables]) -> None:
    county, tables = lived
    wanted = load_county(county).figures["vital"]["sex_ratio_by_order"]
    assert 103 <= wanted[0] <= 107
    assert wanted[0] <= wanted[1] <= wanted[2]
    births = tables["events"].filter(tables["events"]["kind"] == "birth").join(tables["persons"], on="person")
    for order, ratio in enumerate(wanted, 1):
        of_order = births.filter(births["birth_order"].clip(1, 3) == order)
        boys, share = (of_order["sex"] == "male").sum(), ratio / (100 + ratio)
        error = (share * (1 - share) * of_order.height) ** 0.5
        assert abs(boys - share * of_order.height) < 3 * error


def test_second_births_become_more_once_they_are_allowed(lived: tuple[str, Tables]) -> None:
    _, tables = lived
    births = tables["events"].filter(tables["events"]["kind"] == "birth")
    year = births["day"].dt.year()
    early, late = births.filter(year <= 2013), births.filter(year >= 2017)
    before, after = ((part["birth_order"] == 2).mean() for part in (early, late))
    assert 0.15 < before < 0.40
    assert before + 0.05 < after < 0.55
