"""How many objects the checks on the books of villages look at in a faultless county, from the truth alone.

Answers are ``(unit, month) -> tested``; nothing fails there. What a check reads of a page, such as the amounts that a
clerk prints, is not the truth's to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tests.reference.county_truth import FP_SHIFT, County, first_day

Tested = Counter[tuple[str, int]]
ARRIVALS, DEPARTURES = ("birth", "move_in"), ("death", "move_out")


def month_number(day: date) -> int:
    """Year * 12 + month - 1."""
    return day.year * 12 + day.month - 1


def reported_figures(reporting: list[tuple[str, int]]) -> Tested:
    """SC-01: a closing in every report, an opening in each that follows one of the month before."""
    sent = set(reporting)
    return Counter({(unit, month): 1 + ((unit, month - 1) in sent) for unit, month in sent})


def births_told_after_their_year(county: County) -> Tested:
    """SC-07: births told in a later year of either calendar than their own, of years that lie within the run."""
    found: Tested = Counter()
    for unit, month, born, _ in _births(county):
        for shift in (0, FP_SHIFT):
            year = (born + shift) // 12
            known = county.start <= year * 12 - shift and year * 12 - shift + 11 <= county.last
            if known and (month + shift) // 12 > year:
                found[unit, month] += 1
                break
    return found


def later_births_of_a_mother(county: County) -> Tested:
    """SC-12: all births of a mother but her first that a report tells."""
    found: Tested = Counter()
    mothers: set[int] = set()
    for unit, month, _, mother in _births(county):
        if mother >= 0 and mother in mothers:
            found[unit, month] += 1
        mothers.add(mother)
    return found


def _births(county: County) -> Iterator[tuple[str, int, int, int]]:
    """(unit, month of report, month of birth, mother) by day and, of one day, by month of report."""
    codes = dict(county["villages"].select("village", "division_code").iter_rows())
    births = county.told.filter(kind="birth").sort("day", "reported_month", "event")
    for village, month, day, mother in births.select("village", "reported_month", "day", "partner").iter_rows():
        yield codes[village], month, month_number(day), mother


def listed_who_are_reported_dead(county: County, roster_months: list[int]) -> Tested:
    """SC-11: people on a roster, with a number on it and in the register of deaths, whose death is ever reported."""
    known_from = {
        person: day
        for person, number, day in county["persons"].select("person", "id_no", "id_day").iter_rows()
        if number is not None
    }
    told = county.told.filter(county.told["kind"].is_in([*ARRIVALS, *DEPARTURES]))
    dead = {
        person
        for person, kind, month in told.select("person", "kind", "reported_month").iter_rows()
        if kind == "death" and person in known_from and known_from[person] < first_day(month + 1)
    }
    lives = defaultdict(list)
    first = county["residences"].filter(entry="initial")
    for person, village in first.select("person", "village").iter_rows():
        if person in dead:
            lives[person].append((county.start - 1, date.min, -1, village))
    for row in told.select("person", "reported_month", "day", "event", "kind", "village").iter_rows():
        person, month, day, event, kind, village = row
        if person in dead:
            lives[person].append((month, day, event, village if kind in ARRIVALS else None))
    found: Tested = Counter()
    for month in roster_months:
        home = _successors(county, month)
        for person, told_of in lives.items():
            known = [(day, event, village) for told_in, day, event, village in told_of if told_in <= month]
            village = max(known)[2] if known else None
            if village is not None and known_from[person] < first_day(month + 1):
                found[home[village], month] += 1
    return found


def _successors(county: County, month: int) -> dict[int, str]:
    """Village -> code of the one that holds its people on the last day of a month."""
    last_day = first_day(month + 1) - timedelta(days=1)
    villages = {row["village"]: row for row in county["villages"].iter_rows(named=True)}
    heirs = dict(county["lineage"].select("old_village", "new_village").iter_rows())
    found = {}
    for village in villages:
        holder = village
        while villages[holder]["valid_to"] <= last_day and holder in heirs:
            holder = heirs[holder]
        found[village] = villages[holder]["division_code"]
    return found
