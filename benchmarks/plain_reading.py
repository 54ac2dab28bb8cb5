"""The yardstick of reading: a plain script that knows clean books of a synthetic county and nothing else. Frozen.

    python -m benchmarks.plain_reading LANDING OUT [--bare-ids]

Every sheet goes by python-calamine straight into typed Parquet, one file a form: the title tells the form, the header
the columns, the serial number the rows of data (a monthly report without one has one row of figures). Nothing is
checked, nothing reported, nothing kept that a clerk wrote another way than expected; ID numbers and numbers of
households and cases become plain HMACs, unless ``--bare-ids``.
It shares no code with the product. Do not improve it: a budget is only worth something beside a fixed measure.
"""

from __future__ import annotations

import hmac
import re
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine

Cell = Any
Columns = dict[str, list[Any]]

# Title -> form. Of each form the columns kept: name, kind, and what its header says; the first that fits has it.
TITLES = {
    "常住人口登记册": "L01", "出生登记表": "L02", "死亡登记": "L03", "婚姻变动": "L04", "迁入迁出": "L05",
    "流动人口": "L06", "三免服务": "L10", "征收决定": "L11", "缴款票据": "L12", "票据领用": "L13", "缴库与拨付": "L14",
    "奖扶特扶": "L15", "奖励扶助": "L15", "月报表": "L16", "基本情况": "L07",
}  # fmt: skip
FORMS = {
    "L01": """
        person id 身份证|身份号|证件号; household id 户号|户编码|户口簿号; sex text 性别; birth_month month 出生;
        relation text 关系; marital text 婚; hukou_type text 户别|户口性质|农/非农; hukou_status text 人户;
        in_date day (迁入|落户).*(时间|日期); in_reason text 迁入原因|来源;
        out_date day (迁出|注销).*(时间|日期); out_reason text (迁出|注销)原因|去向""",
    "L02": """
        mother id (母|产妇|女方|妻).*(身份|证件); mother_birth_month month (母|产妇|女方|妻).*出生;
        birth_date day 出生(日期|时间|年月日); sex text 性别; birth_order int 孩次|第几孩; policy text 政策|计划;
        report_month month 上报|报告|报表; hukou_date day 上户|落户|户口; alive text 存活""",
    "L03": """
        person id 身份证|身份号|证件号; sex text 性别; death_date day (死亡|去世)(日期|时间|年月日);
        report_month month 上报|报告|报表; cancel_date day 注销|销户; birth_month month 出生""",
    "L04": """
        husband id (男|夫).*(身份|证件); wife id (女|妻).*(身份|证件); husband_order text (男|夫).*婚次;
        wife_order text (女|妻).*婚次; husband_area text (男|夫).*户籍; wife_area text (女|妻).*户籍;
        event_date day 日期|时间; event text 事项|类别|类型""",
    "L05": """
        person id 身份证|身份号|证件号; sex text 性别; birth_month month 出生; direction text 类别|类型;
        reason text 原因|事由; move_date day 日期|时间; hukou_type text 户别|户口性质|农/非农; other text 地""",
    "L06": """
        person id 身份证|身份号|证件号; sex text 性别; birth_month month 出生; marital text 婚;
        direction text 流向; moved_date day 流入.*(日期|时间); left_date day 离开; reason text 原因;
        other_area text 户籍""",
    "L07": """
        households int 户数; population int 小计|合计|总人口$|户籍人口; population_male int 男;
        population_female int 女; women_15_49 int 15-49|育龄; births int 出生; deaths int 死亡""",
    "L10": """
        service text 项目; service_date day 日期|时间; annual_target int 目标; funds money 经费|费用;
        contacts int 人次; couples int 对; persons int 人""",
    "L11": """
        case id 案号|立案号|案件编号; fact text 情形; birth_date day 子女出生; file_date day 立案日期;
        decision_date day 决定日期; service_date day 送达; base_year int 基数.*年度; base_income money 基数;
        multiple money 倍数; due_date day 期限; instalment_request_date day 分期.*申请;
        instalment_approval_date day 分期.*批准; court_application_date day 执行.*申请|申请执行;
        court_recovered money 到位; waived money 减免.*金额; waived_date day 减免.*日期;
        written_off money 核销.*金额; written_off_date day 核销.*日期; amount money 金额;
        status_date day 状态日期; status text 状态; delegated text 委托""",
    "L12": """
        case id 案号|立案号|案件编号; receipt_no text 票号|收据号|票据号; payment_date day 缴[款费]日期;
        surcharge money 滞纳金; amount money 金额; channel text 方式; issuing_unit text 开票单位|收款单位;
        payer text 缴款人类型; instalment_no int 期次; mark text 状态|标志; entry_date day 录入(日期|时间)""",
    "L13": """
        holder text 领用单位; batch text 批次; drawn_date day 领用日期; used int 使用; void int 作废;
        left int 结存; cleared_date day 核销; first_no text 起号?$; last_no text 止号?$""",
    "L14": """
        slip_no text 缴款书; returned_date day 拨付.*日期; returned money 拨付.*金额; returned_reason text 事由;
        payee text 收款单位; subject text 科目; account text 国库|专户; for_month month 所属;
        remitted_date day 日期; remitted money 金额""",
    "L15": """
        programme text 项目; benefit_year int ^年度; person id 身份证|身份号|证件号; ground text 资格;
        application_date day 申请日期; posted_from day 公示.*起; posted_to day 公示.*止; confirmed_date day 县审;
        standard money 标准; due money 应发金额; paid money 实发; due_date day 应发日期; paid_date day 发放日期;
        from_month month 起始; to_month month 终止月; end_reason text 终止原因; channel text 方式""",
    "L16": """
        opening int 初; closing int 末; prev_unreported int 往年; births_order_1 int [一1]孩;
        births_order_2 int [二2]孩; births_order_3 int [三3多]孩; births_male int 男; births_female int 女;
        births int 出生; deaths int 死亡; moved_in int 迁入; moved_out int 迁出; float_in int 流入;
        float_out int 流出; marriages int 婚""",
}
TYPES = {
    "id": pl.String(), "text": pl.String(), "month": pl.String(), "day": pl.Date(), "int": pl.Int32(),
    "money": pl.Decimal(14, 2),
}  # fmt: skip
PLACE = {"book": pl.String(), "sheet": pl.Int32(), "row": pl.Int32(), "period": pl.String()}
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_FIGURES = re.compile(r"\d+")


class Memo(dict[Cell, Any]):
    """What a cell says, worked out once."""

    def __init__(self, parse: Callable[[Cell], Any]) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, cell: Cell) -> Any:
        answer = self[cell] = None if cell == "" else self.parse(cell)
        return answer


def figures(cell: Cell) -> list[int]:
    """Year, month and maybe day of ``2014年5月27日``, ``2014.5`` and ``20140527``."""
    if isinstance(cell, date):
        return [cell.year, cell.month, cell.day]
    found = _FIGURES.findall(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))
    if len(found) == 1:
        found = [part for part in (found[0][:4], found[0][4:6], found[0][6:]) if part]
    return [int(part) for part in found]


def day(cell: Cell) -> date:
    """A date of three figures."""
    return date(*figures(cell))


def month(cell: Cell) -> str:
    """``YYYY-MM`` of a month or date."""
    year, number = figures(cell)[:2]
    return f"{year:04d}-{number:02d}"


def text(cell: Cell) -> str:
    """The words of a cell, or its digits."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def money(cell: Cell) -> Decimal:
    """Yuan to the cent."""
    return Decimal(str(cell).replace(",", "")).quantize(Decimal("0.01"))


def whole(cell: Cell) -> int:
    """A count."""
    return int(float(cell))


def memos(*, bare_ids: bool) -> dict[str, Memo]:
    """A memo for each kind of column."""
    key = secrets.token_bytes(32)

    def keyed(cell: Cell) -> str:
        return hmac.digest(key, text(cell).encode(), "sha256").hex()[:32]

    parsers = {"id": text if bare_ids else keyed, "text": text, "month": month, "day": day, "int": whole}
    return {kind: Memo(parse) for kind, parse in {**parsers, "money": money}.items()}


def rules(form: str) -> list[tuple[str, str, re.Pattern[str]]]:
    """Name, kind and pattern of the columns of a form."""
    columns = [column.split() for column in FORMS[form].split(";")]
    return [(name, kind, re.compile(pattern)) for name, kind, pattern in columns]


def columns_of(form: str, header: list[list[Cell]]) -> list[tuple[str, str, int]]:
    """Which column of a sheet is which: name, kind, index."""
    heads, group = [], ""
    below = header[1] if len(header) > 1 else [""] * len(header[0])
    for upper, lower in zip(header[0], below, strict=True):
        group = upper or (group if lower else "")
        heads.append(f"{group}{lower}")
    found: list[tuple[str, str, int]] = []
    for name, kind, pattern in rules(form):
        taken = {at for _, _, at in found}
        index = next((at for at, head in enumerate(heads) if at not in taken and pattern.search(head)), None)
        if index is not None:
            found.append((name, kind, index))
    return found


def sheets(landing: Path) -> Iterator[tuple[str, int, list[list[Cell]]]]:
    """Path, number and rows of every sheet that has rows."""
    for path in sorted(landing.rglob("*.xlsx")):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        for number in range(len(book.sheet_names)):
            rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            if rows:
                yield str(path.relative_to(landing)), number + 1, rows


def read(landing: Path, out: Path, *, bare_ids: bool = False) -> Counter[tuple[str, str]]:
    """Read a landing folder into one Parquet file a form; returns the rows by form and month."""
    ready = memos(bare_ids=bare_ids)
    tables: dict[str, Columns] = {
        form: {name: [] for name in (*PLACE, *(name for name, _, _ in rules(form)))} for form in FORMS
    }
    known: dict[tuple[Cell, ...], list[tuple[str, str, int]]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for book, number, rows in sheets(landing):
        title = next(cell for cell in rows[0] if cell != "")
        form = next(form for word, form in TITLES.items() if word in title)
        said = _MONTH.search(title) or _MONTH.search(book)
        assert said
        period = f"{said[1]}-{int(said[2]):02d}"
        serial = rows[2].index("序号")
        at = [index for index, row in enumerate(rows) if type(row[serial]) is float]
        if not at:
            continue
        header = rows[2 : at[0]]
        key = (form, *map(tuple, header))
        if key not in known:
            known[key] = columns_of(form, header)
        table, cells = tables[form], list(zip(*(rows[index] for index in at), strict=True))
        table["book"] += [book] * len(at)
        table["sheet"] += [number] * len(at)
        table["row"] += [index + 1 for index in at]
        table["period"] += [period] * len(at)
        for name, kind, index in known[key]:
            table[name] += map(ready[kind].__getitem__, cells[index])
        for name in table.keys() - PLACE.keys() - {name for name, _, _ in known[key]}:
            table[name] += [None] * len(at)
        counts[form, period] += len(at)
    out.mkdir(parents=True)
    for form, table in tables.items():
        kinds = {name: TYPES[kind] for name, kind, _ in rules(form)}
        pl.DataFrame(table, schema={**PLACE, **kinds}).write_parquet(out / f"{form}.parquet")
    return counts


if __name__ == "__main__":
    read(Path(sys.argv[1]), Path(sys.argv[2]), bare_ids="--bare-ids" in sys.argv)
