"""The reporting layer: events that are never reported, or a year late."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from orchestration.synthesis.defects.dose import by_weight, dose_of, expected_slips, generator, once
from orchestration.synthesis.defects.file import file_plan
from orchestration.synthesis.defects.log import Entry
from orchestration.synthesis.defects.negatives import of_villages
from orchestration.synthesis.defects.registry import Defect, planted
from orchestration.synthesis.months import last_day, period
from orchestration.synthesis.options import Options

_YEAR = 12
# So many months late an arrival may lawfully be told (reporting.yml).
_LATEST = 2


def flow(
    reports: pl.DataFrame, events: pl.DataFrame, villages: pl.DataFrame, options: Options
) -> tuple[pl.DataFrame, list[Entry]]:
    """Take reports away or move them to the next year; the other rows stay as they are, in their order.

    At most one slip a village and month. Of a move within the county only the arrival is lost, one that would have been
    told in its own month; of births those are
    late whose village still exists a year on.

    Args:
        reports: ``SCHEMAS["reports"]``.
        events: ``SCHEMAS["events"]``.
        villages: ``SCHEMAS["villages"]``.
        options: dose, seed and the months that are looked at.

    Returns:
        The reports, and the log of what was changed and of the lawful things that villages as such have.
    """
    if options.defects <= 0:
        return reports, []
    codes = dict(villages.select("village", "division_code").iter_rows())
    ends = dict(villages.select("village", "valid_to").iter_rows())
    lost: list[int] = []
    late: list[int] = []
    entries = of_villages(villages, options)
    for village, month, defect, told in _slips(reports, events, codes, options):
        event, day, link = told
        at = period(month)
        if defect.make == "arrival_lost":
            lost.append(event)
            decidable = _departure_is_told(reports, link, codes, options) and _stays_untold(
                codes[village], month, options
            )
            entries.append(Entry(defect.code, codes[village], month, "L05", f"move_in {event} of {day}", "", decidable))
        elif ends[village] > last_day(month + _YEAR):
            late.append(event)
            # A birth that comes to light after the last month cannot be known from these ledgers.
            is_told = month + _YEAR < options.start + options.months
            dirty = period(month + _YEAR)
            seen = month + _YEAR if is_told else month
            entries.append(Entry(defect.code, codes[village], seen, "L02", at, dirty, is_told))
    kept = reports.filter(~pl.col("event").is_in(lost))
    moved = pl.col("reported_month") + pl.when(pl.col("event").is_in(late)).then(_YEAR).otherwise(0)
    shown = [entry for entry in entries if options.only in (None, entry.month)]
    return kept.with_columns(moved.cast(reports.schema["reported_month"])), shown


def _slips(
    reports: pl.DataFrame, events: pl.DataFrame, codes: dict[int, str], options: Options
) -> Iterator[tuple[int, int, Defect, tuple[int, object, int]]]:
    """(village, month, defect, (event, day, link)) of every slip, by village and month."""
    known = planted("D", "reporting", real_names=options.real_names)
    if not known:
        return
    doses = {village: dose_of(code, options) for village, code in codes.items()}
    suffering = [village for village, dose in doses.items() if "D" in dose.families]
    told = reports.filter(pl.col("record_village").is_in(suffering)).join(
        events.select("event", "kind", "day", "link"), on="event", how="inner"
    )
    moved_on = pl.col("day").dt.year().cast(pl.Int64) * _YEAR + pl.col("day").dt.month() - 1
    arrival = (pl.col("kind") == "move_in") & (pl.col("link") >= 0) & (pl.col("reported_month") == moved_on)
    birth = pl.col("kind") == "birth"
    told = told.filter(arrival | birth).sort("record_village", "reported_month", "event")
    for (village, month), group in told.group_by("record_village", "reported_month", maintain_order=True):
        at, of_month = int(str(village)), int(str(month))
        rng = generator(options, "flow D", codes[at], of_month)
        is_hit = once(expected_slips(doses[at], "D", "reporting"), rng)
        if not is_hit or not file_plan(codes[at], of_month, options).tells_its_month:
            continue
        for defect in by_weight(known, rng):
            found = group.filter(arrival if defect.make == "arrival_lost" else birth)
            if found.height:
                row = found.row(int(rng.integers(found.height)), named=True)
                yield at, of_month, defect, (row["event"], row["day"], row["link"])
                break


def _departure_is_told(reports: pl.DataFrame, link: int, codes: dict[int, str], options: Options) -> bool:
    """Whether the other half of a move can be read in the ledgers of the village that it left, within the run."""
    other = reports.filter(pl.col("event") == link)
    if other.is_empty():
        return False
    village, month = int(other["record_village"][0]), int(other["reported_month"][0])
    last = options.start + options.months
    return month < last and file_plan(codes[village], month, options).tells_its_month


def _stays_untold(code: str, month: int, options: Options) -> bool:
    """Whether the ledgers show that nobody told it later either: those of the months in which it still might be."""
    told = range(month, month + _LATEST + 1)
    return told[-1] < options.start + options.months and all(
        file_plan(code, later, options).tells_its_month for later in told
    )
