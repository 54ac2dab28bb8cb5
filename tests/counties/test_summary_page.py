"""The summary of a made county: what it shows is what the marts hold, the pyramid of ages among it."""

from __future__ import annotations

from tests.reference.made_county import Made
from tests.reference.page_figures import Page, differences

SHOWN = (
    *("mart_population_structure", "mart_population_balance", "mart_indicators"),
    *("mart_fee_collection", "mart_service_coverage"),
)


def test_every_figure_on_the_page_is_that_of_a_mart(made: Made) -> None:
    page = Page((made.marts.parent / "validation" / "summary.html").read_text(encoding="utf-8"))
    assert {figure.mart for figure in page.figures} >= set(SHOWN)
    assert list(differences(page.figures, made.marts)) == []
    assert not any(letter.isdigit() for letter in page.unaddressed)


def test_the_page_is_finer_than_no_township(made: Made) -> None:
    page = Page((made.marts.parent / "validation" / "summary.html").read_text(encoding="utf-8"))
    codes = [dict(part.split("=") for part in figure.where.split(";"))["division_code"] for figure in page.figures]
    assert {code[9:] for code in codes} == {"000"}
    for mart in ("mart_population_balance", "mart_fee_collection", "mart_service_coverage"):
        townships = [
            code
            for code, figure in zip(codes, page.figures, strict=True)
            if figure.mart == mart and code[6:] != "000000"
        ]
        assert townships == sorted(townships)
