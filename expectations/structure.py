"""Who the people are: groups by sex and age that together are the stock of the balance."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.rules import Expectation, Rule, no_row, no_row_where

STRUCTURE = Table(
    name="mart_population_structure",
    title_zh="人口年龄性别构成表",
    title_en="Population structure",
    columns=(*COMMON_COLUMNS, "pop_concept", "sex", "age_group", "persons"),
    key=(*COMMON_KEY, "pop_concept", "sex", "age_group"),
    not_null=("period_end", "persons"),
    text=("division_level", "period_type", "pop_concept", "sex", "age_group"),
    may_be_empty=True,
)

STRUCTURE_RULES: tuple[Rule, ...] = (
    *baseline(STRUCTURE),
    contract_rule(
        STRUCTURE,
        "stays_at_township_level_and_above",
        "只到乡镇级及以上、按整年给出",
        "stays at township level and above, and at whole years",
        no_row_where("division_level = 'village' or period_type not in ('year', 'fp_year')"),
    ),
    contract_rule(
        STRUCTURE,
        "has_known_sexes",
        "性别只有男、女与不明",
        "the sex is male, female or unknown",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "sex", "value_set": ["male", "female", "unknown"]}),
    ),
    contract_rule(
        STRUCTURE,
        "adds_up_to_the_population_balance",
        "各性别年龄组(含不明)合计等于人口平衡表(发生口径)期末人口",
        "all groups together, unknown ones included, are the closing of the balance on the occurred basis",
        no_row(
            "select 1 from (select division_code, period_type, period_end, pop_concept, sum(persons) as persons "
            "from {batch} group by all) as whole join mart_population_balance as balance "
            "using (division_code, period_end, pop_concept) "
            "where balance.basis = 'occurred' and balance.closing is distinct from whole.persons"
        ),
    ),
    Rule(
        id="mart_population_structure.keeps_known_groups_at_or_above_zero",
        scope=STRUCTURE.name,
        severity="warning",
        sentence_zh="人口年龄性别构成表:已知性别年龄组的人数不为负",
        sentence_en="Population structure: no group of known sex and age is below zero",
        remedy_zh="登记册与死亡、迁移登记的性别或出生年月很可能不一致,请与村台账核对。",
        remedy_en="Roster and registers of deaths or moves probably tell sex or birth differently: compare them.",
        expectation=no_row_where("persons < 0 and sex <> 'unknown' and age_group <> 'unknown'"),
    ),
)
