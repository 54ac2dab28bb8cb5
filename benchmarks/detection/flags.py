"""Everything the product said about a county: refusals, duplicates, superseded and missing reports, findings."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.detection.landing import Landing

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Address:
    """A place in the ledgers; what the product left open is empty. ``column`` is the product's name of the column."""

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Flag:
    """One thing said: of an address, or of a unit and month. ``related`` are other rows of the same fee case.

    kind: cell, row, sheet, file (refused), duplicate_rows, duplicate, superseded, missing, finding.
    """

    kind: str
    rule: str
    unit_code: str = ""
    period: str = ""
    form: str = ""
    addresses: tuple[Address, ...] = ()
    related: tuple[Address, ...] = ()


def ask(home: Path, verb: str) -> Rows:
    """What a verb of the command answers in JSON.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    command = [sys.executable, "-m", "orchestration", "--json", "--home", str(home), verb]
    answer: Rows = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def newest_judged(home: Path) -> tuple[Path, bool]:
    """The newest candidate's folder, and whether it is the release that stands.

    Raises:
        ValueError: nothing was built in this home.
    """
    built = sorted(path for path in (home / "candidates").glob("[0-9]*") if (path / "marts").is_dir())
    if not built:
        raise ValueError(f"{home} holds nothing that was built: run taizhang run first")
    pointer = home / "releases" / "current"
    return built[-1], pointer.is_symlink() and pointer.readlink().name == built[-1].name


def flags_of(home: Path, landing: Landing) -> list[Flag]:
    """All flags of a home after ``taizhang run``."""
    submissions = ask(home, "submissions")
    candidate, _ = newest_judged(home)
    found = refusals(ask(home, "quarantine"), submissions, landing)
    found += set_aside(submissions, landing)
    found += missing(pl.read_parquet(candidate / "marts" / "mart_ledger_quality.parquet"))
    return found + findings(candidate, same_case_rows(home), landing)


def refusals(quarantine: Rows, submissions: Rows, landing: Landing) -> list[Flag]:
    """The entries of the quarantine; a row that its own refused cell explains is not said twice."""
    hashes = {(row["file"], row["sheet"]): row["file_sha256"] for row in submissions}
    files = {row["file"]: row["file_sha256"] for row in submissions}
    cells = {_row_of(entry) for entry in quarantine if entry["kind"] == "cell"}
    found = []
    for entry in quarantine:
        if entry["kind"] == "row" and _row_of(entry) in cells:
            continue
        sha256 = hashes.get((entry["file"], entry["sheet"])) or files.get(entry["file"]) or ""
        address = Address(
            landing.true_name(entry["file"], sha256),
            entry["sheet"] or "",
            entry["row"],
            entry["column"] or "",
            entry["cell"] or "",
        )
        found.append(
            Flag(
                entry["kind"],
                entry["rule_id"],
                entry["unit_code"] or "",
                entry["period"] or "",
                entry["form"] or "",
                (address,),
            )
        )
    return found


def _row_of(entry: dict[str, Any]) -> tuple[Any, ...]:
    return entry["file"], entry["sheet"], entry["row"], entry["rule_id"]


def set_aside(submissions: Rows, landing: Landing) -> list[Flag]:
    """Sheets whose rows repeat, sheets and files received before, and files that a later one replaced."""
    sheets = Counter(row["file"] for row in submissions)
    repeated = Counter(row["file"] for row in submissions if row["status"] == "duplicate")
    found: dict[tuple[str, str, str], Flag] = {}
    for row in submissions:
        place = (row["unit_code"] or "", row["period"] or "")
        file = Address(landing.true_name(row["file"], row["file_sha256"]))
        sheet = replace(file, sheet=row["sheet"] or "")
        if row["status"] == "duplicate":
            # Said once of a file that came before as a whole.
            is_whole = repeated[row["file"]] == sheets[row["file"]]
            kind, form, address = "duplicate", "" if is_whole else row["form"] or "", file if is_whole else sheet
        elif row["status"] in ("accepted", "partial") and not row["is_current"]:
            kind, form, address = "superseded", "", file
        elif row["duplicate"]:
            kind, form, address = "duplicate_rows", row["form"] or "", sheet
        else:
            continue
        rule = "superseded" if kind == "superseded" else "duplicate"
        found[kind, address.file, address.sheet] = Flag(kind, rule, *place, form, (address,))
    return list(found.values())


def missing(quality: pl.DataFrame) -> list[Flag]:
    """Reports that were due and never came: of a village, or of a township's office for the forms only it keeps."""
    short = quality.filter(pl.col("due") > pl.col("received"), pl.col("division_level") != "county")
    village_forms = set(quality.filter(pl.col("division_level") == "village")["form"].to_list())
    return [
        Flag("missing", "not_received", row["division_code"], f"{row['period_start']:%Y-%m}", row["form"])
        for row in short.sort("division_code", "period_start", "form").iter_rows(named=True)
        if row["division_level"] == "village" or row["form"] not in village_forms
    ]


def findings(candidate: Path, cases: dict[str, tuple[str, ...]], landing: Landing) -> list[Flag]:
    """One flag for each object that a check failed, with all its addresses."""
    rows = pl.read_parquet(candidate / "evidence" / "audit_failing_rows.parquet").filter(
        pl.col("rule_id").str.contains(r"^[A-Z]{2}-\d+$")
    )
    found = list(_objects(rows, cases, landing))
    said = {(flag.rule, flag.unit_code, flag.period) for flag in found}
    mart = pl.read_parquet(candidate / "marts" / "mart_findings.parquet").filter(pl.col("failed") > 0)
    for row in mart.iter_rows(named=True):
        if (row["check_id"], row["unit_code"], row["period"]) not in said:
            found.append(Flag("finding", row["check_id"], row["unit_code"], row["period"]))
    return found


def _objects(rows: pl.DataFrame, cases: dict[str, tuple[str, ...]], landing: Landing) -> Iterator[Flag]:
    """Rows of one check, unit, month and column are one object, or as many as rows of ledgers are named."""
    groups: dict[tuple[str, ...], Rows] = defaultdict(list)
    for row in rows.sort(rows.columns, nulls_last=True).iter_rows(named=True):
        groups[row["rule_id"], row["unit_code"], row["period"], row["column_name"] or ""].append(row)
    for (rule, unit_code, period, _), group in groups.items():
        named = [row for row in group if row["row_id"]]
        others = tuple(_address(row, landing) for row in group if not row["row_id"])
        if not named:
            yield Flag("finding", rule, unit_code, period, group[0]["form"] or "", others)
        for row in named:
            related = _related(row["row_id"], cases, landing)
            places = (_address(row, landing), *others)
            yield Flag("finding", rule, unit_code, period, row["form"] or "", places, related)


def _address(row: dict[str, Any], landing: Landing) -> Address:
    head = (row["row_id"] or "").partition(":")[0]
    file = landing.true_name(row["file_path"] or "", head)
    return Address(file, row["sheet_name"] or "", row["row_no"], row["column_name"] or "")


def _related(row_id: str, cases: dict[str, tuple[str, ...]], landing: Landing) -> tuple[Address, ...]:
    """The other rows of a case; a row id names the file and the number of its sheet, but no sheet by name."""
    found = []
    for other in cases.get(row_id, ()):
        head, sheet_no, row_no = other.split(":")
        found.append(Address(landing.true_name("", head), f"#{sheet_no}", int(row_no)))
    return tuple(found)


def same_case_rows(home: Path) -> dict[str, tuple[str, ...]]:
    """Row id -> ids of all rows of L11 and L12 that name the same fee case (by its pseudonym)."""
    by_case: dict[str, list[str]] = defaultdict(list)
    for form in ("L11", "L12"):
        for path in sorted((home / "lake" / form).glob("period=*/*.parquet")):
            for row_id, key in pl.read_parquet(path, columns=["row_id", "case_key"]).iter_rows():
                if key:
                    by_case[key].append(row_id)
    return {row_id: tuple(rows) for rows in by_case.values() for row_id in rows}
