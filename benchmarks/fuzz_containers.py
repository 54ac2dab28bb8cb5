"""Ledgers changed at random, in every container: what does the reader make of them?

``python -m benchmarks.fuzz_containers --minutes 10 --seed 1`` runs from the root of the repository. Every input follows
from its number alone (``--once N`` reads one again). Inputs are read in a process of their own, with bounded memory,
which is watched: an end or a silence of that process is a finding.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from orchestration.errors import CouldNotRun
from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers import compound
from orchestration.ingest.containers.limits import Limits
from orchestration.ingest.containers.opening import open_sheets
from orchestration.ingest.containers.refusal import Refusal
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reading import SheetReader
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from tests.unit.ingest import corpus
from tests.unit.ingest.old_books import container, packed

SILENCE_SECONDS = 60
MEMORY_BYTES = 3 * 2**30
_LIMITS = Limits(cells=2_000_000)
_RECEIVED = date(2014, 7, 5)
_NUMBERS = (0, 1, 2, 7, 127, 128, 255, 256, 32767, 65535, 65536, 2**24, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1)
_WORDS = (
    b'"', b"'", b"<", b">", b"&", b"&#0;", b"\x00", b"\xff", b"XFD1048576", b"1048577", b"-1", b"1e999", b"NaN",
    b"\r\n", b'hidden="1"', b' t="e"', b"<f>A1</f>", b"]]>", b"<!--", b"\xef\xbb\xbf", b"\xff\xfe", b";", b",",
    b"\t", b"9" * 400,
)  # fmt: skip


def seeds() -> dict[str, bytes]:
    """What is changed: sound ledgers of every container, one full of marks, an archive."""
    return {**corpus.sound(), "marked.xlsx": corpus.marked(), "many.zip": corpus.archive()[0]}


def changed(number: int, whole: dict[str, bytes]) -> tuple[str, bytes]:
    """The input of a number: a ledger changed in a few places, mostly inside its package so that it still opens."""
    draw = random.Random(number)
    name = draw.choice(sorted(whole))
    content = whole[name]
    if draw.random() < 0.7:
        if content.startswith(b"PK"):
            return name, _in_part(content, draw)
        if content.startswith(b"\xd0\xcf"):
            return name, container("Workbook", _mutated(compound.workbook_stream(content), draw))
    return name, _mutated(content, draw)


def _in_part(content: bytes, draw: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {}
        for info in package.infolist():
            with contextlib.suppress(zipfile.BadZipFile, RuntimeError):
                parts[info.filename] = package.read(info)
    chosen = draw.choice(sorted(parts))
    if draw.random() < 0.05:
        del parts[chosen]
    else:
        parts[chosen] = _mutated(parts[chosen], draw)
    return packed(parts)


def _mutated(content: bytes, draw: random.Random) -> bytes:
    body = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 4, 16))):
        at = draw.randrange(len(body) + 1)
        match draw.randrange(7):
            case 0:
                body[at : at + 1] = bytes((draw.randrange(256),))
            case 1:
                size = draw.choice((1, 2, 4))
                body[at : at + size] = (draw.choice(_NUMBERS) % 256**size).to_bytes(size, "little")
            case 2:
                body[at:at] = draw.choice(_WORDS)
            case 3:
                del body[at : at + draw.randrange(1, 64)]
            case 4:
                other = draw.randrange(len(body) + 1)
                body[at:at] = body[other : other + draw.randrange(1, 512)] * draw.choice((1, 1, 2, 30))
            case 5:
                word = draw.choice(_WORDS)
                body[at : at + len(word)] = word
            case _:
                body = body[:at] if draw.random() < 0.3 else body
    return bytes(body)


class Reader:
    """Reads one input as a run would, and says what became of it."""

    def __init__(self, folder: Path) -> None:
        catalogue = load_catalogue()
        units = Units(compile_reference(Settings(home=folder)))
        self._reader = SheetReader(catalogue, units, ColumnReaders(catalogue, Pseudonyms(bytes(32))))

    def read(self, content: bytes) -> str:
        """``opened`` or the rule of the refusal.

        Raises:
            AssertionError: rows do not add up, or a finding has no reason.
        """
        try:
            for raw in open_sheets(content, _LIMITS):
                for reading in self._reader.read(raw, "临江镇/砚池村2014年6月.xlsx", None, _RECEIVED):
                    parts = reading.accepted + reading.quarantined + reading.duplicate + reading.non_data
                    assert parts == reading.rows_seen
        except Refusal as refusal:
            return refusal.rule_id
        return "opened"


def serve(first: int, until: float) -> None:
    """Read input after input; each line tells a number and its outcome, the number first so that a death is known."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    whole = seeds()
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        number = first
        while time.time() < until:
            print(number, end=" ", flush=True)
            _, content = changed(number, whole)
            start = time.perf_counter()
            try:
                outcome = reader.read(content)
            except (CouldNotRun, Exception) as fault:  # noqa: BLE001  any fault is a finding
                outcome = f"FAULT:{type(fault).__name__}"
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(outcome, f"{time.perf_counter() - start:.3f}", peak, flush=True)
            number += 1


def hunt(first: int, minutes: float) -> dict[str, object]:
    """Read changed ledgers for some minutes: executions, outcomes, findings, slowest seconds and peak megabytes."""
    until = time.time() + minutes * 60
    outcomes: Counter[str] = Counter()
    findings: list[str] = []
    slowest, peak, number = 0.0, 0, first
    while time.time() < until:
        for line in _lines(number, until):
            fields = line.split()
            number = int(fields[0]) + 1
            if len(fields) < 4:
                findings.append(f"{fields[0]}: the process ended or fell silent")
                continue
            outcomes[fields[1]] += 1
            if fields[1].startswith("FAULT"):
                findings.append(f"{fields[0]}: {fields[1]}")
            slowest, peak = max(slowest, float(fields[2])), max(peak, int(fields[3]))
    return {
        "executions": sum(outcomes.values()), "outcomes": dict(outcomes.most_common()), "findings": findings,
        "slowest_seconds": slowest, "peak_megabytes": peak,
    }  # fmt: skip


def _lines(first: int, until: float) -> Iterator[str]:
    """What one process says before it ends; a last line without an outcome is an input that ended or silenced it."""
    with tempfile.TemporaryFile("w+") as said:
        command = [sys.executable, "-m", "benchmarks.fuzz_containers", "--serve", str(first), "--until", str(until)]
        child = subprocess.Popen(command, stdout=said, stderr=subprocess.DEVNULL)
        size, since = 0, time.time()
        while child.poll() is None and time.time() - since < SILENCE_SECONDS:
            time.sleep(0.5)
            grown = said.seek(0, io.SEEK_END)
            size, since = (grown, time.time()) if grown > size else (size, since)
        child.kill()
        child.wait()
        said.seek(0)
        yield from said.read().splitlines()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--once", type=int)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--until", type=float, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve is not None:
        serve(asked.serve, asked.until)
    elif asked.once is not None:
        name, content = changed(asked.once, seeds())
        with tempfile.TemporaryDirectory() as folder:
            print(name, len(content), Reader(Path(folder)).read(content))
    else:
        print(json.dumps(hunt(asked.seed * 1_000_000_000, asked.minutes), indent=1))


if __name__ == "__main__":
    main()
