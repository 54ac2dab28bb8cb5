from __future__ import annotations

import io
import zipfile

import pytest

from orchestration.ingest.containers import package
from orchestration.ingest.containers.limits import DEFAULT
from orchestration.ingest.containers.opening import Refusal, open_sheets
from tests.unit.ingest.books import workbook

TABLE = "姓名,性别\n某甲,男\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_read_in_every_encoding_an_office_uses(encoding: str) -> None:
    (sheet,) = open_sheets((TABLE + "𠮷某,女\n").encode(encoding))
    assert sheet.rows == [["姓名", "性别"], ["某甲", "男"], ["𠮷某", "女"]]


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_the_separator_is_found(mark: str) -> None:
    (sheet,) = open_sheets(TABLE.replace(",", mark).encode())
    assert sheet.rows[1] == ["某甲", "男"]


def test_a_field_with_a_newline_keeps_physical_line_numbers() -> None:
    (sheet,) = open_sheets(b'a,b\n"1\n2",3\n4,5\n')
    assert [sheet.row_no(index) for index in range(3)] == [1, 2, 4]


def test_cells_keep_their_types_and_places() -> None:
    (sheet,) = open_sheets(workbook({"一": [[], [None, "x"], [None, 1.5]]}))
    assert sheet.rows == [["", ""], ["", "x"], ["", 1.5]]


@pytest.mark.parametrize(
    ("content", "rule_id"),
    [
        (b"", "file.empty"),
        (b"  \r\n", "file.empty"),
        (workbook({"一": [["x"]]})[:800], "file.truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "file.truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file.password"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file.html"),
        (b"%PDF-1.7", "file.pdf"),
        (b"\x89PNG\r\n", "file.unknown_kind"),
        (b"\x00\x01\x02\x03abc", "file.undecodable"),
        (b"\xff\xff\xff\xff", "file.undecodable"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, rule_id: str) -> None:
    with pytest.raises(Refusal) as caught:
        list(open_sheets(content))
    assert caught.value.rule_id == rule_id


def test_a_workbook_packed_anew_holds_the_parts_that_were_looked_at_and_no_others() -> None:
    parts = package.unpack(workbook({"死亡": [["姓名"], ["某某"]]}), DEFAULT)
    parts["xl/worksheets/表一.xml"] = b"<worksheet/>"
    with zipfile.ZipFile(io.BytesIO(package.pack(parts))) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == parts


@pytest.mark.parametrize(
    ("part", "rule_id"),
    [("docProps/app.xml", None), ("xl/theme/theme1.xml", None), ("xl/styles.xml", "file.unsafe_xml")],
)
def test_what_a_program_says_of_itself_and_its_colours_is_not_unpacked(part: str, rule_id: str | None) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook({"死亡": [["姓名"], ["某某"]]}))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    parts[part] = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    hostile = package.pack(parts)
    if rule_id is None:
        assert [sheet.rows for sheet in open_sheets(hostile)] == [[["姓名"], ["某某"]]]
        return
    with pytest.raises(Refusal) as caught:
        list(open_sheets(hostile))
    assert caught.value.rule_id == rule_id
