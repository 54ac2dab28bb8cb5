"""How many children a parent has had, and which of them live."""

from __future__ import annotations

from datetime import date

import polars as pl


def children_of(persons: pl.DataFrame, born_by: date, alive_on: date) -> pl.DataFrame:
    """Children of every mother and of every father known in the register; a child counts for both.

    Args:
        persons: table of the truth.
        born_by: last day of birth that counts.
        alive_on: a child that died on this day or before is dead.

    Returns:
        One row a parent with a child: parent, children (ever born), living, last_born, last_died (NULL if all live).
    """
    born = persons.filter(pl.col("born") <= born_by)
    sides = [
        born.filter(pl.col(side) >= 0).select(pl.col(side).alias("parent"), "born", "died")
        for side in ("mother", "father")
    ]
    died = pl.when(pl.col("died") <= alive_on).then(pl.col("died"))
    return (
        pl.concat(sides)
        .with_columns(died=died)
        .group_by("parent")
        .agg(
            children=pl.len().cast(pl.Int64),
            living=pl.col("died").null_count().cast(pl.Int64),
            last_born=pl.col("born").max(),
            last_died=pl.col("died").max(),
        )
    )
