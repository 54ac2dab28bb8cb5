"""Spellings of village names that a person has confirmed: proposed from refused sheets, kept in ``reference/``.

A spelling holds only within the township it was confirmed for. The list is appended to and never rewritten; the last
line about a spelling holds, and one without a code withdraws it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest import register, sheet
from orchestration.ingest.archive import Archive
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.opening import Refusal, open_sheets
from orchestration.ingest.headers import candidate_rows
from orchestration.ingest.layout import Catalogue, load_catalogue
from orchestration.ingest.placing import last_day
from orchestration.ingest.proposals import villages
from orchestration.ingest.proposals.confidence import grade
from orchestration.ingest.proposals.memory import catalogue_of
from orchestration.ingest.proposals.villages import Renamed
from orchestration.ingest.reference import OPEN_END, Division, compile_reference, read_list
from orchestration.ingest.text import squash
from orchestration.ingest.units import UnitNames, Units
from orchestration.settings import Settings

FILE = "unit_names.csv"
COLUMNS = ("name_written", "township_code", "division_code", "confirmed_by", "confirmed_on")
PROPOSED = {
    "file_path": pl.String(), "sheet_no": pl.Int32(), "name_written": pl.String(), "township_code": pl.String(),
    "division_code": pl.String(), "name_zh": pl.String(), "likeness": pl.Float64(), "confidence": pl.Float64(),
    "grade": pl.String(), "grade_zh": pl.String(),
}  # fmt: skip
_NAME = re.compile(r"[\u4e00-\u9fff()0-9]{2,20}")
_INITIALS = re.compile(r"[\w.\- ]{1,20}")
_MOST_PROPOSALS = 3
_UNKNOWN = "sheet.unknown_unit"
_LATEST = date(9999, 1, 1)


@dataclass(frozen=True)
class UnitName:
    """One confirmed spelling of a village of a township; an empty code withdraws it."""

    name_written: str
    township_code: str
    division_code: str
    confirmed_by: str
    confirmed_on: date


def load(settings: Settings, divisions: Iterable[Division]) -> list[Division]:
    """The spellings in force, as divisions that bear these names for as long as their codes hold.

    Raises:
        CouldNotRun: the list is damaged; the address names file and line.
    """
    by_code: dict[str, list[Division]] = {}
    for division in divisions:
        by_code.setdefault(division.division_code, []).append(division)
    latest = {(name.township_code, squash(name.name_written)): name for name in read(settings)}
    return [
        Division(
            division.division_code, name.name_written, division.name_en, division.division_level,
            division.parent_code, division.valid_from, division.valid_to, division.county_code,
        )
        for name in latest.values()
        for division in by_code.get(name.division_code, ())
        if division.parent_code == name.township_code
    ]  # fmt: skip


def read(settings: Settings) -> list[UnitName]:
    """Every line of the list, the oldest first; none without a list.

    Raises:
        CouldNotRun: the list is damaged; the address names file and line.
    """
    path = settings.reference_dir / FILE
    if not path.exists():
        return []
    try:
        lines = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        names = [(lines.line_num, {name: (line[name] or "").strip() for name in COLUMNS}) for line in lines]
    except (OSError, UnicodeDecodeError, KeyError):
        raise _damaged(1) from None
    return [_checked(number, line) for number, line in names]


def proposals(settings: Settings) -> pl.DataFrame:
    """The nearest names of its township for every village that a refused sheet or row names and the list does not.

    Nothing is used before a person confirms it. Of a sheet only the word that looks like a village is shown. Columns:
    ``PROPOSED``; likeness and confidence lie between 0 and 1, and the likeliest village of a name stands first.

    Raises:
        CouldNotRun: a list or the register cannot be read.
    """
    divisions = compile_reference(settings)
    units = Units(divisions, load(settings, divisions))
    aggregates = [form for form, layout in load_catalogue().layouts.items() if layout.kind == "aggregate"]
    entries = register.read_quarantine(settings).filter(
        # A row of persons has addresses too, and these are nobody's business.
        (pl.col("rule_id") == _UNKNOWN) & (pl.col("row_no").is_null() | pl.col("form").is_in(aggregates))
    )
    archive, catalogue = Archive(settings.archive), catalogue_of(settings)
    found: list[tuple[object, ...]] = []
    for sha256, path, number, row_no, period in entries.select(
        "file_sha256", "file_path", "sheet_no", "row_no", "period"
    ).iter_rows():
        names = units.on(last_day(period) if period else _LATEST)
        around = [path.rpartition("/")[2], path.rpartition("/")[0]]
        for texts in _texts(catalogue, archive.read(sha256), number, row_no, Limits.of(settings)):
            for written, township in _strangers(names, [*texts, *around]):
                found += [(path, number, written, township, *near) for near in _nearest(names, written, township)]
    return pl.DataFrame(found, schema=PROPOSED, orient="row").unique(maintain_order=True)


def renamed(settings: Settings, newer: Path) -> list[Renamed]:
    """What became of villages that a newer list of divisions has no longer under code or name; nothing is used.

    Raises:
        CouldNotRun: a list cannot be read; the address names file and line.
    """
    lists = (compile_reference(settings), read_list(newer))
    older, later = ([division for division in each if division.valid_to == OPEN_END] for each in lists)
    counties = {division.county_code for division in later}
    return villages.renamed([division for division in older if division.county_code in counties], later)


def confirm(settings: Settings, name: UnitName) -> None:
    """Append one confirmed spelling, or with an empty code withdraw one.

    Raises:
        UsageError: the code is no village of the township, another village bears the name, or a field is not plain.
        CouldNotRun: the list is damaged.
    """
    divisions = compile_reference(settings)
    read(settings)
    names = Units(divisions).on(name.confirmed_on)
    if not (_NAME.fullmatch(squash(name.name_written)) and _INITIALS.fullmatch(name.confirmed_by)):
        raise _unfit("name and initials are plain words", "名称和确认人应为简短文字")
    borne = names.villages_of(name.township_code)
    if name.division_code and name.division_code not in borne.values():
        raise _unfit("the code is no village of the township", "代码不是该乡镇的村")
    if borne.get(squash(name.name_written), name.division_code) != name.division_code:
        raise _unfit("another village of the township bears the name", "该乡镇另有同名村")
    path = settings.reference_dir / FILE
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        if is_new:
            writer.writerow(COLUMNS)
        writer.writerow((*astuple(name)[:-1], name.confirmed_on.isoformat()))


def _texts(
    catalogue: Catalogue, content: bytes | None, number: int, row_no: int | None, limits: Limits
) -> Iterator[list[str]]:
    """The lines above the table of a sheet and its tab, and the cells of one row if one is asked for."""
    with suppress(Refusal):
        for raw in open_sheets(content or b"", limits):
            if raw.number != number:
                continue
            first = next(candidate_rows(raw.rows, catalogue, raw.merges), 0)
            above = sheet.preamble(raw.rows[:first])
            row = [] if row_no is None else raw.rows[[raw.row_no(at) for at in range(len(raw.rows))].index(row_no)]
            yield [*(cell for cell in row if isinstance(cell, str)), above.unit_line or "", above.title, raw.name]


def _strangers(names: UnitNames, texts: list[str]) -> list[tuple[str, str]]:
    """Words that look like a village of the one township that the texts name; none where they name several."""
    townships = {township for text in texts if (township := names.found_in(text).township)}
    if len(townships) != 1:
        return []
    (township,) = townships
    return [(word, township) for text in texts if (word := names.stranger(text))]


def _nearest(names: UnitNames, written: str, township: str) -> Iterator[tuple[object, ...]]:
    for one in villages.nearest(written, names.villages_of(township))[:_MOST_PROPOSALS]:
        alike = villages.likeness(written, one.name)
        yield one.division_code, one.name, alike, one.chance, *grade(one.chance)


def _checked(number: int, line: dict[str, str]) -> UnitName:
    code, township = line["division_code"], line["township_code"]
    if not line["name_written"] or len(township) != 12 or len(code) not in (0, 12):
        raise _damaged(number)
    try:
        return UnitName(
            line["name_written"], township, code, line["confirmed_by"], date.fromisoformat(line["confirmed_on"])
        )
    except ValueError:
        raise _damaged(number) from None


def _unfit(what_en: str, what_zh: str) -> UsageError:
    return UsageError(
        f"The name cannot be confirmed: {what_en}.",
        f"无法确认该名称:{what_zh}。",
        address=FILE,
        remedy_en="Choose one of the proposals.",
        remedy_zh="请从建议中选择。",
    )


def _damaged(line: int) -> CouldNotRun:
    return CouldNotRun(
        "The list of confirmed unit names is damaged.",
        "已确认的单位名称清单有误。",
        address=f"{FILE}, line {line}",
        remedy_en=f"Correct the line; the columns are {', '.join(COLUMNS)}.",
        remedy_zh="请更正该行。",
    )
