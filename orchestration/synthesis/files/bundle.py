"""A county's ledgers without files of their own: one Parquet file a form and month, every cell as text.

For scale alone: a million workbooks take hours and say nothing more than these tables.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import polars as pl

from orchestration.synthesis.clerk.pages import Page
from orchestration.synthesis.clerk.printing import Printed
from orchestration.synthesis.defects import FilePlan, Placed
from orchestration.synthesis.files.addresses import Sent, in_file
from orchestration.synthesis.files.csv_text import text_of
from orchestration.synthesis.files.sheets import lay_out
from orchestration.synthesis.files.whole import written
from orchestration.synthesis.files.writer import Unit
from orchestration.synthesis.months import period
from orchestration.synthesis.options import Options
from orchestration.synthesis.reporting import received_on

# Nobody may take a table for a real one, even where no row of it is left or its file is renamed.
_LABEL = "label"
_ABOUT = (_LABEL, "unit_code", "unit_name", "received_on", "signed_on", "money_unit")


class BundleWriter:
    """Gathers the pages of a month form by form; ``<form>/period=YYYY-MM/<county>.parquet`` at its end.

    Beside the clerk's cells by column key there are label, unit_code, unit_name, received_on, signed_on and money_unit.
    The label says in every row, and among the file's own metadata, that the data are fictitious.
    """

    def __init__(self, out: Path, options: Options, printed: Printed) -> None:
        self._out, self._options, self._printed = out, options, printed
        self._label: str = printed.habits["label"]
        self._frames: dict[tuple[str, int], list[pl.DataFrame]] = {}
        self._rows: dict[tuple[str, int], int] = {}

    def write(self, unit: Unit, pages: list[Page], plan: FilePlan, next_unit: Unit) -> list[Placed]:  # noqa: ARG002
        """Take in what a unit sends for a month; rows of the log count from 1 in the file of the form."""
        sent = Sent(plan)
        if not plan.missing:
            received = received_on(self._options, unit.code, plan.month) + timedelta(days=plan.days_late)
            for page in pages:
                key = (page.form, page.month)
                first = self._rows.get(key, 0) + 1
                self._rows[key] = first + page.height - 1
                self._frames.setdefault(key, []).append(_frame(page, received.isoformat(), self._label))
                rows = range(first, first + page.height + 1)
                sheet = lay_out(page, self._printed)
                sent.add(page, sheet, in_file(self._out, self._path(*key)), 1, "", rows)
        return sent.placed()

    def end_month(self) -> None:
        """Write one file a form.

        Raises:
            CouldNotRun: a file cannot be written.
        """
        for key, frames in self._frames.items():
            target = self._path(*key)
            gathered = pl.concat(frames, how="diagonal")
            with written(target) as part:
                gathered.write_parquet(part, metadata={_LABEL: self._label})
        self._frames, self._rows = {}, {}

    def _path(self, form: str, month: int) -> Path:
        return self._out / form / f"period={period(month)}" / f"{self._options.county}.parquet"


def _frame(page: Page, received: str, label: str) -> pl.DataFrame:
    """The cells of a page as text, blanks as NULL, with the columns ``_ABOUT`` in front."""
    about = (label, page.unit_code, page.unit_name, received, page.signed.isoformat(), page.money_unit)
    named = {name: [value] * page.height for name, value in zip(_ABOUT, about, strict=True)}
    cells = {key: [None if cell is None else text_of(cell) for cell in cells] for key, cells in page.columns.items()}
    return pl.DataFrame({**named, **cells}, schema=dict.fromkeys((*named, *cells), pl.String()))
