"""The indicators of services of a faultless synthetic county, from its truth alone; the target rate is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from tests.reference.county_indicators import cell, quality_of
from tests.reference.county_money import county_code, offices, service_coverage, spans
from tests.reference.county_services import GAP, contacts, due, logged_in, reached, vital_figures
from tests.reference.county_truth import County, first_day
from tests.reference.indicator_catalogue import ALL, YEARS, Indicator, Row, Where

_ABOVE: Where = {"township": ALL[1:], "county": ALL[1:]}
_COUNTY: Where = {"county": ALL[1:]}
_CIVIL: Where = {"county": ("quarter", "half", "year")}
_YEARS: Where = {"county": YEARS}


def _share(
    code: str, above: str, below: str, where: Where, method: str = "proportion", small: str = "SN3"
) -> Indicator:
    return Indicator(
        code, lambda row: row[above], lambda row: row[below], 100, "percent", method, small, "services", where
    )


def _count(code: str, unit: str) -> Indicator:
    return Indicator(code, lambda row: row[code], None, 1, unit, "count", "SN1", "services", _ABOVE)


AMONG_REGISTERED = (
    _share("premarital_exam_rate", "premarital_check", "couples_wed", _COUNTY),
    _share("anc_coverage_1", "reached_1", "births_occ", _COUNTY),
    _share("anc_coverage_5", "reached_5", "births_occ", _COUNTY),
    _share("postnatal_visit_rate", "visited", "births_occ", _COUNTY),
)
AMONG_ALL = (
    _share("down_screen_rate", "down_screening", "booked", _COUNTY),
    _share("folic_coverage", "folic_acid", "folic_target", _CIVIL, method="ratio"),
    _share("preconception_followup_early", "early_done", "early_due", _YEARS),
    _share("preconception_followup_outcome", "outcome_done", "outcome_due", _YEARS),
    _share("followup_rate", "in_window", "due", _ABOVE),
    _share("informed_choice_rate", "consented", "procedures", _YEARS),
    _share("contraceptive_stock_error", "difference", "book", _ABOVE, method="ratio", small="SN0"),
    _count("served_persons", "persons"),
    _count("service_contacts", "contacts"),
)
SERVICE_CODES = tuple(indicator.code for indicator in (*AMONG_REGISTERED, *AMONG_ALL))


def service_indicators(county: County) -> pl.DataFrame:
    """``mart_indicators`` of ``SERVICE_CODES``."""
    quality = quality_of(county)
    rows = []
    for figure in _figures(county):
        for known, concept in ((AMONG_REGISTERED, "hukou"), (AMONG_ALL, "none")):
            for indicator in known:
                above, below = indicator.numerator(figure), indicator.denominator and indicator.denominator(figure)
                is_shown = figure["period_type"] in indicator.where.get(figure["division_level"], ())
                if is_shown and (above is not None or below is not None):
                    rows += [_possible(indicator, row) for row in cell(indicator, figure, concept, quality)]
    schema = {"numerator": pl.Decimal(18, 2), "denominator": pl.Decimal(18, 2)}
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides=schema)


def _possible(indicator: Indicator, row: Row) -> Row:
    """A part that exceeds its whole is no share: the pair stays, the value goes."""
    above, below = row["numerator"], row["denominator"]
    if indicator.method == "proportion" and above is not None and below and above > below:
        gone = dict.fromkeys(("value", "ci_low", "ci_high"))
        return row | gone | {"status": "missing", "status_reason": "exceeds_whole"}
    return row


def _figures(county: County) -> Iterator[Row]:
    vital, campaigns = vital_figures(county), _campaigns(county)
    for division in (*offices(county), county_code(county)):
        log = logged_in(county, division)
        registered = {row["client"] for row in log if row["resident_type"] == "hukou"}
        for kind, calendar, begin, end in spans(county):
            own = {name: [row for row in log if row["service_code"] == name] for name in
                   ("antenatal_booking", "postnatal_visit", "early_followup", "outcome_followup")}  # fmt: skip
            visited = {client for _, client, _, _ in contacts(own["postnatal_visit"], begin, end)}
            given = contacts(log, begin, end)
            whole = due(log, begin, end)
            # Before the log is as old as the gap, a first visit may be a later one.
            is_old = begin >= first_day(county.start) + GAP
            first, fifth = reached(log, begin, end) if is_old else (None, None)
            place = (division, kind, begin)
            yield {
                "division_code": division,
                "division_level": "county" if division.endswith("000000") else "township",
                "period_type": kind,
                "period_start": begin,
                "period_end": end,
                **vital[place],
                **campaigns[place],
                "folic_target": campaigns[place]["folic_target"] if calendar == "civil" else None,
                "reached_1": first,
                "reached_5": fifth,
                "visited": len(visited & registered),
                "booked": len({client for _, client, _, _ in contacts(own["antenatal_booking"], begin, end)}),
                **{f"early_{name}": count for name, count in due(own["early_followup"], begin, end).items()},
                **{f"outcome_{name}": count for name, count in due(own["outcome_followup"], begin, end).items()},
                "due": whole["due"],
                "in_window": whole["done_in_window"],
                "served_persons": len({client for _, client, _, _ in given}),
                "service_contacts": len(given),
                **_stock(county, division, end),
                **_procedures(county, division, begin, end),
            }


def _campaigns(county: County) -> dict[tuple[str, str, object], Row]:
    found: dict[tuple[str, str, object], Row] = {}
    for row in service_coverage(county).iter_rows(named=True):
        place = found.setdefault((row["division_code"], row["period_type"], row["period_start"]), {})
        place[row["service"]] = row["served"]
        if row["service"] == "folic_acid":
            place["folic_target"] = row["target"]
    return found


def _stock(county: County, division: str, end: object) -> Row:
    """Book and difference of what was counted in the last month of a period; NULL where nothing was."""
    last = end - timedelta(days=1)  # type: ignore[operator]
    rows = _inside(county["supplies"], division, last.replace(day=1), end).filter(pl.col("counted").is_not_null())
    if rows.is_empty():
        return {"book": None, "difference": None}
    return {"book": rows["closing"].sum(), "difference": (rows["closing"] - rows["counted"]).abs().sum()}


def _procedures(county: County, division: str, begin: object, end: object) -> Row:
    rows = _inside(county["technical_services"], division, begin, end).filter(pl.col("service_code") == "operation")
    if rows.is_empty():
        return {"procedures": None, "consented": None}
    return {"procedures": rows["cases"].sum(), "consented": rows.filter("has_consent")["cases"].sum()}


def _inside(table: pl.DataFrame, division: str, begin: object, end: object) -> pl.DataFrame:
    rows = table.filter(pl.col("day") >= begin, pl.col("day") < end)
    return rows if division.endswith("000000") else rows.filter(pl.col("township_code") == division)
