"""A whole candidate by hand: two villages of one township of one county, three months and their quarter.

Small enough to check in the head, and complete: every rule of the gate passes on it. A test breaks one thing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from expectations import SUITES
from expectations.board import COUNTS, FLAGS
from expectations.fee_collection import AMOUNTS
from expectations.quality import CHECKS, QUALITY_COUNTS
from tests.unit.audit import candidate_people as people
from tests.unit.audit.candidate_benefits import paying_tables
from tests.unit.audit.candidate_fee_books import fee_books
from tests.unit.audit.candidate_moving import moving_tables
from tests.unit.audit.candidate_places import COUNTY, MONTHS, TOWNSHIP, VILLAGES, Row, common, places, spans
from tests.unit.audit.candidate_supervision import supervision_tables
from tests.unit.audit.candidate_treasury import three_way, treasury

MONEY = pl.Decimal(14, 2)
EVIDENCE = ("audit_fee_unit_totals", "audit_reconciliation", "audit_failing_rows")


def good_tables() -> dict[str, pl.DataFrame]:
    """Every table that has rules, by name, with rows that keep all of them."""
    divisions = [
        (COUNTY, "county", None),
        (TOWNSHIP, "township", COUNTY),
        *((village, "village", TOWNSHIP) for village in VILLAGES),
    ]
    return {
        "mart_population_balance": pl.DataFrame(people.balance(), infer_schema_length=None),
        "mart_population_residuals": pl.DataFrame(people.residuals(), infer_schema_length=None),
        "mart_population_structure": pl.DataFrame(people.structure(), infer_schema_length=None),
        "mart_vital_events": pl.DataFrame(people.vital(), infer_schema_length=None),
        **{name: pl.DataFrame(rows) for name, rows in moving_tables().items()},
        **{name: pl.DataFrame(rows) for name, rows in paying_tables().items()},
        **{name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in supervision_tables().items()},
        "mart_fee_collection": pl.DataFrame(_fees(), infer_schema_length=None),
        **{name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in fee_books().items()},
        "mart_treasury_reconciliation": pl.DataFrame(treasury(), infer_schema_length=None),
        "mart_fee_three_way": pl.DataFrame(three_way(), infer_schema_length=None),
        "mart_service_coverage": pl.DataFrame(_services(), infer_schema_length=None),
        "mart_indicators": pl.DataFrame(_indicators(), infer_schema_length=None),
        "mart_ledger_quality": pl.DataFrame(_quality(), infer_schema_length=None),
        "mart_findings": pl.DataFrame(_findings(), infer_schema_length=None),
        "mart_submission_board": pl.DataFrame(_board(), infer_schema_length=None),
        "dim_division": pl.DataFrame(
            [
                {
                    "division_code": code,
                    "name_zh": "某地",
                    "name_en": "Somewhere",
                    "division_level": level,
                    "parent_code": parent,
                    "valid_from": date(1990, 1, 1),
                    "valid_to": date(9999, 12, 31),
                    "county_code": COUNTY,
                    "is_assumed_before": False,
                }
                for code, level, parent in divisions
            ]
        ),
        "dim_division_change": _filled("dim_division_change", {"predecessor_code": VILLAGES[0]}),
        "dim_unit": _filled("dim_unit", {"unit_code": VILLAGES[0], "division_code": VILLAGES[0]}),
        "dim_period": _filled(
            "dim_period",
            {"period_start": MONTHS[0], "period_end": MONTHS[1], "period": "2014-01", "period_type": "month"},
        ),
        "dim_indicator": _filled("dim_indicator", {"indicator_code": "cbr"}),
        "dim_service": _filled("dim_service", {"service": "folic_acid"}),
        "audit_fee_unit_totals": pl.DataFrame(
            {
                "unit_code": [f"{TOWNSHIP}-fp"],
                "cases": [20],
                "cases_over": [1],
                "principal_yuan": pl.Series([Decimal("900.00")], dtype=MONEY),
                "assessed_yuan": pl.Series([Decimal("1000.00")], dtype=MONEY),
            }
        ),
        "audit_reconciliation": pl.DataFrame(
            {
                "form": ["L16"],
                "period": ["2014-01"],
                "unit_code": [VILLAGES[0]],
                "measure": ["births"],
                "ledger_value": pl.Series([Decimal("1.00")], dtype=MONEY),
                "mart_value": pl.Series([Decimal("1.00")], dtype=MONEY),
            }
        ),
        "audit_failing_rows": _filled(
            "audit_failing_rows",
            {"row_no": 7, "row_id": "0123456789abcdef:1:7", "rule_id": "SC-01", "file_path": "村/一月.xlsx"},
        ),
    }


def write_candidate(folder: Path, tables: dict[str, pl.DataFrame]) -> Path:
    """Write ``tables`` as a candidate under ``folder`` and return it."""
    for name, frame in tables.items():
        place = folder / ("evidence" if name in EVIDENCE else "marts")
        place.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(place / f"{name}.parquet")
    return folder


def columns_of(table: str) -> list[str]:
    """The exact columns that the table's contract rule names."""
    rule = next(rule for rule in SUITES[table] if rule.id == f"{table}.has_exactly_its_columns")
    return list(rule.expectation.arguments["column_set"])


def _filled(table: str, known: Row) -> pl.DataFrame:
    return pl.DataFrame({name: [known.get(name, "x")] for name in columns_of(table)})


def _fees() -> list[Row]:
    """The one township assesses 100 yuan a month and collects 40; the quarter stands for a year as well."""
    rows: list[Row] = []
    for code, level, _ in places()[2:]:
        for place, (start, end, months) in enumerate(spans()):
            amounts: Row = dict.fromkeys((f"{flow}_cases" for flow in AMOUNTS), 0)
            amounts |= dict.fromkeys((f"{flow}_yuan" for flow in AMOUNTS), Decimal("0.00"))
            amounts["assessed_yuan"] = Decimal(100 * months)
            amounts["collected_yuan"] = Decimal(40 * months)
            amounts["outstanding_yuan"] = Decimal(60 * (3 if months == 3 else place + 1))
            amounts["outstanding_cases"] = 2
            rows.append({**common(code, level, start, end), **amounts})
        rows.append(rows[-1] | {"period_type": "year"})
    return rows


def _services() -> list[Row]:
    return [
        {
            **common(code, level, start, end),
            "service": "folic_acid",
            "measure_unit": "persons",
            "target": 120,
            "eligible": 30 * months,
            "eligible_source": "births_occ",
            "served": 10 * months,
            "served_of_eligible": 9 * months,
            "unidentified": 0,
            "due": 8 * months,
            "done": 7 * months,
            "done_in_window": 6 * months,
            "months_told": months,
            "months_in_period": months,
        }
        for code, level, _ in places()[2:]
        for start, end, months in spans()
    ]


def _indicators() -> list[Row]:
    shown: Row = {
        **common(COUNTY, "county", MONTHS[0], MONTHS[1]),
        "indicator_code": "cbr",
        "pop_concept": "hukou",
        "calendar": "civil",
        "numerator": Decimal("2.00"),
        "denominator": Decimal("200.00"),
        "value": 10.0,
        "ci_low": 1.2,
        "ci_high": 36.1,
        "unit": "per_mille",
        "is_annualised": False,
        "is_balancing": False,
        "status": "ok",
        "status_reason": None,
        "definition_version": "1",
        "data_quality": 1.0,
    }
    hidden = dict.fromkeys(("numerator", "denominator", "value", "ci_low", "ci_high"))
    return [
        shown,
        {
            **shown,
            **hidden,
            "period_start": MONTHS[1],
            "period_end": MONTHS[2],
            "status": "missing",
            "status_reason": "not_received",
        },
    ]


def _quality() -> list[Row]:
    """Three forms: each village owes 20 reports a month and sends them; of 3,000 rows, 1 was quarantined."""
    per_village = dict(zip(QUALITY_COUNTS, (20, 20, 19, 3000, 2899, 1, 0, 100, 90, 88, 5, 4), strict=True))
    return [
        {
            **common(code, level, start, end),
            "form": form,
            **{name: villages * count for name, count in per_village.items()},
        }
        for code, level, villages in places()
        for start, end, _ in spans()[:3]
        for form in ("L10", "L11", "L12", "L16")
    ]


def _findings() -> list[Row]:
    ran: Row = {"severity": "M", "status": "ran", "tested": 10, "failed": 1, "yuan": Decimal("0.00")}
    out: Row = {"severity": "H", "status": "out_of_regime", "tested": None, "failed": None, "yuan": None}
    return [
        {
            **common(VILLAGES[0], "village", MONTHS[0], MONTHS[1]),
            "check_id": check,
            "unit_code": VILLAGES[0],
            "period": "2014-01",
            **(out if check == "AC-08" else ran),
        }
        for check in CHECKS
    ]


def _board() -> list[Row]:
    """One village's monthly report: not due, in time, late; and one that never came."""
    days = {"due_on": None, "first_received_on": None, "first_accepted_on": None, "received_on": None}
    nothing: Row = {**dict.fromkeys(FLAGS, False), **days, **dict.fromkeys(COUNTS, 0)}
    came: Row = {**nothing, "state": "accepted", "versions_received": 1, "rows_seen": 5, "accepted": 1, "non_data": 4}

    def sent(day: date) -> Row:
        return dict.fromkeys(("first_received_on", "first_accepted_on", "received_on"), day)

    january, february, march = MONTHS[:3]
    lines: list[tuple[date, date, str, Row]] = [
        (january, february, VILLAGES[0], {**came, **sent(date(2014, 3, 1))}),
        (february, march, VILLAGES[0], {**came, **sent(date(2014, 3, 5)), "is_due": True, "is_on_time": True}),
        (march, MONTHS[3], VILLAGES[0], {**came, **sent(date(2014, 4, 6)), "is_due": True, "is_late": True}),
        (january, february, VILLAGES[1], {**nothing, "state": "not_due"}),
        (february, march, VILLAGES[1], {**nothing, "state": "missing", "is_due": True}),
    ]
    return [
        {
            **common(code, "village", start, end),
            "unit_code": code,
            "form": "L16",
            **line,
            "due_on": end.replace(day=5) if line["is_due"] else None,
        }
        for start, end, code, line in lines
    ]
