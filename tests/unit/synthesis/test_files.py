"""Files lie where an office would find them, in the format asked for, and every mark is found at its address."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from orchestration.errors import CouldNotRun
from orchestration.ingest.containers.opening import RawSheet, open_sheets
from orchestration.synthesis.clerk.pages import Mark, Page
from orchestration.synthesis.clerk.printing import load_printed
from orchestration.synthesis.clerk.village_pages import pages
from orchestration.synthesis.defects import FilePlan, Placed, Wrong
from orchestration.synthesis.files import writer as files
from orchestration.synthesis.files.bundle import BundleWriter
from orchestration.synthesis.files.csv_text import text_of
from orchestration.synthesis.files.units import Units
from orchestration.synthesis.files.whole import written
from orchestration.synthesis.files.writer import FileWriter, Unit
from orchestration.synthesis.months import period
from orchestration.synthesis.options import FileFormat
from orchestration.synthesis.reporting import received_on
from tests.unit.synthesis.small_truth import OPTIONS, START, people

PRINTED = load_printed()
UNITS = Units(people(), PRINTED, OPTIONS)
MONTH = START
SLIP = Mark("A-D13", None, None, "", "")


@cache
def all_pages(month: int) -> list[list[Page]]:
    return list(pages(people(), PRINTED, OPTIONS, month))


def own_pages(number: int = 0, month: int = MONTH) -> tuple[Unit, Unit, list[Page]]:
    """A village, the next one, and its pages of a month."""
    made = deepcopy(all_pages(month)[number])
    unit, follower = UNITS.with_next(made[0].unit_code, month)
    return unit, follower, made


def plan_of(unit: Unit, **more: object) -> FilePlan:
    return replace(FilePlan(unit.code, MONTH, MONTH, MONTH), **more)  # type: ignore[arg-type]


def send(
    out: Path, file_format: FileFormat = "xlsx", number: int = 0, made: list[Page] | None = None, **more: object
) -> tuple[list[Placed], list[Path]]:
    """What one village sends, and the files that are there then."""
    unit, follower, own = own_pages(number)
    writer = FileWriter(out, replace(OPTIONS, file_format=file_format), PRINTED)
    placed = writer.write(unit, made or own, plan_of(unit, **more), follower)
    return placed, sorted(path for path in out.rglob("*") if path.is_file())


def open_file(path: Path) -> list[RawSheet]:
    return list(open_sheets(path.read_bytes()))


def test_a_report_lies_in_the_folder_of_its_day_township_and_village(tmp_path: Path) -> None:
    unit, _, made = own_pages()
    _, (path,) = send(tmp_path)
    received = received_on(OPTIONS, unit.code, MONTH)
    assert path.relative_to(tmp_path).parts == (
        f"received={received}", unit.township_name, unit.name, f"{unit.full_name}2017年10月台账.xlsx"
    )  # fmt: skip
    assert [sheet.name for sheet in open_file(path)] == [PRINTED.sheet(page.form) for page in made]


def test_villages_and_offices_are_listed_with_the_next_of_their_kind() -> None:
    units = UNITS.of_month(MONTH)
    offices = [unit for unit in units if unit.code.endswith("-fp")]
    villages = [unit for unit in units if unit not in offices]
    assert len(villages) == OPTIONS.villages
    assert {unit.name for unit in offices} == {"计划生育办公室"}
    assert {unit.township_code for unit in villages} == {unit.code[:12] for unit in offices}
    for kind in (villages, offices):
        assert [UNITS.with_next(unit.code, MONTH)[1] for unit in kind] == [*kind[1:], kind[0]]
    assert not UNITS.of_month(MONTH)[0].code.endswith("-fp")
    only_offices = Units(people(), PRINTED, replace(OPTIONS, forms=("L11",)))
    assert only_offices.of_month(MONTH) == offices


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_every_mark_is_found_at_its_address(tmp_path: Path, file_format: FileFormat) -> None:
    numbers = [n for n in range(8) if own_pages(n)[2][0].totals]
    unit, _, made = own_pages(numbers[0])
    marked = {}
    for page in made:
        for row in (0, page.height // 2, page.height - 1)[: page.height]:
            key = list(page.columns)[len(page.columns) // 2]
            page.columns[key][row] = f"〔{page.form}{row}〕"
            marked[page.form, row] = f"〔{page.form}{row}〕"
            page.marks.append(Mark("A-D13", row, key, "", f"〔{page.form}{row}〕"))
        page.marks.append(SLIP)
    assert made[0].totals
    made[0].totals["births"] = "〔合计〕"
    made[0].marks.append(Mark("A-D13", made[0].height, "births", "", "〔合计〕"))
    placed, _ = send(tmp_path, file_format, numbers[0], made)
    assert {found.unit_code for found in placed} == {unit.code}
    of_cells = [found for found in placed if found.mark.row is not None]
    assert len(of_cells) == len(marked) + 1
    for found in of_cells:
        sheets = open_file(tmp_path / str(found.file))
        sheet = next(sheet for sheet in sheets if sheet.number == found.sheet_no)
        assert sheet.name == found.sheet
        letters, row = re.fullmatch(r"([A-Z])(\d+)", str(found.cell)).groups()  # type: ignore[union-attr]
        assert int(row) == found.row
        at = next(index for index in range(len(sheet.rows)) if sheet.row_no(index) == found.row)
        assert sheet.rows[at][ord(letters) - 65] == found.mark.dirty
        above = [str(line[ord(letters) - 65]) for line in sheet.rows[2:4]]
        assert str(found.column).rpartition("_")[2] in above
    for found in placed:
        if found.mark is SLIP:
            assert found.file
            assert found.row is found.cell is found.column is None


def test_a_text_unit_sends_each_form_once_and_a_mixed_county_has_both_kinds(tmp_path: Path) -> None:
    forms = [page.form for page in own_pages()[2]]
    _, found = send(tmp_path / "csv", "csv")
    unit = own_pages()[0]
    assert sorted(path.name for path in found) == sorted(
        f"{unit.full_name}2017年10月{PRINTED.title(form)}.csv" for form in forms
    )
    kinds = set()
    for number in range(8):
        _, found = send(tmp_path / f"mixed{number}", "mixed", number)
        kinds |= {path.suffix for path in found}
        assert len(found) == (1 if found[0].suffix == ".xlsx" else len(forms))
    assert kinds == {".xlsx", ".csv"}
    encodings = {
        path.read_bytes()[:3] == b"\xef\xbb\xbf" for n in range(8) for path in send(tmp_path / f"c{n}", "csv", n)[1]
    }
    assert encodings == {True, False}


def test_a_missing_report_leaves_its_marks_alone(tmp_path: Path) -> None:
    placed, found = send(tmp_path, missing=True, marks=((None, SLIP),))
    assert not found
    assert [(p.mark, p.file, p.form) for p in placed] == [(SLIP, None, None)]


def test_a_late_report_comes_as_many_days_later(tmp_path: Path) -> None:
    unit = own_pages()[0]
    placed, (path,) = send(tmp_path, days_late=17, marks=((None, SLIP),))
    received = received_on(OPTIONS, unit.code, MONTH) + timedelta(days=17)
    assert path.relative_to(tmp_path).parts[0] == f"received={received}"
    assert placed[0].file == path.relative_to(tmp_path).as_posix()


def test_a_corrected_report_follows_the_flawed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flawed(made: list[Page], _plan: FilePlan) -> None:
        made[0].columns["births"][0] = 77

    monkeypatch.setattr(files, "before_correction", flawed)
    unit, _, made = own_pages()
    placed, found = send(tmp_path, resubmitted_after=9, marks=(("L16", SLIP),))
    first, last = sorted(found, key=lambda path: path.parts[len(tmp_path.parts)])
    assert last.stem == f"{first.stem}(最终版)"
    assert [77.0 in open_file(path)[0].rows[4] for path in (first, last)] == [True, False]
    assert placed[0].file == last.relative_to(tmp_path).as_posix()
    assert made[0].columns["births"] != [77]
    day = received_on(OPTIONS, unit.code, MONTH) + timedelta(days=9)
    assert last.relative_to(tmp_path).parts[0] == f"received={day}"


def test_titles_tabs_copies_and_names_are_as_wrong_as_planned(tmp_path: Path) -> None:
    _, follower, _ = own_pages()
    _, (path,) = send(
        tmp_path,
        titles={"L16": Wrong(month=MONTH - 1), "L02": Wrong(next_unit=True)},
        tabs={"L02": "L03", "L03": "L02"},
        hidden_copy="L16",
        name_month=MONTH + 2,
        suffix=".xls",
    )
    assert path.name.endswith("2017年12月台账.xls")
    sheets = {sheet.name: sheet for sheet in open_file(path)}
    assert "2017年9月" in str(sheets[PRINTED.sheet("L16")].rows[0][0])
    assert str(sheets[PRINTED.sheet("L03")].rows[0][0]).startswith(follower.full_name)
    assert PRINTED.title("L02") in str(sheets[PRINTED.sheet("L03")].rows[0][0])
    assert "2017年10月31日" in str(sheets[PRINTED.sheet("L16")].rows[1])
    copy = sheets[f"{PRINTED.sheet('L16')} (2)"]
    assert copy.hidden
    assert copy.rows == sheets[PRINTED.sheet("L16")].rows
    assert copy.number == len(sheets)


def test_one_form_can_go_beside_the_workbook_as_text(tmp_path: Path) -> None:
    placed, found = send(tmp_path, text_form="L02", text_suffix=".txt", marks=(("L02", SLIP), ("L16", SLIP)))
    text, book = sorted(found, key=lambda path: path.suffix)
    assert (text.suffix, book.suffix) == (".txt", ".xlsx")
    text.read_bytes().decode("gb18030")
    assert PRINTED.sheet("L02") not in [sheet.name for sheet in open_file(book)]
    assert [Path(str(p.file)).suffix for p in placed] == [".txt", ".xlsx"]


def test_damage_is_done_to_the_file_that_the_plan_means(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "damage", lambda _plan, path: path.write_text("damaged"))
    hit = []
    for number, (file_format, more) in enumerate([("xlsx", {}), ("xlsx", {"text_form": "L02"}), ("csv", {})]):
        _, found = send(tmp_path / str(number), file_format, damage="cut_off", **more)  # type: ignore[arg-type]
        hit += [path.suffix for path in found if path.read_bytes() == b"damaged"]
    # Only a workbook can be cut off, so a unit that sends text sends one.
    assert hit == [".xlsx", ".csv", ".xlsx"]


def test_last_months_file_keeps_its_own_title_under_this_months_name(tmp_path: Path) -> None:
    earlier = own_pages(0, MONTH + 1)[2]
    _, (path,) = send(tmp_path, made=earlier, content_month=MONTH + 1)
    assert path.name.endswith("2017年10月台账.xlsx")
    assert "2017年11月" in str(open_file(path)[0].rows[0][0])


def test_a_bundle_holds_every_cell_as_text(tmp_path: Path) -> None:
    options = replace(OPTIONS, file_format="parquet")
    writer = BundleWriter(tmp_path, options, PRINTED)
    made = [own_pages(number) for number in range(3)]
    made[1][2][1].marks.append(Mark("A-D13", 2, "name", "", ""))
    placed = [p for unit, follower, own in made for p in writer.write(unit, own, plan_of(unit), follower)]
    writer.end_month()
    for at, form in enumerate(page.form for page in made[0][2]):
        path = tmp_path / form / f"period={period(MONTH)}" / "331099.parquet"
        frame = pl.read_parquet(path, hive_partitioning=False)
        assert set(frame.schema.values()) == {pl.String()}
        assert set(frame["label"]) <= {"虚构数据"}
        assert pl.read_parquet_metadata(path)["label"] == "虚构数据"
        for unit, _, own in made:
            rows = frame.filter(pl.col("unit_code") == unit.code)
            for key, cells in own[at].columns.items():
                assert rows[key].to_list() == [None if cell is None else text_of(cell) for cell in cells]
    frame = pl.read_parquet(tmp_path / str(placed[0].file), hive_partitioning=False)
    assert frame["name"][int(str(placed[0].row)) - 1] == made[1][2][1].columns["name"][2]


def break_off(target: Path, failure: BaseException) -> None:
    with written(target) as part:
        part.write_text("half of")
        raise failure


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), pl.exceptions.ComputeError("os error 28")])
def test_a_file_is_there_as_a_whole_or_not_at_all(tmp_path: Path, failure: Exception) -> None:
    target = tmp_path / "received=2014-02-03" / "报表.xlsx"
    for raised, told in ((failure, CouldNotRun), (KeyboardInterrupt(), KeyboardInterrupt)):
        with pytest.raises(told):
            break_off(target, raised)
        assert list(target.parent.iterdir()) == []
    with written(target) as part:
        part.write_text("all of it")
        assert part.suffix == ".xlsx"
        assert not target.exists()
    assert [(path.name, path.read_text()) for path in target.parent.iterdir()] == [("报表.xlsx", "all of it")]


def test_what_befalls_a_file_befalls_it_before_it_bears_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(files, "damage", lambda _plan, path: seen.append(path.name))
    _, (path,) = send(tmp_path, damage="truncated")
    assert seen == [f".unfinished-{path.name}"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("a file, no folder")
    with pytest.raises(CouldNotRun):
        send(out)
    bundle = BundleWriter(out, replace(OPTIONS, file_format="parquet"), PRINTED)
    unit, follower, made = own_pages()
    bundle.write(unit, made, plan_of(unit), follower)
    with pytest.raises(CouldNotRun):
        bundle.end_month()
