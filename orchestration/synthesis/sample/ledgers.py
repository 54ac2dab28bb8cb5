"""Write the sample county: six months of ledgers of fourteen invented villages and three township offices.

Run ``python -m orchestration.synthesis.sample.ledgers --out DIR``. The seed and every date are fixed, so
each run gives the same files.
"""

from __future__ import annotations

import argparse
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from orchestration.synthesis.clerk.pages import Cell
from orchestration.synthesis.sample import blemishes
from orchestration.synthesis.sample.events import MONTHS, YEAR, Book, World
from orchestration.synthesis.sample.fees import Case, draw_cases
from orchestration.synthesis.sample.forms import TEN_THOUSAND
from orchestration.synthesis.sample.office_books import decision_rows, payment_rows, receipts_of, service_rows
from orchestration.synthesis.sample.pages import make_sheet
from orchestration.synthesis.sample.people import Dice
from orchestration.synthesis.sample.places import Township, townships
from orchestration.synthesis.sample.sheets import Sheet, write_gb18030, write_workbook
from orchestration.synthesis.sample.village_books import (
    birth_rows,
    death_rows,
    monthly_figures,
    move_rows,
    roster_rows,
)


def write_sample(out: Path) -> None:
    """Write the base landing folder and both faults under a folder, replacing what is there.

    Args:
        out: Folder that gets ``landing/``, ``fault-amounts/landing/`` and ``fault-missing/absent.txt``.
    """
    for name in ("landing", "fault-amounts", "fault-missing"):
        shutil.rmtree(out / name, ignore_errors=True)
    county = townships()
    world = World(county)
    blemishes.add_events(world)
    for township in county:
        for village in township.villages:
            for month in MONTHS:
                _write_village_month(out / "landing", township, world.books[village.code], month)
        cases = draw_cases(township)
        for month in MONTHS:
            _write_office_month(out / "landing", township, cases, month)
        if township.code == blemishes.FAULT_OFFICE:
            _write_fault_amounts(out / "fault-amounts" / "landing", township, cases)
    _write_absent(out / "landing", out / "fault-missing")


def _write_village_month(landing: Path, township: Township, book: Book, month: int) -> None:
    key = (book.village.code, month)
    if key in blemishes.MISSING:
        return
    received = blemishes.RECEIVED_LATE.get(key) or usual_receipt(book.village.code, month)
    name = f"{book.village.full_name}{YEAR}年{month}月台账"
    if key in blemishes.RESUBMITTED:
        again = blemishes.RESUBMITTED[key]
        folder = _folder(landing, again, book)
        write_workbook(folder / f"{name}(最终版).xlsx", list(_village_sheets(township, book, month, again).values()))
        book = blemishes.before_correction(book)
    sheets = _village_sheets(township, book, month, received)
    folder = _folder(landing, received, book)
    if key in blemishes.BIRTHS_AS_TEXT:
        write_gb18030(folder / f"{book.village.full_name}{YEAR}年{month}月出生登记表.csv", sheets.pop("L02"))
    if key in blemishes.ONLY_MONTHLY_REPORT:
        sheets = {"L16": sheets["L16"]}
    write_workbook(folder / f"{name}.xlsx", list(sheets.values()))


def _folder(landing: Path, received: date, book: Book) -> Path:
    return landing / f"received={received.isoformat()}" / book.village.township_name / book.village.name


def usual_receipt(unit: str, month: int) -> date:
    """Day on which a punctual unit's workbook comes in: one of the first five of the next month."""
    return date(YEAR, month + 1, Dice(f"taizhang sample post {unit} {month}").between(1, 5))


def _write_office_month(landing: Path, township: Township, cases: list[Case], month: int) -> None:
    received = usual_receipt(f"{township.code}-fp", month)
    signed = max(received - timedelta(days=1), received.replace(day=1))
    in_ten_thousand = (township.code, month) in blemishes.PAYMENTS_IN_TEN_THOUSAND
    receipts = receipts_of(cases, month)
    decisions = decision_rows(cases, township, month)
    services = service_rows(township, month)
    assessed = sum((case.amount for case in cases[: len(decisions)]), Decimal(0))
    unit = Decimal(10_000) if in_ten_thousand else Decimal(1)
    sheets = [
        make_sheet("L11", township, township.office, month, signed, decisions, {"amount": assessed}),
        make_sheet(
            "L12",
            township,
            township.office,
            month,
            signed,
            payment_rows(receipts, township, unit),
            {"amount": sum((r.amount for r in receipts if r.mark == "正常"), Decimal(0)) / unit},
            TEN_THOUSAND if in_ten_thousand else None,
        ),
        make_sheet("L10", township, township.office, month, signed, services),
    ]
    write_workbook(_office_file(landing, township, month, received, ""), sheets)


def _office_file(landing: Path, township: Township, month: int, received: date, version: str) -> Path:
    folder = landing / f"received={received.isoformat()}" / township.name / "计划生育办公室"
    return folder / f"{township.office}{YEAR}年{month}月台账{version}.xlsx"


def _write_fault_amounts(landing: Path, township: Township, cases: list[Case]) -> None:
    """Write one month's payments again under a header that says 万元, the amounts left in yuan."""
    month, received = blemishes.FAULT_MONTH, blemishes.FAULT_RECEIVED
    receipts = receipts_of(cases, month)
    total = {"amount": sum((r.amount for r in receipts), Decimal(0))}
    rows = payment_rows(receipts, township)
    sheet = make_sheet("L12", township, township.office, month, received, rows, total, TEN_THOUSAND)
    write_workbook(_office_file(landing, township, month, received, "(最终版)"), [sheet])


def _write_absent(base: Path, fault: Path) -> None:
    """List what the absent villages sent after January, the month that makes their reports due (R-12)."""
    fault.mkdir(parents=True, exist_ok=True)
    names = {(v.township_name, v.name) for t in townships() for v in t.villages if v.code in blemishes.ABSENT}
    files = (p.relative_to(base) for p in base.rglob("*") if p.is_file())
    lines = sorted(p.as_posix() for p in files if p.parts[1:3] in names and f"{YEAR}年1月" not in p.name)
    (fault / "absent.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _village_sheets(township: Township, book: Book, month: int, received: date) -> dict[str, Sheet]:
    report: dict[str, Cell] = {"serial": 1, "village": book.village.name, **monthly_figures(book, month)}
    forms: dict[str, list[dict[str, Cell]]] = {"L16": [report]}
    if month == MONTHS[0]:
        forms["L01"] = roster_rows(book, township, month)
    forms["L02"] = birth_rows(book, township, month)
    forms["L03"] = death_rows(book, township, month)
    forms["L05"] = move_rows(book, township, month)
    signed = max(received - timedelta(days=1), date(received.year, received.month, 1))
    sheets = {}
    for form, rows in forms.items():
        spoilt = blemishes.spoil(book.village.code, month, form, rows)
        totals = _totals(form, township, rows)
        sheets[form] = make_sheet(form, township, book.village.full_name, month, signed, spoilt, totals)
    return sheets


def _totals(form: str, township: Township, rows: list[dict[str, Cell]]) -> dict[str, Cell] | None:
    """Give the 合计 row: figures on the town's reports, a head count under the street's registers."""
    if form == "L16" and township.dates == "excel":
        return {key: value for key, value in rows[0].items() if isinstance(value, int) and key != "serial"}
    if form != "L16" and township.dates == "dots":
        return {"name": f"{len(rows)}人"}
    return None


def overlay(base: Path, fault: Path, out: Path) -> Path:
    """Build the landing folder of a fault: the base without what is absent, plus what is added.

    Args:
        base: The sound landing folder.
        fault: A fault folder with ``absent.txt`` (paths under ``base``, one a line), ``landing/``, or both.
        out: Folder to create; must not exist yet.

    Returns:
        ``out``.
    """
    absent = fault / "absent.txt"
    left_out = set(absent.read_text(encoding="utf-8").split("\n")) if absent.exists() else set()
    for source in sorted(p for p in base.rglob("*") if p.is_file()):
        relative = source.relative_to(base)
        if relative.as_posix() not in left_out:
            _copy(source, out / relative)
    added = fault / "landing"
    for source in sorted(p for p in added.rglob("*") if p.is_file()):
        _copy(source, out / source.relative_to(added))
    return out


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main() -> None:
    """Write the sample to the folder given on the command line."""
    parser = argparse.ArgumentParser(description="Write the fictional sample county.")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to, such as seeds/sample")
    write_sample(parser.parse_args().out)


if __name__ == "__main__":
    main()
