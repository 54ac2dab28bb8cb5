"""Stage three, audit: the candidate files are judged as they lie, and a receipt says so.

What belongs here: the candidate as an asset, one check a table, and the gate, which alone blocks. What does not: a
rule, a threshold, or the verdict; those are in ``expectations/`` and ``orchestration/audit``.
"""

from collections.abc import Iterator

import dagster as dg

from expectations import SUITES
from orchestration.defs.resources import LedgerHome, in_stage, told_plainly
from orchestration.defs.transform import warehouse_keys
from orchestration.judge import judge_newest
from orchestration.publish.candidate import export_candidate

CANDIDATE = dg.AssetKey(["release", "candidate"])


@dg.definitions
def audit() -> dg.Definitions:
    """The candidate, and the gate in front of a release."""

    @dg.asset(
        key=CANDIDATE,
        deps=warehouse_keys(),
        group_name="audit",
        kinds={"parquet"},
        description="The files that would be published, with their hashes. 候选版本",
    )
    def candidate(ledger_home: LedgerHome) -> dg.MaterializeResult:  # type: ignore[type-arg]
        with in_stage(ledger_home, "audit") as (settings, _):
            made = export_candidate(settings)
        return dg.MaterializeResult(
            metadata={"candidate_id": made.candidate_id, "dagster/row_count": sum(made.rows.values())}
        )

    specs = [
        dg.AssetCheckSpec(
            name=table,
            asset=CANDIDATE,
            description=f"{len(suite)} rules on {table}. {table} 的 {len(suite)} 条规则。",
        )
        for table, suite in SUITES.items()
    ]
    specs.append(
        dg.AssetCheckSpec(
            name="gate",
            asset=CANDIDATE,
            blocking=True,
            description="PASS, FAIL or COULD-NOT-RUN, with a receipt bound to these very files. 发布闸门",
        )
    )

    @dg.multi_asset_check(name="gate", specs=specs)
    def gate(ledger_home: LedgerHome) -> Iterator[dg.AssetCheckResult]:
        with in_stage(ledger_home, "audit") as (settings, _):
            judgement = judge_newest(settings)
        report = dg.MetadataValue.path(str(judgement.report_file))
        for table in SUITES:
            failed = [result for result in judgement.report.failures if result.table == table]
            blocks = any(result.blocks for result in failed)
            yield dg.AssetCheckResult(
                asset_key=CANDIDATE,
                check_name=table,
                passed=not failed,
                severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
                metadata={"failed": ", ".join(result.rule_id for result in failed), "report": report},
            )
        yield dg.AssetCheckResult(
            asset_key=CANDIDATE,
            check_name="gate",
            passed=judgement.report.outcome == "PASS",
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={"outcome": judgement.report.outcome.value, "report": report, **judgement.report.counts()},
        )
        refusal = judgement.refusal()
        if refusal is not None:
            with told_plainly():
                raise refusal

    return dg.Definitions(assets=[candidate], asset_checks=[gate])
