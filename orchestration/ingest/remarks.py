"""Marks that a clerk writes among the remarks, where the form has a column for them or should have one."""

from __future__ import annotations

import re
from typing import Any

from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.headers import Binding
from orchestration.ingest.layout import Column
from orchestration.ingest.text import squash
from orchestration.ingest.values import gap

# What a clerk writes beside a line that no longer holds; a remark that says more is about something else.
_STRUCK = re.compile(
    r"^[(]?(?:[此该本](?:条|行|人|户|笔))?(?:已|系|为)?(?:作废|划[掉去]|删[除去]|误[填报登记录]{1,2}|[重多]报|重复(?:登记|填报|上报)?|取消)[)。]?$"
)


def struck_out(raw: RawSheet, binding: Binding, kept: list[int]) -> list[int]:
    """Positions of rows that a word in the serial number, the remark or beside the table takes back.

    A form that reads its marks among the remarks, as that of receipts does, has no such rows.
    """
    if any(column.in_remarks for column in binding.layout.columns.values()):
        return []
    bare = [at for at, header in binding.headers.items() if not header]
    places = {*binding.serial, *bare, *([binding.remark_column] if binding.remark_column is not None else [])}
    rows = raw.rows
    texts = (cell for at in places for cell in {rows[row][at] for row in kept} if isinstance(cell, str) and cell)
    struck = {text for text in texts if _STRUCK.match(squash(text))}
    if not struck:
        return []
    return [position for position, row in enumerate(kept) if any(rows[row][at] in struck for at in places)]


class Remarks:
    """The remarks of the kept rows of a sheet; nothing of them is kept but the code of a mark."""

    def __init__(self, raw: RawSheet, binding: Binding, kept: list[int], readers: ColumnReaders) -> None:
        self._raw, self._binding, self._kept, self._readers = raw, binding, kept, readers

    def read(self, name: str, column: Column, told: list[Any] | None) -> tuple[list[Any], list[int]]:
        """Fill the marks that stand in the remarks alone.

        Args:
            name: the column of marks in the layout.
            column: its layout.
            told: what the column itself says, one a row; None without it.

        Returns:
            The marks, and the positions whose remark speaks of a mark without being one (原票作废重开).
        """
        marks = list(told) if told is not None else [column.blank] * len(self._kept)
        remark, own = self._binding.remark_column, self._binding.columns.get(name)
        unclear: list[int] = []
        if remark is None:
            return marks, unclear
        words = self._readers.words(column)
        for position, row in enumerate(self._kept):
            cell = self._raw.rows[row][remark]
            if not isinstance(cell, str) or not cell or (own is not None and not gap(self._raw.rows[row][own])):
                continue
            text = squash(cell).removeprefix("已").removeprefix("此票").removeprefix("本票").rstrip("。.!票据")
            if words.get(text) in column.in_remarks:
                marks[position] = words[text]
            elif any(word in text for word, code in words.items() if code in column.in_remarks and len(word) > 1):
                unclear.append(position)
        return marks, unclear
