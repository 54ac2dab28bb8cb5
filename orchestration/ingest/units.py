"""Which unit reports, from what the sheet says, then the file name, then the folder.

A name counts only within its township or when the whole list has it once. Nothing is guessed: a sheet whose unit is
not certain is quarantined with its remedy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from orchestration.ingest.reference import Division
from orchestration.ingest.spellings import any_of, spellings
from orchestration.ingest.text import squash

_CODE = re.compile(r"(?<!\d)(\d{12})(-[a-z]{2,8})?(?!\d)")
_OFFICE = re.compile(
    r"(?:计生|计划生育|卫计|卫健|卫生(?:和|与)?(?:计划生育|计生|健康)?)(?:技术|技术服务|服务|管理|行政)?(?:办|站|所|局|委|院|科|股|中心|协会|$)"
    r"|服务站|服务所|服务中心|政府|办事处|财政|民政[局办所]|(?:办|站|所)(?:公室)?$|-fp"
)
_VILLAGE_LIKE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:村|社区|居委会)")
_NOT_A_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])村(?=月?报)|(?<=[年月])村(?=月?报)|村社区(?=月?报)|村级|本村|我村|村\(社区\)|村\(居\)|全村|各村|农村|村民|村居|社区卫生|村镇|行政村"
)
_FIGURES = re.compile(r"(?<!\d)\d{1,8}(?!\d)")
OFFICE_SUFFIX = "-fp"


@dataclass(frozen=True)
class UnitFound:
    """A unit code, or the rule that says why there is none; both None when a text does not speak of units."""

    unit_code: str | None = None
    rule_id: str | None = None
    township: str | None = None
    candidates: frozenset[str] = frozenset()


class Units:
    """The units that may report, as the division list of one day has them."""

    def __init__(self, divisions: list[Division], confirmed: list[Division] | None = None) -> None:
        """``confirmed`` are further names of the same villages, which a person has confirmed."""
        self._divisions = divisions
        self._named = [*divisions, *(confirmed or [])]
        self._first: dict[str, date] = {}
        for division in divisions:
            county = division.county_code
            self._first[county] = min(division.valid_from, self._first.get(county, division.valid_from))
        self._changes = sorted({day for division in divisions for day in (division.valid_from, division.valid_to)})
        self._between: dict[int, UnitNames] = {}

    def on(self, day: date) -> UnitNames:
        """The names and codes valid on a day; a day before a county's list counts as its first (ruling R-11)."""
        # A month is asked for 34,000 times and a list changes a few times a decade.
        place = bisect_right(self._changes, day)
        if place not in self._between:
            known = [
                division
                for division in self._divisions
                if division.valid_from <= max(day, self._first[division.county_code]) < division.valid_to
            ]
            self._between[place] = UnitNames(known, self._named)
        return self._between[place]


class UnitNames:
    """Names and codes of one day, and what a text says about them.

    A unit that was or will be called otherwise is found by that name too, where nobody near bears it on that day: a
    clerk goes on writing the old name, and the sheet of an early month may be written late.
    """

    def __init__(self, divisions: list[Division], of_all_times: list[Division]) -> None:
        self._levels = {division.division_code: division.division_level for division in divisions}
        self._county = {division.division_code: division.county_code for division in divisions}
        self._parents = {division.division_code: division.parent_code for division in divisions}
        self._codes, self._patterns = _by_name(tuple(divisions), tuple(of_all_times))
        self._memo: dict[str, UnitFound] = {}
        # Titles differ from month to month by their figures alone; unless a name has figures, these can be left out.
        figures = any(char.isdigit() for names in self._codes.values() for name in names for char in name)
        self._bare = str if figures else lru_cache(maxsize=8192)(partial(_FIGURES.sub, ""))

    def county_of(self, unit_code: str) -> str:
        """The county of a unit, for keys that are unique within a county."""
        return self._county[unit_code[:12]]

    def is_unit(self, code: str) -> bool:
        """Whether a code is a division of the list, or the office of one."""
        return code[:12] in self._levels and code[12:] in ("", OFFICE_SUFFIX)

    def speaks(self, text: str) -> bool:
        """Whether a text names a unit, or something that looks like one."""
        found = self.found_in(text)
        return bool(found.unit_code or found.rule_id or found.candidates)

    def is_village(self, unit_code: str) -> bool:
        """Whether a unit is a village or community, not an office."""
        return self._levels.get(unit_code) == "village"

    def is_above(self, office: str, unit_code: str) -> bool:
        """Whether an office is that of the township or county in which a unit lies."""
        own = unit_code[:12]
        above = {self._parents.get(own), self._county.get(own)} - {own}
        return office.endswith(OFFICE_SUFFIX) and office[:12] in above

    def found_in(self, text: str) -> UnitFound:
        """What one text says about the reporting unit."""
        key = self._bare(text)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._look(squash(key))
        return found

    def stranger(self, text: str) -> str | None:
        """The word of a text that looks like a village which the list does not have."""
        if self.found_in(text).rule_id != "sheet.unknown_unit":
            return None
        found = _VILLAGE_LIKE.search(self._without_offices(squash(text)))
        return found[0] if found else None

    def villages_of(self, township: str) -> dict[str, str]:
        """Every name that a village of a township is found by, and its code."""
        names = self._codes["village"].items()
        return {name: code for name, codes in names for code in codes if self._parents[code] == township}

    def place(self, text: str) -> str | None:
        """The code of the deepest level that a free address resolves to uniquely; None outside the list."""
        found = self.found_in(text)
        if found.unit_code:
            return found.unit_code[:12]
        return found.township if not found.rule_id else None

    def names_county(self, text: str, county_code: str) -> bool:
        """Whether a text names this county of the list and no other."""
        return self._named("county", text) == {county_code}

    def office(self, text: str) -> str | None:
        """The unit code of an office or village named in a cell; None when it is not certain."""
        found = self.found_in(text)
        if found.unit_code or found.rule_id or len(found.candidates) != 1 or not found.township:
            return found.unit_code
        return found.township + OFFICE_SUFFIX

    def _look(self, text: str) -> UnitFound:
        codes = {code + suffix for code, suffix in _CODE.findall(text)}
        known = {code for code in codes if self.is_unit(code)}
        named = self._look_for_names(_CODE.sub(" ", text))
        if codes - known and any(self._shares_county(code) for code in codes - known):
            return UnitFound(rule_id="sheet.unknown_unit")
        if not known:
            return named
        if len(known) > 1:
            return UnitFound(rule_id="sheet.unit_disagrees")
        code = known.pop()
        if named.candidates and code[:12] not in named.candidates:
            return UnitFound(rule_id="sheet.unit_disagrees")
        if self._levels[code[:12]] == "township" and not code.endswith(OFFICE_SUFFIX):
            code += OFFICE_SUFFIX
        return UnitFound(code, township=self._township_of(code))

    def _look_for_names(self, text: str) -> UnitFound:
        townships = self._named("township", text)
        village_text = self._patterns["township"].sub(" ", text) if self._patterns["township"] else text
        villages = self._named("village", village_text)
        if len(townships) > 1:
            return UnitFound(rule_id="sheet.ambiguous_unit")
        township = next(iter(townships), None)
        if villages:
            inside = {code for code in villages if township is None or self._parents[code] == township}
            if not inside:
                return UnitFound(rule_id="sheet.unit_disagrees", township=township, candidates=frozenset(villages))
            if len(inside) > 1:
                return UnitFound(township=township, candidates=frozenset(inside))
            code = inside.pop()
            return UnitFound(code, township=self._parents[code], candidates=frozenset({code}))
        rest = self._without_offices(text)
        if _VILLAGE_LIKE.search(rest):
            return UnitFound(rule_id="sheet.unknown_unit", township=township)
        if township and _OFFICE.search(rest):
            return UnitFound(township + OFFICE_SUFFIX, township=township, candidates=frozenset({township}))
        if township is None and _OFFICE.search(rest) and len(counties := self._named("county", text)) == 1:
            code = counties.pop()
            return UnitFound(code + OFFICE_SUFFIX, candidates=frozenset({code}))
        return UnitFound(township=township, candidates=frozenset({township} if township else ()))

    def _without_offices(self, text: str) -> str:
        for level in ("township", "county"):
            if pattern := self._patterns[level]:
                text = pattern.sub(" ", text)
        return _NOT_A_NAME.sub(" ", text)

    def _named(self, level: str, text: str) -> set[str]:
        pattern = self._patterns[level]
        if pattern is None:
            return set()
        names = {found[0] for found in pattern.finditer(text)}
        return set().union(*(self._codes[level][name] for name in names)) if names else set()

    def _shares_county(self, code: str) -> bool:
        return any(code[:6] == county[:6] for county in set(self._county.values()))

    def _township_of(self, code: str) -> str | None:
        level = self._levels[code[:12]]
        return self._parents[code[:12]] if level == "village" else code[:12] if level == "township" else None


# A process that reads again has the same list, and a pattern of thousands of names is slow to make.
@lru_cache(maxsize=8)
def _by_name(
    divisions: tuple[Division, ...], of_all_times: tuple[Division, ...]
) -> tuple[dict[str, dict[str, set[str]]], dict[str, re.Pattern[str] | None]]:
    """Level -> name -> codes, and level -> what finds its names; a name of another time where nobody near bears it."""
    codes: dict[str, dict[str, set[str]]] = {level: defaultdict(set) for level in ("village", "township", "county")}
    for division in divisions:
        for name in spellings(division):
            codes[division.division_level][name].add(division.division_code)
    parents = {division.division_code: division.parent_code for division in divisions}
    borne = {(parents[code], name) for names in codes.values() for name in names for code in names[name]}
    for division in of_all_times:
        if division.division_code in parents:
            for name in spellings(division):
                if (parents[division.division_code], name) not in borne:
                    codes[division.division_level][name].add(division.division_code)
    plain = {level: dict(names) for level, names in codes.items()}
    return plain, {level: any_of(names) for level, names in plain.items()}


def resolve(
    names: UnitNames, unit_line: str | None, of_sheet: list[str], file_name: str, folder: str, *,
    by_township: bool = False,
) -> UnitFound:  # fmt: skip
    """The unit of a sheet.

    Args:
        names: the units of the sheet's month.
        unit_line: what stands after 填报单位 (line or column); None without one.
        of_sheet: title and tab.
        file_name: without folder.
        folder: relative to landing.
        by_township: whether a township in title or file name, with no village beside it, means its office.
    """
    heard = []
    if unit_line is not None:
        line = names.found_in(unit_line)
        # Below 填报单位 a bare township is the township's own office; anywhere else it is only a place.
        if line.township and not line.unit_code and not line.rule_id and len(line.candidates) < 2:
            line = UnitFound(line.township + OFFICE_SUFFIX, None, line.township, line.candidates)
        if line.rule_id:
            return line
        heard.append(line)
    told = heard[0].unit_code if heard else None
    for text in (*of_sheet, file_name, folder):
        found = names.found_in(text)
        if found.rule_id == "sheet.unknown_unit":
            if not any(earlier.unit_code for earlier in heard):
                return found
            continue
        if found.rule_id:
            return found
        if told and found.unit_code and names.is_above(found.unit_code, told):
            continue  # the office that issued the form heads the sheet of a village
        heard.append(found)
    units: set[str] = {found.unit_code for found in heard if found.unit_code} or _narrowed(heard, names)
    if not units and by_township:
        units = _offices(names, [*of_sheet, file_name], heard)
    if not units:
        vague = any(len(found.candidates) > 1 for found in heard)
        return UnitFound(rule_id="sheet.ambiguous_unit" if vague else "sheet.no_unit")
    if len(units) > 1:
        return UnitFound(rule_id="sheet.unit_disagrees")
    unit = units.pop()
    township = names.found_in(unit).township
    if any(found.candidates and not {unit[:12], township} & found.candidates for found in heard):
        return UnitFound(rule_id="sheet.unit_disagrees")
    return UnitFound(unit, township=township)


def _narrowed(heard: list[UnitFound], names: UnitNames) -> set[str]:
    """A village name that several townships have, made certain by a township named elsewhere."""
    townships = {found.township for found in heard if found.township}
    for found in heard:
        if len(found.candidates) > 1 and len(townships) == 1:
            fitting: set[str] = {code for code in found.candidates if names.found_in(code).township in townships}
            if len(fitting) == 1:
                return fitting
    return set()


def _offices(names: UnitNames, texts: list[str], heard: list[UnitFound]) -> set[str]:
    """The offices of the townships that texts name, when nothing heard may be a village."""
    if any(len(found.candidates) > 1 for found in heard):
        return set()
    return {found.township + OFFICE_SUFFIX for found in map(names.found_in, texts) if found.township}
