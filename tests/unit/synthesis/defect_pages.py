"""Small clean pages of every form, in the keys and headings that the forms have, for the tests of the defects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from orchestration.synthesis.clerk.pages import Cell, Page
from orchestration.synthesis.clerk.printing import OFFICE_FORMS, load_printed
from orchestration.synthesis.defects.cell_ids import check_character
from orchestration.synthesis.months import month_number
from orchestration.synthesis.options import Options

VILLAGE, OFFICE, TOWNSHIP = "331099100203", "331099100000-fp", "331099100000"
MONTH = month_number(2014, 10)
SIGNED = date(2014, 11, 2)
FORMS = ("L16", "L01", "L02", "L03", "L05", "L11", "L12", "L10")
YEAR_TO_DATE = {"births": 3, "births_male": 2, "births_female": 1, "deaths": 4, "moved_in": 2, "marriages": 1}


def options(defects: float = 0.2, **wishes: object) -> Options:
    """The wishes of a small county."""
    given = {
        "county": "331099",
        "villages": 20,
        "persons": 4000,
        "months": 12,
        "seed": 1,
        "start": month_number(2014, 1),
    }
    return Options(**{**given, "defects": defects, **wishes})  # type: ignore[arg-type]


def number(born: date, sequence: int, prefix: str = "331099") -> str:
    """A valid ID number."""
    body = f"{prefix}{born:%Y%m%d}{sequence:03d}"
    return body + check_character(body)


def person(at: int, born: date | None = None) -> dict[str, Cell]:
    """Somebody: odd ones are men."""
    day = born or date(1950 + at % 45, (9 + at) % 12 + 1, 1 + at % 28)
    return {"name": f"虚{at}", "sex": "男" if at % 2 else "女", "id_no": number(day, 100 + at), "born": day}


def clean(form: str, rows: int = 14, month: int = MONTH, unit: str | None = None, dialect: str = TOWNSHIP) -> Page:
    """A lawful page of a form with a 合计 row where it has figures."""
    headings = load_printed().columns(form, dialect)
    lines = [_LINES[form](at) for at in range(1 if form == "L16" else rows)]
    style = load_printed().date_style(dialect)
    columns: dict[str, list[Cell]] = {key: [styled(line.get(key), style) for line in lines] for key in headings}
    if "serial" in columns:
        columns["serial"] = list(range(1, len(lines) + 1))
    summed = [key for key in ("couples", "persons", "contacts", "funds", "amount", "surcharge") if key in columns]
    totals: dict[str, Cell] = {key: sum(cell for cell in columns[key] if cell is not None) for key in summed}  # type: ignore[misc]
    code = unit or (OFFICE if form in OFFICE_FORMS else VILLAGE)
    name = "临江镇计划生育办公室" if form in OFFICE_FORMS else "临江镇竹溪村"
    return Page(form, code, name, TOWNSHIP, month, SIGNED, headings, columns, totals or None)


def styled(cell: Cell, style: str) -> Cell:
    """A day in the style of a township's clerks."""
    return load_printed().write_date(cell, style) if isinstance(cell, date) else cell


def pages_of(unit: str, month: int = MONTH, rows: int = 14) -> list[Page]:
    """All pages of one unit."""
    forms = FORMS[5:] if unit.endswith("-fp") else FORMS[:5]
    return [clean(form, rows, month, unit) for form in forms]


def _roster(at: int) -> dict[str, Cell]:
    born = date(2014, 6, 1 + at) if at == 3 else None
    someone = person(at, born)
    household = f"{VILLAGE}{1:02d}{at // 3:04d}"
    return someone | {
        "group": f"{at // 6 + 1}组", "household": household, "head": f"虚{at // 3 * 3}",
        "relation": "户主" if at % 3 == 0 else ("妻" if at % 3 == 1 else "子"), "marital": "初婚",
        "hukou_type": "农业", "hukou_status": "人户一致", "in_reason": "迁入" if at % 2 else None,
        "in_date": (date(2014, 7, 1) if born else date(2001, 4, 3 + at % 27)) if at % 2 else None,
    }  # fmt: skip


def _birth(at: int) -> dict[str, Cell]:
    mother = person(2 * at, date(1978 + at % 15, at % 12 + 1, 1 + at % 28))
    return {
        "name": f"婴{at}", "sex": "男" if at % 2 else "女", "born": date(2014, 8 + at % 3, 2 + at % 27),
        "order": at % 2 + 1,
        "mother": mother["name"], "mother_id": mother["id_no"], "mother_born": f"{mother['born']:%Y-%m}",
        "father": f"父{at}", "father_id": person(2 * at + 1)["id_no"], "place": "县妇幼保健院", "policy": "政策内",
        "month": "2014-10", "hukou_date": date(2014, 10, 3 + at), "alive": "存活",
    }  # fmt: skip


def _death(at: int) -> dict[str, Cell]:
    someone = person(at + 40)
    return someone | {
        "died": date(2014, 9 + at % 2, 3 + at), "cause": "疾病", "cancelled": date(2014, 10, 8 + at),
        "month": "2014-10",
    }  # fmt: skip


def _move(at: int) -> dict[str, Cell]:
    someone = person(at + 80)
    return someone | {
        "born": f"{someone['born']:%Y-%m}", "direction": "迁入" if at % 2 else "迁出", "reason": "工作",
        "other": "外省",
        "moved": date(2014, 9 + at % 2, 2 + at), "hukou_type": "农业",
    }  # fmt: skip


def _report(_at: int) -> dict[str, Cell]:
    return {
        "village": "竹溪村", "opening": 812, "births": 2, "births_male": 1, "births_female": 1, "births_order_1": 1,
        "births_order_2": 1, "births_order_3": 0, "births_prev_unreported": 0, "deaths": 1, "moved_in": 3,
        "moved_out": 2,
        "closing": 814, "float_in": 15, "float_out": 120, "marriages": 1,
    }  # fmt: skip


def _service(at: int) -> dict[str, Cell]:
    return {
        "service": "叶酸发放", "provider": "县妇幼保健院", "date": date(2014, 9 + at % 2, 3 + at), "persons": 12 + at,
        "contacts": 20 + at, "couples": 5 + at, "target": 200, "funds": Decimal(180 * (at + 1)),
    }  # fmt: skip


def _case(at: int) -> dict[str, Cell]:
    born, decided = date(2012 + at % 2, 10, 5 + at), date(2014, 10, 3 + at)
    return {
        "case": f"虚计征字〔2014〕{at + 1:03d}号", "man": f"甲{at}", "woman": f"乙{at}", "fact": "多生育一个子女",
        "born": born,
        "filed": date(2014, 9, 1 + at), "decided": decided, "body": "虚构县计划生育局",
        "served": date(2014, 10, 6 + at),
        "base_year": 2013, "base_income": Decimal(11_000), "multiple": Decimal("2.5") if at % 2 else Decimal(3),
        "amount": Decimal(27_500 + 100 * at), "due": date(2014, 11, 5 + at), "status": "在征", "status_date": decided,
    }  # fmt: skip


def _receipt(at: int) -> dict[str, Cell]:
    return {
        "case": f"虚计征字〔2014〕{at + 1:03d}号", "receipt": f"00{120 + at}", "batch": "A",
        "paid": date(2014, 9 + at % 2, 2 + at),
        "amount": Decimal(4_800 + 100 * at), "surcharge": Decimal(0), "channel": "银行代收",
        "unit": "临江镇计划生育办公室",
        "payer": "本人", "mark": "正常", "entered": date(2014, 10, 3 + at),
    }  # fmt: skip


_LINES = {
    "L01": _roster, "L02": _birth, "L03": _death, "L05": _move, "L16": _report,
    "L10": _service, "L11": _case, "L12": _receipt,
}  # fmt: skip
