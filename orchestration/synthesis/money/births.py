"""Which births the rules of their day put outside policy, and which of them an office ever finds."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from orchestration.synthesis.money.figures import figures
from orchestration.synthesis.money.regimes import Regimes
from orchestration.synthesis.months import first_day, last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.streams import stream

COLUMNS = ("child", "mother", "village", "day", "birth_order", "rural", "fact_class")
_DRAWS = 2


def outside(truth: dict[str, pl.DataFrame], regimes: Regimes, options: Options, last_month: int) -> pl.DataFrame:
    """Births that break the rules of their day, twins as one.

    Judged are the births of the run up to ``last_month`` and those of its first residents in the years before. One
    birth above the number that needs no approval may rest on an exemption of the province (drawn by share); whatever
    lies above that may not. A birth that an exemption allows is early if it comes sooner after the one before than the
    regime's interval in years.

    Returns:
        One row a birth that the office finds: ``COLUMNS``, fact_class extra_birth or early_birth, in the order of day
        and child. A longer run has the same rows first.
    """
    born = pl.concat([_of_the_run(truth, last_month), _before_the_run(truth, options)])
    born = _one_row_a_delivery(born).sort("day", "child")
    rules = [regimes.on(day) for day in born["day"]]
    allowed = pl.Series([rule.children for rule in rules], dtype=pl.Int32)
    exempt = figures()["births"]["exempt"]
    shares = pl.Series([float(exempt.get(rule.name, 0.0)) for rule in rules], dtype=pl.Float64)
    levied = pl.Series([rule.levy for rule in rules], dtype=pl.Boolean)
    draws = _draws(born["day"], options)
    spaced = figures()["births"]["interval"]
    born = _with_mother(born, truth).with_columns(
        interval=pl.Series([spaced.get(rule.name, 0) for rule in rules], dtype=pl.Int32),
        above=pl.col("birth_order") - allowed,
        exempted=pl.Series(draws[:, 0]) < shares,
        levied=levied,
        found=pl.Series(draws[:, 1]),
    )
    extra = (pl.col("above") > 1) | ((pl.col("above") == 1) & ~pl.col("exempted"))
    is_close = pl.col("day") < pl.col("last_birth").dt.offset_by(pl.format("{}y", pl.col("interval")))
    early = (pl.col("above") == 1) & pl.col("exempted") & is_close.fill_null(value=False)
    chance = pl.when(extra).then(figures()["births"]["found"]).otherwise(figures()["births"]["early_levied"])
    return (
        born.filter(pl.col("levied") & (extra | early) & (pl.col("found") < chance))
        .with_columns(fact_class=pl.when(extra).then(pl.lit("extra_birth")).otherwise(pl.lit("early_birth")))
        .select(COLUMNS)
    )


def _of_the_run(truth: dict[str, pl.DataFrame], last_month: int) -> pl.DataFrame:
    return truth["events"].filter((pl.col("kind") == "birth") & (pl.col("day") <= last_day(last_month))).select(
        pl.col("person").alias("child"), pl.col("partner").alias("mother"), "village", "day", "birth_order"
    )  # fmt: skip


def _before_the_run(truth: dict[str, pl.DataFrame], options: Options) -> pl.DataFrame:
    """Children of the first residents, their order counted among their mother's children in the register."""
    start = first_day(options.start)
    earliest = start - timedelta(days=365 * figures()["births"]["years_before_start"])
    homes = truth["residences"].filter(pl.col("entry") == "initial").select("person", "village").unique("person")
    children = truth["persons"].join(homes, on="person").filter((pl.col("mother") >= 0) & (pl.col("born") < start))
    return (
        children.with_columns(birth_order=pl.col("born").rank("dense").over("mother").cast(pl.Int32))
        .filter(pl.col("born") >= earliest)
        .select(pl.col("person").alias("child"), "mother", "village", pl.col("born").alias("day"), "birth_order")
    )


def _one_row_a_delivery(born: pl.DataFrame) -> pl.DataFrame:
    """Two children of one delivery make one case, of the order of the first; whose mother is unknown stands alone."""
    delivery = pl.when(pl.col("mother") >= 0).then(pl.col("mother")).otherwise(-1 - pl.col("child"))
    return (
        born.sort("day", "child")
        .group_by(delivery.alias("delivery"), "day", maintain_order=True)
        .agg(pl.col("child", "mother", "village").first(), pl.col("birth_order").min())
        .select("child", "mother", "village", "day", "birth_order")
    )


def _with_mother(born: pl.DataFrame, truth: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Add ``rural`` (the mother's hukou) and ``last_birth`` (day of her birth before this one, NULL if none is known).

    ``born`` stands in the order of days, and so do the rows returned.
    """
    mothers = truth["persons"].select(mother="person", rural=pl.col("hukou_type") == "agricultural")
    earlier = truth["persons"].filter(pl.col("mother") >= 0).select("mother", last_birth="born").sort("last_birth")
    return (
        born.join(mothers, on="mother", how="left", maintain_order="left")
        .with_columns(pl.col("rural").fill_null(value=True))
        .join_asof(
            earlier,
            left_on="day",
            right_on="last_birth",
            by="mother",
            strategy="backward",
            allow_exact_matches=False,
            check_sortedness=False,
        )
    )


def _draws(days: pl.Series, options: Options) -> npt.NDArray[np.float64]:
    """Uniform numbers, shape (births, 2): each month has a stream of its own, its births in their order."""
    months = (days.dt.year().cast(pl.Int64) * 12 + days.dt.month().cast(pl.Int64) - 1).to_numpy()
    found = np.empty((len(months), _DRAWS))
    for month in np.unique(months):
        here = months == month
        found[here] = stream(options, "births outside policy", int(month)).random((int(here.sum()), _DRAWS))
    return found
