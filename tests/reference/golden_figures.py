"""Figures that statistics offices published, and what they are made of; each rounds to what was printed.

E-01 NBS communiqué of 2018 (2019-02-28) with the end of 2017; E-02 Taizhou (Zhejiang) communiqué of 2010; E-03 Pinghu
2021; E-04 Qingdao 2009; E-05 Fuzhou, reporting year 2010; E-06 Henglan town, first half of 2010; E-07 Taiwan, first
quarter of 2013; G-03, G-08, G-09, G-13 the press reports of one county.
"""

from __future__ import annotations

from datetime import date
from typing import Any

COUNTY = "331099000000"
Row = dict[str, Any]

YEAR = {
    "division_code": COUNTY, "division_level": "county", "period_type": "year", "period_start": date(2018, 1, 1),
    "period_end": date(2019, 1, 1), "calendar": "civil", "days_in_year": 365,
}  # fmt: skip


def figures(opening: int, closing: int, births: int, deaths: int, *, days: int = 365, **more: Any) -> Row:
    """A row of sums of a year, or of ``days`` of it, of the product's ``int_vital_periods``."""
    base = {"births_occ": births, "deaths": deaths, "opening": opening, "closing": closing}
    return YEAR | base | {"person_days_x2": (opening + closing) * days} | more


def measures(period_type: str = "year", **values: float) -> list[Row]:
    """Measures of the county, one row each."""
    place = {name: value for name, value in YEAR.items() if name != "days_in_year"} | {"period_type": period_type}
    return [place | {"measure": name, "pop_concept": "hukou", "value": value} for name, value in values.items()]


# What is given, and what was printed of it by indicator.
PUBLISHED: dict[str, tuple[Row, dict[str, str]]] = {
    "E-01 NBS 2018": (
        figures(1_390_080_000, 1_395_380_000, 15_230_000, 9_930_000),
        {"cbr": "10.94", "cbr_cumulated": "10.94", "cdr": "7.13", "ngr": "3.81"},
    ),
    # Printed in ten thousands: births of 72,850 to 72,950 stand as 7.29.
    "E-02 Taizhou 2010": (
        figures(5_784_700, 5_831_400, 72_850, 36_700),
        {"cbr": "12.5", "cdr": "6.3", "ngr": "6.2"},
    ),
    "E-05 Fuzhou 2010, on the population at the end": (figures(6_113_426, 6_113_426, 57_623, 0), {"cbr": "9.43"}),
    "E-05 Fuzhou 2010, on the census": (figures(7_115_370, 7_115_370, 57_623, 0), {"cbr": "8.10"}),
    "E-06 Henglan 2010, not annualised": (
        figures(57_558, 57_634, 436, 137, days=181, period_type="half", period_end=date(2018, 7, 1)),
        {"cbr_cumulated": "7.57"},
    ),
    "M2 a population that shrank": (figures(5000, 4000, 60, 0), {"cbr": "13.3", "cbr_cumulated": "13.3"}),
}
