"""From pages to the files that an office receives: folders, names and formats, as the plan of each report says."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from orchestration.synthesis.clerk.pages import Page
from orchestration.synthesis.clerk.printing import Printed
from orchestration.synthesis.defects import FilePlan, Placed, before_correction, damage
from orchestration.synthesis.files import whole
from orchestration.synthesis.files.addresses import Sent, in_file
from orchestration.synthesis.files.csv_text import GB18030, UTF8, text_file
from orchestration.synthesis.files.sheets import Sheet, lay_out, title_of
from orchestration.synthesis.files.splice import workbook
from orchestration.synthesis.options import Options
from orchestration.synthesis.reporting import received_on

_TEXT_UNITS = 4
"""In a mixed county every so manyth unit sends text files."""
_WORKBOOK, _TEXT = ".xlsx", ".csv"


@dataclass(frozen=True)
class Unit:
    """Who sends: the name of the township, and what follows it: a village's name, or the office's."""

    code: str
    township_code: str
    township_name: str
    name: str

    @property
    def full_name(self) -> str:
        """Township and village, or the name of the township's office."""
        return self.township_name + self.name


class FileWriter:
    """Writes the reports of units below one folder, one after the other."""

    def __init__(self, out: Path, options: Options, printed: Printed) -> None:
        self._out, self._options, self._printed = out, options, printed

    def write(self, unit: Unit, pages: list[Page], plan: FilePlan, next_unit: Unit) -> list[Placed]:
        """Write what a unit sends for a month.

        Args:
            unit: who sends.
            pages: of ``plan.content_month``.
            plan: what becomes of the files.
            next_unit: whose name a wrong title bears.

        Returns:
            The marks of pages and plan with their addresses.

        Raises:
            CouldNotRun: a file cannot be written.
        """
        if plan.missing:
            return Sent(plan).placed()
        received = received_on(self._options, unit.code, plan.month) + timedelta(days=plan.days_late)
        if not plan.resubmitted_after:
            return self._send(unit, pages, plan, next_unit, received, "")
        first = deepcopy(pages)
        before_correction(first, plan)
        self._send(unit, first, plan, next_unit, received, "")
        received += timedelta(days=plan.resubmitted_after)
        return self._send(unit, pages, plan, next_unit, received, self._printed.habits["final_version"])

    def end_month(self) -> None:
        """Nothing is held back."""

    def _send(
        self, unit: Unit, pages: list[Page], plan: FilePlan, next_unit: Unit, received: date, version: str
    ) -> list[Placed]:
        folder = self._out / f"received={received.isoformat()}" / unit.township_name / unit.name
        sent = Sent(plan)
        as_text = [page for page in pages if self._is_text(page, plan)]
        booked = [page for page in pages if not self._is_text(page, plan)]
        written = []
        if booked:
            written.append(folder / f"{self._name('file_name', unit, plan)}{version}{plan.suffix}")
            sheets = [self._laid(page, plan, next_unit) for page in booked]
            copies = [
                replace(sheet, name=f"{sheet.name} (2)", hidden=True)
                for page, sheet in zip(booked, sheets, strict=True)
                if page.form == plan.hidden_copy
            ]
            self._put(written[-1], workbook([*sheets, *copies]), plan if not plan.text_form else None)
            for number, (page, sheet) in enumerate(zip(booked, sheets, strict=True), start=1):
                shown = range(sheet.first_row, sheet.first_row + sheet.height + 1)
                sent.add(page, sheet, in_file(self._out, written[-1]), number, sheet.name, shown)
        for page in as_text:
            own = page.form == plan.text_form
            name = self._name("text_file_name", unit, plan, page.form)
            written.append(folder / f"{name}{version}{plan.text_suffix if own else _TEXT}")
            sheet = self._laid(page, plan, next_unit)
            content, rows = text_file(sheet, GB18030 if own else self._encoding(unit))
            self._put(written[-1], content, plan if own else None)
            sent.add(page, sheet, in_file(self._out, written[-1]), 1, "", rows)
        return sent.placed()

    def _is_text(self, page: Page, plan: FilePlan) -> bool:
        """Whether a page goes as a text file; what only a workbook can suffer makes a workbook of it."""
        if plan.text_form:
            return page.form == plan.text_form
        only_a_book = plan.tabs or plan.hidden_copy or plan.damage or plan.suffix != _WORKBOOK
        if only_a_book or self._options.file_format == "xlsx":
            return False
        return self._options.file_format == "csv" or _lot("format", plan.unit_code) % _TEXT_UNITS == 0

    def _encoding(self, unit: Unit) -> str:
        return (GB18030, UTF8)[_lot("encoding", unit.code) % 2]

    def _laid(self, page: Page, plan: FilePlan, next_unit: Unit) -> Sheet:
        wrong = plan.titles.get(page.form)
        title = None
        if wrong is not None:
            name = next_unit.full_name if wrong.next_unit else None
            title = title_of(page, self._printed, unit_name=name, month=wrong.month)
        tab = self._printed.sheet(plan.tabs.get(page.form, page.form))
        return lay_out(page, self._printed, name=tab, title=title)

    def _name(self, pattern: str, unit: Unit, plan: FilePlan, form: str = "") -> str:
        year, month = plan.name_month // 12, plan.name_month % 12 + 1
        title = self._printed.title(form) if form else ""
        name: str = self._printed.habits[pattern].format(unit=unit.full_name, year=year, month=month, title=title)
        return name

    def _put(self, path: Path, content: bytes, damaged: FilePlan | None) -> None:
        with whole.written(path) as part:
            part.write_bytes(content)
            if damaged is not None:
                damage(damaged, part)


def _lot(habit: str, unit_code: str) -> int:
    return int.from_bytes(sha256(f"{habit}|{unit_code}".encode()).digest()[:4])
