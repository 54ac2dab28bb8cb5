"""Who gets what of a received file: a village its own sheets and rows, an office what cannot be told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.text import DITTO, squash
from orchestration.ingest.units import OFFICE_SUFFIX, UnitNames

# The persons on such a sheet may be those of another village than the one that sent it.
_DISPUTED = frozenset({"sheet.unit_disagrees", "row.not_a_village"})
_READABLE = frozenset({"accepted", "partial", "duplicate"})
Row = Mapping[str, Any]


@dataclass
class Parcel:
    """What one unit gets of one file.

    ``sheets`` is None for the whole file, else the numbers of the sheets that are its own; ``rows`` are its rows on
    sheets that it shares, ``data_from`` the first row of the data on these.
    """

    unit_code: str | None
    findings: list[Row] = field(default_factory=list)
    sheets: set[int] | None = None
    rows: dict[int, set[int]] = field(default_factory=dict)
    data_from: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What register, lake and quarantine know of a file: its readings, and the rows of each unit by sheet."""

    readings: list[Row]
    findings: list[Row]
    rows: Mapping[int, Mapping[str, set[int]]]


def deal(known: Known, owner: str | None, raws: Mapping[int, RawSheet], names: UnitNames) -> list[Parcel]:
    """The parcels of a file, each finding in exactly one.

    Args:
        known: of the file.
        owner: whose file it is as a whole; None if nobody knows.
        raws: the sheets of the file by number; empty if it cannot be opened.
        names: the units, to tell which office is above a village.
    """
    office = office_above([owner] if owner else [], names)
    units = _units_of(known)
    disputed = {finding["sheet_no"] for finding in known.findings if finding["rule_id"] in _DISPUTED}
    several = len({unit for found in units.values() for unit in found if unit}) > 1
    if not several and (not disputed or owner == office):
        return [Parcel(owner, known.findings)]
    parcels: dict[str | None, Parcel] = {}

    def parcel(unit_code: str | None) -> Parcel:
        return parcels.setdefault(unit_code, Parcel(unit_code, sheets=set()))

    for number in sorted(raws.keys() | {finding["sheet_no"] for finding in known.findings}):
        found = units.get(number, set())
        here = [finding for finding in known.findings if finding["sheet_no"] == number]
        if number in disputed or (several and None in found):
            _give(parcel(office), number, here)
        elif len(found - {None}) <= 1:
            unit = next(iter(found - {None}), None if several else owner)
            if unit or here:
                _give(parcel(unit or office), number, here)
        else:
            _share(known, number, raws, parcel, office, here)
    return [found for found in parcels.values() if found.findings]


def office_above(units: Iterable[str], names: UnitNames) -> str | None:
    """The office of the one township, else county, in which all these units lie."""
    units = list(units)
    townships = {names.found_in(unit).township for unit in units}
    if len(townships) == 1 and (township := townships.pop()):
        return township + OFFICE_SUFFIX
    counties = {names.county_of(unit) for unit in units}
    return counties.pop() + OFFICE_SUFFIX if len(counties) == 1 else None


def _units_of(known: Known) -> dict[int, set[str | None]]:
    units: dict[int, set[str | None]] = defaultdict(set)
    for reading in known.readings:
        if reading["sheet_no"]:
            units[reading["sheet_no"]].add(reading["unit_code"])
    return units


def _give(parcel: Parcel, number: int, findings: list[Row]) -> None:
    parcel.findings = [*parcel.findings, *findings]
    if parcel.sheets is not None:
        parcel.sheets.add(number)


def _share(
    known: Known, number: int, raws: Mapping[int, RawSheet], parcel: Any, office: str | None, here: list[Row]
) -> None:
    """Give each unit its rows of a sheet; the office gets all of it where rows cannot be told apart."""
    rows = known.rows.get(number, {})
    if number not in raws or not _is_clean(known, number, raws[number], rows):
        _give(parcel(office), number, here)
        return
    first = min(row for own in rows.values() for row in own)
    for unit, own in sorted(rows.items()):
        target = parcel(unit)
        _give(target, number, [finding for finding in here if finding["unit_code"] == unit])
        target.rows[number], target.data_from[number] = own, first


def _is_clean(known: Known, number: int, raw: RawSheet, rows: Mapping[str, set[int]]) -> bool:
    """Whether every data row is known to be of one unit, and no cell of it leans on a row of another."""
    readings = [reading for reading in known.readings if reading["sheet_no"] == number]
    seen = sum(reading["accepted"] + reading["quarantined"] + reading["duplicate"] for reading in readings)
    owners = {row: unit for unit, own in rows.items() for row in own}
    if any(reading["status"] not in _READABLE for reading in readings) or len(owners) != seen:
        return False
    first = min(owners)
    for (top, _), (bottom, _) in raw.merges:
        spanned = {owners.get(row) for row in range(top + 1, bottom + 2)}
        if bottom + 1 >= first and len(spanned) > 1:
            return False
    return not any(
        isinstance(cell, str) and squash(cell) in DITTO
        for index, row in enumerate(raw.rows)
        if raw.row_no(index) in owners
        for cell in row
    )
