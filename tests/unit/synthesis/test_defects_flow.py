"""The reporting layer takes and moves the reports it logs, no others; and the log of everything is whole."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from orchestration.synthesis.clerk.pages import Mark
from orchestration.synthesis.defects import Entry, Placed, build, file_plan, flow
from orchestration.synthesis.defects.dose import dose_of
from orchestration.synthesis.defects.log import SCHEMA
from orchestration.synthesis.defects.registry import registry
from orchestration.synthesis.months import first_day, period
from orchestration.synthesis.options import Options
from orchestration.synthesis.schemas import SCHEMAS
from tests.unit.synthesis.defect_pages import MONTH, VILLAGE, options

WISHES = options(months=36)
COUNT = 120
ENDS = 7  # the village that ends within the run


def villages() -> pl.DataFrame:
    codes = [f"3310991{at // 40:02d}2{at % 40:02d}" for at in range(COUNT)]
    return pl.DataFrame(
        {
            "village": range(COUNT),
            "division_code": codes,
            "name_zh": [f"村{at % 60}" for at in range(COUNT)],
            "township_code": [code[:9] + "000" for code in codes],
            "township_name": "临江镇",
            "valid_from": [first_day(WISHES.start + 12) if at == 5 else date(1990, 1, 1) for at in range(COUNT)],
            "valid_to": [first_day(WISHES.start + 20) if at == ENDS else date(9999, 12, 31) for at in range(COUNT)],
            "persons_wanted": 100,
        },
        schema=SCHEMAS["villages"],
    )


def life(months: int = 36) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two births, a death and a move to the next village in each village and month, all reported at once."""
    events, reports = [], []
    for month in range(WISHES.start, WISHES.start + months):
        for village in range(COUNT):
            base = (month * COUNT + village) * 10
            halves = [("move_out", village, base + 4), ("move_in", (village + 1) % COUNT, base + 3)]
            lines = [("birth", village, -1), ("birth", village, -1), ("death", village, -1), *halves]
            for at, (kind, where, link) in enumerate(lines):
                events.append((base + at, kind, first_day(month), base + at, -1, where, -1, None, None, 1, link))
                reports.append((base + at, where, month))
    return (
        pl.DataFrame(events, schema=SCHEMAS["events"], orient="row"),
        pl.DataFrame(reports, schema=SCHEMAS["reports"], orient="row"),
    )


EVENTS, REPORTS = life()


def flowed(wishes: Options = WISHES) -> tuple[pl.DataFrame, list[Entry]]:
    return flow(REPORTS, EVENTS, villages(), wishes)


def planted(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if registry()[entry.code].layer == "reporting"]


def test_without_a_dose_all_reports_stay() -> None:
    told, entries = flowed(options(0.0))
    assert told is REPORTS
    assert entries == []


def test_under_real_names_no_report_is_lost_or_late() -> None:
    told, entries = flowed(options(months=36, real_names=True))
    assert told.equals(REPORTS)
    assert planted(entries) == []
    assert entries


def test_what_the_log_tells_is_what_was_changed() -> None:
    told, entries = flowed()
    assert told.schema == REPORTS.schema
    both = REPORTS.join(told, on="event", how="left", suffix="_told", maintain_order="left")
    both = both.join(EVENTS, on="event").join(
        villages().select("village", "division_code"), left_on="record_village", right_on="village"
    )
    lost = both.filter(pl.col("reported_month_told").is_null())
    late = both.filter(pl.col("reported_month_told") != pl.col("reported_month"))
    assert lost.height > 10
    assert late.height > 5
    assert set(lost["kind"]) == {"move_in"}
    assert lost["link"].min() >= 0  # type: ignore[operator]
    assert set(late["kind"]) == {"birth"}
    assert set(late["reported_month_told"] - late["reported_month"]) == {12}
    assert (both["record_village_told"].drop_nulls() == both.drop_nulls("record_village_told")["record_village"]).all()
    logged = {(entry.code, entry.unit_code, entry.clean) for entry in planted(entries)}
    rows = [
        ("D-arrival-lost", r["division_code"], f"move_in {r['event']} of {r['day']}")
        for r in lost.iter_rows(named=True)
    ]
    rows += [("D-D15-year-late", r["division_code"], period(r["reported_month"])) for r in late.iter_rows(named=True)]
    assert len(planted(entries)) == len(rows)
    assert logged == set(rows)


def test_only_villages_of_the_family_suffer_and_nowhere_twice_or_where_the_workbook_is_spoilt() -> None:
    _, entries = flowed()
    shown = [(entry.unit_code, entry.month) for entry in planted(entries) if entry.code == "D-arrival-lost"]
    assert len(set(shown)) == len(shown)
    assert all("D" in dose_of(unit, WISHES).families for unit, _ in shown)
    assert all(file_plan(unit, month, WISHES).tells_its_month for unit, month in shown)
    sides = {entry.decidable for entry in planted(entries)}
    assert sides == {True, False}


def test_no_birth_comes_to_light_in_a_village_that_is_no_more() -> None:
    told, _ = flowed()
    ended = told.filter(pl.col("record_village") == ENDS)
    moved = ended.join(REPORTS, on="event", suffix="_before").filter(
        pl.col("reported_month") != pl.col("reported_month_before")
    )
    assert (moved["reported_month"] < WISHES.start + 20).all()


def test_a_shorter_run_and_another_order_suffer_the_same() -> None:
    told, entries = flowed()
    events, reports = life(12)
    short, some = flow(
        reports.reverse(), events.sample(fraction=1, shuffle=True, seed=1), villages(), options(months=12)
    )
    early = told.filter(pl.col("event").is_in(reports["event"].to_list()))
    assert short.sort("event").equals(early.sort("event"))
    lost = {
        (e.unit_code, e.clean) for e in planted(entries) if e.code == "D-arrival-lost" and e.month < WISHES.start + 12
    }
    assert lost == {(e.unit_code, e.clean) for e in planted(some) if e.code == "D-arrival-lost"}


def test_mergers_and_shared_names_are_logged_as_lawful() -> None:
    _, entries = flowed()
    merged = [entry for entry in entries if entry.code == "F-D17-merged"]
    assert [(entry.unit_code, entry.month) for entry in merged] == [("331099100205", WISHES.start + 12)]
    shared = {entry.unit_code for entry in entries if entry.code == "F-D17-shared-name"}
    assert len(shared) == COUNT - 2, "each of 60 names stands in two townships, but for the one of the later village"
    only = flowed(options(months=36, only=WISHES.start + 12))[1]
    assert {entry.month for entry in only} == {WISHES.start + 12}


def test_the_log_is_whole_ordered_and_numbered() -> None:
    cell = Placed(
        Mark("A-D13-check", 3, "id_no", "1", "2"), VILLAGE, MONTH, "L01", "a.xlsx", "册", 2, 7, "身份证号码", "H7"
    )
    never = Placed(Mark("D-missing", None, None, "2014-09", ""), VILLAGE, MONTH - 1, None)
    lost = Entry("D-arrival-lost", VILLAGE, MONTH, "L05", "move_in 3", "", decidable=False)
    fee = pl.DataFrame({"family": ["M"], "code": ["AC-01"], "unit_code": ["331099100000-fp"], "period": ["2014-11"]})
    log = build([cell, never], [lost], fee)
    assert log.schema == pl.Schema(SCHEMA)
    assert log["code"].to_list() == ["D-missing", "A-D13-check", "D-arrival-lost", "AC-01"]
    assert log["defect"].to_list() == [0, 1, 2, 3]
    assert log["decidable"].to_list() == [True, True, False, None]
    assert log.row(1, named=True) == {
        "defect": 1, "family": "A", "code": "A-D13-check", "layer": "clerk", "scope": "cell", "unit_code": VILLAGE,
        "period": "2014-10", "form": "L01", "file": "a.xlsx", "sheet": "册", "sheet_no": 2, "row": 7,
        "column": "身份证号码", "cell": "H7", "clean": "1", "dirty": "2", "decidable": True, "must_flag": True,
        "expected": "id.invalid",
    }  # fmt: skip
    assert build([never, cell], [lost], fee).equals(log)
    assert build([], []).is_empty()
    with pytest.raises(KeyError):
        build([], [Entry("Z-none", VILLAGE, MONTH, None, "", "")])
