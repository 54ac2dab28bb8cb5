-- The target is a yearly one and stands beside every civil period of its year; an FP period lies in two
-- civil years and has none. Who was eligible is known for no service of the campaign sheet yet.
with periods as (

    select * from {{ ref('int_service_periods') }}

),

targets as (

    select * from {{ ref('int_service_targets') }}

),

final as (

    select
        cast(periods.division_code as {{ dbt.type_string() }}) as division_code,
        cast(periods.division_level as {{ dbt.type_string() }}) as division_level,
        cast(periods.period_type as {{ dbt.type_string() }}) as period_type,
        cast(periods.period_start as date) as period_start,
        cast(periods.period_end as date) as period_end,
        cast(periods.service as {{ dbt.type_string() }}) as service,
        cast(periods.measure_unit as {{ dbt.type_string() }}) as measure_unit,
        cast(targets.target as bigint) as target,
        cast(null as bigint) as eligible,
        cast(periods.served as bigint) as served
    from periods
    left join targets
        on
            periods.division_code = targets.division_code
            and periods.service = targets.service
            and periods.calendar = 'civil'
            and targets.year = substr(cast(periods.period_start as {{ dbt.type_string() }}), 1, 4)

)

select * from final
