with coverage as (

    select * from {{ ref('int_service_periods') }}
    where division_level = 'county' and period_type in ('quarter', 'half', 'year')

),

targets as (

    select * from {{ ref('int_service_targets') }}

),

served as (

    select
        'service_' || service || '_served' as measure,
        division_code,
        division_level,
        period_type,
        period_start,
        period_end,
        calendar,
        served as value
    from coverage
    where served is not null

),

-- A quarter is measured against the target of its whole year: progress, not a rate of the quarter.
targeted as (

    select
        'service_' || coverage.service || '_target' as measure,
        coverage.division_code,
        coverage.division_level,
        coverage.period_type,
        coverage.period_start,
        coverage.period_end,
        coverage.calendar,
        targets.target as value
    from coverage
    inner join targets
        on
            coverage.division_code = targets.division_code
            and coverage.service = targets.service
            and targets.year = substr(cast(coverage.period_start as {{ dbt.type_string() }}), 1, 4)

),

united as (

    select * from served
    union all
    select * from targeted

)

select
    measure,
    division_code,
    division_level,
    period_type,
    period_start,
    period_end,
    calendar,
    cast('none' as {{ dbt.type_string() }}) as pop_concept,
    cast(value as decimal(18, 2)) as value
from united
