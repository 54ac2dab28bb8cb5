"""The part of the archive that a replay asks for: a form, a span of months."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
