"""The summary of the sample's release: what it shows is what the marts hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from orchestration.audit.summary.page import Facts, render_summary
from tests.reference.page_figures import Page, differences

SUBJECTS = ("mart_population_balance", "mart_fee_collection", "mart_service_coverage")


def test_every_figure_on_the_page_is_that_of_a_mart(sample_release: Path) -> None:
    page = Page((sample_release / "validation" / "summary.html").read_text(encoding="utf-8"))
    assert {figure.mart for figure in page.figures} >= {*SUBJECTS, "mart_indicators"}
    assert list(differences(page.figures, sample_release / "marts")) == []
    assert not any(letter.isdigit() for letter in page.unaddressed)


def test_a_figure_that_is_not_the_marts_is_caught(sample_release: Path) -> None:
    page = Page((sample_release / "validation" / "summary.html").read_text(encoding="utf-8"))
    told = next(figure for figure in page.figures if figure.text not in ("", "–"))
    forged = [replace(told, value="987654321"), replace(told, text="987,654,321"), replace(told, value="")]
    assert len(list(differences(forged, sample_release / "marts"))) == len(forged)


def test_the_report_and_the_summary_name_each_other(sample_release: Path) -> None:
    validation = sample_release / "validation"
    for one, other in (("report.html", "summary.html"), ("summary.html", "report.html")):
        assert f'href="{other}"' in (validation / one).read_text(encoding="utf-8")


def test_the_same_marts_give_the_same_page(sample_release: Path) -> None:
    facts = Facts(sample_release.parent.name, date(2014, 7, 20), synthetic=True, verdict="PASS")
    assert render_summary(sample_release, facts) == render_summary(sample_release, facts)
