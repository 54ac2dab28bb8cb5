"""The whole way from options to files: same bytes, any month alone, a shorter run first, and clean files read clean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest.containers.opening import open_sheets
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.settings import Settings
from orchestration.synthesis.clerk.printing import DEFAULT_FORMS
from orchestration.synthesis.counties.county import load_county
from orchestration.synthesis.defects.registry import FORMATS
from orchestration.synthesis.generate import generate
from orchestration.synthesis.months import last_day, month_number, period
from orchestration.synthesis.options import FileFormat, Options
from orchestration.synthesis.request import FORMS
from orchestration.synthesis.schemas import SCHEMAS

# Over New Year's Day 2018, when villages merge.
START = month_number(2017, 12)
CLEAN = Options("331099", villages=6, persons=400, months=2, seed=5, start=START)
DIRTY = replace(CLEAN, defects=0.2)
FIRST = replace(CLEAN, only=START)

Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def county(options: Options) -> tuple[Tree, Tree, dict[str, int]]:
    """Files, truth and figures of a county."""
    with TemporaryDirectory() as place:
        out, truth = Path(place) / "out", Path(place) / "truth"
        made = generate(options, out, truth)
        return tree(out), tree(truth), made


def test_the_same_options_give_the_same_bytes() -> None:
    options = replace(DIRTY, file_format="mixed")
    files, _, made = county(options)
    with TemporaryDirectory() as place:
        assert generate(options, Path(place) / "out", None) == made
        assert tree(Path(place) / "out") == files


def test_another_seed_is_another_county() -> None:
    assert county(FIRST)[0] != county(replace(FIRST, seed=6))[0]


def test_any_month_alone_and_in_any_order_is_the_same() -> None:
    whole = county(DIRTY)[0]
    alone: Tree = {}
    for month in reversed(range(START, START + DIRTY.months)):
        files = county(replace(DIRTY, only=month))[0]
        assert files
        alone |= files
    assert alone == whole


def test_a_longer_run_begins_with_the_shorter_one() -> None:
    short, whole = county(DIRTY)[0], county(replace(DIRTY, months=3))[0]
    assert short.items() <= whole.items()
    assert len(short) < len(whole)


def test_clean_files_are_read_with_nothing_refused(tmp_path: Path) -> None:
    options = replace(CLEAN, file_format="mixed", persons=900, months=3)
    generate(options, tmp_path / "landing", None)
    settings = Settings(home=tmp_path / "home", landing=tmp_path / "landing")
    summary = ingest_landing(settings)
    assert summary.quarantined == summary.duplicate == 0
    assert set(summary.sheets) == {"accepted"}
    assert read_quarantine(settings).is_empty()
    seen = read_submissions(settings)
    assert seen.select("unit_code", "form", "period").is_unique().all()
    assert set(seen["form"]) == set(DEFAULT_FORMS)
    assert set(seen["period"]) == {period(START + number) for number in range(3)}


def test_the_truth_lies_apart_and_the_log_names_files_that_are_there() -> None:
    files, truth, made = county(DIRTY)
    assert {f"{name}.parquet" for name in SCHEMAS} | {"defects.parquet", "options.json"} <= set(truth)
    assert json.loads(truth["options.json"]) == json.loads(json.dumps(asdict(replace(DIRTY, forms=DEFAULT_FORMS))))
    assert all(path.startswith("received=") for path in files)
    log = pl.read_parquet(truth["defects.parquet"])
    assert log.filter(pl.col("family") != "F").height == made["slips"] > 0
    assert set(log["file"].drop_nulls()) <= set(files)
    assert pl.read_parquet(county(FIRST)[1]["defects.parquet"]).is_empty()


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_other_formats_hold_the_same_reports(file_format: str, tmp_path: Path) -> None:
    made = generate(replace(FIRST, file_format=file_format), tmp_path, None)  # type: ignore[arg-type]
    assert made["reports"] == county(FIRST)[2]["reports"]
    assert {path.rpartition(".")[2] for path in tree(tmp_path)} == {file_format}


def said(path: Path) -> list[str]:
    """Everything that stands on each sheet of a file; of a table what stands in it, and in its metadata."""
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path, hive_partitioning=False)
        assert frame.columns[0] == "label"
        rows = [" ".join(map(str, row)) for row in frame.iter_rows()]
        return [*rows, " ".join(pl.read_parquet_metadata(path).values())]
    sheets = list(open_sheets(path.read_bytes()))
    assert sheets
    return [" ".join(str(cell) for row in sheet.rows for cell in row) for sheet in sheets]


@pytest.mark.parametrize("real_names", [False, True])
@pytest.mark.parametrize("file_format", FORMATS)
def test_every_sheet_and_file_says_that_its_data_are_fictitious(
    file_format: FileFormat, real_names: bool, tmp_path: Path
) -> None:
    place = {"county": "331003" if real_names else "331099", "real_names": real_names}
    options = replace(FIRST, file_format=file_format, forms=FORMS, **place)  # type: ignore[arg-type]
    generate(options, tmp_path / "out", tmp_path / "truth")
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert files
    assert all("虚构数据" in text for path in files for text in said(path))
    tables = list((tmp_path / "truth").glob("*.parquet"))
    assert all(pl.read_parquet_metadata(path)["label"] == "虚构数据" for path in tables)


@pytest.mark.parametrize(("code", "renamed"), [("530899", 2022), ("410899", 2019)])
def test_a_renamed_village_bears_the_name_of_the_month(code: str, renamed: int, tmp_path: Path) -> None:
    options = replace(CLEAN, county=code, start=month_number(renamed - 1, 12), forms=("L16", "L05"))
    generate(options, tmp_path / "landing", tmp_path / "truth")
    codes = pl.read_parquet(tmp_path / "truth" / "villages.parquet")["division_code"]
    county = load_county(code)
    names = {}
    for month in (options.start, options.start + 1):
        names[month] = {county.name_on(village, last_day(month)) for village in codes}
        written = {path.parent.name for path in (tmp_path / "landing").rglob(f"*{month // 12}年*.xlsx")}
        assert names[month] == written
    assert not names[options.start] & names[options.start + 1]
    settings = Settings(home=tmp_path / "home", landing=tmp_path / "landing")
    assert ingest_landing(settings).quarantined == 0
    assert set(read_submissions(settings)["unit_code"]) == set(codes)


@pytest.mark.parametrize("name", ["persons.parquet", "defects.parquet", "planted.parquet", "options.json"])
def test_a_truth_that_cannot_be_written_could_not_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name == name:
            raise OSError(28, "No space left on device")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CouldNotRun, match="cannot be written") as caught:
        generate(FIRST, tmp_path / "out", tmp_path / "truth")
    assert str(caught.value.address).endswith(name)
    assert not (tmp_path / "truth" / "options.json").exists()
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]


def test_progress_is_told_to_its_end() -> None:
    told: dict[str, tuple[int, int]] = {}
    with TemporaryDirectory() as place:
        generate(FIRST, Path(place) / "out", None, lambda stage, done, total: told.update({stage: (done, total)}))
    assert set(told) == {"population", "offices", "ledgers"}
    assert all(done == total > 0 for done, total in told.values())


@pytest.fixture
def used(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "used"
    folder.mkdir()
    (folder / "received=2014-02-03").mkdir()
    yield folder
    assert [path.name for path in folder.iterdir()] == ["received=2014-02-03"], "something was written after all"


def test_nothing_is_written_beside_another_county(used: Path, tmp_path: Path) -> None:
    for out, truth in ((used, None), (tmp_path / "out", used), (tmp_path / "out", tmp_path / "out" / "truth")):
        with pytest.raises(UsageError):
            generate(CLEAN, out, truth)
    assert not (tmp_path / "out").exists()


def test_an_unknown_form_or_county_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    for wrong in ({"forms": ("L16", "L99")}, {"county": "999999"}):
        with pytest.raises(UsageError):
            generate(replace(CLEAN, **wrong), tmp_path / "out", None)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()
