-- A sex and age group in which nobody is has no row.
with grouped as (

    select
        structure.division_code,
        structure.division_level,
        structure.period_type,
        structure.period_start,
        structure.period_end,
        structure.sex,
        coalesce(age_groups.age_group, 'unknown') as age_group,
        structure.persons
    from {{ ref('int_population_structure') }} as structure
    left join {{ ref('age_groups') }} as age_groups
        on
            structure.age >= age_groups.age_from
            and structure.age < age_groups.age_to
    where structure.division_level <> 'village'

)

select
    {{ text('division_code') }} as division_code,
    {{ text('division_level') }} as division_level,
    {{ text('period_type') }} as period_type,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    {{ text("'hukou'") }} as pop_concept,
    {{ text('sex') }} as sex,
    {{ text('age_group') }} as age_group,
    cast(sum(persons) as bigint) as persons
from grouped
group by division_code, division_level, period_type, period_start, period_end, sex, age_group
having sum(persons) <> 0
