"""The tables of rules and standards (``seeds/reference``), looked at before anything is computed from them.

What must hold is said in ``seed_rules.yml``. A person edits these tables by hand, so a fault is told with its file, its
line and what is expected there.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from orchestration.errors import CouldNotRun

RULES_FILE = Path(__file__).with_name("seed_rules.yml")
_END_OF_TIME = "9999-12-31"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_PLACE_IN_NAME = re.compile(r"{(\w+)\.(\w+)}")

Row = dict[str, str]
# A fault: line of the file, the sentence in English and in Chinese.
Fault = tuple[int, str, str]


class Spans(BaseModel):
    """Rows of one ``by`` (all rows without it) hold one after the other, from the first day to before the last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str = ""
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    without_end: tuple[str, ...] = ()


class SeedRules(BaseModel):
    """What must hold of one table; the words are explained in ``seed_rules.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: tuple[str, ...]
    filled: tuple[str, ...] = ()
    one_of: dict[str, tuple[str, ...]] = {}
    numbers: tuple[str, ...] = ()
    filled_when: dict[str, dict[str, tuple[str, ...]]] = {}
    columns_of: dict[str, str] = {}
    refers: dict[str, str] = {}
    spans: Spans | None = None
    steps: str = ""
    rising: tuple[str, ...] = ()

    def columns(self) -> set[str]:
        """Every column that a rule names."""
        spans = () if self.spans is None else (self.spans.by, self.spans.start, self.spans.end)
        when = {other for others in self.filled_when.values() for other in others}
        lists = (self.key, self.filled, self.numbers, self.rising, self.one_of, self.refers, self.columns_of)
        return ({name for names in lists for name in names} | when | {*self.filled_when, self.steps, *spans}) - {""}


def read_rules() -> dict[str, SeedRules]:
    """The rules by table."""
    content: dict[str, Any] = yaml.safe_load(RULES_FILE.read_text(encoding="utf-8"))
    return {name: SeedRules.model_validate(rules) for name, rules in content.items()}


def check_seeds(folder: Path) -> None:
    """Hold every table of the folder against its rules.

    Raises:
        CouldNotRun: a table is missing, cannot be read, or breaks a rule; the address names file and line.
    """
    rules = read_rules()
    tables = {name: _read(folder / f"{name}.csv", table_rules) for name, table_rules in rules.items()}
    for name, table_rules in rules.items():
        for line, what_en, what_zh in _faults(tables[name], table_rules, tables):
            raise _damaged(folder / f"{name}.csv", line, what_en, what_zh)


def _read(path: Path, rules: SeedRules) -> list[tuple[int, Row]]:
    """The rows with their lines, the cells without the blanks around them."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise _damaged(path, 1, "it cannot be read as UTF-8", "无法按 UTF-8 读取") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = sorted(rules.columns() - set(reader.fieldnames or ()))
    if missing:
        raise _damaged(path, 1, f"the column {missing[0]} is missing", f"缺少列 {missing[0]}")
    rows: list[tuple[int, Row]] = []
    try:
        for row in reader:
            if None in row or None in row.values():
                what = "the row has more or fewer cells than the header", "该行单元格数与表头不符"
                raise _damaged(path, reader.line_num, *what)
            rows.append((reader.line_num, {name: cell.strip() for name, cell in row.items()}))
    except csv.Error:
        raise _damaged(path, reader.line_num, "the quotes do not close", "引号不配对") from None
    return rows


def _faults(rows: list[tuple[int, Row]], rules: SeedRules, tables: dict[str, list[tuple[int, Row]]]) -> Iterator[Fault]:
    yield from _of_keys(rows, rules.key)
    yield from _of_words(rows, rules)
    yield from _of_numbers(rows, rules.numbers)
    for column, table in rules.columns_of.items():
        yield from _of_columns(rows, column, table, tables)
    for column, target in rules.refers.items():
        yield from _of_references(rows, column, target, tables)
    if rules.spans is not None:
        yield from _of_spans(rows, rules.spans)
    if rules.steps:
        yield from _of_steps(rows, rules.steps)
    for column in rules.rising:
        yield from _of_rising(rows, column)


def _of_keys(rows: list[tuple[int, Row]], key: Sequence[str]) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        values = tuple(row[column] for column in key)
        if "" in values:
            empty = key[values.index("")]
            yield line, f"{empty} is empty", f"{empty} 为空"
        if values in seen:
            named = ", ".join(values)
            yield line, f"{named} stands in line {seen[values]} already", f"{named} 与第 {seen[values]} 行重复"
        seen[values] = line


def _of_words(rows: list[tuple[int, Row]], rules: SeedRules) -> Iterator[Fault]:
    for line, row in rows:
        for column in rules.filled:
            if not row[column]:
                yield line, f"{column} is empty", f"{column} 为空"
        for column, words in rules.one_of.items():
            if row[column] not in words:
                known = ", ".join(words)
                yield line, f"{column} is one of {known}", f"{column} 应为 {known} 之一"
        for column, conditions in rules.filled_when.items():
            if not row[column] and any(row[other] in words for other, words in conditions.items()):
                yield line, f"{column} is empty", f"{column} 为空"


def _of_numbers(rows: list[tuple[int, Row]], columns: Sequence[str]) -> Iterator[Fault]:
    for line, row in rows:
        for column in columns:
            if row[column] and not _NUMBER.fullmatch(row[column]):
                yield line, f"{column} is a number", f"{column} 应为数字"


def _of_columns(
    rows: list[tuple[int, Row]], column: str, table: str, tables: dict[str, list[tuple[int, Row]]]
) -> Iterator[Fault]:
    known = {name for _, row in tables[table] for name in row}
    for line, row in rows:
        if row[column] and row[column] not in known:
            yield line, f"{table}.csv has no column {row[column]}", f"{table}.csv 没有列 {row[column]}"


def _of_references(
    rows: list[tuple[int, Row]], column: str, target: str, tables: dict[str, list[tuple[int, Row]]]
) -> Iterator[Fault]:
    table, other = target.split(".")
    known = {name for _, row in tables[table] for name in _spelled_out(row[other], tables)}
    for line, row in rows:
        if row[column] and row[column] not in known:
            yield (
                line,
                f"{column} {row[column]} does not stand in {table}.csv",
                f"{column} 的 {row[column]} 不在 {table}.csv 中",
            )


def _spelled_out(name: str, tables: dict[str, list[tuple[int, Row]]]) -> Iterator[str]:
    """A name; one with ``{services.service}`` in it stands for as many names as that table has rows."""
    place = _PLACE_IN_NAME.search(name)
    if place is None:
        yield name
        return
    for _, row in tables[place[1]]:
        yield name.replace(place[0], row[place[2]])


def _of_spans(rows: list[tuple[int, Row]], spans: Spans) -> Iterator[Fault]:
    groups: dict[str, list[tuple[str, str, int]]] = {}
    for line, row in rows:
        if not (_is_day(row[spans.start]) and _is_day(row[spans.end])):
            yield line, "a date is written YYYY-MM-DD", "日期应写作 YYYY-MM-DD"
            return
        if row[spans.start] >= row[spans.end]:
            yield line, f"{spans.end} lies not after {spans.start}", f"{spans.end} 不晚于 {spans.start}"
        groups.setdefault(row[spans.by] if spans.by else "", []).append((row[spans.start], row[spans.end], line))
    for group, held in groups.items():
        held.sort()
        for (_, before, line_before), (after, _, line) in pairwise(held):
            if after < before:
                yield line, f"it overlaps line {line_before}", f"与第 {line_before} 行时段重叠"
            if after > before:
                yield line, f"nothing holds from {before} to {after}", f"{before} 至 {after} 之间没有规定"
        if group in spans.without_end and held[-1][1] != _END_OF_TIME:
            yield held[-1][2], f"the last one ends on {_END_OF_TIME}", f"最后一行应止于 {_END_OF_TIME}"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_steps(rows: list[tuple[int, Row]], column: str) -> Iterator[Fault]:
    for (_, before), (line, row) in pairwise(rows):
        if not (before[column].isdecimal() and row[column].isdecimal() and int(row[column]) == int(before[column]) + 1):
            what_en = f"{column} goes on from the row before by one"
            yield line, what_en, f"{column} 应比上一行大一"


def _of_rising(rows: list[tuple[int, Row]], column: str) -> Iterator[Fault]:
    for (_, before), (line, row) in pairwise(rows):
        if not float(row[column]) > float(before[column]):
            yield line, f"{column} lies above that of the row before", f"{column} 应大于上一行"


def _damaged(path: Path, line: int, what_en: str, what_zh: str) -> CouldNotRun:
    return CouldNotRun(
        f"A table of rules is damaged: {what_en}.",
        f"规则表有误:{what_zh}。",
        address=f"{path.name}, line {line}",
        remedy_en="Correct the line; nothing was computed.",
        remedy_zh="请更正该行;尚未进行任何计算。",
    )
