"""What the day of receipt rules out: months that have not begun, events that have not happened."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.ingest import submission
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.rules import rule
from tests.unit.ingest.books import death, deaths, ledger
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

FEE_HEADERS = ["案号", "决定日期", "应征金额(元)", "送达日期", "缴纳期限"]


def test_a_month_that_begins_after_the_receipt_quarantines_the_sheet(tmp_path: Path) -> None:
    page = deaths(death(1))
    page[0], page[1] = ["死亡登记表2041年1月"], ["填报单位(盖章):临江镇砚池村"]
    settings = read(tmp_path, {"死亡": page}, "临江镇砚池村.xlsx")
    assert (sheet(settings)["status"], sheet(settings)["rule_id"]) == ("quarantined", "sheet.period_in_the_future")
    assert sheet(settings)["quarantined"] == 1
    assert rules(settings) == [("sheet", "sheet.period_in_the_future", None, None)]
    assert "year" in rule("sheet.period_in_the_future").hint_en
    assert "年份" in rule("sheet.period_in_the_future").hint_zh


@pytest.mark.parametrize(
    ("folder", "stated"), [("村", ""), ("村", "  填表日期:2099年2月3日"), ("received=2014-13-01", "")]
)
def test_without_a_day_of_receipt_the_day_of_the_run_decides(tmp_path: Path, folder: str, stated: str) -> None:
    page = deaths(death(1))
    page[0], page[1] = ["死亡登记表2099年1月"], [f"填报单位(盖章):临江镇砚池村{stated}"]
    settings = read(tmp_path, {"死亡": page}, "临江镇砚池村.xlsx", folder=folder)
    assert sheet(settings)["rule_id"] == "sheet.period_in_the_future"
    assert sheet(settings)["received_on"] == sheet(settings)["first_seen"]


def test_the_running_month_may_be_reported(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths(death(1, day="2014-06-03"))}, folder="received=2014-06-03")
    assert sheet(settings)["status"] == "accepted"


def test_the_stated_day_counts_unless_it_has_not_come() -> None:
    seen = date(2014, 7, 5)
    assert submission.received_on(date(2014, 7, 1), date(2014, 7, 3), seen) == date(2014, 7, 1)
    assert submission.received_on(None, date(2014, 7, 3), seen) == date(2014, 7, 3)
    assert submission.received_on(None, date(2041, 7, 3), seen) == seen
    assert submission.received_on(None, None, seen) == seen


def test_an_event_after_the_receipt_quarantines_its_row(tmp_path: Path) -> None:
    late = death(2, number="440524188001010014", day="2014-07-06")
    settings = read(tmp_path, {"死亡": deaths(death(1, day="2014-07-05"), late, [*death(3)[:5], "同上"])})
    assert [row["death_date"] for row in rows(settings, "L03")] == [date(2014, 7, 5)]
    assert (sheet(settings)["accepted"], sheet(settings)["quarantined"]) == (1, 2)
    assert ("cell", "date.after_receipt", 5, "death_date") in rules(settings)
    assert ("row", "row.mandatory_unreadable", 5, None) in rules(settings)


def test_an_optional_day_after_the_receipt_is_a_gap_with_its_reason(tmp_path: Path) -> None:
    settings = read(tmp_path, {"死亡": deaths([*death(1)[:7], "2041-06-03"])})
    assert [row["cancel_date"] for row in rows(settings, "L03")] == [None]
    assert rules(settings) == [("cell", "date.after_receipt", 4, "cancel_date")]


def test_a_term_to_pay_may_lie_ahead_and_the_service_of_the_decision_may_not(tmp_path: Path) -> None:
    row = ["1号", "2014-06-01", 500, "2014-08-01", "2016-12-31"]
    page = ledger("社会抚养费征收决定台账", FEE_HEADERS, row)
    (decision,) = rows(settings := read(tmp_path, {"决定": page}), "L11")
    assert (decision["due_date"], decision["service_date"]) == (date(2016, 12, 31), None)
    assert ("cell", "date.after_receipt", 4, "service_date") in rules(settings)


def test_only_terms_to_pay_may_lie_ahead() -> None:
    layouts = load_catalogue().layouts.values()
    ahead = {(layout.form, name) for layout in layouts for name, column in layout.columns.items() if column.future}
    assert ahead == {
        ("L08", "due_date"),
        ("L11", "due_date"),
        ("L15", "due_date"),
        ("L15", "posted_to"),
        ("L18", "planned_date"),
        ("L18", "mend_by_date"),
        ("L20", "due_date"),
        ("L21", "effective_date"),
    }
