"""The registry of defects says only what pages, plans and the reader know; the layout keeps its promises."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pytest

from orchestration.ingest.rules import catalogue
from orchestration.settings import REFERENCE_INPUT_DIR, SEEDS_DIR
from orchestration.synthesis.clerk.printing import load_printed
from orchestration.synthesis.defects.dose import Dose, dose_of, expected_slips
from orchestration.synthesis.defects.file import FilePlan, plan_of
from orchestration.synthesis.defects.negatives import FINDERS
from orchestration.synthesis.defects.registry import Defect, planted, registry, ring, share
from orchestration.synthesis.defects.spoil import SLIPS
from orchestration.synthesis.request import FORMS
from tests.unit.synthesis.defect_pages import MONTH, OFFICE, VILLAGE, options

DEFECTS = list(registry().values())
# What the product says without a rule.
SAID = {"duplicate", "not_received"}
OF_VILLAGES = {"merged", "shared_name"}
OF_FLOW = {"arrival_lost", "year_late"}


def checks() -> set[str]:
    with (SEEDS_DIR / "check_registry.csv").open(encoding="utf-8") as stream:
        return {row["check_id"] for row in csv.DictReader(stream)}


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.code)
def test_every_line_can_be_made_and_names_columns_that_every_dialect_prints(defect: Defect) -> None:
    makers = {"clerk": SLIPS.keys(), "truth": FINDERS.keys() | OF_VILLAGES, "reporting": OF_FLOW}
    if defect.layer != "file":
        assert defect.make in makers[defect.layer]
    for form, keys in defect.forms.items():
        assert form in FORMS
        for township in ("331099001000", "331099100000", "331099101000", "331099200000"):
            assert set(keys) <= load_printed().columns(form, township).keys()
    assert set((defect.expected or "").split()) <= catalogue().keys() | checks() | SAID
    assert defect.words.keys() <= {key for keys in defect.forms.values() for key in keys}
    assert defect.weight > 0
    assert defect.code.startswith(defect.family)


@pytest.mark.parametrize("defect", [d for d in DEFECTS if d.layer == "file"], ids=lambda defect: defect.code)
def test_every_slip_of_files_makes_a_plan_that_says_so_once(defect: Defect) -> None:
    unit = OFFICE if set(defect.forms) & {"L10", "L11", "L12"} else VILLAGE
    plain = FilePlan(unit, MONTH, MONTH, MONTH)
    plan = plan_of(defect, plain, options(), np.random.default_rng(3))
    assert plan is not None
    assert plan != plain
    ((form, mark),) = plan.marks
    assert mark.code == defect.code
    assert mark.clean != mark.dirty
    assert form is None or form in defect.forms
    assert plan_of(defect, plain, options(file_format="parquet"), np.random.default_rng(3)) is None or (
        defect.make == "missing"
    )


def test_what_reads_as_misconduct_is_known_and_kept_from_real_names() -> None:
    misconduct = {defect.code for defect in DEFECTS if defect.misconduct}
    assert {"D-births-missing", "D-arrival-lost", "D-D15-year-late", "D-vanished", "B-dead-relisted"} <= misconduct
    layers = [(family, layer) for family in "ABCDF" for layer in ("reporting", "clerk", "file", "truth")]
    kept = {d.code for family, layer in layers for d in planted(family, layer, real_names=True)}  # type: ignore[arg-type]
    assert kept == {defect.code for defect in DEFECTS} - misconduct
    assert not any(defect.misconduct for defect in DEFECTS if defect.family == "F")


def test_no_two_lines_of_a_family_do_the_same_and_every_family_is_there() -> None:
    same = Counter((d.family, d.layer, d.make, tuple(sorted(d.forms.items()))) for d in DEFECTS)
    assert max(same.values()) == 1
    families = Counter(defect.family for defect in DEFECTS)
    assert families.keys() == set("ABCDF")
    assert families["A"] >= 15
    assert all(
        sum(share(family, layer) for layer in ("reporting", "clerk", "file")) == pytest.approx(1) for family in "ABCDF"
    )


def test_the_ring_holds_each_family_at_three_doses_and_five_in_a_hundred_with_many() -> None:
    places = ring()
    held = Counter((slot.family, slot.dose) for slot in places if slot)
    assert all(held[family, dose] == 1 for family in "ABCD" for dose in (0.5, 1, 2))
    assert sum(count for (family, _), count in held.items() if family == "many") / len(places) == 0.05
    assert sum(slot is None for slot in places) / len(places) >= 0.5
    # No two neighbours suffer: any few villages in a row hold clean ones.
    assert all(a is None or b is None for a, b in zip(places, places[1:] + places[:1], strict=True))


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("county", ["331099", "410899", "530899"])
def test_two_of_five_villages_at_least_are_clean_in_every_county(county: str, seed: int) -> None:
    with (REFERENCE_INPUT_DIR / "divisions.csv").open(encoding="utf-8") as stream:
        villages = [
            row["division_code"]
            for row in csv.DictReader(stream)
            if row["division_level"] == "village" and row["division_code"].startswith(county)
        ]
    wishes = options(seed=seed, county=county)
    doses = [dose_of(code, wishes) for code in villages]
    clean = sum(not dose.families for dose in doses) / len(doses)
    assert 0.55 <= clean <= 0.7
    assert 0.02 <= sum(len(dose.families) >= 3 for dose in doses) / len(doses) <= 0.09
    few = [dose_of(code, wishes) for code in villages[:8]]
    assert sum(not dose.families for dose in few) >= 0.4 * len(few)


def test_a_dose_follows_from_code_seed_and_rate_alone() -> None:
    codes = [f"3310991{town:02d}2{village:02d}" for town in range(4) for village in range(40)]
    first = [dose_of(code, options()) for code in codes]
    assert [dose_of(code, options(months=3, villages=4, forms=("L16",))) for code in codes] == first
    assert [dose_of(code, options(seed=2)) for code in codes] != first
    assert {dose_of(code, options(0.0)) for code in codes} == {Dose()}
    doubled = [dose_of(code, options(0.1)) for code in codes]
    assert [dose.families for dose in doubled] == [dose.families for dose in first]
    assert all(two.rate == pytest.approx(one.rate / 2) for one, two in zip(first, doubled, strict=True))
    assert {dose.rate for dose in first if len(dose.families) == 1} == {0.1, 0.2, 0.4}
    assert sum(expected_slips(Dose(("A",), 0.2), "A", layer) for layer in ("clerk", "file")) == pytest.approx(0.2)
