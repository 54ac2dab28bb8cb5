"""How many objects the checks on benefits and funding look at in a faultless county, from the truth alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import polars as pl

from tests.reference.county_benefits import payments
from tests.reference.county_funding import first_office, told_years
from tests.reference.county_truth import County

_EVER = (date(1900, 1, 1), date(9999, 12, 31))
BENEFIT_CHECKS = {
    # severity, forms that make a unit a subject of the check, first and last day (exclusive) of the rule
    **{f"BC-0{number}": (severity, ("L15",), *_EVER) for number, severity in enumerate("HHHMHMM", start=1)},
    "BC-08": ("H", ("L19",), *_EVER),
    "BC-09": ("L", ("L19",), *_EVER),
}
_OF_EVERY_PAYMENT = ("BC-01", "BC-02", "BC-03", "BC-04", "BC-05", "BC-06")
_DECEMBER = 11


def benefit_objects(county: County) -> Counter[tuple[str, str, int]]:
    """``(check, unit, month) -> tested``: payments, appropriations told, and years told beside the one before."""
    found: Counter[tuple[str, str, int]] = Counter()
    sexes = dict(county["persons"].select("person", "sex").iter_rows())
    for payment in payments(county).iter_rows(named=True):
        day, unit = payment["paid_day"], f"{payment['township_code']}-fp"
        month = day.year * 12 + day.month - 1
        is_wife = sexes[payment["person"]] == "female"
        aged = payment["programme"] == "jf" or (payment["programme"] in ("tf_d", "tf_s") and is_wife)
        for check in (*_OF_EVERY_PAYMENT, *(("BC-07",) if aged else ())):
            found[check, unit, month] += 1
    years = told_years(county)
    told = county["appropriations"].filter(pl.col("year").is_in(years))
    for office, year in told.select("township_code", "year").iter_rows():
        found["BC-08", f"{office}-fp", year * 12 + _DECEMBER] += 1
    for year in years:
        found["BC-09", f"{first_office(county)}-fp", year * 12 + _DECEMBER] += 1
    return found
