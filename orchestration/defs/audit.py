"""Stage three, audit: the candidate files are judged as they lie, and a receipt says so.

What belongs here: the candidate as an asset and one blocking check a rule. What does not: a rule, a threshold, or the
verdict; those are in ``expectations/`` and ``orchestration/audit``.
"""

from collections.abc import Iterator

import dagster as dg

from expectations import SUITES
from orchestration.defs.resources import LedgerHome, told_plainly
from orchestration.defs.transform import warehouse_keys
from orchestration.judge import judge_newest
from orchestration.publish.candidate import export_candidate

CANDIDATE = dg.AssetKey(["release", "candidate"])
SEVERITY = {
    "critical": dg.AssetCheckSeverity.ERROR,
    "warning": dg.AssetCheckSeverity.WARN,
    "info": dg.AssetCheckSeverity.WARN,
}


def check_name(rule_id: str) -> str:
    """A rule's id as Dagster allows it in a name."""
    return rule_id.replace(".", "__")


@dg.definitions
def audit() -> dg.Definitions:
    """The candidate, and the gate in front of a release."""

    @dg.asset(
        key=CANDIDATE,
        deps=warehouse_keys(),
        group_name="audit",
        pool="home",
        kinds={"parquet"},
        description="The files that would be published, with their hashes. 候选版本",
    )
    def candidate(ledger_home: LedgerHome) -> dg.MaterializeResult:  # type: ignore[type-arg]
        with told_plainly():
            made = export_candidate(ledger_home.settings())
        return dg.MaterializeResult(
            metadata={"candidate_id": made.candidate_id, "dagster/row_count": sum(made.rows.values())}
        )

    rules = {rule.id: rule for suite in SUITES.values() for rule in suite}
    specs = [
        dg.AssetCheckSpec(
            name=check_name(rule.id),
            asset=CANDIDATE,
            description=f"{rule.sentence_en} {rule.sentence_zh}",
        )
        for rule in rules.values()
    ]
    specs.append(
        dg.AssetCheckSpec(
            name="gate",
            asset=CANDIDATE,
            blocking=True,
            description="PASS, FAIL or COULD-NOT-RUN, with a receipt bound to these very files. 发布闸门",
        )
    )

    @dg.multi_asset_check(name="gate", specs=specs, pool="home")
    def gate(ledger_home: LedgerHome) -> Iterator[dg.AssetCheckResult]:
        with told_plainly():
            judgement = judge_newest(ledger_home.settings())
        for result in judgement.report.results:
            if result.rule_id in rules:
                yield dg.AssetCheckResult(
                    asset_key=CANDIDATE,
                    check_name=check_name(result.rule_id),
                    passed=result.outcome == "PASS",
                    severity=SEVERITY[result.severity],
                    metadata={
                        "rows_checked": result.rows_checked or 0,
                        "rows_failed": result.rows_failed or 0,
                        "waived": result.waiver is not None,
                    },
                )
        yield dg.AssetCheckResult(
            asset_key=CANDIDATE,
            check_name="gate",
            passed=judgement.report.outcome == "PASS",
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={
                "outcome": judgement.report.outcome.value,
                "report": dg.MetadataValue.path(str(judgement.report_file)),
            },
        )
        refusal = judgement.refusal()
        if refusal is not None:
            with told_plainly():
                raise refusal

    return dg.Definitions(assets=[candidate], asset_checks=[gate])
