"""Layouts that no form knows: proposed with their confidence, read only where a person confirmed them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from benchmarks.layout_proposals import SOURCES, bins, measure
from orchestration.errors import CouldNotRun, UsageError
from orchestration.ingest import register
from orchestration.ingest.columns import ColumnReaders
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.ingestion import ingest_landing, replay
from orchestration.ingest.layout import Catalogue, load_catalogue
from orchestration.ingest.proposals import memory, survey
from orchestration.ingest.proposals.confidence import LIKELY
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reading import SheetReader
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from orchestration.standing import fingerprint
from tests.conftest import run_taizhang
from tests.unit.ingest import books

DAY = date(2014, 8, 1)
TITLE = "临江镇砚池村2014年6月亡故人员名册"
HEADERS = ["序号", "逝者姓名", "男女", "逝者身份证明号", "生年月日", "过世日期", "下户日期", "火化证编码", "备注"]
IS = ["@serial", "name", "sex", "person_key", "birth_month", "death_date", "cancel_date", "-", "@remark"]
PERSON = ("测试甲", "331099194001010019")


def page(headers: list[str] = HEADERS, title: str = TITLE) -> list[list[object]]:
    rows: list[list[object]] = [
        [1.0, PERSON[0], "男", PERSON[1], "1940-01-01", "2014-06-03", "2014-06-20", "H0001", ""],
        [2.0, "测试乙", "女", "331099193505050027", "1935-05-05", "2014-06-11", "2014-06-25", "H0002", ""],
        [3.0, "测试丙", "男", "33109919420202003X", "1942-02-02", "2014-06-19", "", "H0003", ""],
    ]
    return [[title], list(headers), *rows]


@pytest.fixture(scope="module")
def proposal() -> survey.Proposal:
    found = survey.of_sheet(load_catalogue(), RawSheet(1, "Sheet1", page()))
    assert found is not None
    return found


def drafted(proposal: survey.Proposal, told: list[str] = IS) -> str:
    """The draft as a person leaves it."""
    read = yaml.safe_load(survey.draft(proposal, None))
    for column, is_ in zip(read["columns"], told, strict=True):
        column["is"] = is_
    return yaml.safe_dump(read, allow_unicode=True)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return books.home(tmp_path)


def confirmed(settings: Settings, proposal: survey.Proposal) -> Catalogue:
    memory.confirm(settings, survey.confirmed(drafted(proposal), "Z.W.", DAY))
    return memory.catalogue_of(settings)


def test_the_form_and_its_columns_are_proposed(proposal: survey.Proposal) -> None:
    best = proposal.mappings[0]
    assert best.form == "L03"
    named = {guess.header: guess.is_ for guess in best.guesses}
    assert {header: named[header] for header in ("逝者身份证明号", "过世日期", "男女")} == {
        "逝者身份证明号": "person_key", "过世日期": "death_date", "男女": "sex",
    }  # fmt: skip


def test_no_cell_stands_in_a_proposal_or_its_draft(proposal: survey.Proposal) -> None:
    told = survey.draft(proposal, None) + repr(proposal)
    assert not [cell for row in page()[2:] for cell in row if isinstance(cell, str) and len(cell) > 1 and cell in told]


@pytest.mark.parametrize(
    "rows",
    [
        [["测试甲", "男", "汉族", "务农"], ["测试乙", "男", "汉族", "经商"], ["测试丙", "女", "汉族", "务工"]],
        [["测试甲", "测试乙", "测试丙", "测试丁"], ["测试戊", "测试己", "测试庚", "测试辛"]],
    ],
)
def test_a_row_of_persons_is_never_shown_as_a_header(rows: list[list[object]]) -> None:
    assert survey.of_sheet(load_catalogue(), RawSheet(1, "Sheet1", rows)) is None


def test_cells_of_a_blocked_column_are_not_looked_at() -> None:
    headers = [*HEADERS[:7], "末次月经", "备注"]
    found = survey.of_sheet(load_catalogue(), RawSheet(1, "Sheet1", page(headers)))
    assert found is not None
    assert 7 not in found.shapes
    read = yaml.safe_load(drafted(found))
    read["columns"][7]["is"] = "cancel_date"
    read["columns"][6]["is"] = "-"
    with pytest.raises(UsageError, match="must not be read"):
        memory.confirm(Settings(home=Path("nowhere")), survey.confirmed(yaml.safe_dump(read), "Z.W.", DAY))


def read_by(catalogue: Catalogue, settings: Settings, rows: list[list[object]]) -> tuple[str | None, int]:
    """The form or the rule for which it is refused, and how many rows were read."""
    columns = ColumnReaders(catalogue, Pseudonyms(b"k" * 32))
    reader = SheetReader(catalogue, Units(compile_reference(settings)), columns)
    (reading,) = reader.read(RawSheet(1, "Sheet1", rows), "received=2014-08-05/台账.xlsx", DAY, DAY)
    counted = reading.accepted + reading.quarantined + reading.duplicate + reading.non_data
    assert counted == reading.rows_seen == len(rows)
    return reading.rule_id or reading.form, reading.accepted


def test_a_layout_is_read_only_once_it_is_confirmed(home: Settings, proposal: survey.Proposal) -> None:
    assert read_by(memory.catalogue_of(home), home, page()) == ("sheet.unknown_form", 0)
    catalogue = confirmed(home, proposal)
    assert read_by(catalogue, home, page()) == ("L03", 3)
    assert read_by(catalogue, home, page(title="临江镇砚池村2014年7月亡故人员名册")) == ("L03", 3)


def test_replay_rescues_what_was_refused_before_the_layout_was_confirmed(
    home: Settings, proposal: survey.Proposal
) -> None:
    books.put(home, "received=2014-07-05/台账.xlsx", books.workbook({"Sheet1": page()}))
    ingest_landing(home)
    before = fingerprint(home)
    confirmed(home, proposal)
    assert fingerprint(home) != before
    assert replay(home, None, None, None, "sheet.unknown_form").accepted == 3
    assert register.read_submissions(home)["form"].to_list() == [None, "L03"]


@pytest.mark.parametrize(
    "rows",
    [
        page(title="临江镇砚池村2014年6月迁徙名册"),
        page(title="临江镇砚池村2014年6月迁出人员登记表"),
        page([*HEADERS[:4], HEADERS[5], HEADERS[4], *HEADERS[6:]]),
        page([*HEADERS[:5], "病故日期", *HEADERS[6:]]),
    ],
    ids=["another title", "the title of another form", "another order", "another header"],
)
def test_a_confirmed_layout_holds_for_its_very_header_and_title(
    home: Settings, proposal: survey.Proposal, rows: list[list[object]]
) -> None:
    assert read_by(confirmed(home, proposal), home, rows)[1] == 0


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([*IS[:7], "?", IS[8]], "still open"),
        ([*IS[:7], "colour", IS[8]], "no column 'colour'"),
        ([*IS[:6], "death_date", *IS[7:]], "two columns are death_date"),
        ([*IS[:5], "-", *IS[6:]], "no column is death_date"),
    ],
)
def test_an_unfit_draft_is_not_kept(home: Settings, proposal: survey.Proposal, told: list[str], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        memory.confirm(home, survey.confirmed(drafted(proposal, told), "Z.W.", DAY))
    assert memory.read(home) == []


def test_an_altered_header_is_not_kept(home: Settings, proposal: survey.Proposal) -> None:
    layout = survey.confirmed(drafted(proposal), "Z.W.", DAY)
    with pytest.raises(UsageError, match="altered"):
        memory.confirm(home, layout.model_copy(update={"title": "迁徙名册"}))


def test_a_layout_confirmed_again_is_a_new_version_and_one_withdrawn_holds_no_longer(
    home: Settings, proposal: survey.Proposal
) -> None:
    confirmed(home, proposal)
    confirmed(home, proposal)
    memory.withdraw(home, proposal.fingerprint, "Z.W.", DAY)
    assert sorted(path.stem[-2:] for path in (home.reference_dir / "layouts").iterdir()) == ["v1", "v2", "v3"]
    assert memory.catalogue_of(home) is load_catalogue()
    with pytest.raises(UsageError):
        memory.withdraw(home, proposal.fingerprint, "Z.W.", DAY)


def test_a_damaged_layout_stops_the_run(home: Settings, proposal: survey.Proposal) -> None:
    confirmed(home, proposal)
    (path,) = (home.reference_dir / "layouts").iterdir()
    path.write_text(path.read_text("utf-8").replace("death_date", "birth_date"), "utf-8")
    with pytest.raises(CouldNotRun) as caught:
        memory.catalogue_of(home)
    assert caught.value.address == path.name


def test_the_verbs_propose_confirm_list_and_withdraw(home: Settings, tmp_path: Path) -> None:
    file, draft = tmp_path / "台账.xlsx", tmp_path / "draft.yml"
    file.write_bytes(books.workbook({"Sheet1": page()}))
    proposed = run_taizhang("layout", "propose", file, "--draft", draft, "--json", home=home.home)
    assert not any(value in proposed.out + draft.read_text("utf-8") for value in PERSON)
    columns = [row for rows in json.loads(proposed.out).values() for row in rows if "header" in row]
    assert ("过世日期", "death_date") in [(row["header"], row["is"]) for row in columns]
    told = yaml.safe_load(draft.read_text("utf-8"))
    for column, is_ in zip(told["columns"], IS, strict=True):
        column["is"] = is_
    draft.write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    assert run_taizhang("layout", "confirm", draft, "--by", "Z.W.", home=home.home).code == 0
    assert run_taizhang("layout", "withdraw", told["fingerprint"], "--by", "Z.W.", home=home.home).code == 0
    (held,) = json.loads(run_taizhang("layout", "list", "--json", home=home.home).out)
    assert (held["form"], held["version"], held["in_force"]) == ("L03", 2, False)


@pytest.mark.parametrize("source", SOURCES)
def test_proposals_for_headers_nobody_tuned_to_are_right_and_know_when_they_are_not(source: str) -> None:
    score = measure(source, "measuring", 2, 5)  # type: ignore[arg-type]
    assert score.forms_right / score.sheets >= 0.95
    assert score.columns_right / score.columns >= 0.9
    likely = [right for confidence, right in score.graded if confidence >= LIKELY]
    unlikely = [right for confidence, right in score.graded if confidence < LIKELY]
    assert sum(likely) / len(likely) >= 0.94
    assert sum(unlikely) / len(unlikely) < sum(likely) / len(likely)
    assert sum(number for _, number, _, _ in bins(score.graded)) == score.columns


def test_a_draft_leaves_open_what_is_not_likely(proposal: survey.Proposal) -> None:
    best = proposal.mappings[0]
    doubtful = replace(best, guesses=tuple(replace(guess, confidence=0.5) for guess in best.guesses))
    told = yaml.safe_load(survey.draft(replace(proposal, mappings=(doubtful,)), None))
    assert {column["is"] for column in told["columns"]} == {"?"}
