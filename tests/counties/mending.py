"""A clerk who mends returned workbooks: cells by the log of defects, whole sheets by the twin county without any."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl

ERROR_LIST = "错误清单"


@dataclass
class Mended:
    """What was done: files mended cell by cell, files mended by whole sheets, files sent anew; defects by code."""

    by_cell: list[str] = field(default_factory=list)
    by_sheet: list[str] = field(default_factory=list)
    anew: list[str] = field(default_factory=list)
    defects: Counter[str] = field(default_factory=Counter)


def reports(folder: Path) -> dict[tuple[str, ...], Path]:
    """Every file of a landing folder by the folders and the name it has without the day of receipt."""
    return {path.relative_to(folder).parts[1:]: path for path in sorted(folder.rglob("*.*")) if path.is_file()}


def mend(dirty: Path, clean: Path, log: pl.DataFrame, returned: Path, sent: list[dict[str, Any]], day: str) -> Mended:
    """Send every report of the clean county that the dirty one does not hold, mended copies first.

    Args:
        dirty: landing folder with defects; receives the corrections under ``received=day``.
        clean: landing folder of the twin.
        log: the log of defects.
        returned: the folder of returned workbooks.
        sent: the answer of ``taizhang quarantine --export``.
        day: of receipt.
    """
    done = Mended()
    wanted = reports(clean)
    held = {path.read_bytes() for path in dirty.rglob("*.*") if path.is_file()}
    slips = defaultdict(list)
    for slip in log.filter(pl.col("file").is_not_null() & (pl.col("layer") != "truth")).iter_rows(named=True):
        slips[slip["file"]].append(slip)
    # Cases that break a check stand in the truth of the dirty county itself, in no cell of its log.
    misled = set(log.filter(pl.col("family") == "M")["unit_code"])
    whole = {workbook["file"] for workbook in sent if workbook["unit_code"] in misled}
    copies = {workbook["file"]: returned / workbook["workbook"] for workbook in sent if workbook["kept"] == "formats"}
    for parts, twin in wanted.items():
        if twin.read_bytes() in held:
            continue
        target = dirty / f"received={day}" / Path(*parts[:-1]) / f"{twin.stem}(1).xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        file = _its_file(parts, dirty, copies)
        found = slips.get(file or "", [])
        if file is None:
            shutil.copy(twin, target)
            done.anew.append(target.name)
            continue
        book = openpyxl.load_workbook(copies[file])
        if found and file not in whole and all(_is_of_a_cell(slip, book) for slip in found):
            for slip in found:
                book[slip["sheet"]][slip["cell"]] = slip["clean"] or None
            done.by_cell.append(target.name)
        elif _copy_sheets(book, twin):
            done.by_sheet.append(target.name)
        else:
            shutil.copy(twin, target)
            done.anew.append(target.name)
            continue
        done.defects.update(slip["code"] for slip in found if slip["must_flag"])
        book.save(target)
    return done


def _its_file(parts: tuple[str, ...], dirty: Path, copies: dict[str, Path]) -> str | None:
    """The returned file that stands for a report: of the same folders and name; a wrong month stays in the list."""
    stem = parts[-1].rpartition(".")[0]
    for file in copies:
        own = Path(file).parts[1:]
        if own[:-1] == parts[:-1] and Path(own[-1]).stem == stem:
            return file
    return None


def _is_of_a_cell(slip: dict[str, Any], book: openpyxl.Workbook) -> bool:
    return slip["scope"] == "cell" and bool(slip["cell"]) and slip["sheet"] in book.sheetnames


def _copy_sheets(book: openpyxl.Workbook, twin: Path) -> bool:
    """Write the cells of the twin's sheets over those of the returned workbook, tab by tab."""
    source = openpyxl.load_workbook(twin)
    if book.sheetnames != [ERROR_LIST, *source.sheetnames]:
        return False
    for sheet in source.worksheets:
        target = book[sheet.title]
        if target.merged_cells.ranges != sheet.merged_cells.ranges:
            return False
        for row in range(1, max(sheet.max_row, target.max_row) + 1):
            for column in range(1, max(sheet.max_column, target.max_column) + 1):
                cell = target.cell(row, column)
                if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                    cell.value = sheet.cell(row, column).value
                    cell.number_format = sheet.cell(row, column).number_format
    return True


def answer(text: str) -> list[dict[str, Any]]:
    """The list that a command answers with ``--json``."""
    return list(json.loads(text))
