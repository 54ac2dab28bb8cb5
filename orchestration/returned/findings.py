"""Which refusals are still open: those of files that nothing newer has answered."""

from __future__ import annotations

import polars as pl

from orchestration.ingest.register import read_quarantine
from orchestration.ingest.versions import KEY, versions
from orchestration.settings import Settings

# What these say is done already; nobody has to mend anything.
_NOTHING_TO_DO = ("file.repeated", "sheet.read_differently")
_ADDRESS = ("file_sha256", "file_path", "sheet_no", "row_no", "cell", "column_name", "kind", "rule_id", "unit_code")


def open_findings(settings: Settings, register: pl.DataFrame) -> pl.DataFrame:
    """The quarantine without what is mended, each finding once, in the order of files and addresses.

    A finding is closed when a later version of its unit, form and month is in force. The same bytes received at
    several places are told of at the place of which most is said.
    """
    found = read_quarantine(settings).filter(~pl.col("rule_id").is_in(_NOTHING_TO_DO))
    if settings.as_of is not None:
        known = register.filter(pl.col("received_on") <= settings.as_of)
        found = found.join(known, on=["file_sha256", "file_path"], how="semi")
    known_versions = versions(register, settings.as_of)
    numbers = known_versions.select("submission_id", "version_no")
    in_force = known_versions.filter("is_current").select(*KEY, pl.col("version_no").alias("in_force"))
    still = (
        found.unique(_ADDRESS, maintain_order=True, keep="first")
        .join(numbers, on="submission_id", how="left", maintain_order="left")
        .join(in_force, on=KEY, how="left", maintain_order="left")
        .filter(((pl.col("version_no") < pl.col("in_force")) == True).fill_null(value=False).not_())  # noqa: E712
    )
    return _once(still.drop("version_no", "in_force"))


def _once(found: pl.DataFrame) -> pl.DataFrame:
    links = found.filter(pl.col("file_sha256") == "")
    files = found.filter(pl.col("file_sha256") != "")
    places = (
        files.group_by("file_sha256", "file_path")
        .len()
        .sort("file_sha256", "len", "file_path", descending=[False, True, False])
        .unique("file_sha256", keep="first", maintain_order=True)
    )
    files = files.join(places, on=["file_sha256", "file_path"], how="semi")
    return pl.concat([links, files]).sort("file_path", "sheet_no", "row_no", "cell", "rule_id", nulls_last=False)
