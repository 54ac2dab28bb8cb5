"""The board of reports due of a faultless county, from its truth alone."""

from __future__ import annotations

import polars as pl

from tests.reference.county_quality import VILLAGE_FORMS, office_reports, reports
from tests.reference.county_truth import County

BOARD_DAYS = ("first_received_on", "first_accepted_on", "received_on")


def submission_board(county: County) -> pl.DataFrame:
    """``mart_submission_board`` without ``BOARD_DAYS``, which the clerks decide, and the rows of title and signature.

    Every unit has a line for each of its forms in each month in which it exists; a village's roster is not due, and
    does not come, but in January and October. Rows of L11 are as many as the clerk lists, so NULL.
    """
    villages = county.village_months.join(county["villages"].select("village", unit="division_code"), on="village")
    spine = pl.concat(
        [villages.select("unit", "month", form=pl.lit(form)) for form in VILLAGE_FORMS if form in county.forms]
        + [office_reports(county).select("unit", "month", "form")]
    ).join(county.months.drop("days"), on="month")
    came = reports(county).select("unit", "form", "month", "due", rows="accepted", came=pl.lit(value=True))
    told = spine.join(came, on=["unit", "form", "month"], how="left", validate="1:1").with_columns(
        pl.col("came").fill_null(value=False), pl.col("rows", "due").fill_null(0)
    )
    is_due, is_known = pl.col("due") == 1, pl.col("form") != "L11"
    return told.select(
        pl.col("unit").str.slice(0, 12).alias("division_code"),
        division_level=pl.when(pl.col("unit").str.ends_with("-fp"))
        .then(pl.lit("township"))
        .otherwise(pl.lit("village")),
        period_type=pl.lit("month"),
        period_start="start",
        period_end="end",
        unit_code="unit",
        form="form",
        state=pl.when("came").then(pl.lit("accepted")).otherwise(pl.lit("not_due")),
        is_due=is_due,
        is_on_time=is_due,
        is_late=pl.lit(value=False),
        is_overdue=pl.lit(value=False),
        is_zero=pl.when(is_known).then(pl.col("came") & (pl.col("rows") == 0)),
        is_waiting=pl.lit(value=False),
        due_on=pl.when(is_due).then(pl.col("end").dt.offset_by("4d")),
        versions_received=pl.col("came").cast(pl.Int64),
        versions_refused=pl.lit(0),
        accepted=pl.when(is_known).then("rows"),
        quarantined=pl.lit(0),
        duplicate=pl.lit(0),
    )
