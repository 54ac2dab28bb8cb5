"""The first and the last month that may be asked for, and a county under names of real places."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from orchestration.errors import UsageError
from orchestration.synthesis.clerk.printing import OFFICE_FORMS, VILLAGE_FORMS
from orchestration.synthesis.generate import generate
from orchestration.synthesis.months import period
from orchestration.synthesis.request import FIRST_MONTH, LAST_MONTH, options_from

ALL = frozenset((*VILLAGE_FORMS, *OFFICE_FORMS))
ASKED = {
    "county": "331099", "villages": "4", "persons": "100", "months": "1", "seed": "7", "start": "2014-01",
    "defects": "0.2", "format": "xlsx", "forms": "all", "only": "",
}  # fmt: skip


@pytest.mark.parametrize("county", ["331099", "530899", "410899"])
@pytest.mark.parametrize("month", [FIRST_MONTH, LAST_MONTH], ids=["first", "last"])
def test_a_month_at_either_end_can_be_made(month: int, county: str, tmp_path: Path) -> None:
    asked = ASKED | {"county": county, "start": period(month)}
    made = generate(options_from(asked, real_names=False, readable=ALL), tmp_path / "out", tmp_path / "truth")
    assert made["months"] == 1
    assert made["reports"] >= 4
    assert any((tmp_path / "out").rglob("*.xlsx"))


def test_the_first_month_is_the_first_with_an_income_for_every_case() -> None:
    assert period(FIRST_MONTH) == "2001-01"
    with pytest.raises(UsageError) as refused:
        options_from(ASKED | {"start": period(FIRST_MONTH - 1)}, real_names=False, readable=ALL)
    assert refused.value.exit_code == 64
    assert "2001-01" in refused.value.remedy_en
    assert "2001-01" in refused.value.remedy_zh


def test_under_real_names_no_fee_and_no_finding_is_shown(tmp_path: Path) -> None:
    asked = ASKED | {"county": "331003", "persons": "400", "months": "2"}
    options = options_from(asked, real_names=True, readable=ALL)
    made = generate(options, tmp_path / "out", tmp_path / "truth")
    assert made["reports"] > 0
    for name in ("fee_cases", "fee_receipts", "treasury", "receipt_stock"):
        assert pl.read_parquet(tmp_path / "truth" / f"{name}.parquet").is_empty(), name
    assert pl.read_parquet(tmp_path / "truth" / "inspections.parquet")["findings"].sum() == 0
    assert pl.read_parquet(tmp_path / "truth" / "planted.parquet")["period"].null_count() == 49
