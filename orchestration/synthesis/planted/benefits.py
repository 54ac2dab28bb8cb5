"""Planted violations in what beneficiaries are paid and offices are given for it."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from orchestration.synthesis.benefits.children import children_of
from orchestration.synthesis.months import first_day, number_of
from orchestration.synthesis.options import Options
from orchestration.synthesis.planted.slots import is_planted
from orchestration.synthesis.streams import stream

# A programme that is paid early in the year, so that short runs show it; the aged and the dead have the award only.
_PROGRAMME = {"BC-02": "dz", "BC-03": "dz", "BC-04": "bx", "BC-05": "dz", "BC-06": "dz"}
_YEARS_SHORT = 3
_SPAN = 4
_LATE = timedelta(days=40)
_SHORT_FEN = 300_000
_AGE = 60
_DECEMBER = 11


def disturb(rows: pl.DataFrame, truth: dict[str, pl.DataFrame], options: Options) -> pl.DataFrame:
    """Break BC-01 to BC-07 once each, in the first year of the run in which somebody fits.

    Whom it hits is drawn by an order of persons that no later month changes.

    Args:
        rows: ``benefits`` with all that is to happen.
        truth: persons.
        options: seed, first month, dose.
    """
    if not is_planted(options):
        return rows
    drawn = stream(options, "planted benefits").random(truth["persons"].height)
    told = rows.with_row_index("row").with_columns(rank=pl.Series(drawn).gather(rows["person"]))
    return _with_early(_with_double(_with_marks(told), options), truth).drop("row", "rank")


def _with_marks(told: pl.DataFrame) -> pl.DataFrame:
    """Mark one row a check and change it."""
    december = pl.col("year") * 12 + _DECEMBER
    fits = {check: pl.col("programme") == programme for check, programme in _PROGRAMME.items() if check != "BC-02"}
    fits["BC-01"] = (pl.col("end_reason") == "death") & (pl.col("programme") == "jf") & (pl.col("to_month") < december)
    for check, fit in fits.items():
        free = told.filter(fit & pl.col("planted").is_null() & pl.col("paid_day").is_not_null()).sort("year", "rank")
        chosen = free["row"].to_list()[:1]
        told = told.with_columns(planted=pl.when(pl.col("row").is_in(chosen)).then(pl.lit(check)).otherwise("planted"))
    is_late, is_dead = pl.col("planted") == "BC-04", pl.col("planted") == "BC-01"
    longer = pl.when(is_dead).then(december).otherwise("to_month").cast(pl.Int32)
    told = told.with_columns(
        to_month=longer,
        paid_day=pl.when(is_late).then(pl.col("due_day") + _LATE).otherwise("paid_day"),
        holder_is_beneficiary=pl.col("holder_is_beneficiary") & (pl.col("planted") != "BC-05").fill_null(value=True),
        confirmed_day=pl.when(pl.col("planted") == "BC-06")
        .then(pl.col("posted_from") + timedelta(days=2))
        .otherwise("confirmed_day"),
    )
    due = (pl.col("to_month") - pl.col("from_month") + 1).clip(lower_bound=0) * pl.col("standard_fen")
    told = told.with_columns(due_fen=due)
    paid = pl.when(pl.col("planted") == "BC-03").then(pl.col("due_fen") * 9 // 10).otherwise("due_fen")
    return told.with_columns(paid_fen=paid)


def _with_double(told: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Pay one person twice, the second time in another township if there is one."""
    free = told.filter((pl.col("programme") == _PROGRAMME["BC-02"]) & pl.col("planted").is_null()).sort("year", "rank")
    if free.is_empty():
        return told
    once = free.head(1)
    towns = told.filter(pl.col("township_code") != once["township_code"][0])["township_code"].unique().sort().to_list()
    place = int(stream(options, "planted BC-02").integers(max(len(towns), 1)))
    town = towns[place] if towns else once["township_code"][0]
    again = once.with_columns(
        township_code=pl.lit(town), planted=pl.lit("BC-02"), applied_day=pl.col("applied_day") + timedelta(days=1)
    )
    return pl.concat([told, again])


def _with_early(told: pl.DataFrame, truth: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Give the award at least three years early to somebody beside a lawful beneficiary of the same office.

    But for the age the rule is met: no more than one child.
    """
    free = told.filter(pl.col("programme") == "jf").sort("year", "rank")
    if free.is_empty():
        return told
    beside = free.row(0, named=True)
    born = date(beside["from_month"] // 12 - _AGE + _YEARS_SHORT, 1, 1)
    here = truth["villages"].filter(pl.col("township_code") == beside["township_code"]).select("village")
    homes = truth["residences"].filter(pl.col("entry") == "initial").join(here, on="village").unique("person")
    reference = first_day(beside["from_month"]) - timedelta(days=1)
    parents = children_of(truth["persons"], reference, reference).filter(pl.col("children") > 1)
    is_alive = pl.col("died").is_null() | (pl.col("died") > beside["posted_from"])
    young = (
        truth["persons"]
        .filter(pl.col("born").is_between(born, born.replace(year=born.year + _SPAN)) & is_alive)
        .filter(pl.col("hukou_type") == "agricultural")
        .join(parents, left_on="person", right_on="parent", how="anti")
        .join(homes.select("person", "to_day"), on="person")
        .filter(pl.col("to_day") > beside["posted_from"])
        .sort("born", "person")
    )
    if young.is_empty():
        return told
    chosen = young.row(0, named=True)
    left = min(chosen["to_day"], chosen["died"] or chosen["to_day"])
    ended = left <= beside["paid_day"]
    to_month = number_of(left) if ended else beside["year"] * 12 + _DECEMBER
    due = (to_month - beside["from_month"] + 1) * beside["standard_fen"]
    early = beside | {
        "person": chosen["person"],
        "to_month": to_month,
        "end_reason": ("death" if chosen["died"] and chosen["died"] <= beside["paid_day"] else "moved")
        if ended
        else None,
        "due_fen": due,
        "paid_fen": due,
        "planted": "BC-07",
    }
    return pl.concat([told, pl.DataFrame([early], schema=told.schema)])


def short(appropriations: pl.DataFrame, options: Options) -> pl.DataFrame:
    """Break BC-08: the balance of one office and programme, the first that is settled, is short."""
    if not is_planted(options) or appropriations.is_empty():
        return appropriations
    year, programme = appropriations.select("year", "programme").row(0)
    first = appropriations.filter((pl.col("year") == year) & (pl.col("programme") == programme))
    place = int(stream(options, "planted BC-08").integers(first.height))
    here = pl.int_range(pl.len()) == place
    return appropriations.with_columns(
        balance_fen=pl.when(here).then(pl.col("balance_fen") - _SHORT_FEN).otherwise("balance_fen"),
        planted=pl.when(here).then(pl.lit("BC-08")).otherwise("planted"),
    )
