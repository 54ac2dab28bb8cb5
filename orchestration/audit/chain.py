"""The chain: one line for every ingest, gate, publish, rollback and refusal, each holding the hash of the line before.

A changed, removed or reordered line breaks every later hash. A cut tail does not, so a release's manifest should keep
the head of the chain as it was, and ``verify_chain`` is asked whether that head is still in it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.errors import CouldNotRun

GENESIS = "0" * 64
EVENTS = ("ingest", "gate", "publish", "rollback", "refuse")


@dataclass(frozen=True)
class ChainState:
    """The length of a chain, its last hash, every hash in it, and the first line (1-based) that does not hold."""

    length: int
    head: str
    hashes: frozenset[str]
    broken_at: int | None

    @property
    def holds(self) -> bool:
        """Whether every line follows from the one before."""
        return self.broken_at is None


def append(path: Path, event: str, payload: Mapping[str, Any]) -> str:
    """Add one event and return its hash.

    Args:
        path: the chain's file; it is begun if it does not exist.
        event: one of ``EVENTS``.
        payload: ids, hashes and counts. It is kept in the line, so it must hold no text of a ledger.

    Raises:
        ValueError: an unknown event.
    """
    if event not in EVENTS:
        raise ValueError(f"{event} is not an event of the chain")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as handle:
        # Two processes that read the same last line would fork the chain.
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        text = handle.read()
        lines = text.splitlines()
        entry = {
            "sequence": len(lines) + 1,
            "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "event": event,
            "payload": dict(payload),
            "payload_sha256": _digest(dict(payload)),
            "previous": _hash_of(lines[-1]) if lines else GENESIS,
        }
        entry["hash"] = _digest(entry)
        torn = "\n" if text and not text.endswith("\n") else ""
        handle.write(torn + json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    return str(entry["hash"])


def verify_chain(path: Path) -> ChainState:
    """Recompute every hash. A chain that does not exist has length 0 and holds."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    hashes: list[str] = []
    for number, line in enumerate(lines, start=1):
        previous = hashes[-1] if hashes else GENESIS
        found = _checked(line, number, previous)
        if found is None:
            return ChainState(len(lines), previous, frozenset(hashes), number)
        hashes.append(found)
    return ChainState(len(lines), hashes[-1] if hashes else GENESIS, frozenset(hashes), None)


def events(path: Path) -> list[dict[str, Any]]:
    """Every event, oldest first.

    Raises:
        CouldNotRun: a line cannot be read; its address says which.
    """
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(json.loads(line))
        except ValueError:
            raise CouldNotRun(
                "The chain of events has a line that cannot be read.",
                "事件链中有一行无法读取。",
                address=f"{path.name}:{number}",
                remedy_en="Keep the file for the auditor and restore it from the backup; releases are untouched.",
                remedy_zh="请保留该文件备查并从备份恢复;已发布版本不受影响。",
            ) from None
    return found


def _checked(line: str, number: int, previous: str) -> str | None:
    try:
        entry = json.loads(line)
        claimed = entry.pop("hash")
        is_whole = (
            entry["sequence"] == number
            and entry["previous"] == previous
            and entry["payload_sha256"] == _digest(entry["payload"])
            and claimed == _digest(entry)
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return str(claimed) if is_whole else None


def _hash_of(line: str) -> str:
    """The hash a line claims; a line that cannot be read is chained by its bytes, so that the break stays visible."""
    try:
        return str(json.loads(line)["hash"])
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(line.encode()).hexdigest()


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
