"""What the sheets of one file mean for each other."""

from __future__ import annotations

from orchestration.ingest import register
from orchestration.ingest.reading import SheetReading


def refuse_halves(readings: list[SheetReading]) -> None:
    """A file that tells of arrivals alone would supersede the one that tells of departures, and lose them."""
    told: dict[tuple[str | None, ...], set[str | None]] = {}
    for reading in readings:
        if reading.status in register.READABLE:
            told.setdefault((reading.form, reading.unit_code, reading.period), set()).add(reading.half)
    for reading in readings:
        if told.get((reading.form, reading.unit_code, reading.period)) == {reading.half} and reading.half:
            reading.refuse("sheet.half_of_form", reading.accepted + reading.quarantined + reading.duplicate)


def make_duplicate(reading: SheetReading, rule_id: str) -> None:
    """Set the rows of a sheet aside: what they say has been heard before."""
    reading.status, reading.rule_id = "duplicate", rule_id
    reading.duplicate = reading.rows_seen - reading.non_data
    reading.quarantined = 0
    reading.row_nos, reading.cells, reading.totals, reading.findings = [], {}, [], []
    reading.fields_expected = reading.fields_filled = reading.ids_present = reading.ids_valid = 0
