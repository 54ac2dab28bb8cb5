"""The office's clerk: the pages of all months together say what the truth says, each month by itself."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import polars as pl
import pytest

from orchestration.synthesis import benefits, governance, money, services
from orchestration.synthesis.clerk import office_pages
from orchestration.synthesis.clerk.printing import load_printed
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.tables import Truth, empty
from tests.unit.synthesis.fee_world import COUNTY, options, world

ALL = ("L10", "L11", "L12", "L13", "L14", "L15", "L17", "L18", "L19", "L20")


def _truth(wanted, last=None):
    last = wanted.start + wanted.months - 1 if last is None else last
    tables = world(wanted, last)
    for layer in (money, services, benefits, governance):
        tables |= layer.simulate(tables, COUNTY, wanted, last)
    names = [field.name for field in fields(Truth)]
    return Truth(**{name: tables[name] if name in tables else empty(name) for name in names})


class Excel:
    """Forms printed everywhere alike, days as days, so that a test can read them back."""

    def __init__(self):
        self._real = load_printed()
        self.habits = self._real.habits

    def __getattr__(self, name):
        return getattr(self._real, name)

    def columns(self, form, _township, money_unit="元"):
        return self._real.columns(form, "0", money_unit)

    def date_style(self, _township):
        return "excel"

    def has_totals(self, _form, _township):
        return True


@pytest.fixture(scope="module")
def run():
    wanted = options(14, defects=1.0, forms=ALL)
    truth = _truth(wanted)
    months = range(wanted.start, wanted.start + wanted.months)
    made = {month: list(office_pages.pages(truth, Excel(), wanted, month)) for month in months}
    return wanted, truth, made


def _pages(made, form):
    return [page for month in made.values() for office in month for page in office if page.form == form]


def _frame(pages, keys):
    rows = []
    for page in pages:
        for place in range(page.height):
            rows.append(
                {"month": page.month, "town": page.township_code, **{key: page.columns[key][place] for key in keys}}
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def test_every_office_sends_its_three_ledgers_every_month(run):
    _, _, made = run
    for month, offices in made.items():
        assert [pages[0].unit_code for pages in offices] == [
            "331099001000-fp", "331099100000-fp", "331099200000-fp",
        ]  # fmt: skip
        for pages in offices:
            assert {"L10", "L11", "L12", "L13", "L14"} <= {page.form for page in pages}
            for page in pages:
                assert page.month == month
                assert page.unit_name.endswith("计划生育办公室")
                assert list(page.columns) == list(page.headings)
                assert {len(column) for column in page.columns.values()} == {page.height}
                assert page.signed > last_day(month)


def test_the_latest_row_of_each_case_is_the_case(run):
    _, truth, made = run
    keys = "case decided served due amount base_income multiple instalment_approval court_date waived waived_date"
    keys = [*keys.split(), "written_off", "written_off_date", "status", "status_date", "born"]
    latest = _frame(_pages(made, "L11"), keys).sort("month").unique("case", keep="last")
    decided = truth.fee_cases.filter(pl.col("decision_day").is_not_null())
    both = decided.join(latest, left_on="case_no", right_on="case", how="full", coalesce=True)
    assert both.height == decided.height == latest.height > 50
    pairs = {"decided": "decision_day", "served": "service_day", "due": "due_day", "born": "birth_day",
             "instalment_approval": "instalment_approval_day", "court_date": "court_application_day",
             "waived_date": "waived_day", "written_off_date": "written_off_day"}  # fmt: skip
    for shown, meant in pairs.items():
        assert both[shown].eq_missing(both[meant]).all(), shown
    for shown, meant in {"amount": "amount_fen", "waived": "waived_fen", "base_income": "base_income_fen"}.items():
        told = (both[shown].cast(pl.Float64) * 100).round().cast(pl.Int64)
        assert told.eq_missing(both[meant]).all(), shown
    annulled = both.filter(pl.col("status") == "撤销")
    assert annulled.height == decided["annulled_day"].drop_nulls().len() > 0
    assert annulled["status_date"].eq_missing(annulled["annulled_day"]).all()
    assert {"在征", "结案", "减免"} <= set(both["status"])


def test_no_case_is_shown_before_its_decision_and_no_day_before_it_comes(run):
    _, _, made = run
    for form in ALL:
        for page in _pages(made, form):
            for key, column in page.columns.items():
                days = [cell for cell in column if isinstance(cell, date)]
                if not (form in ("L11", "L15", "L20") and key in ("due", "due_date")) and key != "mend_by":
                    assert all(day <= last_day(page.month) for day in days), (form, key)
    assert None not in _frame(_pages(made, "L11"), ["decided"])["decided"].to_list()


def test_receipts_are_those_keyed_in(run):
    wanted, truth, made = run
    keys = ["case", "receipt", "paid", "amount", "surcharge", "mark", "entered"]
    shown = _frame(_pages(made, "L12"), keys)
    end = last_day(wanted.start + wanted.months - 1)
    meant = truth.fee_receipts.filter(pl.col("entry_day") <= end)
    assert shown.height == meant.height > 50
    assert (
        round(shown["amount"].cast(pl.Float64).sum() * 100)
        == meant.select(pl.col("principal_fen").sum() + pl.col("surcharge_fen").sum()).item()
    )
    assert shown.filter(pl.col("entered") < pl.col("paid")).is_empty()
    assert shown.filter(pl.col("receipt").is_null()).height == 1
    late = shown.filter(pl.col("month") > pl.col("paid").dt.year() * 12 + pl.col("paid").dt.month() - 1)
    assert late.height == 1


def test_totals_are_sums_without_void_receipts(run):
    _, _, made = run
    summed = 0
    for page in _pages(made, "L12"):
        counted = [a for a, mark in zip(page.columns["amount"], page.columns["mark"], strict=True) if mark != "作废"]
        if page.totals:
            assert round(page.totals["amount"] * 100) == round(sum(counted) * 100)
            summed += 1
        else:
            assert not counted
    assert summed > 10


def test_services_and_slips_are_all_shown(run):
    _, truth, made = run
    shown = _frame(_pages(made, "L10"), ["service", "couples", "persons", "contacts", "target"])
    assert shown.height == truth.services.height
    for measure in ("couples", "persons", "contacts"):
        assert shown[measure].sum() == truth.services[measure].sum()
    assert set(shown["service"]) == {"免费婚检", "唐氏筛查", "叶酸发放", "孕前优生健康检查"}
    slips = _frame(_pages(made, "L14"), ["slip", "amount", "returned"])
    assert slips.height == truth.treasury.height
    total = slips["amount"].cast(pl.Float64).sum() + slips["returned"].cast(pl.Float64).sum()
    assert round(total * 100) == truth.treasury["amount_fen"].sum()
    paid = _frame(_pages(made, "L15"), ["paid"])["paid"].cast(pl.Float64).sum()
    assert round(paid * 100) == truth.benefits["paid_fen"].sum()


def test_the_other_forms_show_what_was_planted(run):
    _, _, made = run
    assert "fee_collected" not in _frame(_pages(made, "L17"), ["indicator"])["indicator"].to_list()
    assert 500_000 in _frame(_pages(made, "L17"), ["value"])["value"].to_list()
    notices = _frame(_pages(made, "L20"), ["due", "published"])
    assert notices.filter(pl.col("published").is_null()).height == 1
    stock = _frame(_pages(made, "L13"), ["used", "void", "left"])
    assert (stock["used"] + stock["void"] + stock["left"] == 50).all()
    assert _frame(_pages(made, "L19"), ["balance"])["balance"].drop_nulls().cast(pl.Float64).min() < 0


def test_two_decisions_on_a_child_have_the_same_parties(run):
    _, truth, made = run
    pair = truth.fee_cases.filter((pl.col("child") >= 0) & pl.col("decision_day").is_not_null())
    pair = pair.filter(pl.len().over("child") > 1)["case_no"].to_list()
    assert len(pair) == 2
    rows = _frame(_pages(made, "L11"), ["case", "woman", "woman_id"]).filter(pl.col("case").is_in(pair))
    assert rows["woman_id"].n_unique() == 1
    every = _frame(_pages(made, "L11"), ["case", "woman_id", "man_id"])
    assert every["woman_id"].n_unique() == every["case"].n_unique() - 1
    for number in every["woman_id"].to_list()[:20]:
        weights = [2 ** (17 - place) % 11 for place in range(17)]
        total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        assert number[-1] == "10X98765432"[total % 11]
        assert int(number[16]) % 2 == 0


def test_a_month_is_the_same_in_any_run(run):
    wanted, _, made = run
    for month in (wanted.start, wanted.start + 5):
        short = replace(wanted, months=month - wanted.start + 1)
        alone = list(office_pages.pages(_truth(short), Excel(), short, month))
        assert alone == made[month]


@pytest.mark.parametrize("township", ["331099001000", "331099100000", "331099200000"])
def test_real_printing_fills_every_dialect(township):
    wanted = options(1, forms=ALL)
    pages = next(
        pages
        for pages in office_pages.pages(_truth(wanted), load_printed(), wanted, wanted.start)
        if pages[0].township_code == township
    )
    decided = next(page for page in pages if page.form == "L11")
    for key in ("case", "decided", "amount", "status", "woman", "base_income"):
        assert None not in decided.columns[key]
    assert first_day(wanted.start) > date(2013, 1, 1)
