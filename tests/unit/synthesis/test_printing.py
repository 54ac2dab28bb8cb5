"""Whatever a township's habits are, the reader knows every heading and every word it prints."""

from __future__ import annotations

from datetime import date

import pytest

from orchestration.errors import UsageError
from orchestration.ingest import headers
from orchestration.ingest.dates import parse_date, read_month
from orchestration.ingest.layout import TRANSIENT, load_catalogue
from orchestration.ingest.text import squash
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS, OFFICE_FORMS, VILLAGE_FORMS, load_printed

PRINTED = load_printed()
CATALOGUE = load_catalogue()
TOWNSHIPS = [
    f"{county}{number:03d}000" for county in ("331099", "410899") for number in (*range(1, 9), *range(100, 108))
]
# Column of a layout -> tables of words that stand in it.
WORDS = {
    ("L01", "sex"): ["sex"],
    ("L01", "relation_code"): ["relation_male", "relation_female"],
    ("L01", "marital_code"): ["marital"],
    ("L01", "hukou_type"): ["hukou_type"],
    ("L01", "hukou_status"): ["residence"],
    ("L01", "in_reason"): ["in_reason"],
    ("L02", "policy_status"): ["policy", "policy_rural", "policy_compact"],
    ("L02", "alive"): ["alive"],
    ("L05", "direction"): ["direction"],
    ("L05", "reason_code"): ["move_in", "move_out"],
}


def test_townships_have_every_dialect_and_every_way_to_write_a_date() -> None:
    assert {PRINTED.dialect(code) for code in TOWNSHIPS} == set(PRINTED.habits["dialects"])
    assert {PRINTED.date_style(code) for code in TOWNSHIPS} == set(PRINTED.habits["date_styles"])
    for form in DEFAULT_FORMS:
        assert {PRINTED.has_totals(form, code) for code in TOWNSHIPS} == {True, False}


@pytest.mark.parametrize("form", [*DEFAULT_FORMS, "L07", "L21"])
def test_the_reader_binds_every_column_of_every_dialect(form: str) -> None:
    layout = CATALOGUE.layouts[form]
    for code in TOWNSHIPS:
        headings = PRINTED.columns(form, code).values()
        bound = headers.bind_layout(["_".join(filter(None, heading)) for heading in headings], layout, CATALOGUE)
        there = {layout.columns[name].into or name for name in bound.columns}
        needed = {
            column.into or name
            for name, column in layout.columns.items()
            if column.keep and column.type not in TRANSIENT and not column.optional
        }
        assert not needed - there, PRINTED.dialect(code)
        assert not bound.unknown
        assert not bound.ambiguous
        assert not bound.missing_places


@pytest.mark.parametrize("form", [*VILLAGE_FORMS, *OFFICE_FORMS])
def test_a_dialect_prints_the_same_columns_with_groups_side_by_side(form: str) -> None:
    plain = set(PRINTED.form(form).columns)
    assert len(PRINTED.sheet(form)) <= 31  # the longest name a sheet can have
    for code in TOWNSHIPS:
        columns = PRINTED.columns(form, code)
        assert set(columns) == plain
        assert all(lower for _, lower in columns.values())
        assert len(set(columns.values())) == len(columns)
        groups = [upper for upper, _ in columns.values()]
        begun = [upper for upper, before in zip(groups, ["", *groups], strict=False) if upper and upper != before]
        assert len(begun) == len(set(begun)), "a group stands in two places"


@pytest.mark.parametrize(("form", "column"), WORDS)
def test_every_word_has_a_code(form: str, column: str) -> None:
    known = {
        squash(word) for words in CATALOGUE.codes(CATALOGUE.layouts[form].columns[column]).values() for word in words
    }
    for table in WORDS[form, column]:
        assert {squash(word) for word in PRINTED.words(table).values()} <= known


@pytest.mark.parametrize("style", PRINTED.habits["date_styles"])
@pytest.mark.parametrize("day", [date(2014, 1, 1), date(2013, 10, 31), date(1949, 12, 9), date(2014, 11, 20)])
def test_the_reader_reads_every_style_of_date(style: str, day: date) -> None:
    assert parse_date(PRINTED.write_date(day, style), 2014) == day
    assert read_month(PRINTED.write_month(day, style), 2014).value == f"{day:%Y-%m}"


def test_a_sheet_in_ten_thousand_yuan_says_so_at_every_amount() -> None:
    plain, large = PRINTED.columns("L12", TOWNSHIPS[0]), PRINTED.columns("L12", TOWNSHIPS[0], "万元")
    assert "元)" in "".join(plain["amount"])
    assert "万元" in "".join(large["amount"])
    assert "万元" in PRINTED.measure("L12", "万元")
    assert not any("(元)" in "".join(heading) for heading in large.values())


def test_a_form_that_does_not_exist_cannot_be_printed() -> None:
    with pytest.raises(UsageError):
        PRINTED.columns("L99", TOWNSHIPS[0])
