"""From a village's book to the rows of its five monthly sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.sample.events import START, YEAR, Birth, Book, Death, Move, last_day
from orchestration.synthesis.sample.people import Person, Sex
from orchestration.synthesis.sample.places import Township, write_date

_SEX: dict[Sex, str] = {"male": "男", "female": "女"}


def monthly_figures(book: Book, month: int) -> dict[str, int]:
    """The figures of form L16 by column key, counted from the village's own book."""
    births = [b for b in book.births if b.month == month]
    opening = book.opening(month)
    return {
        "opening": opening,
        "births": len(births),
        "births_male": sum(b.child.sex == "male" for b in births),
        "births_female": sum(b.child.sex == "female" for b in births),
        "births_order_1": sum(b.order == 1 for b in births),
        "births_order_2": sum(b.order == 2 for b in births),
        "births_order_3": sum(b.order >= 3 for b in births),
        "births_prev_unreported": sum(b.child.born < START for b in births),
        "deaths": sum(d.month == month for d in book.deaths),
        "moved_in": sum(m.month == month and m.direction == "in" for m in book.moves),
        "moved_out": sum(m.month == month and m.direction == "out" for m in book.moves),
        "closing": opening + book.change(month),
        "float_in": book.float_in[month],
        "float_out": book.float_out[month],
        "marriages": book.marriages[month],
    }


def roster_rows(book: Book, township: Township, month: int) -> list[dict[str, Cell]]:
    """Rows of the population register at the end of a month."""
    present = book.present_after(month)
    heads = {p.household: p.name for p in present if p.relation == "户主"}
    return [_roster_row(book, township, person, serial, heads) for serial, person in enumerate(present, start=1)]


def _roster_row(
    book: Book, township: Township, person: Person, serial: int, heads: Mapping[int, str]
) -> dict[str, Cell]:
    group = (person.household - 1) // 12 + 1
    return {
        "serial": serial,
        "group": f"{group}组",
        "household": f"{book.village.code}{group:02d}{person.household:04d}",
        "head": heads.get(person.household),
        "name": person.name,
        "relation": person.relation,
        "sex": _SEX[person.sex],
        "id_no": person.id_no,
        "born": write_date(person.born, township.dates),
        "marital": person.marital,
        "hukou_type": person.hukou_type,
        "hukou_status": person.hukou_status,
        "in_date": write_date(person.in_date, township.dates) if person.in_date else None,
        "in_reason": person.in_reason,
    }


def birth_rows(book: Book, township: Township, month: int) -> list[dict[str, Cell]]:
    """Rows of the register of births that the village reports in a month, by date of birth."""
    births = sorted((b for b in book.births if b.month == month), key=lambda b: (b.child.born, b.order))
    return [_birth_row(birth, township, serial) for serial, birth in enumerate(births, start=1)]


def _birth_row(birth: Birth, township: Township, serial: int) -> dict[str, Cell]:
    registered = min(birth.child.born + timedelta(days=12), last_day(birth.month))
    if registered.month < birth.month or registered.year < YEAR:
        registered = date(YEAR, birth.month, 15)
    inside = ("计划内", "计划外") if township.dates == "digits" else ("政策内", "政策外")
    return {
        "serial": serial,
        "name": birth.child.name,
        "sex": _SEX[birth.child.sex],
        "born": write_date(birth.child.born, township.dates),
        "order": birth.order,
        "mother": birth.mother.name,
        "mother_id": birth.mother.id_no,
        "mother_born": f"{birth.mother.born:%Y-%m}",
        "father": birth.father_name,
        "father_id": birth.father_id,
        "place": "虚构县妇幼保健院",
        "policy": inside[0] if birth.inside_policy else inside[1],
        "month": f"{YEAR}{birth.month:02d}",
        "hukou_date": write_date(registered, township.dates),
        "alive": "存活",
        "remark": "补报" if (birth.child.born.year, birth.child.born.month) != (YEAR, birth.month) else None,
    }


def death_rows(book: Book, township: Township, month: int) -> list[dict[str, Cell]]:
    """Rows of the register of deaths that the village reports in a month, by date of death."""
    deaths = sorted((d for d in book.deaths if d.month == month), key=lambda d: d.died)
    return [_death_row(death, township, serial) for serial, death in enumerate(deaths, start=1)]


def _death_row(death: Death, township: Township, serial: int) -> dict[str, Cell]:
    cancelled = min(death.died + timedelta(days=9), last_day(death.month))
    return {
        "serial": serial,
        "name": death.person.name,
        "sex": _SEX[death.person.sex],
        "id_no": death.person.id_no,
        "born": write_date(death.person.born, township.dates),
        "died": write_date(death.died, township.dates),
        "cause": "疾病",
        "cancelled": write_date(cancelled, township.dates),
        "month": f"{YEAR}{death.month:02d}",
    }


def move_rows(book: Book, township: Township, month: int) -> list[dict[str, Cell]]:
    """Rows of the register of moves that the village reports in a month, by date of the move."""
    moves = sorted((m for m in book.moves if m.month == month), key=lambda m: (m.moved, m.direction, m.person.name))
    return [_move_row(move, township, serial) for serial, move in enumerate(moves, start=1)]


def _move_row(move: Move, township: Township, serial: int) -> dict[str, Cell]:
    return {
        "serial": serial,
        "name": move.person.name,
        "sex": _SEX[move.person.sex],
        "id_no": move.person.id_no,
        "born": f"{move.person.born:%Y-%m}",
        "direction": "迁入" if move.direction == "in" else "迁出",
        "reason": move.reason,
        "other": move.other,
        "moved": write_date(move.moved, township.dates),
        "hukou_type": move.person.hukou_type,
    }
