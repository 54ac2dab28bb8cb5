"""What the books of all villages say of a month: the figures of the monthly report, and the events behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from orchestration.synthesis.months import first_day, last_day, month_number
from orchestration.synthesis.reporting import MEMBERSHIP, Books
from orchestration.synthesis.tables import Truth

FLOWS = (
    "births",
    "births_male",
    "births_female",
    "births_order_1",
    "births_order_2",
    "births_order_3",
    "births_prev_unreported",
    "deaths",
    "moved_in",
    "moved_out",
    "marriages",
)
"""Figures of the monthly report that count events; a year's sum of them means something."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class MonthOfBooks:
    """The books of one month.

    ``order`` are the reporting villages by township and code. ``figures`` holds each figure by village number (length
    of ``villages``). ``events`` are the events reported in the month, with ``rank`` (place in ``order``), joined with
    the person's and the partner's row, sorted by rank, day and event.
    """

    month: int
    order: Counts
    rank: Counts
    keepers: Counts
    figures: dict[str, Counts]
    events: pl.DataFrame


def month_of_books(truth: Truth, month: int) -> MonthOfBooks:
    """Read the books of a month.

    The figures hold the identity closing = opening + births - deaths + moved_in - moved_out, and the opening of a
    month is the closing of the month before, in a village that succeeds others the sum of theirs.
    """
    books = Books(truth.villages, truth.lineage)
    keepers = books.keepers(month)
    order, rank = _order(truth.villages, books.reporting(month))
    count = truth.villages.height
    reported = truth.reports.filter(pl.col("reported_month") == month)
    events = _kept_by(_with_people(reported, truth), keepers)
    year_start = first_day(month_number(month // 12, 1))
    figures = _flows(events, count, year_start)
    figures["opening"] = _openings(truth, month, keepers)
    figures["closing"] = (
        figures["opening"] + figures["births"] - figures["deaths"] + figures["moved_in"] - figures["moved_out"]
    )
    figures |= _floating(truth.floats, month, keepers)
    events = events.with_columns(rank=pl.Series(rank).gather(events["village"])).filter(pl.col("rank") >= 0)
    return MonthOfBooks(month, order, rank, keepers, figures, events.sort("rank", "day", "event"))


def year_to_date(truth: Truth, month: int) -> dict[str, dict[str, int]]:
    """For each village reporting in a month, the sums of ``FLOWS`` from January to the month before, by its code."""
    books = Books(truth.villages, truth.lineage)
    january = month_number(month // 12, 1)
    earlier = truth.reports.filter(pl.col("reported_month").is_between(january, month - 1))
    events = _kept_by(_with_people(earlier, truth), books.keepers(month))
    figures = _flows(events, truth.villages.height, first_day(january))
    codes = truth.villages.sort("village")["division_code"].to_list()
    return {codes[v]: {name: int(figures[name][v]) for name in FLOWS} for v in books.reporting(month)}


def _order(villages: pl.DataFrame, reporting: Counts) -> tuple[Counts, Counts]:
    """The reporting villages by township and code, and the place of every village among them (-1: not there)."""
    ordered = villages.filter(pl.col("village").is_in(reporting.tolist())).sort("township_code", "division_code")
    order = ordered["village"].to_numpy().astype(np.int64)
    rank = np.full(villages.height, -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    return order, rank


def _kept_by(events: pl.DataFrame, keepers: Counts) -> pl.DataFrame:
    """The events with ``village`` set to the village that holds their book."""
    return events.with_columns(village=pl.Series(keepers).gather(events["record_village"]))


def _with_people(reported: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """The events of some reports with sex and birthday of the person each is about."""
    events = truth.events.join(reported, on="event", how="inner", maintain_order="left")
    return events.join(truth.persons.select("person", "sex", "born"), on="person", how="left", maintain_order="left")


def _flows(events: pl.DataFrame, count: int, year_start: date) -> dict[str, Counts]:
    kind, order = pl.col("kind"), pl.col("birth_order")
    is_birth = kind == "birth"
    wanted = {
        "births": is_birth,
        "births_male": is_birth & (pl.col("sex") == "male"),
        "births_female": is_birth & (pl.col("sex") == "female"),
        "births_order_1": is_birth & (order == 1),
        "births_order_2": is_birth & (order == 2),
        "births_order_3": is_birth & (order >= 3),
        "births_prev_unreported": is_birth & (pl.col("day") < year_start),
        "deaths": kind == "death",
        "moved_in": kind == "move_in",
        "moved_out": kind == "move_out",
        "marriages": kind == "marriage",
    }
    village = events["village"].to_numpy()
    chosen = events.select(**{name: condition.fill_null(value=False) for name, condition in wanted.items()})
    return {name: np.bincount(village[chosen[name].to_numpy()], minlength=count) for name in FLOWS}


def _openings(truth: Truth, month: int, keepers: Counts) -> Counts:
    """Persons in each book when a month begins: the first ones, and all that was reported since."""
    first = truth.residences.filter(pl.col("entry") == "initial")["village"].to_numpy()
    before = truth.reports.filter(pl.col("reported_month") < month)
    events = truth.events.select("event", "kind").filter(pl.col("kind").is_in(MEMBERSHIP))
    moved = before.join(events, on="event", how="inner").group_by("record_village").agg(
        net=pl.col("kind").is_in(["birth", "move_in"]).sum().cast(pl.Int64) * 2 - pl.len().cast(pl.Int64)
    )  # fmt: skip
    counts = np.bincount(keepers[first], minlength=len(keepers))
    np.add.at(counts, keepers[moved["record_village"].to_numpy()], moved["net"].to_numpy())
    return counts


def _floating(floats: pl.DataFrame, month: int, keepers: Counts) -> dict[str, Counts]:
    """People away from their hukou village on the last day of a month, by the village that counts them."""
    day = last_day(month)
    present = floats.filter((pl.col("from_day") <= day) & (pl.col("to_day") > day) & (pl.col("village") >= 0))
    found = {}
    for flow in ("in", "out"):
        here = present.filter(pl.col("flow") == flow)["village"].to_numpy()
        found[f"float_{flow}"] = np.bincount(keepers[here], minlength=len(keepers))
    return found
