"""What the scorer reads and writes: the product's books, the log, names with masked figures, the page."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from benchmarks.detection.__main__ import main
from benchmarks.detection.flags import findings, missing, newest_judged, refusals, set_aside
from benchmarks.detection.landing import Landing
from benchmarks.detection.log import COLUMNS, Defect, read_log
from benchmarks.detection.report import render
from benchmarks.detection.scoring import wilson
from tests.unit.benchmarks.planted import ALL, CELL, MONTH, OFFICE, SHEET, VILLAGE, at, run_of


def test_names_with_masked_figures_are_found_by_hash(tmp_path: Path) -> None:
    names = ["甲33262219620307481X.xlsx", "乙331099001001.xlsx"]
    for name in names:
        (tmp_path / name).write_text(name)
    landing, digest = Landing(tmp_path), hashlib.sha256(names[0].encode()).hexdigest()
    assert landing.true_name("甲9{18}.xlsx", digest) == names[0]
    assert landing.true_name("甲9{18}.xlsx", digest[:16]) == names[0]
    assert landing.true_name(names[1], hashlib.sha256(names[1].encode()).hexdigest()) == names[1]
    said = replace(CELL, sheet="出生33262219620307481X")
    assert run_of([at(said, "cell", sheet="出生9{18}")], [said]).match.located(said)


def test_the_books_of_the_product_become_flags(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"a")
    digest = hashlib.sha256(b"a").hexdigest()
    sheet = {"file": "a.xlsx", "sheet": SHEET, "form": "L02", "unit_code": VILLAGE, "period": MONTH}
    counts = {"file_sha256": digest, "is_current": True, "duplicate": 0}
    refused = {**sheet, "row": 7, "column": "birth_date", "cell": "D7", "rule_id": "row.mandatory_unreadable"}
    landing = Landing(tmp_path)
    entries = [{**refused, "kind": "cell"}, {**refused, "kind": "row", "column": None, "cell": None}]
    assert [flag.kind for flag in refusals(entries, [{**sheet, **counts}], landing)] == ["cell"]
    books = [
        {**sheet, **counts, "status": "accepted", "duplicate": 2},
        {**sheet, **counts, "file": "b.xlsx", "file_sha256": "b", "status": "accepted", "is_current": False},
        {
            **sheet,
            **counts,
            "file": "b.xlsx",
            "file_sha256": "b",
            "sheet": "x",
            "status": "partial",
            "is_current": False,
        },
        {**sheet, **counts, "file": "c.xlsx", "file_sha256": "c", "status": "duplicate"},
        {**sheet, **counts, "file": "a.xlsx", "sheet": "copy", "status": "duplicate"},
        {**sheet, **counts, "file": "d.xlsx", "file_sha256": "d", "status": "refused", "is_current": False},
    ]
    said = [(flag.kind, flag.addresses[0].file, flag.addresses[0].sheet) for flag in set_aside(books, landing)]
    assert said == [
        ("duplicate_rows", "a.xlsx", SHEET), ("superseded", "b.xlsx", ""), ("duplicate", "c.xlsx", ""),
        ("duplicate", "a.xlsx", "copy"),
    ]  # fmt: skip


def test_a_missing_report_is_said_once_at_the_unit_that_owes_it() -> None:
    quality = pl.DataFrame(
        [
            (VILLAGE, "village", "L16", 1, 0),
            ("331099001000", "township", "L16", 5, 4),
            ("331099001000", "township", "L12", 1, 0),
            ("331099000000", "county", "L12", 3, 2),
            ("331099001002", "village", "L16", 1, 1),
        ],
        schema=["division_code", "division_level", "form", "due", "received"],
        orient="row",
    ).with_columns(period_start=pl.date(2014, 3, 1))
    said = [(flag.unit_code, flag.period, flag.form) for flag in missing(quality)]
    assert said == [("331099001000", MONTH, "L12"), (VILLAGE, MONTH, "L16")]


def test_what_a_check_failed_is_a_flag_for_each_object(tmp_path: Path) -> None:
    candidate = tmp_path / "20140701T000000Z-0"
    for folder in ("marts", "evidence"):
        (candidate / folder).mkdir(parents=True)
    months = ["2014-03", "2014-04", "2014-05"]
    texts = dict.fromkeys(
        ("rule_id", "unit_code", "form", "period", "row_id", "column_name", "file_path", "sheet_name"), pl.String
    )
    pl.DataFrame(
        [("SC-01", VILLAGE, "L16", month, f"{'a' * 16}:1:5", "closing", "a.xlsx", "村月报表", 5) for month in months]
        + [("SC-01", VILLAGE, "L16", "2014-04", f"{'a' * 16}:1:5", "opening", "a.xlsx", "村月报表", 5)]
        + [("ledger.rows_rarely_quarantined", VILLAGE, "L16", MONTH, None, None, "a.xlsx", "村月报表", None)],
        schema={**texts, "row_no": pl.Int32},
        orient="row",
    ).write_parquet(candidate / "evidence" / "audit_failing_rows.parquet")
    pl.DataFrame(
        [("SC-01", VILLAGE, month, 1) for month in months]
        + [("SC-10", VILLAGE, MONTH, 1), ("AC-01", OFFICE, MONTH, 0)],
        schema=["check_id", "unit_code", "period", "failed"],
        orient="row",
    ).write_parquet(candidate / "marts" / "mart_findings.parquet")
    said = [
        (flag.rule, flag.period, [address.column for address in flag.addresses])
        for flag in findings(candidate, {}, Landing(tmp_path / "none"))
    ]
    assert said == [
        ("SC-01", "2014-03", ["closing"]),
        ("SC-01", "2014-04", ["closing"]),
        ("SC-01", "2014-04", ["opening"]),
        ("SC-01", "2014-05", ["closing"]),
        ("SC-10", MONTH, []),
    ]


def test_the_newest_candidate_is_scored_whether_it_was_published_or_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds nothing"):
        newest_judged(tmp_path)
    first, second = (tmp_path / "candidates" / name for name in ("20140701T000000Z-0", "20140801T000000Z-1"))
    (first / "marts").mkdir(parents=True)
    (tmp_path / "releases" / first.name).mkdir(parents=True)
    (tmp_path / "releases" / "current").symlink_to(first.name)
    assert newest_judged(tmp_path) == (first, True)
    (second / "marts").mkdir(parents=True)
    assert newest_judged(tmp_path) == (second, False)


def _write_log(folder: Path, rows: list[Defect]) -> None:
    frame = pl.DataFrame(
        [{name: getattr(row, name) for name in COLUMNS} | {"expected": "a, b"} for row in rows],
        schema_overrides={"row": pl.Int32, "sheet_no": pl.Int32},
    )
    frame.write_parquet(folder / "defects.parquet")


def test_an_empty_or_absent_log_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="missing"):
        read_log(tmp_path)
    _write_log(tmp_path, [CELL])
    assert read_log(tmp_path) == [replace(CELL, expected=frozenset({"a", "b"}))]
    pl.read_parquet(tmp_path / "defects.parquet").clear().write_parquet(tmp_path / "defects.parquet")
    with pytest.raises(ValueError, match="nothing was planted"):
        read_log(tmp_path)
    with pytest.raises(ValueError, match="nothing was planted"):
        run_of(ALL, [])
    assert main(["--truth", str(tmp_path), "--landing", str(tmp_path), "--home", str(tmp_path)]) == 64
    assert "nothing was planted" in capsys.readouterr().err


def test_a_printed_heading_is_known_by_the_products_name(tmp_path: Path) -> None:
    _write_log(tmp_path, [replace(CELL, form="L16", column="出生_人数"), replace(CELL, form="L12", column="金额(元)")])
    assert [defect.column for defect in read_log(tmp_path)] == ["births", "amount_yuan"]


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (3268, 6286, 0.5075, 0.5322)]
)
def test_wilson_limits_are_the_published_ones(hits: int, trials: int, low: float, high: float) -> None:
    assert wilson(hits, trials) == pytest.approx((low, high), abs=5e-5)
    assert wilson(0, 0) is None


def test_the_page_names_command_and_seeds_and_no_day() -> None:
    page = render([run_of(ALL), run_of(ALL[1:], dose=0.5)], "python -m benchmarks.detection --county 331099")
    assert "--county 331099" in page
    assert "none of them used while tuning" in page
    assert "| **all** | 12 | 12 | 11 |" in page
    assert "7 were used while tuning" in render([replace(run_of(ALL), seed=7)], "x")
