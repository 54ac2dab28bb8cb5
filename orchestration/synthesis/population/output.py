"""From the columns of a world to the tables of the truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from orchestration.synthesis import tables
from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.naming import Naming


def words(codes: w.Array, names: Sequence[str]) -> pl.Series:
    """Names by code; a negative code is NULL."""
    index = pl.Series(codes.astype(np.int64)).to_frame("code")
    series = pl.Series(names, dtype=pl.String)
    known = index.select(pl.when(pl.col("code") >= 0).then(pl.col("code")))["code"]
    return series.gather(known)


def days(values: w.Array, blank: int | None = None) -> pl.Series:
    """Dates by days since 1970; ``blank`` is NULL."""
    series = pl.Series(values.astype(np.int32)).cast(pl.Date)
    if blank is None:
        return series
    return series.set(pl.Series(values == blank), None)


def frames(world: w.World, naming: Naming, last_day: int) -> dict[str, pl.DataFrame]:
    """The tables persons, residences, unions, events and floats as known on ``last_day``."""
    people, homes, unions, stays, events = world.people, world.residences, world.unions, world.stays, world.events
    number = len(people)
    persons: dict[str, Any] = {
        "person": np.arange(number),
        "sex": words(people["sex"], w.SEXES),
        "born": days(people["born"]),
        "name": naming.names(people),
        "id_no": naming.numbers(people),
        "id_day": days(people["id_day"]),
        "mother": people["mother"],
        "father": people["father"],
        "hukou_type": words(people["hukou"], w.HUKOU),
        "died": days(people["died"], w.NEVER),
    }
    residences = {
        "person": homes["person"],
        "household": homes["household"],
        "village": homes["village"],
        "from_day": days(homes["from_day"]),
        "to_day": days(homes["to_day"]),
        "entry": words(homes["entry"], w.ENTRIES),
        "exit": words(homes["exit"], w.EXITS),
    }
    couples = {
        "wife": unions["wife"],
        "husband": unions["husband"],
        "from_day": days(unions["from_day"]),
        "to_day": days(unions["to_day"]),
        "end": words(unions["end"], w.ENDS),
        "wife_order": words(unions["wife_order"], w.ORDERS),
        "husband_order": words(unions["husband_order"], w.ORDERS),
    }
    happened = {
        "event": np.arange(len(events)),
        "kind": words(events["kind"], w.KINDS),
        "day": days(events["day"]),
        "person": events["person"],
        "partner": events["partner"],
        "village": events["village"],
        "other_village": events["other_village"],
        "other_place": words(events["other_place"], w.PLACES),
        "cause": words(events["cause"], w.CAUSES),
        "birth_order": pl.Series(events["birth_order"].astype(np.int32)).set(
            pl.Series(events["birth_order"] < 0), None
        ),
        "link": events["link"],
    }
    # A stay is planned with its end; what lies beyond the run has not happened yet.
    floats = {
        "float": np.arange(len(stays)),
        "flow": words(stays["flow"], w.FLOWS),
        "person": stays["person"],
        "sex": words(stays["sex"], w.SEXES),
        "born": days(stays["born"]),
        "village": stays["village"],
        "place": words(stays["place"], w.PLACES),
        "reason": words(stays["reason"], w.CAUSES),
        "from_day": days(stays["from_day"]),
        "to_day": days(np.where(stays["to_day"] > last_day, w.NEVER, stays["to_day"])),
    }
    made = {"persons": persons, "residences": residences, "unions": couples, "events": happened, "floats": floats}
    return {name: tables.typed(name, pl.DataFrame(columns)) for name, columns in made.items()}
