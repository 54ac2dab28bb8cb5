"""The summary of a made county in a real Chromium that reaches no network, in both languages, on screen and paper.

It needs the group ``browser`` and Chromium, which ``make browser`` installs; without them it is skipped.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reference.made_county import Made
from tests.reference.page_figures import differences, shown

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

DESK, PHONE = {"width": 1180, "height": 900}, {"width": 360, "height": 740}
LANGUAGES = ("both", "only-zh", "only-en")
# Nothing is resolved, so whatever a page asks for outside of its own file fails and is seen to.
SEALED = ["--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"]
FIGURES = """() => [...document.querySelectorAll('[data-mart]')].map(one => [
    Object.fromEntries([...one.attributes].map(each => [each.name, each.value])),
    one.matches('span') ? one.textContent : ''])"""
READABLE = """language => [...document.querySelectorAll(`.sheet [lang="${language}"]:not(.keep)`)]
    .filter(one => one.checkVisibility() && one.textContent.trim()).length"""
BARS = """() => [...document.querySelectorAll('svg.pyramid rect')].map(one => [
    one.getBoundingClientRect().width, Number(one.dataset.value)])"""
PLOTS = """() => [...document.querySelectorAll('ul.strips')].map(list =>
    [...list.querySelectorAll('li > svg')].map(one => one.getBoundingClientRect()).map(box =>
        Math.round(box.left) + ':' + Math.round(box.width)))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "make browser installs Chromium"
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=chromium, chromium_sandbox=False, args=SEALED)
        yield found
        found.close()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Any, made: Made) -> Iterator[Any]:
    """The page with every table open; once closed, it asked for nothing but its own file and nothing complained."""
    opened = browser.new_page(viewport=request.param)
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda one: asked.append(one.url))
    opened.on("console", lambda one: complaints.append(one.text))
    address = (made.marts.parent / "validation" / "summary.html").as_uri()
    opened.goto(address)
    opened.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true })")
    yield opened
    opened.close()
    assert asked == [address]
    assert complaints == []


def test_what_the_browser_holds_is_what_the_marts_hold(page: Any, made: Made) -> None:
    figures = [shown(attributes, text) for attributes, text in page.evaluate(FIGURES)]
    assert len(figures) > 200
    assert list(differences(figures, made.marts)) == []


def test_each_language_stands_alone_fits_the_screen_and_can_be_read_aloud(page: Any) -> None:
    width = page.viewport_size["width"]
    for language in LANGUAGES:
        page.check(f"#{language}")
        assert (page.evaluate(READABLE, "zh-CN") > 0) == (language != "only-en")
        assert (page.evaluate(READABLE, "en") > 0) == (language != "only-zh")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        violations = axe.Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


def test_bars_are_as_long_as_their_figures_and_stand_over_their_axis(page: Any) -> None:
    bars = page.evaluate(BARS)
    assert len(bars) == 36
    pixels_each = max(width for width, _ in bars) / max(value for _, value in bars)
    assert all(abs(width - value * pixels_each) < 1 for width, value in bars)
    plots = page.evaluate(PLOTS)
    assert plots
    assert all(len(set(places)) == 1 for places in plots)


def test_it_prints_on_a4(page: Any, tmp_path: Path) -> None:
    printed = page.pdf(path=tmp_path / "summary.pdf", prefer_css_page_size=True, print_background=True)
    sheets = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert sheets
    assert all((round(float(wide)), round(float(high))) == (595, 842) for wide, high in sheets)
