"""Returned workbooks of one small home: whose they are, what is marked, what is kept, how they are read again."""

from __future__ import annotations

import json
import shutil
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from orchestration.errors import UsageError
from orchestration.ingest import lake
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.layout import COMMON_SCHEMA, load_catalogue
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.ingest.rules import rule
from orchestration.ingest.versions import versions
from orchestration.returned.export import Sent, export
from orchestration.settings import Settings
from tests.conftest import Taizhang
from tests.unit.ingest.books import OTHER_VALID_ID, death, deaths, home, put, workbook
from tests.unit.returned import books

OFFICE = "331099100000-fp"


@dataclass(frozen=True)
class Returned:
    settings: Settings
    folder: Path
    sent: list[Sent]

    def path(self, unit_code: str, file: str) -> Path:
        (found,) = [sent for sent in self.sent if (sent.unit_code, sent.file) == (unit_code, file)]
        return self.folder / found.workbook

    def listed(self, sent: Sent) -> list[tuple[str, ...]]:
        page = openpyxl.load_workbook(self.folder / sent.workbook)["错误清单"]
        return [tuple(cell or "" for cell in row[1:]) for row in page.iter_rows(min_row=6, values_only=True)]


def _silent(_done: int, _total: int) -> None:
    """Nobody is watching."""


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Returned:
    place = tmp_path_factory.mktemp("returned")
    settings = home(place)
    books.fill(settings)
    ingest_landing(settings)
    return Returned(settings, place / "out", export(settings, place / "out", _silent))


def test_every_finding_stands_in_one_workbook_once(returned: Returned) -> None:
    listed = Counter(
        (sent.file, place if "行" not in place and "整" not in place else "", rule_id)
        for sent in returned.sent
        for _, place, _, _, _, rule_id in returned.listed(sent)
    )
    found = read_quarantine(returned.settings)
    rows = found.select("file_path", pl.col("cell").fill_null(""), "rule_id").iter_rows()
    assert listed == Counter(rows)
    assert sum(sent.findings for sent in returned.sent) == found.height > 10


def test_reason_and_remedy_are_those_of_the_rule(returned: Returned) -> None:
    for sent in returned.sent:
        for _, _, _, reason, remedy, rule_id in returned.listed(sent):
            assert reason.startswith(rule(rule_id).reason_zh)
            assert remedy == rule(rule_id).hint_zh


def test_bad_cells_are_coloured_and_commented_and_formats_stay(returned: Returned) -> None:
    path = returned.path("331099100201", books.DEATHS)
    sheet = openpyxl.load_workbook(path)["死亡登记"]
    before = openpyxl.load_workbook(returned.settings.landing / books.DEATHS)["死亡登记"]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked >= {"C5", "D5", "F5", "F6", "D7"}
    assert sheet["F5"].comment.text.startswith("【台账退回】日期不存在。请更正。")
    assert sheet["C5"].comment.text.endswith("查过")
    assert sheet["F5"].fill.fgColor.rgb != before["F5"].fill.fgColor.rgb
    assert sheet["B4"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.merged_cells.ranges == before.merged_cells.ranges
    assert sheet.column_dimensions["D"].width == before.column_dimensions["D"].width
    assert sheet.row_dimensions[1].height == before.row_dimensions[1].height
    for row in before.iter_rows():
        for cell in row:
            copy = sheet[cell.coordinate]
            assert copy.value == cell.value
            assert cell.value is None or copy.data_type == cell.data_type
            assert (repr(copy.font), copy.number_format) == (repr(cell.font), cell.number_format)


def test_a_text_never_becomes_a_formula_and_a_formula_stays_one(returned: Returned) -> None:
    kept = openpyxl.load_workbook(returned.path("331099100201", books.DEATHS))["死亡登记"]
    assert (kept["B5"].data_type, kept["B9"].data_type, kept["C9"].data_type) == ("s", "s", "s")
    assert kept["D9"].value == "=COUNTA(D4:D8)"
    written = openpyxl.load_workbook(returned.path("331099100202", books.TEXT)).worksheets[1]
    assert [(written[cell].value, written[cell].data_type) for cell in ("A6", "B6")] == [
        ("=1+1", "s"),
        ("@名丁三", "s"),
    ]
    assert written["A6"].quotePrefix
    assert not [cell for sent in returned.sent for cell in _formulas(returned.folder / sent.workbook, "错误清单")]


def test_the_last_value_of_a_formula_is_kept(tmp_path: Path) -> None:
    settings = home(tmp_path)
    path = settings.landing / "临江镇砚池村2014年6月死亡登记.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("死亡登记")
        for row_no, row in enumerate(deaths(death(1), death(2, day="2014-02-30"))):
            sheet.write_row(row_no, 0, [str(cell) for cell in row])
        sheet.write_formula("F4", '="2014-06-"&"03"', None, "2014-06-03")
        sheet.write_formula("A6", "=1+1", None, 2)
    ingest_landing(settings)
    (sent,) = export(settings, tmp_path / "out", _silent)
    assert sent.kept == "formats"
    values = openpyxl.load_workbook(tmp_path / "out" / sent.workbook, data_only=True)["死亡登记"]
    assert (values["F4"].value, values["A6"].value) == ("2014-06-03", 2)


def _formulas(path: Path, tab: str) -> list[str]:
    return [c.coordinate for row in openpyxl.load_workbook(path)[tab].iter_rows() for c in row if c.data_type == "f"]


def test_a_village_gets_its_own_rows_and_sheets_alone(returned: Returned) -> None:
    names = {"331099100201": "名壬一", "331099100203": "名壬三"}
    for unit, name in names.items():
        told = books.texts_of(returned.path(unit, books.LIST))
        assert [other in told for other in ("名壬一", "名壬二", "名壬三")] == [other == name for other in (
            "名壬一", "名壬二", "名壬三")]  # fmt: skip
    mine, other = (books.texts_of(returned.path(unit, books.BOOK)) for unit in ("331099100203", "331099100205"))
    assert ("名戊二" in mine, "名己二" in mine, "名戊二" in other, "名己二" in other) == (True, False, False, True)


def test_a_sheet_of_another_village_goes_to_the_office_and_a_forbidden_one_nowhere(returned: Returned) -> None:
    own = books.texts_of(returned.path("331099100204", books.DISPUTED))
    office = books.texts_of(returned.path(OFFICE, books.DISPUTED))
    assert ("名庚一" in own, "名辛一" in own) == (True, False)
    assert ("名庚一" in office, "名辛一" in office) == (False, True)
    book = openpyxl.load_workbook(returned.path("331099100204", books.DISPUTED))
    assert book.sheetnames == ["错误清单", "死亡登记"]


def test_a_file_that_cannot_be_opened_is_listed_alone(returned: Returned) -> None:
    path = returned.path("331099100205", books.BROKEN)
    assert openpyxl.load_workbook(path).sheetnames == ["错误清单"]


@pytest.mark.parametrize(("lang", "words"), [("en", "findings lie in"), ("zh", "已写出退回文件")])
def test_the_command_answers_without_a_cell(
    returned: Returned, tmp_path: Path, taizhang: Taizhang, lang: str, words: str
) -> None:
    home_folder, target = returned.settings.home, tmp_path / "out"
    told = taizhang("--json", "--lang", lang, "quarantine", "--export", target, home=home_folder)
    assert (told.code, words in told.err) == (0, True)
    assert [Sent(**line) for line in json.loads(told.out)] == returned.sent
    assert not [name for name in ("名甲", "名丁", "名戊", "名壬", "110105", "440524") if name in told.out + told.err]
    assert taizhang("quarantine", "--export", target, home=home_folder).code == 64


def test_only_the_owner_may_look(returned: Returned) -> None:
    for path in [returned.folder, *returned.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_the_same_home_gives_the_same_bytes(returned: Returned, tmp_path: Path) -> None:
    export(returned.settings, tmp_path / "again", _silent)
    before, after = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.xls*")}
        for folder in (returned.folder, tmp_path / "again")
    )
    assert before == after


def test_an_uncorrected_copy_is_read_as_its_original(returned: Returned, tmp_path: Path) -> None:
    again = Settings(home=tmp_path / "again", landing=returned.folder)
    shutil.copy(returned.settings.key_file, again.key_file)
    ingest_landing(again)
    units = {(sent.unit_code, sent.file) for sent in returned.sent}
    first = read_submissions(returned.settings).filter(pl.struct("unit_code", "file_path").map_elements(
        lambda row: (row["unit_code"], row["file_path"]) in units, return_dtype=pl.Boolean
    ))  # fmt: skip
    assert _rows(again, None) == _rows(returned.settings, set(first["submission_id"]))
    assert "sheet.unknown_form" not in read_quarantine(again)["rule_id"]
    assert sorted(set(read_submissions(again)["sheet_name"])) == sorted(
        set(read_submissions(again)["sheet_name"]) - {"错误清单"}
    )


def _rows(settings: Settings, submissions: set[str] | None) -> list[tuple[object, ...]]:
    found = []
    for form in load_catalogue().layouts:
        for path in (settings.lake / form).glob("period=2*/*.parquet"):
            frame = pl.read_parquet(path)
            if submissions is not None:
                frame = frame.filter(pl.col("submission_id").is_in(submissions))
            kept = [name for name in frame.columns if name not in COMMON_SCHEMA or name == "unit_code"]
            found += [(form, path.parent.name, *row) for row in frame.select(kept).iter_rows()]
    return sorted(found, key=str)


def test_a_corrected_copy_supersedes_wherever_it_is_dropped(tmp_path: Path) -> None:
    settings = home(tmp_path)
    sheets = deaths(death(1), [2, "某乙", "男", OTHER_VALID_ID, "1880-01", "2014-02-30", "2014-06", ""])
    sheets.append(["报出日期:2014年7月1日"])
    put(settings, books.DEATHS, workbook({"死亡登记": sheets}))
    ingest_landing(settings)
    (sent,) = export(settings, tmp_path / "first", _silent)
    path = tmp_path / "first" / sent.workbook
    book = openpyxl.load_workbook(path)
    book["死亡登记"]["F5"] = "2014-06-20"
    book.save(path)
    put(settings, "改好的.xlsx", path.read_bytes())
    ingest_landing(settings)
    known = versions(read_submissions(settings), None)
    assert known.select("file_path", "accepted", "is_current").rows() == [
        (books.DEATHS, 1, False), ("改好的.xlsx", 2, True),
    ]  # fmt: skip
    assert export(settings, tmp_path / "second", _silent) == []


def test_a_file_without_a_place_is_closed_by_the_copy_that_answers_it(tmp_path: Path) -> None:
    settings = home(tmp_path)
    path = "received=2014-07-02/临江镇/砚池村/临江镇砚池村2014年5月.xlsx"
    put(settings, path, workbook({"死亡登记": [["临江镇砚池村2014年6月死亡登记表"], *deaths(death(1))[1:]]}))
    ingest_landing(settings)
    (sent,) = export(settings, tmp_path / "first", _silent)
    assert read_submissions(settings)["rule_id"].to_list() == ["sheet.period_disagrees"]
    renamed = "received=2014-07-06/临江镇/砚池村/临江镇砚池村2014年6月.xlsx"
    put(settings, renamed, (tmp_path / "first" / sent.workbook).read_bytes())
    ingest_landing(settings)
    assert export(settings, tmp_path / "second", _silent) == []


def test_a_ledger_on_a_tab_of_that_name_is_read(tmp_path: Path) -> None:
    settings = home(tmp_path)
    put(settings, "a.xlsx", workbook({"错误清单": deaths(death(1))}))
    ingest_landing(settings)
    assert read_submissions(settings)["accepted"].to_list() == [1]


@pytest.mark.parametrize("place", ["home/out", "home/landing/out", "full"])
def test_names_are_never_laid_into_the_home_or_among_other_files(tmp_path: Path, place: str) -> None:
    settings = home(tmp_path)
    lake.prepare(settings.lake, load_catalogue())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError):
        export(settings, tmp_path / place, _silent)
