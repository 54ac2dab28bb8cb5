"""The first day of a county: people, households, villages, names."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from orchestration.synthesis import months
from orchestration.synthesis.options import Options
from orchestration.synthesis.population import naming
from orchestration.synthesis.population import world as w
from orchestration.synthesis.population.couples import first_people
from orchestration.synthesis.population.figures import Figures
from orchestration.synthesis.population.homes import households, villages_of
from orchestration.synthesis.population.kin import Kin, find_mothers
from orchestration.synthesis.population.nuptiality import Nuptiality
from orchestration.synthesis.population.rates import Vital
from orchestration.synthesis.population.wedlock import first_unions
from orchestration.synthesis.streams import stream

_EPOCH = date(1970, 1, 1)


def ordinal(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def month_of(days: w.Array) -> w.Array:
    """Month numbers of days; int32, shape of ``days``."""
    return (np.asarray(days).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12).astype(
        np.int32
    )


def id_days(rng: np.random.Generator, born: w.Array) -> w.Array:
    """When newborns get their identity number: three weeks to half a year after birth, most within two months."""
    return born + 21 + np.minimum(rng.exponential(40.0, len(born)), 160.0).astype(np.int32)


def _family_names(rng: np.random.Generator, people_sex: w.Array, kin: Kin) -> tuple[w.Array, w.Array]:
    """Surnames (a child's is the father's, where he is not known that of the brothers and sisters) and given names."""
    surname, given = naming.draw_names(rng, people_sex)
    of_children, _ = naming.draw_names(rng, people_sex)
    child = np.flatnonzero(kin.mother >= 0)
    mother, father = kin.mother[child], kin.father[child]
    for _ in range(4):  # a name comes down from great-grandfathers at most
        surname[child] = np.where(father >= 0, surname[father], of_children[mother])
    return surname, given


def settle(villages: pl.DataFrame, figures: Figures, curves: Nuptiality, options: Options) -> w.World:
    """The county at the begin of ``options.start``; everybody's first span begins on the day before.

    Persons are numbered by village and household, then by age.
    """
    rng = stream(options, "settle")
    wanted = villages["persons_wanted"].to_numpy().astype(np.int64)
    persons = int(wanted.sum())
    day = ordinal(months.first_day(options.start))
    wed_age = 1 - curves.never[w.FEMALE]
    first = first_people(rng, figures.census, curves, persons, day, wed_age / wed_age.max())
    kin = find_mothers(rng, first, Vital(1.0, 1.0), figures.progression[0], day)
    couples = first_unions(rng, first, kin, day)
    home, clan = households(rng, first, kin, figures.census, day)
    row = villages_of(rng, clan, wanted)
    order = np.lexsort((first.born, home, row))
    place = np.empty(persons + 1, np.int64)
    place[order], place[-1] = np.arange(persons), -1
    surname, given = _family_names(rng, first.sex, kin)

    world = w.World.empty(persons)
    has_child = kin.last_birth > -(10**9)
    people = world.people
    rows = people.add(
        persons,
        sex=first.sex[order],
        born=first.born[order],
        id_day=id_days(rng, first.born[order]),
        mother=place[kin.mother][order],
        father=place[kin.father][order],
        marital=first.marital[order],
        spouse=place[first.spouse][order],
        parity=kin.parity[order],
        last_birth=np.where(has_child, month_of(np.maximum(kin.last_birth, -40_000)), -1)[order],
        since=month_of(np.maximum(np.maximum(kin.last_birth, first.wed), -40_000))[order],
        surname=surname[order],
        given=given[order],
        prefix=_prefixes(rng, figures, first.sex, first.born, kin.mother)[order],
    )
    village, label = row[order], home[order]
    head = np.r_[True, (label[1:] != label[:-1])] if persons else np.empty(0, bool)
    household = np.cumsum(head) - 1
    world.new_households(int(head.sum()))
    people["hukou"][:] = (rng.random(world.households) < figures.non_agricultural)[household]
    world.settle(rows, household, villages["village"].to_numpy()[village], day - 1, "initial")
    line = np.argsort(place[couples.wife])
    wives = place[couples.wife][line]
    unions = world.unions.add(
        len(wives),
        wife=wives,
        husband=place[couples.husband][line],
        from_day=couples.wed[line],
        to_day=w.NEVER,
        wife_order=couples.wife_again[line],
        husband_order=couples.husband_again[line],
    )
    people["union"][wives] = people["union"][people["spouse"][wives]] = unions
    return world


def _prefixes(rng: np.random.Generator, figures: Figures, sex: w.Array, born: w.Array, mother: w.Array) -> w.Array:
    """Codes of ``Figures.prefixes``: 0 own, 1 the county's old code, from 2 on those of other places."""
    draw = rng.random((2, len(sex)))
    prefix = np.zeros(len(sex), np.int16)
    prefix[(born < ordinal(figures.old_prefix_until)) & (draw[0] < figures.old_prefix_share)] = 1
    # Women came as wives; men without a mother here came more rarely.
    came = (mother < 0) & (draw[1] < np.where(sex == w.FEMALE, 1.0, 0.3) * figures.outside_prefix_share)
    prefix[came] = rng.integers(2, len(figures.prefixes), int(came.sum()))
    return prefix
