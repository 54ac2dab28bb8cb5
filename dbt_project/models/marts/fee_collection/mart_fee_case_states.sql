with periods as (

    select
        period_type,
        period_start,
        period_end
    from {{ ref('int_periods') }}
    where period_type in ('year', 'fp_year')

),

counties as (

    select distinct county_code from {{ ref('int_fee_units') }}

),

standing as (

    select
        changes.county_code,
        changes.state,
        periods.period_type,
        periods.period_start,
        sum(changes.change_cases) as cases
    from {{ ref('int_fee_case_states') }} as changes
    inner join periods on changes.month < {{ month_of('periods.period_end') }}
    group by changes.county_code, changes.state, periods.period_type, periods.period_start

)

select
    {{ text('counties.county_code') }} as division_code,
    cast('county' as {{ dbt.type_string() }}) as division_level,
    {{ text('periods.period_type') }} as period_type,
    cast(periods.period_start as date) as period_start,
    cast(periods.period_end as date) as period_end,
    {{ text('states.state') }} as state,
    cast(coalesce(standing.cases, 0) as bigint) as cases
from counties
cross join periods
cross join {{ ref('fee_case_states') }} as states
left join standing
    on
        counties.county_code = standing.county_code
        and periods.period_type = standing.period_type
        and periods.period_start = standing.period_start
        and states.state = standing.state
