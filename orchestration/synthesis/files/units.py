"""Who reports for a month: the villages valid on its last day, and the offices of their townships."""

from __future__ import annotations

import polars as pl

from orchestration.synthesis.clerk.printing import OFFICE_FORMS, Printed
from orchestration.synthesis.clerk.village_pages import forms_of
from orchestration.synthesis.files.writer import Unit
from orchestration.synthesis.options import Options
from orchestration.synthesis.reporting import Books
from orchestration.synthesis.tables import Truth

_OFFICE = "-fp"


class Units:
    """The units of each month, in the order of their codes."""

    def __init__(self, truth: Truth, printed: Printed, options: Options) -> None:
        self._villages = truth.villages
        self._books = Books(truth.villages, truth.lineage)
        self._office = printed.habits["office"]
        self._options = options
        self._month = -1
        self._units: list[Unit] = []
        self._next: dict[str, tuple[Unit, Unit]] = {}

    def of_month(self, month: int) -> list[Unit]:
        """Villages, then offices; only kinds that have a form to send."""
        if month != self._month:
            standing = self._villages.filter(pl.col("village").is_in(self._books.reporting(month).tolist()))
            listed = standing.sort("township_code", "division_code")
            rows = listed.select("division_code", "township_code", "township_name", "name_zh").iter_rows()
            villages = [Unit(*row) for row in rows]
            townships = dict(listed.select("township_code", "township_name").iter_rows())
            offices = [Unit(code + _OFFICE, code, name, self._office) for code, name in townships.items()]
            has_office = any(form in OFFICE_FORMS for form in self._options.forms)
            has_village = bool(forms_of(self._options, month))
            kinds = (villages if has_village else [], offices if has_office else [])
            self._units = [unit for kind in kinds for unit in kind]
            self._next = {
                unit.code: (unit, follower)
                for kind in kinds
                for unit, follower in zip(kind, [*kind[1:], *kind[:1]], strict=True)
            }
            self._month = month
        return self._units

    def with_next(self, code: str, month: int) -> tuple[Unit, Unit]:
        """A unit and the next one of its kind, after the last one the first."""
        self.of_month(month)
        return self._next[code]
