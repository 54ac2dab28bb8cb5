with periods as (

    select * from {{ ref('int_inspection_periods') }}

),

final as (

    select
        {{ text('division_code') }} as division_code,
        {{ text('division_level') }} as division_level,
        {{ text('period_type') }} as period_type,
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,
        cast(planned as bigint) as planned,
        cast(held as bigint) as held,
        cast(held_unplanned as bigint) as held_unplanned,
        cast(findings as bigint) as findings,
        cast(findings_closed as bigint) as findings_closed,
        cast(rounds_closed as bigint) as rounds_closed,
        cast(case when rounds_closed > 0 then {{ ratio('middle_days', '2') }} end as double)
            as median_closure_days,
        cast(published_demonstration as bigint) as published_demonstration,
        cast(published_qualified as bigint) as published_qualified,
        cast(published_rectification as bigint) as published_rectification
    from periods

)

select * from final
