"""Logs of services and stock: what is due to a client follows a booking, a book goes on from its own closing."""

from __future__ import annotations

import polars as pl
import pytest

from orchestration.synthesis import service_log, supplies
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.fee_world import COUNTY, options, world


@pytest.fixture(scope="module")
def run():
    wanted = options(12)
    truth = world(wanted)
    last = wanted.start + 11
    made = service_log.simulate(truth, COUNTY, wanted, last) | supplies.simulate(truth, COUNTY, wanted, last)
    return wanted, truth, made


def test_every_client_books_once_and_first(run):
    _, _, made = run
    log = made["service_log"]
    assert dict(log.schema) == SCHEMAS["service_log"]
    booked = log.filter(pl.col("service_code") == "antenatal_booking")
    assert booked["client"].is_unique().all()
    assert set(booked["client"]) == set(log["client"])
    due = log.join(booked.select("client", booked="day"), on="client").filter(pl.col("due_day").is_not_null())
    assert (due["due_day"] > due["booked"]).all()
    assert due["day"].null_count() > 0
    assert due.filter(pl.col("day") > pl.col("due_day")).height > 0
    assert set(log["resident_type"]) == {"hukou", "floating"}


def test_a_book_opens_with_what_it_closed_with(run):
    _, _, made = run
    books = made["supplies"].sort("township_code", "item_code", "day")
    assert dict(books.schema) == SCHEMAS["supplies"]
    balance = pl.col("opening") + pl.col("received") - pl.col("issued") - pl.col("lost")
    assert books.filter(pl.col("closing") != balance).is_empty()
    before = pl.col("closing").shift().over("township_code", "item_code")
    assert books.filter(before != pl.col("opening")).is_empty()
    assert books["closing"].min() >= 0
    assert books.filter(pl.col("counted") != pl.col("closing")).height > 0
    assert made["technical_services"]["cases"].min() > 0


def test_a_longer_run_only_adds(run):
    wanted, truth, made = run
    last = wanted.start + 4
    short = service_log.simulate(truth, COUNTY, wanted, last) | supplies.simulate(truth, COUNTY, wanted, last)
    begun = pl.coalesce("due_day", "day")
    assert (
        short["service_log"]
        .sort(pl.all())
        .equals(
            made["service_log"]
            .filter(begun <= last_day(last), pl.col("client").str.slice(4, 7) <= "2014-05")
            .sort(pl.all())
        )
    )
    for name in ("supplies", "technical_services"):
        kept = made[name].filter(pl.col("day") < first_day(last + 1))
        assert short[name].sort(pl.all()).equals(kept.sort(pl.all()))
