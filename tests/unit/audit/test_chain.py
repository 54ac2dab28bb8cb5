"""The chain shows tampering, and a release is checked against its manifest, its receipt and the chain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.audit import chain
from orchestration.audit.receipt import file_sha256
from orchestration.audit.verify import Fault, verify_release
from orchestration.errors import CouldNotRun

RELEASE = "20140601T000000Z-aaaaaaaa"


def three_events(path: Path) -> Path:
    """A chain of three events."""
    for number, event in enumerate(("ingest", "gate", "publish")):
        chain.append(path, event, {"rows": number})
    return path


def test_an_untouched_chain_holds(tmp_path: Path) -> None:
    state = chain.verify_chain(three_events(tmp_path / "log" / "chain.jsonl"))
    assert (state.holds, state.length, len(state.hashes)) == (True, 3, 3)
    assert state.head in state.hashes


def test_a_chain_that_was_never_begun_holds(tmp_path: Path) -> None:
    assert chain.verify_chain(tmp_path / "none.jsonl").length == 0


@pytest.mark.parametrize(
    ("tamper", "broken_at"),
    [
        (lambda lines: [lines[0].replace('"rows": 0', '"rows": 9'), *lines[1:]], 1),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[1], lines[0], lines[2]], 1),
        (lambda lines: [lines[0], "not json", lines[2]], 2),
        (lambda lines: [lines[0], lines[1], lines[2][:-20]], 3),
        (lambda lines: [*lines, lines[2]], 4),
    ],
    ids=["changed", "removed", "reordered", "scribbled", "torn", "repeated"],
)
def test_tampering_breaks_the_chain_where_it_happened(tamper, broken_at: int, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = three_events(tmp_path / "chain.jsonl")
    path.write_text("\n".join(tamper(path.read_text("utf-8").splitlines())) + "\n", "utf-8")
    assert chain.verify_chain(path).broken_at == broken_at


def test_a_break_stays_visible_whatever_is_added_later(tmp_path: Path) -> None:
    path = tmp_path / "chain.jsonl"
    path.write_text("not json\n", "utf-8")
    chain.append(path, "gate", {})
    assert chain.verify_chain(path).broken_at == 1


def test_an_unknown_event_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not an event"):
        chain.append(tmp_path / "chain.jsonl", "party", {})


@pytest.fixture
def release(tmp_path: Path) -> tuple[Path, Path]:
    """A published release of one mart, and the chain that announced it."""
    folder = tmp_path / "releases" / RELEASE
    mart, receipt = folder / "office/marts/a.parquet", folder / "office/validation/receipt.json"
    for path in (mart, receipt):
        path.parent.mkdir(parents=True)
    mart.write_bytes(b"numbers")
    receipt.write_text(
        json.dumps({"verdict": "PASS", "files": {"marts/a.parquet": file_sha256(mart), "evidence/b": "x"}}), "utf-8"
    )
    files = {path.relative_to(folder).as_posix(): {"sha256": file_sha256(path)} for path in (mart, receipt)}
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"release_id": RELEASE, "files": files, "chain_head": chain.GENESIS}), "utf-8")
    log = tmp_path / "chain.jsonl"
    chain.append(log, "publish", {"release_id": RELEASE, "manifest_sha256": file_sha256(manifest)})
    return folder, log


def test_an_untouched_release_holds(release: tuple[Path, Path]) -> None:
    folder, log = release
    verification = verify_release(folder, log)
    assert verification.holds
    assert (verification.release_id, verification.files) == (RELEASE, 2)


def test_a_changed_missing_or_added_file_is_a_fault(release: tuple[Path, Path]) -> None:
    folder, log = release
    (folder / "office/marts/a.parquet").write_bytes(b"other numbers")
    (folder / "office/marts/b.parquet").write_bytes(b"more")
    (folder / "office/validation/receipt.json").unlink()
    faults = verify_release(folder, log).faults
    assert Fault("changed", "office/marts/a.parquet") in faults
    assert Fault("added", "office/marts/b.parquet") in faults
    assert Fault("missing", "office/validation/receipt.json") in faults


def test_a_manifest_made_to_fit_is_found_by_the_receipt_and_the_chain(release: tuple[Path, Path]) -> None:
    folder, log = release
    mart, manifest = folder / "office/marts/a.parquet", folder / "manifest.json"
    mart.write_bytes(b"other numbers")
    content = json.loads(manifest.read_text("utf-8"))
    content["files"]["office/marts/a.parquet"]["sha256"] = file_sha256(mart)
    manifest.write_text(json.dumps(content), "utf-8")
    assert {fault.what for fault in verify_release(folder, log).faults} == {"receipt", "chain"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": {"a": 1}}'])
def test_a_manifest_that_cannot_be_read_is_a_fault(content: str, release: tuple[Path, Path]) -> None:
    folder, log = release
    (folder / "manifest.json").write_text(content, "utf-8")
    assert verify_release(folder, log).faults == (Fault("manifest", "manifest.json"),)


def test_a_release_that_remembers_a_head_the_chain_has_lost_is_a_fault(release: tuple[Path, Path]) -> None:
    folder, log = release
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "chain_head": "f" * 64}), "utf-8")
    assert "chain_head" in {fault.address for fault in verify_release(folder, log).faults}


def test_a_torn_line_is_told_by_its_number_and_never_glued_to_the_next(tmp_path: Path) -> None:
    log = tmp_path / "chain.jsonl"
    chain.append(log, "gate", {})
    log.write_text(log.read_text("utf-8") + '{"event": "pub', "utf-8")
    with pytest.raises(CouldNotRun, match="cannot be read") as told:
        chain.events(log)
    assert told.value.address == "chain.jsonl:2"
    chain.append(log, "gate", {})
    assert len(log.read_text("utf-8").splitlines()) == 3
