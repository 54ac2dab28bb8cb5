"""A hand-made log and hand-made flags, of which every number is known beforehand."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.detection.flags import Address, Flag
from benchmarks.detection.log import Defect
from benchmarks.detection.scoring import Run

VILLAGE, OFFICE, MONTH = "331099001001", "331099001000-fp", "2014-03"
BOOK, SHEET = "received=2014-04-02/村2014年3月台账.xlsx", "出生登记表"
CELL = Defect(
    number=0, family="A", code="A01", layer="clerk", scope="cell", unit_code=VILLAGE, period=MONTH, form="L02",
    file=BOOK, sheet=SHEET, sheet_no=2, row=7, column="birth_date", cell="D7", decidable=True, must_flag=True,
    expected=frozenset(),
)  # fmt: skip
ROW = replace(CELL, number=1, family="B", code="B01", scope="row", row=9, column="", cell="")
PAGE = replace(ROW, number=2, family="C", code="C01", scope="sheet", form="L03", sheet="死亡登记", sheet_no=3, row=None)
GONE = replace(
    PAGE, number=3, code="C09", layer="file", scope="file", form="", file="", sheet="", sheet_no=None, period="2014-05"
)
FLOW = replace(GONE, number=4, family="D", code="D01", layer="reporting", scope="flow", expected=frozenset({"SC-01"}))
CASE = replace(
    ROW, number=5, family="M", code="AC-01", scope="row", unit_code=OFFICE, form="L12", file="所2014年3月台账.xlsx",
    sheet="缴款票据台账", row=4, expected=frozenset({"AC-01"}),
)  # fmt: skip
TWINS = replace(ROW, number=6, family="F", code="F01", row=12, must_flag=False)
LOG = [CELL, ROW, PAGE, GONE, FLOW, CASE, TWINS]


def at(defect: Defect, kind: str, rule: str = "rule", **changes: object) -> Flag:
    """A flag at a defect's address, or with some of it changed."""
    place = {"file": defect.file, "sheet": defect.sheet, "row": defect.row, "cell": defect.cell, **changes}
    if kind in ("sheet", "file"):
        place.update(row=None, cell="")
    return Flag(kind, rule, defect.unit_code, defect.period, defect.form, (Address(**place),))  # type: ignore[arg-type]


def finding(check: str, unit_code: str = VILLAGE, period: str = MONTH, *addresses: Address) -> Flag:
    return Flag("finding", check, unit_code, period, addresses=addresses)


ALL = [
    at(CELL, "cell", "date.unreadable"),
    at(ROW, "row", "row.mandatory_missing"),
    at(PAGE, "sheet", "sheet.no_header"),
    Flag("missing", "not_received", VILLAGE, GONE.period, "L16"),
    finding("SC-01", VILLAGE, FLOW.period),
    finding("AC-01", OFFICE, MONTH, Address(CASE.file, CASE.sheet, CASE.row, "payment_date")),
]


def run_of(flags: list[Flag], log: list[Defect] | None = None, dose: float = 1.0) -> Run:
    return Run.of("331099", 1100, dose, "release", LOG if log is None else log, flags)
