"""The Dagster entry point: everything under ``defs/``, loaded when asked and not before."""

from pathlib import Path

import dagster as dg


@dg.definitions
def definitions() -> dg.Definitions:
    """All assets, checks, jobs, schedules and sensors of the product."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent / "defs")
