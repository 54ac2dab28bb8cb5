"""Which flag speaks of which planted defect; what speaks of none is false.

A flag is about a defect if one lies within the other: the same cell, a refused row around a spoilt cell, a cell inside
a sheet whose columns were shifted (if the log names the rules it expects there, by one of them); and for what lies
behind the pages a finding of the unit and month. Beside that a finding may follow from a defect elsewhere, and only
these consequences are granted:

* a finding of the check that the log expects, at the defect's unit and month;
* SC-01 and SC-02 of a unit and month follow from a row, sheet or file of that unit and month that was lost or added,
  from a figure of its monthly report, and (SC-02) from a cell of the column that does not add up;
* SC-01 follows from a monthly report that never came, in the next month that reports;
* a missing report follows from a file or sheet of that unit and month that was spoilt or held back;
* what the log expects to be said of a sheet follows from a row that was left out of that sheet;
* a finding on a fee case follows from a defect in any row of that case;
* a finding of a unit and month that nothing else explains follows from what happened there behind the pages, if the
  log names no check for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.detection.flags import Address, Flag
from benchmarks.detection.landing import agrees
from benchmarks.detection.log import Defect, Depth

_DIVISION = 12
_FLOW_FORMS = ("L02", "L03", "L05", "L16")
_OF_FILES = ("missing", "duplicate", "superseded")
_ROW_REFUSED = ("row.mandatory_missing", "row.mandatory_unreadable", "row.remark_unclear")
_SAID = {"file": Depth.FILE, "duplicate": Depth.FILE, "superseded": Depth.FILE, "row": Depth.ROW, "cell": Depth.CELL}

Place = tuple[str, str, int | None]


@dataclass
class Match:
    """How close any flag came to each defect (by its number), which defect each flag is booked on, and the rest."""

    reached: dict[int, Depth] = field(default_factory=dict)
    owner: dict[int, Defect] = field(default_factory=dict)
    false: list[int] = field(default_factory=list)
    harmless: list[int] = field(default_factory=list)
    wronged: set[int] = field(default_factory=set)

    def found(self, defect: Defect) -> bool:
        """Whether a flag came as close as the defect's own scope."""
        return self.reached.get(defect.number, Depth.NONE) >= defect.depth

    def located(self, defect: Defect) -> bool:
        """Whether a flag stands at the defect's very address."""
        return self.found(defect) and self.reached[defect.number] >= defect.place > Depth.UNIT

    def in_sheet(self, defect: Defect) -> bool:
        """Whether any flag stands in the defect's sheet, be it at another row."""
        return self.reached.get(defect.number, Depth.NONE) >= min(Depth.SHEET, defect.depth)


class _Index:
    """Defects by the places at which flags are looked up, and what the flags as a whole say of rows and reports."""

    def __init__(self, defects: Iterable[Defect], flags: Iterable[Flag]) -> None:
        self.by_file: dict[str, list[Defect]] = defaultdict(list)
        self.by_folder: dict[str, list[Defect]] = defaultdict(list)
        self.by_month: dict[tuple[str, str], list[Defect]] = defaultdict(list)
        self.refused: set[Place] = set()
        self.unreported: set[tuple[str, str]] = set()
        for defect in defects:
            if defect.file and defect.extent is Depth.FILE and not defect.form:
                # All that a unit sent for the month: a workbook, or one text file a form.
                self.by_folder[defect.file.rpartition("/")[0]].append(defect)
            elif defect.file:
                self.by_file[defect.file].append(defect)
            self.by_month[defect.unit_code[:_DIVISION], defect.period].append(defect)
        for flag in flags:
            if flag.kind == "row" or flag.rule in _ROW_REFUSED:
                self.refused.update((address.file, address.sheet, address.row) for address in flag.addresses)
            if flag.kind == "missing" and flag.form in ("L16", ""):
                self.unreported.add((flag.unit_code[:_DIVISION], flag.period))

    def at(self, address: Address) -> list[Defect]:
        """Defects that stand in the file of an address, or in all that came with it."""
        return self.by_file.get(address.file, []) + self.by_folder.get(address.file.rpartition("/")[0], [])

    def of(self, flag: Flag, period: str | None = None) -> list[Defect]:
        """Defects of the flag's unit, in its month or another."""
        return self.by_month.get((flag.unit_code[:_DIVISION], period or flag.period), [])


def match(defects: list[Defect], flags: list[Flag]) -> Match:
    """Book every flag on at most one defect, and every defect at the closest that any flag came to it."""
    index, result = _Index(defects, flags), Match()
    for number, flag in enumerate(flags):
        near = _nearness(flag, index)
        for defect, depth in near.items():
            result.reached[defect.number] = max(depth, result.reached.get(defect.number, Depth.NONE))
        about = {defect for defect, depth in near.items() if _is_about(flag, defect, depth)}
        meant = [defect for defect in about if not defect.is_negative] or _causes(flag, index)
        if meant:
            # The closest defect, of equally close ones the first planted.
            owner = max(meant, key=lambda defect: (near.get(defect, 0), defect.depth, -defect.number))
            result.owner[number] = owner
            if owner.family == "D" and (flag.unit_code, flag.period) == (owner.unit_code, owner.period):
                result.reached[owner.number] = max(Depth.UNIT, result.reached.get(owner.number, Depth.NONE))
        elif any(_may_be_said(flag, defect) for defect in about):
            result.harmless.append(number)
        else:
            result.false.append(number)
            result.wronged.update(defect.number for defect in about)
    return result


def _nearness(flag: Flag, index: _Index) -> dict[Defect, Depth]:
    """Every defect that shares at least a file with the flag, or a unit and month if the flag speaks of them."""
    near: dict[Defect, Depth] = {}
    for defect in index.of(flag):
        if _speaks_of(flag, defect):
            # A report that never came has no page: unit, month and form are its whole address.
            near[defect] = Depth.FILE if defect.depth is Depth.FILE and not defect.file else Depth.UNIT
    for address in flag.addresses:
        for defect in index.at(address):
            if defect in near or _may_touch(flag, defect):
                near[defect] = max(_depth(address, defect), near.get(defect, Depth.NONE))
    return near


def _may_touch(flag: Flag, defect: Defect) -> bool:
    """Whether an address alone makes a flag speak of a defect: what lies inside a spoilt sheet or file need not."""
    if defect.depth >= Depth.ROW:
        return flag.kind != "duplicate_rows" or defect.depth is Depth.ROW
    if defect.depth is Depth.UNIT:
        return False
    if flag.rule in defect.expected or flag.rule.startswith(("sheet.", "file.")):
        return True
    if flag.kind in ("cell", "row"):
        return defect.depth is Depth.SHEET and not defect.expected
    return flag.kind not in ("duplicate_rows", "finding")


def _speaks_of(flag: Flag, defect: Defect) -> bool:
    """Whether a flag of the unit and month means this defect even where it names no page."""
    if flag.kind == "finding" and flag.unit_code == defect.unit_code:
        # A violation is found by its own check; what else the log expects of it only follows.
        if defect.family == "M":
            return flag.rule == defect.code
        return flag.rule in defect.expected if defect.expected else defect.is_negative and defect.depth is Depth.UNIT
    if flag.kind not in _OF_FILES or not _same_form(flag, defect):
        return False
    return flag.rule in defect.expected or (defect.layer == "file" and defect.depth in (Depth.FILE, Depth.UNIT))


def _may_be_said(flag: Flag, negative: Defect) -> bool:
    """Whether the log lets this be said of a lawful thing; that a report came again or anew blames nobody."""
    return flag.rule in negative.expected or flag.kind in ("superseded", "duplicate")


def _same_form(flag: Flag, defect: Defect) -> bool:
    return not flag.form or not defect.form or flag.form == defect.form


def _depth(address: Address, defect: Defect) -> Depth:
    if not _same_sheet(address.sheet, defect):
        return Depth.FILE
    if address.row is None or address.row != defect.row:
        return Depth.SHEET
    if defect.cell and (address.cell == defect.cell or (address.column and address.column == defect.column)):
        return Depth.CELL
    return Depth.ROW


def _same_sheet(shown: str, defect: Defect) -> bool:
    if defect.file.endswith((".csv", ".txt", ".tsv")):
        return True
    return bool(shown and defect.sheet) and (shown == f"#{defect.sheet_no}" or agrees(shown, defect.sheet))


def _is_about(flag: Flag, defect: Defect, depth: Depth) -> bool:
    """Whether one of the two lies within the other."""
    if depth >= defect.depth:
        return True
    return flag.kind not in ("finding", "missing") and depth >= _SAID.get(flag.kind, Depth.SHEET)


def _causes(flag: Flag, index: _Index) -> list[Defect]:
    """Defects of which the flag is a consequence, as the head of this module lists them."""
    here = [defect for defect in index.of(flag) if not defect.is_negative]
    if flag.kind == "missing":
        return [defect for defect in here if defect.depth in (Depth.FILE, Depth.SHEET) and _same_form(flag, defect)]
    if flag.kind == "cell":
        return [defect for defect in here if _left_behind(flag, defect)]
    if flag.kind != "finding":
        return []
    own = [defect for defect in here if flag.unit_code == defect.unit_code]
    found = [defect for defect in own if flag.rule in defect.expected]
    for address in flag.related:
        near = [defect for defect in index.at(address) if not defect.is_negative]
        found += [defect for defect in near if _depth(address, defect) >= min(defect.extent, Depth.ROW)]
    if not found and flag.rule in ("SC-01", "SC-02"):
        found = [defect for defect in here if _moves_figures(flag, defect, index)]
    if not found and flag.rule == "SC-01":
        found = [defect for period in _gap(flag, index) for defect in index.of(flag, period) if _withheld(defect)]
    # What the log names no check for, and nothing else explains.
    return found or [defect for defect in own if defect.depth is Depth.UNIT and not defect.expected]


def _left_behind(flag: Flag, defect: Defect) -> bool:
    """Whether a row that was left out explains what is said of the rows that stayed on its sheet."""
    if defect.depth is not Depth.UNIT or defect.layer != "clerk" or flag.rule not in defect.expected:
        return False
    return any(address.file == defect.file and _same_sheet(address.sheet, defect) for address in flag.addresses)


def _moves_figures(flag: Flag, defect: Defect, index: _Index) -> bool:
    """Whether a defect of the same unit and month changes what is counted or what is stated."""
    if defect.extent is Depth.UNIT:
        return False
    is_row = defect.extent <= Depth.ROW or (defect.file, defect.sheet, defect.row) in index.refused
    if flag.rule == "SC-01":
        return (not defect.form or defect.form in _FLOW_FORMS) if is_row else defect.form == "L16"
    if defect.extent is Depth.FILE:
        return True
    stated = [address for address in flag.addresses if address.file == defect.file]
    columns = {address.column for address in stated}
    return any(_same_sheet(address.sheet, defect) for address in stated) and (is_row or defect.column in columns)


def _gap(flag: Flag, index: _Index) -> list[str]:
    """The months just before the flag's in which its unit did not report."""
    months: list[str] = []
    month = _before(flag.period)
    while (flag.unit_code[:_DIVISION], month) in index.unreported:
        months.append(month)
        month = _before(month)
    return months


def _before(period: str) -> str:
    year, month = int(period[:4]), int(period[5:7])
    return f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"


def _withheld(defect: Defect) -> bool:
    return not defect.is_negative and defect.depth <= Depth.SHEET
