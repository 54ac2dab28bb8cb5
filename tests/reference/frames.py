"""Two frames that must be the same: rows by key, cells by value."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

_SHOWN = 12


def differences(
    expected: pl.DataFrame, found: pl.DataFrame, keys: list[str], *, digits: float = 0.0, leave_out: Iterable[str] = ()
) -> list[str]:
    """Every row that one side lacks and the first cells that differ, as lines; empty if the frames are the same.

    Args:
        expected: what must be there; its columns are compared.
        found: what is there; it must have no further columns but those in ``leave_out``.
        keys: columns that name a row; on each side they must be unique.
        digits: how far two floats may lie apart, absolutely and relatively.
        leave_out: columns that are not compared.
    """
    left_out = set(leave_out)
    values = [name for name in expected.columns if name not in keys and name not in left_out]
    uneven = (set(found.columns) ^ set(expected.columns)) - left_out
    if uneven:
        return [f"columns on one side only: {', '.join(sorted(uneven))}"]
    lines = []
    for name, frame in (("expected", expected), ("found", found)):
        if frame.select(pl.struct(keys).is_duplicated().any()).item():
            lines.append(f"{name}: a key stands twice")
    want, have = (_comparable(frame.select(*keys, *values)) for frame in (expected, found))
    for text, rest in (
        ("missing", want.join(have, on=keys, how="anti", nulls_equal=True)),
        ("not expected", have.join(want, on=keys, how="anti", nulls_equal=True)),
    ):
        lines += [f"{text}: {_key(row, keys)}" for row in rest.sort(keys).head(_SHOWN).iter_rows(named=True)]
        if rest.height > _SHOWN:
            lines.append(f"{text}: {rest.height} rows in all")
    both = want.join(have, on=keys, nulls_equal=True, suffix="_found")
    for name in values:
        other = both[f"{name}_found"]
        wrong = both.filter(~_alike(name, other.dtype, digits)).sort(keys)
        lines += [
            f"{_key(row, keys)} {name}: expected {row[name]}, found {row[f'{name}_found']}"
            for row in wrong.head(_SHOWN).iter_rows(named=True)
        ]
        if wrong.height > _SHOWN:
            lines.append(f"{name}: {wrong.height} cells in all")
    return lines


def _alike(name: str, dtype: pl.DataType, digits: float) -> pl.Expr:
    mine, other = pl.col(name), pl.col(f"{name}_found")
    if not dtype.is_float():
        return mine.eq_missing(other)
    # A column in which nothing is known has no type of its own.
    mine = mine.cast(dtype)
    allowed = digits * pl.max_horizontal(pl.lit(1.0), mine.abs())
    return (mine.is_null() & other.is_null()) | ((mine - other).abs() <= allowed).fill_null(value=False)


def _comparable(frame: pl.DataFrame) -> pl.DataFrame:
    """Whole numbers and decimals in one type each, so that widths play no part."""
    casts = [
        pl.col(name).cast(pl.Int64 if dtype.is_integer() else pl.Decimal(38, 2))
        for name, dtype in frame.schema.items()
        if dtype.is_integer() or dtype.is_decimal()
    ]
    return frame.with_columns(casts)


def _key(row: dict[str, object], keys: list[str]) -> str:
    return " ".join(str(row[key]) for key in keys)
