"""Bare python-calamine: every sheet of every workbook of a folder into lists of cells, which are forgotten.

python -m benchmarks.bare_parsing LANDING
"""

from __future__ import annotations

import sys
from pathlib import Path

import python_calamine


def parse(landing: Path) -> int:
    """Parse all sheets; returns how many rows they have."""
    rows = 0
    for path in sorted(landing.rglob("*.xlsx")):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for number in range(len(book.sheet_names)):
            rows += len(book.get_sheet_by_index(number).to_python(skip_empty_area=False))
    return rows


if __name__ == "__main__":
    parse(Path(sys.argv[1]))
