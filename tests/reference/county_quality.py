"""What a faultless synthetic county's marts must say of its reports and checks, computed from the truth alone.

Only what the truth decides: how many title, total and signature rows a clerk puts on a sheet, how many fields and
numbers it has, is not among it.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from tests.reference.county_benefit_checks import BENEFIT_CHECKS, benefit_objects
from tests.reference.county_checks import (
    births_told_after_their_year,
    later_births_of_a_mother,
    listed_who_are_reported_dead,
    reported_figures,
)
from tests.reference.county_fee_checks import FEE_CHECKS, FEE_PAGES_DECIDE, fee_objects
from tests.reference.county_leading import leading_reports
from tests.reference.county_money import offices
from tests.reference.county_service_books import service_log_rows, supply_rows
from tests.reference.county_truth import LEVELS, County, first_day, village_stocks

VILLAGE_FORMS = ("L01", "L02", "L03", "L04", "L05", "L06", "L07", "L16")
TOTALLED_FORMS = ("L10", "L11", "L12")
# An office sends these every month, and others when there is something to tell.
OFFICE_FORMS = (*TOTALLED_FORMS, "L08", "L09", "L13", "L14")
NEVER_DUE = ("L09", "L15", "L17", "L18", "L19", "L20", "L21")
ROSTER_MONTHS = (1, 10)
PAGES_DECIDE = ("SC-02", "SC-09", "SC-13", *FEE_PAGES_DECIDE)
LAYOUT_COLUMNS = ("rows_seen", "non_data", "fields_expected", "fields_filled", "ids_present", "ids_valid")
CHECKS = {
    # severity, forms that make a unit a subject of the check, first and last day (exclusive) of the rule
    "SC-01": ("M", ("L16",), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-02": ("H", ("L01", "L02", "L03", "L05", "L07", "L16", *TOTALLED_FORMS), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-06": ("L", ("L16",), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-07": ("M", ("L02",), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-09": ("H", TOTALLED_FORMS, date(1900, 1, 1), date(9999, 12, 31)),
    "SC-10": ("L", (*VILLAGE_FORMS, *OFFICE_FORMS), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-11": ("M", ("L01",), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-12": ("M", ("L02",), date(1900, 1, 1), date(9999, 12, 31)),
    "SC-13": ("M", ("L05",), date(1900, 1, 1), date(9999, 12, 31)),
    **FEE_CHECKS,
    **BENEFIT_CHECKS,
}


def reports(county: County) -> pl.DataFrame:
    """(division_code, division_level, form, month, start, end, due, accepted): one row a report that comes in.

    A unit is due from the month after its first report of a form; rosters are due for January and October.
    """
    sent = pl.concat([_village_reports(county), office_reports(county)])
    first = pl.col("month").min().over("unit", "form")
    is_roster_month = (pl.col("month") % 12 + 1).is_in(ROSTER_MONTHS)
    due = (pl.col("month") > first) & ((pl.col("form") != "L01") | is_roster_month)
    due &= ~pl.col("form").is_in(NEVER_DUE)
    return sent.with_columns(due=due.cast(pl.Int64)).join(county.months.drop("days"), on="month")


def _village_reports(county: County) -> pl.DataFrame:
    spine = county.village_months.join(county["villages"].select("village", unit="division_code"), on="village")
    parts = []
    for form in (form for form in VILLAGE_FORMS if form in county.forms):
        kept = spine
        if form == "L01":
            kept = spine.filter((pl.col("month") % 12 + 1).is_in(ROSTER_MONTHS) | (pl.col("month") == county.start))
        rows = _rows_of(county, form)
        parts.append(
            kept.join(rows, on=["village", "month"], how="left")
            .with_columns(pl.col("accepted").fill_null(0))
            .select("unit", "month", "accepted", form=pl.lit(form))
        )
    return pl.concat(parts)


def _rows_of(county: County, form: str) -> pl.DataFrame:
    """(village, month, accepted): data rows of a village's sheet."""
    kinds = {"L02": ["birth"], "L03": ["death"], "L04": ["marriage", "divorce"], "L05": ["move_in", "move_out"]}
    if form in ("L07", "L16"):
        return county.village_months.select("village", "month", accepted=pl.lit(1, pl.Int64))
    if form == "L01":
        stocks = village_stocks(county).filter(pl.col("basis") == "reported")
        return stocks.select("village", "month", accepted="closing")
    if form == "L06":
        return _stays(county)
    events = county.told.filter(pl.col("kind").is_in(kinds[form]))
    return events.group_by("village", month=pl.col("reported_month").cast(pl.Int64)).agg(
        accepted=pl.len().cast(pl.Int64)
    )


def _stays(county: County) -> pl.DataFrame:
    """(village, month, accepted): people away from home on the last day, at the village that keeps the book by then."""
    taken_over = sorted(county["lineage"].select("effective_day", "old_village", "new_village").iter_rows())
    parts = []
    for month, end in county.months.select("month", "end").iter_rows():
        heirs = {village: village for village in county["villages"]["village"]}
        for day, old, new in taken_over:
            if day < end:
                heirs = {village: new if heir == old else heir for village, heir in heirs.items()}
        present = county["floats"].filter(pl.col("from_day") < end, pl.col("to_day") >= end, pl.col("village") >= 0)
        kept = present.select(pl.col("village").replace(heirs))
        parts.append(kept.group_by("village", month=pl.lit(month, pl.Int64)).agg(accepted=pl.len().cast(pl.Int64)))
    return pl.concat(parts)


def office_reports(county: County) -> pl.DataFrame:
    rows = [
        (f"{office}-fp", number, form)
        for office in offices(county)
        for number in range(county.start, county.last + 1)
        for form in OFFICE_FORMS
        if form in county.forms
    ]
    spine = pl.DataFrame(rows, schema={"unit": pl.String, "month": pl.Int64, "form": pl.String}, orient="row")
    dated = {"L10": ("services", "day"), "L12": ("fee_receipts", "day"), "L14": ("treasury", "day")}
    counted = [_by_office(county, county[table], form, day) for form, (table, day) in dated.items()]
    counted += [_batches(county), service_log_rows(county), supply_rows(county)]
    monthly = spine.join(pl.concat(counted), on=["unit", "month", "form"], how="left")
    sent = [monthly.select("unit", "month", pl.col("accepted").fill_null(0), "form")]
    sent += [rows.select(sent[0].columns) for rows in leading_reports(county)]
    if "L15" in county.forms:
        sent.append(_by_office(county, county["benefits"], "L15", "paid_day").select(sent[0].columns))
    if "L21" in county.forms:
        codes = county["villages"].select("township_code", new_village="village")
        changes = county["lineage"].join(codes, on="new_village")
        sent.append(_by_office(county, changes, "L21", "effective_day").select(sent[0].columns))
    return pl.concat(sent)


def _batches(county: County) -> pl.DataFrame:
    """(unit, month, accepted, form) of L13: batches held at a month's end, and those emptied in the month."""
    batches = county["receipt_stock"].select("township_code", "drawn_day", "cleared_day").rows()
    rows = []
    for number in range(county.start, county.last + 1):
        begins, ends = first_day(number), first_day(number + 1)
        held = [office for office, drawn, cleared in batches if drawn < ends and not (cleared and cleared < begins)]
        rows += [(f"{office}-fp", number, held.count(office), "L13") for office in sorted(set(held))]
    schema = {"unit": pl.String, "month": pl.Int64, "accepted": pl.Int64, "form": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _by_office(county: County, rows: pl.DataFrame, form: str, day: str) -> pl.DataFrame:
    month = pl.col(day).dt.year().cast(pl.Int64) * 12 + pl.col(day).dt.month().cast(pl.Int64) - 1
    return (
        rows.group_by(unit=pl.col("township_code") + "-fp", month=month)
        .agg(accepted=pl.len().cast(pl.Int64))
        .with_columns(form=pl.lit(form))
        .filter(pl.col("month").is_between(county.start, county.last))
    )


def ledger_quality(county: County) -> pl.DataFrame:
    """``mart_ledger_quality`` without ``LAYOUT_COLUMNS``; rows of L11 are as many as the clerk lists, so NULL."""
    above = county.divisions.select("division_code", "division_level", "village").join(
        county["villages"].select("village", unit="division_code"), on="village"
    )
    own = pl.concat(
        [
            above.select("unit", "division_code", "division_level"),
            *(
                pl.DataFrame({"unit": [f"{office}-fp"], "division_code": [code], "division_level": [level]})
                for office in offices(county)
                for level, code in zip(LEVELS[1:], (office, f"{office[:6]}000000"), strict=True)
            ),
        ]
    )
    return (
        reports(county)
        .join(own, on="unit")
        .group_by("division_code", "division_level", "form", "start", "end")
        .agg(
            pl.col("due").sum(),
            received=pl.col("due").sum(),
            on_time=pl.col("due").sum(),
            accepted=pl.col("accepted").sum(),
        )
        .select(
            "division_code",
            "division_level",
            period_type=pl.lit("month"),
            period_start="start",
            period_end="end",
            form="form",
            due="due",
            received="received",
            on_time="on_time",
            accepted=pl.when(pl.col("form") != "L11").then("accepted"),
            quarantined=pl.lit(0),
            duplicate=pl.lit(0),
        )
    )


def findings(county: County) -> pl.DataFrame:
    """``mart_findings`` of a faultless county; what ``PAGES_DECIDE`` look at depends on what clerks print, so NULL."""
    sent = reports(county)
    tested = _tested(county, sent)
    units = sent.select("unit", "form").unique()
    rows = []
    for check, (severity, forms, begins, ends) in CHECKS.items():
        for unit in sorted(set(units.filter(pl.col("form").is_in(forms))["unit"].to_list())):
            for number in range(county.start, county.last + 1):
                count = tested.get((check, unit, number), 0)
                in_force = first_day(number) < ends and first_day(number + 1) > begins
                unknown = check in PAGES_DECIDE
                ran = count > 0
                rows.append(
                    {
                        "division_code": unit[:12],
                        "division_level": "township" if unit.endswith("-fp") else "village",
                        "period_type": "month",
                        "period_start": first_day(number),
                        "period_end": first_day(number + 1),
                        "check_id": check,
                        "unit_code": unit,
                        "period": f"{first_day(number):%Y-%m}",
                        "severity": severity,
                        "status": None if unknown else "ran" if ran else "no_data" if in_force else "out_of_regime",
                        "tested": None if unknown or not ran else count,
                        "failed": None if unknown or not ran else 0,
                        "yuan": None if unknown or not ran else 0,
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def _tested(county: County, sent: pl.DataFrame) -> dict[tuple[str, str, int], int]:
    """How many objects each check looks at, by unit and month."""
    found: dict[tuple[str, str, int], int] = {}
    reporting = list(sent.filter(pl.col("form") == "L16").select("unit", "month").iter_rows())
    rosters = sent.filter(pl.col("form") == "L01")["month"].unique().sort().to_list()
    for check, counts in (
        ("SC-01", reported_figures(reporting)),
        ("SC-07", births_told_after_their_year(county)),
        ("SC-11", listed_who_are_reported_dead(county, rosters)),
        ("SC-12", later_births_of_a_mother(county)),
    ):
        found |= {(check, unit, month): count for (unit, month), count in counts.items()}
    for unit, month, due in sent.group_by("unit", "month").agg(pl.col("due").sum()).iter_rows():
        found["SC-10", unit, month] = due
    found |= fee_objects(county) | benefit_objects(county)
    return found
