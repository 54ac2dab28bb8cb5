"""Services of synthetic counties without defects, held against the truth and against the rows of the lake."""

from __future__ import annotations

import polars as pl

from tests.reference.county_service_indicators import SERVICE_CODES, service_indicators
from tests.reference.county_services import KEYS as SERVICE_KEYS
from tests.reference.county_services import coverage
from tests.reference.lake_services import logs_in
from tests.reference.made_county import KEYS, Made, same


def test_service_coverage_is_the_truth(made: Made) -> None:
    found = made.mart("mart_service_coverage")
    same(coverage(made.county), found, SERVICE_KEYS)
    logged = found.filter(pl.col("due") > 0)
    assert logged["done_in_window"].sum() < logged["done"].sum() < logged["due"].sum()


def test_distinct_persons_do_not_add_up(made: Made) -> None:
    county = made.mart("mart_service_coverage").filter(
        pl.col("division_level") == "county",
        pl.col("service") == "antenatal_check",
        pl.col("measure_unit") == "persons",
    )
    year = county.filter(pl.col("period_type") == "year").row(0, named=True)
    months = county.filter(
        pl.col("period_type") == "month", pl.col("period_start").is_between(year["period_start"], year["period_end"])
    )
    assert months["served"].sum() > year["served"] > months["served"].max()


def test_indicators_of_services_are_the_truth(made: Made) -> None:
    mart = made.mart("mart_indicators").filter(pl.col("indicator_code").is_in(SERVICE_CODES))
    same(service_indicators(made.county), mart, [*KEYS, "indicator_code", "pop_concept"], digits=1e-9)
    shown = mart.filter(pl.col("value").is_not_null())
    assert {"followup_rate", "contraceptive_stock_error", "served_persons"} <= set(shown["indicator_code"])
    assert shown.filter(pl.col("unit") == "percent", pl.col("ci_high").is_not_null(), pl.col("value") > 100).is_empty()


def test_the_lake_says_the_same_of_the_logs(made: Made) -> None:
    mart = made.mart("mart_service_coverage").filter(pl.col("unidentified").is_not_null())
    spans = mart.select("period_type", "period_start", "period_end").unique()
    keys = [*KEYS, "service"]
    people = mart.filter(pl.col("measure_unit") == "persons").select(*keys, persons="served")
    visits = mart.filter(pl.col("measure_unit") == "contacts").select(*keys, "due", "done_in_window", contacts="served")
    known = people.join(visits, on=keys, validate="1:1").filter((pl.col("contacts") > 0) | (pl.col("due") > 0))
    same(logs_in(made.home, spans), known, keys)
