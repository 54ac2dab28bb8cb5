"""The report: whole, in both languages, closed to the outside, and without a word of a ledger's cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from orchestration.audit.findings import ReportData, gather, missing_reports
from orchestration.audit.report import figure, render_report
from orchestration.audit.verdict import GateReport, Outcome, RuleResult, Waiver
from orchestration.settings import SEEDS_DIR
from tests.unit.audit.candidate_places import MONTHS, TOWNSHIP, VILLAGES
from tests.unit.audit.candidates import good_tables, write_candidate

HOSTILE = "<script>alert(1)</script>"
RESULT = RuleResult("t.holds", "t", "critical", Outcome.PASS, 10, 0, "成立", "It holds", "改", "Mend")


def gate(*results: RuleResult) -> GateReport:
    """A gate report of these results."""
    return GateReport(results or (RESULT,), len(results or (RESULT,)), "5" * 64, "6" * 64, {"t": 10})


def report_data(tmp_path: Path, gated: GateReport, *, synthetic: bool = True) -> ReportData:
    """What the good candidate, one hostile file and one refused cell give the report."""
    submission = {
        "file_sha256": "a" * 64,
        "file_path": f"村/{HOSTILE}.xlsx",
        "sheet_no": 1,
        "sheet_name": "村月报",
        "unit_code": VILLAGES[0],
        "form": "L16",
        "period": "2014-01",
        "received_on": date(2014, 2, 3),
        "status": "partial",
        "rule_id": None,
        "rows_seen": 34,
        "accepted": 28,
        "quarantined": 2,
        "duplicate": 1,
        "non_data": 3,
    }
    refused = {
        "file_path": "村/一月.xlsx",
        "sheet_no": 1,
        "sheet_name": "出生",
        "row_no": 7,
        "column_name": "birth_date",
        "header": "出生日期",
        "cell": "C7",
        "kind": "cell",
        "rule_id": "cell.not_a_date",
        "raw_text": "canary",
        "shape": "9{4}字",
        "reason_en": "This is no date.",
        "reason_zh": "不是日期。",
        "hint_en": "Write 2014-01-31.",
        "hint_zh": "请写成 2014-01-31。",
    }
    sheet = {**refused, "kind": "row", "column_name": None, "header": "canary", "cell": None, "row_no": 9}
    return gather(
        write_candidate(tmp_path / "20140601T000000Z-aaaaaaaa", good_tables()),
        gated,
        submissions=pl.DataFrame([submission, {**submission, "received_on": date(2015, 1, 1), "rows_seen": 98765}]),
        quarantine=pl.DataFrame([refused, sheet], infer_schema_length=None),
        as_of=date(2014, 4, 5),
        synthetic=synthetic,
        registry=SEEDS_DIR / "check_registry.csv",
        versions={"duckdb": "1.5.5"},
    )


class Page(HTMLParser):
    """Tags with their attributes, and the text, of one page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_needs_nothing_beside_it(tmp_path: Path) -> None:
    text = render_report(report_data(tmp_path, gate()))
    tags = Page(text).tags
    assert not any(tag in ("script", "link", "img", "iframe") for tag, _ in tags)
    links = {value for _, attrs in tags for name, value in attrs.items() if name == "href" and value}
    assert {link for link in links if not link.startswith("#")} == {"summary.html"}
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_what_comes_from_outside_is_escaped(tmp_path: Path) -> None:
    text = render_report(report_data(tmp_path, gate()))
    assert HOSTILE not in text
    assert HOSTILE in Page(text).words


def test_no_text_of_a_cell_is_shown(tmp_path: Path) -> None:
    text = render_report(report_data(tmp_path, gate()))
    assert "canary" not in text
    assert "9{4}字" in text
    assert "C7" in text
    assert "出生日期" in text


def test_its_structure_can_be_read_aloud(tmp_path: Path) -> None:
    tags = Page(render_report(report_data(tmp_path, gate()))).tags
    assert ("html", {"lang": "zh-CN"}) in tags
    assert [tag for tag, _ in tags].count("h1") == 1
    levels = [int(tag[1]) for tag, _ in tags if tag in ("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all("scope" in attrs for tag, attrs in tags if tag == "th")
    ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
    assert len(ids) == sum("id" in attrs for _, attrs in tags)
    assert all(attrs["for"] in ids for tag, attrs in tags if tag == "label")
    assert {attrs["href"] for tag, attrs in tags if tag == "a"} <= {f"#{name}" for name in ids} | {"summary.html"}
    assert {attrs["lang"] for _, attrs in tags if "lang" in attrs} == {"zh-CN", "en"}


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (RESULT, ("准予发布", "Fit to publish")),
        (replace(RESULT, outcome=Outcome.FAIL, rows_failed=1234), ("不予发布", "Refused", "1,234")),
        (replace(RESULT, outcome=Outcome.COULD_NOT_RUN, rows_failed=None), ("未能核验", "could not run")),
        (replace(RESULT, outcome=Outcome.FAIL, severity="warning"), ("准予发布", "notice")),
        (
            replace(RESULT, outcome=Outcome.FAIL, waiver=Waiver("t.holds", "审计科", "已核实", date(2015, 1, 1))),
            ("准予发布", "waived", "审计科", "2015-01-01"),
        ),
    ],
    ids=["pass", "fail", "could not run", "warning", "waived"],
)
def test_it_says_the_verdict_and_every_rule_in_words(
    result: RuleResult, words: tuple[str, ...], tmp_path: Path
) -> None:
    shown = Page(render_report(report_data(tmp_path, gate(result)))).words
    for word in (*words, "成立", "It holds", "t.holds"):
        assert word in shown, word


def test_invented_data_say_so_and_real_data_do_not(tmp_path: Path) -> None:
    assert "虚构数据" in render_report(report_data(tmp_path, gate()))
    assert "虚构数据" not in render_report(report_data(tmp_path, gate(), synthetic=False))


def test_what_arrived_after_the_day_of_knowledge_is_not_shown(tmp_path: Path) -> None:
    shown = Page(render_report(report_data(tmp_path, gate()))).words
    assert "98,765" not in shown
    assert "34" in shown


def test_a_refused_run_without_any_mart_still_has_a_report(tmp_path: Path) -> None:
    data = report_data(tmp_path, gate(replace(RESULT, outcome=Outcome.COULD_NOT_RUN)))
    bare = gather(
        tmp_path / "nothing",
        data.gate,
        submissions=data.submissions.clear(),
        quarantine=data.quarantine.clear(),
        as_of=data.as_of,
        synthetic=True,
        registry=tmp_path / "none.csv",
    )
    assert "未能核验" in render_report(bare)


def test_a_missing_report_is_named_once_at_the_division_that_owes_it() -> None:
    def row(code: str, level: str, due: int, received: int) -> dict[str, object]:
        return {
            "division_code": code,
            "division_level": level,
            "period_start": MONTHS[0],
            "form": "L16",
            "due": due,
            "received": received,
        }

    quality = pl.DataFrame(
        [
            row(VILLAGES[0], "village", 1, 0),
            row(VILLAGES[1], "village", 1, 1),
            row(TOWNSHIP, "township", 3, 1),
            row("331099000000", "county", 3, 1),
        ]
    )
    found = missing_reports(quality, good_tables()["dim_division"].select("division_code", "name_zh", "name_en"))
    assert found.select("division_code", "missing").rows() == [(TOWNSHIP, 1), (VILLAGES[0], 1)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (1234567, "1,234,567"),
        (Decimal("1200.00"), "1,200"),
        (Decimal("1200.50"), "1,200.50"),
        ("x", "x"),
    ],
)
def test_figures_are_shown_as_people_write_them(value: object, shown: str) -> None:
    assert figure(value) == shown
