"""How an office is led and watched: targets, inspections, funding, disclosure."""

from __future__ import annotations

import polars as pl

from orchestration.synthesis.governance import disclosure, funding, inspections, targets
from orchestration.synthesis.money.regimes import regimes_of
from orchestration.synthesis.months import last_day
from orchestration.synthesis.options import Options
from orchestration.synthesis.services import townships

__all__ = ["simulate"]


def simulate(
    truth: dict[str, pl.DataFrame], county_code: str, options: Options, last_month: int
) -> dict[str, pl.DataFrame]:
    """All of it from ``options.start`` to the end of ``last_month``; a shorter run is the first part of a longer one.

    Args:
        truth: villages.
        county_code: six digits.
        options: seed, first month, dose.
        last_month: number of the last month.

    Returns:
        The tables targets, inspections, funding and disclosures.
    """
    residents, regimes, until = townships(truth["villages"]), regimes_of(county_code), last_day(last_month)
    offices = list(residents)
    return {
        "targets": targets.rows(offices, regimes, options, until),
        "inspections": inspections.rows(offices, options, until),
        "funding": funding.rows(sum(residents.values()), options, until),
        "disclosures": disclosure.rows(offices, regimes, options, until),
    }
