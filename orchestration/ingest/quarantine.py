"""What was not read as written: one entry for each cell, row, sheet or file, with an address, a rule and a remedy.

The text of a cell is kept only where it cannot be a person: in a column of class N and made of figures, dates and
units alone. A name typed into the wrong column must not survive here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from orchestration.ingest.rules import rule
from orchestration.ingest.text import fold
from orchestration.ingest.values import shape

_HARMLESS = re.compile(
    r"^[0-9.,+\-/:%()<>~ ¥年月日号时元万角分人对例户次个名倍约余近以上下左右农历初闰廿一二三四五六七八九十零〇]{1,20}$"
)
_LONG_NUMBER = re.compile(r"\d{9,}")


@dataclass(frozen=True)
class Finding:
    """One thing refused inside a sheet; ``row`` and ``column`` are 1-based, None where they do not apply."""

    kind: Literal["cell", "row", "sheet", "file"]
    rule_id: str
    row: int | None = None
    column: int | None = None
    column_name: str | None = None
    header: str | None = None
    raw_text: str | None = None
    shape: str | None = None


def without_wants(findings: list[Finding], lost: set[int]) -> list[Finding]:
    """The findings without gaps in rows that are quarantined anyway; what is wanted is wanted of a row that stays."""
    return [found for found in findings if found.rule_id != "cell.wanted_missing" or found.row not in lost]


def cell_finding(rule_id: str, row: int, column: int, column_name: str, header: str, cell: object, pii: str) -> Finding:
    """An entry for one cell, with its text only if it is harmless, else with its outline."""
    text = _text(cell)
    harmless = pii == "N" and bool(_HARMLESS.match(text)) and not _LONG_NUMBER.search(text)
    return Finding(
        "cell", rule_id, row, column, column_name, header, text if harmless else None, None if harmless else shape(text)
    )


def cell_name(row: int, column: int) -> str:
    """``C17`` for row 17, column 3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def as_row(finding: Finding, address: dict[str, object]) -> dict[str, object]:
    """The finding as a row of the quarantine book, with reason and remedy in both languages.

    Args:
        finding: what was refused.
        address: batch_id, submission_id, file_sha256, file_path, sheet_no, sheet_name, form, unit_code, period.
    """
    texts = rule(finding.rule_id)
    cell = cell_name(finding.row, finding.column) if finding.row and finding.column else None
    return {
        **address,
        "row_no": finding.row,
        "column_name": finding.column_name,
        "header": finding.header,
        "cell": cell,
        "kind": finding.kind,
        "rule_id": finding.rule_id,
        "raw_text": finding.raw_text,
        "shape": finding.shape,
        **texts._asdict(),
    }


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return fold(str(cell))
