"""Stage four, publish: a candidate with a passing receipt becomes the release that readers see.

What belongs here: one asset and its freshness. What does not: trust in Dagster's order of steps; the door itself asks
for the receipt.
"""

from datetime import timedelta

import dagster as dg

from orchestration.defs.audit import CANDIDATE
from orchestration.defs.resources import LedgerHome, in_stage
from orchestration.judge import publish_newest

# Ledgers are due on the 5th and the release is built on the 6th and again on the 11th: by noon of the 11th the
# month's release must stand.
BY_REPORTING_CALENDAR = dg.FreshnessPolicy.cron(
    deadline_cron="0 12 11 * *", lower_bound_delta=timedelta(days=5, hours=6), timezone="Asia/Shanghai"
)


@dg.definitions
def publish() -> dg.Definitions:
    """The published release."""

    @dg.asset(
        key=dg.AssetKey(["release", "published"]),
        deps=[CANDIDATE],
        group_name="publish",
        freshness_policy=BY_REPORTING_CALENDAR,
        kinds={"parquet", "duckdb"},
        description="The release that releases/current names: marts, report, manifest. 正式发布版本",
    )
    def published(ledger_home: LedgerHome) -> dg.MaterializeResult:  # type: ignore[type-arg]
        with in_stage(ledger_home, "publish") as (settings, _):
            release = publish_newest(settings)
        report = release.folder / "office" / "validation" / "report.html"
        return dg.MaterializeResult(
            metadata={
                "release_id": release.release_id,
                "dagster/row_count": sum(release.manifest["rows"].values()),
                "report": dg.MetadataValue.path(str(report)),
            }
        )

    return dg.Definitions(assets=[published])
