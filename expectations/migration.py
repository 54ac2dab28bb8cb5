"""Moves of registration and the floating population: the identities that our own figures must obey."""

from __future__ import annotations

from expectations.baseline import COMMON_COLUMNS, COMMON_KEY, Table, baseline, contract_rule
from expectations.hierarchy import adds_up_over_months
from expectations.rules import Expectation, Rule, no_row, no_row_where

MIGRATION = Table(
    name="mart_migration",
    title_zh="人口迁移表",
    title_en="Migration",
    columns=(*COMMON_COLUMNS, "pop_concept", "direction", "scope", "moves"),
    key=(*COMMON_KEY, "pop_concept", "direction", "scope"),
    not_null=("period_end", "moves"),
    text=("division_level", "period_type", "pop_concept", "direction", "scope"),
    may_be_empty=True,
)
FLOWS = Table(
    name="mart_migration_flows",
    title_zh="迁移流向表",
    title_en="Origins and destinations",
    columns=(*COMMON_COLUMNS, "pop_concept", "direction", "other_area", "moves"),
    key=(*COMMON_KEY, "pop_concept", "direction", "other_area"),
    not_null=("period_end", "moves"),
    text=("division_level", "period_type", "pop_concept", "direction", "other_area"),
    may_be_empty=True,
)
FLOATING = Table(
    name="mart_floating_population",
    title_zh="流动人口表",
    title_en="Floating population",
    columns=(*COMMON_COLUMNS, "direction", "float_def", "persons", "undetermined", "villages", "villages_received"),
    key=(*COMMON_KEY, "direction", "float_def"),
    not_null=("period_end", "villages", "villages_received"),
    text=("division_level", "period_type", "direction", "float_def"),
    may_be_empty=True,
)
AS_IS = Table(
    name="mart_population_as_is",
    title_zh="现行区划人口平衡表",
    title_en="Population in the boundaries of today",
    columns=(
        *COMMON_COLUMNS,
        "pop_concept",
        "basis",
        "opening",
        "births",
        "deaths",
        "net_moves",
        "adjustment",
        "closing",
    ),
    key=(*COMMON_KEY, "pop_concept", "basis"),
    not_null=("period_end",),
    text=("division_level", "period_type", "pop_concept", "basis"),
    may_be_empty=True,
)
DIRECTIONS = Expectation("ExpectColumnValuesToBeInSet", {"column": "direction", "value_set": ["in", "out"]})
# The right one of each pair counts nobody whom the left one does not.
WIDER = (("m3", "m6"), ("m3", "hk3"), ("d30", "m3"), ("sep6", "m6"))
SAME = "division_code, period_type, period_start, direction"


def _directions(table: Table) -> Rule:
    return contract_rule(
        table, "has_known_directions", "方向只有迁入(流入)与迁出(流出)", "the direction is in or out", DIRECTIONS
    )


MIGRATION_RULES: tuple[Rule, ...] = (
    *baseline(MIGRATION),
    _directions(MIGRATION),
    contract_rule(
        MIGRATION,
        "has_known_scopes",
        "范围只有乡镇内、县内、省内、其他与不明,县级不分乡镇内",
        "the scope is township, county, province, other or unknown, and no county tells township",
        no_row_where(
            "scope not in ('township', 'county', 'province', 'other', 'unknown') "
            "or (division_level = 'county' and scope = 'township')"
        ),
    ),
    contract_rule(
        MIGRATION,
        "counts_at_or_above_zero",
        "各项计数不为负",
        "no count is below zero",
        no_row_where("moves < 0"),
    ),
    contract_rule(
        MIGRATION,
        "agrees_with_the_population_balance",
        "各级各月各范围之和等于人口平衡表(发生口径)的迁入、迁出",
        "at every level the scopes of a month add up to the moves of the population balance on the occurred basis",
        no_row(
            "select 1 from (select division_code, period_start, "
            "sum(case when direction = 'in' then moves else 0 end) as moved_in, "
            "sum(case when direction = 'out' then moves else 0 end) as moved_out "
            "from {batch} where period_type = 'month' group by division_code, period_start) as moves "
            "full join (select * from mart_population_balance where basis = 'occurred' and pop_concept = 'hukou') "
            "as balance using (division_code, period_start) "
            "where moves.moved_in is distinct from balance.moved_in "
            "or moves.moved_out is distinct from balance.moved_out"
        ),
    ),
    adds_up_over_months(MIGRATION, {"moves": "moves"}, same=("direction", "scope")),
)

FLOWS_RULES: tuple[Rule, ...] = (
    *baseline(FLOWS),
    _directions(FLOWS),
    contract_rule(
        FLOWS,
        "stays_at_township_and_year",
        "只有乡镇级年度数据",
        "there are townships and years only",
        no_row_where("division_level <> 'township' or period_type not in ('year', 'fp_year') or moves <= 0"),
    ),
    contract_rule(
        FLOWS,
        "agrees_with_the_moves_of_the_villages",
        "各来源地、去向之和等于所辖各村全年迁入、迁出之和",
        "origins and destinations add up to the moves of the township's villages in the year",
        no_row(
            "select 1 from (select division_code, period_start, direction, sum(moves) as moves from {batch} "
            "group by division_code, period_start, direction) as flows "
            "full join (select division.parent_code as division_code, year.period_start, part.direction, "
            "sum(part.moves) as moves from mart_migration as part "
            "join dim_division as division on part.division_code = division.division_code "
            "and part.period_start >= division.valid_from and part.period_start < division.valid_to "
            "join (select distinct period_start, period_end from mart_migration "
            "where period_type in ('year', 'fp_year')) as year on true "
            "where part.period_start >= year.period_start and part.period_end <= year.period_end "
            "and part.division_level = 'village' and part.period_type = 'month' and part.moves > 0 "
            "group by division.parent_code, year.period_start, part.direction) as villages "
            "using (division_code, period_start, direction) "
            "where flows.moves is distinct from villages.moves"
        ),
    ),
)

FLOATING_RULES: tuple[Rule, ...] = (
    *baseline(FLOATING),
    _directions(FLOATING),
    contract_rule(
        FLOATING,
        "counts_only_where_every_village_due_reported",
        "有村应报未报的,人数为空;否则不为负",
        "persons are told, at or above zero, where the register of every village due came, and nowhere else",
        no_row_where(
            "(villages_received = villages) <> (persons is not null) or villages_received > villages "
            "or (persons is null) <> (undetermined is null) or least(persons, undetermined) < 0"
        ),
    ),
    contract_rule(
        FLOATING,
        "counts_nobody_by_a_narrow_definition_alone",
        "窄口径人数不超过宽口径:半年不超过三个月,三个月不超过三十天",
        "who counts by a longer stay counts by a shorter one: m6 and hk3 within m3, m3 within d30, m6 within sep6",
        no_row(
            f"select 1 from {{batch}} as narrow join {{batch}} as wide using ({SAME}) "
            f"where (wide.float_def, narrow.float_def) in {WIDER} and narrow.persons > wide.persons"
        ),
    ),
)

AS_IS_RULES: tuple[Rule, ...] = (
    *baseline(AS_IS),
    contract_rule(
        AS_IS,
        "closes_with_its_flows",
        "期末 = 期初 + 出生 − 死亡 + 净迁入 + 调整",
        "closing = opening + births − deaths + net moves + adjustment",
        no_row_where("closing is distinct from opening + births - deaths + net_moves + adjustment"),
    ),
    contract_rule(
        AS_IS,
        "agrees_with_the_county_as_it_was",
        "现行区划与当时区划的县合计一致",
        "the county counts the same in the boundaries of today and of the time",
        no_row(
            "select 1 from (select * from {batch} where division_level = 'county') as as_is "
            "full join (select * from mart_population_balance where division_level = 'county') as was "
            "using (division_code, period_type, period_start, pop_concept, basis) "
            "where as_is.opening is distinct from was.opening or as_is.births is distinct from was.births "
            "or as_is.deaths is distinct from was.deaths or as_is.closing is distinct from was.closing"
        ),
    ),
)
