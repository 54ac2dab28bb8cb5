"""Names of files and sheets bear no person's number into the home."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from orchestration.errors import CouldNotRun
from orchestration.ingest import reading, register
from orchestration.ingest.ingestion import ingest_landing, pending, replay
from orchestration.ingest.masking import masker
from tests.unit.ingest import books
from tests.unit.ingest.books import death, deaths

CODES = {"331099000000", "331099100000", "331099100201"}
PHONE, NUMBER, CARD = "13912345678", "11010519491231002X", "6228480402564890018"
FOLDER = f"received=2014-07-05/331099100201-{PHONE}"
FILE = f"{FOLDER}/临江镇砚池村2014年6月{NUMBER}.{PHONE}"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("某甲13912345678.xlsx", "某甲9{11}.xlsx"),
        ("某甲１３９１２３４５６７８", "某甲9{11}"),
        ("11010519491231002X月", "9{18}月"),
        ("331099194912310021", "9{18}"),
        ("8123456", "9{7}"),
        ("123456", "123456"),
        ("20140305_20149905", "20140305_9{8}"),
        ("received=2014-07-05/201406/331099100201-fp", "received=2014-07-05/201406/331099100201-fp"),
        ("331099100", "331099100"),
        ("331099123456", "331099999999"),
        ("440524188001", "9{12}"),
    ],
)
def test_only_days_and_codes_of_the_list_stay(name: str, masked: str) -> None:
    mask = masker(CODES)
    assert mask(name) == masked
    assert mask(masked) == masked


def _everything(folder: Path) -> str:
    texts = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    return "\n".join([*texts, *(str(pl.read_parquet(path).to_dicts()) for path in folder.rglob("*.parquet"))])


def test_numbers_in_names_of_files_and_sheets_stay_outside(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    pages = {f"死亡{CARD}": deaths(death(1, sex="?")), f"妇检{PHONE}": deaths(death(1))}
    books.put(home, FILE, books.workbook(pages))
    books.put(home, f"{FOLDER}/{NUMBER}.pdf", b"%PDF-1.4")
    assert PHONE not in str(pending(home))
    ingest_landing(home)
    assert register.read_quarantine(home).height
    written = "\n".join(_everything(folder) for folder in (home.lake, home.archive))
    assert not [canary for canary in (PHONE, NUMBER, NUMBER[:-1], CARD) if canary in written]
    seen = register.read_submissions(home)
    assert seen["sheet_name"].to_list() == ["", "死亡9{19}", "妇检9{11}"]
    assert seen["file_path"][1] == "received=2014-07-05/331099100201-9{11}/临江镇砚池村2014年6月9{18}.9{11}"


def test_a_masked_file_is_known_and_can_be_replayed(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    books.put(home, FILE, books.workbook({"死亡": deaths(death(1))}))
    ingest_landing(home)
    assert pending(home) == []
    assert ingest_landing(home).files_read == 0
    assert replay(home, "L03", None, None).files_read == 1
    seen = register.read_submissions(home)
    assert seen["status"].to_list() == ["accepted", "accepted"]
    assert seen["submission_id"].n_unique() == 1


def test_the_same_bytes_under_two_names_that_look_alike_count_once(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    content = books.workbook({"死亡": deaths(death(1))})
    for phone in (PHONE, "13912345679"):
        books.put(home, f"received=2014-07-05/临江镇砚池村{phone}.xlsx", content)
    ingest_landing(home)
    assert register.read_submissions(home)["status"].to_list() == ["accepted"]


def test_a_village_code_outside_the_list_is_still_no_village(tmp_path: Path) -> None:
    home = books.home(tmp_path)
    page = [["死亡登记表2014年6月"], books.L03_HEADERS, death(1)]
    books.put(home, "砚池村/331099123456.xlsx", books.workbook({"死亡": page}))
    ingest_landing(home)
    assert register.read_submissions(home)["rule_id"].to_list() == ["sheet.unknown_unit"]


def test_an_error_names_its_place_without_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ValueError

    home = books.home(tmp_path)
    books.put(home, FILE, books.workbook({f"死亡{CARD}": deaths(death(1))}))
    monkeypatch.setattr(reading.SheetReader, "read", stumble)
    with pytest.raises(CouldNotRun) as caught:
        ingest_landing(home)
    assert (caught.value.address or "").endswith("9{11}!死亡9{19}")
    assert PHONE not in caught.value.sentence()
