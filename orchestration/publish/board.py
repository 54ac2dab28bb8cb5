"""The submission board as it stands: of the newest candidate, be it published or refused, else of the release."""

from __future__ import annotations

import polars as pl

from orchestration.errors import UsageError
from orchestration.publish.candidate import newest_candidate
from orchestration.publish.release import current_release
from orchestration.settings import Settings

TABLE = "mart_submission_board.parquet"


def read_board(settings: Settings) -> pl.DataFrame:
    """The mart ``mart_submission_board`` with ``period`` (YYYY-MM) beside it.

    Raises:
        UsageError: no run has built one yet.
    """
    candidate, release = newest_candidate(settings), current_release(settings)
    places = [candidate / "marts"] if candidate else []
    places += [release.folder / "office" / "marts"] if release else []
    found = next((place / TABLE for place in places if (place / TABLE).is_file()), None)
    if found is None:
        raise UsageError(
            "There is no submission board yet.",
            "尚无报送一览表。",
            address=str(settings.candidates),
            remedy_en="Build it: taizhang run",
            remedy_zh="请先运行:taizhang run",
        )
    board = pl.read_parquet(found).with_columns(pl.col("period_start").dt.strftime("%Y-%m").alias("period"))
    return board.sort("unit_code", "form", "period")
