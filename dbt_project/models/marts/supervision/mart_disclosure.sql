with periods as (

    select * from {{ ref('int_disclosure_periods') }}

),

final as (

    select
        {{ text('division_code') }} as division_code,
        {{ text('division_level') }} as division_level,
        {{ text('period_type') }} as period_type,
        cast(period_start as date) as period_start,
        cast(period_end as date) as period_end,
        cast(due as bigint) as due,
        cast(published as bigint) as published,
        cast(on_time as bigint) as on_time,
        cast(published_without_due_day as bigint) as published_without_due_day,
        cast(objections as bigint) as objections
    from periods

)

select * from final
