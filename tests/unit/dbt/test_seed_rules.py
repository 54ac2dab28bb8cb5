"""Tables of rules that a person got wrong are refused with file and line, before anything is computed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from orchestration.errors import CouldNotRun
from orchestration.settings import DBT_PROJECT_DIR, SEEDS_DIR
from orchestration.transform.seeds import check_seeds, read_rules

R3 = "R3,00,2002-09-01,2016-01-01"
R7 = "R7,00,2021-08-20,9999-12-31"
CBR = "cbr,出生率,crude birth rate,births_occ,person_years,births_occ,1000"
NARROW = "pop_total_end,village,month"

# table, text, what a person made of it, line, what the answer says
SLIPS = {
    "a gap between regimes": ("policy_regime", R3, "R3,00,2002-10-01,2016-01-01", 4, "2002-09-01 to 2002-10-01"),
    "an overlap of regimes": ("policy_regime", R3, "R3,00,2002-08-01,2016-01-01", 4, "overlaps line 3"),
    "a regime that ends": ("policy_regime", R7, "R7,00,2021-08-20,2099-12-31", 12, "9999-12-31"),
    "a regime backwards": ("policy_regime", R3, "R3,00,2016-01-02,2002-09-01", 4, "lies not after"),
    "a day that is none": ("policy_regime", R3, "R3,00,2002-9-1,2016-01-01", 4, "YYYY-MM-DD"),
    "a word unknown": ("policy_regime", "no,no,,no,no,no", "no,no,,maybe,no,no", 12, "planned_rate_valid is one of"),
    "a missing measure": ("indicators", CBR, CBR.replace("person_years", "person_yers"), 9, "person_yers"),
    "a rate of nothing": ("indicators", CBR, CBR.replace("person_years", ""), 9, "denominator_measure is empty"),
    "an unknown flag": ("indicators", "planned_rate_valid", "planned_rate", 14, "no column planned_rate"),
    "a scale in words": ("indicators", CBR, CBR.replace("1000", "per mille"), 9, "scale is a number"),
    "an indicator twice": ("indicators", "\ncdr,", "\ncbr,", 10, "stands in line 9 already"),
    "a nameless indicator": ("indicators", CBR, CBR.replace("出生率", ""), 9, "name_zh is empty"),
    "no grain": ("indicator_grains", "cash_ratio", "case_collection_rate", 0, ""),
    "a grain of nothing": ("indicator_grains", NARROW, NARROW.replace("total_end", "end"), 2, "pop_end"),
    "an unknown level": (
        "indicator_grains",
        NARROW,
        NARROW.replace("village", "hamlet"),
        2,
        "division_level is one of",
    ),
    "a count left out": ("poisson_limits", "\n100,", "\n101,", 102, "goes on from the row before"),
    "a limit that falls": ("poisson_limits", "0.0253178080", "-1.0", 3, "lies above"),
    "a month left out": ("calendar_months", "\n1980-02,2,1980-02-01", "\n1980-02,2,1980-02-02", 3, "nothing holds"),
    "a quote left open": ("services", "\nfolic_acid,叶酸发放", '\nfolic_acid,"叶酸发放', 0, ""),
    "a cell too many": ("services", "folic_acid,", "folic_acid,,", 4, "more or fewer cells"),
    "a column gone": ("services", "measure_unit", "unit", 1, "measure_unit is missing"),
    "a limit of no check": ("check_limits", "SC-06,same_months", "SC-66,same_months", 2, "SC-66"),
}


def copied(folder: Path) -> Path:
    shutil.copytree(SEEDS_DIR, folder / "reference")
    return folder / "reference"


def test_the_tables_that_ship_hold() -> None:
    check_seeds(SEEDS_DIR)


def test_every_table_of_rules_has_rules() -> None:
    assert set(read_rules()) == {path.stem for path in SEEDS_DIR.glob("*.csv")}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_its_line(slip: str, tmp_path: Path) -> None:
    table, text, slipped, line, words = SLIPS[slip]
    place = copied(tmp_path) / f"{table}.csv"
    content = place.read_text(encoding="utf-8")
    assert text in content
    place.write_text(content.replace(text, slipped, 1), encoding="utf-8")
    with pytest.raises(CouldNotRun) as refused:
        check_seeds(place.parent)
    told = refused.value.sentence("en")
    assert words in told
    assert refused.value.sentence("zh") != told
    assert refused.value.address is not None
    assert refused.value.address.endswith(f".csv, line {line}" if line else refused.value.address)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["gone", "not text"])
def test_a_table_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    place = copied(tmp_path) / "services.csv"
    place.unlink()
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(CouldNotRun, match="cannot be read") as refused:
        check_seeds(place.parent)
    assert refused.value.address == "services.csv, line 1"


def test_a_new_service_brings_its_measures(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "services.csv").open("a", encoding="utf-8") as services:
        services.write("hearing_test,听力筛查,hearing test,persons,L10,,none,,\n")
    indicators = folder / "indicators.csv"
    (row,) = [line for line in indicators.read_text(encoding="utf-8").splitlines() if "preconception_check" in line]
    mended = row.replace("preconception_check", "hearing_test")
    indicators.write_text(indicators.read_text(encoding="utf-8").replace(row, mended), encoding="utf-8")
    check_seeds(folder)


def test_every_listed_measure_is_made_by_a_model() -> None:
    """Its name stands in quotes in a model of measures, a macro or a table of ages, or is put together from a stem."""
    places = [*(DBT_PROJECT_DIR / "models").rglob("int_*measures.sql"), *(DBT_PROJECT_DIR / "macros").glob("*.sql")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in places)
    by_age = (SEEDS_DIR / "age_measures.csv").read_text(encoding="utf-8").splitlines()[1:]
    quoted = {*re.findall(r"'(\w+)'", written), *(line.split(",")[0] for line in by_age)}
    stems = tuple(name for name in quoted if name.endswith("_") and len(name) > 5)
    listed = (SEEDS_DIR / "measures.csv").read_text(encoding="utf-8").splitlines()[1:]
    names = [re.split(r"{.*?}", line.split(",")[0])[0] for line in listed]
    assert names
    assert [name for name in names if name not in quoted and not name.startswith(stems)] == []
