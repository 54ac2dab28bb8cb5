"""For each planted check: in which month it is broken, and the nearest lawful value of the field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from orchestration.synthesis.money.figures import figures
from orchestration.synthesis.money.ledger import body_on
from orchestration.synthesis.months import last_day, month_number, number_of
from orchestration.synthesis.planted.slots import registry

Month = Callable[["Row"], int | None]
Clean = Callable[["Row"], object]
LAST_DAY_OF_THE_FEE = date(2021, 8, 19)
_DECEMBER = 12


@dataclass(frozen=True)
class Row:
    """A row of the truth that breaks a check, and the tables around it."""

    values: dict[str, Any]
    truth: dict[str, pl.DataFrame]

    def day(self, field: str, days: int = 0) -> date | None:
        """A date of the row, moved by some days; None while it is not known."""
        value = self.values[field]
        return value + timedelta(days=days) if value else None


@dataclass(frozen=True)
class Line:
    """How a violation is dated and what would be lawful in its place."""

    month: Month
    clean: Clean


def _fixed(value: Any) -> Callable[[Row], Any]:
    return lambda _: value


def _in(field: str, days: int = 0, needs: str = "") -> Month:
    """Dated by a day of the row; not a violation before ``needs`` is known too."""

    def month(row: Row) -> int | None:
        day = row.day(field, days)
        return None if day is None or (needs and row.values[needs] is None) else number_of(day)

    return month


def _year_end(row: Row) -> int | None:
    due = row.day("due_day")
    if due is None:
        return None
    month = month_number(due.year, _DECEMBER)
    return month + 12 if last_day(month) < due.replace(year=due.year + 1, day=min(due.day, 28)) else month


def _for_month(row: Row) -> int:
    return int(row.values["for_month"])


def _slip_sum(row: Row) -> int:
    same = ("township_code", "for_month", "subject")
    frame = row.truth["treasury"].filter(pl.all_horizontal(pl.col(name) == row.values[name] for name in same))
    return int(frame["amount_fen"].sum())


def _of_case(row: Row) -> pl.DataFrame:
    return row.truth["fee_receipts"].filter(pl.col("case") == row.values["case"])


def _left_to_pay(row: Row) -> int:
    earlier = _of_case(row).filter(pl.col("receipt") < row.values["receipt"])
    return int(row.values["amount_fen"] - earlier["principal_fen"].sum())


def _third_payment(row: Row) -> int | None:
    days = _of_case(row)["day"].sort().to_list()
    return number_of(days[2]) if len(days) > 2 else None


def _month_of_death(row: Row) -> int | None:
    died = row.truth["persons"].filter(pl.col("person") == row.values["person"])["died"].to_list()
    return number_of(died[0]) if died and died[0] else None


def _year_of_row(row: Row) -> int:
    return month_number(row.values["year"], _DECEMBER)


def _balance(row: Row) -> int:
    return int(row.values["received_fen"] - row.values["paid_fen"] - row.values["returned_fen"])


def _least_spending(row: Row) -> int:
    """What the row's source had to spend for the whole to grow with revenue."""
    spent = row.truth["funding"].group_by("year").agg(pl.col("spent_fen").sum())
    by_year: dict[int, int] = dict(spent.iter_rows())
    year = row.values["year"]
    asked = -(-by_year[year - 1] * (10_000 + row.values["revenue_growth_hundredths"]) // 10_000)
    return int(asked - by_year[year] + row.values["spent_fen"])


LINES: dict[str, Line] = {
    "AC-01": Line(_in("day", needs="decision_day"), lambda row: row.day("service_day")),
    "AC-02": Line(_in("day", needs="service_day"), lambda row: row.day("service_day")),
    "AC-03": Line(_in("day"), _fixed(None)),
    "AC-04": Line(_in("day"), _fixed(None)),
    "AC-05": Line(_in("decision_day"), lambda row: body_on(row.values["decision_day"])),
    "AC-06": Line(_in("decision_day", needs="service_day"), lambda row: row.day("decision_day")),
    "AC-07": Line(_in("decision_day"), _fixed(LAST_DAY_OF_THE_FEE)),
    "AC-08": Line(_in("day"), _fixed(LAST_DAY_OF_THE_FEE)),
    "AC-09": Line(_fixed(number_of(LAST_DAY_OF_THE_FEE)), _fixed(LAST_DAY_OF_THE_FEE + timedelta(days=1))),
    "AC-10": Line(_in("day"), _fixed(0)),
    "AC-11": Line(
        _in("decision_day"), lambda row: row.values["base_income_fen"] * row.values["multiple_hundredths"] // 100
    ),
    "AC-12": Line(_in("decision_day"), _fixed(figures()["multiples"]["extra_birth"]["bounds"][1])),
    "AC-14": Line(_in("day", needs="due_day"), lambda row: row.values["surcharge_fen"] // registry()["AC-14"]["times"]),
    "AC-15": Line(_in("day", needs="due_day"), _fixed(0)),
    "AC-16": Line(_year_end, lambda row: row.day("service_day", 175)),
    "AC-17": Line(_in("instalment_approval_day"), lambda row: row.day("instalment_request_day", 30)),
    "AC-18": Line(_in("service_day"), lambda row: row.day("service_day", 30)),
    "AC-19": Line(_in("day"), _left_to_pay),
    "AC-21": Line(_in("day"), _fixed(0)),
    "AC-22": Line(_for_month, _slip_sum),
    "AC-23": Line(_for_month, lambda row: last_day(row.values["for_month"])),
    "AC-24": Line(_in("day"), _fixed("bank")),
    "AC-25": Line(_in("signed_day"), _fixed(None)),
    "AC-26": Line(_in("day"), _fixed("party")),
    "AC-27": Line(_in("day", needs="decision_day"), lambda row: row.day("service_day")),
    "AC-28": Line(_third_payment, _fixed(None)),
    "AC-31": Line(_in("annulled_day", 61), _fixed(None)),
    "AC-32": Line(_in("court_application_day"), lambda row: row.day("service_day", 175)),
    "AC-33": Line(_in("day"), lambda row: row.values["surcharge_fen"] - row.values["amount_fen"] // 5),
    "AC-34": Line(_in("decision_day"), _fixed(None)),
    "AC-37": Line(_in("due_day"), lambda row: row.day("due_day")),
    "AC-39": Line(_in("day", needs="entry_day"), lambda row: row.day("day", 30)),
    "BC-01": Line(_in("paid_day"), _month_of_death),
    "BC-02": Line(_in("paid_day"), _fixed(None)),
    "BC-03": Line(_in("paid_day"), lambda row: row.values["due_fen"]),
    "BC-04": Line(_in("paid_day"), lambda row: row.day("due_day")),
    "BC-05": Line(_in("paid_day"), _fixed(True)),
    "BC-06": Line(_in("paid_day"), lambda row: row.day("posted_to")),
    "BC-07": Line(_in("paid_day"), _fixed(None)),
    "BC-08": Line(_year_of_row, _balance),
    "BC-09": Line(_year_of_row, _least_spending),
}
