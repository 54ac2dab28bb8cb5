-- The target is a yearly one and stands beside every civil period of its year; an FP period lies in two
-- civil years and has none. Who was eligible is another measure of the same division and period, named beside
-- it; contacts are of nobody in particular and have none.
with periods as (

    select
        periods.*,
        services.pop_concept,
        case when periods.measure_unit <> 'contacts' then services.eligible_measure end as eligible_source
    from {{ ref('int_service_periods') }} as periods
    inner join {{ ref('services') }} as services on periods.service = services.service

),

targets as (

    select * from {{ ref('int_service_targets') }}

),

eligible as (

    select * from {{ ref('int_measures') }}
    where measure in (select services.eligible_measure from {{ ref('services') }} as services)

),

final as (

    select
        {{ text('periods.division_code') }} as division_code,
        {{ text('periods.division_level') }} as division_level,
        {{ text('periods.period_type') }} as period_type,
        cast(periods.period_start as date) as period_start,
        cast(periods.period_end as date) as period_end,
        {{ text('periods.service') }} as service,
        {{ text('periods.measure_unit') }} as measure_unit,
        cast(targets.target as bigint) as target,
        cast(round(eligible.value, 0) as bigint) as eligible,
        {{ text('periods.eligible_source') }} as eligible_source,
        cast(periods.served as bigint) as served,
        cast(
            case
                when periods.eligible_source is null then null
                when periods.pop_concept = 'none' then periods.served
                else periods.served_of_population
            end as bigint
        ) as served_of_eligible,
        cast(periods.unidentified as bigint) as unidentified,
        cast(periods.due as bigint) as due,
        cast(periods.done as bigint) as done,
        cast(periods.done_in_window as bigint) as done_in_window,
        cast(periods.months_told as bigint) as months_told,
        cast(periods.months_in_period as bigint) as months_in_period
    from periods
    left join targets
        on
            periods.division_code = targets.division_code
            and periods.service = targets.service
            and periods.calendar = 'civil'
            and targets.year = substr(cast(periods.period_start as {{ dbt.type_string() }}), 1, 4)
    left join eligible
        on
            periods.eligible_source = eligible.measure
            and periods.division_code = eligible.division_code
            and periods.period_type = eligible.period_type
            and periods.period_start = eligible.period_start

)

select * from final
