"""Where the closing of a monthly report departs from the balance: the parts are ours, so they must add up."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Expectation, Rule, no_row, no_row_where

SOURCES = ("births", "deaths", "moved_in", "moved_out", "adjustment", "opening", "arithmetic")
PARTS = ("carried_part", *(f"{source}_part" for source in SOURCES))
RESIDUALS = Table(
    name="mart_population_residuals",
    title_zh="平衡差额分解表",
    title_en="Population residuals",
    columns=(*COMMON_COLUMNS, "pop_concept", "residual", *PARTS, "villages_off", "likely_source"),
    key=(*COMMON_KEY, "pop_concept"),
    not_null=("period_end", "residual", *PARTS, "villages_off", "likely_source"),
    text=("division_level", "period_type", "pop_concept", "likely_source"),
    may_be_empty=True,
)

RESIDUAL_RULES: tuple[Rule, ...] = (
    *baseline(RESIDUALS),
    contract_rule(
        RESIDUALS,
        "adds_up_to_the_residual",
        "各部分之和等于平衡差额",
        "the parts add up to the residual",
        no_row_where(f"residual <> {' + '.join(PARTS)}"),
    ),
    contract_rule(
        RESIDUALS,
        "is_the_residual_of_the_balance",
        "差额与人口平衡表(报告口径)一致",
        "the residual is that of the balance on the reported basis",
        no_row(
            "select 1 from {batch} as parts join mart_population_balance as balance "
            "using (division_code, division_level, period_type, period_start, pop_concept) "
            "where balance.basis = 'reported' and balance.residual is distinct from parts.residual"
        ),
    ),
    contract_rule(
        RESIDUALS,
        "names_a_known_source",
        "差额来源只取约定各项",
        "the likely source is one of those agreed",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "likely_source", "value_set": [*SOURCES, "none"]}),
    ),
)
