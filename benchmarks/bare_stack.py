"""The frozen yardstick of fixed cost: what the libraries alone need for one small run.

One process imports dagster, dbt, Great Expectations and polars, reads every sample workbook with bare calamine, and
lets a bare dbtRunner build the project once over a lake that is already there. Do not improve this file: budgets are
ratios against it.

    python -m benchmarks.bare_stack LANDING HOME
"""

from __future__ import annotations

import sys
from pathlib import Path

from orchestration.settings import DBT_PROJECT_DIR, Settings, dbt_environment
from orchestration.transform.lake_views import show_lake


def main(landing: Path, home: Path) -> None:
    """Import, read, build. ``home`` is a home folder whose lake is filled; its warehouse is overwritten."""
    import dagster  # noqa: F401
    import dagster_dbt  # noqa: F401
    import great_expectations  # noqa: F401
    import polars  # noqa: F401
    from dbt.cli.main import dbtRunner
    from python_calamine import CalamineWorkbook

    for path in landing.rglob("*.xlsx"):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    settings = Settings(home=home)
    settings.warehouse_file.unlink(missing_ok=True)
    show_lake(settings)
    places = ["--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)]
    target = home / "run" / "bare"
    with dbt_environment(settings):
        outcome = dbtRunner().invoke(
            [
                "build",
                *places,
                "--target-path",
                str(target),
                "--log-path",
                str(target),
                "--quiet",
                "--exclude-resource-type",
                "unit_test",
            ]
        )
    if not outcome.success:
        sys.exit("the bare build failed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
