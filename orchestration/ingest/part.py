"""The part of the archive that a replay asks for: a form, a span of months, what a rule refused."""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from orchestration.errors import UsageError

_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])", re.ASCII)


def check(form: str | None, period_from: str | None, period_to: str | None, known_forms: Iterable[str]) -> None:
    """Refuse a part that no archive can hold, before anything is written.

    Raises:
        UsageError: the form is not known, or the months are not written as months or in their order.
    """
    forms = sorted(known_forms)
    if form and form not in forms:
        raise UsageError(
            "There is no such form.",
            "没有该表式。",
            address="--form",
            remedy_en=f"The forms are {', '.join(forms)}.",
            remedy_zh=f"可用表式:{'、'.join(forms)}。",
        )
    months = [month for month in (period_from, period_to) if month]
    if any(not _MONTH.fullmatch(month) for month in months) or months != sorted(months):
        raise UsageError(
            "The period is not a span of months.",
            "月份范围有误。",
            address="--period",
            remedy_en="Write it as YYYY-MM..YYYY-MM, the earlier month first.",
            remedy_zh="请写作 YYYY-MM..YYYY-MM,先写较早月份。",
        )


def select(
    rows: pl.DataFrame, refused: pl.DataFrame, form: str | None, period_from: str | None, period_to: str | None,
    rule_id: str | None,
) -> pl.DataFrame:  # fmt: skip
    """The rows of the register whose files are asked for; ``refused`` is the quarantine as it stands."""
    if form:
        rows = rows.filter(pl.col("form") == form)
    if period_from:
        rows = rows.filter(pl.col("period") >= period_from)
    if period_to:
        rows = rows.filter(pl.col("period") <= period_to)
    if rule_id:
        named = refused.filter(pl.col("rule_id") == rule_id)
        rows = rows.join(named, on=["file_sha256", "file_path"], how="semi")
    return rows
