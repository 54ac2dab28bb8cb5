-- Persons of the ages of a measure on the last day of a year. Where the stock of a division is not known, or
-- the ages of too many of its people, the row stays without a value.
with limits as (

    select max(limit_value) as unknown_share
    from {{ ref('structure_limits') }}
    where limit_id = 'age_unknown_max_share'

),

counted as (

    select
        structure.division_code,
        structure.period_type,
        structure.period_start,
        wanted.measure,
        sum(structure.persons) as persons
    from {{ ref('int_population_structure') }} as structure
    inner join {{ ref('age_measures') }} as wanted
        on
            wanted.kind = 'persons'
            and wanted.sex in (structure.sex, 'all')
            and coalesce(structure.age, -1) >= wanted.age_from
            and coalesce(structure.age, -1) < wanted.age_to
    group by structure.division_code, structure.period_type, structure.period_start, wanted.measure

),

unknown as (

    select
        division_code,
        period_type,
        period_start,
        sum(persons) as persons
    from {{ ref('int_population_structure') }}
    where sex = 'unknown' or age is null
    group by division_code, period_type, period_start

),

wanted as (

    select distinct measure
    from {{ ref('age_measures') }}
    where kind = 'persons'

)

select
    wanted.measure,
    vital.division_code,
    vital.division_level,
    vital.period_type,
    vital.period_start,
    vital.period_end,
    vital.calendar,
    'hukou' as pop_concept,
    cast(
        case
            when abs(coalesce(unknown.persons, 0)) <= limits.unknown_share * vital.closing
                then coalesce(counted.persons, 0)
        end as bigint
    ) as value
from {{ ref('int_vital_periods') }} as vital
cross join wanted
cross join limits
left join counted
    on
        vital.division_code = counted.division_code
        and vital.period_type = counted.period_type
        and vital.period_start = counted.period_start
        and wanted.measure = counted.measure
left join unknown
    on
        vital.division_code = unknown.division_code
        and vital.period_type = unknown.period_type
        and vital.period_start = unknown.period_start
where vital.period_type in ('year', 'fp_year')
