"""Invented residents: names, households and identity numbers with a valid check character (GB 11643)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeVar

from orchestration.synthesis.id_numbers import check_character

Sex = Literal["male", "female"]
T = TypeVar("T")

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN_MALE = "伟强磊军勇杰涛明超刚平辉鹏华健亮林波斌宇"
_GIVEN_FEMALE = "芳娜敏静丽艳娟霞秀玲燕红梅兰云莲婷雪琴英"
_CURRENT_PREFIX = "331099"
_OLD_PREFIX = "332699"  # people registered before the county was renamed keep the number they were given
_RENAMED = date(1994, 10, 1)


class Dice:
    """Draws from ``random.random()`` only: the one method whose sequence Python promises never to change."""

    def __init__(self, seed: str) -> None:
        self._draw = random.Random(seed).random  # noqa: S311 - invented data, no secret

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._draw() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One item of a sequence that is not empty."""
        return items[int(self._draw() * len(items))]

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._draw() < probability

    def day(self, first: date, last: date) -> date:
        """A day from first to last, both included."""
        return first + timedelta(days=self.between(0, (last - first).days))


@dataclass(frozen=True)
class Person:
    """One invented resident. ``household`` counts within the village; an infant has no ``id_no`` yet."""

    name: str
    sex: Sex
    born: date
    id_no: str | None
    household: int
    relation: str
    marital: str
    hukou_type: str
    hukou_status: str
    in_date: date | None = None
    in_reason: str | None = None


class Registrar:
    """Hands out names and identity numbers, no number twice."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._given: set[str] = set()

    def name(self, sex: Sex, surname: str | None = None) -> str:
        """A family name and one or two characters."""
        pool = _GIVEN_MALE if sex == "male" else _GIVEN_FEMALE
        given = "".join(self._dice.pick(pool) for _ in range(self._dice.between(1, 2)))
        return (surname or self._dice.pick(_SURNAMES)) + given

    def number(self, born: date, sex: Sex) -> str:
        """An 18-character number; odd sequence for men, even for women."""
        prefix = _OLD_PREFIX if born < _RENAMED and self._dice.chance(0.08) else _CURRENT_PREFIX
        while True:
            sequence = self._dice.between(1, 499) * 2 - (1 if sex == "male" else 0)
            first_17 = f"{prefix}{born:%Y%m%d}{sequence:03d}"
            if first_17 not in self._given:
                self._given.add(first_17)
                return first_17 + check_character(first_17)


def _years_before(day: date, years: int, dice: Dice) -> date:
    return dice.day(date(day.year - years - 1, day.month, 1), date(day.year - years, day.month, 1) - timedelta(days=1))


def settle_village(registrar: Registrar, dice: Dice, households: int, on: date) -> list[Person]:
    """Fill a village with households of one to five persons as they stand on a day.

    Returns:
        Persons in order of household, head first.
    """
    residents: list[Person] = []
    for household in range(1, households + 1):
        surname = dice.pick(_SURNAMES)
        hukou_type = "农业" if dice.chance(0.8) else "非农业"
        status = "户在人不在" if dice.chance(0.1) else "人户一致"

        def member(
            age: int,
            sex: Sex,
            relation: str,
            marital: str,
            family: str | None = surname,
            *,
            number: int = household,
            kind: str = hukou_type,
            state: str = status,
        ) -> Person:
            born = _years_before(on, age, dice)
            name = registrar.name(sex, family)
            return Person(name, sex, born, registrar.number(born, sex), number, relation, marital, kind, state)

        head_age = dice.between(24, 78)
        if dice.chance(0.12):
            residents.append(member(head_age, "female" if dice.chance(0.6) else "male", "户主", "丧偶"))
            continue
        residents.append(member(head_age, "male", "户主", "初婚"))
        residents.append(member(max(21, head_age - dice.between(0, 5)), "female", "配偶", "初婚", None))
        for _ in range(dice.between(0, 2)):
            age = head_age - dice.between(22, 30)
            if 0 <= age <= 30:
                sex: Sex = "male" if dice.chance(0.52) else "female"
                residents.append(member(age, sex, "子" if sex == "male" else "女", "未婚"))
        if head_age < 50 and dice.chance(0.35):
            residents.append(member(head_age + dice.between(22, 28), "female", "母亲", "丧偶"))
    return residents
