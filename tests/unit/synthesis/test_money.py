"""The fee's money: identities to the fen, no check fails on lawful data, and time only ever adds."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import polars as pl
import pytest

from orchestration.synthesis import money
from orchestration.synthesis.months import last_day, number_of
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.fee_checks import ENDS, findings, lawful, open_after
from tests.unit.synthesis.fee_world import COUNTY, options, world

SPANS = {"2014": ("2014-01", 30, 24), "end": ("2020-09", 18, 90)}


@pytest.fixture(scope="module", params=SPANS, ids=list(SPANS))
def lawful_run(request):
    start, months, births = SPANS[request.param]
    wanted = options(months, start=start)
    last = wanted.start + months - 1
    return wanted, last, money.simulate(world(wanted, births=births), COUNTY, wanted, last)


def _cases(tables):
    receipts = tables["fee_receipts"].filter(pl.col("mark") != "void").sort("day", "receipt")
    by_case = receipts.partition_by("case", as_dict=True)
    for case in tables["fee_cases"].to_dicts():
        yield case, by_case[case["case"],].to_dicts() if (case["case"],) in by_case else []


def test_the_tables_have_their_columns(lawful_run):
    _, _, tables = lawful_run
    assert set(tables) == {"fee_cases", "fee_receipts", "treasury", "receipt_stock"}
    for name, frame in tables.items():
        assert dict(frame.schema) == SCHEMAS[name]
        assert frame.height > 0
    assert tables["fee_cases"]["planted"].null_count() == tables["fee_cases"].height


def test_lawful_cases_break_no_check(lawful_run):
    wanted, last, tables = lawful_run
    assert findings(tables, wanted.start, last) == set()


def test_every_case_adds_up_and_ends_at_nought(lawful_run):
    _, last, tables = lawful_run
    end, ended = last_day(last), 0
    for case, live in _cases(tables):
        still_open = open_after(case, live, end)
        paid_back = case["annulled_day"] is None or (end - case["annulled_day"]).days > 60
        assert still_open >= 0 or not paid_back
        if case["terminated_day"]:
            assert case["terminated_day"] == ENDS
            assert still_open > 0
            ended += 1
        elif end >= ENDS and paid_back:
            assert still_open == 0
        if case["decision_day"]:
            assert case["amount_fen"] * 100 == case["base_income_fen"] * case["multiple_hundredths"]
            assert case["amount_fen"] % 100 == 0
            assert case["base_year"] == case["decision_day"].year - 1
    assert (ended > 0) == (end >= ENDS)


def test_outstanding_rolls_forward_in_every_office_and_month(lawful_run):
    wanted, last, tables = lawful_run
    told = list(_cases(tables))
    stocks, flows = defaultdict(int), defaultdict(int)
    for case, live in told:
        town = case["township_code"]
        for month in range(wanted.start - 1, last + 1):
            ended = case["terminated_day"] is not None and case["terminated_day"] <= last_day(month)
            stocks[town, month] += 0 if ended else open_after(case, live, last_day(month))
        if case["decision_day"] is None:
            continue
        if case["decision_day"] > last_day(wanted.start - 1):
            flows[town, number_of(case["decision_day"])] += case["amount_fen"]
        for row in live:
            flows[town, number_of(row["day"])] -= row["principal_fen"]
        for kind in ("waived", "written_off"):
            if case[f"{kind}_day"]:
                flows[town, number_of(case[f"{kind}_day"])] -= case[f"{kind}_fen"]
        if case["annulled_day"]:
            flows[town, number_of(case["annulled_day"])] -= case["amount_fen"]
        if case["terminated_day"]:
            flows[town, number_of(ENDS)] -= open_after(case, live, ENDS)
    assert len(flows) > 10
    for town, month in stocks:
        if month >= wanted.start:
            assert stocks[town, month] == stocks[town, month - 1] + flows[town, month]


def test_offices_remit_what_they_take_to_the_fen(lawful_run):
    _, last, tables = lawful_run
    month = pl.col("day").dt.year().cast(pl.Int32) * 12 + pl.col("day").dt.month().cast(pl.Int32) - 1
    taken = (
        tables["fee_receipts"].filter(pl.col("mark") != "void")
        .group_by("township_code", month.alias("for_month"))
        .agg(taken=(pl.col("principal_fen") + pl.col("surcharge_fen")).sum())
    )  # fmt: skip
    given = tables["treasury"].group_by("township_code", "for_month").agg(given=pl.col("amount_fen").sum())
    both = taken.join(given, on=["township_code", "for_month"], how="full", coalesce=True)
    settled = both.filter((pl.col("for_month") < last) & ((pl.col("taken") != 0) | pl.col("given").is_not_null()))
    assert settled.height > 10
    assert settled.filter(pl.col("taken").ne_missing(pl.col("given"))).is_empty()
    assert (tables["treasury"]["direction"] == "remitted").all()


def test_a_surcharge_is_all_that_the_law_allows_and_no_more(lawful_run):
    _, _, tables = lawful_run
    charged = 0
    for case, live in _cases(tables):
        before = 0
        for row in live:
            if row["surcharge_fen"]:
                limit = lawful(case, live, case["due_day"], row["day"]) - before
                assert limit - 3 < row["surcharge_fen"] <= limit
                charged += 1
            before += row["surcharge_fen"]
    assert charged > 3


def test_nothing_comes_in_or_is_decided_after_the_end(lawful_run):
    _, _, tables = lawful_run
    cases, receipts = tables["fee_cases"], tables["fee_receipts"]
    assert cases.filter(pl.col("decision_day") >= ENDS).is_empty()
    assert set(receipts.filter(pl.col("day") >= ENDS)["mark"]) <= {"refund"}
    open_files = cases.filter(
        pl.col("decision_day").is_null() & (pl.col("file_day") < ENDS) & (pl.col("no_levy_day") == ENDS)
    )
    assert (open_files.height > 0) == (receipts["day"].max() > date(2021, 1, 1))


def test_receipt_numbers_belong_to_the_batches_of_the_office(lawful_run):
    _, _, tables = lawful_run
    spent = tables["fee_receipts"].filter(pl.col("mark").is_in(["normal", "void"]))
    assert spent["receipt_no"].is_unique().all()
    for office in spent.sort("receipt").partition_by("township_code"):
        assert office["receipt_no"].is_sorted()
    batches = tables["receipt_stock"]
    joined = spent.join(batches, on=["township_code", "batch"], how="left")
    assert joined.filter(~pl.col("receipt_no").is_between(pl.col("first_no"), pl.col("last_no"))).is_empty()
    assert joined.filter(pl.col("drawn_day") > pl.col("day")).is_empty()
    assert (batches["used"] + batches["void"] + batches["left"]).unique().to_list() == [50]
    assert batches["used"].sum() + batches["void"].sum() == spent.height


def test_reversals_and_refunds_take_back_what_was_taken():
    tables = _long_run()
    receipts = tables["fee_receipts"]
    for mark, negative in {"void": False, "reversal": True, "refund": True}.items():
        rows = receipts.filter(pl.col("mark") == mark)
        assert rows.height > 0
        assert rows.select(((pl.col("principal_fen") < 0) == negative).all()).item()
    first = receipts.filter(pl.col("mark") == "normal").select("receipt_no", "case", "principal_fen", "day")
    back = receipts.filter(pl.col("mark") == "reversal").join(first, on=["receipt_no", "case"], suffix="_first")
    assert back.height == receipts.filter(pl.col("mark") == "reversal").height
    assert (back["principal_fen"] == -back["principal_fen_first"]).all()
    assert (back["day"].dt.month() == back["day_first"].dt.month()).all()


def test_lawful_oddities_happen():
    tables = _long_run()
    cases, receipts = tables["fee_cases"], tables["fee_receipts"]
    joined = receipts.join(cases, on="case")
    assert cases.filter(pl.col("multiple_hundredths") > 350).height > 0
    assert joined.filter(pl.col("day") == pl.col("due_day")).height > 0
    assert joined.filter((pl.col("instalment_no") > 1) & (pl.col("day") > pl.col("due_day"))).height > 0
    assert joined.filter((pl.col("mark") == "refund") & (pl.col("day") > pl.col("annulled_day"))).height > 0
    assert joined.filter((pl.col("channel") == "court") & (pl.col("surcharge_fen") > 0)).height > 0
    assert cases.filter(pl.col("waived_fen") > 0).height > 0
    assert cases.filter(pl.col("no_levy_day").is_not_null()).height > 0
    assert cases.filter(pl.col("is_delegated")).height > 0
    assert cases.filter(~pl.col("is_delegated")).height > 0
    by_day = joined.filter(pl.col("mark") != "void").sort("receipt")
    by_day = by_day.with_columns(paid=pl.col("principal_fen").cum_sum().over("case"))
    assert by_day.filter((pl.col("paid") > pl.col("amount_fen")) & (pl.col("mark") == "normal")).height > 0
    assert tables["treasury"].filter((pl.col("day").dt.month() == 12) & (pl.col("day").dt.day() == 31)).height > 0


def test_twins_make_one_case():
    wanted = options(30)
    truth = world(wanted)
    births = truth["events"].filter(pl.col("kind") == "birth")
    twins = births.filter(pl.len().over("partner", "day") > 1)
    cases = money.simulate(truth, COUNTY, wanted, wanted.start + 29)["fee_cases"]
    mothers = cases.join(twins, left_on="child", right_on="person")
    assert mothers.height > 0
    assert mothers.select(pl.struct("partner", "day")).is_unique().all()


@pytest.mark.parametrize("defects", [0.0, 1.0])
@pytest.mark.parametrize("start", ["2014-03", "2021-03"])
def test_a_longer_run_only_adds(start, defects):
    wanted = options(12, start=start, defects=defects)
    short_end = wanted.start + 5
    short = money.simulate(world(wanted, short_end), COUNTY, wanted, short_end)
    long = money.simulate(world(wanted), COUNTY, wanted, wanted.start + 11)
    end = last_day(short_end)
    entered = pl.when(pl.col("entry_day") <= end).then(pl.col("entry_day")).alias("entry_day")
    assert long["fee_receipts"].filter(pl.col("day") <= end).with_columns(entered).equals(short["fee_receipts"])
    assert long["treasury"].filter(pl.col("day") <= end).equals(short["treasury"])
    ahead = long["fee_cases"].head(short["fee_cases"].height)
    for column in short["fee_cases"].columns:
        told = short["fee_cases"][column].is_not_null()
        assert ahead[column].filter(told).equals(short["fee_cases"][column].filter(told)), column
        if column.endswith("_day") and column != "due_day":
            later = ahead[column].filter(~told)
            assert (later.is_null() | (later > end)).all(), column


def test_the_first_month_has_open_cases_and_payments():
    wanted = options(1)
    tables = money.simulate(world(wanted), COUNTY, wanted, wanted.start)
    old = tables["fee_cases"].filter(pl.col("decision_day") < date(2014, 1, 1))
    assert old.height > 3
    assert old["decision_day"].min() >= date(2014, 1, 1) - timedelta(days=365)
    assert tables["fee_receipts"].filter(pl.col("mark") == "normal").height > 0
    assert tables["fee_receipts"]["day"].min() >= date(2014, 1, 1)


def test_an_early_birth_follows_sooner_than_the_interval_and_no_case_is_of_another_class():
    wanted = options(60, start="2012-01", seed=8)
    truth = world(wanted, births=40)
    cases = money.simulate(truth, COUNTY, wanted, wanted.start + 59)["fee_cases"]
    assert set(cases["fact_class"]) == {"extra_birth", "early_birth"}
    children = truth["persons"].filter(pl.col("mother") >= 0).select("mother", sibling="born")
    early = cases.filter(pl.col("fact_class") == "early_birth").join(
        truth["persons"].select("person", "mother"), left_on="child", right_on="person"
    )
    before = early.join(children, on="mother").filter(pl.col("sibling") < pl.col("birth_day"))
    latest = before.group_by("case", "birth_day").agg(pl.len(), pl.col("sibling").max())
    assert latest.height == early.height > 5
    assert (latest["len"] == 1).all()
    assert latest.filter(pl.col("birth_day") >= pl.col("sibling").dt.offset_by("4y")).is_empty()
    assert early["birth_day"].max() < date(2016, 1, 1)


@pytest.mark.parametrize("defects", [0.0, 1.0])
def test_no_fee_is_invented_under_real_names(defects):
    wanted = options(12, defects=defects, real_names=True)
    tables = money.simulate(world(wanted), COUNTY, wanted, wanted.start + 11)
    assert {name: (frame.height, dict(frame.schema)) for name, frame in tables.items()} == {
        name: (0, SCHEMAS[name]) for name in ("fee_cases", "fee_receipts", "treasury", "receipt_stock")
    }


def test_without_a_fee_there_are_no_cases():
    wanted = options(6, start="2022-01", defects=1.0)
    tables = money.simulate(world(wanted), COUNTY, wanted, wanted.start + 5)
    assert tables["fee_cases"].is_empty()
    assert tables["treasury"].is_empty()


def _long_run():
    wanted = options(60, start="2012-01", seed=8)
    return money.simulate(world(wanted, births=40), COUNTY, wanted, wanted.start + 59)
