"""Lay rows out as one township prints one form: title, unit line, headings, totals, notes and signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from orchestration.synthesis.clerk.pages import Cell, Heading
from orchestration.synthesis.sample.events import YEAR, last_day
from orchestration.synthesis.sample.forms import FORMS, TEN_THOUSAND, columns_of
from orchestration.synthesis.sample.places import LABEL, Township
from orchestration.synthesis.sample.sheets import Sheet

Row = Mapping[str, Cell]


def make_sheet(
    form: str,
    township: Township,
    unit_name: str,
    month: int,
    reported: date,
    rows: Sequence[Row],
    totals: Row | None = None,
    headings: Mapping[str, Heading] | None = None,
) -> Sheet:
    """Lay rows out as the township prints the form.

    Args:
        form: Form code such as ``L16``.
        township: Whose dialect the form is printed in.
        unit_name: Who fills the form in, as the line 填报单位 shows it.
        month: Month of the sample year.
        reported: Day on which the form is signed (报出日期).
        rows: One mapping per data row, by column key; absent keys are blank cells.
        totals: The 合计 row by column key, if the form has one.
        headings: Headings that this one sheet prints otherwise, by column key.
    """
    columns = columns_of(form, township.code) | dict(headings or {})
    measure = "万元" if headings == TEN_THOUSAND else FORMS[form].measure
    end = last_day(month)
    text = FORMS[form]
    lined = tuple(tuple(row.get(key) for key in columns) for row in rows)
    bottom = None
    if totals is not None:
        bottom = ("合计", *(totals.get(key) for key in list(columns)[1:]))
    return Sheet(
        name=text.sheet,
        title=f"{unit_name}{YEAR}年{month}月{text.title}({LABEL})",
        unit_line=(f"填报单位(盖章):{unit_name}", f"{YEAR}年{month}月{end.day}日", f"单位:{measure}"),
        headings=tuple(columns.values()),
        rows=lined,
        totals=bottom,
        notes=("注:本表为虚构数据,人名、村名、证件号码均系编造。",),
        signature=(
            "填表人:虚构",
            "审核人:虚构",
            f"报出日期:{reported.year}年{reported.month}月{reported.day}日",
        ),
    )
