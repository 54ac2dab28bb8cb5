"""What a form looks like, as data: one YAML file under ``layouts/`` for each form.

The models here say which words a layout may use. They know nothing about sheets or cells.
"""

from __future__ import annotations

import itertools
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import polars as pl
import yaml
from pydantic import Field, ValidationError, model_validator

from orchestration.errors import CouldNotRun
from orchestration.ingest.confirmed import ConfirmedLayouts
from orchestration.ingest.row_checks import RowCheck
from orchestration.ingest.text import squash
from orchestration.ingest.ties import Beside, Chosen, Monthly, Pick, Share, Strict, Whole

LAYOUTS_DIR = Path(__file__).parent / "layouts"

ColumnType = Literal[
    "int", "decimal", "money", "fraction", "date", "month", "code", "bool", "text", "id", "key", "division", "area",
    "pick", "count", "same", "unit", "member", "period", "drop",
]  # fmt: skip
_DTYPES: dict[str, pl.DataType] = {
    "int": pl.Int32(),
    "count": pl.Int32(),
    "decimal": pl.Decimal(8, 2),
    "money": pl.Decimal(14, 2),
    "fraction": pl.Decimal(9, 6),
    "date": pl.Date(),
    "bool": pl.Boolean(),
    "same": pl.Boolean(),
}
COMMON_SCHEMA: dict[str, pl.DataType] = {
    name: pl.String() for name in ("row_id", "submission_id", "batch_id", "unit_code")
}


# Columns that are looked at while reading but have no place in the lake.
TRANSIENT = frozenset({"drop", "unit", "member", "period"})


class Column(Strict):
    """One column of a form.

    ``aliases`` are headers as clerks write them; ``上级_下级`` stands for a merged header, ``{word}`` for any synonym
    listed under ``words``, ``左邻>表头`` for a header that only its left neighbour makes clear.
    """

    type: ColumnType
    aliases: tuple[str, ...] = ()
    into: str | None = None
    keep: bool = True
    codes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    code_list: str | None = None
    blank: str | None = None
    default: str | None = None
    from_title: dict[str, str] = Field(default_factory=dict)
    alone: tuple[str, ...] = ()
    mandatory: bool = False
    blank_ok: bool = False
    places_row: bool = False
    optional: bool = False
    expected: bool = False
    wanted: bool = False
    units: tuple[str, ...] = ()
    minimum: int | None = 0
    future: bool = False
    pii: Literal["N", "Q", "S", "D"] = "N"
    purpose: Literal["register", "fee", "service"] | None = None
    domain: str | None = None
    scope: Literal["unit", "county"] | None = None
    status: str | None = None
    pick: Pick | None = None
    share: Share | None = None
    chosen: Chosen | None = None
    beside: Beside | None = None
    monthly: Monthly | None = None
    mandatory_with: str | None = None
    suffix_of: str | None = None
    counted_in: str | None = None
    first_of: str | None = None
    last_of: str | None = None
    pattern: str | None = None
    within: bool = False
    in_remarks: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> Column:
        if self.type in ("id", "key") and (self.purpose is None or self.domain is None):
            raise ValueError("an id or key column names its purpose and domain")
        if self.type == "pick" and self.pick is None:
            raise ValueError("a pick column says what it picks")
        if self.future and self.type != "date":
            raise ValueError("only a date can lie in the future")
        if self.type == "code" and not (self.codes or self.code_list):
            raise ValueError("a code column lists its codes")
        return self

    @cached_property
    def source(self) -> str | None:
        """The column in whose cells this one is written too, where a sheet has no column of its own for it."""
        return self.suffix_of or self.first_of or self.last_of

    @cached_property
    def as_place(self) -> Column:
        """The column read as the name of a place, which is what a column of the same name holds on some sheets."""
        return self.model_copy(update={"type": "area" if self.code_list else "division", "keep": False})


class Layout(Strict):
    """One form: how its sheets are found, what its columns are, how its rows behave over time.

    ``needs`` lists sets of columns of which a sheet must have at least one whole set; ``by_township`` forms come from
    the township's office when a title or file name speaks of the township alone; ``halves`` names the half of the form
    that a sheet without a column holds (``@title``: as its title says); ``parts`` are words of titles of lists of some
    of the people alone.
    """

    form: str = Field(pattern=r"^L\d{2}$")
    kind: Literal["snapshot", "events", "register", "aggregate"]
    name_zh: str
    name_en: str
    titles: tuple[str, ...]
    not_titles: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    columns: dict[str, Column]
    blocked: tuple[str, ...] = ()
    duplicate_needs: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    by_township: bool = False
    halves: dict[str, str] = Field(default_factory=dict)
    parts: tuple[str, ...] = ()
    whole: Whole | None = None
    row_checks: tuple[RowCheck, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Layout:
        names = set(self.columns)
        for name, column in self.columns.items():
            ties = (column.pick, column.share, column.chosen, column.beside, column.monthly)
            wanted = {*column.of, *itertools.chain(*(tie.speaks_of for tie in ties if tie))}
            wanted |= {other for other in (column.mandatory_with, column.source, column.counted_in) if other}
            if wanted - names:
                raise ValueError(f"{name} speaks of columns that the layout does not have: {sorted(wanted - names)}")
        if {*self.duplicate_needs, *self.halves, *itertools.chain(*self.needs)} - names:
            raise ValueError("duplicate_needs or needs speaks of columns that the layout does not have")
        for check in self.row_checks:
            if check.speaks_of - names:
                raise ValueError(f"{check.check} speaks of columns that the layout does not have")
        return self

    @cached_property
    def title_pattern(self) -> re.Pattern[str]:
        """Any of the titles."""
        return re.compile("|".join(self.titles))

    @cached_property
    def other_title(self) -> re.Pattern[str] | None:
        """Any of the titles of other forms that hold one of this form's."""
        return re.compile("|".join(f"(?:{title})" for title in self.not_titles)) if self.not_titles else None

    @cached_property
    def lake_schema(self) -> dict[str, pl.DataType]:
        """Lake column -> type, in the order of the layout, the common columns first."""
        schema = dict(COMMON_SCHEMA)
        late: dict[str, pl.DataType] = {}
        for name, column in self.columns.items():
            if column.type in TRANSIENT or not column.keep:
                continue
            schema.setdefault(column.into or name, _DTYPES.get(column.type, pl.String()))
            if column.status:
                late[column.status] = pl.String()
        return {**schema, **late}

    @cached_property
    def own_schema(self) -> dict[str, pl.DataType]:
        """The lake columns of this form alone."""
        return {name: dtype for name, dtype in self.lake_schema.items() if name not in COMMON_SCHEMA}

    @cached_property
    def expected(self) -> frozenset[str]:
        """Lake columns that are counted in field completeness."""
        return frozenset(column.into or name for name, column in self.columns.items() if column.expected)

    @cached_property
    def statuses(self) -> frozenset[str]:
        """Lake columns that say how well an ID was written."""
        return frozenset(column.status for column in self.columns.values() if column.status)

    @cached_property
    def header_names(self) -> dict[str, str]:
        """Squashed header -> column, every alias spelled out."""
        found: dict[str, str] = {}
        for name, column in self.columns.items():
            for alias in column.aliases:
                for spelled in _spell(alias, self.words):
                    other = found.setdefault(squash(spelled), name)
                    if other != name:
                        raise ValueError(f"{self.form}: the header {spelled} belongs to both {other} and {name}")
        return found


class Common(Strict):
    """What holds on every form: columns that are never data, blocked headers, code lists shared by forms."""

    serial: tuple[str, ...]
    unit: tuple[str, ...]
    fill_date: tuple[str, ...]
    ignored: tuple[str, ...]
    remark: tuple[str, ...] = ()
    neutral_groups: tuple[str, ...]
    cumulated: tuple[str, ...] = ()
    blocked_headers: tuple[str, ...]
    blocked_sheets: tuple[str, ...]
    no_reports: tuple[str, ...] = ()
    code_lists: dict[str, dict[str, tuple[str, ...]]]


class Catalogue:
    """All layouts of one folder with what they share."""

    def __init__(self, layouts: dict[str, Layout], common: Common, confirmed: ConfirmedLayouts | None = None) -> None:
        self.layouts, self.common, self.confirmed = layouts, common, confirmed or ConfirmedLayouts()
        self.serial = frozenset(map(squash, common.serial))
        self.unit = frozenset(map(squash, common.unit))
        self.fill_date = frozenset(map(squash, common.fill_date))
        self.remark = frozenset(map(squash, common.remark))
        self.ignored = frozenset(map(squash, common.ignored)) | self.remark
        self.neutral = frozenset(map(squash, common.neutral_groups))
        self.blocked_sheet = re.compile("|".join(common.blocked_sheets))
        self._blocked = re.compile("|".join(common.blocked_headers))
        self.vocabulary = self._vocabulary()
        self.bindings: dict[tuple[object, ...], Any] = {}
        self.flattened: dict[tuple[object, ...], list[str]] = {}

    def _vocabulary(self) -> frozenset[str]:
        """Every whole header and every part of a merged one; a row holding several of them may be a header."""
        words = set(self.serial | self.unit | self.fill_date | self.ignored | self.neutral)
        words.update(map(squash, self.common.cumulated))
        for layout in self.layouts.values():
            for header in layout.header_names:
                words.update(header.rpartition(">")[2].split("_"))
        return frozenset(words)

    def is_blocked(self, layout: Layout, header: str) -> bool:
        """Whether a column of this header must not be read past the header (class B)."""
        if self._blocked.search(header):
            return True
        return any(re.search(pattern, header) for pattern in layout.blocked)

    def codes(self, column: Column) -> dict[str, tuple[str, ...]]:
        """Code -> the words that stand for it, from the column itself or a shared list."""
        return self.common.code_lists[column.code_list] if column.code_list else dict(column.codes)


def _spell(alias: str, words: dict[str, tuple[str, ...]]) -> list[str]:
    parts = re.split(r"\{([^}]+)\}", alias)
    choices = [words[part] if index % 2 else (part,) for index, part in enumerate(parts)]
    return ["".join(chosen) for chosen in itertools.product(*choices)]


@lru_cache(maxsize=4)
def load_catalogue(directory: Path = LAYOUTS_DIR) -> Catalogue:
    """Read every ``L??.yml`` of a folder, and ``common.yml`` beside them.

    Raises:
        CouldNotRun: a layout is not well formed; the address names the file.
    """
    layouts: dict[str, Layout] = {}
    path = directory / "common.yml"
    try:
        common = Common.model_validate(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
        for path in sorted(directory.glob("L*.yml")):
            layout = Layout.model_validate(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))
            layout.header_names  # noqa: B018  two columns claiming one header are found here, not on a clerk's sheet
            layouts[layout.form] = layout
        return Catalogue(layouts, common)
    except (OSError, ValueError, KeyError, ValidationError, yaml.YAMLError, re.error) as problem:
        raise CouldNotRun(
            f"A layout is not well formed: {type(problem).__name__}.",
            "表式定义文件有误。",
            address=path.name,
            remedy_en=f"Mend it as docs/adding-a-form.md says. {problem}",
            remedy_zh="请按 docs/adding-a-form.md 修改。",
        ) from None
