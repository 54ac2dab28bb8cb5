"""Family M: exactly what the log says is broken, and nothing under real names."""

from __future__ import annotations

import polars as pl
import pytest

from orchestration.synthesis import money, planted
from orchestration.synthesis.months import first_day, period
from tests.unit.synthesis.fee_checks import findings
from tests.unit.synthesis.fee_world import COUNTY, options, world

ALL = [f"AC-{number:02d}" for number in range(1, 41)] + [f"BC-{number:02d}" for number in range(1, 10)]
MONEY = ("fee_cases", "fee_receipts", "treasury")
ENDING = {"AC-07", "AC-08", "AC-09", "AC-10"}


def _run(wanted):
    last = wanted.start + wanted.months - 1
    return last, money.simulate(world(wanted), COUNTY, wanted, last)


def _expected(log):
    found = set()
    for row in log.filter(pl.col("period").is_not_null()).to_dicts():
        for check in (row["check"], *(row["implies"] or "").split()):
            found.add((check, row["unit_code"].removesuffix("-fp"), row["period"], row["object"]))
    return found


def test_every_check_is_planted_or_says_why_not():
    assert list(planted.registry()) == ALL
    for check, entry in planted.registry().items():
        if "why_not" in entry:
            assert len(entry["why_not"]) > 20, check
        else:
            assert entry["forms"], check
            assert {"what", "table", "field"} <= set(entry), check
            assert set(entry.get("implies", ())) <= set(ALL), check
    assert len(planted.negatives()) >= 10


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("start", "months"), [("2014-01", 26), ("2016-06", 14), ("2021-01", 12)])
def test_exactly_the_planted_cases_break_their_checks(start, months, seed):
    wanted = options(months, start=start, defects=0.5, seed=seed)
    last, tables = _run(wanted)
    log = planted.log(tables, wanted)
    assert findings(tables, wanted.start, last) == _expected(log)


def test_a_long_run_plants_every_check_of_the_fee():
    wanted = options(26, defects=1.0)
    _, tables = _run(wanted)
    log = planted.log(tables, wanted)
    told = log.filter(pl.col("period").is_not_null())
    wanted_checks = {
        check
        for check, entry in planted.registry().items()
        if "why_not" not in entry and entry["table"] in MONEY and check not in ENDING
    }
    assert set(told["check"]) == wanted_checks
    assert told["unit_code"].str.ends_with("-fp").all()
    assert told["unit_code"].n_unique() == 3
    assert told.filter((pl.col("clean") != "") & (pl.col("clean") == pl.col("dirty"))).is_empty()
    assert told.filter(pl.col("clean") != "").height > 15
    silent = log.filter(pl.col("period").is_null())
    assert silent["reason"].null_count() == 0


def test_the_end_of_the_fee_is_planted_when_the_run_reaches_it():
    wanted = options(12, start="2021-01", defects=1.0)
    _, tables = _run(wanted)
    told = planted.log(tables, wanted).filter(pl.col("period").is_not_null())
    assert set(told["check"]) >= ENDING
    assert told.filter(pl.col("check").is_in(sorted(ENDING)))["period"].min() == "2021-08"
    short = options(7, start="2021-01", defects=1.0)
    log = planted.log(_run(short)[1], short)
    assert log.filter(pl.col("check").is_in(sorted(ENDING)))["period"].null_count() == len(ENDING)


def test_violations_fall_into_the_run():
    wanted = options(9, start="2015-04", defects=1.0)
    last, tables = _run(wanted)
    told = planted.log(tables, wanted).filter(pl.col("period").is_not_null())
    assert told.filter(~pl.col("period").is_between(pl.lit(period(wanted.start)), pl.lit(period(last)))).is_empty()
    assert tables["fee_receipts"]["day"].min() >= first_day(wanted.start)


@pytest.mark.parametrize("more", [{"defects": 0.0}, {"defects": 1.0, "real_names": True}])
def test_nothing_is_planted_without_a_dose_or_under_real_names(more):
    wanted = options(12, **more)
    last, tables = _run(wanted)
    for name in MONEY:
        assert tables[name]["planted"].null_count() == tables[name].height
    assert findings(tables, wanted.start, last) == set()
    assert planted.log(tables, wanted)["period"].null_count() == len(ALL)


def test_lawful_cases_stay_when_violations_are_planted():
    clean = _run(options(12))[1]["fee_cases"]
    dirty = _run(options(12, defects=1.0))[1]["fee_cases"]
    left = dirty.filter(pl.col("planted").is_null()).drop("case", "case_no", "decision_no")
    assert left.sort("child").equals(clean.drop("case", "case_no", "decision_no").sort("child"))
