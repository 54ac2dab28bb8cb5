"""Lives of fee cases by dice, lawful and hard: paid in parts, taken back, overpaid, waived, annulled, written off,
brought to court, undecided, going on when the fee ended. As cases of the reference and as rows of the two registers.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl

from tests.reference.county_money import COLLECTION_ENDS, Case, post, yuan

COUNTY, TOWNSHIPS = "331099000000", ("331099001000", "331099002000")
FIRST, LAST = date(2013, 1, 1), date(2022, 9, 30)
Row = dict[str, Any]
DAYS = (
    "birth_day", "file_day", "decision_day", "service_day", "due_day", "review_day", "court_application_day",
    "annulled_day", "waived_day", "written_off_day", "no_levy_day",
)  # fmt: skip
_DECISIONS = {
    "birth_date": "birth_day", "file_date": "file_day", "decision_date": "decision_day", "service_date": "service_day",
    "due_date": "due_day", "review_date": "review_day", "court_application_date": "court_application_day",
    "waived_date": "waived_day", "written_off_date": "written_off_day",
}  # fmt: skip


def lives(seed: int, count: int) -> list[Case]:
    """Cases filed between 2013 and 2021, with everything that befell them; money in fen."""
    dice = Random(seed)
    return [_life(dice, number) for number in range(count)]


def _life(dice: Random, number: int) -> Case:
    filed = FIRST + timedelta(days=dice.randrange((COLLECTION_ENDS - FIRST).days))
    row: Row = dict.fromkeys(DAYS) | {"waived_fen": 0, "written_off_fen": 0, "amount_fen": 0}
    row |= {"case": number, "file_day": filed, "birth_day": filed - timedelta(days=dice.randrange(30, 900))}
    case = Case(dice.choice(TOWNSHIPS), row, [])
    decided = filed + timedelta(days=dice.randrange(5, 120))
    if decided >= COLLECTION_ENDS or dice.random() < 0.05:
        return case
    row |= {"decision_day": decided, "amount_fen": dice.randrange(1_000_00, 90_000_00)}
    if dice.random() < 0.04:
        row["no_levy_day"] = decided
        return case
    row["service_day"] = decided + timedelta(days=dice.randrange(0, 9))
    row["due_day"] = row["service_day"] + timedelta(days=30)
    _go_on(dice, case)
    post(case)
    return case


def _go_on(dice: Random, case: Case) -> None:
    """Up to eight lawful steps, some weeks after one another; nothing but a refund follows the end of the fee."""
    row, day, left = case.row, case.row["service_day"], case.row["amount_fen"]
    for _ in range(dice.randrange(9)):
        day += timedelta(days=dice.randrange(0, 130))
        if day >= COLLECTION_ENDS:
            return
        step = dice.choice(_STEPS)
        usual = [r for r in case.receipts if r["mark"] == "normal" and not r.get("is_taken_back")]
        if step in ("pay", "rest") and left > 0:
            part = left if step == "rest" else dice.randrange(1, left + 1)
            part += dice.randrange(1, 500_00) if step == "rest" and dice.random() < 0.2 else 0
            left -= part
            _receipt(case, day, part, "normal", channel="court" if row["court_application_day"] else "bank")
            if left < 0 and dice.random() < 0.7:
                _receipt(case, day + timedelta(days=dice.randrange(1, 40)), left, "refund")
                left = 0
        elif step == "void":
            _receipt(case, day, dice.randrange(1, 900_00), "void")
        elif step == "reverse" and usual:
            left += usual[-1]["principal_fen"]
            usual[-1]["is_taken_back"] = True
            _receipt(case, day, -usual[-1]["principal_fen"], "reversal")
        elif step in ("waive", "write_off") and left > 0 and not row[f"{_PAST[step]}_day"]:
            gone = dice.choice((left, dice.randrange(1, left + 1)))
            row |= {f"{_PAST[step]}_day": day, f"{_PAST[step]}_fen": gone}
            left -= gone
        elif step == "review" and not row["review_day"]:
            row["review_day"] = day
        elif step == "court" and not row["court_application_day"] and left > 0:
            row["court_application_day"] = day
        elif step == "annul":
            row["annulled_day"] = day
            paid = sum(receipt["principal_fen"] for receipt in case.receipts if receipt["mark"] != "void")
            if paid > 0 and dice.random() < 0.8:
                _receipt(case, day + timedelta(days=dice.randrange(1, 60)), -paid, "refund")
            return


_STEPS = (*3 * ("pay",), "rest", "reverse", "void", "waive", "write_off", "annul", "review", "court")
_PAST = {"waive": "waived", "write_off": "written_off"}


def _receipt(case: Case, day: date, principal: int, mark: str, channel: str = "bank") -> None:
    case.receipts.append({"day": day, "principal_fen": principal, "surcharge_fen": 0, "mark": mark, "channel": channel})


def known_on(told: Iterable[Case], last: date) -> list[Case]:
    """The same cases as their books stood on a day: what came later is blank, who was filed later is not there."""
    found = []
    for case in told:
        if case.row["file_day"] > last:
            continue
        row = {name: None if name in DAYS and cell and cell > last else cell for name, cell in case.row.items()}
        row |= {"due_day": case.row["due_day"] if row["service_day"] else None}
        row |= {"amount_fen": row["amount_fen"] if row["decision_day"] else 0}
        row |= {f"{name}_fen": row[f"{name}_fen"] if row[f"{name}_day"] else 0 for name in ("waived", "written_off")}
        early = Case(case.township, row, [receipt for receipt in case.receipts if receipt["day"] <= last])
        post(early)
        found.append(early)
    return found


def registers(told: Iterable[Case]) -> dict[str, pl.DataFrame]:
    """``stg_l11`` and ``stg_l12`` of cases, with the submission that holds them and the offices that sent it."""
    decisions, receipts = [], []
    for case in told:
        row, place = case.row, {"submission_id": "s", "batch_id": "b", "unit_code": f"{case.township}-fp"}
        key = f"case {row['case']}"
        decisions.append(
            {
                **place,
                "row_id": f"{key}:d",
                "case_key": key,
                "period": f"{row['file_day']:%Y-%m}",
                **{column: row[name] for column, name in _DECISIONS.items()},
                "amount_yuan": yuan(row["amount_fen"]) if row["decision_day"] else None,
                "waived_yuan": yuan(row["waived_fen"]) if row["waived_day"] else None,
                "written_off_yuan": yuan(row["written_off_fen"]) if row["written_off_day"] else None,
                **_status(row),
            }
        )
        receipts += [
            {
                **place,
                "row_id": f"{key}:{number}",
                "case_key": key,
                "period": f"{receipt['day']:%Y-%m}",
                "payment_date": receipt["day"],
                "amount_yuan": yuan(receipt["principal_fen"] + receipt["surcharge_fen"]),
                "surcharge_yuan": yuan(receipt["surcharge_fen"]),
                "mark_code": receipt["mark"],
                "channel_code": receipt["channel"],
            }
            for number, receipt in enumerate(case.receipts)
        ]
    units = [
        {"unit_code": f"{code}-fp", "fee_unit_code": f"{code}-fp", "township_code": code, "county_code": COUNTY,
         "collection_ends_on": COLLECTION_ENDS}
        for code in TOWNSHIPS
    ]  # fmt: skip
    return {
        "stg_l11": pl.DataFrame(decisions, infer_schema_length=None),
        "stg_l12": pl.DataFrame(receipts, infer_schema_length=None),
        "int_submissions_current": pl.DataFrame([{"submission_id": "s", "batch_id": "b"}]),
        "int_fee_units": pl.DataFrame(units),
    }


def _status(row: Row) -> Row:
    for status, day in (("annulled", row["annulled_day"]), ("no_levy", row["no_levy_day"])):
        if day:
            return {"status_code": status, "status_date": day}
    return {"status_code": "collecting", "status_date": row["decision_day"]}
