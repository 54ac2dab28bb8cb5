"""The village summary (L07) and the log of single services (L08); and what is never read on any new form."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from orchestration.ingest import register
from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.settings import SEEDS_DIR, Settings
from tests.unit.ingest.books import L16_HEADERS, VALID_ID, ledger
from tests.unit.ingest.test_sheets import read, rows, rules, sheet

CANARY = "金丝雀CANARY"
OFFICE = "临江镇2014年6月服务台账.xlsx"
SUMMARY = ["村名", "总户数", "总人口", "育龄妇女(15-49岁)", "本月出生", "本月死亡"]
LOG = [
    "序号",
    "服务对象编码",
    "服务项目",
    "服务机构",
    "应服务日期",
    "服务日期",
    "完成情况",
    "户籍/流动",
    "费用来源",
    "金额",
]


def log(*data: Sequence[object], title: str = "孕产期服务随访记录") -> dict[str, Sequence[Sequence[object]]]:
    return {"服务": [[f"临江镇2014年6月{title}"], LOG, *data]}


def service(code: str = "甲-7", item: str = "产后访视", done: str = "是", day: object = "2014-06-09") -> list[object]:
    return [1, code, item, "镇卫生院", "2014-06-10", day, done, "户籍", "免费", "30"]


def test_a_village_sums_itself_up(tmp_path: Path) -> None:
    page = ledger(
        "村(居)基本情况一览表", SUMMARY, ["砚池村", "312户", "1,004", 268, 5, "-"], ["合计", 312, 1004, 268, 5, ""]
    )
    settings = read(tmp_path, {"一览表": page})
    (row,) = rows(settings, "L07")
    told = [row[name] for name in ("households", "population", "women_15_49", "births", "deaths")]
    assert told == [312, 1004, 268, 5, None]
    totals = pl.read_parquet(settings.lake / "control_totals" / "*.parquet")
    assert dict(totals.select("column_name", "stated").iter_rows())["population"] == Decimal(1004)
    assert (sheet(settings)["accepted"], sheet(settings)["non_data"]) == (1, 4)
    assert rules(settings) == []


def test_headers_of_a_county_that_counts_residents_and_marriages(tmp_path: Path) -> None:
    headers = [
        "家庭户数",
        "期末户籍总人口数",
        "期末常住人口",
        "期末育龄妇女人数",
        "期末已婚育龄妇女数",
        "0孩",
        "1孩",
        "2孩",
        "多孩",
        "出生人数",
        "死亡人数",
    ]
    settings = read(tmp_path, {"6月": ledger("一牌三册", headers, [312, 1004, 980, 268, 201, 20, 120, 50, 11, 5, 2])})
    (row,) = rows(settings, "L07")
    assert (row["resident_population"], row["women_15_49_married"], row["deaths"]) == (980, 201, 2)
    assert [rule for rule in rules(settings) if rule[1] == "sheet.unknown_column"] == []


def test_a_monthly_report_is_no_summary_and_a_summary_no_monthly_report(tmp_path: Path) -> None:
    figures = [1000, 5, 3, 2, 2, 1, 0, 1004]
    report = read(tmp_path / "a", {"月报": ledger("基本情况月报表", L16_HEADERS, figures)})
    assert sheet(report)["form"] == "L16"
    summary = read(tmp_path / "b", {"Sheet1": [["填报单位:临江镇砚池村"], SUMMARY, ["砚池村", 3, 9, 2, 0, 0]]})
    assert sheet(summary)["form"] == "L07"


def test_a_summary_without_households_is_refused_and_one_of_several_villages_is_as_many_reports(tmp_path: Path) -> None:
    page = ledger("基本情况一览表", ["总人口", "出生人数", "死亡人数"], [1004, 5, 2])
    assert sheet(read(tmp_path / "a", {"一览表": page}))["rule_id"] == "sheet.no_placing_column"
    both = [["临江镇2014年6月基本情况一览表"], SUMMARY, ["砚池村", 3, 9, 2, 0, 0], ["竹溪村", 3, 9, 2, 0, 0]]
    seen = register.read_submissions(read(tmp_path / "b", {"一览表": both}, "台账.xlsx"))
    assert seen.select("form", "unit_code", "status", "accepted").sort("unit_code").rows() == [
        ("L07", "331099100201", "accepted", 1),
        ("L07", "331099100203", "accepted", 1),
    ]


def test_services_due_and_given(tmp_path: Path) -> None:
    waiting = [2, "甲-8", "早孕随访", "镇卫生院", "2014-08-01", "", "否", "流动", "新农合", ""]
    settings = read(tmp_path, log(service(), waiting, service("甲-9", "产检第3次"), ["合计", "3人次"]), OFFICE)
    done, due, third = rows(settings, "L08")
    assert (done["service_code"], done["service_date"], done["is_done"]) == ("postnatal_visit", date(2014, 6, 9), True)
    assert (done["resident_type"], done["funding_code"], done["amount_yuan"]) == ("hukou", "public", Decimal(30))
    assert (due["service_date"], due["due_date"], due["is_done"]) == (None, date(2014, 8, 1), False)
    assert third["service_code"] == "antenatal_check"
    assert sheet(settings)["unit_code"] == "331099100000-fp"
    assert rules(settings) == []


def test_the_person_served_has_a_pseudonym_of_the_purpose_service(tmp_path: Path) -> None:
    headers = ["姓名", "身份证号", "项目", "随访日期"]
    page = [["临江镇2014年6月产后随访登记表"], headers, ["某女", VALID_ID, "产后访视", "2014-06-09"]]
    settings = read(tmp_path, {"随访": page}, OFFICE)
    (row,) = rows(settings, "L08")
    keys = Pseudonyms(settings.key_file.read_bytes())
    assert row["served_person_key"] == keys.key("service", "person", VALID_ID)
    assert row["served_person_key"] != keys.key("register", "person", VALID_ID)
    assert row["id_status"] == "valid"


@pytest.mark.parametrize("time", ["产检第1次", "第一次产检", "产检(第2次)", "第十次产前检查", "产前检查"])
def test_which_time_it_was_does_not_change_the_service(tmp_path: Path, time: str) -> None:
    (row,) = rows(read(tmp_path, log(service(item=time)), OFFICE), "L08")
    assert row["service_code"] == "antenatal_check"


def test_a_service_whose_date_or_item_cannot_be_read_is_quarantined(tmp_path: Path) -> None:
    settings = read(tmp_path, log(service(), service("乙", day="2014.1"), service("丙", item="谈心")), OFFICE)
    assert (sheet(settings)["accepted"], sheet(settings)["quarantined"]) == (1, 2)
    assert ("cell", "code.unknown", 5, "service_code") in rules(settings)


def test_a_log_without_persons_served_is_no_log(tmp_path: Path) -> None:
    page = [["临江镇2014年6月产后随访登记表"], ["服务项目", "服务日期", "完成"], ["产后访视", "2014-06-09", "是"]]
    assert sheet(read(tmp_path, {"随访": page}, OFFICE))["rule_id"] == "sheet.no_placing_column"


def test_every_service_of_the_log_is_listed_with_the_one_form_that_counts_it() -> None:
    with (SEEDS_DIR / "services.csv").open(encoding="utf-8", newline="") as lines:
        listed = {row["service"]: row["source_form"] for row in csv.DictReader(lines)}
    codes = set(load_catalogue().layouts["L08"].columns["service_code"].codes)
    assert codes <= set(listed)
    assert {service for service, form in listed.items() if form == "L08"} == codes - {
        "folic_acid",
        "preconception_check",
    }


BLOCKED = {
    "L06": ["妇检结果", "查体结果", "体检情况", "孕检", "避孕措施"],
    "L08": ["孕周", "胎次", "检查结果", "末次月经", "避孕措施", "妊娠结局", "是否政策内", "红档/蓝档", "新生儿情况"],
}


@pytest.mark.parametrize(("form", "header"), [(form, header) for form in BLOCKED for header in BLOCKED[form]])
def test_a_blocked_column_is_not_read_past_its_header(tmp_path: Path, form: str, header: str) -> None:
    if form == "L06":
        headers = ["姓名", "性别", "身份证号", "流向", "户籍地", header]
        page = ledger("流动人口登记册", headers, ["某甲", "男", VALID_ID, "流入", "外省", CANARY])
        settings = read(tmp_path, {"流动": page})
    else:
        pages = log(service())
        pages["服务"] = [pages["服务"][0], [*LOG, header], [*service(), CANARY]]
        settings = read(tmp_path, pages, OFFICE)
    assert len(rows(settings, form)) == 1
    assert "sheet.unknown_column" not in [rule[1] for rule in rules(settings)]
    assert _homes_of_canaries(settings) == []


def _homes_of_canaries(settings: Settings) -> list[str]:
    frames = {path: pl.read_parquet(path, hive_partitioning=False) for path in settings.lake.rglob("*.parquet")}
    assert len(frames) > 2
    assert register.read_submissions(settings).height == 1
    return [path.name for path, frame in frames.items() if "CANARY" in str(frame.to_dict(as_series=False))]
