"""What happens in the fourteen villages from January to June 2014, and in which month it is reported."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from orchestration.synthesis.sample.people import Dice, Person, Registrar, Sex, settle_village
from orchestration.synthesis.sample.places import Township, Village

YEAR = 2014
MONTHS = (1, 2, 3, 4, 5, 6)
START = date(YEAR, 1, 1)


@dataclass(frozen=True)
class Birth:
    """One child, with the parents as the register of births names them. ``month`` is the month of report."""

    child: Person
    order: int
    mother: Person
    father_name: str
    father_id: str
    inside_policy: bool
    month: int


@dataclass(frozen=True)
class Death:
    """One death; the person leaves the village's book in the month of report."""

    person: Person
    died: date
    month: int


@dataclass(frozen=True)
class Move:
    """One side of a move. ``other`` names the far end: a code, township and village, or a place outside."""

    person: Person
    direction: Literal["in", "out"]
    reason: str
    other: str
    moved: date
    month: int


@dataclass
class Book:
    """All that one village knows: residents on 1 January 2014 and the events it reports, month by month."""

    village: Village
    residents: list[Person]
    births: list[Birth] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    marriages: dict[int, int] = field(default_factory=dict)
    float_in: dict[int, int] = field(default_factory=dict)
    float_out: dict[int, int] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def change(self, month: int) -> int:
        """Net change of the population that the village reports for a month."""
        moved = sum(1 if m.direction == "in" else -1 for m in self.moves if m.month == month)
        born = sum(b.month == month for b in self.births)
        return born - sum(d.month == month for d in self.deaths) + moved

    def opening(self, month: int) -> int:
        """Population at the beginning of a month by the village's own book."""
        return len(self.residents) + sum(self.change(m) for m in MONTHS if m < month)

    def present_after(self, month: int) -> list[Person]:
        """Who stands in the roster at the end of a month, in household order."""
        gone = {d.person.id_no for d in self.deaths if d.month <= month}
        gone |= {m.person.id_no for m in self.moves if m.direction == "out" and m.month <= month}
        arrived = [m.person for m in self.moves if m.direction == "in" and m.month <= month]
        infants = [b.child for b in self.births if b.month <= month]
        stay = [p for p in self.residents + arrived if p.id_no not in gone] + infants
        return sorted(stay, key=lambda p: p.household)


def last_day(month: int) -> date:
    """Last day of a month of the sample year."""
    return date(YEAR, month, monthrange(YEAR, month)[1])


class World:
    """The county's six months, drawn from a fixed seed."""

    def __init__(self, county: Iterable[Township]) -> None:
        self.dice = Dice("taizhang sample people")
        self.registrar = Registrar(self.dice)
        villages = [village for township in county for village in township.villages]
        self.books = {v.code: Book(v, self._settle()) for v in villages}
        for month in MONTHS:
            for book in self.books.values():
                self._live(book, month)

    def _settle(self) -> list[Person]:
        return settle_village(self.registrar, self.dice, self.dice.between(28, 42), START)

    def take(self, book: Book, sex: Sex | None, ages: range, *, married: bool = False) -> Person | None:
        """Choose a resident to whom nothing has happened yet; None if there is none of that sex and age."""
        pool = [
            p
            for p in book.residents
            if p.id_no not in book.spent
            and (sex is None or p.sex == sex)
            and START.year - p.born.year in ages
            and (not married or p.marital == "初婚")
        ]
        if not pool:
            return None
        person = self.dice.pick(pool)
        book.spent.add(str(person.id_no))
        return person

    def add_birth(self, book: Book, born: date, month: int, order: int, sex: Sex | None = None) -> Birth | None:
        """Record a birth to a married resident; None if nobody is left who could be the mother."""
        mother = self.take(book, "female", range(21, 41), married=True)
        if mother is None:
            return None
        chosen: Sex = sex or ("male" if self.dice.chance(0.53) else "female")
        father_name = self.registrar.name("male")
        father_id = self.registrar.number(date(mother.born.year - 2, mother.born.month, 1), "male")
        child = self._infant(chosen, father_name[0], mother, born)
        inside = order == 1 or self.dice.chance(0.5)
        birth = Birth(child, order, mother, father_name, father_id, inside, month)
        book.births.append(birth)
        return birth

    def _infant(self, sex: Sex, surname: str, mother: Person, born: date) -> Person:
        name, relation = self.registrar.name(sex, surname), "子" if sex == "male" else "女"
        house, kind = mother.household, mother.hukou_type
        return Person(name, sex, born, None, house, relation, "未婚", kind, "人户一致", born, "出生")

    def add_twin(self, book: Book, first: Birth) -> None:
        """Record the second child of a twin birth: same mother and day, next order."""
        sex: Sex = "female" if first.child.sex == "male" else "male"
        child = self._infant(sex, first.father_name[0], first.mother, first.child.born)
        book.births.append(replace(first, child=child, order=first.order + 1))

    def add_death(self, book: Book, died: date, month: int) -> None:
        """Record the death of an elderly resident, if one is left."""
        person = self.take(book, None, range(60, 110))
        if person is not None:
            book.deaths.append(Death(person, died, month))

    def add_arrival(self, book: Book, moved: date, month: int, other: str) -> None:
        """Record somebody who comes from outside the county."""
        sex: Sex = "female" if self.dice.chance(0.6) else "male"
        born = self.dice.day(date(1965, 1, 1), date(1995, 12, 31))
        number = self.registrar.number(born, sex)
        household = self.dice.pick(book.residents).household
        reason = self.dice.pick(["婚迁", "投靠", "工作"])
        marital = "初婚" if reason == "婚迁" else "未婚"
        name = self.registrar.name(sex)
        person = Person(name, sex, born, number, household, "其他", marital, "农业", "人户一致", moved, reason)
        book.moves.append(Move(person, "in", reason, other, moved, month))

    def add_departure(self, book: Book, moved: date, month: int, other: str) -> None:
        """Record somebody who leaves the county."""
        person = self.take(book, None, range(18, 50))
        if person is not None:
            book.moves.append(Move(person, "out", self.dice.pick(["工作", "升学", "婚迁"]), other, moved, month))

    def add_internal(self, source: Book, target: Book, moved: date, out_month: int, in_month: int) -> None:
        """Record one move within the county in the books of both villages."""
        person = self.take(source, None, range(18, 50))
        if person is None:
            return
        reason = self.dice.pick(["婚迁", "投靠"])
        by_code = self.dice.chance(0.5)
        there = target.village.code if by_code else target.village.full_name
        here = source.village.code if by_code else source.village.full_name
        source.moves.append(Move(person, "out", reason, there, moved, out_month))
        household = self.dice.pick(target.residents).household
        settled = replace(
            person,
            household=household,
            relation="其他",
            hukou_status="人户一致",
            in_date=moved,
            in_reason=reason,
        )
        target.moves.append(Move(settled, "in", reason, here, moved, in_month))

    def _live(self, book: Book, month: int) -> None:
        dice, first, last = self.dice, date(YEAR, month, 1), last_day(month)
        reported = month + 1 if month < 6 and dice.chance(0.12) else month
        if dice.chance(0.45):
            birth = self.add_birth(book, dice.day(first, last), reported, dice.pick([1, 1, 1, 2, 2, 3]))
            if birth is not None and dice.chance(0.06):
                self.add_twin(book, birth)
        if dice.chance(0.33):
            self.add_death(book, dice.day(first, last), reported)
        if dice.chance(0.3):
            self.add_arrival(book, dice.day(first, last), month, dice.pick(["省内外县", "外省", "外市"]))
        if dice.chance(0.3):
            self.add_departure(book, dice.day(first, last), month, dice.pick(["省内外县", "外省", "外市"]))
        if dice.chance(0.35):
            others = [b for b in self.books.values() if b is not book]
            near = [b for b in others if b.village.township_code == book.village.township_code]
            target = dice.pick(near if dice.chance(0.5) else others)
            late = month + 1 if month < 6 and dice.chance(0.2) else month
            self.add_internal(book, target, dice.day(first, last), month, late)
        book.marriages[month] = dice.between(0, 2) if dice.chance(0.5) else 0
        book.float_in[month] = dice.between(0, 4)
        book.float_out[month] = dice.between(0, 6)
