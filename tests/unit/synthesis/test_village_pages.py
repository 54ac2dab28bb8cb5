"""The pages of a village say what its book says: identities hold, rosters agree, heirs take over."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
import pytest

from orchestration.ingest.dates import parse_date
from orchestration.ingest.identity import VALID, read_id
from orchestration.synthesis.clerk.pages import Page
from orchestration.synthesis.clerk.printing import VILLAGE_FORMS, load_printed
from orchestration.synthesis.clerk.village_books import FLOWS, year_to_date
from orchestration.synthesis.clerk.village_pages import pages
from orchestration.synthesis.months import last_day, month_number
from orchestration.synthesis.reporting import received_on
from tests.unit.synthesis.small_truth import MERGED, OPTIONS, START, people, with_months

PRINTED = load_printed()
MONTHS = range(START, START + OPTIONS.months)
DATES = ("born", "died", "moved", "hukou_date", "cancelled", "in_date")

Book = dict[str, dict[str, Page]]


@cache
def books(month: int) -> Book:
    """Unit -> form -> page."""
    made = pages(people(), PRINTED, OPTIONS, month)
    return {unit[0].unit_code: {page.form: page for page in unit} for unit in made}


def figure(page: Page, key: str) -> int:
    return int(str(page.columns[key][0]))


def test_the_monthly_report_closes_with_its_own_figures() -> None:
    for month in MONTHS:
        for book in books(month).values():
            f = {key: figure(book["L16"], key) for key in ("opening", *FLOWS, "closing")}
            assert f["closing"] == f["opening"] + f["births"] - f["deaths"] + f["moved_in"] - f["moved_out"]
            assert f["births"] == f["births_male"] + f["births_female"]
            assert f["births"] == f["births_order_1"] + f["births_order_2"] + f["births_order_3"]
            assert min(f.values()) >= 0


def test_the_monthly_report_counts_the_rows_beside_it() -> None:
    seen: Counter[str] = Counter()
    for month in MONTHS:
        for book in books(month).values():
            directions = Counter(book["L05"].columns["direction"])
            counted = {
                "births": book["L02"].height,
                "deaths": book["L03"].height,
                "moved_in": directions["迁入"],
                "moved_out": directions["迁出"],
            }
            assert {key: figure(book["L16"], key) for key in counted} == counted
            seen.update(counted)
    assert min(seen.values()) > 5, "nothing much was compared"


def test_a_month_opens_as_the_last_one_closed_and_heirs_open_with_the_sum() -> None:
    truth = people()
    codes = truth.villages["division_code"].to_list()
    heirs = {codes[old]: codes[new] for old, new in truth.lineage.select("old_village", "new_village").iter_rows()}
    assert heirs, "nothing was merged"
    for month in MONTHS[1:]:
        closed: Counter[str] = Counter()
        for unit, book in books(month - 1).items():
            closed[heirs.get(unit, unit) if month >= MERGED else unit] += figure(book["L16"], "closing")
        assert {unit: figure(book["L16"], "opening") for unit, book in books(month).items()} == dict(closed)
    assert set(books(MERGED - 1)) & heirs.keys()
    assert not set(books(MERGED)) & heirs.keys()


def test_the_roster_holds_as_many_as_the_report_closes_with() -> None:
    with_roster = [month for month in MONTHS if "L01" in next(iter(books(month).values()))]
    assert with_roster == [START, month_number(2018, 1)]
    for month in with_roster:
        for book in books(month).values():
            roster = book["L01"]
            assert roster.height == figure(book["L16"], "closing")
            assert roster.columns["serial"] == list(range(1, roster.height + 1))
            heads = [h for h, relation in zip(roster.columns["household"], roster.columns["relation"], strict=True)
                     if relation == "户主"]  # fmt: skip
            assert len(heads) == len(set(heads)) == len(set(roster.columns["household"]))
            assert None not in roster.columns["relation"]
            assert {str(code)[:12] for code in roster.columns["household"]} == {roster.unit_code}


def test_the_summary_tells_what_report_and_roster_tell() -> None:
    options = replace(OPTIONS, forms=("L16", "L01", "L07"))
    for month in (START, START + 1, MERGED):
        for unit in pages(people(), PRINTED, options, month):
            book = {page.form: page for page in unit}
            summary, report = book["L07"], book["L16"]
            told = {key: figure(summary, key) for key in ("population", "births", "deaths")}
            assert list(told.values()) == [figure(report, key) for key in ("closing", "births", "deaths")]
            assert told["population"] == figure(summary, "population_male") + figure(summary, "population_female")
            assert 0 < figure(summary, "women_15_49") < figure(summary, "population_female")
            if "L01" in book:
                columns = book["L01"].columns
                assert figure(summary, "households") == len(set(columns["household"]))
                assert figure(summary, "population_male") == columns["sex"].count("男")


def test_nobody_stands_in_two_rosters() -> None:
    for month in (START, MERGED):
        ids = [number for book in books(month).values() for number in book["L01"].columns["id_no"] if number]
        assert len(ids) == len(set(ids))
        assert all(read_id(number)[1] == VALID for number in ids)


def test_a_roster_follows_from_the_one_before() -> None:
    first = {n for book in books(START).values() for n in book["L01"].columns["id_no"] if n}
    later = {n for book in books(MERGED).values() for n in book["L01"].columns["id_no"] if n}
    gone = {n for m in MONTHS if START < m <= MERGED for b in books(m).values() for n in b["L03"].columns["id_no"]}
    moved = {n for m in MONTHS if START < m <= MERGED for b in books(m).values() for n in b["L05"].columns["id_no"]}
    assert first - later <= gone | moved
    assert not gone & later


def test_no_date_of_a_ledger_lies_after_its_receipt() -> None:
    for month in MONTHS:
        for unit, book in books(month).items():
            received = received_on(OPTIONS, unit, month)
            for page in book.values():
                assert last_day(month) < page.signed <= received
                for key in DATES:
                    for cell in page.columns.get(key, []):
                        if cell is not None and (page.form, key) != ("L05", "born"):
                            day = parse_date(cell, month // 12)
                            assert isinstance(day, date)
                            assert day <= received


def test_late_reports_are_told_and_born_before_the_year_are_counted_as_such() -> None:
    january = books(MERGED)
    late = sum(figure(book["L16"], "births_prev_unreported") for book in january.values())
    born = [day for book in january.values() for day in book["L02"].columns["born"]]
    days = [parse_date(day, 2018) for day in born]
    assert late == sum(isinstance(day, date) and day.year < 2018 for day in days)
    for book in january.values():
        for day, remark in zip(book["L02"].columns["born"], book["L02"].columns["remark"], strict=True):
            read = parse_date(day, 2018)
            assert isinstance(read, date)
            assert (remark == "补报") == (read < date(2018, 1, 1))


def test_pages_do_not_depend_on_how_long_the_run_is_nor_on_each_other() -> None:
    short = with_months(4)
    truth = people(short, START + 3)
    for month in (START + 3, START + 1, START):
        made = list(pages(truth, PRINTED, short, month))
        assert made == list(pages(people(), PRINTED, OPTIONS, month))


def test_some_units_can_be_written_without_the_others() -> None:
    wanted = set(list(books(START))[2:4])
    made = list(pages(people(), PRINTED, OPTIONS, START, units=wanted))
    assert [unit[0].unit_code for unit in made] == sorted(wanted)
    assert all(page == books(START)[page.unit_code][page.form] for unit in made for page in unit)


def test_the_year_to_date_is_the_sum_of_the_reports_before() -> None:
    month = MERGED + 2
    so_far = year_to_date(people(), month)
    for unit in books(month):
        for key in FLOWS:
            assert so_far[unit][key] == sum(figure(books(m)[unit]["L16"], key) for m in range(MERGED, month))
    assert not any(figures["births"] for figures in year_to_date(people(), MERGED).values())


@pytest.mark.parametrize("form", VILLAGE_FORMS)
def test_every_form_a_village_can_print_has_its_cells(form: str) -> None:
    options = replace(OPTIONS, forms=(form,))
    made = [page for month in MONTHS for unit in pages(people(), PRINTED, options, month) for page in unit]
    rows = [page for page in made if page.height]
    assert rows
    assert {page.form for page in made} == {form}
    for page in rows:
        assert page.headings == PRINTED.columns(form, page.township_code)
        assert list(page.columns) == list(page.headings)
        assert {len(cells) for cells in page.columns.values()} == {page.height}
    filled = {key for page in rows for key, cells in page.columns.items() if any(cell is not None for cell in cells)}
    blank = {"remark", "out_date", "out_reason", "marital", "left"} | (
        {"in_date", "in_reason"} if form == "L01" else set()
    )
    assert set(rows[0].columns) - filled <= blank


def test_events_lost_in_reporting_are_missing_from_figures_and_rows_alike() -> None:
    truth = people()
    births = truth.events.filter(pl.col("kind") == "birth")["event"].to_list()[::2]
    thinned = replace(truth, reports=truth.reports.filter(~pl.col("event").is_in(births)))
    for month in (START, START + 1):
        for unit in pages(thinned, PRINTED, OPTIONS, month):
            book = {page.form: page for page in unit}
            assert figure(book["L16"], "births") == book["L02"].height
            if "L01" in book:
                assert book["L01"].height == figure(book["L16"], "closing")
