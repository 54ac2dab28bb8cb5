"""Targets (L17), supervision (L18), funding (L19) and disclosure (L20), as several clerks write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from orchestration.ingest.layout import load_catalogue
from orchestration.ingest.text import squash
from tests.unit.ingest.pages import found, read_book, read_page, records

COUNTY = "虚构县计生局2014年台账.xlsx"
OFFICE = "临江镇计生办台账.xlsx"
LINJIANG, WANGHU = "331099100000-fp", "331099001000-fp"
TARGET = ("metric_code", "direction_code", "target_value", "measure_code")


def letter(*rows: Sequence[object], headers: Sequence[str] = ("考核指标", "目标值"), line: str = "") -> list[object]:
    above = [["临江镇2014年度计划生育目标管理责任书"], [f"填报单位:临江镇计生办 {line}"]]
    reading = read_page(*above, headers, *rows, name=OFFICE)
    assert reading.accepted == len(rows)
    return [*records(reading, *TARGET), [rule for rule, _, _ in found(reading)]]


def test_l17_a_county_lists_its_townships_and_each_row_is_its_township_s() -> None:
    page = [
        ["虚构县2014年度人口和计划生育目标管理责任书"],
        ["序号", "年度", "单位", "指标", "口径说明", "方向", "目标值", "单位", "权重", "签订日期", "考核结果", "奖惩"],
        [1, 2014, "临江镇", "1.计划生育率", "按省定口径", "≥", "95%", "", "20分", "2014.2.18", "优秀", "金丝雀"],
        [2, 2014, "临江镇", "出生率(‰)", "", "控制在", "12‰以内", "", 10, "2014年2月18日", "", ""],
        [3, 2014, "临江镇", "社会抚养费征收任务", "", "不低于", 50, "万元", 10, 20140218, "", ""],
        [4, 2014, "望湖街道", "统计合格率", "-", "不低于", 98, "%", "5%", "2014.2.20", "", ""],
        ["", "合计", "", "", "", "", "", "", 45, "", "", ""],
    ]  # fmt: skip
    wanghu, linjiang = read_book({"责任书": page}, COUNTY)
    assert [(r.unit_code, r.period, r.form) for r in (wanghu, linjiang)] == [
        (WANGHU, "2014-01", "L17"), (LINJIANG, "2014-01", "L17"),
    ]  # fmt: skip
    assert records(linjiang, *TARGET) == [
        ("planned_birth_rate", "at_least", Decimal(95), "percent"),
        ("cbr", "at_most", Decimal(12), "per_mille"),
        ("fee_task", "at_least", Decimal(500_000), "yuan"),
    ]
    assert records(linjiang, "target_year", "has_definition", "weight", "signed_date") == [
        (2014, True, Decimal(20), date(2014, 2, 18)),
        (2014, None, Decimal(10), date(2014, 2, 18)),
        (2014, None, Decimal(10), date(2014, 2, 18)),
    ]
    assert records(wanghu, *TARGET, "has_definition") == [
        ("stat_qualified_rate", "at_least", Decimal(98), "percent", None),
    ]
    assert [*found(linjiang), *found(wanghu)] == []
    assert wanghu.rows_seen + linjiang.rows_seen == 7


@pytest.mark.parametrize(
    ("metric", "cell", "expected"),
    [
        ("计划生育率", "95%以上", ("planned_birth_rate", "at_least", Decimal(95), "percent")),
        ("计划生育率", "达到９５％以上", ("planned_birth_rate", "at_least", Decimal(95), "percent")),
        ("计划生育率", "不低于95", ("planned_birth_rate", "at_least", Decimal(95), "percent")),
        ("出生率", "≤12‰", ("cbr", "at_most", Decimal(12), "per_mille")),
        ("出生率", "控制在12.5%。以内", ("cbr", "at_most", Decimal("12.5"), "per_mille")),
        ("出生率", "低于千分之12", ("cbr", "below", Decimal(12), "per_mille")),
        ("自然增长率", "控制在-1‰", ("ngr", "at_most", Decimal(-1), "per_mille")),
        ("出生人口性别比", "下降到110以下", ("srb", "at_most", Decimal(110), "per_100")),
        ("出生性别比", "≤115:100", ("srb", "at_most", Decimal(115), "per_100")),
        ("知情选择率", "保持在100%", ("informed_choice_rate", "equal", Decimal(100), "percent")),
        ("漏报率", "≤0.5%", ("late_birth_share", "at_most", Decimal("0.5"), "percent")),
        ("年末总人口", "不超过2.3万人", None),
        ("孕前优生健康检查", "完成120对", ("preconception_task", "at_least", Decimal(120), "couples")),
        ("社会抚养费征收", "90%以上", ("fee_collection_rate", "at_least", Decimal(90), "percent")),
        ("社会抚养费征收", "不少于30万元", ("fee_task", "at_least", Decimal(300_000), "yuan")),
    ],
)
def test_l17_bounds_and_units_inside_the_value(metric: str, cell: str, expected: tuple[object, ...] | None) -> None:
    target, rules = letter([metric, cell])
    assert (target, rules) == (expected, []) or (expected is None and target[2] is None and rules)


@pytest.mark.parametrize(
    ("row", "target", "rules"),
    [
        (["队伍建设", "≥95%"], (None, "at_least", Decimal(95), "percent"), ["code.unknown"]),
        (["长效节育率", "≥95%"], (None, "at_least", Decimal(95), "percent"), ["code.unknown"]),
        (["", "≥95%"], (None, "at_least", Decimal(95), "percent"), ["cell.wanted_missing"]),
        (["征收额", "≥50"], ("fee_task", "at_least", None, None), ["number.unit_missing"]),
        (["征收任务", "≥50%"], ("fee_task", "at_least", None, None), ["number.unit_disagrees"]),
        (["社会抚养费征收", "≥90"], ("fee_collection", "at_least", None, None), ["number.unit_missing"]),
        (["孕前优生健康检查", "≥120"], ("preconception_task", "at_least", None, None), ["number.unit_missing"]),
        (["出生率", "≤12%"], ("cbr", "at_most", None, None), ["number.unit_disagrees"]),
        (["计划生育率", "95%"], ("planned_birth_rate", None, Decimal(95), "percent"), ["number.no_bound"]),
        (["计划生育率", "≥0.95"], ("planned_birth_rate", "at_least", None, None), ["number.share_or_percent"]),
        (["计划生育率", "95%左右"], ("planned_birth_rate", None, None, None), ["number.inexact"]),
        (["计划生育率", "不低于95%以下"], ("planned_birth_rate", None, None, None), ["number.inexact"]),
        (["计划生育率", "提高2个百分点"], ("planned_birth_rate", None, None, None), ["number.unreadable"]),
        (["出生人数", "≤-3人"], ("births_occ", "at_most", None, None), ["number.too_small"]),
    ],
)
def test_l17_what_is_not_certain_is_not_read(
    row: Sequence[object], target: tuple[object, ...], rules: list[str]
) -> None:
    assert letter(row) == [target, rules]


def test_l17_direction_and_unit_of_their_columns_must_agree_with_the_cell() -> None:
    headers = ("指标", "方向", "目标值(%)", "计量单位")
    rows = [["计划生育率", "≤", "95%以上", ""], ["统计合格率", "大概", 95, "%"], ["出生率", "≤", 12, "‰"]]
    assert letter(*rows, headers=headers) == [
        ("planned_birth_rate", None, Decimal(95), "percent"),
        ("stat_qualified_rate", None, Decimal(95), "percent"),
        ("cbr", "at_most", None, None),
        ["number.bounds_disagree", "code.unknown", "number.unit_disagrees"],
    ]


def test_l17_money_takes_the_unit_of_the_lines_and_no_second_one() -> None:
    plain, twice = ["征收任务", "≥50"], ["征收任务", "≥50元"]
    assert letter(plain, twice, line="单位:万元") == [
        ("fee_task", "at_least", Decimal(500_000), "yuan"), ("fee_task", "at_least", Decimal(50), "yuan"), [],
    ]  # fmt: skip
    assert letter(twice, headers=("指标", "目标值(万元)"))[-1] == ["money.unit_disagrees"]


def test_l17_a_metric_of_the_catalogue_is_known_by_its_name_there_and_no_word_means_two() -> None:
    catalogue = load_catalogue()
    for form in ("L17", "L18", "L19", "L20"):
        for name, column in catalogue.layouts[form].columns.items():
            if column.type == "code":
                words = [squash(word) for told in catalogue.codes(column).values() for word in set(map(squash, told))]
                assert len(words) == len(set(words)), f"{form}.{name}"
    assert letter(["出生漏补报率", "≤5%"], ["报表及时率", "≥98%"])[:2] == [
        ("late_birth_share", "at_most", Decimal(5), "percent"), ("rep_timeliness", "at_least", Decimal(98), "percent"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "line", "name", "rows", "period"),
    [
        ("目标责任书", "", OFFICE, [[2014, "出生率", "≤12‰"], [2014, "漏报率", "≤1%"]], "2014-01"),
        ("2014年度目标责任书", "2014年2月20日", OFFICE, [[2014, "出生率", "≤12‰"]], "2014-02"),
        ("2013年度目标责任书", "2014年1月20日", OFFICE, [[2013, "出生率", "≤12‰"]], "2013-01"),
        ("目标责任书", "", "临江镇计生办2014年3月.xlsx", [[2014, "出生率", "≤12‰"]], "2014-03"),
        ("目标责任书", "", OFFICE, [[2013, "出生率", "≤12‰"], [2014, "出生率", "≤12‰"]], None),
        ("2014年3月目标责任书", "", "临江镇计生办2014年4月.xlsx", [[2014, "出生率", "≤12‰"]], None),
    ],
)
def test_a_form_of_the_year_needs_no_month(
    title: str, line: str, name: str, rows: list[list[object]], period: str | None
) -> None:
    page = read_page([title], [f"填报单位:临江镇计生办 {line}"], ["年度", "指标", "目标值"], *rows, name=name)
    assert page.period == period
    assert (page.status == "accepted") == (period is not None)


def test_l18_rounds_of_a_county_with_what_is_free_text_left_behind() -> None:
    headers = ["序号", "被督查单位", "轮次", "计划日期", "实际日期", "检查内容", "发现问题数", "分类", "整改期限",
               "整改完成日期", "督查人"]  # fmt: skip
    page = [
        ["2014年计划生育工作督查记录"], ["填报单位:虚构县计生局"], headers,
        [1, "临江镇", "第1轮", "2014.3.10", "2014.3.12", "流动人口及某某家", "3个", "合格", "2014.4.1", 20140328, "金"],
        [2, "临江镇砚池村", "一", "2014.3.10", "", "票据管理", "", "整治村", "", "", ""],
        [3, "望湖街道", 1, "", "", "统计", 2, "示范", "", "", ""],
        [4, "镜湖街道", 1, "2014.3.10", "2014.3.11", "统计", 2, "一类", "", "2014.3.1", ""],
        [5, "望湖街道", 2, "2014.4.10", "2014.4.11", "金丝雀家", "无", "一类", "", "2014.4.1", ""],
    ]  # fmt: skip
    readings = {r.unit_code: r for r in read_book({"督查": page}, COUNTY)}
    names = (
        "round_no",
        "planned_date",
        "held_date",
        "subject_code",
        "findings_count",
        "published_class",
        "mend_by_date",
    )
    assert records(readings[LINJIANG], *names, "mended_date") == [
        (1, date(2014, 3, 10), date(2014, 3, 12), "floating", 3, "qualified", date(2014, 4, 1), date(2014, 3, 28)),
    ]
    assert records(readings["331099100201"], *names) == [
        (1, date(2014, 3, 10), None, "receipts", None, "rectification", None),
    ]
    # A class that is no published one stays unread, and a round without any day has no place.
    assert records(readings[WANGHU], *names) == [(2, date(2014, 4, 10), date(2014, 4, 11), "other", 0, None, None)]
    assert set(found(readings[WANGHU])) == {
        ("row.mandatory_missing", 6, None), ("code.unknown", 8, "published_class"),
        ("row.date_order", 8, "mended_date"),
    }  # fmt: skip
    assert readings[None].rule_id == "sheet.unknown_unit"
    assert sum(r.rows_seen for r in readings.values()) == 8


def test_l19_money_in_the_unit_of_header_line_cell_or_column() -> None:
    page = [
        ["临江镇2013年度计划生育经费投入表"], ["填报单位:临江镇计生办  2014年1月20日   单位:万元"],
        ["年度", "资金来源", "用途科目", "预算", "执行(元)", "上缴", "结存", "经常性财政收入增幅(%)"],
        [2013, "中央财政", "计划生育事业费", 12.5, 120000, "", -0.5, 12.3],
        [2013, "区级", "独生子女父母奖励费", 3, "30,000.00", "", "", 0.12],
        [2013, "镇", "村干部补贴", "3万元", "5000元", 0.1, "", "下降8.5%"],
        ["", "合计", "", 18.5, 155000, "", "", ""],
    ]  # fmt: skip
    reading = read_page(*page, name=OFFICE)
    assert (reading.unit_code, reading.period, reading.status) == (LINJIANG, "2013-01", "accepted")
    names = ("fund_year", "source_code", "subject_code", "budget_yuan", "spent_yuan", "returned_yuan", "balance_yuan")
    assert records(reading, *names, "revenue_growth_percent") == [
        (
            2013,
            "central",
            "family_planning",
            Decimal(125_000),
            Decimal(120_000),
            None,
            Decimal(-5_000),
            Decimal("12.3"),
        ),
        (2013, "county", "dz", Decimal(30_000), Decimal(30_000), None, None, None),
        (2013, "township", "other", Decimal(30_000), Decimal(5_000), Decimal(1_000), None, Decimal("-8.5")),
    ]
    assert list(found(reading)) == [("number.share_or_percent", 5, "revenue_growth_percent")]


@pytest.mark.parametrize(
    ("headers", "expected", "rules"),
    [
        (["来源", "预算", "执行", "金额单位"], (Decimal(50_000), Decimal(40_000)), []),
        (["来源", "预算", "执行(万元)", "单位"], (Decimal(50_000), Decimal(40_000)), []),
        (["来源", "预算(元)", "执行(万元)", "单位"], (None, Decimal(40_000)), ["money.unit_disagrees"]),
    ],
)
def test_l19_a_column_of_money_units(headers: list[str], expected: tuple[object, ...], rules: list[str]) -> None:
    reading = read_page(["2013年经费投入"], ["填报单位:临江镇计生办"], headers, ["县", 5, 4, "万元"], name=OFFICE)
    assert records(reading, "budget_yuan", "spent_yuan") == [expected]
    assert [rule for rule, _, _ in found(reading)] == rules


def test_l19_two_units_of_money_around_a_table_refuse_it() -> None:
    page = [["2013年经费投入"], ["填报单位:临江镇计生办 单位:元  单位:万元"], ["来源", "预算"], ["县", 5]]
    assert read_page(*page, name=OFFICE).rule_id == "sheet.money_unit_disagrees"


def test_l20_what_was_due_what_was_published_and_where() -> None:
    headers = ["公开事项", "应公开日期", "实际日期", "地点/载体", "期限", "异议数", "处理结果", "公开人"]
    page = [
        ["阳光计生公开记录"], ["填报单位:临江镇计生办   2014年6月30日"], headers,
        ["社会抚养费征收标准和程序", "2014-03-15", "2014.3.10", "村务公开栏", "7天", "无", "", "金丝雀"],
        ["2014年奖扶对象名单公示", "2014-09-20", "", "", "长期", 1, "已向群众解释", ""],
        ["某某家情况", "2014-06-10", 20140610, "某某家门口", 15, "2件", "不予采纳", ""],
        ["优生服务", "", "", "广播", "", "", "", ""],
    ]  # fmt: skip
    reading = read_page(*page, name=OFFICE)
    names = ("item_code", "due_date", "published_date", "carrier_code", "term_days", "objections_count", "outcome_code")
    assert records(reading, *names) == [
        ("fee_standard", date(2014, 3, 15), date(2014, 3, 10), "board", 7, 0, None),
        ("benefit_list", date(2014, 9, 20), None, None, None, 1, "settled"),
        ("other", date(2014, 6, 10), date(2014, 6, 10), "other", 15, 2, "rejected"),
        ("service_results", None, None, "broadcast", None, None, None),
    ]
    assert list(found(reading)) == [("number.unit_disagrees", 5, "term_days")]
    assert (reading.unit_code, reading.period, reading.quarantined) == (LINJIANG, "2014-06", 0)


@pytest.mark.parametrize("form", ["L17", "L18", "L19", "L20"])
def test_no_text_of_a_cell_stays(form: str) -> None:
    layout = load_catalogue().layouts[form]
    headers = [column.aliases[0].replace("{", "").replace("}", "") for column in layout.columns.values()]
    words = {word: told[0] for word, told in layout.words.items()}
    headers = [words.get(header, header) for header in headers]
    page = [
        ["填报单位:临江镇计生办   2014年6月30日"],
        headers,
        *([f"金丝雀{row}110105"] * len(headers) for row in "一二"),
    ]
    readings = read_book({layout.name_zh: page}, OFFICE)
    assert [reading.form for reading in readings] == [form]
    assert "金丝雀" not in str(readings)
