"""The truth as a value: all tables of one county, with exactly the columns of ``schemas``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import polars as pl

from orchestration.synthesis.files.whole import written
from orchestration.synthesis.schemas import SCHEMAS


@dataclass(frozen=True)
class Truth:
    """All tables of one county; a layer that has not run yet leaves its tables empty."""

    villages: pl.DataFrame
    lineage: pl.DataFrame
    persons: pl.DataFrame
    residences: pl.DataFrame
    unions: pl.DataFrame
    events: pl.DataFrame
    floats: pl.DataFrame
    reports: pl.DataFrame
    fee_cases: pl.DataFrame
    fee_receipts: pl.DataFrame
    treasury: pl.DataFrame
    receipt_stock: pl.DataFrame
    services: pl.DataFrame
    service_log: pl.DataFrame
    supplies: pl.DataFrame
    technical_services: pl.DataFrame
    benefits: pl.DataFrame
    appropriations: pl.DataFrame
    targets: pl.DataFrame
    inspections: pl.DataFrame
    funding: pl.DataFrame
    disclosures: pl.DataFrame

    def write(self, folder: Path, label: str) -> None:
        """Write one Parquet file a table, ``<name>.parquet``.

        Args:
            folder: made if it is not there.
            label: what the metadata of every file says of it.

        Raises:
            CouldNotRun: a file cannot be written.
        """
        for field in fields(self):
            write_table(getattr(self, field.name), folder, field.name, label)


def write_table(table: pl.DataFrame, folder: Path, name: str, label: str) -> None:
    """Write ``<name>.parquet`` into a truth folder, with ``label`` in its metadata.

    Raises:
        CouldNotRun: the file cannot be written.
    """
    with written(folder / f"{name}.parquet") as part:
        table.write_parquet(part, metadata={"label": label})


def empty(name: str) -> pl.DataFrame:
    """A table of the truth without rows."""
    return pl.DataFrame(schema=SCHEMAS[name])


def typed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with exactly the columns and types of its table.

    Raises:
        polars.exceptions.PolarsError: a column is missing or cannot take its type.
    """
    return frame.select(pl.col(column).cast(kind) for column, kind in SCHEMAS[name].items())
