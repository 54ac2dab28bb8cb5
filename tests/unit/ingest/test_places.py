from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orchestration.errors import CouldNotRun
from orchestration.ingest import periods, units
from orchestration.ingest.reference import Division, compile_reference
from orchestration.ingest.units import UnitNames, Units
from orchestration.settings import Settings

DAY = date(2014, 6, 30)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> UnitNames:
    settings = Settings(home=tmp_path_factory.mktemp("reference"))
    return Units(compile_reference(settings)).on(DAY)


@pytest.mark.parametrize(
    ("line", "title", "file_name", "folder", "unit"),
    [
        ("虚构县临江镇砚池村", "月报表", "台账", "", "331099100201"),
        ("砚池村民委员会", "月报表", "台账", "", "331099100201"),
        ("331099100201", "月报表", "台账", "", "331099100201"),
        ("竹溪村", "月报表", "台账", "临江镇", "331099100203"),
        ("竹溪村", "月报表", "云岭乡竹溪村2014年", "", "331099200201"),
        (None, "砚池村月报表", "台账", "", "331099100201"),
        (None, "村级人口统计台账", "临江镇砚池村台账", "", "331099100201"),
        ("临江镇计划生育办公室", "征收台账", "台账", "", "331099100000-fp"),
        ("临江镇", "征收台账", "台账", "", "331099100000-fp"),
        ("331099100000-fp", "征收台账", "台账", "临江镇", "331099100000-fp"),
        ("星湾居委会", "月报表", "台账", "", "331099001001"),
        (None, "2014年06月村月报表", "砚池村", "", "331099100201"),
    ],
)
def test_a_unit_that_is_certain_is_found(
    names: UnitNames, line: str | None, title: str, file_name: str, folder: str, unit: str
) -> None:
    assert units.resolve(names, line, [title, ""], file_name, folder).unit_code == unit


@pytest.mark.parametrize(
    ("line", "title", "file_name", "folder", "rule_id"),
    [
        ("竹溪村", "月报表", "台账", "", "sheet.ambiguous_unit"),
        ("临江镇无此村", "月报表", "台账", "", "sheet.unknown_unit"),
        ("331099100299", "月报表", "台账", "", "sheet.unknown_unit"),
        ("临江镇砚池村", "月报表", "临江镇听泉村2014年", "", "sheet.unit_disagrees"),
        ("临江镇砚池村", "月报表", "台账", "云岭乡", "sheet.unit_disagrees"),
        ("云岭乡砚池村", "月报表", "台账", "", "sheet.unit_disagrees"),
        (None, "月报表", "台账", "临江镇", "sheet.no_unit"),
        (None, "月报表", "台账", "", "sheet.no_unit"),
    ],
)
def test_a_unit_that_is_not_certain_is_never_guessed(
    names: UnitNames, line: str | None, title: str, file_name: str, folder: str, rule_id: str
) -> None:
    found = units.resolve(names, line, [title, ""], file_name, folder)
    assert (found.unit_code, found.rule_id) == (None, rule_id)


@pytest.mark.parametrize(
    ("title", "tab", "row_date", "file_name", "folder", "period"),
    [
        ("2014年6月月报表", "Sheet1", None, "台账", "", "2014-06"),
        ("月报表", "6月", None, "砚池村2014年台账(定稿)2", "", "2014-06"),
        ("月报表", "", DAY, "台账", "", "2014-06"),
        ("月报表", "", None, "砚池村201406", "", "2014-06"),
        ("月报表", "六月份", None, "台账", "received=2014-07-05/2014年", "2014-06"),
        ("2014年6月月报表", "", date(2014, 7, 3), "台账", "", "2014-06"),
    ],
)
def test_a_month_that_is_certain_is_found(
    title: str, tab: str, row_date: date | None, file_name: str, folder: str, period: str
) -> None:
    assert periods.resolve(title, tab, row_date, file_name, folder).period == period


@pytest.mark.parametrize(
    ("title", "tab", "row_date", "file_name", "rule_id"),
    [
        ("2014年6月月报表", "5月", None, "台账", "sheet.period_disagrees"),
        ("2014年6月月报表", "", None, "2014年5月", "sheet.period_disagrees"),
        ("2014年6月月报表", "", date(2014, 9, 1), "台账", "sheet.period_disagrees"),
        ("月报表", "", None, "2014年", "sheet.no_period"),
        ("月报表", "", None, "2014年1-6月", "sheet.no_period"),
    ],
)
def test_a_month_that_is_not_certain_is_never_guessed(
    title: str, tab: str, row_date: date | None, file_name: str, rule_id: str
) -> None:
    found = periods.resolve(title, tab, row_date, file_name, "")
    assert (found.period, found.rule_id) == (None, rule_id)


HEAD = "division_code,name_zh,name_en,division_level,parent_code,valid_from,valid_to,county_code\n"
COUNTY = "440000000000,某县,A,county,,1990-01-01,9999-12-31,440000000000\n"
TOWN = "440000100000,某镇,B,township,440000000000,1990-01-01,9999-12-31,440000000000\n"


@pytest.mark.parametrize(
    "line",
    [
        "440000200201,某村,C,village,440000200000,1990-01-01,9999-12-31,440000000000\n",
        TOWN,
        "440000100000,某镇,B,township,440000000000,1990-01-01,1980-12-31,440000000000\n",
        "44000010020,某村,C,village,440000100000,1990-01-01,9999-12-31,440000000000\n",
        "440000100201,某村,C,village,440000100000,1990-13-01,9999-12-31,440000000000\n",
        (
            "440000100201,某村,C,village,440000100000,1990-01-01,2000-01-01,440000000000\n"
            "440000100201,某村,C,village,440000100000,2001-01-01,9999-12-31,440000000000\n"
        ),
    ],
)
def test_a_damaged_division_list_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    settings = Settings(home=tmp_path)
    settings.reference_dir.mkdir()
    (settings.reference_dir / "divisions.csv").write_text(HEAD + COUNTY + TOWN + line, "utf-8")
    with pytest.raises(CouldNotRun) as caught:
        compile_reference(settings)
    assert "line" in (caught.value.address or "")


def test_a_list_of_the_home_stands_alone(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    shipped = {division.county_code[:6] for division in compile_reference(settings)}
    assert shipped == {"331099", "530899", "410899", "331003", "530823", "410823"}
    settings.reference_dir.mkdir()
    (settings.reference_dir / "divisions.csv").write_text(HEAD + COUNTY + TOWN, "utf-8")
    assert {division.county_code for division in compile_reference(settings)} == {"440000000000"}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> list[Division]:
    return compile_reference(Settings(home=tmp_path_factory.mktemp("shipped")))


@pytest.mark.parametrize("day", [date(2010, 1, 31), date(2016, 12, 31), date(2018, 1, 31), date(2023, 6, 30)])
def test_township_and_village_name_every_shipped_village(shipped: list[Division], day: date) -> None:
    names = Units(shipped).on(day)
    first = {division.division_code: division.valid_from for division in shipped if division.parent_code == ""}
    known = {
        division.division_code: division
        for division in shipped
        if division.valid_from <= max(day, first[division.county_code]) < division.valid_to
    }
    villages = [division for division in known.values() if division.division_level == "village"]
    assert len(villages) > 1500
    lost = [
        village.division_code
        for village in villages
        if names.found_in(known[village.parent_code].name_zh + village.name_zh).unit_code != village.division_code
    ]
    assert lost == []


def _spell(code: str, name: str, valid_from: str, valid_to: str) -> Division:
    level = "county" if code.endswith("000000") else "township" if code.endswith("000") else "village"
    parent = {"county": "", "township": code[:6] + "000000", "village": code[:9] + "000"}[level]
    span = date.fromisoformat(valid_from), date.fromisoformat(valid_to)
    return Division(code, name, "", level, parent, *span, code[:6] + "000000")


RENAMED = [
    _spell("440000000000", "某县", "2000-01-01", "9999-12-31"),
    _spell("440000100000", "某镇", "2000-01-01", "9999-12-31"),
    _spell("440000100201", "旧名村", "2000-01-01", "2012-01-01"),
    _spell("440000100201", "新名村", "2012-01-01", "9999-12-31"),
    _spell("440000100202", "东山村", "2000-01-01", "2012-01-01"),
    _spell("440000100202", "西山村", "2012-01-01", "9999-12-31"),
    _spell("440000100203", "东山村", "2012-01-01", "9999-12-31"),
    _spell("550000000000", "另县", "2015-01-01", "9999-12-31"),
    _spell("550000100000", "另镇", "2015-01-01", "9999-12-31"),
]


def test_a_renamed_village_is_found_by_each_of_its_names() -> None:
    units = Units(RENAMED)
    for day in (date(2005, 1, 31), date(2014, 1, 31)):
        assert units.on(day).found_in("某镇旧名村").unit_code == "440000100201"
        assert units.on(day).found_in("某镇新名村").unit_code == "440000100201"


def test_a_name_that_went_to_another_village_means_that_one() -> None:
    units = Units(RENAMED)
    assert units.on(date(2005, 1, 31)).found_in("某镇东山村").unit_code == "440000100202"
    assert units.on(date(2014, 1, 31)).found_in("某镇东山村").unit_code == "440000100203"


def test_each_county_is_known_before_its_own_first_list() -> None:
    names = Units(RENAMED).on(date(1995, 1, 31))
    assert names.is_unit("550000100000")
    assert names.is_unit("440000100201")
    assert not names.is_unit("440000100203")
