"""Population balance and vital events: the identities that our own figures must obey.

A ledger may contradict itself, which is a finding and is published. What stands here is about what we computed from
it, so a failure is a fault of the product; the two warnings are the exception and say so.
"""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_divisions, adds_up_over_months
from expectations.rules import Expectation, Rule, no_row, no_row_where

BALANCE = Table(
    name="mart_population_balance",
    title_zh="人口平衡表",
    title_en="Population balance",
    columns=(
        *COMMON_COLUMNS,
        "pop_concept",
        "basis",
        "opening",
        "births",
        "deaths",
        "moved_in",
        "moved_out",
        "adjustment",
        "closing",
        "reported_closing",
        "residual",
    ),
    key=(*COMMON_KEY, "pop_concept", "basis"),
    not_null=("period_end",),
    text=("division_level", "period_type", "pop_concept", "basis"),
)
VITAL = Table(
    name="mart_vital_events",
    title_zh="生死婚育表",
    title_en="Vital events",
    columns=(
        *COMMON_COLUMNS,
        "births_occ",
        "births_rep",
        "births_prev_unreported",
        "deaths",
        "marriages",
        "person_days_x2",
    ),
    key=COMMON_KEY,
    not_null=("period_end",),
    text=("division_level", "period_type"),
)
FLOWS = "births - deaths + moved_in - moved_out + adjustment"

BALANCE_RULES: tuple[Rule, ...] = (
    *baseline(BALANCE),
    contract_rule(
        BALANCE,
        "has_known_bases",
        "口径只有报告口径与发生口径",
        "the basis is reported or occurred",
        Expectation("ExpectColumnValuesToBeInSet", {"column": "basis", "value_set": ["reported", "occurred"]}),
    ),
    contract_rule(
        BALANCE,
        "closes_with_its_flows",
        "期末 = 期初 + 出生 − 死亡 + 迁入 − 迁出 + 调整",
        "closing = opening + births − deaths + moved in − moved out + adjustment",
        no_row_where(f"closing is distinct from opening + {FLOWS}"),
    ),
    contract_rule(
        BALANCE,
        "opens_with_the_previous_closing",
        "村级本期期初等于同口径上期期末(新报村会抬高上级期初,故上级由逐级相加核对)",
        "each village opens with its previous closing on the same basis (above, a village that enters later adds)",
        no_row(
            "select 1 from (select opening, lag(closing) over w as before, row_number() over w as place from {batch} "
            "where division_level = 'village' "
            "window w as (partition by division_code, period_type, pop_concept, basis order by period_start)) "
            "where place > 1 and opening is distinct from before"
        ),
    ),
    contract_rule(
        BALANCE,
        "states_the_residual_as_reported_less_closing",
        "差额 = 报告期末 − 推算期末,仅报告口径有值",
        "residual = reported closing − closing, on the reported basis only",
        no_row_where(
            "residual is distinct from reported_closing - closing "
            "or (basis = 'occurred' and reported_closing is not null)"
        ),
    ),
    adds_up_over_divisions(
        BALANCE,
        {
            "opening": "opening",
            "births": "births",
            "deaths": "deaths",
            "net moves": "moved_in - moved_out",
            "closing": "closing",
        },
        same=("pop_concept", "basis"),
    ),
    Rule(
        id="mart_population_balance.keeps_stocks_at_or_above_zero",
        scope=BALANCE.name,
        severity="warning",
        sentence_zh="人口平衡表:人口数不为负",
        sentence_en="Population balance: no population is below zero",
        remedy_zh="该村的期初数或迁出、死亡登记很可能有误,请与村台账核对。",
        remedy_en="The village's opening figure, or its deaths or moves out, are probably wrong: compare the ledger.",
        expectation=no_row_where("opening < 0 or closing < 0"),
    ),
)

VITAL_RULES: tuple[Rule, ...] = (
    *baseline(VITAL),
    contract_rule(
        VITAL,
        "counts_at_or_above_zero",
        "各项计数不为负",
        "no count is below zero",
        no_row_where("least(births_occ, births_rep, births_prev_unreported, deaths, coalesce(marriages, 0)) < 0"),
    ),
    contract_rule(
        VITAL,
        "keeps_earlier_births_within_those_reported",
        "补报往年出生不超过报告出生",
        "births of earlier years are among the births reported",
        no_row_where("births_prev_unreported > births_rep"),
    ),
    contract_rule(
        VITAL,
        "counts_each_couple_once_a_division",
        "上级结婚对数不少于任一下级,也不多于下级之和(夫妻双方可分属两地,每对在一个区划内只计一次)",
        "a division has no fewer couples than any of its parts and no more than all of them, since each counts once",
        no_row(
            "select 1 from {batch} as whole join (select division.parent_code as parent, part.period_start as begin, "
            "max(part.marriages) as most, sum(part.marriages) as total from {batch} as part join dim_division as "
            "division on division.division_code = part.division_code and part.period_start >= division.valid_from "
            "and part.period_start < division.valid_to where part.period_type = 'month' and "
            "part.division_level <> 'county' group by all) as parts on parts.parent = whole.division_code "
            "and parts.begin = whole.period_start where whole.period_type = 'month' "
            "and not coalesce(whole.marriages between parts.most and parts.total, "
            "whole.marriages is not distinct from parts.total)"
        ),
    ),
    adds_up_over_divisions(
        VITAL,
        {name: name for name in ("births_occ", "births_rep", "births_prev_unreported", "deaths", "person_days_x2")},
    ),
    adds_up_over_months(
        VITAL,
        {name: name for name in ("births_occ", "births_rep", "deaths", "person_days_x2")},
    ),
    contract_rule(
        VITAL,
        "agrees_with_the_population_balance",
        "村级按月出生、死亡与人口平衡表(发生口径)一致",
        "monthly births and deaths of a village are those of its population balance on the occurred basis",
        no_row(
            "select 1 from {batch} as vital join mart_population_balance as balance "
            "using (division_code, division_level, period_type, period_start) "
            "where balance.basis = 'occurred' and balance.pop_concept = 'hukou' and vital.period_type = 'month' "
            "and vital.division_level = 'village' "
            "and (vital.births_occ is distinct from balance.births or vital.deaths is distinct from balance.deaths)"
        ),
    ),
)
