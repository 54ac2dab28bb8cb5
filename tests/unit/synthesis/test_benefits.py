"""Benefits: paid to whom it is due, in time and in full; planted rows break their own check and no other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from orchestration.synthesis import benefits, governance, planted
from orchestration.synthesis.months import first_day, last_day, number_of, period
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.fee_world import COUNTY, options, world

CHECKS = [f"BC-{number:02d}" for number in range(1, 9)]
_AT_PAYMENT = ("to_month", "end_reason", "due_fen", "paid_fen", "paid_day", "planted")


def _run(wanted, last=None):
    last = wanted.start + wanted.months - 1 if last is None else last
    truth = world(wanted, last)
    return truth | benefits.simulate(truth, COUNTY, wanted, last)


def _broken(tables):
    """(check, township, period) of every row that breaks a benefit check."""
    died = dict(tables["persons"].select("person", "died").iter_rows())
    born = dict(tables["persons"].select("person", "born").iter_rows())
    seen, found = {}, []
    for row in tables["benefits"].filter(pl.col("paid_day").is_not_null()).sort("benefit").to_dicts():
        broken = []
        if died[row["person"]] and row["to_month"] > number_of(died[row["person"]]):
            broken.append("BC-01")
        if seen.setdefault((row["person"], row["programme"], row["year"]), row["benefit"]) != row["benefit"]:
            broken.append("BC-02")
        months = row["to_month"] - row["from_month"] + 1
        assert months >= 1
        if row["paid_fen"] < months * row["standard_fen"]:
            broken.append("BC-03")
        if row["paid_day"] > row["due_day"]:
            broken.append("BC-04")
        if not row["holder_is_beneficiary"]:
            broken.append("BC-05")
        if row["confirmed_day"] < row["posted_to"]:
            broken.append("BC-06")
        first = first_day(row["from_month"])
        if row["programme"] in ("jf", "yl") and date(first.year - 60, first.month, first.day) <= born[row["person"]]:
            broken.append("BC-07")
        found += [(check, row["township_code"], period(number_of(row["paid_day"]))) for check in broken]
    for row in tables["appropriations"].to_dicts():
        if row["received_fen"] - row["paid_fen"] - row["returned_fen"] != row["balance_fen"]:
            found.append(("BC-08", row["township_code"], f"{row['year']}-12"))
    return sorted(found)


def test_lawful_benefits_break_no_check():
    tables = _run(options(18))
    assert dict(tables["benefits"].schema) == SCHEMAS["benefits"]
    assert dict(tables["appropriations"].schema) == SCHEMAS["appropriations"]
    assert _broken(tables) == []
    paid = tables["benefits"].filter(pl.col("paid_day").is_not_null())
    assert set(paid["programme"]) >= {"jf", "dz", "bx"}
    assert (paid["paid_fen"] == paid["due_fen"]).all()
    assert paid.filter(pl.col("end_reason") == "death").height > 0
    order = ("applied_day", "posted_from", "posted_to", "confirmed_day", "paid_day", "due_day")
    for earlier, later in pairwise(order):
        assert (paid[earlier] <= paid[later]).all(), later


def test_appropriations_are_what_was_paid_and_what_is_left():
    tables = _run(options(18))
    paid = tables["benefits"].group_by("township_code", "programme", "year").agg(pl.col("paid_fen").sum())
    given = tables["appropriations"]
    both = given.join(paid, on=["township_code", "programme", "year"], suffix="_to_persons")
    assert both.height == given.height > 5
    assert (both["paid_fen"] == both["paid_fen_to_persons"]).all()
    assert given["balance_fen"].min() >= 0


@pytest.mark.parametrize("seed", [5, 6])
def test_exactly_the_planted_rows_break_their_checks(seed):
    wanted = options(14, defects=1.0, seed=seed)
    tables = _run(wanted)
    log = planted.log(tables, wanted).filter(pl.col("check").is_in(CHECKS) & pl.col("period").is_not_null())
    told = [
        (check, unit.removesuffix("-fp"), when)
        for check, unit, when in log.select("check", "unit_code", "period").iter_rows()
    ]
    assert _broken(tables) == sorted(told)
    assert set(log["check"]) == set(CHECKS)


@pytest.mark.parametrize("defects", [0.0, 1.0])
def test_a_longer_run_only_adds(defects):
    wanted = options(14, start="2014-02", defects=defects)
    for months in (3, 6, 9):
        end = wanted.start + months
        short, long = _run(wanted, end)["benefits"], _run(wanted)["benefits"]
        until = last_day(end)
        ahead = long.filter(pl.col("applied_day") <= until)
        paid = pl.col("paid_day") <= until
        masked = ahead.with_columns(
            [pl.when(paid).then(pl.col(name)).alias(name) for name in _AT_PAYMENT]
            + [
                pl.when(pl.col(name) <= until).then(pl.col(name)).alias(name)
                for name in ("posted_from", "posted_to", "confirmed_day")
            ]
        )
        assert masked.equals(short)


def test_appropriations_of_a_shorter_run_come_first():
    wanted = options(14, defects=1.0)
    long = _run(wanted)["appropriations"]
    short = _run(wanted, wanted.start + 7)["appropriations"]
    assert short.height > 0
    assert long.head(short.height).equals(short)


def test_governance_is_lawful_but_for_what_is_planted():
    for defects in (0.0, 1.0):
        wanted = options(14, defects=defects)
        last = wanted.start + wanted.months - 1
        truth = world(wanted, last)
        tables = truth | governance.simulate(truth, COUNTY, wanted, last)
        expected = {"AC-25", "AC-37", "BC-09"} if defects else set()
        assert _of_governance(tables, last_day(last)) == expected
        told = planted.log(tables, wanted).filter(pl.col("period").is_not_null() & pl.col("table").is_in(
            ["targets", "disclosures", "funding"]))  # fmt: skip
        assert set(told["check"]) == expected


@pytest.mark.parametrize("real_names", [False, True])
def test_inspections_find_nothing_under_real_names(real_names):
    wanted = options(14, defects=1.0, real_names=real_names)
    table = governance.simulate(world(wanted), COUNTY, wanted, wanted.start + 13)["inspections"]
    assert table["held_day"].drop_nulls().len() > 10
    assert (table["findings"].sum() == 0) == real_names
    assert table["findings"].null_count() == table["held_day"].null_count()
    assert (table["mend_by_day"].null_count() == table.height) == real_names
    assert (table["mended_day"].null_count() == table.height) == real_names


def _of_governance(tables, end):
    found = set()
    if tables["targets"].filter(pl.col("unit") == "元").height:
        found.add("AC-25")
    if tables["disclosures"].filter(pl.col("published_day").is_null() & (pl.col("due_day") <= end)).height:
        found.add("AC-37")
    spent = tables["funding"].drop_nulls("spent_fen").group_by("year").agg(
        pl.col("spent_fen").sum(), pl.col("revenue_growth_hundredths").first()
    ).sort("year")  # fmt: skip
    rows = spent.rows()
    for (_, before, _), (_, after, growth) in pairwise(rows):
        if after * 10_000 < before * (10_000 + growth):
            found.add("BC-09")
    return found


def test_governance_of_a_longer_run_only_adds():
    wanted = options(14, start="2014-01")
    truth = world(wanted)
    short_end = wanted.start + 6
    short = governance.simulate(truth, COUNTY, wanted, short_end)
    long = governance.simulate(truth, COUNTY, wanted, wanted.start + 13)
    for name in ("targets", "disclosures"):
        assert long[name].head(short[name].height).equals(short[name]), name
    for name, known in {
        "inspections": ("round", "held_day", "findings"),
        "funding": ("year", "source", "budget_fen"),
    }.items():
        ahead = long[name].head(short[name].height)
        for column in known:
            assert ahead[column].equals(short[name][column]), column
