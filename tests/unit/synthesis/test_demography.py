"""Rates, curves and draws that the people of a county live by."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.errors import CouldNotRun
from orchestration.synthesis import population
from orchestration.synthesis.counties.county import load_county
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.population import naming
from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import apportion, people_by_age
from orchestration.synthesis.population.deaths import deaths
from orchestration.synthesis.population.families import Line
from orchestration.synthesis.population.figures import EDGES, Census, Figures
from orchestration.synthesis.population.homes import villages_of
from orchestration.synthesis.population.naming import Naming
from orchestration.synthesis.population.nuptiality import LEGAL_AGE, Nuptiality
from orchestration.synthesis.population.pools import Pools, ages, happens, hits, monthly
from orchestration.synthesis.population.rates import Vital, between, graduate
from orchestration.synthesis.population.simulation import County
from orchestration.synthesis.population.stays import Floating
from tests.unit.synthesis.small_counties import lived, places

COUNTIES = ("331099", "530899", "410899")


def figures(county: str = "331099") -> Figures:
    return Figures.read(load_county(county).figures)


@given(st.lists(st.floats(0, 1e5), min_size=5, max_size=12))
def test_graduation_keeps_groups_and_makes_nobody_negative(counts: list[float]) -> None:
    edges = np.arange(0, 5 * len(counts) + 1, 5)
    single = graduate(np.array(counts), edges)
    assert np.allclose(single.reshape(-1, 5).sum(axis=1), counts, atol=1e-6)
    assert single.min() >= -1e-6


def test_graduation_of_a_straight_line_is_the_line() -> None:
    """Groups that lie on a straight line: inside, single ages lie on it as well."""
    density = np.arange(40) * 2.0 + 1
    single = graduate(density.reshape(-1, 5).sum(axis=1), np.arange(0, 41, 5))
    assert np.allclose(single[15:-15], density[15:-15], rtol=0.02)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.integers(0, 1000))
def test_apportioned_numbers_sum_up_and_are_the_nearest(weights: list[float], total: int) -> None:
    whole = apportion(np.array(weights), total)
    exact = np.array(weights) / sum(weights) * total
    assert whole.sum() == total
    assert np.abs(whole - exact).max(initial=0) < 1


def test_rates_between_years_lie_on_a_line_and_hold_beyond() -> None:
    table = {2008: np.array([1.0]), 2013: np.array([3.0])}
    assert [float(between(table, year)[0]) for year in (1990, 2008, 2010.5, 2013, 2050)] == [1, 1, 2, 3, 3]


def test_fertility_sums_up_to_the_nations_total_of_the_year() -> None:
    for year, total in ((2010, 1.687), (2017, 1.795), (2023, 0.999)):
        births = Vital(1.0, 1.0).births(year)
        assert births.sum() == pytest.approx(total)
        assert births[:15].sum() == births[50:].sum() == 0
        assert 23 <= births.argmax() <= 29


def test_mortality_falls_over_the_years_and_rises_with_age() -> None:
    early, late = Vital(1.0, 1.0).deaths(2008), Vital(1.0, 1.0).deaths(2018)
    assert (late[:, 1:85] < early[:, 1:85]).all()
    assert (np.diff(early[:, 40:100]) > 0).all()
    assert (early[1, 15:100] < early[0, 15:100]).all()
    # Expectation of life at birth of WPP 2024 for 2010: men 73.2, women 78.3.
    survivors = np.exp(-np.cumsum(np.c_[np.zeros(2), Vital(1.0, 1.0).deaths(2010)], axis=1))
    expectation = (survivors[:, 1:] + survivors[:, :-1]).sum(axis=1) / 2
    assert expectation == pytest.approx([73.2, 78.3], abs=0.8)


@pytest.mark.parametrize("county", COUNTIES)
def test_marriage_curves_give_the_marital_totals_of_the_row(county: str) -> None:
    census = figures(county).census
    curves = Nuptiality.fitted(census)
    for sex in (0, 1):
        adults = graduate(census.ages[sex], EDGES)
        adults[:15] = 0
        adults /= adults.sum()
        never = curves.never[sex, :101]
        assert adults @ never == pytest.approx(census.marital[sex, 0], abs=0.002)
        assert adults @ ((1 - never) * curves.widowed[sex, :101]) == pytest.approx(census.marital[sex, 2], abs=0.002)
        assert adults @ ((1 - never) * curves.divorced[sex, :101]) == pytest.approx(census.marital[sex, 3], abs=0.002)
        assert (never[: LEGAL_AGE[sex]] == 1).all()
        assert (np.diff(curves.never[sex]) <= 0).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2000), st.floats(0.001, 1.0), st.integers(0, 10_000))
def test_places_hit_rise_and_lie_inside(number: int, chance: float, seed: int) -> None:
    places_ = hits(np.random.default_rng(seed), number, chance)
    assert (np.diff(places_) > 0).all()
    assert places_.size == 0 or (places_[0] >= 0 and places_[-1] < number)
    if chance == 1.0:
        assert places_.size == number


def test_thinning_is_the_law_it_stands_for() -> None:
    """To each person it happens with his own chance, however the candidates are drawn."""
    rng, pool = np.random.default_rng(3), np.arange(50_000)
    chance = np.where(pool < 25_000, 0.002, 0.03)
    found = np.zeros(2)
    for _ in range(40):
        drawn, below = happens(rng, pool, 0.05)
        who = drawn[below < chance[drawn]]
        found += [(who < 25_000).sum(), (who >= 25_000).sum()]
    expected = np.array([0.002, 0.03]) * 25_000 * 40
    assert (np.abs(found - expected) < 4 * np.sqrt(expected)).all()


def test_as_many_die_as_the_rates_say() -> None:
    options = Options("410899", 20, 60_000, 12, 9, month_number(2010, 11))
    villages, lineage = places(20, 60_000)
    county = County(villages, lineage, figures("410899"), options)
    world = county.world
    world.month, world.first_day, world.days = options.start, 14_914, 30
    rates = Vital(1.0, 1.0).deaths(2010) * 5
    here = np.arange(len(world.people))
    chance = monthly(rates[world.people["sex"][here], ages(world, here)])
    old = ages(world, here) > 0
    deaths(world, Pools.of(world), np.random.default_rng(1), rates, 1.0)
    dead = world.people["died"] < w.NEVER
    assert abs(dead[old].sum() - chance[old].sum()) < 3 * np.sqrt(chance[old].sum())


def test_children_are_found_by_parent_those_who_came_since_too() -> None:
    people = w.Columns(w.PEOPLE, w.BLANK)
    people.add(6, mother=np.array([-1, -1, 0, 1, 0, -1]))
    line = Line.of(people, "mother")
    people.add(3, mother=np.array([1, 5, -1]))
    child, place = line.children(people, np.array([5, 0, 1]))
    assert sorted(zip(place.tolist(), child.tolist(), strict=True)) == [(0, 7), (1, 2), (1, 4), (2, 3), (2, 6)]
    assert [len(part) for part in line.children(people, np.empty(0, np.int64))] == [0, 0]


@given(st.lists(st.integers(1, 12), min_size=30, max_size=60), st.integers(2, 6))
def test_clans_stay_together_and_villages_get_about_what_they_want(sizes: list[int], villages: int) -> None:
    clan = np.repeat(np.arange(len(sizes)), sizes)
    wanted = np.full(villages, len(clan) // villages)
    wanted[0] += len(clan) - wanted.sum()
    village = villages_of(np.random.default_rng(1), clan, wanted)
    assert all(len(set(village[clan == label])) == 1 for label in range(len(sizes)))
    assert (np.abs(np.bincount(village, minlength=villages) - wanted) <= max(sizes)).all()


def test_first_ages_are_in_proportion_to_the_census() -> None:
    census = figures().census
    single = people_by_age(census.ages, 100_000)
    groups = np.add.reduceat(single, EDGES[:-1], axis=1)
    assert single.sum() == 100_000
    assert np.abs(groups / 100_000 - census.ages / census.ages.sum()).max() < 0.0002


def people_of(born: list[str], sexes: list[int], prefix: int = 0) -> w.Columns:
    people = w.Columns(w.PEOPLE, w.BLANK)
    days = np.array(born, "datetime64[D]").astype(np.int64)
    surname, given_ = naming.draw_names(np.random.default_rng(1), np.array(sexes))
    people.add(len(born), born=days, sex=np.array(sexes), prefix=prefix, surname=surname, given=given_)
    return people


def check_character(first_17: str) -> str:
    """GB 11643-1999 by its own words: S = sum of (digit x 2^(18 - place) mod 11), character = (12 - S) mod 11."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(first_17))
    return "0123456789X"[(12 - total) % 11]


def test_the_yardstick_of_check_characters_is_right() -> None:
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.dates(date(1905, 1, 1), date(2025, 12, 31)), st.integers(0, 1)), min_size=1, max_size=30),
    st.integers(0, 2),
)
def test_identity_numbers_are_valid_and_tell_birthday_and_sex(people: list[tuple[date, int]], prefix: int) -> None:
    columns = people_of([day.isoformat() for day, _ in people], [sex for _, sex in people], prefix)
    prefixes = ("331099", "332699", "330399")
    numbers = Naming(prefixes).numbers(columns).to_list()
    assert len(set(numbers)) == len(numbers)
    for number, (day, sex) in zip(numbers, people, strict=True):
        assert len(number) == 18
        assert number[:14] == prefixes[prefix] + day.strftime("%Y%m%d")
        assert int(number[14:17]) % 2 == (1 if sex == w.MALE else 0)
        assert int(number[14:17]) > 0
        assert number[17] == check_character(number[:17])


def test_later_people_change_no_number_and_a_full_birthday_is_told() -> None:
    born, sexes = ["1990-05-01"] * 499, [0] * 499
    numbers = Naming(("331099",)).numbers(people_of(born, sexes)).to_list()
    assert len(set(numbers)) == 499
    more = Naming(("331099",)).numbers(people_of([*born[:100], "1990-05-01"], [*sexes[:100], 1])).to_list()
    assert more[:100] == numbers[:100]
    with pytest.raises(CouldNotRun, match="birthday"):
        Naming(("331099",)).numbers(people_of([*born, "1990-05-01"], [*sexes, 0]))


def test_who_has_which_number_from_when() -> None:
    county = lived("331099", 5, 5000, 12)
    people = county["persons"].with_columns(pl.col("id_no").str.slice(0, 6).alias("prefix"))
    figures_ = load_county("331099").figures["identity"]
    assert people["id_no"].is_unique().all()
    old = people.filter(pl.col("prefix") == figures_["old"])
    assert old["born"].max() < figures_["old_until"]
    before = people.filter(pl.col("born") < figures_["old_until"])
    assert 0.2 < old.height / before.height < 0.35
    assert (people["prefix"] == figures_["own"]).mean() > 0.5
    assert set(people["prefix"]) <= {figures_["own"], figures_["old"], *figures_["outside"]}
    days = people.select((pl.col("id_day") - pl.col("born")).dt.total_days()).to_series()
    assert days.min() >= 21
    assert days.max() <= 190
    assert 30 < days.median() < 70
    newborn = county["events"].filter(pl.col("kind") == "birth").join(people, on="person")
    assert newborn["prefix"].unique().to_list() == [figures_["own"]]


def test_children_bear_the_fathers_surname() -> None:
    people = lived("530899", 5, 3000, 12)["persons"]
    both = people.filter(pl.col("father") >= 0).join(people.select(father="person", his="name"), on="father")
    double = ["欧阳"]
    first = pl.when(pl.col("his").str.slice(0, 2).is_in(double)).then(2).otherwise(1)
    same = both.select(pl.col("name").str.slice(0, first) == pl.col("his").str.slice(0, first)).to_series()
    assert both.height > 500
    assert same.all()
    assert people["name"].str.len_chars().min() >= 2
    assert people["name"].str.len_chars().max() <= 4


def test_twins_are_two_births_of_consecutive_order() -> None:
    block = load_county("410899").figures
    many = {**block, "vital": {**block["vital"], "twins": 0.5}}
    villages, lineage = places(5, 4000)
    options = Options("410899", 5, 4000, 12, 1, month_number(2014, 1))
    tables = population.simulate(villages, lineage, many, options, options.start + 11)
    births = tables["events"].filter(pl.col("kind") == "birth")
    pairs = births.group_by("partner", "day", maintain_order=True).agg("birth_order", "event", pl.len())
    twins = pairs.filter(pl.col("len") == 2)
    assert 0.3 < twins.height / pairs.height < 0.7
    for order, event in twins.select("birth_order", "event").iter_rows():
        assert order[1] == order[0] + 1
        assert event[1] == event[0] + 1


def test_people_come_home_for_the_spring_festival() -> None:
    """In 2014 the festival is on 31 January, in 2015 on 19 February."""
    floats = lived("410899", 6, 6000, 18)["floats"].filter(pl.col("flow") == "out")

    def away(day: date) -> int:
        return floats.filter(pl.col("from_day") <= day, pl.col("to_day") > day).height

    assert away(date(2015, 2, 18)) < 0.8 * away(date(2014, 11, 30))
    assert away(date(2015, 5, 31)) > 1.2 * away(date(2015, 2, 18))


def test_a_stay_ends_after_it_began() -> None:
    floating = Floating(figures())
    rng = np.random.default_rng(2)
    days = rng.integers(14_610, 18_262, 5000).astype(np.int32)
    assert (floating.ends(rng, days) > days).all()
    assert sum(floating.season(month_number(2014, month)) for month in range(1, 13)) == pytest.approx(12, abs=0.05)


def test_a_missing_figure_is_named() -> None:
    block = dict(load_county("331099").figures)
    del block["vital"]
    with pytest.raises(KeyError, match="vital"):
        Figures.read(block)
    assert Census.read(load_county("331099").figures["census_2010"]).household_size == pytest.approx(2.692, abs=0.001)
