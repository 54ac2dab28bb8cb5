"""The two tables that steer the gate: its limits, and the waivers that somebody signed.

Both are data, so that a county changes a bound or signs a waiver without touching a rule. Neither is trusted: a limit
that is no number, or a waiver without owner, reason or date, stops the gate.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from orchestration.audit.verdict import Waiver
from orchestration.errors import CouldNotRun


def read_limits(path: Path) -> dict[str, str]:
    """Limits by id, each a finite decimal number as text.

    Raises:
        CouldNotRun: the file is missing, or a limit is no number or stands twice.
    """
    limits: dict[str, str] = {}
    for number, row in enumerate(_rows(path, {"limit_id", "limit_value"}), start=2):
        try:
            value = Decimal(row["limit_value"])
        except InvalidOperation:
            raise _unreadable(path, number) from None
        if not value.is_finite() or not row["limit_id"] or row["limit_id"] in limits:
            raise _unreadable(path, number)
        limits[row["limit_id"]] = row["limit_value"]
    return limits


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers, in file order; a file that does not exist holds none.

    Raises:
        CouldNotRun: a waiver lacks its rule, owner, reason or date.
    """
    if not path.exists():
        return ()
    waivers: list[Waiver] = []
    for number, row in enumerate(_rows(path, {"rule_id", "owner", "reason", "expires_on"}), start=2):
        if not (row["rule_id"] and row["owner"] and row["reason"]):
            raise _unreadable(path, number)
        try:
            expires_on = date.fromisoformat(row["expires_on"])
        except ValueError:
            raise _unreadable(path, number) from None
        waivers.append(Waiver(row["rule_id"], row["owner"], row["reason"], expires_on))
    return tuple(waivers)


def _rows(path: Path, columns: set[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if not columns <= set(reader.fieldnames or ()):
                raise _unreadable(path, 1)
            return [{name: (row[name] or "").strip() for name in columns} for row in reader]
    except OSError:
        raise _unreadable(path, 0) from None


def _unreadable(path: Path, line: int) -> CouldNotRun:
    return CouldNotRun(
        "The gate cannot read its own limits or waivers.",
        "审核门限或豁免清单无法读取。",
        address=f"{path.name}:{line}" if line else path.name,
        remedy_en="Mend that line: a limit is a number, a waiver has rule_id, owner, reason and expires_on.",
        remedy_zh="请改正该行:门限应为数字;豁免应有 rule_id、owner、reason、expires_on。",
    )
