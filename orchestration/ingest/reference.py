"""The division list and who is due to report: what the home brings, else what ships.

Compiled into the lake, where the reader and the models find the same thing.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun
from orchestration.ingest import lake
from orchestration.settings import REFERENCE_INPUT_DIR, Settings

OPEN_END = date(9999, 12, 31)
DIVISION_COLUMNS = (
    "division_code", "name_zh", "name_en", "division_level", "parent_code", "valid_from", "valid_to", "county_code",
)  # fmt: skip
# Fictional counties, and three that exist (their origin: README.md beside them).
SHIPPED_LISTS = ("divisions.csv", "divisions_real.csv")
UNIT_COLUMNS = ("unit_code", "form", "due_from", "due_to")
_PARENT_LEVEL = {"village": "township", "township": "county"}


@dataclass(frozen=True)
class Division:
    """One division for one span of time; ``valid_to`` is the first day on which it no longer holds."""

    division_code: str
    name_zh: str
    name_en: str
    division_level: str
    parent_code: str
    valid_from: date
    valid_to: date
    county_code: str


def compile_reference(settings: Settings) -> list[Division]:
    """Read, check and merge the lists, and put them into ``<lake>/reference/``.

    Raises:
        CouldNotRun: a list is damaged; the address names file and line.
    """
    divisions, table = _divisions(_lists(settings))
    own_units = settings.reference_dir / "reporting_units.csv"
    units = _read_units(own_units if own_units.exists() else REFERENCE_INPUT_DIR / "reporting_units.csv")
    unit_schema = {"unit_code": pl.String(), "form": pl.String(), "due_from": pl.Date(), "due_to": pl.Date()}
    folder = settings.lake / "reference"
    _write_if_new(table, folder / "divisions.parquet")
    _write_if_new(pl.DataFrame(sorted(units), schema=unit_schema, orient="row"), folder / "reporting_units.parquet")
    return list(divisions)


def division_codes(settings: Settings) -> set[str]:
    """The codes of all divisions of the list; nothing is written.

    Raises:
        CouldNotRun: the list is damaged; the address names file and line.
    """
    return {division.division_code for division in _divisions(_lists(settings))[0]}


def read_list(path: Path) -> tuple[Division, ...]:
    """A list of divisions that is not in use.

    Raises:
        CouldNotRun: the list is damaged; the address names file and line.
    """
    return _read_divisions(path, _content(path))


def _lists(settings: Settings) -> tuple[tuple[Path, bytes], ...]:
    """The home's own list alone, so that no name of another county is in its way; else every shipped one."""
    own = settings.reference_dir / "divisions.csv"
    lists = [own] if own.exists() else [REFERENCE_INPUT_DIR / name for name in SHIPPED_LISTS]
    return tuple((path, _content(path)) for path in lists)


# A run asks for the lists several times, and they have thousands of lines.
@lru_cache(maxsize=8)
def _divisions(lists: tuple[tuple[Path, bytes], ...]) -> tuple[tuple[Division, ...], pl.DataFrame]:
    """All divisions of the lists in the order of their codes, as objects and as the table that models read."""
    found = [division for path, content in lists for division in _read_divisions(path, content)]
    divisions = tuple(sorted(found, key=lambda division: (division.division_code, division.valid_from)))
    schema: dict[str, pl.DataType] = {name: pl.String() for name in DIVISION_COLUMNS}
    schema.update(valid_from=pl.Date(), valid_to=pl.Date())
    rows = [tuple(getattr(division, name) for name in DIVISION_COLUMNS) for division in divisions]
    return divisions, pl.DataFrame(rows, schema=schema, orient="row")


def _write_if_new(frame: pl.DataFrame, target: Path) -> None:
    if not (target.exists() and pl.read_parquet(target).equals(frame)):
        lake.write(frame, target)


def _read_divisions(path: Path, content: bytes) -> tuple[Division, ...]:
    found: list[tuple[int, Division]] = []
    for line, row in _rows(path, content, DIVISION_COLUMNS):
        code, level = row["division_code"], row["division_level"]
        if not (len(code) == 12 and code.isascii() and code.isdigit()):
            raise _damaged(path, line, "a division code has 12 digits", "区划代码应为12位数字")
        if level not in ("village", "township", "county") or not row["name_zh"]:
            raise _damaged(path, line, "level or name is missing or unknown", "级别或名称缺失")
        span = _day(path, line, row["valid_from"]), _day(path, line, row["valid_to"])
        if span[0] >= span[1]:
            raise _damaged(path, line, "valid_to lies not after valid_from", "失效日期不晚于生效日期")
        found.append(
            (line, Division(code, row["name_zh"], row["name_en"], level, row["parent_code"], *span, row["county_code"]))
        )
    _check_tree(path, found)
    return tuple(division for _, division in found)


def _check_tree(path: Path, found: list[tuple[int, Division]]) -> None:
    """Every parent is there at the level above, and the spans of one code neither overlap nor leave a gap."""
    levels = {division.division_code: division.division_level for _, division in found}
    last: dict[str, Division] = {}
    for line, division in sorted(found, key=lambda item: (item[1].division_code, item[1].valid_from)):
        wanted = _PARENT_LEVEL.get(division.division_level)
        if wanted and levels.get(division.parent_code) != wanted:
            raise _damaged(path, line, "its parent is not in the list", "上级区划不在名录中")
        if levels.get(division.county_code) != "county":
            raise _damaged(path, line, "its county is not in the list", "所属县不在名录中")
        before = last.get(division.division_code)
        if before is not None and division.valid_from < before.valid_to:
            raise _damaged(path, line, "the code appears twice at the same time", "代码重复")
        if before is not None and division.valid_from > before.valid_to:
            raise _damaged(path, line, "the spans of the code leave a gap", "代码有效期不连续")
        last[division.division_code] = division


def _read_units(path: Path) -> list[tuple[str, str, date, date]]:
    return [
        (row["unit_code"], row["form"], _day(path, line, row["due_from"]), _day(path, line, row["due_to"]))
        for line, row in _rows(path, _content(path), UNIT_COLUMNS)
    ]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise _damaged(path, 1, "the list cannot be read", "名录无法读取") from None


def _rows(path: Path, content: bytes, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _damaged(path, 1, "the list cannot be read as UTF-8", "名录无法按 UTF-8 读取") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if not set(columns) <= set(reader.fieldnames or ()):
        raise _damaged(path, 1, f"the columns are {', '.join(columns)}", f"应有列:{', '.join(columns)}")
    return [
        (reader.line_num, {name: (row.get(name) or "").strip() for name in columns})
        for row in reader
        if any(value for key, value in row.items() if key is not None)
    ]


def _day(path: Path, line: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _damaged(path, line, "a date is written YYYY-MM-DD", "日期应写作 YYYY-MM-DD") from None


def _damaged(path: Path, line: int, what_en: str, what_zh: str) -> CouldNotRun:
    return CouldNotRun(
        f"A reference list is damaged: {what_en}.",
        f"基础名录有误:{what_zh}。",
        address=f"{path.name}, line {line}",
        remedy_en="Correct the line.",
        remedy_zh="请更正该行。",
    )
