"""The marts that the page is made from, as far as a candidate has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from orchestration.audit.summary.records import Record, records
from orchestration.audit.summary.strips import Target, Words

Schema = Mapping[str, pl.DataType]
BALANCE = ("opening", "births", "deaths", "moved_in", "moved_out", "adjustment", "closing")
MONEY = ("assessed", "annulled", "collected", "waived", "refunded", "written_off", "terminated_2021", "outstanding")
INDICATOR = ("division_code", "period_type", "period_start", "indicator_code")
WORD, DAY, COUNT, RATE, YUAN, PART = (
    pl.String(),
    pl.Date(),
    pl.Int64(),
    pl.Float64(),
    pl.Decimal(14, 2),
    pl.Decimal(18, 2),
)
COMMON = {
    **dict.fromkeys(("division_code", "division_level", "period_type"), WORD),
    "period_start": DAY,
    "period_end": DAY,
}
# A row that lacks one of these belongs nowhere on a page; the gate refuses it in its own words.
KEYS = {*COMMON, *("pop_concept", "basis", "sex", "age_group", "indicator_code", "status", "service", "measure_unit")}
NEEDED: Mapping[str, Schema] = {
    "dim_division": {
        **dict.fromkeys(("division_code", "division_level", "name_zh", "name_en"), WORD),
        "valid_from": DAY,
    },
    "dim_indicator": dict.fromkeys(("indicator_code", "name_zh", "name_en", "numerator_measure"), WORD),
    "dim_service": dict.fromkeys(("service", "name_zh", "name_en"), WORD),
    "mart_population_structure": {
        **COMMON,
        **dict.fromkeys(("pop_concept", "sex", "age_group"), WORD),
        "persons": COUNT,
    },
    "mart_population_balance": {
        **COMMON,
        **dict.fromkeys(("pop_concept", "basis"), WORD),
        **dict.fromkeys((*BALANCE, "reported_closing", "residual"), COUNT),
    },
    "mart_indicators": {
        **COMMON,
        **dict.fromkeys(("indicator_code", "unit", "status", "status_reason"), WORD),
        **dict.fromkeys(("numerator", "denominator"), PART),
        **dict.fromkeys(("value", "ci_low", "ci_high", "data_quality"), RATE),
    },
    "mart_fee_collection": {
        **COMMON,
        **{f"{flow}_cases": COUNT for flow in MONEY},
        **{f"{flow}_yuan": YUAN for flow in MONEY},
    },
    "mart_service_coverage": {
        **COMMON,
        **dict.fromkeys(("service", "measure_unit"), WORD),
        **dict.fromkeys(("target", "eligible", "served"), COUNT),
    },
    "mart_targets": {
        **COMMON,
        **dict.fromkeys(("metric_code", "direction_code", "unit"), WORD),
        "target_no": COUNT,
        "target_value": RATE,
    },
}


@dataclass(frozen=True)
class Division:
    """A township or county, by its newest name."""

    code: str
    name: Words

    def holds(self, code: str) -> bool:
        """Whether ``code`` lies within this county."""
        return code[:6] == self.code[:6]


@dataclass(frozen=True)
class Marts:
    """Counties and townships of each table; a table that is missing, or lacks a column, is empty."""

    tables: dict[str, pl.DataFrame]

    def of(self, name: str, **values: str) -> pl.DataFrame:
        """The rows of a table with these values."""
        frame = self.tables[name]
        return frame.filter(**values) if frame.height else frame

    def divisions(self, level: str) -> list[Division]:
        """Every division of a level that a mart tells of, in the order of its code."""
        named = {
            row["division_code"]: Words(row["name_zh"] or "", row["name_en"] or "")
            for row in self.tables["dim_division"].sort("division_code", "valid_from").iter_rows(named=True)
        }
        told = {
            code
            for name, frame in self.tables.items()
            if name.startswith("mart_") and frame.height
            for code in frame.filter(division_level=level)["division_code"]
        }
        return [Division(code, named.get(code, Words(code, code))) for code in sorted(told)]

    def indicators(self, code: str, names: tuple[str, ...]) -> pl.DataFrame:
        """The rows of these indicators for one division."""
        return self.of("mart_indicators", division_code=code).filter(pl.col("indicator_code").is_in(names))

    def indicator_name(self, code: str) -> Words:
        """The name of an indicator, or its code."""
        return self._name("dim_indicator", "indicator_code", code)

    def service_name(self, code: str) -> Words:
        """The name of a service, or its code."""
        return self._name("dim_service", "service", code)

    def target_of(self, record: Record) -> Target | None:
        """The first target that a division signed for an indicator, year and unit."""
        found = self.of(
            "mart_targets", metric_code=record["indicator_code"], **{key: record.where[key] for key in INDICATOR[:2]}
        ).filter(pl.col("period_start") == record["period_start"], pl.col("unit") == record["unit"])
        keys = (*INDICATOR[:3], "metric_code", "target_no")
        rows = records(found, "mart_targets", keys)
        return Target(rows[0], "target_value", rows[0]["direction_code"]) if rows else None

    def _name(self, table: str, key: str, code: str) -> Words:
        for row in self.of(table, **{key: code}).iter_rows(named=True):
            return Words(row["name_zh"] or code, row["name_en"] or code)
        return Words(code, code)


def read_marts(folder: Path) -> Marts:
    """Read what the page needs from the Parquet files of ``folder``, villages left out."""
    return Marts({name: _read(folder / f"{name}.parquet", schema) for name, schema in NEEDED.items()})


def _read(path: Path, schema: Schema) -> pl.DataFrame:
    """What cannot be a value of its column is missing here; to say so in words is the part of the gate."""
    typed = [
        pl.when(column.is_finite()).then(column).alias(name) if kind == RATE else column
        for name, kind in schema.items()
        for column in [pl.col(name).cast(kind, strict=False)]
    ]
    try:
        frame = pl.scan_parquet(path).select(typed).drop_nulls([name for name in schema if name in KEYS])
        return (
            frame.filter(pl.col("division_level") != "village") if schema.keys() >= COMMON.keys() else frame
        ).collect()
    except (OSError, pl.exceptions.PolarsError):
        return pl.DataFrame(schema=schema)
