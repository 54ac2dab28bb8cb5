"""The summary: whole, closed to the outside, in words where a figure is missing, and no reason for a run to stop."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from orchestration.audit.summary.marts import read_marts
from orchestration.audit.summary.page import Facts, figure, render_summary
from orchestration.audit.summary.records import Period, latest
from tests.reference.page_figures import Page, differences
from tests.unit.audit.candidates import good_tables, write_candidate
from tests.unit.audit.test_report import Page as Tags

FACTS = Facts("20140601T000000Z-aaaaaaaa", date(2014, 4, 5), synthetic=True, verdict="PASS")
INDICATORS = "mart_indicators"


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_candidate(tmp_path_factory.mktemp("summary") / "good", good_tables())


@pytest.fixture(scope="module")
def html(candidate: Path) -> str:
    return render_summary(candidate, FACTS)


def changed(folder: Path, name: str, **values: object) -> str:
    """The page of a candidate one of whose tables has these values in every row."""
    tables = good_tables()
    frame = tables[name]
    tables[name] = frame.with_columns(
        pl.lit(value, dtype=frame.schema[key]).alias(key) for key, value in values.items()
    )
    return render_summary(write_candidate(folder, tables), FACTS)


def test_it_needs_nothing_beside_it_but_names_the_report(html: str) -> None:
    tags = Tags(html).tags
    assert not any(tag in ("script", "link", "img", "iframe", "foreignobject") for tag, _ in tags)
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"] for tag, attrs in tags if tag == "a"} <= {f"#{name}" for name in ids} | {"report.html"}
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_every_drawing_has_a_title_and_words_and_headings_step_by_one(html: str) -> None:
    tags = Tags(html).tags
    ids = {attrs["id"] for _, attrs in tags if "id" in attrs}
    drawings = [attrs for tag, attrs in tags if tag == "svg" and attrs.get("role") == "img"]
    assert drawings
    assert all(set((attrs["aria-labelledby"] or "-").split()) <= ids for attrs in drawings)
    levels = [int(tag[1]) for tag, _ in tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_its_figures_are_those_of_the_candidate(html: str, candidate: Path) -> None:
    page = Page(html)
    assert {"mart_population_structure", "mart_population_balance", INDICATORS} <= {one.mart for one in page.figures}
    assert list(differences(page.figures, candidate / "marts")) == []
    assert "性别或年龄不明" in html


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        ("missing", "not_received", "not received"),
        ("missing", "no_denominator", "no denominator"),
        ("not_applicable", "regime", "no longer in force"),
        ("limits_only", None, "limits only"),
        ("suppressed", "small_primary", "suppressed"),
        ("missing", "a_new_reason", "a_new_reason"),
    ],
)
def test_a_figure_that_is_missing_is_told_in_words_and_is_no_zero(
    status: str, reason: str | None, words: str, tmp_path: Path
) -> None:
    empty = dict.fromkeys(("numerator", "denominator", "value", "ci_low", "ci_high"))
    html = changed(tmp_path / "c", INDICATORS, status=status, status_reason=reason, **empty)
    shown = [one for one in Page(html).figures if one.mart == INDICATORS and one.column != "data_quality"]
    assert shown
    assert {(one.value, one.text) for one in shown} == {("", "–")}
    assert words in Tags(html).words
    assert "<circle" not in html.split('class="key"')[0]


def test_bad_data_are_told_beside_the_figures(tmp_path: Path) -> None:
    html = changed(tmp_path / "c", INDICATORS, data_quality=0.5)
    assert 'class="quality low"' in html
    assert "50 %" in Tags(html).words


def test_verdict_and_invention_are_said(candidate: Path, html: str) -> None:
    assert "虚构数据" in html
    refused = render_summary(candidate, Facts("x", date(2014, 4, 5), synthetic=False, verdict="FAIL"))
    assert "虚构数据" not in refused
    assert "不予发布" in refused


@pytest.mark.parametrize("nonsense", ["x", None, float("nan")], ids=["text", "nothing", "no number"])
def test_tables_full_of_nonsense_give_a_page_all_the_same(nonsense: object, tmp_path: Path) -> None:
    tables = {
        name: frame.select(pl.lit(nonsense).alias(column) for column in frame.columns)
        for name, frame in good_tables().items()
    }
    assert "没有可以显示的统计表" in render_summary(write_candidate(tmp_path / "c", tables), FACTS)


def test_a_candidate_without_marts_has_a_page(tmp_path: Path) -> None:
    assert "没有可以显示的统计表" in render_summary(tmp_path / "nothing", FACTS)


def test_villages_are_not_even_read(candidate: Path) -> None:
    tables = read_marts(candidate / "marts").tables
    assert all("village" not in frame["division_level"] for name, frame in tables.items() if name.startswith("mart_"))


def test_the_latest_period_is_the_one_that_ends_last_among_the_longest() -> None:
    frame = pl.DataFrame(
        [
            ("year", date(2014, 1, 1), date(2015, 1, 1)),
            ("fp_year", date(2014, 10, 1), date(2015, 10, 1)),
            ("month", date(2015, 11, 1), date(2015, 12, 1)),
        ],
        schema=["period_type", "period_start", "period_end"],
        orient="row",
    )
    assert latest(frame) == Period("fp_year", date(2014, 10, 1), date(2015, 10, 1))
    assert latest(frame, (("year",),)) == Period("year", date(2014, 1, 1), date(2015, 1, 1))
    assert latest(frame.clear()) is None


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "", "–"),
        (0, "", "0"),
        (1234567, "persons", "1,234,567"),
        (-2.952416, "per_mille", "−2.95"),
        (40.0, "percent", "40.00"),
        (90902.0, "yuan", "90,902.00"),
    ],
)
def test_figures_are_written_by_their_unit(value: object, unit: str, text: str) -> None:
    assert figure(value, unit) == text
