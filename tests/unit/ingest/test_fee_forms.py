"""Who decided, on what terms and for what: what decisions (L11) and receipts (L12) keep as codes and keys."""

from __future__ import annotations

from datetime import date

from orchestration.ingest.reading import SheetReading
from tests.unit.ingest.pages import OFFICE, read_page, records

HEAD = ["填报单位:临江镇计生办   2014年6月30日   单位:元"]


def decisions(headers: list[str], *lines: list[object]) -> SheetReading:
    rows = [[f"{number}号", "2014-06-03", 9000, *cells] for number, cells in enumerate(lines, start=1)]
    title = ["社会抚养费征收决定台账"]
    return read_page(title, HEAD, ["案号", "决定日期", "应征金额", *headers], *rows, name=OFFICE)


def refused(reading: SheetReading) -> list[tuple[str, str | None]]:
    return [(finding.rule_id, finding.column_name) for finding in reading.findings if finding.rule_id[:6] != "sheet."]


def test_the_deciding_body_is_one_of_three_kinds_and_never_a_guess() -> None:
    bodies = {
        "虚构县人口和计划生育局": "county", "虚构县卫健局": "county", "县卫生和计划生育委员会": "county",
        "临江镇人民政府": "township", "临江镇计生办": "township", "临江街道办事处": "township",
        "砚池村民委员会": "other", "临江镇计划生育服务站": "other", "临江镇砚池村委会": "other",
        "": None, "县计生局委托临江镇政府": None, "办公会": None,
    }  # fmt: skip
    reading = decisions(["征收机关"], *([body] for body in bodies))
    assert records(reading, "body_code") == [(code,) for code in bodies.values()]
    assert refused(reading) == [("code.unknown", "body_code")] * 2


def test_review_and_plan_are_kept_as_state_day_and_mark() -> None:
    reading = decisions(
        ["复议/诉讼状态", "复议/诉讼日期", "期数/协议"],
        ["复议中", "2014-06-20", "3期"], ["无", "", ""], ["", "", "无"], ["行政复议维持", "2014.6.21", "协议书1份"],
    )  # fmt: skip
    assert records(reading, "review_code", "review_date", "instalment_plan") == [
        ("pending", date(2014, 6, 20), 1),
        ("none", None, None),
        (None, None, None),
        ("ended", date(2014, 6, 21), 1),
    ]


def test_what_a_receipt_charges_is_the_fee_or_something_else() -> None:
    items = {"社会抚养费": "fee", "滞纳金": "fee", "生育押金": "other", "办证工本费": "other", "": None, "款": None}
    rows = [[f"{number}号", f"{number}", "2014-06-03", 10, item] for number, item in enumerate(items, start=1)]
    headers = ["案号", "票据号码", "缴款日期", "金额", "收费项目"]
    reading = read_page(["社会抚养费缴款台账"], HEAD, headers, *rows, name=OFFICE)
    assert records(reading, "charge_item") == [(code,) for code in items.values()]
    assert refused(reading) == [("code.unknown", "charge_item")]
