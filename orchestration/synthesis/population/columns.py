"""Columns of equal length that grow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Rows = NDArray[np.int64]


class Columns:
    """Columns of equal length that grow by half of what they hold.

    ``table[name]`` is a view of the rows in use: writing into it writes into the table. A view taken before ``add`` may
    be stale after it.
    """

    def __init__(self, kinds: Mapping[str, type], blank: Mapping[str, int] | None = None, room: int = 1024) -> None:
        self._kinds, self._blank = dict(kinds), dict(blank or {})
        self._room, self.count = room, 0
        self._data: dict[str, Array] = {name: np.empty(room, kind) for name, kind in kinds.items()}

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, name: str) -> Array:
        return self._data[name][: self.count]

    def add(self, number: int, **values: Array | int) -> Rows:
        """Append rows; a column that is not given takes its blank value (0 if it has none).

        Returns:
            The new row numbers, shape (number,).
        """
        first, last = self.count, self.count + number
        if last > self._room:
            self._room = max(last, self._room + self._room // 2)
            for name, old in self._data.items():
                grown: Array = np.empty(self._room, self._kinds[name])
                grown[:first] = old[:first]
                self._data[name] = grown
        for name, column in self._data.items():
            column[first:last] = values.get(name, self._blank.get(name, 0))
        self.count = last
        return np.arange(first, last, dtype=np.int64)
