with periods as (

    select * from {{ ref('int_periods') }}
    union all
    select
        period_type,
        period,
        calendar,
        period_start,
        period_end,
        count(*) as months,
        sum(days) as days,
        cast(null as integer) as days_in_year
    from {{ ref('int_pooled_months') }}
    group by period_type, period, calendar, period_start, period_end

)

select
    {{ text('period') }} as period,
    {{ text('period_type') }} as period_type,
    cast(period_start as date) as period_start,
    cast(period_end as date) as period_end,
    {{ text('calendar') }} as calendar,
    cast(months as integer) as months,
    cast(days as integer) as days,
    cast(days_in_year as integer) as days_in_year
from periods
