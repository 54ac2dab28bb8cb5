"""What a page shows, read from its HTML, and what the marts say to the same address: nothing here is of the product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl

FIRST_OF_SPAN = ("opening",)
LAST_OF_SPAN = ("closing", "reported_closing", "residual")
VOID = ("meta", "input", "br", "link", "img")


@dataclass(frozen=True)
class Shown:
    """A figure on a page. ``text`` is empty for a drawing; ``times`` is what the text shows it multiplied by."""

    mart: str
    where: str
    column: str
    value: str
    text: str = ""
    times: int = 1


class Page(HTMLParser):
    """The figures of a page in order, and the words of number cells that stand outside of any figure."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.figures: list[Shown] = []
        self.unaddressed = ""
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if "data-mart" in named:
            self.figures.append(shown(named))
        if tag not in VOID:
            self._open.append((tag, named))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        cells = [named.get("class", "").split() for tag, named in self._open if tag == "td"]
        if self._open and "data-mart" in self._open[-1][1]:
            last = self.figures[-1]
            self.figures[-1] = Shown(last.mart, last.where, last.column, last.value, data, last.times)
        elif any("n" in classes for classes in cells):
            self.unaddressed += data


def shown(attributes: Mapping[str, str], text: str = "") -> Shown:
    """The figure of an element with these attributes."""
    mart, where, column, value = (attributes[f"data-{name}"] for name in ("mart", "where", "column", "value"))
    return Shown(mart, where, column, value, text, int(attributes.get("data-times", "1")))


def differences(figures: Iterable[Shown], marts: Path) -> Iterator[str]:
    """What is wrong with each figure whose address, value or text is not that of the marts."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for figure in figures:
        if figure.mart not in rows:
            rows[figure.mart] = list(pl.read_parquet(marts / f"{figure.mart}.parquet").iter_rows(named=True))
        found = _found(rows[figure.mart], dict(part.split("=") for part in figure.where.split(";")))
        exact = _value(found, figure.column)
        if (None if figure.value == "" else Decimal(figure.value)) != exact:
            yield f"{figure} but the mart says {exact}"
        elif figure.text and not _says(figure.text, exact, figure.times):
            yield f"{figure} is not worded as {exact}"


def _found(rows: list[dict[str, Any]], where: dict[str, str]) -> list[dict[str, Any]]:
    first, _, last = where.pop("period_start").partition("..")
    found = [
        row
        for row in rows
        if all(str(row[key]) == value for key, value in where.items())
        and first <= str(row["period_start"]) <= (last or first)
    ]
    assert found, where
    assert last or len(found) == 1, where
    return sorted(found, key=lambda row: row["period_start"])


def _value(rows: list[dict[str, Any]], column: str) -> Decimal | None:
    if len(rows) > 1 and column in FIRST_OF_SPAN + LAST_OF_SPAN:
        rows = rows[:1] if column in FIRST_OF_SPAN else rows[-1:]
    values = [row[column] for row in rows]
    return None if None in values else sum((Decimal(str(value)) for value in values), Decimal(0))


def _says(text: str, exact: Decimal | None, times: int) -> bool:
    """Whether the text is the figure, rounded to as many digits as it has."""
    if exact is None:
        return text == "–"
    told = Decimal(text.removesuffix(" %").replace(",", "").replace("−", "-"))
    exponent = told.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(told - exact * times) <= Decimal(1).scaleb(exponent) / 2
