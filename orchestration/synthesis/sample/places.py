"""The fictional county of the sample: its divisions and how each township's clerks like to write."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from typing import Literal

from orchestration.settings import REFERENCE_INPUT_DIR

COUNTY_CODE = "331099000000"
LABEL = "虚构数据"

DateStyle = Literal["dots", "excel", "digits"]


@dataclass(frozen=True)
class Village:
    """One village or community: 12-digit code, bare name, and the township it belongs to."""

    code: str
    name: str
    township_code: str
    township_name: str

    @property
    def full_name(self) -> str:
        """Township and village name, the only form of a name that is unique within the county."""
        return self.township_name + self.name


@dataclass(frozen=True)
class Township:
    """One township with its villages, and the habits of its office (aliases, column order, dates)."""

    code: str
    name: str
    dates: DateStyle
    villages: tuple[Village, ...]

    @property
    def office(self) -> str:
        """Name of the family-planning office, which keeps the fee and service ledgers."""
        return f"{self.name}计划生育办公室"


_DATE_STYLES: dict[str, DateStyle] = {
    "331099001000": "dots",
    "331099100000": "excel",
    "331099200000": "digits",
}
# The villages of the sample are the first of their township.
_VILLAGES = {"331099001000": range(1, 6), "331099100000": range(201, 206), "331099200000": range(201, 205)}


def townships() -> tuple[Township, ...]:
    """Read the townships of the sample from the shipped division list, in code order."""
    with (REFERENCE_INPUT_DIR / "divisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["county_code"] == COUNTY_CODE]
    found = []
    for row in rows:
        code, name = row["division_code"], row["name_zh"]
        if code not in _VILLAGES:
            continue
        inside = tuple(
            Village(r["division_code"], r["name_zh"], code, name)
            for r in rows
            if r["parent_code"] == code and int(r["division_code"][9:]) in _VILLAGES[code]
        )
        found.append(Township(code, name, _DATE_STYLES[code], inside))
    return tuple(found)


def write_date(day: date, style: DateStyle) -> str | int | date:
    """Give a date as that township types it: text with dots, an Excel date, or the number yyyymmdd."""
    if style == "dots":
        return f"{day.year}.{day.month}.{day.day}"
    if style == "digits":
        return day.year * 10_000 + day.month * 100 + day.day
    return day
