"""Whatever stands in a cell of any column: a value of the column's type or a rule that is explained, never a fault."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from orchestration.ingest import readings, rules
from orchestration.ingest.bounds import Told
from orchestration.ingest.columns import ColumnReaders, Context
from orchestration.ingest.containers.marks import BadCell
from orchestration.ingest.containers.opening import RawSheet
from orchestration.ingest.layout import TRANSIENT, Column, load_catalogue
from orchestration.ingest.measures import Measure, parse_measure
from orchestration.ingest.outcome import Problem
from orchestration.ingest.pseudonyms import Pseudonyms
from orchestration.ingest.reading import SheetReader
from orchestration.ingest.reference import compile_reference
from orchestration.ingest.units import Units
from orchestration.settings import Settings
from tests.unit.ingest.books import L16_HEADERS, ledger

RECEIVED = date(2014, 7, 5)
# Pieces of what clerks write, put together in any way.
PIECES = st.lists(
    st.sampled_from([
        *"0123456789年月日号.-/%‰人对户次第约余近多上下元万亿角分整正闰廿初腊×*某x男女无一二三十百千零壹贰",
        "2014", "农历", "甲午", "以上", "低于", "同上", "人次", "(", ")", " ", "　", "１", "0/00", "百分之", ":",
        "上午", "千元",
    ]),
    max_size=9,
).map("".join)  # fmt: skip
CELLS = st.one_of(
    PIECES, st.text(max_size=20), st.integers(-(10**19), 10**19), st.floats(), st.booleans(), st.dates(),
    st.datetimes(),
    st.sampled_from(["", "农历四月廿九", "甲午年四月廿九", "17.89万元", "85%以上", "同上", "11010519491231002X",
    11010519491231002.0, BadCell("cell.error")]),
)  # fmt: skip
COLUMNS = [
    (form, name, column)
    for form, layout in load_catalogue().layouts.items()
    for name, column in layout.columns.items()
    if column.keep and column.type not in {*TRANSIENT, "count", "pick", "same"}
]
TYPES: dict[type[pl.DataType], type] = {
    pl.Int32: int, pl.Decimal: Decimal, pl.Date: date, pl.Boolean: bool, pl.String: str,
}  # fmt: skip


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Units:
    return Units(compile_reference(Settings(home=tmp_path_factory.mktemp("units"))))


def _fits(form: str, name: str, column: Column, value: Any) -> bool:
    if column.type == "id":
        return isinstance(value, tuple) and value[1] in ("valid", "invalid", "missing", "lost_digits")
    if column.type == "bound":
        return isinstance(value, Told)
    dtype = load_catalogue().layouts[form].lake_schema.get(column.into or name, pl.String())
    return type(value) is TYPES[type(dtype)]


@profile(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(COLUMNS), st.lists(CELLS, min_size=1, max_size=6), st.sampled_from([None, 1, 10_000]))
def test_any_cell_in_any_column_is_a_value_or_an_explained_problem(
    units: Units, place: tuple[str, str, Column], cells: list[object], unit: int | None
) -> None:
    form, name, column = place
    readers = ColumnReaders(load_catalogue(), Pseudonyms(b"k" * 32))
    context = Context("2014-05", "331099100201", "331099000000", units.on(date(2014, 5, 31)), RECEIVED)
    parsed = readers.read(form, name, column, cells, unit, context)
    assert len(parsed.cells) == len(cells)
    assert all(value is None or _fits(form, name, column, value) for value in parsed.cells)
    assert {rule for _, rule in parsed.problems} <= set(rules.catalogue())
    assert set(parsed.ways) <= set(readings.catalogue())
    assert all(0 < count <= len(cells) for count in parsed.ways.values())


@profile(max_examples=300, deadline=None)
@given(CELLS)
def test_any_cell_is_a_measure_a_gap_or_a_problem(cell: object) -> None:
    found = parse_measure(cell)
    assert (
        found is None
        or isinstance(found, Measure)
        or (isinstance(found, Problem) and found.rule_id in rules.catalogue())
    )


SHEETS = {
    "月报表": L16_HEADERS,
    "出生登记表": ["婴儿姓名", "性别", "出生日期", "孩次", "母亲姓名", "母亲身份证号", "母亲出生年月", "落户日期"],
    "迁入迁出登记表": ["类型", "姓名", "性别", "身份证号", "迁移日期", "迁出地", "迁入地", "户口性质"],
}


@profile(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(list(SHEETS)), st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=5))
def test_whatever_the_cells_of_whatever_form_no_row_is_lost(units: Units, title: str, cells: list[list[Any]]) -> None:
    head = [[*row, *[""] * (8 - len(row))] for row in ledger(title, SHEETS[title])]
    plain = [["" if isinstance(cell, datetime) else cell for cell in row] for row in cells]
    columns = ColumnReaders(load_catalogue(), Pseudonyms(b"k" * 32))
    readings = SheetReader(load_catalogue(), units, columns).read(
        RawSheet(1, "表", [*head, *plain]), "received=2014-07-05/临江镇砚池村2014年6月台账.xlsx", RECEIVED, RECEIVED
    )
    assert readings
    for reading in readings:
        assert reading.rows_seen == reading.accepted + reading.quarantined + reading.duplicate + reading.non_data
        assert all(len(column) == reading.accepted for column in reading.cells.values())
        assert {finding.rule_id for finding in reading.findings} <= set(rules.catalogue())
