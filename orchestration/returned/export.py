"""Each unit's returned workbooks, made on demand from the archive into a folder that only its owner can read."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest import unit_names, units
from orchestration.ingest.archive import Archive
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.placing import last_day
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.ingest.units import OFFICE_SUFFIX, UnitNames, Units
from orchestration.returned import naming
from orchestration.returned.findings import open_findings
from orchestration.returned.known import File, Files
from orchestration.returned.making import Received, make, opened
from orchestration.returned.original import How
from orchestration.returned.parcels import Parcel, deal, office_above
from orchestration.settings import Settings


@dataclass(frozen=True)
class Sent:
    """One returned workbook: whose, where in the folder, from which file, how many findings, what was kept of it."""

    unit_code: str | None
    workbook: str
    file: str
    findings: int
    kept: How


def export(settings: Settings, target: Path, told: Callable[[int, int], None]) -> list[Sent]:
    """Write the returned workbooks of everything that is open.

    Args:
        settings: the home, and the day of knowledge.
        target: a folder that is new or empty and lies outside home and landing.
        told: called with (files done, of how many).

    Raises:
        UsageError: the folder is not free, or lies where it would be kept or read.
        CouldNotRun: the folder cannot be written, or the lake or a list cannot be read.
    """
    _refuse_place(settings, target)
    exporter = _Exporter(settings, target)
    files = exporter.open_files()
    try:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.chmod(0o700)
        for done, file in enumerate(files):
            told(done, len(files))
            exporter.send(file)
    except OSError:
        raise CouldNotRun(
            "The folder for returned workbooks cannot be written.",
            "退回文件的目录无法写入。",
            address=str(target),
            remedy_en="Give this account the right to write there and free some space, empty it, and run again.",
            remedy_zh="请检查写权限和磁盘空间,清空该目录后重新运行。",
        ) from None
    told(len(files), len(files))
    return exporter.sent


class _Exporter:
    """The books of a home, opened once."""

    def __init__(self, settings: Settings, target: Path) -> None:
        register = read_submissions(settings)
        findings = open_findings(settings, register)
        self._files = Files(settings.lake, register, read_quarantine(settings), findings)
        self._divisions = compile_reference(settings)
        self._units = Units(self._divisions, unit_names.load(settings, self._divisions))
        self._archive = Archive(settings.archive)
        self._day = settings.as_of or register.select(pl.col("received_on").max()).item() or date.min
        self._limits = Limits.of(settings)
        self._target = target
        self._taken: dict[Path, set[str]] = defaultdict(set)
        self._answers: dict[str, str | None] = {}
        self.sent: list[Sent] = []

    def open_files(self) -> list[File]:
        """The files that have open findings; what has no unit or month is closed by a workbook that answers it."""
        for file, findings in list(self._files.findings.items()):
            if any(finding["submission_id"] is None for finding in findings) and self._is_answered(file):
                findings = [finding for finding in findings if finding["submission_id"]]
            self._files.findings[file] = findings
        return sorted(
            (file for file, left in self._files.findings.items() if left), key=lambda file: (file[1], file[0])
        )

    def send(self, file: File) -> None:
        """Write the workbooks of one file."""
        content = self._archive.read(file[0]) or b""
        received, names = opened(content, self._limits), self._names(file)
        for parcel in deal(self._files.known(file), self._owner(file), received.raws, names):
            self._write(file, received, parcel, names)

    def _write(self, file: File, received: Received, parcel: Parcel, names: UnitNames) -> None:
        folder = naming.folder_of(parcel.unit_code, self._divisions)
        made = make(received, parcel, folder, self._day)
        place = Path(folder, *naming.kept_folders(file[1], parcel.unit_code, names))
        name = naming.next_name(file[1].rpartition("/")[2], made.suffix, self._taken[place])
        self._taken[place].add(name)
        path = self._target / place / name
        for above in [*reversed(path.relative_to(self._target).parents)][1:]:
            (self._target / above).mkdir(exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(made.content)
        where = (place / name).as_posix()
        self.sent.append(Sent(parcel.unit_code, where, file[1], len(parcel.findings), made.kept))

    def _names(self, file: File) -> UnitNames:
        """The units of the month that a file reports, else of the day it came."""
        readings = self._files.readings(file)
        periods = [reading["period"] for reading in readings if reading["period"]]
        return self._units.on(last_day(max(periods)) if periods else readings[0]["received_on"])

    def _owner(self, file: File) -> str | None:
        """Whose file it is: the one unit of its sheets, the office above several, else as folder and name say."""
        codes: set[str] = {reading["unit_code"] for reading in self._files.readings(file) if reading["unit_code"]}
        names = self._names(file)
        if len(codes) == 1:
            return next(iter(codes))
        if codes:
            return office_above(codes, names)
        folder, _, name = file[1].rpartition("/")
        found = units.resolve(names, None, [], name.rpartition(".")[0] or name, folder)
        if found.unit_code:
            return found.unit_code
        township = names.found_in(file[1]).township
        return township + OFFICE_SUFFIX if township else None

    def _is_answered(self, file: File) -> bool:
        """Whether a later file of the same unit is a copy that was sent back for this one."""
        owner, when = self._owner(file), self._when(file)
        return any(
            self._answered_by(other) == file[0][:16]
            for other in self._files.all()
            if self._when(other) >= when and other != file and self._owner(other) == owner
        )

    def _answered_by(self, file: File) -> str | None:
        if file[0] not in self._answers:
            content = self._archive.read(file[0]) or b""
            self._answers[file[0]] = opened(content, self._limits).answers
        return self._answers[file[0]]

    def _when(self, file: File) -> tuple[date, int]:
        return max((reading["received_on"], reading["batch_no"]) for reading in self._files.readings(file))


def _refuse_place(settings: Settings, target: Path) -> None:
    inside = [
        folder for folder in (settings.home, settings.landing) if target.resolve().is_relative_to(folder.resolve())
    ]
    if inside:
        raise UsageError(
            "Returned workbooks hold names and must not lie in the home or landing folder.",
            "退回文件含个人信息,不得放在主目录或接收目录内。",
            address=str(target),
            remedy_en="Name a folder elsewhere.",
            remedy_zh="请指定其他目录。",
        )
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            "The folder for returned workbooks is not empty.",
            "退回文件的目录不为空。",
            address=str(target),
            remedy_en="Name a new or an empty folder.",
            remedy_zh="请指定新的或空的目录。",
        )
