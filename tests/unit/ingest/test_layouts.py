from __future__ import annotations

import re
from pathlib import Path

import pytest

from orchestration.errors import CouldNotRun
from orchestration.ingest import readings
from orchestration.ingest.layout import LAYOUTS_DIR, load_catalogue
from orchestration.ingest.rules import catalogue as rule_catalogue

INGEST = LAYOUTS_DIR.parent


def test_the_forms_of_the_spine_have_layouts() -> None:
    assert set(load_catalogue().layouts) >= {"L01", "L02", "L03", "L05", "L10", "L11", "L12", "L16"}


def test_the_forms_of_offices_and_of_the_county_have_layouts() -> None:
    assert set(load_catalogue().layouts) >= {"L09", "L13", "L14", "L15", "L17", "L18", "L19", "L20", "L21"}


def test_no_direct_identifier_is_kept_as_it_stands() -> None:
    for layout in load_catalogue().layouts.values():
        for name, column in layout.columns.items():
            if column.pii == "D" and column.keep:
                assert column.type in ("id", "key", "drop"), f"{layout.form}.{name}"


@pytest.mark.parametrize(
    "header", ["妇检结果", "末次月经", "避孕措施", "举报人", "缴款人账户", "孕情", "银行卡号", "双女户"]
)
def test_blocked_headers_are_blocked_on_every_form(header: str) -> None:
    catalogue = load_catalogue()
    assert all(catalogue.is_blocked(layout, header) for layout in catalogue.layouts.values())


def test_no_layout_asks_for_a_blocked_header() -> None:
    catalogue = load_catalogue()
    for layout in catalogue.layouts.values():
        assert not [header for header in layout.header_names if catalogue.is_blocked(layout, header)]


def test_every_rule_that_the_reader_names_is_explained_in_both_languages() -> None:
    named = set()
    for path in INGEST.rglob("*.py"):
        named |= set(
            re.findall(
                r'"((?:file|sheet|row|cell|text|number|money|date|code|id|key|division|column|formula)\.[a-z_]+)"',
                path.read_text("utf-8"),
            )
        )
    assert named == set(rule_catalogue()) | set(readings.catalogue())
    assert not set(rule_catalogue()) & set(readings.catalogue())
    for way in readings.catalogue().values():
        assert way.en.endswith(".")
        assert way.zh.endswith("。")
    for texts in rule_catalogue().values():
        assert all(texts)
        assert re.search(r"[\u4e00-\u9fff]", texts.reason_zh + texts.hint_zh)


@pytest.mark.parametrize(
    "damage",
    [
        ("type: int", "type: number"),
        ("form: L16", "form: sixteen"),
        ("columns:", "colums:"),
        ("places_row: true", "places_rows: true"),
        ('aliases: ["{死亡}", "{死亡}_{总}"]', 'aliases: ["{出生}"]'),
    ],
)
def test_a_layout_with_a_slip_is_refused_with_its_file(tmp_path: Path, damage: tuple[str, str]) -> None:
    (tmp_path / "common.yml").write_text((LAYOUTS_DIR / "common.yml").read_text("utf-8"), "utf-8")
    text = (LAYOUTS_DIR / "L16.yml").read_text("utf-8")
    assert damage[0] in text
    (tmp_path / "L16.yml").write_text(text.replace(*damage), "utf-8")
    with pytest.raises(CouldNotRun) as caught:
        load_catalogue(tmp_path)
    assert caught.value.address == "L16.yml"
