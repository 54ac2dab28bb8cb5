"""Where the marks of pages and plans came to stand: file, sheet, row, column and cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orchestration.synthesis.clerk.pages import Mark, Page
from orchestration.synthesis.defects import FilePlan, Placed
from orchestration.synthesis.files.sheets import Sheet
from orchestration.synthesis.files.skeleton import column_letters


class Sent:
    """The marks of one report while its files are written."""

    def __init__(self, plan: FilePlan) -> None:
        self._plan = plan
        self._places: dict[str, tuple[str, str, int]] = {}
        self._placed: list[Placed] = []

    def add(self, page: Page, sheet: Sheet, file: str, number: int, name: str, rows: Sequence[int]) -> None:
        """Place the marks of a page.

        Args:
            page: with its marks.
            sheet: the page as it was laid out.
            file: relative to the folder of all files, with ``/``.
            number: of the sheet in the file, from 1.
            name: of the sheet; empty in a text file.
            rows: the row of the file of each data row, and then of the 合计 row.
        """
        self._places[page.form] = (file, name, number)
        for mark in page.marks:
            row = None if mark.row is None else rows[mark.row]
            column = cell = None
            if mark.key in sheet.keys:
                column = sheet.header(mark.key)
                cell = f"{column_letters(sheet.keys.index(mark.key))}{row}" if row is not None else None
            self._place(mark, page.form, file, name, number, row, column, cell)

    def placed(self) -> list[Placed]:
        """All marks, the plan's last: a form's stands on its sheet, one of the whole report on its first file."""
        whole = next((place[0] for place in self._places.values()), None)
        for form, mark in self._plan.marks:
            if form in self._places:
                self._place(mark, form, *self._places[form], None, None, None)
            else:
                self._place(mark, form, whole, None, None, None, None, None)
        return self._placed

    def _place(
        self, mark: Mark, form: str | None, file: str | None, sheet: str | None, number: int | None, row: int | None,
        column: str | None, cell: str | None,
    ) -> None:  # fmt: skip
        about = (self._plan.unit_code, self._plan.month, form)
        self._placed.append(Placed(mark, *about, file, sheet, number, row, column, cell))


def in_file(out: Path, path: Path) -> str:
    """A path as the log has it: relative to the folder of all files, with ``/``."""
    return path.relative_to(out).as_posix()
