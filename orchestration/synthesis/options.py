"""What a synthetic county is asked to be: one frozen value that every layer reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileFormat = Literal["xlsx", "csv", "mixed", "parquet"]


@dataclass(frozen=True)
class Options:
    """The wishes of one run of ``taizhang synth``.

    ``start`` and ``only`` are month numbers (see ``months``); ``only`` writes the ledgers of one month alone, the same
    as a run over all months writes. ``forms`` are the forms that are written, in the order of their sheets.
    ``defects`` is the dose: the expected number of planted slips on a sheet of a village that has any; 0 plants none.
    """

    county: str
    villages: int
    persons: int
    months: int
    seed: int
    start: int
    defects: float = 0.0
    file_format: FileFormat = "xlsx"
    real_names: bool = False
    forms: tuple[str, ...] = ()
    only: int | None = None
