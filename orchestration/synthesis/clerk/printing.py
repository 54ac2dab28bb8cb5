"""How forms are printed: sheet names, titles, headings, and the habits of a township's clerks.

Every spelling here is one that the reader's layouts accept, whichever dialect, order of columns or date style a
township has; the habits of a township follow from its code alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from orchestration.errors import UsageError
from orchestration.synthesis.clerk.pages import Cell, Heading

VILLAGE_FORMS = ("L16", "L01", "L02", "L03", "L05", "L04", "L06", "L07")
OFFICE_FORMS = ("L11", "L12", "L10", "L08", "L09", "L13", "L14", "L15", "L17", "L18", "L19", "L20", "L21")
DEFAULT_FORMS = ("L16", "L01", "L02", "L03", "L05", "L11", "L12", "L10")
YUAN, TEN_THOUSAND = "元", "万元"

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Form:
    """A form as printed: columns from left to right, and what each dialect heads or orders otherwise."""

    sheet: str
    title: str
    measure: str
    columns: dict[str, Heading]
    headings: dict[str, dict[str, Heading]]
    first: dict[str, tuple[str, ...]]


class Printed:
    """All forms, and the dialects in which townships print them."""

    def __init__(self, forms: Mapping[str, Form], habits: Mapping[str, Any]) -> None:
        self._forms = forms
        self.habits = habits
        self._laid: dict[tuple[str, str, str], dict[str, Heading]] = {}

    def form(self, form: str) -> Form:
        """A form by its code.

        Raises:
            UsageError: there is no such form to print.
        """
        if form not in self._forms:
            raise UsageError(
                "There is no such form to print.",
                "没有这种报表。",
                address=form,
                remedy_en=f"Name one of {' '.join(sorted(self._forms))}.",
                remedy_zh=f"请从 {' '.join(sorted(self._forms))} 中选择。",
            )
        return self._forms[form]

    def sheet(self, form: str) -> str:
        """The name of the form's sheet."""
        return self.form(form).sheet

    def title(self, form: str) -> str:
        """The form's title, as it follows unit and month."""
        return self.form(form).title

    def measure(self, form: str, money_unit: str = YUAN) -> str:
        """The unit of measure above the table; ``money_unit`` is 元 or 万元."""
        return self.form(form).measure.replace(YUAN, money_unit)

    def columns(self, form: str, township_code: str, money_unit: str = YUAN) -> dict[str, Heading]:
        """Headings from left to right by column key; amounts say (万元) where ``money_unit`` does."""
        dialect = self.dialect(township_code)
        key = (form, dialect, money_unit)
        if key not in self._laid:
            plain, own = self.form(form).columns, self.form(form).headings.get(dialect, {})
            first = self.form(form).first.get(dialect, ())
            order = [*first, *(name for name in plain if name not in first)]
            self._laid[key] = {name: _in_unit(own.get(name, plain[name]), money_unit) for name in order}
        return dict(self._laid[key])

    def dialect(self, township_code: str) -> str:
        """Which set of headings a township's clerks use."""
        return str(_pick("dialect", township_code, self.habits["dialects"]))

    def date_style(self, township_code: str) -> str:
        """How a township's clerks type a day: excel, dots, digits or chinese."""
        return str(_pick("dates", township_code, self.habits["date_styles"]))

    def has_totals(self, form: str, township_code: str) -> bool:
        """Whether a township writes a 合计 row on a form."""
        return _hash("totals", township_code + form) % 100 < int(self.habits["totals_percent"])

    def words(self, kind: str, township_code: str = "") -> dict[str, str]:
        """Code of the truth -> word in the cell, in the words of a township's dialect if it has its own."""
        tables = self.habits["words"]
        own = tables.get(f"{kind}_{self.dialect(township_code)}") if township_code else None
        return dict(own or tables[kind])

    @staticmethod
    def write_date(day: date, style: str) -> Cell:
        """A day as a clerk types it: a date, a text or the number yyyymmdd."""
        if style == "dots":
            return f"{day.year}.{day.month}.{day.day}"
        if style == "digits":
            return day.year * 10_000 + day.month * 100 + day.day
        if style == "chinese":
            return f"{day.year}年{day.month}月{day.day}日"
        return day

    @staticmethod
    def write_month(day: date, style: str) -> Cell:
        """A month as a clerk types it, never so that January and October look alike."""
        if style == "dots":
            return f"{day.year}.{day.month:02d}"
        if style == "digits":
            return day.year * 100 + day.month
        if style == "chinese":
            return f"{day.year}年{day.month}月"
        return f"{day.year}-{day.month:02d}"


@cache
def load_printed() -> Printed:
    """The forms and habits that stand beside this module."""
    habits = yaml.safe_load((_HERE / "printing.yml").read_text(encoding="utf-8"))
    forms = {path.stem: _form(path) for path in sorted((_HERE / "forms").glob("L*.yml"))}
    return Printed(forms, habits)


def _form(path: Path) -> Form:
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    dialects = written["dialects"]
    return Form(
        written["sheet"],
        written["title"],
        written["measure"],
        _headings(written["columns"]),
        {name: _headings(dialect.get("headings", "")) for name, dialect in dialects.items()},
        {name: tuple(dialect.get("first", "").split()) for name, dialect in dialects.items()},
    )


def _headings(text: str) -> dict[str, Heading]:
    """Read ``key=header`` or ``key=upper|lower``, one column a word, from left to right."""
    found: dict[str, Heading] = {}
    for word in text.split():
        key, _, header = word.partition("=")
        upper, _, lower = header.rpartition("|")
        found[key] = (upper, lower)
    return found


def _in_unit(heading: Heading, money_unit: str) -> Heading:
    upper, lower = heading
    return upper.replace(f"({YUAN})", f"({money_unit})"), lower.replace(f"({YUAN})", f"({money_unit})")


def _pick(habit: str, township_code: str, choices: list[str]) -> str:
    return choices[_hash(habit, township_code) % len(choices)]


@cache
def _hash(habit: str, text: str) -> int:
    """A number of a township's own; a checksum would give townships with like codes like habits."""
    return int.from_bytes(sha256(f"{habit}|{text}".encode()).digest()[:4])
