"""Marriages (L04) and the floating population (L06), as clerks write them."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from orchestration.ingest import areas
from orchestration.ingest.ingestion import ingest_landing
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.outcome import Problem
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from tests.unit.ingest import books
from tests.unit.ingest.books import OTHER_VALID_ID, VALID_ID, ledger
from tests.unit.ingest.test_sheets import NAME, read, rows, rules, sheet

BRIDE, GROOM = OTHER_VALID_ID, VALID_ID
COUPLE = ["序号", "变动类别", "结婚日期", "男方姓名", "男方身份证号", "女方姓名", "女方身份证号"]
STAY = ["姓名", "性别", "身份证号", "出生年月", "流向", "户籍地", "现居住地", "流入(出)日期", "流动原因", "离开日期"]


def stay(**cells: object) -> list[object]:
    told = dict(
        zip(
            STAY,
            ["某甲", "男", VALID_ID, "1949-12", "流入", "四川省", "本村", "2014-05-03", "务工经商", ""],
            strict=True,
        )
    )
    return list((told | cells).values())


def test_a_couple_under_merged_headers(tmp_path: Path) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("婚姻")
        page.merge_range(0, 0, 0, 9, "砚池村2014年6月婚姻变动登记表")
        page.write_row(1, 0, ["填报单位(盖章):", "临江镇砚池村"])
        page.merge_range(2, 0, 3, 0, "事项")
        page.merge_range(2, 1, 3, 1, "登记日期")
        page.merge_range(2, 2, 2, 5, "男方情况")
        page.write_row(3, 2, ["姓名", "身份证号码", "户籍所在地", "初婚/再婚"])
        page.merge_range(2, 6, 2, 9, "女方情况")
        page.write_row(3, 6, ["姓名", "身份证号码", "户籍所在地", "初婚/再婚"])
        page.write_row(
            4, 0, ["结婚", "2014.6.3", "某男", GROOM, "临江镇砚池村", "初婚", "某女", BRIDE, "四川省渠县", "再婚"]
        )
        page.write_row(5, 0, ["离婚", "2014年6月9日", "某丁", "", "云岭乡", "复婚", "某戊", "", "", "初婚"])
        page.write_row(6, 0, ["合计", "", "2对"])
    settings = books.home(tmp_path)
    books.put(settings, NAME, target.getvalue())
    ingest_landing(settings)
    wedding, parting = rows(settings, "L04")
    assert (wedding["event"], wedding["event_date"]) == ("marriage", date(2014, 6, 3))
    assert (wedding["husband_order"], wedding["wife_order"]) == ("first", "again")
    assert (wedding["husband_area"], wedding["wife_area"]) == ("331099100201", "51")
    assert (parting["event"], parting["husband_order"], parting["husband_area"]) == (
        "divorce",
        "resumed",
        "331099200000",
    )
    assert (parting["wife_area"], parting["wife_key"], parting["wife_id_status"]) == (None, None, "missing")
    assert wedding["husband_key"] != wedding["wife_key"]
    seen = sheet(settings)
    assert (seen["accepted"], seen["quarantined"], seen["non_data"]) == (2, 0, 5)
    assert (seen["ids_present"], seen["ids_valid"]) == (2, 2)
    assert rules(settings) == []


def test_a_party_has_the_pseudonym_that_the_register_gives(tmp_path: Path) -> None:
    page = ledger("婚姻变动登记表", COUPLE, [1, "结婚", "2014-06-03", "某男", GROOM, "某女", BRIDE])
    settings = read(tmp_path, {"婚姻": page, "死亡": books.deaths(books.death(1))})
    (wedding,) = rows(settings, "L04")
    (death,) = rows(settings, "L03")
    assert wedding["husband_key"] == death["person_key"]
    assert GROOM not in str(wedding)


@pytest.mark.parametrize(
    "headers",
    [
        ["结婚登记日期", "男方姓名", "身份证号", "女方姓名", "身份证号"],
        ["登记日期", "男方姓名", "女方姓名", "身份证号", "身份证号"],
        ["领证日期", "丈夫姓名", "妻子姓名", "丈夫身份证号", "妻子身份证号"],
        ["登记时间", "丈夫姓名", "身份证号", "姓名", "身份证号"],
    ],
)
def test_numbers_go_to_the_party_beside_whose_name_they_stand(tmp_path: Path, headers: list[str]) -> None:
    cells = ["2014-06-03" if "姓名" not in header and "身份证" not in header else "某" for header in headers]
    places = [at for at, header in enumerate(headers) if "身份证" in header]
    cells[places[0]], cells[places[1]] = GROOM, BRIDE
    settings = read(tmp_path, {"新婚": ledger("新婚登记表", headers, cells)})
    (wedding,) = rows(settings, "L04")
    keys = Pseudonyms((settings.key_file).read_bytes())
    assert wedding["husband_key"] == keys.key("register", "person", GROOM)
    assert wedding["wife_key"] == keys.key("register", "person", BRIDE)
    assert wedding["event"] == "marriage"


def test_a_person_and_a_spouse_without_sides_are_no_husband_and_wife(tmp_path: Path) -> None:
    headers = ["姓名", "身份证号", "配偶姓名", "配偶身份证号", "登记日期"]
    page = ledger("新婚登记表", headers, ["某", GROOM, "某", BRIDE, "2014-06-03"])
    assert sheet(read(tmp_path, {"新婚": page}))["rule_id"] == "sheet.no_placing_column"


def test_a_register_of_events_that_does_not_say_which_is_refused(tmp_path: Path) -> None:
    page = ledger("婚姻变动登记表", COUPLE[2:], ["2014-06-03", "某男", GROOM, "某女", BRIDE])
    assert sheet(read(tmp_path, {"婚姻": page}))["rule_id"] == "sheet.no_placing_column"


def test_divorces_alone_are_half_a_form_and_weddings_alone_are_not(tmp_path: Path) -> None:
    headers = ["日期" if header == "结婚日期" else header for header in COUPLE[2:]]
    headers[0] = "登记日期"
    row = ["2014-06-03", "某男", GROOM, "某女", BRIDE]
    alone = read(tmp_path / "a", {"离婚": ledger("离婚登记表", headers, row)})
    assert sheet(alone)["rule_id"] == "sheet.half_of_form"
    both = read(
        tmp_path / "b", {"离婚": ledger("离婚登记表", headers, row), "新婚": ledger("新婚登记表", headers, row)}
    )
    assert sorted(row["event"] for row in rows(both, "L04")) == ["divorce", "marriage"]


def test_a_wedding_whose_date_cannot_be_read_is_quarantined_whole(tmp_path: Path) -> None:
    row = [1, "结婚", "2014.1", "某男", GROOM, "某女", BRIDE]
    settings = read(
        tmp_path,
        {"婚姻": ledger("婚姻变动登记表", COUPLE, row, [2, "结婚", "2014-06-31", *row[3:]], [3, "", *row[2:]])},
    )
    assert sheet(settings)["status"] == "quarantined"
    assert sheet(settings)["rule_id"] == "sheet.no_row_readable"


def test_the_stock_of_a_month_with_both_directions(tmp_path: Path) -> None:
    out = stay(
        姓名="某乙", 身份证号=OTHER_VALID_ID, 流向="流出", 户籍地="临江镇砚池村", 现居住地="外省", 流动原因="升学"
    )
    unknown = stay(姓名="某丙", 身份证号="", 性别="", 户籍地="县内外乡镇", **{"流入(出)日期": "不详"})
    page = ledger("流动人口登记册(流入/流出)", STAY, stay(), out, unknown, ["合计", "3人"])
    settings = read(tmp_path, {"流动人口": page})
    found = rows(settings, "L06")
    assert [(row["direction"], row["other_area"], row["reason_code"], row["sex"]) for row in found] == [
        ("in", "51", "work", "male"), ("out", "province", "study", "male"), ("in", "township", "work", "unknown"),
    ]  # fmt: skip
    assert [row["moved_date"] for row in found] == [date(2014, 5, 3), date(2014, 5, 3), None]
    assert (sheet(settings)["accepted"], sheet(settings)["non_data"]) == (3, 4)
    assert rules(settings) == []


def test_a_bad_day_of_arrival_is_a_gap_and_the_person_still_stays(tmp_path: Path) -> None:
    settings = read(tmp_path, {"流动": ledger("流动人口登记册", STAY, stay(**{"流入(出)日期": "2014-06-31"}))})
    assert [row["moved_date"] for row in rows(settings, "L06")] == [None]
    assert rules(settings) == [("cell", "date.impossible", 4, "moved_date")]


def test_a_register_of_both_directions_without_the_column_is_refused(tmp_path: Path) -> None:
    at = STAY.index("流向")
    page = ledger("流动人口登记册", STAY[:at] + STAY[at + 1 :], stay()[:at] + stay()[at + 1 :])
    assert sheet(read(tmp_path, {"流动": page}))["rule_id"] == "sheet.no_placing_column"


def test_arrivals_and_departures_on_sheets_of_their_own(tmp_path: Path) -> None:
    headers = ["姓名", "性别", "身份证号", "户籍所在地", "暂住地址", "流入时间", "婚育证明号", "验证日期"]
    came = ["某甲", "男", VALID_ID, "河南村", "临江镇砚池村", "2014.5.3", "某号", "2014-06-01"]
    away = ["某乙", "女", OTHER_VALID_ID, "临江镇砚池村", "杭州市", "2014.5.3", "", ""]
    sheets = {"流入": ledger("流入人口登记册", headers, came), "流出": ledger("外出务工人员登记册", headers, away)}
    settings = read(tmp_path / "both", sheets)
    found = rows(settings, "L06")
    assert [(row["direction"], row["other_area"], row["has_certificate"]) for row in found] == [
        ("in", None, True), ("out", None, False),
    ]  # fmt: skip
    alone = read(tmp_path / "one", {"流入": sheets["流入"]})
    assert sheet(alone)["rule_id"] == "sheet.half_of_form"


def test_a_roster_without_a_title_is_no_register_of_stays(tmp_path: Path) -> None:
    headers = ["姓名", "性别", "身份证号", "出生年月", "婚姻状况", "户籍地", "现居住地"]
    page = [["填报单位:临江镇砚池村"], headers, ["某甲", "男", VALID_ID, "1949-12", "已婚", "某地", "某地"]]
    assert sheet(read(tmp_path, {"Sheet1": page}))["form"] == "L01"


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("临江镇砚池村", "331099100201"),
        ("331099100201", "331099100201"),
        ("浙江省虚构县临江镇", "331099100000"),
        ("虚构县", "331099"),
        ("四川省达州市渠县临江镇", "51"),
        ("四川达州", "51"),
        ("河南村", None),
        ("510722", "510722"),
        (510722.0, "510722"),
        ("411400", "4114"),
        ("330100000000", "3301"),
        ("浙江省温州市", "33"),
        ("广西壮族自治区", "45"),
        ("外省", "province"),
        ("省内外县", "county"),
        ("某处", None),
        ("××", Problem("cell.redacted")),
        ("", None),
    ],
)
def test_a_place_is_as_deep_as_it_is_certain(tmp_path: Path, cell: object, area: object) -> None:
    names = Units(compile_reference(Settings(home=tmp_path))).on(date(2014, 6, 30))
    catalogue = load_catalogue()
    parse = areas.reader(names, "331099000000", catalogue, catalogue.layouts["L04"].columns["wife_area"])
    assert parse(cell).value == area
