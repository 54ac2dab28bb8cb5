"""Layouts that a person has confirmed: what the columns of one header are that no form's aliases know.

A confirmed layout holds for sheets of the same header under the same kind of title, and for nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from orchestration.ingest.text import squash

_BRACKETED = re.compile(r"\([^()]*\)")
_WHEN = re.compile(r"[\d〇零一二三四五六七八九十]+(?=[年月日季])|\d+|(?:上|下)半年|[年月日季]度?份?")
_WHERE = re.compile(r"^.*(?:街道|社区|居委会|村委会|[省市县镇乡村](?!级|民|情|居))(?=.{2})")


class ConfirmedColumn(BaseModel):
    """One column of the header, in its order: what stands there, what cells looked like, what it is.

    ``is`` names a column of the form, or ``@serial``, ``@unit``, ``@fill_date``, ``@remark``, or ``-`` for what is
    known and not kept.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    header: str
    shape: str = ""
    is_: str = Field(alias="is")


class ConfirmedLayout(BaseModel):
    """One header as it was confirmed; ``block`` are its rows, squashed. One that is withdrawn holds no longer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    version: int = Field(ge=1)
    form: str
    title: str
    block: tuple[tuple[str, ...], ...]
    columns: tuple[ConfirmedColumn, ...]
    confirmed_by: str = Field(pattern=r"^[\w.\- ]{1,20}$")
    confirmed_on: date
    withdrawn: bool = False

    @property
    def told(self) -> dict[int, str]:
        """Column (0-based) -> what it is."""
        return {index: column.is_ for index, column in enumerate(self.columns) if column.header}


class ConfirmedLayouts:
    """The layouts in force, found by what stands in a sheet."""

    def __init__(self, layouts: Iterable[ConfirmedLayout] = ()) -> None:
        self._by_fingerprint = {layout.fingerprint: layout for layout in layouts}
        self._blocks = {layout.block for layout in self._by_fingerprint.values()}
        self._first_rows = {block[0] for block in self._blocks}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever confirmed."""
        return not self._by_fingerprint

    def row_of(self, rows: Sequence[list[object]]) -> int | None:
        """The first row at which the header of a confirmed layout stands."""
        if not self._first_rows:
            return None
        for index, row in enumerate(rows):
            if words(row) in self._first_rows and any(block_of(rows, index, len(b)) == b for b in self._blocks):
                return index
        return None

    def recall(self, rows: Sequence[list[object]], first: int, title: str) -> ConfirmedLayout | None:
        """The layout whose header stands at a row, under a title of the kind for which it was confirmed."""
        for block in sorted(self._blocks, key=len, reverse=True):
            if block_of(rows, first, len(block)) == block:
                found = self._by_fingerprint.get(fingerprint(block, kind_of(title)))
                if found is not None:
                    return found
        return None


def fingerprint(block: tuple[tuple[str, ...], ...], kind: str) -> str:
    """What tells a layout: the texts of its header with their places, and the kind of its title."""
    told = json.dumps([kind, block], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def kind_of(title: str) -> str:
    """A title without the place and the time that it speaks of: 听泉村2014年5月亡故人员名册 is 亡故人员名册."""
    bare = _BRACKETED.sub("", squash(title))
    return _WHEN.sub("", _WHERE.sub("", bare))


def block_of(rows: Sequence[list[object]], first: int, height: int) -> tuple[tuple[str, ...], ...]:
    """So many rows of a header, squashed."""
    return tuple(words(row) for row in rows[first : first + height])


def words(row: list[object]) -> tuple[str, ...]:
    """The cells of one row of a header, squashed, without the blanks at its end."""
    texts = [squash(cell) if isinstance(cell, str) else str(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
