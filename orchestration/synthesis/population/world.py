"""The county while it lives: people, homes, unions and stays as columns that grow, and the events of a month.

A person, household, union or stay is a row number and keeps it for ever, so that a longer run only adds rows. Days are
whole numbers since 1970-01-01, months are month numbers (``months``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from orchestration.synthesis.population.columns import Array as Array
from orchestration.synthesis.population.columns import Columns as Columns

NEVER: Final = 2932896  # 9999-12-31
OUTSIDE: Final = -1
MALE, FEMALE = 0, 1
SINGLE, MARRIED, WIDOWED, DIVORCED = 0, 1, 2, 3

SEXES = ("male", "female")
ENTRIES = ("initial", "birth", "move", "merger", "household")
EXITS = ("open", "death", "move", "merger", "household")
ENDS = ("open", "death", "divorce")
ORDERS = ("first", "again")
KINDS = ("birth", "death", "move_in", "move_out", "marriage", "divorce")
CAUSES = ("marriage", "work", "study", "family", "army", "housing", "other")
PLACES = ("township", "county", "province", "country")
HUKOU = ("agricultural", "non_agricultural")
FLOWS = ("in", "out")

PEOPLE = {
    "sex": np.int8,
    "born": np.int32,
    "died": np.int32,
    "id_day": np.int32,
    "mother": np.int32,
    "father": np.int32,
    "village": np.int32,
    "household": np.int32,
    "residence": np.int32,
    "marital": np.int8,
    "spouse": np.int32,
    "union": np.int32,
    "parity": np.int8,
    "last_birth": np.int32,
    "since": np.int32,
    "surname": np.int16,
    "given": np.int32,
    "prefix": np.int16,
    "hukou": np.int8,
    "stay": np.int32,
    "away_until": np.int32,
    "busy": np.int32,
}
BLANK: dict[str, int] = {
    "died": NEVER,
    "mother": -1,
    "father": -1,
    "village": OUTSIDE,
    "household": -1,
    "residence": -1,
    "spouse": -1,
    "union": -1,
    "last_birth": -1,
    "since": -1,
    "stay": -1,
    "away_until": -1,
    "busy": -1,
}
RESIDENCES = {
    "person": np.int32,
    "household": np.int32,
    "village": np.int32,
    "from_day": np.int32,
    "to_day": np.int32,
    "entry": np.int8,
    "exit": np.int8,
}
UNIONS = {
    "wife": np.int32,
    "husband": np.int32,
    "from_day": np.int32,
    "to_day": np.int32,
    "end": np.int8,
    "wife_order": np.int8,
    "husband_order": np.int8,
}
STAYS = {
    "flow": np.int8,
    "person": np.int32,
    "sex": np.int8,
    "born": np.int32,
    "village": np.int32,
    "place": np.int8,
    "reason": np.int8,
    "from_day": np.int32,
    "to_day": np.int32,
}
LEAVERS = {"person": np.int32, "month": np.int32, "cause": np.int8}
EVENTS = {
    "kind": np.int8,
    "day": np.int32,
    "person": np.int32,
    "partner": np.int32,
    "village": np.int32,
    "other_village": np.int32,
    "other_place": np.int8,
    "cause": np.int8,
    "birth_order": np.int8,
    "link": np.int32,
}
_NONE: dict[str, int] = {
    "partner": -1,
    "other_village": OUTSIDE,
    "other_place": -1,
    "cause": -1,
    "birth_order": -1,
    "link": -1,
}


@dataclass
class World:
    """All state of one county; the steps of a month change it in place."""

    people: Columns
    residences: Columns
    unions: Columns
    stays: Columns
    events: Columns
    leavers: Columns  # who moved out of the county and may return
    households: int = 0
    month: int = 0
    first_day: int = 0  # of the month
    days: int = 0  # of the month
    first_free_day: int = 0  # 1 in a month that begins with a merger, whose day belongs to it alone
    _noted: list[dict[str, Array]] = field(default_factory=list)
    _count: int = 0

    @classmethod
    def empty(cls, persons: int) -> World:
        """A county without people, with room for some more than ``persons``."""
        return cls(
            Columns(PEOPLE, BLANK, persons + persons // 8 + 64),
            Columns(RESIDENCES, None, persons + persons // 4 + 64),
            Columns(UNIONS, None, persons // 3 + 64),
            Columns(STAYS, None, persons // 4 + 64),
            Columns(EVENTS, None, persons // 4 + 64),
            Columns(LEAVERS),
        )

    @property
    def last_day(self) -> int:
        """Last day of the month."""
        return self.first_day + self.days - 1

    def any_days(self, rng: np.random.Generator, number: int) -> Array:
        """Days of the month, each as likely as the other; shape (number,), int32."""
        return rng.integers(self.first_day + self.first_free_day, self.first_day + self.days, number, dtype=np.int32)

    def new_households(self, number: int) -> Array:
        """Numbers of households that did not exist before; shape (number,), int32."""
        self.households += number
        return np.arange(self.households - number, self.households, dtype=np.int32)

    def settle(self, persons: Array, households: Array, villages: Array, days: Array | int, entry: str) -> None:
        """Open a span of the register for each person."""
        rows = self.residences.add(
            len(persons),
            person=persons,
            household=households,
            village=villages,
            from_day=days,
            to_day=NEVER,
            entry=ENTRIES.index(entry),
        )
        people = self.people
        people["residence"][persons] = rows
        people["village"][persons] = villages
        people["household"][persons] = households

    def unsettle(self, persons: Array, days: Array | int, cause: str) -> None:
        """Close the open span of each person; he lives nowhere until settled again."""
        rows = self.people["residence"][persons]
        self.residences["to_day"][rows] = days
        self.residences["exit"][rows] = EXITS.index(cause)
        self.people["village"][persons] = OUTSIDE
        self.people["residence"][persons] = -1

    def note(self, kind: str, day: Array, person: Array, village: Array, **more: Array | int) -> Array:
        """Remember events of the month; they get their numbers when the month closes.

        Returns:
            Provisional numbers, to be used as ``link`` within the month; shape (number,).
        """
        number = len(person)
        if not number:
            return np.empty(0, np.int64)
        block = {name: np.full(number, _NONE.get(name, 0), kind_) for name, kind_ in EVENTS.items()}
        values: dict[str, Array | int] = {"day": day, "person": person, "village": village, **more}
        for name, value in values.items():
            block[name][:] = value
        block["kind"][:] = KINDS.index(kind)
        self._noted.append(block)
        self._count += number
        return np.arange(self._count - number, self._count)

    def note_move(self, day: Array, person: Array, old: Array, new: Array, cause: Array | int) -> None:
        """Remember moves within the county: a move out and a move in that point at each other."""
        number = len(person)
        out = np.arange(self._count, self._count + number)
        self.note("move_out", day, person, old, other_village=new, cause=cause, link=out + number)
        self.note("move_in", day, person, new, other_village=old, cause=cause, link=out)

    def close_month(self) -> None:
        """Number the month's events in the order of their days and append them."""
        if not self._noted:
            return
        joined = {name: np.concatenate([block[name] for block in self._noted]) for name in EVENTS}
        order = np.argsort(joined["day"], kind="stable")
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order), dtype=np.int32) + len(self.events)
        linked = joined["link"] >= 0
        joined["link"][linked] = place[joined["link"][linked]]
        self.events.add(len(order), **{name: column[order] for name, column in joined.items()})
        self._noted.clear()
        self._count = 0
