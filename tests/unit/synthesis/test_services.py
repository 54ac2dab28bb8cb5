"""Services: counted in their own measure, bounded by what happened in their month, the same in any run."""

from __future__ import annotations

import polars as pl
import pytest

from orchestration.synthesis import services
from orchestration.synthesis.months import last_day
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.fee_world import COUNTY, options, world

MEASURES = {
    "premarital_check": "couples",
    "down_screening": "persons",
    "folic_acid": "persons",
    "preconception_check": "couples",
}


@pytest.fixture(scope="module")
def run():
    wanted = options(12)
    truth = world(wanted, births=90)
    return wanted, truth, services.simulate(truth, COUNTY, wanted, wanted.start + 11)["services"]


def test_every_office_states_every_service_and_its_target_every_month(run):
    _, _, table = run
    assert dict(table.schema) == SCHEMAS["services"]
    months = table.group_by("township_code", pl.col("day").dt.month()).agg(pl.col("service_code").n_unique())
    assert months.height == 3 * 12
    assert (months["service_code"] == len(MEASURES)).all()
    targets = table.group_by("township_code", "service_code").agg(pl.col("annual_target").n_unique())
    assert (targets["annual_target"] == 1).all()
    assert table["annual_target"].min() > 0


def test_each_service_is_counted_in_its_own_measure(run):
    _, _, table = run
    for service, measure in MEASURES.items():
        rows = table.filter(pl.col("service_code") == service)
        assert rows[measure].null_count() == 0
        other = "persons" if measure == "couples" else "couples"
        assert rows[other].null_count() == rows.height
        assert (rows["contacts"].null_count() == 0) == (service == "folic_acid")
    folic = table.filter(pl.col("service_code") == "folic_acid")
    assert (folic["contacts"] >= folic["persons"]).all()
    assert folic["contacts"].sum() > folic["persons"].sum()


def test_nobody_is_served_who_was_not_there(run):
    _, truth, table = run
    events = truth["events"].join(truth["villages"].select("village", "township_code"), on="village")
    for service, kind in {"premarital_check": "marriage", "preconception_check": "birth"}.items():
        served = table.filter(pl.col("service_code") == service).group_by(
            "township_code", month=pl.col("day").dt.month()
        ).agg(pl.col("couples").sum())  # fmt: skip
        happened = events.filter(pl.col("kind") == kind).group_by("township_code", month=pl.col("day").dt.month()).len()
        joined = served.join(happened, on=["township_code", "month"], how="left").fill_null(0)
        assert (joined["couples"] <= joined["len"]).all()
        assert joined["couples"].sum() > 0.4 * joined["len"].sum()


def test_a_longer_run_only_adds(run):
    wanted, truth, table = run
    short = services.simulate(truth, COUNTY, wanted, wanted.start + 4)["services"]
    assert short.equals(table.filter(pl.col("day") <= last_day(wanted.start + 4)))
