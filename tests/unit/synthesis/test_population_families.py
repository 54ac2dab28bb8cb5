"""What must hold of mothers, children and couples of every county, whatever the rates."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from orchestration.synthesis.months import first_day, last_day
from tests.unit.synthesis.small_counties import lived

START, MONTHS, MERGER = 24168, 30, date(2015, 3, 1)
Tables = dict[str, pl.DataFrame]


@pytest.fixture(scope="module", params=["331099", "410899"])
def county(request: pytest.FixtureRequest) -> Tables:
    return lived(request.param, 7, 6000, MONTHS, merger=MERGER)


def births(county: Tables) -> pl.DataFrame:
    mothers = county["persons"].select(partner="person", mother_born="born", mother_sex="sex")
    told = county["events"].filter(pl.col("kind") == "birth")
    children = county["persons"].select("person", "mother", "father", child_born="born")
    return told.join(mothers, on="partner").join(children, on="person")


def test_mothers_are_women_of_fifteen_to_forty_nine_who_live_there(county: Tables) -> None:
    told = births(county)
    assert told.filter(pl.col("mother") != pl.col("partner")).is_empty()
    assert told.filter(pl.col("child_born") != pl.col("day")).is_empty()
    assert told["mother_sex"].unique().to_list() == ["female"]
    years = told.select((pl.col("day") - pl.col("mother_born")).dt.total_days() / 365.25).to_series()
    assert years.min() >= 15
    assert years.max() < 50
    homes = county["residences"].rename({"person": "partner", "village": "home"})
    there = told.join(homes, on="partner").filter(
        pl.col("home") == pl.col("village"), pl.col("from_day") <= pl.col("day"), pl.col("day") < pl.col("to_day")
    )
    assert there["event"].n_unique() == told.height


def test_mothers_of_the_first_people_were_women_of_bearing_age(county: Tables) -> None:
    people = county["persons"]
    both = people.filter(pl.col("mother") >= 0).join(
        people.select(mother="person", mother_born="born", mother_sex="sex"), on="mother"
    )
    years = both.select((pl.col("born") - pl.col("mother_born")).dt.total_days() / 365.25).to_series()
    assert both.height > 2000
    assert 15 <= years.min() < years.max() < 50
    assert both["mother_sex"].unique().to_list() == ["female"]
    fathers = people.filter(pl.col("father") >= 0).join(people.select(father="person", his="sex"), on="father")
    assert fathers["his"].unique().to_list() == ["male"]


def test_siblings_lie_nine_months_apart_unless_twins(county: Tables) -> None:
    children = county["persons"].filter(pl.col("mother") >= 0).sort("mother", "born", "person")
    gaps = children.select((pl.col("born") - pl.col("born").shift(1)).dt.total_days().over("mother")).to_series()
    assert gaps.filter((gaps > 0) & (gaps < 273)).is_empty()
    assert (gaps == 0).sum() < 0.05 * births(county).height


def test_birth_orders_count_on(county: Tables) -> None:
    """A mother's births follow each other without a gap, after the children she had before."""
    told = births(county).sort("partner", "event")
    steps = told.select((pl.col("birth_order") - pl.col("birth_order").shift(1)).over("partner")).to_series()
    assert set(steps.drop_nulls().unique()) <= {1}
    begun = county["persons"].filter(pl.col("born") < first_day(START), pl.col("mother") >= 0)
    had = begun.group_by("mother").len().rename({"mother": "partner", "len": "had"})
    native = told.join(county["residences"].filter(pl.col("entry") == "initial"), left_on="partner", right_on="person")
    first = native.unique("partner", keep="first", maintain_order=True).join(had, on="partner", how="left")
    wrong = first.filter(pl.col("birth_order") != pl.col("had").fill_null(0) + 1)
    assert wrong.is_empty()


def test_couples_are_free_alive_and_live_together(county: Tables) -> None:
    unions, people = county["unions"], county["persons"]
    for side in ("wife", "husband"):
        spans = unions.sort(side, "from_day").with_columns(pl.col("from_day").shift(-1).over(side).alias("next"))
        assert spans.filter(pl.col("next") < pl.col("to_day")).is_empty()
        living = spans.join(people.select(pl.col("person").alias(side), "died", "born", "sex"), on=side)
        assert living.filter(pl.col("to_day") > pl.col("died")).is_empty()
        assert living["sex"].unique().to_list() == ["female" if side == "wife" else "male"]
    told = (
        county["events"].filter(pl.col("kind") == "marriage").select(wife="person", husband="partner", from_day="day")
    )
    new = unions.filter(pl.col("from_day") >= first_day(START))
    both = new.join(told, on=["wife", "husband", "from_day"])
    assert both.height == told.height > 30
    for kind, column in (("divorce", "divorce"), ("death", "death")):
        ended = unions.filter(pl.col("end") == column)
        day = county["events"].filter(pl.col("kind") == kind)["day"]
        assert ended.height > 0
        assert set(ended["to_day"]) <= set(day)
    homes = county["residences"].select("person", "household", "from_day", "to_day")
    wed = told.rename({"from_day": "day"})
    for side in ("wife", "husband"):
        wed = (
            wed.join(homes.rename({"person": side, "household": f"home_{side}"}), on=side)
            .filter(pl.col("from_day") <= pl.col("day"), pl.col("to_day") > pl.col("day"))
            .drop("from_day", "to_day")
        )
    assert wed.height == told.height
    assert wed.filter(pl.col("home_wife") != pl.col("home_husband")).is_empty()


def spouses(county: Tables) -> pl.DataFrame:
    """Every union with birthdays and parents of both, and their ages on the day."""
    people = county["persons"].select("person", "born", "mother", "father")
    both = county["unions"].join(people.rename(lambda name: f"w_{name}"), left_on="wife", right_on="w_person")
    both = both.join(people.rename(lambda name: f"h_{name}"), left_on="husband", right_on="h_person")
    return both.with_columns(
        ((pl.col("from_day") - pl.col(f"{side}_born")).dt.total_days() / 365.25).alias(f"{side}_age") for side in "wh"
    )


def kin(both: pl.DataFrame) -> pl.DataFrame:
    """Couples who are brother and sister, or parent and child."""
    near = pl.lit(value=False)
    for parent in ("mother", "father"):
        near |= (pl.col(f"w_{parent}") >= 0) & (pl.col(f"w_{parent}") == pl.col(f"h_{parent}"))
        near |= (pl.col(f"w_{parent}") == pl.col("husband")) | (pl.col(f"h_{parent}") == pl.col("wife"))
    return both.filter(near)


def test_spouses_are_of_age_and_no_kin(county: Tables) -> None:
    """Of all unions, those of the first people and of families that come as well."""
    both = spouses(county)
    assert both.filter(pl.col("from_day") < first_day(START)).height > 1000
    assert both["w_age"].min() >= 20
    assert both["h_age"].min() >= 22
    assert kin(both).is_empty()


@pytest.mark.parametrize("seed", range(2, 8))
def test_no_first_couple_is_kin_or_too_young_in_any_county(seed: int) -> None:
    both = spouses(lived("331099", 7, 4000, 1, seed=seed))
    assert both["w_age"].min() >= 20
    assert both["h_age"].min() >= 22
    assert both.filter(pl.col("from_day") >= first_day(START)).height < 0.02 * both.height
    assert kin(both).is_empty()


def test_first_weddings_do_not_heap_on_the_day_of_age(county: Tables) -> None:
    first = spouses(county).filter(pl.col("from_day") < first_day(START), pl.col("wife_order") == "first")
    assert 22.5 < first["w_age"].mean() < 25.5
    assert (first["w_age"] < 20 + 8 / 365.25).mean() < 0.02
    assert (first["h_age"] < 22 + 8 / 365.25).mean() < 0.02


def test_who_was_married_before_wed_late_enough_for_it(county: Tables) -> None:
    first = spouses(county).filter(pl.col("from_day") < first_day(START))
    for side, order, youngest, mean in (("w", "wife_order", 23, 28), ("h", "husband_order", 25, 30)):
        again = first.filter(pl.col(order) == "again")[f"{side}_age"]
        assert 0.01 < len(again) / first.height < 0.06
        assert again.min() > youngest
        assert again.mean() > mean
    children = county["persons"].join(
        first.select(mother="wife", wed="from_day", husband="husband", again=pl.col("wife_order") == "again"),
        on="mother",
    )
    before = children.filter(pl.col("born") < pl.col("wed"))
    assert before.height > 20
    # Whom a woman bore before she wed this husband is not his.
    assert before.filter(pl.col("again"))["father"].unique().to_list() == [-1]
    assert children.filter(pl.col("born") > pl.col("wed"), pl.col("father") != pl.col("husband")).is_empty()


def test_no_child_is_left_to_itself_but_by_death(county: Tables) -> None:
    day = last_day(START + MONTHS - 1)
    spans = county["residences"]
    here = spans.filter(pl.col("from_day") <= day, pl.col("to_day") > day).join(county["persons"], on="person")
    grown = (pl.lit(day) - pl.col("born")).dt.total_days() >= 18 * 365.25
    without = here.group_by("household").agg(grown.sum().alias("adults")).filter(pl.col("adults") == 0)
    dead = spans.filter(pl.col("exit") == "death").select("household").unique()
    assert without.join(dead, on="household", how="anti").is_empty()
    assert without.height < 0.002 * here["household"].n_unique()
