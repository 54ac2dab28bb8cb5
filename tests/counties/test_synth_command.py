"""``taizhang synth`` as a person or a scheduler calls it: files, truth, figures, exit codes, sentences."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from orchestration.cli import main
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.register import read_quarantine, read_submissions
from orchestration.settings import Settings
from orchestration.standing import is_synthetic
from orchestration.synthesis import generate as generation
from orchestration.synthesis.defects.registry import registry
from orchestration.synthesis.files import writer
from orchestration.synthesis.files.splice import workbook
from orchestration.synthesis.request import FORMS
from orchestration.synthesis.schemas import SCHEMAS

ASKED = {"county": "331099", "villages": "4", "persons": "400", "months": "2", "seed": "5"}


def _call(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    return int(left.value.code or 0)


def _synth(out: Path, *more: str, **asked: str) -> int:
    options = [word for name, value in {**ASKED, **asked}.items() for word in (f"--{name}", value)]
    return _call("synth", *options, "--out", str(out), *more)


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    assert _synth(folder / "out", "--truth", str(folder / "truth")) == 0
    return folder


def test_ledgers_and_truth_lie_apart(made: Path) -> None:
    suffixes = {path.suffix for path in (made / "out").rglob("*") if path.is_file()}
    assert suffixes == {".xlsx"}
    tables = {path.stem for path in (made / "truth").glob("*.parquet")}
    assert set(SCHEMAS) | {"defects"} <= tables
    assert json.loads((made / "truth" / "options.json").read_text())["seed"] == 5
    assert pl.read_parquet(made / "truth" / "villages.parquet")["persons_wanted"].sum() == 400


def test_the_reader_takes_every_sheet(made: Path, tmp_path: Path) -> None:
    home = Settings(home=tmp_path, landing=made / "out")
    ingest_landing(home)
    submissions = read_submissions(home)
    assert submissions["status"].unique().to_list() == ["accepted"]
    assert read_quarantine(home).is_empty()
    villages = set(pl.read_parquet(made / "truth" / "villages.parquet")["division_code"])
    assert {code for code in submissions["unit_code"] if "-" not in code} == villages
    made_and_read = set(FORMS) & set(load_catalogue().layouts)
    assert {"L01", "L04", "L06", "L07", "L11", "L16", "L21"} <= made_and_read
    # Benefits are paid in months of their own, funding is told in December, and no village became another one in this.
    assert set(submissions["form"]) == made_and_read - {"L15", "L19", "L21"}
    assert is_synthetic(submissions)


def test_figures_for_a_machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _synth(tmp_path / "out", "--json", "--truth", str(tmp_path / "truth")) == 0
    heard = capsys.readouterr()
    figures = json.loads(heard.out)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert (figures["files"], figures["bytes"]) == (len(files), sum(path.stat().st_size for path in files))
    assert figures["persons"] == 400
    assert figures["events"] == pl.read_parquet(tmp_path / "truth" / "events.parquet").height
    assert figures["slips"] == 0
    assert not heard.err


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("population", "ledgers", "Next: taizhang run")), ("zh", ("人口", "台账", "下一步"))]
)
def test_a_person_hears_each_stage_once_and_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    assert _synth(tmp_path / "out", "--lang", lang) == 0
    told = capsys.readouterr().err
    assert [told.count(word) for word in words] == [1, 1, 1]


def test_the_same_seed_gives_the_same_files_and_another_one_others(made: Path, tmp_path: Path) -> None:
    assert _synth(tmp_path / "again") == 0
    assert _hashes(tmp_path / "again") == _hashes(made / "out")
    assert _synth(tmp_path / "other", seed="6") == 0
    assert set(_hashes(tmp_path / "other").values()).isdisjoint(_hashes(made / "out").values())


def test_a_month_alone_is_as_it_is_among_others(made: Path, tmp_path: Path) -> None:
    assert _synth(tmp_path / "one", "--only", "2014-02") == 0
    february = {path: digest for path, digest in _hashes(made / "out").items() if "2014年2月" in path}
    assert len(february) >= 4
    assert _hashes(tmp_path / "one") == february


def test_real_names_say_that_the_people_are_invented_and_bear_no_misconduct(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = (tmp_path / "out", "--truth", str(tmp_path / "truth"))
    assert _synth(*folders, "--real-names", "--defects", "0.2", county="331003", months="6", persons="2000") == 0
    assert "misconduct is not" in capsys.readouterr().err
    log = pl.read_parquet(tmp_path / "truth" / "defects.parquet")
    assert log.height > 0
    assert "M" not in log["family"].to_list()
    assert not set(log["code"]) & {code for code, defect in registry().items() if defect.misconduct}
    home = Settings(home=tmp_path / "home", landing=tmp_path / "out")
    ingest_landing(home)
    assert is_synthetic(read_submissions(home))


WRONG: list[tuple[Mapping[str, str], str, str]] = [
    ({"county": "331098"}, "331099", "331099"),
    ({"county": "530823"}, "--real-names", "--real-names"),
    ({"villages": "570"}, "569", "569"),
    ({"seed": "abc"}, "whole number", "不是整数"),
    ({"months": "0"}, "too small", "过小"),
    ({"start": "2014/01"}, "YYYY-MM", "YYYY-MM"),
    ({"defects": "1"}, "0.2", "0.2"),
    ({"forms": "L77"}, "L16", "L16"),
    ({"only": "2015-01"}, "2014-01..2014-02", "2014-01..2014-02"),
    ({"persons": "79"}, "80", "80"),
    ({"format": "docx"}, "docx", "docx"),
]


@pytest.mark.parametrize(("asked", "english", "chinese"), WRONG)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_wrong_option_ends_with_64_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: Mapping[str, Any], english: str, chinese: str, lang: str
) -> None:
    assert _synth(tmp_path / "out", "--lang", lang, **asked) == 64
    heard = capsys.readouterr()
    assert {"en": english, "zh": chinese}[lang] in heard.err
    assert "Traceback" not in heard.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "needs a name"), ("zh", "目录名不能为空")])
@pytest.mark.parametrize("option", ["--out", "--truth"])
def test_an_empty_name_is_not_the_current_folder(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    option: str,
    lang: str,
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _synth(Path("out"), option, "", "--lang", lang) == 64
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "words"), [("en", "truth folder"), ("zh", "真值目录")])
def test_an_older_truth_folder_takes_no_ledgers(
    made: Path, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    before = _hashes(made)
    assert _synth(made / "truth" / "new", "--lang", lang) == 64
    assert words in capsys.readouterr().err
    assert _hashes(made) == before


@pytest.fixture
def fresh_process() -> Iterator[None]:
    """Ctrl-C as a process of its own hears it: runs of other tests in this process leave Dagster's handler behind."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler) or signal.SIG_DFL
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("fresh_process")
@pytest.mark.parametrize(
    ("lang", "part", "nothing"),
    [("en", "a part of a county lies in", "nothing was written"), ("zh", "只有一个县的一部分", "未写入")],
)
def test_an_interruption_is_told_and_leaves_whole_files_and_no_mark_of_completeness(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    made: Path,
    lang: str,
    part: str,
    nothing: str,
) -> None:
    packed: list[int] = []

    def pressed(sheets: Any) -> bytes:
        packed.append(1)
        if len(packed) == 4:
            signal.raise_signal(signal.SIGINT)
        return workbook(sheets)

    monkeypatch.setattr(writer, "workbook", pressed)
    out, truth = tmp_path / "out", tmp_path / "truth"
    assert _synth(out, "--truth", str(truth), "--lang", lang) == 3
    told = capsys.readouterr().err
    assert part in told
    assert str(out) in told
    assert str(truth) in told
    assert "Traceback" not in told
    left = _hashes(out)
    assert len(left) == 3
    assert left.items() <= _hashes(made / "out").items()
    assert not (truth / "options.json").exists()
    # A half county is not taken for a free folder, nor is its truth for a place of ledgers.
    assert _synth(out) == 64
    assert _synth(truth / "out") == 64
    monkeypatch.setattr(generation, "live", lambda *_: signal.raise_signal(signal.SIGINT))
    assert _synth(tmp_path / "early", "--lang", lang) == 3
    assert nothing in capsys.readouterr().err


def test_a_full_disk_while_the_truth_is_written_is_no_fault_of_the_product(tmp_path: Path) -> None:
    words = [word for name, value in ASKED.items() for word in (f"--{name}", value)]
    words += ["--out", str(tmp_path / "out"), "--truth", str(tmp_path / "truth")]
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)); "
        "from orchestration.cli import main; main(sys.argv[1:])"
    )
    ran = subprocess.run(
        [sys.executable, "-B", "-c", limited, "synth", *words], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 3
    assert "cannot be written" in ran.stderr
    assert "fault of the product" not in ran.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_option_ends_with_64(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _call("synth", "--county", "331099", "--out", str(tmp_path / "out")) == 64
    assert "--villages" in capsys.readouterr().err


def test_the_truth_among_the_ledgers_and_a_full_folder_end_with_64(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _synth(tmp_path / "out", "--truth", str(tmp_path / "out" / "truth")) == 64
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    assert _synth(tmp_path / "out") == 64
    assert "Empty it" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_written_ends_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert _synth(tmp_path / "file" / "out") == 3
    assert "cannot be written" in capsys.readouterr().err
