"""The types that a column of a form can have, and what each is in the lake; text unless said."""

from __future__ import annotations

from typing import Literal

import polars as pl

ColumnType = Literal[
    "int", "decimal", "money", "fraction", "percent", "bound", "date", "month", "code", "bool", "text", "id", "key",
    "division", "area", "pick", "count", "same", "unit", "member", "period", "drop",
]  # fmt: skip
DTYPES: dict[str, pl.DataType] = {
    "int": pl.Int32(),
    "count": pl.Int32(),
    "decimal": pl.Decimal(8, 2),
    "money": pl.Decimal(14, 2),
    "fraction": pl.Decimal(9, 6),
    "percent": pl.Decimal(8, 2),
    "bound": pl.Decimal(16, 4),
    "date": pl.Date(),
    "bool": pl.Boolean(),
    "same": pl.Boolean(),
}
# Columns that are looked at while reading but have no place in the lake.
TRANSIENT = frozenset({"drop", "unit", "member", "period"})
