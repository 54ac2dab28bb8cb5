"""Cells as they stand under a column of some type; invented, and of no person."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from orchestration.ingest.layout import Catalogue, Column

_NAMES = "赵钱孙李周吴郑王冯陈", "明华建国秀英丽芳伟强"
_PLACES = ("听泉村", "临江镇砚池村", "东溪乡", "黄岩区", "河南省焦作市", "本县城关镇", "上坪村二组", "温岭市", "外省")
_OTHERS = ("汉", "高中", "小学", "有", "一般", "良好", "已办", "无异常情况")
ROWS = 24
Maker = Callable[[], object]


def of_column(rng: random.Random, catalogue: Catalogue, name: str, column: Column | None, header: str) -> list[object]:
    """The cells of one column of a sheet, a few of them blank; ``column`` is None for one that no form knows."""
    make = _maker(rng, catalogue, name, column, header)
    blanks = rng.choice([0.0, 0.0, 0.1, 0.6])
    return [rng.choice(["", "", "/", "无"]) if rng.random() < blanks else make() for _ in range(ROWS)]


def _maker(rng: random.Random, catalogue: Catalogue, name: str, column: Column | None, header: str) -> Maker:
    if name in _SPECIAL:
        return _SPECIAL[name](rng)
    if column is None or column.type == "drop":
        return _of_words(rng, header)
    if column.type in ("code", "bool"):
        codes = catalogue.codes(column)
        words = [rng.choice([word for word in said if not word.isascii()] or list(said)) for said in codes.values()]
        return lambda: rng.choice(words)
    return _TYPED.get(column.type, _place)(rng)


def _of_words(rng: random.Random, header: str) -> Maker:
    """Cells of a column that is not kept, as its header has them."""
    for words, make in _SAID:
        if any(word in header for word in words):
            return make(rng)
    kept = rng.sample(_OTHERS, 2)
    return lambda: rng.choice(kept)


def _id(rng: random.Random) -> Maker:
    def make() -> object:
        day = date(1950, 1, 1) + timedelta(days=rng.randint(0, 23000))
        return f"331099{day:%Y%m%d}{rng.randint(1, 999):03d}{rng.choice('0123456789X')}"

    return make


def _name(rng: random.Random) -> Maker:
    return lambda: rng.choice(_NAMES[0]) + "".join(rng.sample(_NAMES[1], rng.choice([1, 2])))


def _place(rng: random.Random) -> Maker:
    return lambda: rng.choice(_PLACES)


def _number(rng: random.Random) -> Maker:
    before = rng.choice(["", "No", "豫", "J331099-"])
    return lambda: f"{before}{rng.randint(100000, 99999999)}"


def _dated(rng: random.Random, day: bool = True) -> Maker:
    written = rng.choice(["%Y-%m-%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"] if day else ["%Y-%m", "%Y.%m", "%Y年%m月"])
    return lambda: f"{date(1960, 1, 1) + timedelta(days=rng.randint(0, 20000)):{written}}"


def _month(rng: random.Random) -> Maker:
    return _dated(rng, day=rng.random() < 0.4)


def _count(rng: random.Random) -> Maker:
    return lambda: rng.choice([float(rng.randint(0, 30)), str(rng.randint(0, 300))])


def _money(rng: random.Random) -> Maker:
    return lambda: rng.choice([float(rng.randint(10, 90000)), f"{rng.randint(100, 90000)}.00"])


def _year(rng: random.Random) -> Maker:
    return lambda: float(rng.randint(2008, 2016))


def _one_of(*values: object) -> Callable[[random.Random], Maker]:
    return lambda rng: lambda: rng.choice(values)


def _case(rng: random.Random) -> Maker:
    before = rng.choice(["", "计征字", "A"])
    return lambda: f"{before}{rng.randint(2010, 2016)}{rng.randint(1, 999):03d}"


def _division(rng: random.Random) -> Maker:
    return lambda: f"331099{rng.randint(100000, 999999)}"


def _document(rng: random.Random) -> Maker:
    return lambda: f"黄政发({rng.randint(2008, 2016)}){rng.randint(1, 90)}号"


def _span(rng: random.Random) -> Maker:
    first = _dated(rng)
    return lambda: f"{first()}至{first()}"


_TYPED: dict[str, Callable[[random.Random], Maker]] = {
    "id": _id, "key": _case, "date": _dated, "month": _month, "period": _month, "int": _count, "money": _money,
    "decimal": _one_of(2.0, 2.5, 3.0, 1.5), "fraction": _one_of(1.0, 0.5, 0.35), "text": _number,
}  # fmt: skip
_SPECIAL: dict[str, Callable[[random.Random], Maker]] = {
    "base_year": _year, "benefit_year": _year, "old_code": _division, "new_code": _division, "document_no": _document,
    "child_id": _id, "certificate": _number, "posted_span": _span, "delegate": _place,
    "specification": _one_of("10片/盒", "12只/盒", "30mm"), "number_range": _one_of("000101-000200", "3301~3400"),
}  # fmt: skip
_SAID: tuple[tuple[tuple[str, ...], Callable[[random.Random], Maker]], ...] = (
    (("身份证", "证件号码"), _id),
    (("日期", "时间", "年月", "生日"), _dated),
    (("电话", "手机", "联系方式"), _one_of("13800000001")),
    (("年龄", "周岁", "虚岁", "人数", "户数", "面积", "亩", "次数", "学时"), _count),
    (("金额", "收入"), _money),
    (("姓名", "户主", "家长", "名字"), _name),
    (("地址", "住址", "户籍", "居住地", "籍贯", "村名"), _place),
    (("号", "编码"), _number),
    (("当事人", "被征收", "签字", "签名", "人"), _name),
    (("机构", "单位", "机关", "医院"), _place),
)  # fmt: skip
