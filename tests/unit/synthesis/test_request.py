"""What may be asked of ``taizhang synth``, and what is said of anything else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.errors import CouldNotRun, UsageError
from orchestration.synthesis.files.folders import prepare_folders
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options
from orchestration.synthesis.request import folder_from, options_from

READABLE = {"L01", "L02", "L16", "L11"}
ASKED = {
    "county": "331099",
    "villages": "6",
    "persons": "1500",
    "months": "6",
    "seed": "7",
    "start": "2014-01",
    "defects": "0",
    "format": "xlsx",
    "forms": "",
    "only": "",
}


def _options(*, real_names: bool = False, **words: str) -> Options:
    return options_from({**ASKED, **words}, real_names=real_names, readable=READABLE)


def test_plain_words_become_options() -> None:
    assert _options() == Options(
        "331099", 6, 1500, 6, 7, month_number(2014, 1), forms=("L16", "L01", "L02", "L11"), only=None
    )
    assert _options(only="2014-06", defects="0.05").only == month_number(2014, 6)


@pytest.mark.parametrize(
    ("words", "forms"),
    [("L02,l16", ("L16", "L02")), ("L20", ("L20",)), (" L11 , L01,L11", ("L01", "L11"))],
)
def test_forms_are_written_in_the_order_of_their_sheets(words: str, forms: tuple[str, ...]) -> None:
    assert _options(forms=words).forms == forms


def test_all_forms_are_those_that_can_be_made() -> None:
    assert READABLE | {"L04", "L20"} <= set(_options(forms="all").forms)


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("county", "331098", "331099, 331003"),
        ("county", "", "331099"),
        ("county", "331003", "--real-names"),
        ("villages", "570", "569"),
        ("villages", "0", "1 or more"),
        ("villages", "six", "figures"),
        ("persons", "119", "120"),
        ("persons", "1e4", "figures"),
        ("persons", "10000001", "several"),
        ("months", "0", "1 or more"),
        ("months", "-3", "1 or more"),
        ("months", "265", "2035-12"),
        ("seed", "abc", "figures"),
        ("seed", "1.5", "figures"),
        ("seed", "-1", "0 or more"),
        ("seed", "\u0661", "figures"),
        ("seed", "99999999999999999999", "18 digits"),
        ("months", "-1000000000000000000", "18 digits"),
        ("start", "2014-13", "YYYY-MM"),
        ("start", "2014", "YYYY-MM"),
        ("start", "2000-12", "2001-01"),
        ("defects", "0.21", "0.02"),
        ("defects", "-0.1", "0.02"),
        ("defects", "nan", "0.02"),
        ("defects", "many", "0.02"),
        ("forms", "L01,L99", "L20"),
        ("forms", ",", "all"),
        ("only", "2014-07", "2014-01..2014-06"),
        ("only", "2013-12", "2014-01..2014-06"),
        ("only", "June", "YYYY-MM"),
    ],
)
def test_a_wish_that_cannot_be_had_is_refused_with_its_place_and_a_remedy(option: str, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        _options(**{option: text})
    error = caught.value
    assert f"--{option} " in f"{error.address} "
    assert said in error.remedy_en
    assert error.message_zh
    assert error.remedy_zh


def test_a_year_after_the_merger_has_fewer_villages() -> None:
    assert _options(villages="350", persons="9000", start="2018-01").villages == 350
    with pytest.raises(UsageError, match="350"):
        _options(villages="351", persons="9000", start="2018-01")


def test_both_folders_are_made(tmp_path: Path) -> None:
    prepare_folders(tmp_path / "a" / "out", tmp_path / "a" / "truth")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["out", "truth"]
    assert list((tmp_path / "a" / "out").iterdir()) == []
    prepare_folders(tmp_path / "a" / "out", None)


@pytest.mark.parametrize("truth", ["out", "out/truth", "out/../out"])
def test_the_truth_never_lies_among_the_ledgers(tmp_path: Path, truth: str) -> None:
    with pytest.raises(UsageError, match="truth"):
        prepare_folders(tmp_path / "out", tmp_path / truth)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", ["truth/out", "truth/a/../b"])
def test_ledgers_never_lie_in_the_folder_of_the_truth(tmp_path: Path, out: str) -> None:
    with pytest.raises(UsageError, match="ledgers"):
        prepare_folders(tmp_path / out, tmp_path / "truth")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [("options.json",), ("villages.parquet", "residences.parquet")])
@pytest.mark.parametrize("inside", ["out", "truth"])
def test_nothing_is_written_into_an_older_truth_folder_whole_or_broken_off(
    tmp_path: Path, inside: str, left: tuple[str, ...]
) -> None:
    (tmp_path / "older").mkdir()
    for name in left:
        (tmp_path / "older" / name).write_text('{"county": "331099", "villages": 6, "persons": 400, "seed": 5}')
    folders = {"out": tmp_path / "out", "truth": tmp_path / "truth"} | {inside: tmp_path / "older" / "a" / "b"}
    with pytest.raises(UsageError, match="truth folder") as caught:
        prepare_folders(folders["out"], folders["truth"])
    assert str(caught.value.address).startswith(f"--{inside} ")
    assert caught.value.message_zh
    assert caught.value.remedy_zh
    assert {path.name for path in tmp_path.rglob("*")} == {"older", *left}


@pytest.mark.parametrize("told", ["{}", "[]", "no JSON"])
def test_options_of_something_else_are_no_truth(tmp_path: Path, told: str) -> None:
    (tmp_path / "options.json").write_text(told)
    prepare_folders(tmp_path / "out", tmp_path / "truth")


@pytest.mark.parametrize("name", ["", "  "])
def test_a_folder_needs_a_name(name: str) -> None:
    with pytest.raises(UsageError, match="needs a name") as caught:
        folder_from("out", name)
    assert "--out" in str(caught.value.address)
    assert folder_from("out", ".") == Path()


def test_what_cannot_be_made_leaves_no_folder_behind(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CouldNotRun):
        prepare_folders(tmp_path / "a" / "b" / "out", tmp_path / "file" / "truth")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("full", ["out", "truth"])
def test_nothing_is_written_over_what_is_there(tmp_path: Path, full: str) -> None:
    (tmp_path / full).mkdir()
    (tmp_path / full / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        prepare_folders(tmp_path / "out", tmp_path / "truth")
    assert [path.name for path in tmp_path.iterdir()] == [full]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(UsageError):
        prepare_folders(tmp_path / "out", None)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_could_not_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(CouldNotRun):
        prepare_folders(tmp_path / "out", None)
    tmp_path.chmod(0o700)


def test_a_folder_below_a_file_could_not_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CouldNotRun):
        prepare_folders(tmp_path / "file" / "out", None)
