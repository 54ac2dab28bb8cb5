"""Is this release fit to publish? The answer, as values: a table's name and the rules it must keep.

Nothing here reads a file or knows a bound. A rule is added in the module of its subject, a table in ``SUITES``.
"""

from __future__ import annotations

from collections.abc import Mapping

from expectations.benefits import BENEFITS, BENEFITS_RULES
from expectations.board import BOARD, BOARD_RULES
from expectations.fee_books import ARREARS, ARREARS_RULES, COHORT_RULES, COHORTS, STATES, STATES_RULES
from expectations.fee_collection import FEE, FEE_RULES
from expectations.funding import FUNDING, FUNDING_RULES
from expectations.ledgers import (
    FAILING_ROW_RULES,
    FAILING_ROWS,
    FEE_UNIT_RULES,
    FEE_UNITS,
    INTAKE_RULES,
    RECONCILIATION,
    RECONCILIATION_RULES,
)
from expectations.migration import (
    AS_IS,
    AS_IS_RULES,
    FLOATING,
    FLOATING_RULES,
    FLOWS,
    FLOWS_RULES,
    MIGRATION,
    MIGRATION_RULES,
)
from expectations.population import BALANCE, BALANCE_RULES, VITAL, VITAL_RULES
from expectations.quality import FINDINGS, FINDINGS_RULES, QUALITY, QUALITY_RULES
from expectations.residuals import RESIDUAL_RULES, RESIDUALS
from expectations.rules import Rule
from expectations.service_coverage import SERVICE, SERVICE_RULES
from expectations.shared import DIMENSION_RULES, DIVISION, DIVISION_RULES, INDICATOR_RULES, INDICATORS
from expectations.structure import STRUCTURE, STRUCTURE_RULES
from expectations.supervision import (
    DISCLOSURE,
    DISCLOSURE_RULES,
    INSPECTION_RULES,
    INSPECTIONS,
    TARGET_BOARD,
    TARGET_BOARD_RULES,
    TARGET_RULES,
    TARGETS,
)
from expectations.treasury import THREE_WAY, THREE_WAY_RULES, TREASURY, TREASURY_RULES

SUITES: Mapping[str, tuple[Rule, ...]] = {
    QUALITY.name: (*INTAKE_RULES, *QUALITY_RULES),
    FEE_UNITS.name: FEE_UNIT_RULES,
    BALANCE.name: BALANCE_RULES,
    RESIDUALS.name: RESIDUAL_RULES,
    STRUCTURE.name: STRUCTURE_RULES,
    VITAL.name: VITAL_RULES,
    MIGRATION.name: MIGRATION_RULES,
    FLOWS.name: FLOWS_RULES,
    FLOATING.name: FLOATING_RULES,
    AS_IS.name: AS_IS_RULES,
    FEE.name: FEE_RULES,
    COHORTS.name: COHORT_RULES,
    ARREARS.name: ARREARS_RULES,
    STATES.name: STATES_RULES,
    TREASURY.name: TREASURY_RULES,
    THREE_WAY.name: THREE_WAY_RULES,
    SERVICE.name: SERVICE_RULES,
    BENEFITS.name: BENEFITS_RULES,
    FUNDING.name: FUNDING_RULES,
    TARGETS.name: TARGET_RULES,
    TARGET_BOARD.name: TARGET_BOARD_RULES,
    INSPECTIONS.name: INSPECTION_RULES,
    DISCLOSURE.name: DISCLOSURE_RULES,
    INDICATORS.name: INDICATOR_RULES,
    FINDINGS.name: FINDINGS_RULES,
    BOARD.name: BOARD_RULES,
    DIVISION.name: DIVISION_RULES,
    **DIMENSION_RULES,
    RECONCILIATION.name: RECONCILIATION_RULES,
    FAILING_ROWS.name: FAILING_ROW_RULES,
}

__all__ = ["SUITES", "Rule"]
