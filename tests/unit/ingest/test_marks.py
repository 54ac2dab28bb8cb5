"""What stands beside the values of a sheet, cell by cell, and the order in which archives and files come."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from orchestration.ingest import register
from orchestration.ingest.containers.limits import DEFAULT
from orchestration.ingest.containers.marks import BadCell
from orchestration.ingest.containers.opening import open_sheets
from orchestration.ingest.containers.package import unpack
from orchestration.ingest.containers.recomputing import is_stale
from orchestration.ingest.containers.sheet_xml import is_clean
from orchestration.ingest.ingestion import ingest_landing
from tests.unit.ingest import corpus
from tests.unit.ingest.books import death, deaths, home, put, workbook
from tests.unit.ingest.old_books import ERROR, Page, ods, packed, xls, xlsb

FIGURES: list[list[object]] = [[1.0, 2.0, ""], ["", 4.0, "合计"], [5.0, 6.0, 11.0]]
LEDGER = [["死亡登记表"], ["序号", "姓名", "数"], [1.0, "某甲", ERROR], [2.0, "某乙", 3.5], [3.0, "某丙", 4.0]]


@pytest.mark.parametrize(
    ("formula", "is_old"),
    [
        ("SUM(A3:B3)", False), ("A3+B3", False), ("SUM(A1:B2)+A3-1", False), ("SUM(A1:B2)", True), ("A3-B3", True),
        ("$A$3+B3", False), ("SUM(A3,B3)", False), ("SUM(A3,C2)", True), ("A3+C2", False), ("IF(A3>0,A3,0)", False),
        ("Sheet2!A1+B3", False), ("ROUND(A3,0)", False), ("SUM(A3:B3", False),
    ],
)  # fmt: skip
def test_d23_an_old_value_is_told_only_where_the_sum_is_certain(formula: str, is_old: bool) -> None:
    assert is_stale(FIGURES, 3, 3, formula) is is_old


def test_d23_a_formula_with_an_old_value_is_not_used() -> None:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("表")
        page.write_row(0, 0, [3, 4])
        page.write_formula(0, 2, "=A1+B1", None, 9)
        page.write_formula(0, 3, "=A1+B1", None, 7)
    (sheet,) = open_sheets(target.getvalue())
    assert sheet.rows == [[3.0, 4.0, BadCell("formula.stale"), 7.0]]


@pytest.mark.parametrize("book", [xls, xlsb, ods], ids=["xls", "xlsb", "ods"])
def test_d23_marks_are_seen_in_every_kind_of_workbook(book) -> None:  # type: ignore[no-untyped-def]
    struck = {(4, 0), (4, 1), (4, 2)}
    page = Page(LEDGER, hidden_rows={3}, hidden_columns={2}, struck=struck, comments={(2, 1)})
    first, second = open_sheets(book({"一": page, "二": Page(LEDGER)}))
    assert first.rows[2] == second.rows[2] == [1.0, "某甲", BadCell("cell.error")]
    shown = first.shown
    assert shown is not None
    assert (shown.hidden_rows, shown.hidden_columns, shown.struck_rows) == ({4}, {3}, {5})
    assert shown.comments == {(3, 2)}
    assert second.shown is not None
    assert not second.shown.hidden_rows | second.shown.struck_rows | second.shown.comments


def test_a_clean_sheet_is_known_by_its_bytes_and_any_mark_takes_that_away() -> None:
    part = unpack(workbook({"表": deaths(death(1))}), DEFAULT)["xl/worksheets/sheet1.xml"]
    assert is_clean(part, DEFAULT)
    row, cell = b'<row r="2" ', b'<c r="A4"'
    for old, new in [
        (row, b'<row r="2" hidden="1" '), (cell, b"<c r='A4'"), (cell, b'<c\tr="A4"'), (cell, b'<c r="ABC4"'),
        (cell, b'<c r="A9999999"'), (cell, b'<c s="1" r="A4"'), (cell, b'<c r="A0"'), (cell, b'<c t="n"'),
        (cell, b'<x:c r="A4"'), (b"<v>1</v>", b"<v>#N/A</v>"), (b"<v>1</v>", b"<f>A1</f><v>1</v>"),
        (b"<sheetData>", b'<cols><col hidden="1"/></cols><sheetData>'), (row, b'<row spans="1:8" '),
        (b"<sheetData", b"<x:sheetData"),
    ]:  # fmt: skip
        assert old in part
        assert not is_clean(part.replace(old, new), DEFAULT), new


def test_a_line_not_filled_in_but_for_its_formulas_is_no_row(tmp_path: Path) -> None:
    settings = home(tmp_path)
    rows = [*deaths(death(1)), [None, None, None, ERROR], [None] * 8]
    put(settings, "临江镇/砚池村.xls", xls({"死亡登记表": Page(rows)}))
    ingest_landing(settings)
    (row,) = register.read_submissions(settings).iter_rows(named=True)
    assert (row["rows_seen"], row["accepted"], row["quarantined"]) == (4, 1, 0)


def _bodies(settings) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    files = [path for path in settings.lake.glob("L03/**/*.parquet") if path.name != "schema.parquet"]
    frame = pl.concat(pl.read_parquet(path) for path in files)
    return sorted(frame.select("row_id", "unit_code", "submission_id").iter_rows())


def test_a_book_in_and_beside_an_archive_counts_once_in_any_order_and_number_of_runs(tmp_path: Path) -> None:
    book, other = workbook({"死亡登记表": corpus.one()}), workbook({"死亡登记表": corpus.one("某乙")})
    files = {"z/books.zip": packed({"死亡.xlsx": book, "b.xlsx": other}), "a/book.xlsx": book}
    found = []
    for number, order in enumerate([[*files], [*reversed(files)], None]):
        settings = home(tmp_path / str(number))
        for names in [[name] for name in order] if order else [list(files)]:
            for name in names:
                put(settings, name, files[name])
            ingest_landing(settings)
        found.append(_bodies(settings))
        read = register.read_submissions(settings)
        assert sorted(read["status"].to_list()) == ["accepted", "accepted", "duplicate"]
    assert len(found[0]) == 2
    assert found[0] == found[1] == found[2]


@pytest.mark.long
def test_ledgers_changed_at_random_end_or_silence_nothing() -> None:
    from benchmarks.fuzz_containers import hunt

    told = hunt(7_000_000_000, minutes=1)
    assert told["findings"] == []
    assert int(str(told["executions"])) > 500
