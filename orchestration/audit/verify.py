"""Recompute what a release claims about itself: the files of its manifest, its receipt, its place in the chain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.audit import chain
from orchestration.audit.receipt import file_sha256

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold: what (``changed missing added manifest receipt chain``) and where."""

    what: str
    address: str


@dataclass(frozen=True)
class Verification:
    """Which files were compared and every fault found; no fault means that the release is what it claims."""

    release_id: str
    files: int
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify_release(folder: Path, chain_file: Path | None = None) -> Verification:
    """Compare ``folder`` with its ``manifest.json`` and, if given, with the chain that announced it.

    A fault is an answer and not an exception. A file that the manifest does not name is one too.
    """
    folder = folder.resolve()
    manifest = _read_manifest(folder)
    if manifest is None:
        return Verification(folder.name, 0, (Fault("manifest", MANIFEST),))
    claimed = {path: str(entry["sha256"]) for path, entry in manifest["files"].items()}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    faults = [Fault("missing", path) for path in sorted(claimed.keys() - present)]
    faults += [Fault("added", path) for path in sorted(present - claimed.keys())]
    shared = sorted(claimed.keys() & present)
    faults += [Fault("changed", path) for path in shared if file_sha256(folder / path) != claimed[path]]
    faults += _receipt_faults(folder, manifest)
    if manifest.get("release_id") != folder.name:
        faults.append(Fault("manifest", "release_id"))
    if chain_file is not None:
        faults += _chain_faults(folder, chain_file)
    return Verification(folder.name, len(claimed), tuple(faults))


def _read_manifest(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        entries = manifest["files"].values()
        return manifest if all("sha256" in entry for entry in entries) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _receipt_faults(folder: Path, manifest: dict[str, Any]) -> list[Fault]:
    """The published marts must be the bytes that the gate judged, not merely the bytes that the manifest names."""
    place = "office/validation/receipt.json"
    try:
        receipt = json.loads((folder / place).read_text(encoding="utf-8"))
        judged = {path: digest for path, digest in receipt["files"].items() if path.startswith("marts/")}
        published = {
            path.removeprefix("office/"): entry["sha256"]
            for path, entry in manifest["files"].items()
            if path.startswith("office/marts/")
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [Fault("receipt", place)]
    return [] if judged == published and receipt.get("verdict") == "PASS" else [Fault("receipt", place)]


def _chain_faults(folder: Path, chain_file: Path) -> list[Fault]:
    state = chain.verify_chain(chain_file)
    if not state.holds:
        return [Fault("chain", f"{chain_file.name}:{state.broken_at}")]
    manifest = _read_manifest(folder) or {}
    if manifest.get("chain_head") not in {chain.GENESIS, *state.hashes}:
        return [Fault("chain", "chain_head")]
    published = [
        event["payload"]
        for event in chain.events(chain_file)
        if event["event"] == "publish" and event["payload"].get("release_id") == folder.name
    ]
    if not published or published[-1].get("manifest_sha256") != file_sha256(folder / MANIFEST):
        return [Fault("chain", folder.name)]
    return []
